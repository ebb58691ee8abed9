//! Word files: the text of a `.docx` as a source, and where each of its characters stands in the file.
//!
//! A paragraph is a line; automatic numbers are written out, what was deleted with changes tracked is left out. The
//! rest of the program reads that text like any other.

mod cells;
mod document;
mod flat;
pub(crate) mod footer;
pub(crate) mod form;
pub(crate) mod layout;
mod numbering;
mod numeral;
pub(crate) mod package;
pub(crate) mod props;
mod sound;
mod styles;
mod symbols;
mod theme;
pub(crate) mod tree;
pub(crate) mod xml;

use std::collections::HashMap;

use package::Package;
pub use tree::Leftover;
use tree::{Anchor, Look, Node, Note, Run};

use super::lines::Lines;
use crate::text::{MAX_BYTES, Source, Span};

/// Why a Word file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordError {
    /// A package of another kind.
    #[error("不是 Word 文件")]
    NotWord,
    /// No package, or a damaged one.
    #[error("这个 Word 文件已经损坏，打不开；请用 Word 或 WPS 打开后另存一份再检查")]
    Broken,
    /// A part that is no well-formed XML.
    #[error("这个 Word 文件的内容已经损坏；请用 Word 或 WPS 打开后另存一份再检查")]
    BrokenXml,
    /// Protected by a password.
    #[error("这个 Word 文件加了密码；请先取消密码再检查")]
    Encrypted,
    /// More, unpacked, than any report needs.
    #[error("这个 Word 文件展开后太大（一部分超过 64 MB 或总共超过 256 MB），不像年度报告")]
    TooLarge,
    /// More parts than any report has.
    #[error("这个 Word 文件里的部件太多（超过 10000 个），不像年度报告")]
    TooManyParts,
    /// Nested deeper than Word ever does.
    #[error("这个 Word 文件的嵌套太深（超过 256 层），不像正常文件")]
    TooDeep,
    /// A document type declaration, which no Word file has.
    #[error("这个 Word 文件里有不该有的声明（DOCTYPE），为安全起见不读")]
    Doctype,
    /// Nothing to read.
    #[error("这个 Word 文件里没有文字；如果是扫描的图片，请检查文字稿")]
    Empty,
}

/// What is known of a Word file besides its text.
#[derive(Clone, Debug)]
pub struct Word {
    /// Name and text of the main part.
    pub(crate) part: String,
    pub(crate) xml: String,
    /// Every stretch of text that stands in one place of the XML, in the order of the text.
    pub(crate) pieces: Vec<Piece>,
    pub(crate) runs: Vec<Run>,
    pub(crate) anchors: Vec<Anchor>,
    /// Every line with the paragraph that holds it.
    pub(crate) places: Vec<(Span, usize)>,
    /// Every line that is a paragraph's, with the height that its paragraph gives it.
    pub(crate) heights: Vec<(Span, props::LineHeight)>,
    pub(crate) leftovers: Leftovers,
    pub(crate) form: form::Form,
}

/// What an unfinished document still holds, and where.
pub(crate) type Leftovers = Vec<(Leftover, Span)>;

/// A stretch of text that stands in one place of the XML.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Where it stands in the text that is read out.
    pub(crate) text: Span,
    /// Where it stands in the XML.
    pub(crate) xml: (usize, usize),
    /// The run that holds it, if that run can be cut.
    pub(crate) run: Option<usize>,
    /// The `w:t` that holds it.
    pub(crate) node: Option<Node>,
    /// Whether its bytes in the XML are those of the text one by one.
    pub(crate) plain: bool,
    /// The paragraph that holds it.
    pub(crate) anchor: usize,
    pub(crate) look: Look,
}

impl Word {
    /// The pieces that share characters with a span of the text, by index.
    pub(crate) fn pieces_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.pieces.partition_point(|piece| piece.text.end <= span.start);
        let last = self.pieces.partition_point(|piece| piece.text.start < span.end);
        first..last.max(first)
    }
}

/// Reads a Word file.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<(Source, Lines, Word), WordError> {
    let package = Package::open(bytes)?;
    let part = package.main()?;
    let xml = package.text(&part)?.ok_or(WordError::NotWord)?;
    let text_of = |kind: &str| match package.related(&part, kind)? {
        Some(name) => package.text(&name),
        None => Ok(None),
    };
    let styles = text_of("styles")?.map_or_else(|| Ok(styles::Styles::default()), |text| styles::Styles::read(&text))?;
    let numbering =
        text_of("numbering")?.map_or_else(|| Ok(numbering::Numbering::default()), |text| numbering::Numbering::read(&text))?;
    let fonts = text_of("theme")?.map_or_else(|| Ok(theme::Fonts::default()), |text| theme::Fonts::read(&text))?;
    let mut notes = HashMap::new();
    for (kind, note, root, element) in
        [("footnotes", Note::Foot, "footnotes", "footnote"), ("endnotes", Note::End, "endnotes", "endnote")]
    {
        if let Some(text) = text_of(kind)? {
            let found = document::Walker::new(&text, &styles, &fonts).notes(root, element)?;
            notes.extend(found.into_iter().map(|(id, blocks)| ((note, id), blocks)));
        }
    }
    let own = form::own_comments(&package, &part)?;
    let mut tree = document::Walker::new(&xml, &styles, &fonts).passing(own).document()?;
    let form = form::Form::read(&package, &part, std::mem::take(&mut tree.sections), (&styles, &fonts))?;
    let mut flat = flat::Writer::new(&styles, numbering, notes, &tree.anchors).write(tree.blocks);
    if flat.text.len() > MAX_BYTES {
        return Err(WordError::TooLarge);
    }
    let (source, lines) = flat.lines(name);
    if source.text().chars().all(crate::text::cjk::is_blank) {
        return Err(WordError::Empty);
    }
    let flat::Flat { pieces, places, leftovers, heights, .. } = flat;
    let word = Word { part, xml, pieces, runs: tree.runs, anchors: tree.anchors, places, heights, leftovers, form };
    Ok((source, lines, word))
}
