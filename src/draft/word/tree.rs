//! What a document part holds, before its text is written out line by line.

use std::ops::Range;

use super::layout::Section;
use super::props::ParaProps;

/// A document part as read.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) blocks: Vec<Block>,
    pub(super) runs: Vec<Run>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) sections: Vec<Section>,
}

#[derive(Debug)]
pub(super) enum Block {
    Para(Box<Para>),
    Table(Vec<Vec<Cell>>),
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    /// How many columns it takes.
    pub(super) columns: usize,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Para {
    /// Index of its [`Anchor`].
    pub(super) anchor: usize,
    pub(super) props: ParaProps,
    pub(super) text: String,
    pub(super) pieces: Vec<Bit>,
    pub(super) marks: Vec<Mark>,
    /// What floats beside it.
    pub(super) boxes: Vec<Block>,
    /// Ids of its footnotes and of its endnotes.
    pub(super) notes: Vec<(Note, String)>,
}

/// Which notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Note {
    Foot,
    End,
}

/// Characters of a paragraph that stand together in the XML.
#[derive(Clone, Debug)]
pub(super) struct Bit {
    /// Where it starts in the paragraph's text; it ends where the next one starts.
    pub(super) at: usize,
    pub(super) xml: Range<usize>,
    pub(super) run: Option<usize>,
    /// The `w:t` that holds them.
    pub(super) node: Option<Node>,
    /// Whether the XML has them one byte for one byte.
    pub(super) plain: bool,
    pub(super) look: Look,
    /// Index of the [`Anchor`] of the paragraph in which they stand.
    pub(super) anchor: usize,
}

/// A `w:t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Where its opening tag starts and ends.
    pub(crate) open: (usize, usize),
    /// Where its text starts and ends: without the blanks that do not count.
    pub(crate) text: (usize, usize),
    /// Where its closing tag starts and ends.
    pub(crate) close: (usize, usize),
    /// Whether the blanks at its ends count.
    pub(crate) keep: bool,
}

/// How characters look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) bold: bool,
    /// In half points.
    pub(crate) size: Option<u32>,
    /// The font of Chinese characters, resolved.
    pub(crate) font: Option<std::sync::Arc<str>>,
}

/// A `w:r`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Where its opening tag starts and ends.
    pub(crate) open: (usize, usize),
    /// Its properties as written.
    pub(crate) props: Option<(usize, usize)>,
    /// Whether it holds properties that do not come first, and do not count.
    pub(crate) late: bool,
    /// Where its closing tag starts and ends.
    pub(crate) close: (usize, usize),
    /// Whether the run can be cut in two: it stands in a paragraph, not within another run.
    pub(crate) whole: bool,
    /// Whether it is a tracked insertion.
    pub(crate) inserted: bool,
}

/// Where a paragraph stands in the XML.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    /// Where its content begins, behind `w:pPr`.
    pub(crate) content: usize,
    /// Where its closing tag starts and ends; empty for one that closes itself.
    pub(crate) close: (usize, usize),
    /// The paragraph that holds the text box in which it stands.
    pub(crate) host: Option<usize>,
}

/// Something left in a paragraph that a finished document does not have.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) kind: Leftover,
    /// Bytes of the paragraph's text.
    pub(super) range: Range<usize>,
}

/// What an unfinished document still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leftover {
    /// Text put in, moved or formatted with changes tracked.
    Insertion,
    /// Text taken out with changes tracked.
    Deletion,
    /// A comment.
    Comment,
    /// Text that is not shown.
    Hidden,
    /// Text marked with a colour.
    Highlight,
}
