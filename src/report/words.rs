//! The words of a draft: every text folded, and every literal of the rulebook found in it, once for all checks.

use std::ops::Range;

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

/// Bytes of a mark that parts sentences or clauses.
const MARK: usize = '。'.len_utf8();

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
        self.between(range, &["。", "！", "？"])
    }

    /// The clause that holds a range: between any two marks that part clauses.
    pub fn clause(&self, range: &Range<usize>) -> Range<usize> {
        self.between(range, &["。", "！", "？", "；", "，", "："])
    }

    /// Between two of some marks, all of which begin with one of two bytes.
    fn between(&self, range: &Range<usize>, marks: &[&str]) -> Range<usize> {
        const FIRST: [u8; 2] = [0xe3, 0xef];
        debug_assert!(marks.iter().all(|mark| mark.len() == MARK && FIRST.contains(&mark.as_bytes()[0])));
        let bytes = self.text().as_bytes();
        let is_mark = |at: usize| bytes.get(at..at + MARK).is_some_and(|here| marks.iter().any(|mark| mark.as_bytes() == here));
        let before = memchr::memrchr2_iter(FIRST[0], FIRST[1], &bytes[..range.start]).find(|at| is_mark(*at));
        let behind =
            memchr::memchr2_iter(FIRST[0], FIRST[1], &bytes[range.end..]).map(|at| range.end + at).find(|at| is_mark(*at));
        before.map_or(0, |at| at + MARK)..behind.unwrap_or(bytes.len())
    }

    /// Whether a place stands within 《》.
    pub fn in_title(&self, at: usize) -> bool {
        let before = &self.text()[..at];
        match (before.rfind('《'), before.rfind('》')) {
            (Some(open), Some(close)) => open > close,
            (open, _) => open.is_some(),
        }
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
