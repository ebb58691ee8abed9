//! Hashes of runs of characters, of which a few are kept so that any long enough run that two texts share is noticed (winnowing).

use std::ops::Range;

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
/// What stands for a number, whatever it is: a copied sentence in which one was changed is still copied.
const NUMBER: char = '0';
/// What stands for the draft's own town.
const TOWN: char = '@';

/// A run that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shingle {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Its hash.
    pub(super) hash: u64,
}

/// A character that is compared, or what stands for several, with its place in the text.
pub(super) type Sign = (Range<u32>, char);

/// A place in a text that is no longer than a draft can be.
fn place(start: usize, end: usize) -> Range<u32> {
    start as u32..end as u32
}

/// The same as a range of the text.
fn range(place: &Range<u32>) -> Range<usize> {
    place.start as usize..place.end as usize
}

/// The kept runs of a paragraph: 汉字, numbers as one sign each, the draft's own town as another.
pub(super) fn shingles(text: &str, town: Option<&str>) -> Vec<Shingle> {
    let signs = signs(text, town);
    let place = |at: usize| range(&(signs[at].0.start..signs[at + RUN - 1].0.end));
    kept(&signs).into_iter().map(|(at, hash)| Shingle { range: place(at), hash }).collect()
}

/// Which runs are kept, by their first sign, and their hashes.
pub(super) fn kept(signs: &[Sign]) -> Vec<(usize, u64)> {
    let hashes = runs(signs);
    let mut found: Vec<(usize, u64)> = Vec::with_capacity(hashes.len() / 8);
    let mut least: Option<usize> = None;
    for (start, window) in hashes.windows(WINDOW).enumerate() {
        let newest = start + WINDOW - 1;
        // The last of the least, so that it stays for as many windows as it can.
        let lowest = match least {
            Some(at) if at >= start => Some(if hashes[newest] <= hashes[at] { newest } else { at }),
            _ => Some(start + last_of_the_least(window)),
        };
        if lowest != least {
            found.extend(lowest.map(|at| (at, hashes[at])));
            least = lowest;
        }
    }
    found
}

/// Where the least of some hashes stands, the last of them where there are several.
fn last_of_the_least(hashes: &[u64]) -> usize {
    let (mut least, mut place) = (u64::MAX, 0);
    for (at, &hash) in hashes.iter().enumerate() {
        if hash <= least {
            (least, place) = (hash, at);
        }
    }
    place
}

/// The hashes of all runs, each made from the one before it.
fn runs(signs: &[Sign]) -> Vec<u64> {
    let Some(first) = signs.get(..RUN) else { return Vec::new() };
    let value = |sign: &Sign| u64::from(sign.1 as u32);
    let next = |rolled: u64, sign: &Sign| rolled.wrapping_mul(BASE).wrapping_add(value(sign));
    let mut rolled = first.iter().fold(0, next);
    let mut hashes = Vec::with_capacity(signs.len() + 1 - RUN);
    hashes.push(mixed(rolled, WORDS));
    for (oldest, newest) in signs.iter().zip(&signs[RUN..]) {
        rolled = next(rolled, newest).wrapping_sub(OLDEST.wrapping_mul(value(oldest)));
        hashes.push(mixed(rolled, WORDS));
    }
    hashes
}

/// The figures of a paragraph, each hashed with the words before it and once more with those behind it: where it stands, and the hash.
pub(super) fn told<'a>(text: &'a str, signs: &'a [Sign]) -> impl Iterator<Item = (usize, u64)> + 'a {
    let numbers = signs.iter().enumerate().filter(|(_, (_, sign))| *sign == NUMBER);
    let counting = numbers.map(|(at, (place, _))| (at, range(place))).filter(|(_, range)| counts(text, range));
    counting.flat_map(|(at, range)| {
        let before = at.checked_sub(BESIDE).and_then(|from| signs.get(from..at));
        let behind = signs.get(at + 1..=at + BESIDE);
        let hashed = |side: u64, beside: &[Sign]| {
            let digits = text[range.clone()].chars().filter(|c| is_digit(*c)).map(|c| u64::from(c as u32 & 0xf));
            hash([side].into_iter().chain(digits).chain(beside.iter().map(|(_, sign)| u64::from(*sign as u32))), TOLD)
        };
        [before.map(|beside| (at, hashed(1, beside))), behind.map(|beside| (at, hashed(2, beside)))].into_iter().flatten()
    })
}

/// Whether a number counts something: of two digits and more, no round one and no part of a date.
fn counts(text: &str, range: &Range<usize>) -> bool {
    let own = text[range.clone()].trim_end_matches(['0', '０', '.', ',', '，']).chars().filter(|c| is_digit(*c)).count() > 1;
    own && !text[range.end..].starts_with(['年', '月', '日', '号', '〕', '—', '-'])
}

/// What of a text is compared, with its places.
pub(super) fn signs(text: &str, town: Option<&str>) -> Vec<Sign> {
    let first = town.and_then(|town| town.chars().next());
    let mut signs: Vec<Sign> = Vec::with_capacity(text.len() / 3);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        if let Some(town) = town.filter(|town| first == Some(c) && text[at..].starts_with(town)) {
            skip = at + town.len();
            signs.push((place(at, skip), TOWN));
        } else if ('\u{4e00}'..='\u{9fff}').contains(&c) || cjk::is_han(c) {
            signs.push((place(at, at + c.len_utf8()), c));
        } else if is_digit(c) {
            let end = at + c.len_utf8();
            match signs.last_mut() {
                Some((range, NUMBER)) if text[range.end as usize..at].chars().all(|c| matches!(c, '.' | ',' | '，')) => {
                    range.end = end as u32;
                }
                _ => signs.push((place(at, end), NUMBER)),
            }
        }
    }
    signs
}

/// Whether a character is a digit, of either width.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The hash of a figure or of a run of them.
pub(super) fn hash_of_figures(values: impl Iterator<Item = u64>) -> u64 {
    hash(values, FIGURES)
}

/// Whether a hash is that of a run of figures.
pub(super) fn is_of_figures(hash: u64) -> bool {
    hash & KIND == FIGURES
}

/// Whether a hash is that of a figure with the words beside it.
pub(super) fn is_told(hash: u64) -> bool {
    hash & KIND == TOLD
}

/// A hash of [`BITS`] bits that is the same on every machine.
fn hash(values: impl Iterator<Item = u64>, kind: u64) -> u64 {
    mixed(values.fold(0xcbf2_9ce4_8422_2325_u64, |hash, value| (hash ^ value).wrapping_mul(0x0100_0000_01b3)), kind)
}

/// The high bits of a number whose low ones are weak, with the kind of what was hashed.
fn mixed(value: u64, kind: u64) -> u64 {
    let mixed = (value ^ (value >> 32)).wrapping_mul(BASE);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> (66 - BITS) << 2 | kind
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
        let all = signs("各村清理沟渠三条后又修好了便桥", None);
        assert_eq!(runs(&all)[4..], runs(&all[4..])[..]);
        assert!(runs(&all[..RUN - 1]).is_empty());
    }

    #[test]
    fn figures_are_hashed_with_the_words_on_both_sides() {
        let hashes = |text: &str| told(text, &signs(text, None)).collect::<Vec<_>>();
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
