//! The fingerprints of all drafts, turned round: for each hash the drafts that bear it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Print;
use super::print::Mark;
use super::shingles::{BITS, is_of_figures, is_told};
use crate::report::Identity;
use crate::rulebook::County;

/// Bits that number a draft; the hash stands above them.
const DRAFT: u32 = 64 - BITS;
/// The most drafts that a draft is compared with: those that share most with it.
const MOST_LIKE: usize = 5;
/// The highest bits of a hash, by which the postings are parted: each part is sorted and searched by itself.
const PART: u32 = 10;
/// How near a figure a run of characters that both drafts have must stand, in characters.
const NEAR: usize = 60;
/// Without a figure, so many runs within so many characters.
const LONG: (usize, usize) = (5, 120);
/// The fingerprints of so many drafts are kept, some 5 KB each.
const KEPT: usize = 512;
/// No county has more towns: more drafts that name no county are of several, and their towns are not one another's neighbours.
const MOST_TOWNS: usize = 100;

/// A draft that shares something rare with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Its number.
    pub draft: usize,
    /// Its town.
    pub town: String,
    /// The hashes that both bear, sorted.
    pub shared: Vec<u64>,
}

/// The fingerprints of all drafts of a run.
#[derive(Clone, Debug)]
pub struct Index {
    /// Hash and draft in one number, parted by the highest bits, each part sorted once all are in.
    postings: Vec<Vec<u64>>,
    /// Whose each draft is; `None` for files that are no drafts.
    identities: Vec<Option<Identity>>,
    /// The marks of the first drafts, so that they need not be made again.
    kept: Vec<Box<[Mark]>>,
    /// Which drafts share a hash with one of another town, and those that were not entered.
    suspected: Vec<bool>,
    /// The towns of each county; those of drafts that name none stand together.
    towns: BTreeMap<Option<String>, Arc<BTreeSet<String>>>,
}

impl Default for Index {
    fn default() -> Self {
        Self {
            postings: vec![Vec::new(); 1 << PART],
            identities: Vec::new(),
            kept: Vec::new(),
            suspected: Vec::new(),
            towns: BTreeMap::new(),
        }
    }
}

impl Index {
    /// Enters the next draft. Files that could not be read are entered too, to keep the count.
    pub fn push(&mut self, print: Option<Print>) {
        let number = self.identities.len() as u64;
        let (identity, marks) = print.map_or_else(Default::default, |print| (Some(print.identity), print.marks));
        if let Some(Identity { town: Some(town), county, .. }) = &identity {
            let towns = self.towns.entry(county.clone()).or_default();
            Arc::make_mut(towns).insert(town.clone());
        }
        // Without a year or a town nobody can say that two drafts are of one year and of two towns.
        let told = identity.as_ref().is_some_and(|identity| identity.year.is_some() && identity.town.is_some());
        let entered = told && number < 1 << DRAFT;
        self.suspected.push(!entered);
        if entered {
            for mark in &marks {
                self.postings[part(mark.hash())].push(mark.hash() << DRAFT | number);
            }
        }
        if self.kept.len() < KEPT {
            self.kept.push(marks.into_boxed_slice());
        }
        self.identities.push(identity);
    }

    /// Whose a draft is.
    pub fn identity(&self, draft: usize) -> Option<&Identity> {
        self.identities.get(draft)?.as_ref()
    }

    /// The fingerprint of a draft, if it was kept.
    pub fn print(&self, draft: usize) -> Option<Print> {
        Some(Print { identity: self.identity(draft)?.clone(), marks: self.kept.get(draft)?.to_vec() })
    }

    /// Once all are in: keeps what several drafts share, and not so many that it is nobody's own.
    pub fn finish(&mut self, words: &County) {
        let drafts = self.identities.iter().flatten().count();
        let share = drafts * words.common_share / 100;
        let most = share.clamp(2, words.common_most.max(2));
        self.postings.par_iter_mut().for_each(|postings| keep(postings, most));
        self.suspect();
        self.towns.retain(|_, towns| towns.len() <= MOST_TOWNS);
    }

    /// Finds the drafts that share anything with one of another town, now that only what is rare is left.
    fn suspect(&mut self) {
        let hash = |posting: &u64| posting >> DRAFT;
        for bearers in self.postings.iter().flat_map(|postings| postings.chunk_by(|one, other| hash(one) == hash(other))) {
            let draft = |posting: &u64| (posting & ((1 << DRAFT) - 1)) as usize;
            for one in bearers.iter().map(draft) {
                let is_apart = |other| self.identity(one).zip(self.identity(other)).is_some_and(|(one, other)| apart(one, other));
                if !self.suspected[one] && bearers.iter().map(draft).any(is_apart) {
                    self.suspected[one] = true;
                }
            }
        }
    }

    /// Whether [`Index::like`] may find something for a draft.
    pub fn suspects(&self, draft: usize) -> bool {
        self.suspected.get(draft).is_none_or(|suspected| *suspected)
    }

    /// The towns of the county of a draft.
    pub fn towns(&self, identity: &Identity) -> Arc<BTreeSet<String>> {
        self.towns.get(&identity.county).cloned().unwrap_or_default()
    }

    /// The drafts of other towns and the same year that may share a passage or figures with a draft, whose fingerprint this is: those
    /// that share most with it.
    pub fn like(&self, draft: usize, print: &Print) -> Vec<Likeness> {
        // Draft and mark in one number each, so that they are sorted fast: in a county of copied texts there are thousands.
        let mut hits: Vec<(u32, u32)> = Vec::new();
        for (mark, number) in print.marks.iter().zip(0..) {
            let postings = &self.postings[part(mark.hash())];
            let from = postings.partition_point(|posting| posting >> DRAFT < mark.hash());
            let drafts = postings[from..].iter().take_while(|posting| *posting >> DRAFT == mark.hash());
            hits.extend(drafts.map(|posting| ((posting & ((1 << DRAFT) - 1)) as u32, number)));
        }
        hits.sort_unstable();
        let mut like: Vec<Likeness> =
            hits.chunk_by(|one, other| one.0 == other.0).filter_map(|hits| self.likeness(draft, print, hits)).collect();
        like.sort_by_key(|one| (std::cmp::Reverse(one.shared.len()), one.draft));
        like.truncate(MOST_LIKE);
        like
    }

    /// What a draft shares with another, if that may be a passage or a row of figures. `hits` are the other one and marks, in their order.
    fn likeness(&self, draft: usize, print: &Print, hits: &[(u32, u32)]) -> Option<Likeness> {
        let other = hits.first()?.0 as usize;
        let identity = self.identities.get(other)?.as_ref().filter(|identity| apart(identity, &print.identity))?;
        let marks: Vec<Mark> = hits.iter().filter_map(|(_, mark)| print.marks.get(*mark as usize).copied()).collect();
        if other == draft || !suspicious(&marks) {
            return None;
        }
        let mut shared: Vec<u64> = marks.into_iter().map(Mark::hash).collect();
        shared.sort_unstable();
        shared.dedup();
        Some(Likeness { draft: other, town: identity.town.clone()?, shared })
    }
}

/// The part of the postings in which a hash stands.
fn part(hash: u64) -> usize {
    (hash >> (BITS - PART)) as usize
}

/// Sorts postings and keeps those of hashes that at least two drafts bear and not more than `most`.
fn keep(postings: &mut Vec<u64>, most: usize) {
    postings.sort_unstable();
    postings.dedup();
    let (mut kept, mut from) = (0, 0);
    while from < postings.len() {
        let hash = postings[from] >> DRAFT;
        let run = postings[from..].iter().take_while(|posting| *posting >> DRAFT == hash).count();
        if (2..=most).contains(&run) {
            postings.copy_within(from..from + run, kept);
            kept += run;
        }
        from += run;
    }
    postings.truncate(kept);
    postings.shrink_to_fit();
}

/// Whether the marks that two drafts share, those of each kind in the order of one of them, can be more than chance: a row of figures, a figure told in the
/// same words among others that are the same, or a long passage.
fn suspicious(marks: &[Mark]) -> bool {
    if marks.iter().any(|mark| is_of_figures(mark.hash())) {
        return true;
    }
    let words: Vec<usize> = marks.iter().filter(|mark| !is_told(mark.hash())).map(|mark| mark.at()).collect();
    let near = |at: usize| {
        let first = words.partition_point(|word| *word + NEAR < at);
        words.get(first).is_some_and(|word| *word <= at + NEAR)
    };
    marks.iter().any(|mark| is_told(mark.hash()) && near(mark.at()))
        || words.windows(LONG.0).any(|run| run[LONG.0 - 1] - run[0] <= LONG.1)
}

/// Whether two drafts are of one year and of different towns, as far as one can be sure: two counties may each have a town of one name.
fn apart(one: &Identity, other: &Identity) -> bool {
    let counties = one.county.is_some() && other.county.is_some() && one.county != other.county;
    one.year == other.year && (one.town != other.town || counties)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(town: &str, county: Option<&str>, hashes: &[u64]) -> Print {
        let identity = Identity { year: Some(2025), town: Some(town.to_owned()), county: county.map(str::to_owned) };
        // Far from one another, and of figures: one is enough.
        let marks = hashes.iter().enumerate().map(|(at, hash)| Mark::new(at * 1000, hash << 2 | 1));
        Print { identity, marks: marks.collect() }
    }

    fn index(prints: &[Print]) -> Index {
        let mut index = Index::default();
        for print in prints {
            index.push(Some(print.clone()));
        }
        index.finish(&County { common_share: 33, common_most: 20, ..County::default() });
        index
    }

    #[test]
    fn what_many_share_is_nobodys_own() {
        let prints: Vec<Print> = ["甲镇", "乙镇", "丙镇", "丁镇", "戊镇"]
            .iter()
            .enumerate()
            .map(|(at, town)| print(town, None, &[7, 100 + at as u64 / 2]))
            .collect();
        let index = index(&prints);
        assert_eq!(index.like(0, &prints[0]), [Likeness { draft: 1, town: "乙镇".to_owned(), shared: vec![100 << 2 | 1] }]);
        assert!(index.like(4, &prints[4]).is_empty());
        assert_eq!((0..6).map(|draft| index.suspects(draft)).collect::<Vec<_>>(), [true, true, true, true, false, true]);
    }

    #[test]
    fn one_town_is_not_its_own_neighbour() {
        let prints = [print("甲镇", None, &[1, 2]), print("甲镇", None, &[1, 2])];
        assert!(index(&prints).like(0, &prints[0]).is_empty());
        let prints = [print("甲镇", Some("云砚县"), &[1, 2]), print("甲镇", Some("石门县"), &[1, 2])];
        assert_eq!(index(&prints).like(0, &prints[0]).len(), 1);
        let mut other = print("乙镇", None, &[1, 2]);
        other.identity.year = Some(2024);
        let prints = [print("甲镇", None, &[1, 2]), other];
        assert!(index(&prints).like(0, &prints[0]).is_empty());
    }

    #[test]
    fn words_alone_are_suspected_when_they_are_many_and_near() {
        let words = |places: &[usize]| places.iter().map(|&at| Mark::new(at, at as u64 * 4)).collect::<Vec<_>>();
        assert!(suspicious(&words(&[900, 910, 930, 950, 990, 1005])));
        assert!(!suspicious(&words(&[900, 910, 930, 950])));
        assert!(!suspicious(&words(&[900, 950, 990, 1010, 1090])));
        let told = |at| [words(&[100]), vec![Mark::new(at, 2)]].concat();
        assert!(suspicious(&told(130)) && suspicious(&told(50)));
        assert!(!suspicious(&told(200)) && !suspicious(&told(20)) && !suspicious(&told(130)[1..]));
    }
}
