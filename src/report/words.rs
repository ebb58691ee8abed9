//! The words of a draft: every text folded once for all checks.

use std::ops::Range;

use crate::draft::{Draft, Role};
use crate::text::{Folded, Mapped, Span};

/// One text of a draft: a paragraph, a heading, a cell of a table …
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// Index in [`Draft::blocks`] of its block.
    pub block: usize,
    /// Its text, folded.
    pub folded: Folded<'a>,
    /// Whether it reads as text, and is no note or signature.
    pub is_prose: bool,
    mapped: &'a Mapped,
}

impl<'a> Passage<'a> {
    /// All texts of a draft.
    pub(super) fn all(draft: &'a Draft) -> Vec<Self> {
        let mut passages = Vec::with_capacity(draft.blocks.len());
        for (index, block) in draft.blocks.iter().enumerate() {
            let cells = match &block.role {
                Role::Table(table) => table.rows.as_slice(),
                _ => &[],
            };
            let is_prose = matches!(block.role, Role::Title | Role::Heading(_) | Role::Paragraph(_) | Role::Table(_));
            let texts = cells.iter().flatten().chain(std::iter::once(&block.text)).filter(|text| !text.is_empty());
            let passage =
                |mapped: &'a Mapped| Self { block: index, folded: Folded::new(mapped.text(), mapped.signs()), is_prose, mapped };
            passages.extend(texts.map(passage));
        }
        passages
    }

    /// Its text, folded.
    pub fn text(&self) -> &str {
        self.folded.text()
    }

    /// Its text as the draft has it.
    pub fn mapped(&self) -> &'a Mapped {
        self.mapped
    }

    /// The characters of its folded text that are no common 汉字, with the bytes at which they stand.
    pub fn others(&self) -> &[(u32, char)] {
        &self.folded.signs().others
    }

    /// Where a unit stands in its folded text by which towns and counties are called: 镇, 乡, 街 or 县.
    pub fn units(&self, unit: char) -> impl Iterator<Item = usize> {
        self.folded.signs().units.iter().filter(move |(_, other)| *other == unit).map(|(at, _)| *at as usize)
    }

    /// Where the numbers of its folded text stand, written in the digits 0 to 9.
    pub fn numbers(&self) -> impl Iterator<Item = Range<usize>> {
        let mut rest = self.others();
        std::iter::from_fn(move || {
            let first = rest.iter().position(|(_, c)| c.is_ascii_digit())?;
            let start = rest[first].0;
            let is_next = |((at, c), next): &(&(u32, char), u32)| at == next && c.is_ascii_digit();
            let length = rest[first..].iter().zip(start..).take_while(is_next).count();
            rest = &rest[first + length..];
            Some(start as usize..start as usize + length)
        })
    }

    /// Where a range of its folded text stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.mapped.span(self.folded.original(range))
    }

    /// The sentence that holds a range, without its end mark.
    pub fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        self.between(range, |c| matches!(c, '。' | '！' | '？'))
    }

    /// The clause that holds a range: between any two marks that part clauses.
    pub fn clause(&self, range: &Range<usize>) -> Range<usize> {
        self.between(range, |c| matches!(c, '。' | '！' | '？' | '；' | '，' | '：'))
    }

    fn between(&self, range: &Range<usize>, parts: impl Fn(char) -> bool) -> Range<usize> {
        let before = self.before(range.start).iter().rev().find(|(_, c)| parts(*c));
        let behind = self.others()[self.before(range.end).len()..].iter().find(|(_, c)| parts(*c));
        before.map_or(0, |(at, c)| *at as usize + c.len_utf8())..behind.map_or(self.text().len(), |(at, _)| *at as usize)
    }

    /// What stands before a byte of the folded text, as [`Passage::others`] has it.
    fn before(&self, at: usize) -> &[(u32, char)] {
        let others = self.others();
        &others[..others.partition_point(|(other, _)| (*other as usize) < at)]
    }

    /// Whether a place stands within 《》.
    pub fn in_title(&self, at: usize) -> bool {
        self.before(at).iter().rev().find(|(_, c)| matches!(c, '《' | '》')).is_some_and(|(_, c)| *c == '《')
    }

    /// Whether the literal at `range` is only a piece of one of `longer`.
    pub fn is_within(&self, range: &Range<usize>, longer: &[String]) -> bool {
        let (text, literal) = (self.text(), &self.text()[range.clone()]);
        longer.iter().any(|longer| {
            longer.match_indices(literal).any(|(at, _)| {
                range
                    .start
                    .checked_sub(at)
                    .is_some_and(|start| text.get(start..).is_some_and(|rest| rest.starts_with(longer.as_str())))
            })
        })
    }
}

/// Whether a text holds any of some words.
pub fn any_of<T: AsRef<str>>(text: &str, words: &[T]) -> bool {
    words.iter().any(|word| text.contains(word.as_ref()))
}
