//! The lines of a source with everything taken off that a reader of the printed report does not see.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::marks::{self, Cuts, Marks};
use crate::text::{Mapped, Source, Span, cjk};

/// One line of the source.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its visible text, without blanks at the ends.
    pub(super) text: Mapped,
    /// How many `#` stand before it.
    pub(super) hashes: u8,
    /// Whether all of its visible text is bold.
    pub(super) bold: bool,
    /// Whether it is indented as the first line of a paragraph is.
    pub(super) indented: bool,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether a new paragraph begins with it, as every paragraph of a Word file does; elsewhere an empty line says so.
    pub(super) apart: bool,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Nothing to see.
    #[default]
    Blank,
    /// Something between two pages that belongs to neither: a rule (`---`), a page number (`— 3 —`).
    Seam,
    /// The first line of the table with this index.
    Table(usize),
    /// Code, front matter, the further lines of a table.
    Hidden,
}

/// What a source holds, line by line.
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    pub(super) tables: Vec<Vec<Vec<Mapped>>>,
    /// HTML comments, their marks included.
    pub(super) comments: Vec<Span>,
}

/// Reads the lines of a source.
pub(super) fn read(source: &Source) -> Lines {
    let text = source.text();
    let marks = Marks::of(text);
    let blocks = blocks(text, &marks);
    let comments = if marks.tags { marks::comments(text) } else { Vec::new() };
    let cuts = Cuts::of(source, &marks, &comments);
    let mut bold = cuts.bold.into_iter().peekable();
    let mut from = 0;
    let is_plain = blocks.tables.is_empty() && blocks.hidden.is_empty();
    let mut lines = Vec::with_capacity(source.line_count());
    for index in 0..source.line_count() {
        let span = source.line_span(index);
        if span.is_empty() && is_plain {
            lines.push(Line::default());
            continue;
        }
        let line = source.slice(span);
        let (prefix, hashes) = prefix(line);
        let start = span.start + prefix;
        while cuts.spans.get(from).is_some_and(|cut| cut.end <= span.start) {
            from += 1;
        }
        let visible = without(text, Span::new(start, span.end), &cuts.spans[from..]);
        while bold.peek().is_some_and(|range| range.end <= span.start) {
            bold.next();
        }
        let holds = |range: &Range<usize>, full: Span| range.start <= full.start && full.end <= range.end;
        let all_bold = bold.peek().is_some_and(|range| !visible.is_empty() && holds(range, visible.full_span()));
        let hidden = holding(&blocks.hidden, span.start, |range| range).is_some();
        let table = holding(&blocks.tables, span.start, |(range, _)| range);
        let kind = match table {
            _ if hidden => Kind::Hidden,
            Some(table) if index == source.line_index(blocks.tables[table].0.start) => Kind::Table(table),
            Some(_) => Kind::Hidden,
            None if is_seam(line) => Kind::Seam,
            None if visible.is_empty() => Kind::Blank,
            None => Kind::Text,
        };
        let indented = line.starts_with(cjk::is_blank)
            && (line.trim_start_matches('\u{feff}').starts_with(['\u{3000}', '\t']) || line.starts_with("    "));
        lines.push(Line { text: visible, hashes, bold: all_bold, indented, kind, apart: false });
    }
    let cell = |range: &Range<usize>| {
        let cell = text[range.clone()].trim_end_matches('|');
        without(text, Span::new(range.start, range.start + cell.len()), &cuts.spans)
    };
    let marked = blocks.tables.iter().map(|(range, rows)| {
        let rows: Vec<Vec<Mapped>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        (source.line_index(range.start), rows)
    });
    let mut tables: Vec<(usize, Vec<Vec<Mapped>>)> = marked.collect();
    tables.extend(plain_tables(&mut lines));
    tables.sort_by_key(|(line, _)| *line);
    Lines { all: lines, tables: tables.into_iter().map(|(_, rows)| rows).collect(), comments }
}

/// Tables as they come out of a word processor: lines of cells parted by tabs or blanks, a row of heads above rows of numbers.
/// Their lines are taken out of the text.
fn plain_tables(lines: &mut [Line]) -> Vec<(usize, Vec<Vec<Mapped>>)> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let Some(heads) = row(&lines[index]).filter(|row| !row[1..].iter().any(is_number)) else {
            index += 1;
            continue;
        };
        let rows: Vec<Vec<Mapped>> = lines[index + 1..]
            .iter()
            .map_while(row)
            .take_while(|row| row.len() == heads.len() && !is_number(&row[0]) && row[1..].iter().all(is_number))
            .collect();
        if rows.len() < 2 {
            index += 1;
            continue;
        }
        let end = index + 1 + rows.len();
        lines[index].kind = Kind::Table(found.len());
        for line in &mut lines[index + 1..end] {
            line.kind = Kind::Hidden;
        }
        found.push((index, [vec![heads], rows].concat()));
        index = end;
    }
    found
}

/// The cells of a line that may be a row of a table: at least three, short, without the marks of a sentence.
fn row(line: &Line) -> Option<Vec<Mapped>> {
    let text = line.text.text();
    if line.kind != Kind::Text
        || line.hashes > 0
        || text.len() > 400
        || matches!(text.as_bytes(), [.., 0xe3, 0x80, 0x82])
        || !cjk::has_blank(text)
        || cjk::uncommon(text).any(|(_, c)| matches!(c, '。' | '，' | '；' | '：'))
    {
        return None;
    }
    let tabbed = text.contains('\t');
    let parts = |c: char| if tabbed { c == '\t' } else { cjk::is_blank(c) };
    let (mut cells, mut from) = (Vec::new(), 0);
    for (at, c) in text.char_indices().filter(|(_, c)| parts(*c)).chain([(text.len(), ' ')]) {
        let cell = cjk::trimmed(&text[from..at]);
        if !cell.is_empty() {
            cells.push(from + cell.start..from + cell.end);
        }
        from = (at + c.len_utf8()).min(text.len());
    }
    (cells.len() > 2 && cells.iter().all(|cell| text[cell.clone()].chars().count() <= 20))
        .then(|| cells.into_iter().map(|cell| line.text.slice(cell)).collect())
}

/// Whether a cell holds a number or a dash and nothing else.
fn is_number(cell: &Mapped) -> bool {
    let text = cell.text().trim_end_matches(['%', '％']);
    let digits = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '.' | ',' | '，');
    matches!(text, "-" | "—" | "/" | "——") || text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(digits)
}

/// Index of the one among sorted, separate ranges that holds `offset`.
fn holding<T>(items: &[T], offset: usize, range: impl Fn(&T) -> &Range<usize>) -> Option<usize> {
    if items.is_empty() {
        return None;
    }
    let after = items.partition_point(|item| range(item).start <= offset);
    after.checked_sub(1).filter(|&index| range(&items[index]).contains(&offset))
}

/// Length in bytes of what stands before a line's own text (blanks, `#`, `>`, a bullet), and how many `#` that is.
fn prefix(line: &str) -> (usize, u8) {
    // Most lines begin with a common 汉字.
    if matches!(line.as_bytes(), [] | [0xe4..=0xe9, ..]) {
        return (0, 0);
    }
    let (mut rest, mut hashes) = (line, 0);
    loop {
        let before = rest;
        rest = cjk::trim_start(rest);
        if hashes == 0 && rest.starts_with(['#', '＃']) {
            let body = rest.trim_start_matches(['#', '＃']);
            hashes = u8::try_from(rest.chars().count() - body.chars().count()).unwrap_or(6).min(6);
            rest = body;
        } else if let Some(body) = rest.strip_prefix('>') {
            rest = body;
        } else if let Some(body) = rest.strip_prefix(['-', '+', '*', '•', '●', '◆', '■', '▪'])
            && body.starts_with(cjk::is_blank)
        {
            rest = body;
        }
        if rest.len() == before.len() {
            return (line.len() - rest.len(), hashes);
        }
    }
}

/// The longest page number without marks before it, in bytes: `第 3 页 共 12 页` with blanks round it.
const LONGEST_PAGE: usize = 200;

/// A rule or a page number, which stand between two pages.
pub(super) fn is_seam(line: &str) -> bool {
    // Most lines begin with a common 汉字.
    if matches!(line.as_bytes(), [0xe4..=0xe9, ..]) && !line.starts_with('第') {
        return false;
    }
    let marks = ['-', '—', '–', '－', '_', '*', '=', '·'];
    let first = line.chars().find(|c| !cjk::is_blank(*c));
    let numbered = |c: char| (c.is_ascii_digit() || c == '第') && line.len() <= LONGEST_PAGE;
    if !first.is_some_and(|c| marks.contains(&c) || numbered(c)) {
        return false;
    }
    let is_part =
        |c: char| cjk::is_blank(c) || marks.contains(&c) || matches!(c, '0'..='9' | '第' | '页' | '共' | '/' | '，' | ',');
    if !line.chars().all(is_part) {
        return false;
    }
    let plain = cjk::squeeze(line);
    let core = plain.trim_matches(marks);
    let dashes = plain.chars().count() - core.chars().count();
    let number = |text: &str| !text.is_empty() && text.len() <= 3 && text.chars().all(|c| c.is_ascii_digit());
    match core {
        // Four and more underscores are a blank to be filled in.
        "" => dashes >= 3 && !plain.contains('_'),
        _ if number(core) => true,
        _ => core.strip_prefix('第').and_then(|rest| rest.split_once('页')).is_some_and(|(page, rest)| {
            let total = rest.trim_start_matches(['/', '，', ',']).strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
            number(page) && (rest.is_empty() || total.is_some_and(number))
        }),
    }
}

/// The visible text of a span without blanks at its ends: what is left after the cuts (sorted, from the first that can
/// matter).
fn without(text: &str, span: Span, cuts: &[Span]) -> Mapped {
    let touched = cuts.first().is_some_and(|cut| cut.start < span.end);
    if !touched {
        let range = cjk::trimmed(&text[span.range()]);
        return Mapped::piece(&text[span.start..][range.clone()], span.start + range.start);
    }
    let (mut visible, mut at) = (Mapped::with_capacity(span.len()), span.start);
    let first = cuts.partition_point(|cut| cut.end <= span.start);
    for cut in cuts[first..].iter().take_while(|cut| cut.start < span.end) {
        if cut.start > at {
            visible.push(&text[at..cut.start], at);
        }
        at = at.max(cut.end);
    }
    if at < span.end {
        visible.push(&text[at..span.end], at);
    }
    visible.trimmed()
}

/// The cells of a table by row, as ranges of the source.
type Cells = Vec<Vec<Range<usize>>>;

/// What CommonMark knows better: tables, code and front matter.
#[derive(Default)]
struct Blocks {
    tables: Vec<(Range<usize>, Cells)>,
    hidden: Vec<Range<usize>>,
}

fn blocks(text: &str, marks: &Marks) -> Blocks {
    let mut blocks = Blocks { tables: Vec::new(), hidden: front_matter(text).into_iter().collect() };
    if !marks.blocks || !text.contains('|') && !text.contains("```") && !text.contains("~~~") {
        return blocks;
    }
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => blocks.tables.push((range, Vec::new())),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some((_, rows)) = blocks.tables.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = blocks.tables.last_mut().and_then(|(_, rows)| rows.last_mut()) {
                    row.push(range);
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => blocks.hidden.push(range),
            _ => {}
        }
    }
    blocks
}

/// `---`, lines of `key: value`, `---` at the very start.
fn front_matter(text: &str) -> Option<Range<usize>> {
    let body = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let start = text.len() - body.len();
    let end = body.find("\n---")?;
    let looks_like_keys = body[..end].lines().all(|line| {
        line.trim().is_empty() || line.starts_with([' ', '-', '#']) || line.split_once(':').is_some_and(|(key, _)| key.is_ascii())
    });
    looks_like_keys.then(|| 0..start + end + "\n---".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(text: &str) -> Vec<String> {
        read(&Source::new("", text)).all.iter().map(|line| line.text.text().to_owned()).collect()
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(visible("### **三. 坚持依法行政**"), ["三. 坚持依法行政"]);
        assert_eq!(visible("　　（一）加强学习"), ["（一）加强学习"]);
        assert_eq!(visible("> - 学习<br>了 `2` 次&nbsp;"), ["学习了 2 次"]);
        assert_eq!(visible("见[网站](https://a.b/c)和〔2022〕1号"), ["见网站和〔2022〕1号"]);
        assert_eq!(visible("甲<!-- 说明 -->乙"), ["甲乙"]);
        assert_eq!(visible("1\\. 学习"), ["1. 学习"]);
        assert_eq!(visible("\u{feff}# 标题"), ["标题"]);
    }

    #[test]
    fn lines_between_pages_are_told() {
        for line in ["---", "— 3 —", "- 12 -", "第 3 页 共 5 页", "7", "***"] {
            assert!(is_seam(line), "{line}");
        }
        for line in ["____", "一、", "第3章", "2021", "－", "（1）"] {
            assert!(!is_seam(line), "{line}");
        }
    }

    #[test]
    fn lines_of_cells_are_a_table() {
        let table = |text: &str| read(&Source::new("", text)).tables.first().map_or(0, Vec::len);
        assert_eq!(table("如下：\n\n村\t起数\t化解\n甲村\t3\t2\n乙村\t4\t4\n合计\t7\t6\n\n后文。\n"), 4);
        assert_eq!(table("村　　起数　化解\n甲村　3　2\n合计　3　2\n"), 3);
        assert_eq!(table("2023年 全镇 排查\n矛盾 35 件\n"), 0);
    }

    #[test]
    fn tables_keep_their_cells() {
        let source = Source::new("", "前文。\n\n| 村 | **件数** |\n|---|---|\n| 甲村 | 3 |\n\n后文。\n");
        let lines = read(&source);
        let cells: Vec<Vec<&str>> = lines.tables[0].iter().map(|row| row.iter().map(Mapped::text).collect()).collect();
        assert_eq!(cells, [["村", "件数"], ["甲村", "3"]]);
        let kinds: Vec<Kind> = lines.all.iter().map(|line| line.kind).collect();
        assert_eq!(kinds[2..5], [Kind::Table(0), Kind::Hidden, Kind::Hidden]);
        let cell = &lines.tables[0][1][1];
        assert_eq!(source.slice(cell.full_span()), "3");
    }
}
