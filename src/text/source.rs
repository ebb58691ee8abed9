//! A source text and the positions in it.

use std::ops::Range;

use serde::Serialize;

/// A stretch of source text in bytes, end excluded. Both ends stand on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Byte offset of the first character.
    pub start: usize,
    /// Byte offset behind the last character.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share a byte, or an empty one lies within the other.
    pub fn touches(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end || self.start == other.start
    }

    /// Whether all of it lies within the other.
    pub fn within(self, other: Self) -> bool {
        other.start <= self.start && self.end <= other.end
    }

    /// Whether `offset` lies within the span.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A place in a source text, in the units of the JSON contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// UTF-8 bytes from the start of the text.
    pub offset: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in Unicode characters, counted from 1. A byte order mark takes no column.
    pub column: usize,
}

/// A text with a name and a table of its lines.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offset at which each line starts; never empty.
    lines: Vec<usize>,
}

impl Source {
    /// Takes a text and the name to show for it (a path as the user wrote it).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        // Lines of Chinese text are seldom shorter.
        let mut lines = Vec::with_capacity(text.len() / 64 + 1);
        lines.push(0);
        let (bytes, mut start) = (text.as_bytes(), 0);
        while let Some(end) = memchr::memchr(b'\n', &bytes[start..]) {
            start += end + 1;
            lines.push(start);
            // Empty lines are told without seeking.
            while bytes.get(start) == Some(&b'\n') {
                start += 1;
                lines.push(start);
            }
        }
        Self { name: name.into(), text, lines }
    }

    /// The name to show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, a byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// How many lines there are (a final line end opens one more, empty line).
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Index of the line (from 0) on which `offset` (bytes) stands.
    pub fn line_index(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset) - 1
    }

    /// The span of a line (index from 0), its line end left out.
    pub fn line_span(&self, index: usize) -> Span {
        let start = self.lines[index];
        let end = self.lines.get(index + 1).copied().unwrap_or(self.text.len());
        let mut line = &self.text.as_bytes()[start..end];
        for mark in *b"\n\r" {
            while let [before @ .., last] = line
                && *last == mark
            {
                line = before;
            }
        }
        Span::new(start, start + line.len())
    }

    /// Byte offset at which a line's own characters begin: behind a byte order mark on the first line.
    fn line_start(&self, index: usize) -> usize {
        let start = self.lines[index];
        if start == 0 && self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start }
    }

    /// The position of a byte offset. An offset inside a character counts as that character's start.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let index = self.line_index(offset);
        let start = self.line_start(index);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { offset, line: index + 1, column }
    }

    /// The same as [`Source::position`]: behind a known position on one line only what lies between is counted.
    pub fn position_from(&self, known: Position, offset: usize) -> Position {
        let offset = self.floor(offset);
        if offset < known.offset || self.lines.get(known.line).is_some_and(|&next| next <= offset) {
            return self.position(offset);
        }
        let from = known.offset.max(self.line_start(known.line - 1));
        let further = self.text.get(from..offset).map_or(0, |between| between.chars().count());
        Position { offset, line: known.line, column: known.column + further }
    }

    /// The byte offset of a line and character column, both from 1; `None` outside the text.
    pub fn offset(&self, line: usize, column: usize) -> Option<usize> {
        self.advance(line.checked_sub(1)?, column.checked_sub(1)?, |_| 1)
    }

    /// Line and column in UTF-16 units, both from 0, as editors count them.
    pub fn utf16(&self, offset: usize) -> (usize, usize) {
        let offset = self.floor(offset);
        let index = self.line_index(offset);
        let start = self.line_start(index);
        (index, self.text.get(start..offset).map_or(0, |before| before.chars().map(char::len_utf16).sum()))
    }

    /// The byte offset of a line and a column in UTF-16 units, both from 0; `None` outside the text.
    pub fn offset_utf16(&self, line: usize, column: usize) -> Option<usize> {
        self.advance(line, column, char::len_utf16)
    }

    /// Walks `column` units of width `width` into a line.
    fn advance(&self, line: usize, column: usize, width: impl Fn(char) -> usize) -> Option<usize> {
        let start = self.line_start(*self.lines.get(line).map(|_| &line)?);
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        let mut walked = 0;
        for (at, c) in self.text[start..end].char_indices() {
            if walked >= column {
                return (walked == column).then_some(start + at);
            }
            walked += width(c);
        }
        (walked == column).then_some(end)
    }

    /// The nearest character boundary at or before `offset`.
    fn floor(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
