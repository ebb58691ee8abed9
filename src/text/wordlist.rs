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
    /// A bit for every hash that a key has: small enough to be looked at for every character.
    filter: Vec<u64>,
    /// By the hash of a key: the first word there, from 1; 0 where there is none.
    slots: Vec<u32>,
    /// A bit for the last bits of each character that is a word by itself.
    singles: u64,
}

#[derive(Clone, Debug)]
struct Word {
    range: Range<u32>,
    key: u64,
    /// The next word under the same hash, from 1.
    next: u32,
}

/// How many bits of the filter there are for a word: few are set, so that a look seldom finds anything.
const BITS: usize = 32;
/// How many slots there are for a word.
const SLOTS: usize = 2;
/// The second character of a key where there is none.
const NONE: u64 = u32::MAX as u64;

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
        let key = key_at(word.as_bytes(), 0).unwrap_or(u64::MAX);
        if key & NONE == NONE && !word.is_empty() {
            self.singles |= 1 << (key >> 32 & 63);
        }
        self.words.push(Word { range: start..self.letters.len() as u32, key, next: 0 });
    }

    /// Files the words under their keys, those under one hash in their order.
    fn file(&mut self) {
        self.filter = vec![0; (self.words.len() * BITS / 64).next_power_of_two()];
        self.slots = vec![0; (self.words.len() * SLOTS).next_power_of_two()];
        for index in (0..self.words.len()).rev() {
            let hash = hash(self.words[index].key);
            let (place, bit) = self.bit(hash);
            self.filter[place] |= bit;
            let slot = hash & (self.slots.len() - 1);
            self.words[index].next = self.slots[slot];
            self.slots[slot] = index as u32 + 1;
        }
    }

    /// The bit of the filter for a hash.
    fn bit(&self, hash: usize) -> (usize, u64) {
        ((hash >> 6) & (self.filter.len() - 1), 1 << (hash & 63))
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
        let bytes = text.as_bytes();
        let (mut at, mut next) = (0, if self.words.is_empty() { None } else { letter(bytes, 0) });
        while let Some((first, width)) = next {
            next = letter(bytes, at + width);
            let second = next.map_or(NONE, |(second, _)| second);
            if self.singles >> (first & 63) & 1 == 1 && !self.under(first << 32 | NONE, text, at, &mut found) {
                return;
            }
            if second != NONE && !self.under(first << 32 | second, text, at, &mut found) {
                return;
            }
            at += width;
        }
    }

    /// Calls `found` with every word that begins at byte `at` of the text.
    pub fn each_at(&self, text: &str, at: usize, mut found: impl FnMut(usize, Range<usize>)) {
        let Some(key) = key_at(text.as_bytes(), at).filter(|_| !self.words.is_empty()) else { return };
        let mut all = |index: usize, range: Range<usize>| {
            found(index, range);
            true
        };
        for key in [key | NONE, key].into_iter().take(if key & NONE == NONE { 1 } else { 2 }) {
            self.under(key, text, at, &mut all);
        }
    }

    /// Compares the words under a key, if there can be any, with the text at `start`.
    #[inline]
    fn under(&self, key: u64, text: &str, start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        let hash = hash(key);
        let (place, bit) = self.bit(hash);
        self.filter[place] & bit == 0 || self.compare(key, hash, text, start, found)
    }

    fn compare(
        &self,
        key: u64,
        hash: usize,
        text: &str,
        start: usize,
        found: &mut impl FnMut(usize, Range<usize>) -> bool,
    ) -> bool {
        let mut next = self.slots[hash & (self.slots.len() - 1)];
        while let Some(index) = (next as usize).checked_sub(1) {
            let word = &self.words[index];
            let letters = &self.letters.as_bytes()[word.range.start as usize..word.range.end as usize];
            if word.key == key && text.as_bytes()[start..].starts_with(letters) && !found(index, start..start + letters.len()) {
                return false;
            }
            next = word.next;
        }
        true
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

    /// The words of a text from left to right, none overlapping another: of several that begin together the longest.
    pub fn apart(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        self.each(text, |index, range| {
            match found.last_mut() {
                Some(last) if last.1.start == range.start && last.1.end < range.end => *last = (index, range),
                Some(last) if range.start < last.1.end => {}
                _ => found.push((index, range)),
            }
            true
        });
        found
    }
}

/// What a word that begins at byte `at` is filed under: its first two characters.
fn key_at(text: &[u8], at: usize) -> Option<u64> {
    let (first, width) = letter(text, at)?;
    Some(first << 32 | letter(text, at + width).map_or(NONE, |(second, _)| second))
}

/// The bytes of the character at byte `at` as one number, and how many they are.
#[inline]
fn letter(text: &[u8], at: usize) -> Option<(u64, usize)> {
    Some(match *text.get(at..)? {
        [a @ 0xe0..=0xef, b, c, ..] => (u64::from(a) << 16 | u64::from(b) << 8 | u64::from(c), 3),
        [a @ 0..=0x7f, ..] => (u64::from(a), 1),
        [a @ 0xc0..=0xdf, b, ..] => (u64::from(a) << 8 | u64::from(b), 2),
        [a, b, c, d, ..] => (u64::from(u32::from_be_bytes([a, b, c, d])), 4),
        _ => return None,
    })
}

#[inline]
fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
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
            words in prop::collection::vec("[甲乙丙ab]{1,4}", 0..12),
            text in "[甲乙丙丁ab，]{0,40}",
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
            prop_assert_eq!(list.apart(&text), wanted);
        }
    }

    #[test]
    fn no_words_are_nowhere() {
        assert!(!WordList::default().is_in("法治"));
        assert!(!WordList::from_iter([""]).is_in("法治"));
    }
}
