//! Marks of Markdown and HTML within the text: which there are, and what a reader does not see of them.

use std::ops::Range;

use super::emphasis;
use crate::text::{Source, Span, bytes, cjk};

/// Which marks of Markdown and HTML a text holds: most hold few, and need not be read for the others.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each says that some marks are there")]
pub(super) struct Marks {
    /// `|`, `` ` `` or `~`: a table or code.
    pub(super) blocks: bool,
    /// `<`.
    pub(super) tags: bool,
    /// What else stands within a line: an entity, an escape, code or a link.
    pub(super) inline: bool,
}

impl Marks {
    pub(super) fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let holds = |mark| memchr::memchr(mark, text).is_some();
        // One look for all: nearly always there is none. `<`, `[`, `\\`, `|` and `~` are alike but for two bits, and
        // few others are like them.
        let is_like_mark = |byte: u8| matches!(byte | 0x60, 0x7b..=0x7e) || matches!(byte, b'`' | b'&');
        if !bytes::any(text, is_like_mark) {
            return Self::default();
        }
        let code = holds(b'`');
        Self {
            blocks: code || holds(b'|') || holds(b'~'),
            tags: holds(b'<'),
            inline: code || holds(b'&') || holds(b'\\') || holds(b'['),
        }
    }
}

/// What a reader does not see, and what is bold.
pub(super) struct Cuts {
    /// Sorted by start.
    pub(super) spans: Vec<Span>,
    /// Ranges inside bold marks, sorted by start.
    pub(super) bold: Vec<Range<usize>>,
}

impl Cuts {
    pub(super) fn of(source: &Source, marks: &Marks, comments: &[Span]) -> Self {
        let text = source.text();
        let (mut spans, mut bold) = (comments.to_vec(), Vec::new());
        if marks.tags || marks.inline {
            inline_marks(text, &mut spans);
        }
        let mut from = 0;
        while let Some(star) = memchr::memchr(b'*', &text.as_bytes()[from..]) {
            let block = paragraph(source, from + star);
            for (open, close) in emphasis::pairs(source.slice(block)) {
                let (open, close) =
                    (open.start + block.start..open.end + block.start, close.start + block.start..close.end + block.start);
                if open.len() > 1 {
                    bold.push(open.end..close.start);
                }
                spans.extend([Span::new(open.start, open.end), Span::new(close.start, close.end)]);
            }
            from = block.end;
        }
        spans.sort_unstable();
        bold.sort_by_key(|range| range.start);
        Self { spans, bold }
    }
}

/// The lines round `offset` without an empty one between them.
fn paragraph(source: &Source, offset: usize) -> Span {
    let line = source.line_index(offset);
    let goes_on = |line: &usize| !source.slice(source.line_span(*line)).chars().all(cjk::is_blank);
    let first = (0..line).rev().take_while(goes_on).last().unwrap_or(line);
    let last = (line + 1..source.line_count()).take_while(goes_on).last().unwrap_or(line);
    source.line_span(first).to(source.line_span(last))
}

/// HTML comments.
pub(super) fn comments(text: &str) -> Vec<Span> {
    let (mut found, mut from) = (Vec::new(), 0);
    let opening = memchr::memmem::Finder::new("<!--");
    while let Some(start) = opening.find(&text.as_bytes()[from..]).map(|at| from + at) {
        let Some(end) = text[start + 4..].find("-->").map(|at| start + 4 + at + 3) else { break };
        found.push(Span::new(start, end));
        from = end;
    }
    found
}

/// Blanks written as HTML entities.
const ENTITIES: [&str; 5] = ["&nbsp;", "&emsp;", "&ensp;", "&#160;", "&#12288;"];

/// Tags, entities, escapes, code marks and link targets.
fn inline_marks(text: &str, spans: &mut Vec<Span>) {
    let mut at = 0;
    let is_mark = |(_, c): &(usize, char)| matches!(c, '<' | '&' | '\\' | '`' | '[');
    while let Some(next) = cjk::uncommon(&text[at..]).find(is_mark).map(|(next, _)| at + next) {
        let rest = &text[next..];
        let line = short_line(rest);
        at = next + 1;
        match rest.as_bytes()[0] {
            b'<' => {
                let name = line[1..].strip_prefix('/').unwrap_or(&line[1..]);
                if let (true, Some(end)) = (name.starts_with(|c: char| c.is_ascii_alphabetic()), line.find('>')) {
                    spans.push(Span::new(next, next + end + 1));
                    at = next + end + 1;
                }
            }
            b'&' => {
                if let Some(entity) = ENTITIES.iter().find(|entity| line.starts_with(**entity)) {
                    spans.push(Span::new(next, next + entity.len()));
                    at = next + entity.len();
                }
            }
            b'\\' => {
                if line[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
                    spans.push(Span::new(next, next + 1));
                    at = next + 2;
                }
            }
            b'`' => {
                if let Some(end) = line[1..].find('`').map(|end| next + 1 + end) {
                    spans.extend([Span::new(next, next + 1), Span::new(end, end + 1)]);
                    at = end + 1;
                }
            }
            _ => {
                // A picture, ![图1](1.jpg), may lie in a file of any name.
                let picture = text[..next].ends_with('!');
                if let Some((label, tail)) = line[1..].split_once("](")
                    && !label.contains(['[', ']'])
                    && let Some(end) = tail.find(')')
                    && (picture || tail[..end].is_ascii())
                    && end > 0
                {
                    let close = next + 1 + label.len();
                    spans.extend([Span::new(next - usize::from(picture), next + 1), Span::new(close, close + 2 + end + 1)]);
                    at = close + 2 + end + 1;
                }
            }
        }
    }
}

/// The rest of a line as far as an inline mark can reach: a mark is not looked for over 400 bytes.
fn short_line(rest: &str) -> &str {
    let mut end = rest.len().min(400);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    rest[..end].split('\n').next().unwrap_or_default()
}
