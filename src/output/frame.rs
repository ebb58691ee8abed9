//! A place in a text as a person sees it: its line in a frame, what is meant underlined, and what is said of other places on the
//! line under them.

use super::columns;
use super::excerpt::Excerpt;
use super::human::Style;
use crate::text::Span;

/// A stretch of an excerpt that is underlined, in bytes, and what is said of it.
#[derive(Clone, Copy)]
pub(super) struct Label<'a> {
    pub(super) span: Span,
    pub(super) text: Option<&'a str>,
}

/// A label where it is drawn: columns from the beginning of the line.
struct Mark<'a> {
    start: usize,
    end: usize,
    empty: bool,
    text: Option<&'a str>,
    color: &'static str,
}

impl Mark<'_> {
    /// The column from which a line leads down to the text.
    fn middle(&self) -> usize {
        usize::midpoint(self.start, self.end)
    }
}

/// The colours of underlines, in turn.
const COLORS: [&str; 3] = ["35;1", "33;1", "32;1"];

/// Draws an excerpt with its labels.
pub(super) fn draw(out: &mut String, excerpt: &Excerpt<'_>, labels: &mut [Label<'_>], style: Style) {
    labels.sort_by_key(|label| label.span.start);
    let [number, column] = [excerpt.position.line, excerpt.position.column].map(|number| number.to_string());
    let margin = number.len() + 2;
    blank(out, margin);
    out.push_str("╭─[");
    style.draw(out, "36;1;4", |out| out.extend([excerpt.name, ":", &number, ":", &column]));
    out.push_str("]\n");
    let [lead, trail] = excerpt.round;
    if !excerpt.text.is_empty() || excerpt.round != [""; 2] {
        out.push(' ');
        style.push(out, "2", &number);
        out.extend([" │ ", lead, &excerpt.text, trail, "\n"]);
        let mut marks = marks(excerpt, labels);
        // Nearly all places have one label.
        match (marks.next(), marks.next()) {
            (Some(mark), None) => mark_all(out, margin, &[mark], style),
            (first, second) => {
                let all: Vec<Mark<'_>> = first.into_iter().chain(second).chain(marks).collect();
                mark_all(out, margin, &all, style);
            }
        }
    }
    blank(out, margin);
    out.push_str("╰────\n");
}

/// Places the labels under a line. Where two share a column, the second is drawn behind the first.
fn marks<'a>(excerpt: &Excerpt<'_>, labels: &[Label<'a>]) -> impl Iterator<Item = Mark<'a>> {
    let lead = columns::width(excerpt.round[0]);
    let mut free = 0;
    labels.iter().enumerate().map(move |(number, label)| {
        let color = COLORS[number % COLORS.len()];
        let Span { start: from, end: to } = label.span;
        let start = lead + columns::width(&excerpt.text[..from]);
        let end = start + columns::width(&excerpt.text[from..to]);
        let start = start.max(free);
        free = end.max(start + 1);
        Mark { start, end: free, empty: from == to, text: label.text, color }
    })
}

/// Draws the marks under a line, and what they say.
fn mark_all(out: &mut String, margin: usize, marks: &[Mark<'_>], style: Style) {
    underline(out, margin, marks, style);
    for at in (0..marks.len()).rev() {
        say(out, margin, &marks[..=at], style);
    }
}

fn underline(out: &mut String, margin: usize, marks: &[Mark<'_>], style: Style) {
    begin(out, margin);
    let mut at = 0;
    for mark in marks {
        blank(out, mark.start - at);
        let sign = match mark.text {
            _ if mark.empty => "▲",
            Some(_) => "┬",
            None => "─",
        };
        style.draw(out, mark.color, |out| {
            repeat(out, LINE, mark.middle() - mark.start);
            out.push_str(sign);
            repeat(out, LINE, mark.end - mark.middle() - 1);
        });
        at = mark.end;
    }
    out.push('\n');
}

/// Writes the text of the last of the marks, if it has one, with lines beside it that lead to the texts of the others.
fn say(out: &mut String, margin: usize, marks: &[Mark<'_>], style: Style) {
    let Some((last, others)) = marks.split_last() else { return };
    let Some(text) = last.text else { return };
    begin(out, margin);
    let mut at = 0;
    for mark in others {
        blank(out, mark.middle() - at);
        style.push(out, mark.color, "│");
        at = mark.middle() + 1;
    }
    blank(out, last.middle() - at);
    style.draw(out, last.color, |out| out.extend(["╰── ", text]));
    out.push('\n');
}

/// Begins a line that is none of the text.
fn begin(out: &mut String, margin: usize) {
    blank(out, margin);
    out.push_str("· ");
}

/// Blanks, and the sign of a line: as many as a place of common length has columns.
const BLANKS: &str = "                                                                ";
const LINE: &str = "────────────────────────────────────────────────────────────────";
const COLUMNS: usize = BLANKS.len();

fn blank(out: &mut String, columns: usize) {
    repeat(out, BLANKS, columns);
}

/// Draws the first so many columns of [`COLUMNS`] equal signs, or more of them.
fn repeat(out: &mut String, signs: &str, mut columns: usize) {
    while columns > COLUMNS {
        out.push_str(signs);
        columns -= COLUMNS;
    }
    out.push_str(&signs[..signs.len() / COLUMNS * columns]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn drawn(text: &str, places: &[(&'static str, Option<&'static str>)], style: Style) -> String {
        let source = Source::new("稿.md", text);
        let find = |word: &str| text.find(word).map(|at| Span::new(at, at + word.len())).expect("a place");
        let excerpt = Excerpt::new(&source, find(places[0].0), style.width);
        let label = |(word, text): &(&'static str, Option<&'static str>)| Label {
            span: excerpt.locate(find(word)).expect("shown"),
            text: *text,
        };
        let mut out = String::new();
        draw(&mut out, &excerpt, &mut places.iter().map(label).collect::<Vec<_>>(), style);
        out
    }

    #[test]
    fn labels_stand_under_their_places() {
        let plain = Style { color: false, width: 60 };
        let text = "一\n走访𠮷家村👨‍👩‍👧群众，(办结)37件，满意率99%\u{7}。";
        let places = [("(", None), (")", Some("还有这里")), ("99%", Some("满意率")), ("\u{7}", None)];
        let wanted = [
            "   ╭─[稿.md:2:14]",
            " 2 │ 走访𠮷家村👨‍👩‍👧群众，(办结)37件，满意率99%?。",
            "   ·                   ─    ┬            ─┬──",
            "   ·                   │    │             ╰── 满意率",
            "   ·                   │    ╰── 还有这里",
            "   ╰────",
        ];
        assert_eq!(drawn(text, &places, plain).lines().collect::<Vec<_>>(), wanted);
        assert_eq!(drawn("一二", &[("", None)], plain), "   ╭─[稿.md:1:1]\n 1 │ 一二\n   · ▲\n   ╰────\n");
        assert_eq!(drawn("", &[("", None)], plain), "   ╭─[稿.md:1:1]\n   ╰────\n");
    }

    #[test]
    fn long_lines_are_cut_and_colours_end() {
        let text = "全镇".repeat(40) + "法制" + &"宣传".repeat(40);
        let out = drawn(&text, &[("法制", None)], Style { color: true, width: 24 });
        let wanted = [
            "   ╭─[\u{1b}[36;1;4m稿.md:1:81\u{1b}[0m]",
            " \u{1b}[2m1\u{1b}[0m │ …全镇全镇全镇全镇法制宣传…",
            "   ·                  \u{1b}[35;1m────\u{1b}[0m",
            "   ╰────",
        ];
        assert_eq!(out.lines().collect::<Vec<_>>(), wanted);
    }
}
