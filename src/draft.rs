//! The document model and its readers: what a draft is, whatever it looks like in the file.

mod date;
mod edges;
mod emphasis;
mod lines;
mod marks;
mod number;
mod outline;
mod reader;
mod seam;
pub(crate) mod word;

use std::ops::Range;

pub use date::{DateStyle, DateText};
pub use edges::signers;
pub use number::NumberStyle;
pub use seam::Seam;
pub use word::package::MAX_TOTAL as MAX_PACKAGE;
pub use word::{Leftover, Word, WordError};

use crate::text::{DecodeError, Encoding, Mapped, Source, Span, decode, is_package};

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
    /// Places where a page seam or a hard return cut a paragraph.
    pub seams: Vec<Seam>,
    /// HTML comments, their marks included.
    pub comments: Vec<Span>,
    /// Where the text stands in the Word file it was read from, if it was.
    pub word: Option<Box<Word>>,
}

impl Draft {
    /// Reads a draft. `name` is shown to the user, `bytes` are the file's.
    ///
    /// # Errors
    /// [`DecodeError`] when the bytes are neither text nor a Word file that can be read.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, DecodeError> {
        if is_package(bytes) {
            match Self::from_docx(name, bytes) {
                Ok(draft) => return Ok(draft),
                // Another kind of package, which is told by what it holds.
                Err(WordError::NotWord) => {}
                Err(error) => return Err(DecodeError::Word(error)),
            }
        }
        let (text, encoding) = decode(bytes)?;
        Ok(Self::from_text(name, text, encoding))
    }

    /// Reads a draft from text that is already decoded.
    pub fn from_text(name: &str, text: impl Into<String>, encoding: Encoding) -> Self {
        let source = Source::new(name, text);
        let lines = lines::read(&source);
        Self::from_lines(source, lines, encoding)
    }

    /// Reads a draft from a Word file.
    ///
    /// # Errors
    /// [`WordError`] when it is none that can be read.
    pub fn from_docx(name: &str, bytes: &[u8]) -> Result<Self, WordError> {
        let (source, lines, word) = word::read(name, bytes)?;
        Ok(Self { word: Some(Box::new(word)), ..Self::from_lines(source, lines, Encoding::Utf8) })
    }

    fn from_lines(source: Source, lines: lines::Lines, encoding: Encoding) -> Self {
        let reader::Read { blocks, seams, comments } = reader::read(&source, lines);
        let sections = outline::sections(&blocks);
        Self { source, encoding, blocks, sections, seams, comments, word: None }
    }

    /// The first block of which `pick` makes something.
    fn find<'a, T>(&'a self, pick: impl Fn(&'a Block) -> Option<T>) -> Option<T> {
        self.blocks.iter().find_map(pick)
    }

    /// 标题.
    pub fn title(&self) -> Option<&Block> {
        self.find(|block| matches!(block.role, Role::Title).then_some(block))
    }

    /// 发文字号.
    pub fn document_number(&self) -> Option<&Block> {
        self.find(|block| matches!(block.role, Role::DocumentNumber).then_some(block))
    }

    /// 主送机关.
    pub fn recipient(&self) -> Option<&Block> {
        self.find(|block| matches!(block.role, Role::Recipient).then_some(block))
    }

    /// 署名, one block a line.
    pub fn signatures(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| matches!(block.role, Role::Signature))
    }

    /// 成文日期: the last line that is a date.
    pub fn date(&self) -> Option<(&Block, DateText)> {
        self.blocks.iter().rev().find_map(|block| match block.role {
            Role::Date(date) => Some((block, date)),
            _ => None,
        })
    }

    /// The headings with their index in [`Draft::blocks`].
    pub fn headings(&self) -> impl Iterator<Item = (usize, &Block, &Heading)> {
        self.blocks.iter().enumerate().filter_map(|(index, block)| match &block.role {
            Role::Heading(heading) => Some((index, block, heading)),
            _ => None,
        })
    }

    /// Paragraphs and headings among `range` of [`Draft::blocks`]: everything that reads as text.
    pub fn prose(&self, range: Range<usize>) -> impl Iterator<Item = &Block> {
        self.blocks[range].iter().filter(|block| matches!(block.role, Role::Heading(_) | Role::Paragraph(_)))
    }

    /// The span from the first to the last of `range` of [`Draft::blocks`], empty at the end of the text for none.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let end = Span::new(self.source.text().len(), self.source.text().len());
        self.blocks[range].iter().map(Block::span).reduce(Span::to).unwrap_or(end)
    }
}

/// One thing in a draft: a heading, a paragraph, a table …
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Its visible text: marks of Markdown and blanks at the ends left out, page seams mended, numbers kept.
    pub text: Mapped,
}

impl Block {
    /// Where it stands, its number included.
    pub fn span(&self) -> Span {
        match &self.role {
            Role::Heading(Heading { number: Some(number), .. }) => number.span.to(self.text.full_span()),
            Role::Table(table) => table.span,
            _ => self.text.full_span(),
        }
    }
}

/// What a block is.
#[derive(Clone, Debug)]
pub enum Role {
    /// 标题 of the whole report, its lines joined.
    Title,
    /// 发文字号.
    DocumentNumber,
    /// 主送机关.
    Recipient,
    /// A heading. [`Block::text`] is the title without its number and closing mark.
    Heading(Heading),
    /// Running text, with the number or point it begins with (`一是`), which is part of [`Block::text`].
    Paragraph(Option<Number>),
    /// A table; its cells are here, [`Block::text`] is empty.
    Table(Table),
    /// 署名.
    Signature,
    /// 成文日期.
    Date(DateText),
    /// 成文日期 of which not even the year was filled in: `　年　月　日`.
    BlankDate,
    /// 附注: `（此件公开发布）`.
    Annotation,
    /// What else stands round a report: 版头, 签发人, 抄送, 附件, 发布时间.
    Note,
}

/// A heading of the outline.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）; where there is no number, as its looks and its place say.
    pub level: u8,
    /// The number as written (`三、`), if it has one.
    pub number: Option<Number>,
    /// Whether its text runs on in the same line (`（一）加强学习。全年…`).
    pub run_in: bool,
    /// How it is set off from the text.
    pub look: Look,
}

/// How a heading is set off from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// By `#` marks, this many.
    Hashes(u8),
    /// By being all bold.
    Bold,
    /// By its number or its shortness alone.
    Plain,
}

/// The number that a heading or a paragraph begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// How it is written.
    pub style: NumberStyle,
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
    /// Where it stands.
    pub span: Span,
}

/// What stands under a heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// Index of the heading in [`Draft::blocks`].
    pub heading: usize,
    /// Its level.
    pub level: u8,
    /// Index in [`Draft::sections`] of the section that holds it.
    pub parent: Option<usize>,
    /// Blocks under it, those of its subsections included.
    pub body: Range<usize>,
}
