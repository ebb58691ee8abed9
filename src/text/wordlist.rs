//! Many words sought in a text at once.
//!
//! An automaton for the two thousand texts of a rulebook takes longer to build than a draft to read. Here a word is
//! filed under its first two characters: building is one step a word, and searching one look a character, which seldom
//! finds anything and is then compared.

use std::ops::Range;

/// Words, and where each of them stands in a text.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// All words, one behind the other.
    letters: String,
    /// By the hashes of their keys, those under one hash in their order.
    words: Vec<Word>,
    /// The characters that words begin with: looked at for every character of a text.
    firsts: Box<Letters>,
    /// The characters that are words by themselves.
    singles: Box<Letters>,
    /// By the hash of a word's first character, a bit for the last byte of its second one: what is not set begins no word.
    /// Looked at where a word may begin.
    seconds: Vec<u64>,
    /// By how much a product is shifted to give that hash.
    shift: u32,
    /// By the hash of a key: where the words under it begin in `words`; those under the next begin where they end.
    slots: Vec<u32>,
}

#[derive(Clone, Debug, Default)]
struct Word {
    key: u64,
    /// Its bytes from the seventh to the fourteenth, and which of them it has: many words begin with the same two characters.
    middle: u64,
    mask: u64,
    /// How many of its bytes are told by its key and its middle.
    told: u32,
    /// Where it stands in the letters.
    start: u32,
    length: u32,
    /// Its number.
    index: u32,
}

/// Some characters, told by the bits of their bytes that say most: what is not in it is none of them. Too large to lie within
/// the many lists of a rulebook as they are moved.
#[derive(Clone, Debug)]
struct Letters {
    /// Those of three bytes, by their second byte and their third.
    wide: [u64; 64],
    /// Those of one byte.
    ascii: [u64; 2],
    /// Whether there are others.
    rare: bool,
}

impl Default for Letters {
    fn default() -> Self {
        Self { wide: [0; 64], ascii: [0; 2], rare: false }
    }
}

impl Letters {
    /// Puts the first character of a word in.
    fn put(&mut self, word: &[u8]) {
        match *word {
            [first @ ..=0x7f, ..] => self.ascii[usize::from(first >> 6)] |= 1 << (first & 63),
            [0xe0..=0xef, second, third, ..] => self.wide[usize::from(second & 63)] |= 1 << (third & 63),
            _ => self.rare = true,
        }
    }

    /// Whether the first character of a text may be one of these.
    #[inline]
    fn may_hold(&self, text: &[u8]) -> bool {
        match *text {
            [0xe0..=0xef, second, third, ..] => self.is_wide(second, third),
            [first @ ..=0x7f, ..] => self.is_ascii(first),
            [_, ..] => self.rare,
            [] => false,
        }
    }

    #[inline]
    fn is_wide(&self, second: u8, third: u8) -> bool {
        self.wide[usize::from(second & 63)] >> (third & 63) & 1 != 0
    }

    /// The same for the second and third byte in one number.
    #[inline]
    fn is_wide_in(&self, bytes: u64) -> bool {
        self.is_wide(bytes as u8, (bytes >> 8) as u8)
    }

    #[inline]
    fn is_ascii(&self, byte: u8) -> bool {
        self.ascii[usize::from(byte >> 6 & 1)] >> (byte & 63) & 1 != 0
    }
}

/// How many slots there are for a word, and how many hashes of first characters.
const SLOTS: usize = 2;

impl<T: AsRef<str>> FromIterator<T> for WordList {
    fn from_iter<I: IntoIterator<Item = T>>(words: I) -> Self {
        let mut list = Self::default();
        for word in words {
            list.add(word.as_ref());
        }
        list.file();
        list
    }
}

impl WordList {
    /// Takes a word in; the empty one is found nowhere.
    fn add(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let head = Head::of(bytes);
        self.firsts.put(bytes);
        if head.pair.is_none() {
            self.singles.put(bytes);
        }
        self.words.push(Word {
            // No text has the key of the empty word.
            key: head.pair.unwrap_or_else(|| if bytes.is_empty() { u64::MAX } else { head.single() }),
            middle: eight(bytes, BEHIND),
            mask: eight(&[0xff; BEHIND + 8][..bytes.len().min(BEHIND + 8)], BEHIND),
            told: if head.is_wide() { BEHIND as u32 + 8 } else { 0 },
            start: self.letters.len() as u32,
            length: bytes.len() as u32,
            index: self.words.len() as u32,
        });
        self.letters.push_str(word);
    }

    /// Files the words under their keys.
    fn file(&mut self) {
        let slots = (self.words.len() * SLOTS).next_power_of_two().max(2);
        self.seconds = vec![0; slots];
        self.shift = u32::BITS - slots.ilog2();
        self.slots = vec![0; slots + 1];
        for word in &self.words {
            let first = self.first(word.key);
            self.seconds[first] |= if are_wide(word.key) { 1 << (word.key >> 40 & 63) } else { u64::MAX };
            self.slots[hash(word.key) & (slots - 1)] += 1;
        }
        let mut end = 0;
        for slot in &mut self.slots {
            end += *slot;
            *slot = end;
        }
        // From the last to the first: each slot comes down to where its words begin.
        let words = std::mem::take(&mut self.words);
        self.words = vec![Word::default(); words.len()];
        for word in words.into_iter().rev() {
            let slot = hash(word.key) & (slots - 1);
            self.slots[slot] -= 1;
            self.words[self.slots[slot] as usize] = word;
        }
    }

    /// The hash of a character of three bytes, by the first bytes of a text.
    #[inline]
    fn first(&self, bytes: u64) -> usize {
        ((bytes as u32) << 8).wrapping_mul(0x9e37_79b9).wrapping_shr(self.shift) as usize
    }

    /// Whether a word may begin with the two characters of three bytes that a text begins with.
    #[inline]
    fn may_go_on(&self, bytes: u64) -> bool {
        self.seconds.get(self.first(bytes)).is_some_and(|seconds| seconds >> (bytes >> 40 & 63) & 1 != 0)
    }

    /// What is left of a text from the first place on where a word may begin.
    #[inline]
    fn skip<'t>(&self, mut text: &'t [u8]) -> &'t [u8] {
        loop {
            while let Some(bytes) = text.first_chunk().map(|eight| u64::from_le_bytes(*eight)).filter(|bytes| are_wide(*bytes)) {
                if !self.firsts.is_wide_in(bytes >> 8) {
                    // The next one is looked at here too, where it is none.
                    text = if self.firsts.is_wide_in(bytes >> 32) { &text[3..] } else { &text[BEHIND..] };
                } else if self.may_go_on(bytes) {
                    return text;
                } else {
                    text = &text[3..];
                }
            }
            let Some(first) = text.first() else { return text };
            if self.firsts.may_hold(text) {
                return text;
            }
            text = &text[usize::from(WIDTHS[usize::from(first >> 4)])..];
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Calls `found` with the number and the place of every word of the text, by their starts, overlapping ones too,
    /// until it has seen enough and answers `false`.
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, Range<usize>) -> bool) {
        if self.words.is_empty() {
            return;
        }
        let mut rest = self.skip(text.as_bytes());
        while !rest.is_empty() {
            let start = text.len() - rest.len();
            let width = match rest.first_chunk().map(|eight| u64::from_le_bytes(*eight)) {
                // As `beginning` does, with less to ask.
                Some(bytes) if are_wide(bytes) => {
                    let pair = bytes & low(BEHIND);
                    let single = self.singles.is_wide_in(bytes >> 8);
                    if single && !self.compare(bytes & low(3) | SINGLE, rest, start, &mut found)
                        || !self.compare(pair, rest, start, &mut found)
                    {
                        return;
                    }
                    3
                }
                _ => {
                    let head = Head::of(rest);
                    if !self.beginning(head, rest, start, &mut found) {
                        return;
                    }
                    head.width
                }
            };
            rest = self.skip(&rest[width..]);
        }
    }

    /// Calls `found` with every word that begins at byte `at` of the text.
    pub fn each_at(&self, text: &str, at: usize, mut found: impl FnMut(usize, Range<usize>)) {
        let rest = &text.as_bytes()[at..];
        let may_begin = match rest.first_chunk().map(|eight| u64::from_le_bytes(*eight)) {
            Some(bytes) if are_wide(bytes) => self.firsts.is_wide_in(bytes >> 8) && self.may_go_on(bytes),
            _ => self.firsts.may_hold(rest),
        };
        if may_begin {
            self.beginning(Head::of(rest), rest, at, &mut |index, range| {
                found(index, range);
                true
            });
        }
    }

    /// Compares the words that may begin a text with it; it begins at `start`, with the characters of `head`.
    #[inline]
    fn beginning(&self, head: Head, text: &[u8], start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        (!self.singles.may_hold(text) || self.compare(head.single(), text, start, found))
            && head.pair.is_none_or(|pair| self.compare(pair, text, start, found))
    }

    /// Compares the words under a key with a text that begins at `start`.
    #[inline(never)]
    fn compare(&self, key: u64, text: &[u8], start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        let slot = hash(key) & (self.slots.len() - 2);
        let words = &self.words[self.slots[slot] as usize..self.slots[slot + 1] as usize];
        let here = eight(text, BEHIND);
        words
            .iter()
            .filter(|word| word.key == key && here & word.mask == word.middle && self.is_at(word, text))
            .all(|word| found(word.index as usize, start..start + word.length as usize))
    }

    /// Whether a text begins with a word whose key and middle it has.
    #[inline]
    fn is_at(&self, word: &Word, text: &[u8]) -> bool {
        let (start, length) = (word.start as usize, word.length as usize);
        if word.length <= word.told {
            length <= text.len()
        } else {
            text.starts_with(&self.letters.as_bytes()[start..start + length])
        }
    }

    /// Whether any of the words stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        let mut any = false;
        self.each(text, |_, _| {
            any = true;
            false
        });
        any
    }
}

/// Takes in the words of a text as they come by their starts: of several that begin together the longest, and none that overlaps the one before.
pub(crate) fn push_apart<T>(found: &mut Vec<T>, next: T, place: impl Fn(&T) -> (usize, usize)) {
    let (start, end) = place(&next);
    match found.last_mut() {
        Some(last) if place(last).0 == start && place(last).1 < end => *last = next,
        Some(last) if start < place(last).1 => {}
        _ => found.push(next),
    }
}

/// Where a key is filed.
#[inline]
fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}

/// How many bytes two characters of three bytes each have: 汉字 and their marks.
const BEHIND: usize = 6;

/// Eight bytes of a text as one number; zeros for those that are not there.
#[inline]
fn eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    rest.first_chunk().map_or_else(
        || rest.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
        |eight| u64::from_le_bytes(*eight),
    )
}

/// What the key of a single character has that no pair has: no text holds this byte.
const SINGLE: u64 = 0xff << 56;

/// Whether both of two characters have three bytes, by the first eight of a text.
#[inline]
fn are_wide(bytes: u64) -> bool {
    bytes & 0xf000_00f0 == 0xe000_00e0
}

/// The first characters of a text.
#[derive(Clone, Copy)]
struct Head {
    /// The first eight bytes.
    bytes: u64,
    /// How many bytes the first character has.
    width: usize,
    /// The bytes of the first two, if there are two: what words are filed under.
    pair: Option<u64>,
}

/// How many bytes a character has, by the first half of its first.
const WIDTHS: [u8; 16] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4];

impl Head {
    /// Reads the head of a text that is not empty.
    #[inline]
    fn of(text: &[u8]) -> Self {
        let bytes = eight(text, 0);
        if are_wide(bytes) {
            return Self { bytes, width: 3, pair: Some(bytes & low(BEHIND)) };
        }
        let width = |at: usize| usize::from(WIDTHS[(bytes >> (8 * at + 4) & 0xf) as usize]);
        let first = width(0);
        let pair = (first < text.len()).then(|| bytes & low(first + width(first)));
        Self { bytes, width: first, pair }
    }

    /// What a word is filed under that is the first character.
    #[inline]
    fn single(self) -> u64 {
        self.bytes & low(self.width) | SINGLE
    }

    /// Whether both characters have three bytes.
    fn is_wide(self) -> bool {
        are_wide(self.bytes)
    }
}

/// The lowest `count` bytes, from one to eight.
#[inline]
fn low(count: usize) -> u64 {
    u64::MAX >> (64 - 8 * count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    proptest! {
        /// An automaton is the oracle.
        #[test]
        fn finds_what_an_automaton_finds(
            words in prop::collection::vec("[甲乙丙𠮷éab\0]{1,6}", 0..12),
            text in "[甲乙丙丁𠮷éab\0，]{0,40}",
        ) {
            let list: WordList = words.iter().collect();
            let mut found = Vec::new();
            list.each(&text, |index, range| {
                found.push((range.end, range.start, index));
                true
            });
            found.sort_unstable();
            let automaton = AhoCorasick::new(&words).expect("short words");
            let mut wanted: Vec<_> =
                automaton.find_overlapping_iter(&text).map(|m| (m.end(), m.start(), m.pattern().as_usize())).collect();
            wanted.sort_unstable();
            prop_assert_eq!(&found, &wanted);
            prop_assert_eq!(list.is_in(&text), !wanted.is_empty());
            let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words).expect("short words");
            let wanted: Vec<_> = automaton.find_iter(&text).map(|m| (m.pattern().as_usize(), m.range())).collect();
            let mut apart = Vec::new();
            list.each(&text, |index, range| {
                push_apart(&mut apart, (index, range), |(_, range)| (range.start, range.end));
                true
            });
            prop_assert_eq!(apart, wanted);
        }
    }

    #[test]
    fn no_words_are_nowhere() {
        assert!(!WordList::default().is_in("法治"));
        assert!(!WordList::from_iter([""]).is_in("法治"));
    }
}
