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
/// The weight of the first character of a run.
const HIGHEST: u64 = power(BASE, RUN - 1);
/// What stands for a number, whatever it is: a copied sentence in which one was changed is still copied.
const NUMBER: u32 = '0' as u32;
/// What stands for the draft's own town.
const TOWN: u32 = '@' as u32;

/// A run that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shingle {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Its hash.
    pub(super) hash: u64,
}

/// What of a text is compared: its characters, or what stands for several.
#[derive(Debug, Default)]
pub(super) struct Signs {
    codes: Vec<u32>,
    /// The numbers among them: which sign each is, and where it stands in the text.
    numbers: Vec<(usize, Range<usize>)>,
}

/// The kept runs of a paragraph: 汉字, numbers as one sign each, the draft's own town as another.
pub(super) fn shingles(text: &str, town: Option<&str>) -> Vec<Shingle> {
    let (mut codes, mut places) = (Vec::new(), Vec::new());
    each_sign(text, town, |code, place| {
        codes.push(code);
        places.push(place);
    });
    let mut found = Vec::new();
    kept(&codes, |at, hash| found.push(Shingle { range: places[at].start..places[at + RUN - 1].end, hash }));
    found
}

/// Calls `keep` with the first sign and the hash of each run that is kept: of each window the least, of several the last, so that it
/// stays for as many windows as it can.
fn kept(codes: &[u32], mut keep: impl FnMut(usize, u64)) {
    // The hashes of the window, each at its place modulo the length of the ring.
    let mut ring = [0; WINDOW.next_power_of_two()];
    let (mut least, mut place, mut said) = (u64::MAX, 0, usize::MAX);
    runs(codes, |at, hash| {
        ring[at % ring.len()] = hash;
        if hash <= least {
            (least, place) = (hash, at);
        } else if place + WINDOW <= at {
            (least, place) = (u64::MAX, 0);
            for other in at + 1 - WINDOW..=at {
                let hash = ring[other % ring.len()];
                if hash <= least {
                    (least, place) = (hash, other);
                }
            }
        }
        if at + 1 >= WINDOW && place != said {
            said = place;
            keep(place, least);
        }
    });
}

/// Calls `hashed` with the first sign and the hash of each run, made from the one before it.
fn runs(codes: &[u32], mut hashed: impl FnMut(usize, u64)) {
    let next = |rolled: u64, code: u32| rolled.wrapping_mul(BASE).wrapping_add(u64::from(code));
    let Some((first, newest)) = codes.split_at_checked(RUN - 1) else { return };
    let mut rolled = first.iter().fold(0, |rolled, code| next(rolled, *code));
    for (at, (newest, oldest)) in newest.iter().zip(codes).enumerate() {
        let whole = next(rolled, *newest);
        rolled = whole.wrapping_sub(HIGHEST.wrapping_mul(u64::from(*oldest)));
        hashed(at, mixed(whole, WORDS));
    }
}

/// Calls `found` with each sign of a text and where it stands.
fn each_sign(text: &str, town: Option<&str>, mut found: impl FnMut(u32, Range<usize>)) {
    let bytes = text.as_bytes();
    let town = town.unwrap_or_default();
    let first = town.chars().next().map(u32::from);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (code, width) = match bytes[at..].first_chunk() {
            // Most are 汉字 of three bytes.
            Some(&[first @ 0xe4..=0xe9, second, third]) => {
                (u32::from(first & 0xf) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f), 3)
            }
            _ => text[at..].chars().next().map_or((0, 1), |c| (c as u32, c.len_utf8())),
        };
        if Some(code) == first && text[at..].starts_with(town) {
            found(TOWN, at..at + town.len());
            at += town.len();
        } else if (0x4e00..=0x9fff).contains(&code) || byte > 0x7f && char::from_u32(code).is_some_and(cjk::is_han) {
            found(code, at..at + width);
            at += width;
        } else if char::from_u32(code).is_some_and(is_digit) {
            let end = number_end(text, at);
            found(NUMBER, at..end);
            at = end;
        } else {
            at += width;
        }
    }
}

/// The end of the number that begins at a byte: digits, and the points and commas between them.
fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        match c {
            _ if is_digit(c) => end = start + at + c.len_utf8(),
            '.' | ',' | '，' => {}
            _ => break,
        }
    }
    end
}

impl Signs {
    /// Takes in the signs of another text instead.
    pub(super) fn read(&mut self, text: &str, town: Option<&str>) {
        let Self { codes, numbers } = self;
        codes.clear();
        numbers.clear();
        each_sign(text, town, |code, place| {
            if code == NUMBER {
                numbers.push((codes.len(), place));
            }
            codes.push(code);
        });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }

    /// Calls `keep` with the first sign and the hash of each run that is kept.
    pub(super) fn kept(&self, keep: impl FnMut(usize, u64)) {
        kept(&self.codes, keep);
    }

    /// The figures of the text, each hashed with the words before it and once more with those behind it: which sign it is, and the hash.
    pub(super) fn told(&self, text: &str) -> impl Iterator<Item = (usize, u64)> {
        let counting = self.numbers.iter().filter(|(_, range)| counts(text, range));
        counting.flat_map(move |(at, range)| {
            let before = at.checked_sub(BESIDE).and_then(|from| self.codes.get(from..*at));
            let behind = self.codes.get(at + 1..=at + BESIDE);
            let hashed = |side: u64, beside: &[u32]| {
                let digits = text[range.clone()].chars().filter(|c| is_digit(*c)).map(|c| u64::from(c as u32 & 0xf));
                hash([side].into_iter().chain(digits).chain(beside.iter().map(|code| u64::from(*code))), TOLD)
            };
            [before.map(|beside| (*at, hashed(1, beside))), behind.map(|beside| (*at, hashed(2, beside)))].into_iter().flatten()
        })
    }

    /// The figures of the text, each with the character behind it, as hashes: those of two digits and more that are no year and no
    /// round number.
    pub(super) fn figures(&self, text: &str) -> impl Iterator<Item = u64> {
        self.numbers.iter().flat_map(move |(_, place)| {
            // A comma stands between two figures here.
            let mut at = place.start;
            std::iter::from_fn(move || {
                loop {
                    let start = at + text[at..place.end.max(at)].find(is_digit)?;
                    let number = &text[start..];
                    let number = &number[..number.find(|c| !is_digit(c) && c != '.').unwrap_or(number.len())];
                    at = start + number.len();
                    let unit = text[at..].chars().next().unwrap_or(' ');
                    let digits = || number.chars().map(half_width);
                    let zeros = digits().rev().take_while(|digit| *digit == '0').count();
                    if !matches!(unit, '年' | '月' | '日' | '号' | '〕') && digits().count() - zeros > 1 {
                        return Some(hash(digits().chain([unit]).map(|c| u64::from(c as u32)), FIGURES));
                    }
                }
            })
        })
    }
}

/// Whether a number counts something: of two digits and more, no round one and no part of a date.
fn counts(text: &str, range: &Range<usize>) -> bool {
    let own = text[range.clone()].trim_end_matches(['0', '０', '.', ',', '，']).chars().filter(|c| is_digit(*c)).count() > 1;
    own && !text[range.end..].starts_with(['年', '月', '日', '号', '〕', '—', '-'])
}

/// A digit or a point in half width.
fn half_width(c: char) -> char {
    if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xfee0).unwrap_or(c) } else { c }
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
        let hashes = |text: &str| {
            let (mut signs, mut hashes) = (Signs::default(), Vec::new());
            signs.read(text, None);
            runs(&signs.codes, |_, hash| hashes.push(hash));
            hashes
        };
        let all = hashes("各村清理沟渠三条后又修好了便桥");
        assert_eq!(all[4..], hashes("沟渠三条后又修好了便桥"));
        assert!(all.len() == 15 + 1 - RUN && hashes("各村清理沟渠三条后").is_empty() && hashes("").is_empty());
    }

    #[test]
    fn figures_are_hashed_with_the_words_on_both_sides() {
        let hashes = |text: &str| {
            let mut signs = Signs::default();
            signs.read(text, None);
            signs.told(text).collect::<Vec<_>>()
        };
        let text =
            "镇里的纠纷由窗口统一登记当天研判全年分流诉求187件，都由调解员就近调处，没有结果的提级会商，2024年以来共100次。";
        let both = hashes(text);
        assert_eq!(both.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [22, 22]);
        assert!(hashes(&text.replace("187", "188")).iter().all(|one| !both.contains(one)));
        assert_eq!(hashes(&text.replace("187", "１８７")), both);
        assert_eq!(hashes(&text.replace("提级", "")), both);
    }

    #[test]
    fn commas_part_figures_and_join_numbers() {
        let mut signs = Signs::default();
        let text = "投入1,250.5万元，2024年1月，１２件";
        signs.read(text, None);
        assert_eq!(
            signs.numbers.iter().map(|(_, range)| &text[range.clone()]).collect::<Vec<_>>(),
            ["1,250.5", "2024", "1", "１２"]
        );
        let mut same = Signs::default();
        same.read("250.5万，12件", None);
        assert!(signs.figures(text).eq(same.figures("250.5万，12件")));
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
