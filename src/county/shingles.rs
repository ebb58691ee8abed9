//! Hashes of runs of characters, of which a few are kept so that any long enough run that two texts share is noticed (winnowing).

use std::ops::Range;

use super::signs::{Number, Signs};
use crate::text::cjk;

/// Characters of a run.
const RUN: usize = 10;
/// Of so many neighbouring runs one is kept: a shared run of `RUN + WINDOW - 1` characters is always noticed.
const WINDOW: usize = 20;
/// Bits of a hash, the kind of its mark among them.
pub(super) const BITS: u32 = 40;
/// The lowest bits, which tell what was hashed: the high ones are as good as random.
const KIND: u64 = 3;
/// A run of characters.
const WORDS: u64 = 0;
/// A run of figures.
const FIGURES: u64 = 1;
/// A figure with the words beside it.
const TOLD: u64 = 2;
/// Characters beside a figure that are hashed with it: a shared run that is just noticed has as many on one side at least.
const BESIDE: usize = (RUN + WINDOW - 1) / 2;
/// Odd, with bits all over: what the hash of a run is multiplied by from character to character.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// `BASE` to the power of `RUN`: the weight of the character that falls out of a run.
const OLDEST: u64 = power(BASE, RUN);
/// The hash of nothing.
const HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// A run that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shingle {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Its hash.
    pub(super) hash: u64,
}

/// The kept runs of a paragraph.
pub(super) fn shingles(text: &str, town: Option<&str>) -> Vec<Shingle> {
    let (mut signs, mut places) = (Signs::default(), Vec::with_capacity(text.len() / 3));
    signs.read(text, town, |place| places.push(place));
    for number in &signs.numbers {
        places[number.at].end = number.range.end;
    }
    let mut found = Vec::new();
    Winnow::default()
        .each(signs.codes(), |at, hash| found.push(Shingle { range: places[at].start..places[at + RUN - 1].end, hash }));
    found
}

/// Finds the runs of a draft that are kept.
#[derive(Default)]
pub(super) struct Winnow {
    /// The high bits of the hashes of all runs of a paragraph.
    hashes: Vec<u64>,
}

impl Winnow {
    /// Gives the runs of a paragraph that are kept: the first sign of each, and its hash. Of each [`WINDOW`] that is the least, the
    /// last one where there are several, so that it stays for as long as it can.
    pub(super) fn each(&mut self, signs: &[u32], mut each: impl FnMut(usize, u64)) {
        self.hashes.clear();
        self.hashes.extend(runs(signs));
        let hashes = self.hashes.as_slice();
        let Some(window) = hashes.first_chunk() else { return };
        let (mut place, mut least) = last_least(window);
        let mut next = WINDOW;
        loop {
            each(place, finished(least, WORDS));
            let end = hashes.len().min(place + WINDOW);
            if let Some(ahead) = hashes[next..end].iter().position(|hash| *hash <= least) {
                place = next + ahead;
                (least, next) = (hashes[place], place + 1);
            } else if let Some(window) = hashes[place + 1..].first_chunk() {
                // It lies behind: the least of those that came since.
                let (ahead, hash) = last_least(window);
                (place, least, next) = (place + 1 + ahead, hash, end + 1);
            } else {
                return;
            }
        }
    }
}

/// The least of so many hashes, and which it is: the last where there are several.
#[inline]
fn last_least(window: &[u64; WINDOW]) -> (usize, u64) {
    let least = window.iter().fold(u64::MAX, |least, hash| least.min(*hash));
    (window.iter().rposition(|hash| *hash == least).unwrap_or_default(), least)
}

/// The high bits of the hashes of all runs, each made from the one before it.
#[inline]
fn runs(signs: &[u32]) -> impl Iterator<Item = u64> + '_ {
    let next = |rolled: u64, sign: u32| rolled.wrapping_mul(BASE).wrapping_add(u64::from(sign));
    let mut rolled = signs.iter().take(RUN - 1).copied().fold(0, next);
    // What falls out of a run; nothing out of the first.
    let mut oldest = 0;
    signs.array_windows::<RUN>().map(move |run| {
        rolled = next(rolled, run[RUN - 1]).wrapping_sub(OLDEST.wrapping_mul(oldest));
        oldest = u64::from(run[0]);
        mixed_high(rolled)
    })
}

/// Gives the figures of a paragraph, each hashed with the words before it and once more with those behind it: which sign it is, and the
/// hash.
pub(super) fn told(text: &str, signs: &Signs, mut each: impl FnMut(usize, u64)) {
    let Signs { numbers, .. } = signs;
    let signs = signs.codes();
    for Number { at, range } in numbers.iter().filter(|number| counts(text, &number.range)) {
        let before = at.checked_sub(BESIDE).and_then(|from| signs.get(from..*at));
        let behind = signs.get(at + 1..=at + BESIDE);
        for (side, beside) in [(1, before), (2, behind)] {
            let Some(beside) = beside else { continue };
            let number = digits(&text[range.clone()]).fold(hashed(HASH, side), hashed);
            each(*at, mixed(beside.iter().copied().map(u64::from).fold(number, hashed), TOLD));
        }
    }
}

/// The values of the digits of a number.
fn digits(number: &str) -> impl Iterator<Item = u64> + '_ {
    number.chars().filter(|c| cjk::is_digit(*c)).map(|c| u64::from(c as u32 & 0xf))
}

/// Whether a number counts something: of two digits and more, no round one and no part of a date.
fn counts(text: &str, range: &Range<usize>) -> bool {
    let own = range.len() > 1 && digits(&text[range.clone()]).skip(1).any(|digit| digit != 0);
    own && !text[range.end..].starts_with(['年', '月', '日', '号', '〕', '—', '-'])
}

/// The hash of a figure or of a run of them.
pub(super) fn hash_of_figures(values: impl Iterator<Item = u64>) -> u64 {
    mixed(values.fold(HASH, hashed), FIGURES)
}

/// Whether a hash is that of a run of figures.
pub(super) fn is_of_figures(hash: u64) -> bool {
    hash & KIND == FIGURES
}

/// Whether a hash is that of a figure with the words beside it.
pub(super) fn is_told(hash: u64) -> bool {
    hash & KIND == TOLD
}

/// A hash with another value in it, the same on every machine.
#[inline]
fn hashed(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0100_0000_01b3)
}

/// The high bits, [`BITS`] of them, of a number whose low ones are weak, with the kind of what was hashed.
#[inline]
fn mixed(value: u64, kind: u64) -> u64 {
    finished(mixed_high(value), kind)
}

/// The high bits of a hash, where they stand: in the order of the hashes.
#[inline]
fn mixed_high(value: u64) -> u64 {
    let mixed = (value ^ (value >> 32)).wrapping_mul(BASE);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) & (u64::MAX << (66 - BITS))
}

/// A hash of its high bits.
#[inline]
fn finished(high: u64, kind: u64) -> u64 {
    high >> (64 - BITS) | kind
}

const fn power(base: u64, exponent: usize) -> u64 {
    let (mut value, mut times) = (1_u64, 0);
    while times < exponent {
        value = value.wrapping_mul(base);
        times += 1;
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_and_the_own_town_are_no_difference() {
        let hashes =
            |text: &str, town: &str| shingles(text, Some(town)).into_iter().map(|shingle| shingle.hash).collect::<Vec<_>>();
        let first =
            hashes("云渡镇综治中心设立纠纷分流窗口，群众反映的问题由窗口统一登记、当日研判，全年分流各类诉求187件。", "云渡镇");
        let second =
            hashes("石坪乡综治中心设立纠纷分流窗口，群众反映的问题由窗口统一登记、当日研判，全年分流各类诉求1,204件。", "石坪乡");
        assert!(!first.is_empty());
        assert_eq!(first, second);
    }

    #[test]
    fn a_run_has_one_hash_wherever_it_stands() {
        let all: Vec<u32> = "各村清理沟渠三条后又修好了便桥".chars().map(u32::from).collect();
        assert!(runs(&all).skip(4).eq(runs(&all[4..])));
        assert_eq!(runs(&all[..RUN - 1]).count(), 0);
    }

    #[test]
    fn figures_are_hashed_with_the_words_on_both_sides() {
        let hashes = |text: &str| {
            let mut signs = Signs::default();
            signs.read(text, None, |_| ());
            let mut found = Vec::new();
            told(text, &signs, |at, hash| found.push((at, hash)));
            found
        };
        let text =
            "镇里的纠纷由窗口统一登记当天研判全年分流诉求187件，都由调解员就近调处，没有结果的提级会商，2024年以来共100次。";
        let both = hashes(text);
        assert_eq!(both.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [22, 22]);
        assert!(hashes(&text.replace("187", "188")).iter().all(|one| !both.contains(one)));
        assert_eq!(hashes(&text.replace("187", "１８７")), both);
        assert_eq!(hashes(&text.replace("提级", "")), both);
    }

    proptest! {
        /// A shared run that is long enough is always noticed, whatever stands round it.
        #[test]
        fn long_runs_are_noticed(run in "[一-龥]{29,60}", round in prop::collection::vec("[一-龥]{0,40}", 4)) {
            let hashes = |before: &str, behind: &str| -> std::collections::HashSet<u64> {
                shingles(&format!("{before}{run}{behind}"), None).into_iter().map(|shingle| shingle.hash).collect()
            };
            let (one, other) = (hashes(&round[0], &round[1]), hashes(&round[2], &round[3]));
            prop_assert!(!one.is_disjoint(&other));
        }

        /// Each kept run lies in its text, on the bounds of characters.
        #[test]
        fn runs_lie_in_the_text(text in "(镇|村|0|９|，|a|云渡镇){0,80}") {
            for shingle in shingles(&text, Some("云渡镇")) {
                prop_assert!(text.get(shingle.range).is_some());
            }
        }
    }
}
