//! The fingerprints of all drafts, turned round: for each hash the drafts that bear it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Print;
use super::shingles::BITS;
use crate::report::Identity;
use crate::rulebook::County;

/// Bits that number a draft; the hash stands above them.
const DRAFT: u32 = 64 - BITS;
/// The most drafts that a draft is compared with: those that share most with it.
const MOST_LIKE: usize = 5;
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
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Hash and draft in one number, sorted once all are in.
    postings: Vec<u64>,
    /// Whose each draft is; `None` for files that are no drafts.
    identities: Vec<Option<Identity>>,
    /// The towns of each county; those of drafts that name none stand together.
    towns: BTreeMap<Option<String>, Arc<BTreeSet<String>>>,
}

impl Index {
    /// Enters the next draft. Files that could not be read are entered too, to keep the count.
    pub fn push(&mut self, print: Option<Print>) {
        let number = self.identities.len() as u64;
        let Some(print) = print else {
            self.identities.push(None);
            return;
        };
        if let Some(town) = &print.identity.town {
            let towns = self.towns.entry(print.identity.county.clone()).or_default();
            Arc::make_mut(towns).insert(town.clone());
        }
        // Without a year or a town nobody can say that two drafts are of one year and of two towns.
        if print.identity.year.is_some() && print.identity.town.is_some() && number < 1 << DRAFT {
            self.postings.extend(print.hashes.iter().map(|hash| hash << DRAFT | number));
        }
        self.identities.push(Some(print.identity));
    }

    /// Once all are in: keeps what several drafts share, and not so many that it is nobody's own.
    pub fn finish(&mut self, words: &County) {
        let drafts = self.identities.iter().flatten().count();
        let share = drafts * words.common_share / 100;
        let most = share.clamp(2, words.common_most.max(2));
        self.postings.sort_unstable();
        let mut kept = 0;
        let mut from = 0;
        while from < self.postings.len() {
            let hash = self.postings[from] >> DRAFT;
            let run = self.postings[from..].iter().take_while(|posting| *posting >> DRAFT == hash).count();
            if (2..=most).contains(&run) {
                self.postings.copy_within(from..from + run, kept);
                kept += run;
            }
            from += run;
        }
        self.postings.truncate(kept);
        self.postings.shrink_to_fit();
        self.towns.retain(|_, towns| towns.len() <= MOST_TOWNS);
    }

    /// The towns of the county of a draft.
    pub fn towns(&self, identity: &Identity) -> Arc<BTreeSet<String>> {
        self.towns.get(&identity.county).cloned().unwrap_or_default()
    }

    /// The drafts of other towns and the same year that share most with a draft, whose fingerprint this is.
    pub fn like(&self, draft: usize, print: &Print) -> Vec<Likeness> {
        let mut shared: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
        for &hash in &print.hashes {
            let from = self.postings.partition_point(|posting| posting >> DRAFT < hash);
            for posting in self.postings[from..].iter().take_while(|posting| *posting >> DRAFT == hash) {
                let other = (posting & ((1 << DRAFT) - 1)) as usize;
                if other != draft {
                    shared.entry(other).or_default().push(hash);
                }
            }
        }
        let mut like: Vec<Likeness> = shared
            .into_iter()
            .filter_map(|(other, shared)| {
                let identity = self.identities.get(other)?.as_ref().filter(|other| apart(other, &print.identity))?;
                Some(Likeness { draft: other, town: identity.town.clone()?, shared })
            })
            .collect();
        like.sort_by_key(|one| (std::cmp::Reverse(one.shared.len()), one.draft));
        like.truncate(MOST_LIKE);
        like
    }
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
        Print { identity, hashes: hashes.to_vec() }
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
        assert_eq!(index.like(0, &prints[0]), [Likeness { draft: 1, town: "乙镇".to_owned(), shared: vec![100] }]);
        assert!(index.like(4, &prints[4]).is_empty());
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
}
