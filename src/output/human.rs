//! `--format human`: findings with their place in the text, and a summary.

use std::fmt::Write as _;

use super::excerpt::Excerpt;
use super::form::{Page, Writer};
use super::frame::{self, Label};
use super::summary::Summary;
use super::{Checked, Tally, wrap};
use crate::finding::{Elsewhere, Finding, Related, Severity};
use crate::rulebook::RulebookError;
use crate::text::{Source, Span};

/// Bytes that most findings need, in the output.
const ROOM: usize = 640;

/// How the output looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Style {
    /// Columns of a line of text.
    pub(super) fn text_width(self) -> usize {
        self.width.saturating_sub(2)
    }

    /// Columns of an excerpt in its frame.
    fn excerpt_width(self) -> usize {
        self.width.saturating_sub(12).max(30)
    }

    /// Draws in a colour, given as the terminal knows it.
    pub(super) fn draw(self, out: &mut String, color: &str, draw: impl FnOnce(&mut String)) {
        if !self.color {
            return draw(out);
        }
        out.extend(["\u{1b}[", color, "m"]);
        draw(out);
        out.push_str("\u{1b}[0m");
    }

    /// Writes text in a colour.
    pub(super) fn push(self, out: &mut String, color: &str, text: &str) {
        self.draw(out, color, |out| out.push_str(text));
    }

    /// Text in one of the terminal's colours.
    pub(super) fn paint(self, severity: Option<Severity>, text: &str) -> String {
        let color = match severity {
            Some(Severity::Error) => "31;1",
            Some(Severity::Warning) => "33;1",
            Some(Severity::Info) => "36",
            None => "32;1",
        };
        let mut painted = String::new();
        self.push(&mut painted, color, text);
        painted
    }
}

/// The colour of a severity, and its mark.
fn look(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("31", "×"),
        Severity::Warning => ("33", "⚠"),
        Severity::Info => ("36", "☞"),
    }
}

/// Writes what is wrong and where: a mark for its severity, the message, the place in a frame.
fn show(out: &mut String, severity: Severity, message: &str, place: Option<(&Excerpt<'_>, &mut [Label<'_>])>, style: Style) {
    let (color, mark) = look(severity);
    let room = style.text_width().saturating_sub(4);
    wrap::lines(message, room, room, |number, line| {
        out.push_str("  ");
        style.push(out, color, if number == 0 { mark } else { "│" });
        out.extend([" ", &message[line], "\n"]);
    });
    if let Some((excerpt, labels)) = place.filter(|(_, labels)| !labels.is_empty()) {
        frame::draw(out, excerpt, labels, style);
    }
}

/// Writes a line such as `改法：…`, its further lines hanging under the text.
fn hanging(out: &mut String, line: &[&str], style: Style) {
    let from = out.len();
    out.push_str("  ");
    for piece in line {
        out.push_str(piece);
    }
    let text = &out[from + 2..];
    if wrap::fits(text, style.text_width().saturating_sub(2)) {
        out.push('\n');
    } else {
        let text = out.split_off(from + 2);
        out.truncate(from);
        wrap::fill(out, &text, style.text_width(), "  ", "        ");
    }
}

/// Everything found in one draft.
pub(super) fn draft(checked: &Checked<'_>, style: Style) -> String {
    let mut out = String::with_capacity(checked.findings.len() * ROOM);
    let (infos, rest): (Vec<&Finding>, Vec<&Finding>) =
        checked.findings.iter().partition(|finding| finding.severity == Severity::Info);
    let mut labels = Vec::new();
    for finding in rest {
        self::finding(&mut out, &mut labels, checked, finding, style);
    }
    if !infos.is_empty() {
        _ = writeln!(out, "{}", style.paint(Some(Severity::Info), "供参考："));
        for Finding { span, message, help, rule, .. } in infos {
            let line = line(&checked.draft.source, *span);
            let help = help.as_ref().map_or(["", "", ""], |help| ["（", help, "）"]).concat();
            hanging(&mut out, &["第", &line, "行 ", message, &help, " [", rule, "]"], style);
        }
        out.push('\n');
    }
    _ = writeln!(out, "{}", summary(checked, style));
    out
}

/// The number of the line on which a place begins.
fn line(source: &Source, span: Span) -> String {
    (source.line_index(span.start) + 1).to_string()
}

/// Writes a finding. `labels` have room for those of its place.
fn finding<'a>(out: &mut String, labels: &mut Vec<Label<'a>>, checked: &Checked<'_>, finding: &'a Finding, style: Style) {
    let source = &checked.draft.source;
    let Finding { severity, rule, message, span, .. } = finding;
    style.draw(out, look(*severity).0, |out| out.extend([severity.title(), " ", checked.title(&finding.rule), " ", rule]));
    out.push_str("\n\n");
    let excerpt = Excerpt::new(source, *span, style.excerpt_width());
    let others = finding.related.iter().filter(|related| related.elsewhere.is_none() && !related.span.within(*span));
    let shown = |related: &Related| {
        let whole = |place: &Span| place.len() == related.span.len() && !related.span.touches(*span);
        excerpt.locate(related.span).filter(whole)
    };
    let place = excerpt.locate(*span).map(|span| Label { span, text: None });
    let said = others.clone().filter_map(|related| Some(Label { span: shown(related)?, text: Some(&related.message) }));
    labels.clear();
    labels.extend(place);
    labels.extend(said);
    show(out, *severity, message, Some((&excerpt, labels)), style);
    for related in &finding.related {
        let Some(Elsewhere { path, text, start, .. }) = &related.elsewhere else { continue };
        hanging(out, &["另见：", path, " 第", &start.line.to_string(), "行“", &shorten(text), "”，", &related.message], style);
    }
    for related in others.filter(|related| shown(related).is_none()) {
        let text = shorten(source.slice(related.span));
        hanging(out, &["另见：第", &line(source, related.span), "行“", &text, "”，", &related.message], style);
    }
    finding.help.iter().for_each(|help| hanging(out, &["改法：", help], style));
    finding.basis.iter().for_each(|basis| hanging(out, &["依据：", basis], style));
    if let Some(place) = finding.asked {
        let file = checked.book.book().files.source(place);
        let span = Span::new(place.start, place.end);
        hanging(out, &["规则：", file.name(), "第", &line(file, span), "行"], style);
    }
    out.push('\n');
}

/// A text on one line, of at most 24 characters.
fn shorten(text: &str) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(24).collect();
    if text.chars().count() > 24 {
        short.push('…');
    }
    short
}

/// One line on what a draft needs.
fn summary(checked: &Checked<'_>, style: Style) -> String {
    let tally = checked.tally();
    let name = checked.draft.source.name();
    let since = checked.since.as_ref().map_or(String::new(), |since| {
        let known = (!since.known.is_empty()).then(|| format!("上次的{}处没有再列", since.known.len()));
        let fixed = (!since.fixed.is_empty()).then(|| format!("上次的{}处已经改好", since.fixed.len()));
        let said: Vec<String> = known.into_iter().chain(fixed).collect();
        if said.is_empty() { String::new() } else { format!("（{}）", said.join("，")) }
    });
    let nothing = if checked.since.is_some() { "没有发现新的问题" } else { "没有发现问题" };
    match tally.worst() {
        None => style.paint(None, &format!("✓ {name}：{nothing}{since}")),
        worst => format!(
            "{} {name}：{}{since}",
            style.paint(worst, if worst == Some(Severity::Error) { "✗" } else { "!" }),
            counts(tally, style)
        ),
    }
}

pub(super) fn counts(tally: Tally, style: Style) -> String {
    let count = |(severity, number): (Severity, usize)| style.paint(Some(severity), &format!("{}{number}处", severity.title()));
    tally.counts().map(count).collect::<Vec<_>>().join("，")
}

/// Writes the drafts, a blank line between them, and the sum where there are several.
pub(super) struct Human {
    style: Style,
    /// Whether a draft has been written.
    begun: bool,
    summary: Summary,
}

impl Human {
    pub(super) fn new(style: Style) -> Self {
        Self { style, begun: false, summary: Summary::default() }
    }
}

impl Writer for Human {
    fn draft(&mut self, page: Page) -> String {
        let Page { mut text, overview, .. } = page;
        if let Some(overview) = overview {
            self.summary.add(*overview);
        }
        if std::mem::replace(&mut self.begun, true) {
            text.insert(0, '\n');
        }
        text
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        Ok(self.summary.text(tally, self.style).into_bytes())
    }
}

/// What is wrong with a rulebook or a configuration.
pub fn problems(error: &RulebookError, style: Style) -> String {
    let mut out = String::new();
    for problem in &error.problems {
        let place = problem.place.map(|place| {
            let span = Span::new(place.start, place.end.max(place.start));
            (Excerpt::new(error.files.source(place), span, style.excerpt_width()), span)
        });
        let mut place = place.as_ref().map(|(excerpt, span)| {
            let label = excerpt.locate(*span).map(|span| Label { span, text: None });
            (excerpt, label)
        });
        let place = place.as_mut().map(|(excerpt, label)| (&**excerpt, label.as_mut_slice()));
        show(&mut out, Severity::Error, &problem.message, place, style);
        problem.help.iter().for_each(|help| hanging(&mut out, &["改法：", help], style));
        out.push('\n');
    }
    out
}
