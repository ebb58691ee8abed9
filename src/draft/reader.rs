//! Lines to blocks: headings told from text, paragraphs mended.

use super::lines::{Kind, Line, Lines};
use super::number::{self, NumberStyle};
use super::seam::{self, Seam};
use super::{Block, Heading, Look, Number, Role, Table, edges, outline};
use crate::text::{Mapped, Source, Span, cjk};

/// What the reader makes of a source.
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) seams: Vec<Seam>,
    pub(super) comments: Vec<Span>,
}

/// Reads the lines of a source.
pub(super) fn read(source: &Source, lines: Lines) -> Read {
    let Lines { all: mut lines, tables, comments } = lines;
    let (mut blocks, first) = edges::head(&lines);
    // An empty line parts most paragraphs.
    blocks.reserve(lines.len() / 2);
    let mut tail = edges::tail(&lines, first).into_iter().peekable();
    let mut body = Body { source, lines: &mut lines, blocks, seams: Vec::new(), gap: Gap::None, joined: 0 };
    let mut tables = tables.into_iter();
    let mut index = first;
    while let Some(line) = body.lines.get(index) {
        if let Some((_, found)) = tail.next_if(|&(at, _)| at == index) {
            body.blocks.extend(found);
            body.gap = Gap::None;
            index += 1;
            continue;
        }
        if line.apart {
            body.gap = body.gap.max(Gap::Blank);
        }
        match line.kind {
            Kind::Blank => body.gap = body.gap.max(Gap::Blank),
            Kind::Seam => body.gap = body.gap.max(Gap::Page),
            Kind::Hidden => {}
            Kind::Table(_) => body.table(tables.next().unwrap_or_default(), source.line_span(index)),
            Kind::Text => index += body.text(index),
        }
        index += 1;
    }
    let Body { mut blocks, seams, .. } = body;
    outline::settle_levels(&mut blocks);
    Read { blocks, seams, comments }
}

/// What stands between the last text and the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Page,
}

struct Body<'a> {
    source: &'a Source,
    /// What stands above the next line is taken out of them.
    lines: &'a mut [Line],
    blocks: Vec<Block>,
    seams: Vec<Seam>,
    gap: Gap,
    /// How many lines the open paragraph has taken.
    joined: usize,
}

/// The longest heading that stands alone on its line, in characters.
const LONGEST_HEADING: usize = 60;
/// The longest heading that its text follows on the same line, in characters.
const LONGEST_RUN_IN: usize = 32;
/// The longest heading without a number that is all bold, in characters.
const LONGEST_BOLD: usize = 40;
/// The longest heading without a number or any mark, in characters.
const LONGEST_BARE: usize = 25;
/// What a heading ends with that names its matter, however long it is: 党政主要负责人履行……职责，加强法治政府建设的有关情况.
const MATTERS: [&str; 15] =
    ["情况", "成效", "举措", "措施", "做法", "不足", "问题", "短板", "原因", "分析", "职责", "安排", "打算", "计划", "思路"];
/// The most bytes that a character has.
const MOST_BYTES: usize = 4;

impl Body<'_> {
    fn push(&mut self, role: Role, text: Mapped) {
        self.blocks.push(Block { role, text });
        self.joined = 1;
    }

    fn table(&mut self, rows: Vec<Vec<Mapped>>, line: Span) {
        let span = rows.iter().flatten().filter(|cell| !cell.is_empty()).map(Mapped::full_span).reduce(Span::to).unwrap_or(line);
        self.push(Role::Table(Table { rows, span }), Mapped::default());
        self.gap = Gap::None;
    }

    /// Takes one line of text; says how many further lines it took with it.
    fn text(&mut self, index: usize) -> usize {
        let line = &self.lines[index];
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let number = number::at_head(line.text.text());
        if self.goes_on(line, number, gap, index) {
            let line = &self.lines[index];
            let last = self.blocks.last_mut().expect("a paragraph is open");
            let seam = seam::join(&mut last.text, &line.text, gap > Gap::None);
            self.seams.push(seam);
            self.joined += 1;
            return 0;
        }
        let text = &line.text;
        let place = number.map(|found| Number { style: found.style, value: found.value, span: text.span(0..found.len) });
        let place = place.map(|number| Number { span: trim_end(self.source, number.span), ..number });
        let Some(cut) = self.heading(line, number, index) else {
            let text = std::mem::take(&mut self.lines[index].text);
            self.push(Role::Paragraph(place), text);
            return 0;
        };
        let look = match line.hashes {
            0 if line.bold => Look::Bold,
            0 => Look::Plain,
            n => Look::Hashes(n),
        };
        let level = number.map_or(0, |found| found.style.level());
        let run_in = cut.body.is_some();
        let mut title = cut.title;
        let mut taken = 0;
        if !run_in && !cut.closed {
            while let Some(next) = self.continuation(index + taken, look, &title) {
                let part = &self.lines[next].text;
                let end = part.text().trim_end_matches(['。', '：', ':']).len();
                title.append(&part.slice(0..end));
                taken = next - index;
            }
        }
        self.push(Role::Heading(Heading { level, number: place, run_in, look }), title);
        if let Some(body) = cut.body {
            let inner = number::at_head(body.text()).map(|found| Number {
                style: found.style,
                value: found.value,
                span: body.span(0..found.len),
            });
            self.push(Role::Paragraph(inner), body);
        }
        taken
    }

    /// Whether a line goes on with the paragraph above it.
    fn goes_on(&self, line: &Line, number: Option<number::Found>, gap: Gap, index: usize) -> bool {
        let Some(Block { role: Role::Paragraph(_), text: above }) = self.blocks.last() else { return false };
        let text = line.text.text();
        if text.chars().all(|c| matches!(c, '。' | '，' | '；' | '、' | '”' | '）' | '.')) {
            return true;
        }
        if line.hashes > 0 || number.is_some() || !seam::is_open(above.text()) {
            return false;
        }
        if is_caption(above.text()) || is_caption(text) || gap > Gap::None && is_apart_from(above.text(), text) {
            return false;
        }
        match gap {
            Gap::None => !line.indented,
            _ if line.indented => false,
            _ if above.text().len() < 60 && cjk::length(above.text()) < 4 => false,
            _ => !self.stands_alone(line, index),
        }
    }

    /// Whether a line without a number is a heading by its looks: all bold, or short, without marks and between
    /// whole paragraphs.
    fn stands_alone(&self, line: &Line, index: usize) -> bool {
        let text = line.text.text();
        if is_caption(text) {
            return false;
        }
        let named = names_matter(text);
        let text = if named { text.trim_end_matches(['：', ':']) } else { text };
        let longest = if named { LONGEST_HEADING } else { LONGEST_BOLD };
        if text.len() > longest * MOST_BYTES {
            return false;
        }
        let length = text.chars().count();
        if length > longest {
            return false;
        }
        let calm = !holds(text, &['。', '；', '：', ':', ';', '！', '？']);
        if !calm || line.bold {
            return calm && !text.ends_with(['，', ',']);
        }
        let commas = cjk::uncommon(text).filter(|(_, c)| matches!(c, '，' | ',')).count();
        if length < 2 || commas > usize::from(named) || !named && length > LONGEST_BARE {
            return false;
        }
        let whole_above = match self.blocks.last() {
            Some(Block { role: Role::Paragraph(_), text }) => !seam::is_open(text.text()),
            _ => true,
        };
        let Some(next) = self.lines[index + 1..].iter().find(|line| matches!(line.kind, Kind::Text | Kind::Table(_))) else {
            return false;
        };
        let next_text = next.text.text();
        let first = || next_text.split(['。', '；', '，']).next().unwrap_or_default();
        let opens_text = || {
            number::at_head(next_text).is_some()
                || next_text.contains('。') && cjk::length(first()) > 3 && next_text.chars().nth(LONGEST_BARE).is_some()
        };
        let apart = || named && next_text.ends_with(['。', '：', ':', '；']) && self.is_apart(index);
        whole_above && text.chars().any(cjk::is_han) && !edges::is_signer(text) && (opens_text() || apart())
    }

    /// Whether a line stands between empty lines.
    fn is_apart(&self, index: usize) -> bool {
        let parted = |line: Option<&Line>| line.is_none_or(|line| line.kind == Kind::Blank);
        parted(index.checked_sub(1).and_then(|above| self.lines.get(above))) && parted(self.lines.get(index + 1))
    }

    /// Tells a heading from a text, and where the heading ends.
    fn heading(&self, line: &Line, number: Option<number::Found>, index: usize) -> Option<Cut> {
        let Some(found) = number else {
            if line.hashes == 0 {
                return self.stands_alone(line, index).then(|| Cut::whole(&line.text, 0));
            }
            let cut = Cut::at_sentence(&line.text, 0, LONGEST_HEADING).filter(|cut| !self.is_subtitled(cut, None, index));
            return Some(cut.unwrap_or_else(|| Cut::whole(&line.text, 0)));
        };
        if found.style == NumberStyle::Point || line.text.text().len() == found.len {
            return None;
        }
        if let Some(cut) = Cut::at_sentence(&line.text, found.len, LONGEST_RUN_IN)
            && !self.is_subtitled(&cut, Some(found), index)
        {
            return Some(cut);
        }
        let text = &line.text.text()[found.len..];
        if text.len() > LONGEST_HEADING * 2 * MOST_BYTES {
            return None;
        }
        let length = text.chars().count();
        let whole = || !holds(text.trim_end_matches(['。', '：', ':', '；']), &['。', '；']);
        let commas = || cjk::uncommon(text).filter(|(_, c)| matches!(c, '，' | ',' | '；')).count();
        let ended = text.ends_with(['。', '；', ';', '！']);
        let (longest, most) = match found.style.level() {
            _ if line.hashes > 0 => (LONGEST_HEADING * 2, 4),
            1 if ended => (45, 2),
            1 => (LONGEST_HEADING, 3),
            2 if ended => (LONGEST_RUN_IN, 1),
            2 => (LONGEST_HEADING, 2),
            _ if ended => return None,
            _ if names_matter(text) => (LONGEST_HEADING, 2),
            _ => (LONGEST_RUN_IN, 1),
        };
        (length <= longest && whole() && commas() <= most).then(|| Cut::whole(&line.text, found.len))
    }

    /// Whether what a colon cuts off is part of the heading, and the text stands below: （一）铸魂：把牢政治方向.
    fn is_subtitled(&self, cut: &Cut, number: Option<number::Found>, index: usize) -> bool {
        let Some(body) = cut.body.as_ref().map(Mapped::text) else { return false };
        let short =
            body.len() <= LONGEST_RUN_IN * MOST_BYTES && !body.contains(|c: char| cjk::is_digit(c) || "。；！？".contains(c));
        let below = || {
            let next = self.lines[index + 1..].iter().find(|line| matches!(line.kind, Kind::Text | Kind::Table(_)))?;
            let level = |found: number::Found| found.style.level();
            let deeper = match (number::at_head(next.text.text()), number) {
                (Some(next), Some(own)) => level(next) > level(own),
                (Some(_), None) => true,
                (None, _) => next.text.text().contains('。'),
            };
            Some(deeper && next.hashes == 0 || next.hashes > self.lines[index].hashes)
        };
        short && below().unwrap_or(false)
    }

    /// Index of a line that goes on with the heading on line `index`.
    fn continuation(&self, index: usize, look: Look, title: &Mapped) -> Option<usize> {
        let next = self.lines[index + 1..].iter().position(|line| line.kind == Kind::Text).map(|at| index + 1 + at)?;
        let (line, text) = (&self.lines[next], self.lines[next].text.text());
        let is_long = text.len() > 40 * MOST_BYTES || text.chars().count() > 40;
        if is_long || number::at_head(text).is_some() || holds(text.trim_end_matches('。'), &['。', '；', '：', ':']) {
            return None;
        }
        let adjacent = next == index + 1 && !line.apart;
        let dangling = || {
            let mut open = [0; 3];
            for (_, c) in cjk::uncommon(title.text()) {
                match c {
                    '《' => open[0] += 1,
                    '》' => open[0] -= 1,
                    '“' => open[1] += 1,
                    '”' => open[1] -= 1,
                    '（' => open[2] += 1,
                    '）' => open[2] -= 1,
                    _ => {}
                }
            }
            title.text().ends_with(['、', '，', '的', '和', '与', '及', '《', '“', '（']) || open.iter().any(|count| *count > 0)
        };
        let same_look = match look {
            Look::Hashes(n) => line.hashes == n && (adjacent || dangling()) || line.hashes == 0 && adjacent && dangling(),
            Look::Bold => line.bold && line.hashes == 0 && adjacent,
            Look::Plain => {
                line.hashes == 0 && !line.bold && !line.indented && (adjacent && cjk::length(title.text()) >= 12 || dangling())
            }
        };
        let closed = match self.lines.get(next + 1) {
            None => true,
            Some(after) => {
                after.kind != Kind::Text
                    || after.apart
                    || after.indented
                    || after.hashes > 0
                    || number::at_head(after.text.text()).is_some()
            }
        };
        (same_look && closed && !text.ends_with('。') || same_look && matches!(look, Look::Bold | Look::Hashes(_)))
            .then_some(next)
    }
}

/// A line's heading, cut from the text that follows on the same line.
struct Cut {
    title: Mapped,
    body: Option<Mapped>,
    /// Whether a mark closed the title.
    closed: bool,
}

impl Cut {
    /// The title is all that stands behind the first `from` bytes of a line.
    fn whole(line: &Mapped, from: usize) -> Self {
        let text = line.text();
        let end = from + text[from..].trim_end_matches(['。', '：', ':', '；', '.']).len();
        Self { title: line.trimmed_slice(from..end), body: None, closed: end < text.len() }
    }

    /// Cuts what stands behind the first `from` bytes of a line at the first full stop or colon outside brackets, if the
    /// title before it is no longer than `longest` characters and text follows.
    fn at_sentence(line: &Mapped, from: usize, longest: usize) -> Option<Self> {
        let text = &line.text()[from..];
        let (mut depth, mut split) = (0usize, false);
        let near = cjk::uncommon(text).take_while(|&(at, _)| at <= longest * MOST_BYTES);
        for (at, c) in near {
            match c {
                '（' | '(' | '《' | '“' => depth += 1,
                '）' | ')' | '》' | '”' => depth = depth.saturating_sub(1),
                '。' | '：' | ':' if depth == 0 => {
                    if split || !(2..=longest).contains(&text[..at].chars().count()) {
                        return None;
                    }
                    let body = line.trimmed_slice(from + at + c.len_utf8()..line.text().len());
                    let title = line.trimmed_slice(from..from + at);
                    return (!body.is_empty()).then_some(Self { title, body: Some(body), closed: true });
                }
                '；' => split = true,
                _ => {}
            }
        }
        None
    }
}

/// Whether one of [`MATTERS`] ends with a character.
fn ends_matter(c: char) -> bool {
    matches!(c, '况' | '效' | '措' | '施' | '法' | '足' | '题' | '板' | '因' | '析' | '责' | '排' | '算' | '划' | '路')
}

/// Whether a line ends like a heading that names its matter. A colon behind it may open a list: 还存在以下问题：.
fn names_matter(text: &str) -> bool {
    let core = text.trim_end_matches(['：', ':']);
    // Most lines are told by their last character.
    if !core.ends_with(ends_matter) {
        return false;
    }
    let opens = core.len() < text.len();
    let may_open_list = |c| matches!(c, '以' | '如' | '下' | '个' | '几' | '项' | '条' | '点' | '些' | '还' | '仍' | '的');
    MATTERS.iter().any(|matter| core.ends_with(matter)) && !(opens && (core.contains(may_open_list) || core.chars().count() > 12))
}

/// Whether a line is the title of a picture or a table: `图1 座谈会现场`, `表二　案件统计`.
fn is_caption(text: &str) -> bool {
    let rest = text.strip_prefix(['图', '表']).map(|rest| rest.trim_start_matches(cjk::is_blank));
    let numbered = |rest: &str| {
        let behind = rest.trim_start_matches(|c| cjk::is_digit(c) || cjk::digit(c).is_some() || matches!(c, '十' | '-' | '—'));
        behind.len() < rest.len() && behind.starts_with(|c| cjk::is_blank(c) || matches!(c, '：' | ':' | '.'))
    };
    rest.is_some_and(numbered) && !holds(text, &['。', '，'])
}

/// Whether a text begins anew behind blank lines: the salutation of a speech, what stands below the name of a list or a short line.
fn is_apart_from(above: &str, text: &str) -> bool {
    let salutes =
        text.ends_with(['：', ':']) && text.len() <= 12 * MOST_BYTES && text.chars().count() <= 12 && !holds(text, &['，', '、']);
    if above.len() > 40 * MOST_BYTES {
        return salutes;
    }
    // 案例一：茶青收购合同纠纷, 一是建站点, （联系人：…）, and the last row or point of a list.
    let brief = above.chars().count() <= 30 && !holds(above, &['，', '。', '；']);
    let label =
        brief && (holds(above, &['：', ':']) || above.starts_with(['-', '•', '·', '*']) || number::at_head(above).is_some());
    let row = brief && above.ends_with(cjk::is_digit) && above.contains(cjk::is_blank);
    let bracket = above.starts_with(['（', '(']) && above.ends_with(['）', ')']);
    let listed = ["清单", "目录", "一览表", "统计表", "名单", "台账"].iter().any(|list| above.ends_with(list));
    salutes || label || row || bracket || listed && above.chars().count() <= 40 && !holds(above, &['。', '，'])
}

/// Whether a text holds one of these marks, none of which is a common 汉字.
fn holds(text: &str, marks: &[char]) -> bool {
    cjk::uncommon(text).any(|(_, c)| marks.contains(&c))
}

/// A span without the blanks at its end.
fn trim_end(source: &Source, span: Span) -> Span {
    Span::new(span.start, span.start + source.slice(span).trim_end_matches(cjk::is_blank).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_end_with_is_known() {
        assert!(MATTERS.iter().all(|matter| matter.ends_with(ends_matter)));
    }
}
