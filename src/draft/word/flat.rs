//! The text of a document, line by line, with the place of every character.

use std::collections::HashMap;
use std::ops::Range;

use super::numbering::{self, Numbering};
use super::styles::Styles;
use super::tree::{Bit, Block, Cell, Mark, Note, Para};
use super::{Leftovers, Piece};
use crate::draft::lines::{self, Kind, Line, Lines};
use crate::text::{MAX_BYTES, Mapped, Source, Span, cjk};

/// The longest paragraph that an outline level makes a heading, in characters: drafters give whole texts a heading's
/// style, too.
const LONGEST_HEADING: usize = 60;

/// How many columns all wide cells may take besides their first.
const MAX_PADDING: usize = 100_000;

/// What is written out.
pub(super) struct Flat {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// Every line with the anchor of the paragraph that holds it.
    pub(super) places: Vec<(Span, usize)>,
    pub(super) heights: Vec<(Span, super::props::LineHeight)>,
    pub(super) leftovers: Leftovers,
    rows: Vec<Row>,
    tables: Vec<Vec<Vec<Range<usize>>>>,
}

/// A line before its text is complete.
struct Row {
    span: Span,
    hashes: u8,
    bold: bool,
    indented: bool,
    kind: Option<Kind>,
    apart: bool,
}

/// Writes out blocks.
pub(super) struct Writer<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: Numbering,
    pub(super) notes: HashMap<(Note, String), Vec<Block>>,
    pub(super) anchors: &'a [super::tree::Anchor],
    flat: Flat,
    /// A paragraph whose end was deleted: it goes on in the next one.
    carried: Option<Para>,
    /// The paragraph that a note belongs to: what a note holds stands in no place of the main part.
    note_of: Option<usize>,
    /// How many columns wide cells may still take.
    padding: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        styles: &'a Styles,
        numbering: Numbering,
        notes: HashMap<(Note, String), Vec<Block>>,
        anchors: &'a [super::tree::Anchor],
    ) -> Self {
        let flat = Flat {
            text: String::new(),
            pieces: Vec::new(),
            places: Vec::new(),
            heights: Vec::new(),
            leftovers: Leftovers::new(),
            rows: Vec::new(),
            tables: Vec::new(),
        };
        Self { styles, numbering, notes, anchors, flat, carried: None, note_of: None, padding: MAX_PADDING }
    }

    /// Writes out all blocks.
    pub(super) fn write(mut self, blocks: Vec<Block>) -> Flat {
        self.blocks(blocks);
        if let Some(last) = self.carried.take() {
            self.paragraph(last);
        }
        self.flat
    }

    fn blocks(&mut self, blocks: Vec<Block>) {
        for block in blocks {
            // Numbers can make a text longer than its file: what is too long is refused by the caller.
            if self.flat.text.len() > MAX_BYTES {
                return;
            }
            match block {
                Block::Para(para) => {
                    let mut para = *para;
                    if let Some(before) = self.carried.take() {
                        para = joined(before, para);
                    }
                    if para.props.mark.deleted && self.note_of.is_none() {
                        self.carried = Some(para);
                    } else {
                        self.paragraph(para);
                    }
                }
                Block::Table(rows) => self.table(rows),
            }
        }
    }

    fn paragraph(&mut self, mut para: Para) {
        let (boxes, notes) = (std::mem::take(&mut para.boxes), std::mem::take(&mut para.notes));
        self.blocks(boxes);
        let style = self.styles.paragraph(para.props.style.as_deref());
        let props = para.props.over(&style.para);
        let number = self.number(&para, &style);
        let span = self.put(&para, number.as_deref(), '\n');
        let level = heading_level(&style.name).or(props.outline).filter(|&level| level < 9);
        let length = self.flat.text[span.range()].chars().filter(|c| !cjk::is_blank(*c)).count();
        let hashes = level.filter(|_| length <= LONGEST_HEADING).map_or(0, |level| (level + 1).min(6));
        let hidden = style.name.starts_with("toc ");
        let mut at = span.start;
        for (index, line) in self.flat.text[span.range()].split('\n').enumerate() {
            let line_span = Span::new(at, at + line.len());
            at = line_span.end + 1;
            let visible = line.chars().any(|c| !cjk::is_blank(c));
            let bold = visible && bold(&self.flat.pieces, &self.flat.text, line_span);
            let indented = index == 0 && (props.indented == Some(true) || line.starts_with(['\u{3000}', '\t']));
            let kind = hidden.then_some(Kind::Hidden);
            self.flat.rows.push(Row { span: line_span, hashes, bold, indented, kind, apart: index == 0 });
        }
        self.flat.text.push('\n');
        self.place(span, para.anchor);
        self.flat.heights.push((span, props.height));
        for key in notes {
            // A note is written out where it is first referred to.
            if let Some(blocks) = self.notes.remove(&key) {
                let outer = self.note_of.replace(self.note_of.unwrap_or(para.anchor));
                self.blocks(blocks);
                self.note_of = outer;
            }
        }
    }

    fn number(&mut self, para: &Para, style: &super::styles::Resolved) -> Option<String> {
        let (number, by) = numbering::of(&para.props, style)?;
        let number = self.numbering.next(number, by, self.styles)?;
        let visible = para.text.chars().any(|c| !cjk::is_blank(c));
        (visible && !number.is_empty()).then(|| {
            let first = para.text.chars().next().unwrap_or(' ');
            let last = number.chars().next_back().unwrap_or(' ');
            let apart = last.is_ascii_alphanumeric() || last == '.' && first.is_ascii_digit();
            if apart { number + " " } else { number }
        })
    }

    /// Puts a paragraph's text behind what is there; `soft` stands for a line end within it.
    fn put(&mut self, para: &Para, number: Option<&str>, soft: char) -> Span {
        let start = self.flat.text.len();
        self.flat.text += number.unwrap_or_default();
        let base = self.flat.text.len();
        if soft == '\n' {
            self.flat.text += &para.text;
        } else {
            self.flat.text += &para.text.replace(['\n', '\t'], " ");
        }
        if self.note_of.is_none() {
            for (index, Bit { at, xml, run, node, plain, look, anchor }) in para.pieces.iter().enumerate() {
                let end = para.pieces.get(index + 1).map_or(para.text.len(), |next| next.at);
                self.flat.pieces.push(Piece {
                    text: Span::new(base + at, base + end),
                    xml: (xml.start, xml.end),
                    run: *run,
                    node: *node,
                    plain: *plain,
                    anchor: *anchor,
                    look: look.clone(),
                });
            }
        }
        for Mark { kind, range } in &para.marks {
            self.flat.leftovers.push((*kind, Span::new(base + range.start, base + range.end)));
        }
        Span::new(start, self.flat.text.len())
    }

    fn place(&mut self, span: Span, anchor: usize) {
        let anchor = self.note_of.unwrap_or(anchor);
        let host = self.anchors.get(anchor).and_then(|anchor| anchor.host).unwrap_or(anchor);
        self.flat.places.push((span, host));
    }

    fn table(&mut self, mut rows: Vec<Vec<Cell>>) {
        if let [row] = rows.as_mut_slice()
            && let [cell] = row.as_mut_slice()
        {
            // One cell round a text is a frame and no table.
            let blocks = std::mem::take(&mut cell.blocks);
            return self.blocks(blocks);
        }
        let table = self.flat.tables.len();
        let mut cells = Vec::with_capacity(rows.len());
        for (index, row) in rows.into_iter().enumerate() {
            let start = self.flat.text.len();
            let mut ranges = Vec::with_capacity(row.len());
            for (column, cell) in row.into_iter().enumerate() {
                if column > 0 {
                    self.flat.text.push('\t');
                }
                let from = self.flat.text.len();
                self.cell(cell.blocks, from);
                ranges.push(from..self.flat.text.len());
                let more = (cell.columns - 1).min(self.padding);
                self.padding -= more;
                ranges.extend(std::iter::repeat_n(self.flat.text.len()..self.flat.text.len(), more));
            }
            cells.push(ranges);
            let span = Span::new(start, self.flat.text.len());
            let kind = Some(if index == 0 { Kind::Table(table) } else { Kind::Hidden });
            self.flat.rows.push(Row { span, hashes: 0, bold: false, indented: false, kind, apart: true });
            self.flat.text.push('\n');
        }
        if !cells.is_empty() {
            self.flat.tables.push(cells);
        }
    }

    /// All text of a cell, on one line.
    fn cell(&mut self, blocks: Vec<Block>, from: usize) {
        for block in blocks {
            match block {
                Block::Para(mut para) => {
                    let boxes = std::mem::take(&mut para.boxes);
                    self.cell(boxes, from);
                    if self.flat.text.len() > from && !para.text.is_empty() {
                        self.flat.text.push(' ');
                    }
                    let style = self.styles.paragraph(para.props.style.as_deref());
                    let number = self.number(&para, &style);
                    let span = self.put(&para, number.as_deref(), ' ');
                    self.place(span, para.anchor);
                }
                Block::Table(rows) => {
                    for cell in rows.into_iter().flatten() {
                        self.cell(cell.blocks, from);
                    }
                }
            }
        }
    }
}

impl Flat {
    /// The source and its lines.
    pub(super) fn lines(&mut self, name: &str) -> (Source, Lines) {
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        let source = Source::new(name, std::mem::take(&mut self.text));
        let mapped = |range: Range<usize>| {
            let mut mapped = Mapped::default();
            mapped.push(&source.text()[range.clone()], range.start);
            mapped.trimmed()
        };
        let line = |row: &Row| {
            let text = mapped(row.span.range());
            let kind = match row.kind {
                Some(kind) => kind,
                None if text.is_empty() => Kind::Blank,
                None if lines::is_seam(source.slice(row.span)) => Kind::Seam,
                None => Kind::Text,
            };
            Line { text, hashes: row.hashes, bold: row.bold, indented: row.indented, kind, apart: row.apart }
        };
        let mut all: Vec<Line> = self.rows.iter().map(line).collect();
        if all.is_empty() {
            all.push(line(&Row { span: Span::new(0, 0), hashes: 0, bold: false, indented: false, kind: None, apart: true }));
        }
        let row = |row: &Vec<Range<usize>>| row.iter().map(|cell| mapped(cell.clone())).collect();
        let tables = self.tables.iter().map(|rows| rows.iter().map(row).collect()).collect();
        let lines = Lines { all, tables, comments: Vec::new() };
        (source, lines)
    }
}

/// Whether all that can be seen of a line is bold.
fn bold(pieces: &[Piece], text: &str, line: Span) -> bool {
    let first = pieces.partition_point(|piece| piece.text.end <= line.start);
    let mut inside = pieces[first..].iter().take_while(|piece| piece.text.start < line.end).peekable();
    inside.peek().is_some()
        && inside.all(|piece| piece.look.bold || text[piece.text.range()].chars().all(|c| c == '\n' || cjk::is_blank(c)))
}

/// The level of a heading's style, from 0.
fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "))?.parse::<u8>().ok()?;
    level.checked_sub(1)
}

/// Two paragraphs as one: the end of the first was deleted, and the second gives the properties.
fn joined(mut first: Para, second: Para) -> Para {
    let shift = first.text.len();
    first.text += &second.text;
    first.pieces.extend(second.pieces.into_iter().map(|piece| Bit { at: piece.at + shift, ..piece }));
    let marks = second.marks.into_iter();
    first.marks.extend(marks.map(|mark| Mark { range: mark.range.start + shift..mark.range.end + shift, ..mark }));
    first.boxes.extend(second.boxes);
    first.notes.extend(second.notes);
    Para { anchor: second.anchor, props: second.props, ..first }
}
