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
    words: Vec<Word>,
    /// The characters that words begin with: looked at for every character of a text.
    firsts: Firsts,
    /// A bit for every hash that a key has: what is not set is no key. Looked at where a word may begin.
    keys: Vec<u64>,
    /// By how much the product of a key is shifted to give its hash.
    shift: u32,
    /// By the hash of a key: the first word there, from 1; 0 where there is none.
    slots: Vec<u32>,
    /// Whether some words are one character.
    singles: bool,
}

#[derive(Clone, Debug)]
struct Word {
    range: Range<u32>,
    key: u64,
    /// Its bytes from the seventh to the fourteenth, and which of them it has: many words begin with the same two characters.
    middle: u64,
    mask: u64,
    /// How many of its bytes are told by its key and its middle.
    told: u32,
    /// The next word under the same hash, from 1.
    next: u32,
}

/// The characters that words begin with, told by the bits of their bytes that say most: what is not in it is none.
#[derive(Clone, Debug)]
struct Firsts {
    /// Those of three bytes, by their second byte and their third.
    wide: [u64; 64],
    /// Those of one byte.
    ascii: [u64; 2],
}

impl Default for Firsts {
    fn default() -> Self {
        Self { wide: [0; 64], ascii: [0; 2] }
    }
}

impl Firsts {
    fn put(&mut self, word: &[u8]) {
        match *word {
            [first @ ..=0x7f, ..] => self.ascii[usize::from(first >> 6)] |= 1 << (first & 63),
            [0xe0..=0xef, second, third, ..] => self.wide[usize::from(second & 63)] |= 1 << (third & 63),
            _ => {}
        }
    }

    /// How many bytes the first character of a text has, and whether a word may begin with it.
    #[inline]
    fn look(&self, text: &[u8]) -> Option<(usize, bool)> {
        Some(match *text {
            [0xe0..=0xef, second, third, ..] => (3, self.wide[usize::from(second & 63)] >> (third & 63) & 1 != 0),
            [first @ ..=0x7f, ..] => (1, self.ascii[usize::from(first >> 6)] >> (first & 63) & 1 != 0),
            [first, ..] => (usize::from(WIDTHS[usize::from(first >> 4)]), true),
            [] => return None,
        })
    }
}

/// How many bits there are for a word: few are set, so that a look seldom finds anything.
const BITS: usize = 32;
/// How many slots there are for a word.
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
        let start = self.letters.len() as u32;
        self.letters.push_str(word);
        let bytes = word.as_bytes();
        let head = Head::of(bytes);
        let key = head.pair.unwrap_or_else(|| head.single());
        let mask = eight(&[0xff; BEHIND + 8][..bytes.len().min(BEHIND + 8)], BEHIND);
        let told = if head.is_wide() { BEHIND as u32 + 8 } else { 0 };
        self.words.push(Word { range: start..self.letters.len() as u32, key, middle: eight(bytes, BEHIND), mask, told, next: 0 });
        self.singles |= head.pair.is_none() && !bytes.is_empty();
    }

    /// Files the words under their keys, those under one hash in their order.
    fn file(&mut self) {
        let bits = (self.words.len() * BITS).next_power_of_two().max(64);
        self.keys = vec![0; bits / 64];
        self.shift = u64::BITS - bits.ilog2();
        self.slots = vec![0; (self.words.len() * SLOTS).next_power_of_two()];
        for index in (0..self.words.len()).rev() {
            if self.words[index].range.is_empty() {
                continue;
            }
            self.firsts.put(&self.letters.as_bytes()[self.words[index].range.start as usize..]);
            let hash = self.hash(self.words[index].key);
            self.keys[hash >> 6] |= 1 << (hash & 63);
            let slot = hash & (self.slots.len() - 1);
            self.words[index].next = self.slots[slot];
            self.slots[slot] = index as u32 + 1;
        }
    }

    #[inline]
    fn hash(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
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
        let mut rest = text.as_bytes();
        while let Some((width, may_begin)) = self.firsts.look(rest) {
            if may_begin && !self.beginning(rest, text.len() - rest.len(), &mut found) {
                return;
            }
            rest = &rest[width..];
        }
    }

    /// Calls `found` with every word that begins at byte `at` of the text.
    pub fn each_at(&self, text: &str, at: usize, mut found: impl FnMut(usize, Range<usize>)) {
        let rest = &text.as_bytes()[at..];
        if !self.words.is_empty() && self.firsts.look(rest).is_some_and(|(_, may_begin)| may_begin) {
            self.beginning(rest, at, &mut |index, range| {
                found(index, range);
                true
            });
        }
    }

    /// Compares the words that may begin a text with it; it begins at `start`.
    #[inline]
    fn beginning(&self, text: &[u8], start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        let head = Head::of(text);
        (!self.singles || !self.may_hold(head.single()) || self.compare(head.single(), text, start, found))
            && head.pair.is_none_or(|pair| !self.may_hold(pair) || self.compare(pair, text, start, found))
    }

    /// Whether there can be words under a key.
    #[inline]
    fn may_hold(&self, key: u64) -> bool {
        let hash = self.hash(key);
        self.keys.get(hash >> 6).is_some_and(|bits| bits >> (hash & 63) & 1 != 0)
    }

    /// Compares the words under a key with a text that begins at `start`.
    #[inline(never)]
    fn compare(&self, key: u64, text: &[u8], start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        let here = eight(text, BEHIND);
        let mut next = self.slots[self.hash(key) & (self.slots.len() - 1)];
        while let Some(word) = (next as usize).checked_sub(1).and_then(|index| self.words.get(index)) {
            if word.key == key && here & word.mask == word.middle && self.is_at(word, text) {
                let length = word.range.len();
                if !found(next as usize - 1, start..start + length) {
                    return false;
                }
            }
            next = word.next;
        }
        true
    }

    /// Whether a text begins with a word whose key and middle it has.
    #[inline]
    fn is_at(&self, word: &Word, text: &[u8]) -> bool {
        if word.range.len() <= word.told as usize {
            return word.range.len() <= text.len();
        }
        text.starts_with(&self.letters.as_bytes()[word.range.start as usize..word.range.end as usize])
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
        if bytes & 0xf000_00f0 == 0xe000_00e0 {
            return Self { bytes, width: 3, pair: Some(bytes & low(BEHIND)) };
        }
        let width = |at: usize| usize::from(WIDTHS[(bytes >> (8 * at + 4) & 0xf) as usize]);
        let first = width(0);
        let pair = (first < text.len()).then(|| bytes & low(first + width(first)));
        Self { bytes, width: first, pair }
    }

    /// What a word is filed under that is the first character; no text has its last byte.
    #[inline]
    fn single(self) -> u64 {
        self.bytes & low(self.width) | 0xff << 56
    }

    /// Whether both characters have three bytes.
    fn is_wide(self) -> bool {
        self.pair.is_some() && self.bytes & 0xf000_00f0 == 0xe000_00e0
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
