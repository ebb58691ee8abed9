//! Lines and columns as editors count them.
//!
//! An editor ends a line at `\n`, `\r\n` or `\r` and counts columns in the units that it agreed on with the server. Every
//! conversion is a short walk from the nearest of the checkpoints, however long the line is.

use super::Span;

/// The units in which an editor counts the columns of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Units {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what an editor counts in that says nothing.
    #[default]
    Utf16,
    /// Unicode characters.
    Utf32,
}

impl Units {
    /// How many units a character takes.
    pub fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A place as an editor names it: line and column, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The line.
    pub line: usize,
    /// The column in [`Units`].
    pub column: usize,
}

/// How many bytes lie between two checkpoints.
const STEP: usize = 256;

/// The lines of a text and the units in it.
#[derive(Clone, Debug)]
pub struct Grid {
    units: Units,
    /// Where each line starts; never empty.
    lines: Vec<usize>,
    /// How many units stand before the character that holds or follows each multiple of [`STEP`], and where that begins.
    marks: Vec<(usize, usize)>,
}

impl Grid {
    /// Reads a text.
    pub fn new(text: &str, units: Units) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                lines.push(at + 1);
            }
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let (mut at, mut walked) = (0, 0);
        while at < text.len() {
            marks.push((at, walked));
            let mut next = (at + STEP).min(text.len());
            while !text.is_char_boundary(next) {
                next += 1;
            }
            walked += count(&text[at..next], units);
            at = next;
        }
        marks.push((text.len(), walked));
        Self { units, lines, marks }
    }

    /// The units in which columns are counted.
    pub fn units(&self) -> Units {
        self.units
    }

    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The units before a byte, which stands on a character's boundary.
    fn before(&self, text: &str, offset: usize) -> usize {
        let (at, walked) = self.marks[self.marks.partition_point(|&(at, _)| at <= offset) - 1];
        walked + count(&text[at..offset], self.units)
    }

    /// Where a byte stands; one inside a character counts as that character's first.
    pub fn cell(&self, text: &str, offset: usize) -> Cell {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.partition_point(|&start| start <= offset) - 1;
        Cell { line, column: self.before(text, offset) - self.before(text, self.lines[line]) }
    }

    /// The span of a line, its end left out; beyond the last line, the end of the text.
    pub fn line(&self, text: &str, line: usize) -> Span {
        let Some(&start) = self.lines.get(line) else { return Span::new(text.len(), text.len()) };
        let end = self.lines.get(line + 1).copied().unwrap_or(text.len());
        Span::new(start, start + text[start..end].trim_end_matches(['\n', '\r']).len())
    }

    /// The byte at a place. A column behind the end of its line is that end, one inside a character its first byte, and a line behind
    /// the last one is the end of the text.
    pub fn offset(&self, text: &str, cell: Cell) -> usize {
        let line = self.line(text, cell.line);
        if cell.line >= self.lines.len() || cell.column == 0 {
            return line.start;
        }
        let wanted = self.before(text, line.start).saturating_add(cell.column);
        let (from, walked) = self.marks[self.marks.partition_point(|&(_, walked)| walked <= wanted) - 1];
        let (mut at, mut walked) = if from < line.start { (line.start, wanted - cell.column) } else { (from, walked) };
        if at >= line.end {
            return line.end;
        }
        for c in text[at..line.end].chars() {
            walked += self.units.width(c);
            if walked > wanted {
                return at;
            }
            at += c.len_utf8();
        }
        at
    }

    /// The bytes between two places, in whatever order they are given.
    pub fn span(&self, text: &str, start: Cell, end: Cell) -> Span {
        let (start, end) = (self.offset(text, start), self.offset(text, end));
        Span::new(start.min(end), start.max(end))
    }
}

/// The units of a text.
fn count(text: &str, units: Units) -> usize {
    let chars = || text.bytes().filter(|byte| byte & 0xC0 != 0x80).count();
    match units {
        Units::Utf8 => text.len(),
        Units::Utf16 => chars() + text.bytes().filter(|byte| *byte >= 0xF0).count(),
        Units::Utf32 => chars(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counts one character after the other, without checkpoints.
    fn plain(text: &str, offset: usize, units: Units) -> Cell {
        let (mut line, mut start, bytes) = (0, 0, text.as_bytes());
        for at in 0..offset {
            if bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                (line, start) = (line + 1, at + 1);
            }
        }
        Cell { line, column: text[start..offset].chars().map(|c| units.width(c)).sum() }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
        #[test]
        fn cells_are_those_of_plain_counting(text in "([汉办结率𠮷👨‍👩‍👧a1 ]{0,40}(\r\n|\n|\r|)){0,30}", long in 0..3usize) {
            let text = text + &"𠮷率a".repeat(long * 60);
            for units in [Units::Utf8, Units::Utf16, Units::Utf32] {
                let grid = Grid::new(&text, units);
                for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let cell = grid.cell(&text, at);
                    prop_assert_eq!(cell, plain(&text, at, units));
                    let inside = text.as_bytes().get(at) == Some(&b'\n') && at > 0 && text.as_bytes()[at - 1] == b'\r';
                    prop_assert_eq!(grid.offset(&text, cell), if inside { at - 1 } else { at });
                }
            }
        }
    }

    #[test]
    fn places_outside_are_drawn_to_the_nearest() {
        let text = "𠮷办\r\n结";
        let grid = Grid::new(text, Units::Utf16);
        let offset = |line, column| grid.offset(text, Cell { line, column });
        assert_eq!([offset(0, 1), offset(0, 2), offset(0, 99), offset(1, 99), offset(9, 0)], [0, 4, 7, 12, 12]);
        assert_eq!(grid.span(text, Cell { line: 1, column: 0 }, Cell { line: 0, column: 2 }), Span::new(4, 9));
        let bytes = Grid::new(text, Units::Utf8);
        assert_eq!(bytes.offset(text, Cell { line: 0, column: 6 }), 4);
    }
}
