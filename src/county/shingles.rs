//! Hashes of runs of characters, of which a few are kept so that any long enough run that two texts share is noticed (winnowing).

use std::ops::Range;

use crate::text::cjk;

/// Characters of a run.
const RUN: usize = 10;
/// Of so many neighbouring runs one is kept: a shared run of `RUN + WINDOW - 1` characters is always noticed.
const WINDOW: usize = 20;
/// Bits of a hash.
pub(super) const BITS: u32 = 40;
/// The bit that tells the hash of a run of figures from that of a run of characters.
const FIGURES: u64 = 1 << (BITS - 1);
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

/// The kept runs of a paragraph: 汉字, numbers as one sign each, the draft's own town as another.
pub(super) fn shingles(text: &str, town: Option<&str>) -> Vec<Shingle> {
    let kept = signs(text, town);
    let hashes: Vec<u64> = kept.windows(RUN).map(|run| hash(run.iter().map(|(_, sign)| u64::from(*sign as u32)))).collect();
    let range = |at: usize| kept[at].0.start..kept[at + RUN - 1].0.end;
    let mut found: Vec<Shingle> = Vec::new();
    let mut last = None;
    for (start, window) in hashes.windows(WINDOW).enumerate() {
        // The last of the least, so that it stays for as many windows as it can.
        let Some((offset, lowest)) = window.iter().enumerate().min_by_key(|&(at, hash)| (*hash, std::cmp::Reverse(at))) else {
            continue;
        };
        if last.replace(start + offset) != Some(start + offset) {
            found.push(Shingle { range: range(start + offset), hash: *lowest });
        }
    }
    found
}

/// What of a text is compared, with its places.
fn signs(text: &str, town: Option<&str>) -> Vec<(Range<usize>, char)> {
    let mut signs: Vec<(Range<usize>, char)> = Vec::with_capacity(text.len() / 3);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if at < skip {
            continue;
        }
        if let Some(town) = town.filter(|town| text[at..].starts_with(town)) {
            skip = at + town.len();
            signs.push((at..skip, TOWN));
        } else if is_digit(c) {
            match signs.last_mut() {
                Some((range, NUMBER)) if text[range.end..at].chars().all(|c| matches!(c, '.' | ',' | '，')) => range.end = end,
                _ => signs.push((at..end, NUMBER)),
            }
        } else if cjk::is_han(c) {
            signs.push((at..end, c));
        }
    }
    signs
}

/// Whether a character is a digit, of either width.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The hash of a run of figures.
pub(super) fn hash_of_figures(values: impl Iterator<Item = u64>) -> u64 {
    hash(values) | FIGURES
}

/// Whether a hash is that of a run of figures.
pub(super) fn is_of_figures(hash: u64) -> bool {
    hash & FIGURES != 0
}

/// A hash of less than [`BITS`] bits that is the same on every machine.
pub(super) fn hash(values: impl Iterator<Item = u64>) -> u64 {
    let mixed = values.fold(0xcbf2_9ce4_8422_2325_u64, |hash, value| (hash ^ value).wrapping_mul(0x0100_0000_01b3));
    // The low bits of a product are weak; fold the high ones into them.
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> (65 - BITS)
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
