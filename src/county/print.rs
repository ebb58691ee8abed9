//! The fingerprint of a draft: what is kept of it while the others are read.

use super::shingles::{self, BITS, hash_of_figures, is_digit, kept, signs, told};
use crate::draft::{Draft, Role};
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
        let texts =
            || draft.blocks.iter().filter(|block| matches!(block.role, Role::Paragraph(_))).map(|block| block.text.text());
        let mut marks: Vec<Mark> = Vec::new();
        let mut from = 0;
        for text in texts() {
            let signs = signs(text, identity.town.as_deref());
            let found = kept(&signs).into_iter().chain(told(text, &signs));
            marks.extend(found.map(|(at, hash)| Mark::new(from + at, hash)));
            from += signs.len() + APART;
        }
        let figures: Vec<u64> = texts().flat_map(figures).collect();
        let runs = figures.windows(FIGURES).map(|run| hash_of_figures(run.iter().copied()));
        marks.extend(runs.map(|hash| Mark::new(from, hash)));
        marks.sort_unstable();
        Self { identity, marks }
    }
}

/// The figures of a text, each with the character behind it, as hashes: those of two digits and more that are no year and no round number.
fn figures(text: &str) -> impl Iterator<Item = u64> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = cjk::uncommon(rest).find(|(_, c)| is_digit(*c))?.0;
            let number = &rest[start..];
            let end = number.find(|c| !is_digit(c) && c != '.').unwrap_or(number.len());
            let (number, behind) = number.split_at(end);
            rest = behind;
            let unit = behind.chars().next().unwrap_or(' ');
            let digits: String = number.chars().filter_map(half_width).collect();
            if !matches!(unit, '年' | '月' | '日' | '号' | '〕') && digits.trim_end_matches('0').len() > 1 {
                return Some(hash_of_figures(digits.bytes().map(u64::from).chain([u64::from(unit as u32)])));
            }
        }
    })
}

/// A digit or a point of half width; other characters are none.
fn half_width(c: char) -> Option<char> {
    match c {
        '.' | '0'..='9' => Some(c),
        _ if shingles::is_digit(c) => char::from_u32(c as u32 - 0xfee0),
        _ => None,
    }
}
