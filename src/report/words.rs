//! The words of a draft: every text folded, and every literal of the rulebook found in it, once for all checks.

use std::ops::Range;

use memchr::{memchr2_iter, memrchr_iter, memrchr2_iter};

use crate::draft::{Draft, Role};
use crate::rulebook::{Book, Hit, Literal};
use crate::text::{Folded, Mapped, Span};

/// One text of a draft (a paragraph, a heading, a cell of a table …) with what was found in it.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// Index in [`Draft::blocks`] of its block.
    pub block: usize,
    /// Its text, folded.
    pub folded: Folded,
    /// The literals in it.
    pub hits: Vec<Hit>,
    mapped: &'a Mapped,
}

impl<'a> Passage<'a> {
    /// All texts of a draft.
    pub(super) fn all(draft: &'a Draft, book: &Book) -> Vec<Self> {
        let texts = draft.blocks.iter().enumerate().flat_map(|(index, block)| {
            let cells = match &block.role {
                Role::Table(table) => table.rows.as_slice(),
                _ => &[],
            };
            cells.iter().flatten().chain(std::iter::once(&block.text)).map(move |text| (index, text))
        });
        let passage = |(block, mapped): (usize, &'a Mapped)| {
            let folded = Folded::new(mapped.text());
            let hits = book.find(folded.text());
            Self { block, folded, hits, mapped }
        };
        texts.filter(|(_, mapped)| !mapped.is_empty()).map(passage).collect()
    }

    /// Its text, folded.
    pub fn text(&self) -> &str {
        self.folded.text()
    }

    /// Its text as the draft has it.
    pub fn mapped(&self) -> &'a Mapped {
        self.mapped
    }

    /// Where a range of its folded text stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.mapped.span(self.folded.original(range))
    }

    /// The sentence that holds a range, without its end mark.
    pub fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        self.between(range, &['。', '！', '？'])
    }

    /// The clause that holds a range: between any two marks that part clauses.
    pub fn clause(&self, range: &Range<usize>) -> Range<usize> {
        self.between(range, &['。', '！', '？', '；', '，', '：'])
    }

    fn between(&self, range: &Range<usize>, marks: &[char]) -> Range<usize> {
        let text = self.text();
        let (before, behind) = (&text.as_bytes()[..range.start], &text.as_bytes()[range.end..]);
        // The bytes that 。 and the marks of full width begin with.
        let start = memrchr2_iter(0xe3, 0xef, before).find(|at| text[*at..].starts_with(marks));
        let mut ends = memchr2_iter(0xe3, 0xef, behind).map(|at| range.end + at);
        let end = ends.find(|at| text[*at..].starts_with(marks)).unwrap_or(text.len());
        start.map_or(0, |at| at + '。'.len_utf8())..end
    }

    /// Whether a place stands within 《》.
    pub fn in_title(&self, at: usize) -> bool {
        let text = self.text();
        let mut marks = memrchr_iter(0xe3, &text.as_bytes()[..at]).filter(|at| text[*at..].starts_with(['《', '》']));
        marks.next().is_some_and(|mark| text[mark..].starts_with('《'))
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

    /// Where a literal that `pick` wants stands.
    pub fn find(&self, pick: impl Fn(Literal) -> bool) -> impl Iterator<Item = Range<usize>> {
        self.hits.iter().filter(move |hit| pick(hit.literal)).map(|hit| hit.range.clone())
    }
}

/// Whether a text holds any of some words.
pub fn any_of<T: AsRef<str>>(text: &str, words: &[T]) -> bool {
    words.iter().any(|word| text.contains(word.as_ref()))
}
