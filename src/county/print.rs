//! The fingerprint of a draft: what is kept of it while the others are read.

use super::shingles::{BITS, Signs, hash_of_figures};
use crate::draft::{Draft, Role};
use crate::report::Identity;

/// How many neighbouring figures make a run of figures.
const FIGURES: usize = 3;

/// What parts two paragraphs: more signs than anything near spans.
const APART: usize = 1000;

/// What is kept of a draft while the others are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// Whose it is, and of which year.
    pub identity: Identity,
    /// Hashes of some of its runs of characters, of its figures with the words beside them and of its runs of figures, in its order.
    pub(super) marks: Vec<Mark>,
}

/// A hash of something in a draft, and at which of the compared characters of the draft that is: in one number, for there are
/// hundreds in every draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark(u64);

impl Mark {
    /// The last place that a mark can have.
    const LAST: usize = (1 << (64 - BITS)) - 1;

    pub(super) fn new(at: usize, hash: u64) -> Self {
        Self((at.min(Self::LAST) as u64) << BITS | hash)
    }

    pub(super) fn at(self) -> usize {
        (self.0 >> BITS) as usize
    }

    pub(super) fn hash(self) -> u64 {
        self.0 & ((1 << BITS) - 1)
    }
}

impl Print {
    /// The fingerprint of a draft.
    pub fn of(draft: &Draft, identity: Identity) -> Self {
        let texts = draft.blocks.iter().filter(|block| matches!(block.role, Role::Paragraph(_))).map(|block| block.text.text());
        let (mut words, mut tells, mut figures) = (Vec::new(), Vec::new(), Vec::new());
        let (mut signs, mut from) = (Signs::default(), 0);
        for text in texts {
            signs.read(text, identity.town.as_deref());
            signs.kept(|at, hash| words.push(Mark::new(from + at, hash)));
            tells.extend(signs.told(text).map(|(at, hash)| Mark::new(from + at, hash)));
            figures.extend(signs.figures(text));
            from += signs.len() + APART;
        }
        let runs = figures.windows(FIGURES).map(|run| hash_of_figures(run.iter().copied()));
        let mut marks = words;
        marks.append(&mut tells);
        marks.extend(runs.map(|hash| Mark::new(from, hash)));
        // Three runs, each nearly in order.
        marks.sort();
        Self { identity, marks }
    }
}
