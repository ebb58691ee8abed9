//! A piece of one line, cut to the width of the terminal: drafts have lines of a thousand characters.

use std::borrow::Cow;

use super::columns;
use crate::text::{Position, Source, Span};

/// What is shown of one line, and how it maps to the source.
pub(super) struct Excerpt<'a> {
    /// The name of the source.
    pub(super) name: &'a str,
    /// Where the place begins that it is cut round.
    pub(super) position: Position,
    /// What is shown of the line.
    pub(super) text: Cow<'a, str>,
    /// What stands before and behind it: an ellipsis where the line goes on.
    pub(super) round: [&'static str; 2],
    /// The part of the source that is shown.
    shown: Span,
}

impl<'a> Excerpt<'a> {
    /// Cuts the line of `span` to `width` columns round the span.
    pub(super) fn new(source: &'a Source, span: Span, width: usize) -> Self {
        let line = source.line_span(source.line_index(span.start));
        let text = source.slice(line);
        let (start, end) = cut(text, span.start.min(line.end) - line.start, span.end.min(line.end) - line.start, width);
        let cut = |is_cut| if is_cut { "…" } else { "" };
        Self {
            name: source.name(),
            position: source.position(span.start),
            text: calm(&text[start..end]),
            round: [cut(start > 0), cut(end < text.len())],
            shown: Span::new(line.start + start, line.start + end),
        }
    }

    /// The place of a span of the source in the text, as far as it is shown.
    pub(super) fn locate(&self, span: Span) -> Option<Span> {
        let (start, end) = (span.start.max(self.shown.start), span.end.min(self.shown.end));
        let inside = start < end || span.is_empty() && self.shown.start <= span.start && span.start <= self.shown.end;
        let at = |offset: usize| offset - self.shown.start;
        inside.then(|| Span::new(at(start), at(end.max(start))))
    }
}

/// What to show of a line round a place, in bytes.
fn cut(line: &str, from: usize, to: usize, width: usize) -> (usize, usize) {
    let mut start = columns::begin(line, from);
    let (mut end, mut used) = (start, 0);
    // A place longer than the line is shown from its beginning.
    for (next, wide) in columns::Ahead::new(line, start) {
        if end >= to || used + wide.max(1) > width {
            break;
        }
        (end, used) = (next, used + wide.max(1));
    }
    // Grow to both sides, the text before the place being worth twice the text behind it.
    let (mut back, mut ahead) = (columns::Back::new(line, start), columns::Ahead::new(line, end));
    let (mut before, mut behind) = (0, 0);
    while used < width {
        let is_back = if before < 2 * behind + 4 { start > 0 } else { end == line.len() };
        let grown = if is_back { back.next() } else { ahead.next() };
        let Some((at, wide)) = grown else { break };
        used += wide.max(1);
        if is_back {
            (start, before) = (at, before + 1);
        } else {
            (end, behind) = (at, behind + 1);
        }
    }
    (start, end)
}

/// A text without control characters, which would drive the terminal; the marks in their place have as many bytes.
fn calm(text: &str) -> Cow<'_, str> {
    // Control characters are these bytes, and some that begin with 0xc2; to look at all bytes is fast.
    let suspect = |byte| u8::from(matches!(byte, ..b' ' | 0x7f | 0xc2));
    if text.bytes().fold(0, |found, byte| found | suspect(byte)) != 0 {
        let mark = |c: char| if c.is_control() { "?".repeat(c.len_utf8()) } else { c.to_string() };
        text.chars().map(mark).collect()
    } else {
        text.into()
    }
}
