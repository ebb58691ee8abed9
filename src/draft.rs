//! The document model: what a draft is once it has been read.

use crate::text::{Encoding, Mapped, Source, Span};

/// One report being checked.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text as read.
    pub source: Source,
    /// How the file wrote it.
    pub encoding: Encoding,
    /// Everything in the draft, in reading order.
    pub blocks: Vec<Block>,
    /// The sections that the headings open, in reading order.
    pub sections: Vec<Section>,
}

/// One thing in a draft: a heading, a paragraph, a table …
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Its visible text: marks of Markdown and blanks at the ends left out, page seams mended.
    pub text: Mapped,
}

/// What a block is.
#[derive(Clone, Debug)]
pub enum Role {
    /// 标题 of the whole report, its lines joined.
    Title,
    /// A heading. [`Block::text`] is the title without its number.
    Heading(Heading),
    /// Running text.
    Paragraph,
    /// A table; its cells are here, [`Block::text`] is empty.
    Table(Table),
}

/// A heading of the outline.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
    pub level: u8,
    /// The number as written (`三、`), if it has one.
    pub number: Option<Number>,
    /// Whether its text runs on in the same line (`（一）加强学习。全年…`).
    pub run_in: bool,
}

/// The number of a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value, from 1.
    pub value: u32,
    /// Where it stands, its mark included.
    pub span: Span,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Rows of cells, the head row first.
    pub rows: Vec<Vec<Mapped>>,
}

/// What stands under a heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// Index of the heading in [`Draft::blocks`].
    pub heading: usize,
    /// Blocks under it, those of its subsections included.
    pub body: std::ops::Range<usize>,
}
