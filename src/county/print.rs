//! The fingerprint of a draft: what is kept of it while the others are read.

use std::ops::Range;

use super::shingles::{BITS, Winnow, hash_of_figures, told};
use super::signs::Signs;
use crate::draft::{Block, Draft, Role};
use crate::report::Identity;
use crate::text::cjk;

/// How many neighbouring figures make a run of figures.
const FIGURES: usize = 3;

/// What parts two paragraphs: more signs than anything near spans.
const APART: usize = 1000;

/// What is kept of a draft while the others are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// Whose it is, and of which year.
    pub identity: Identity,
    /// Hashes of some of its runs of characters, of its figures with the words beside them and of its runs of figures, each in its order.
    pub(super) marks: Vec<Mark>,
}

/// A hash of something in a draft, and at which of the compared characters of the draft that is: in one number, for there are
/// hundreds in every draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark(u64);

impl Mark {
    /// The last place that a mark can have.
    const LAST: usize = (1 << (64 - BITS)) - 1;

    #[inline]
    pub(super) fn new(at: usize, hash: u64) -> Self {
        Self((at.min(Self::LAST) as u64) << BITS | hash)
    }

    #[inline]
    pub(super) fn at(self) -> usize {
        (self.0 >> BITS) as usize
    }

    #[inline]
    pub(super) fn hash(self) -> u64 {
        self.0 & ((1 << BITS) - 1)
    }
}

impl Print {
    /// The fingerprint of a draft.
    pub fn of(draft: &Draft, identity: Identity) -> Self {
        let is_text = |block: &&Block| matches!(block.role, Role::Paragraph(_));
        // As many as most drafts have.
        let mut marks = Vec::with_capacity(draft.source.text().len() / 16);
        let (mut figures, mut from) = (Vec::new(), 0);
        let (mut signs, mut winnow) = (Signs::default(), Winnow::default());
        for text in draft.blocks.iter().filter(is_text).map(|block| block.text.text()) {
            signs.read(text, identity.town.as_deref(), |_| ());
            winnow.each(signs.codes(), |at, hash| marks.push(Mark::new(from + at, hash)));
            told(text, &signs, |at, hash| marks.push(Mark::new(from + at, hash)));
            figures.extend(signs.figures.iter().filter_map(|range| figure(text, range)));
            from += signs.codes().len() + APART;
        }
        let runs = figures.windows(FIGURES).map(|run| hash_of_figures(run.iter().copied()));
        marks.extend(runs.map(|hash| Mark::new(from, hash)));
        Self { identity, marks }
    }
}

/// The hash of a figure with the character behind it, if it has two digits and more and is no year and no round number.
fn figure(text: &str, range: &Range<usize>) -> Option<u64> {
    if range.len() < 2 {
        return None;
    }
    let digits = || text[range.clone()].chars().map(cjk::half_width);
    let unit = text[range.end..].chars().next().unwrap_or(' ');
    let own = !matches!(unit, '年' | '月' | '日' | '号' | '〕') && digits().skip(1).any(|c| c != '0');
    own.then(|| hash_of_figures(digits().chain([unit]).map(u64::from)))
}
