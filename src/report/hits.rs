//! Where the literals of the rulebook stand in a draft: each check asks for those of its family.

use std::ops::Range;

use super::{Passage, Report};
use crate::rulebook::{Book, Family, Hit};

/// The literals in all texts of a draft, family by family, and within one as they stand in the draft, by their ends.
#[derive(Clone, Debug)]
pub(super) struct Hits {
    all: Vec<Hit>,
    /// Where each family ends.
    ends: [usize; Family::COUNT],
}

impl Hits {
    /// Finds the literals of the rulebook.
    pub(super) fn of(passages: &[Passage<'_>], book: &Book) -> Self {
        let length: usize = passages.iter().map(|passage| passage.text().len()).sum();
        // There is seldom more than one in ten characters.
        let mut found = Vec::with_capacity(length / 32);
        for (number, passage) in passages.iter().enumerate() {
            book.find(number, passage.text(), &mut found);
        }
        let mut ends = [0; Family::COUNT];
        for (family, _) in &found {
            ends[*family as usize] += 1;
        }
        let mut end = 0;
        for next in &mut ends {
            (*next, end) = (end, end + *next);
        }
        let mut all = vec![Hit::default(); found.len()];
        for (family, hit) in found {
            let next = &mut ends[family as usize];
            all[*next] = hit;
            *next += 1;
        }
        Self { all, ends }
    }

    fn family(&self, family: Family) -> &[Hit] {
        let start = (family as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[family as usize]]
    }
}

impl<'a> Report<'a> {
    /// The texts in which literals of a family stand, each with them.
    pub fn with(&self, family: Family) -> impl Iterator<Item = (&Passage<'a>, &[Hit])> {
        let of_one = |one: &Hit, other: &Hit| one.passage() == other.passage();
        self.words().hits.family(family).chunk_by(of_one).map(|hits| (&self.passages()[hits[0].passage()], hits))
    }

    /// The same of what reads as text.
    pub fn prose_with(&self, family: Family) -> impl Iterator<Item = (&Passage<'a>, &[Hit])> {
        self.with(family).filter(|(passage, _)| passage.is_prose)
    }

    /// The terms of the rulebook in the draft, all rules together: the text, the place in it, and the index of the term. Of two of which
    /// one holds the other, the longer.
    pub fn terms(&self) -> impl Iterator<Item = (&Passage<'a>, Range<usize>, usize)> {
        let within = |hit: &Hit, other: &Hit| {
            let (range, other) = (hit.range(), other.range());
            other.len() > range.len() && other.start <= range.start && range.end <= other.end
        };
        let longest = |hits: &[Hit]| {
            let alone = |hit: &&Hit| !hits.iter().any(|other| within(hit, other));
            hits.iter().filter(alone).copied().collect::<Vec<_>>()
        };
        let all = || self.with(Family::Term).flat_map(|(_, hits)| longest(hits)).collect();
        self.terms.get_or_init(all).iter().map(|hit| (&self.passages()[hit.passage()], hit.range(), hit.index()))
    }
}
