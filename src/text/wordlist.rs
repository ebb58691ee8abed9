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
    firsts: Filter,
    /// The keys of the words: looked at where a word may begin.
    keys: Filter,
    /// By the hash of a key: the first word there, from 1; 0 where there is none.
    slots: Vec<u32>,
    /// Whether a character is a word by itself.
    singles: bool,
}

#[derive(Clone, Debug)]
struct Word {
    range: Range<u32>,
    key: u64,
    /// Its bytes from the fifth to the twelfth, and which of them it has: many words begin with the same two characters.
    middle: u64,
    mask: u64,
    /// The next word under the same hash, from 1.
    next: u32,
}

/// A bit for every hash that some numbers have: what is not set was never put in.
#[derive(Clone, Debug, Default)]
struct Filter {
    bits: Vec<u64>,
}

/// How many bits of a filter there are for a word: few are set, so that a look seldom finds anything.
const BITS: usize = 32;

impl Filter {
    fn with_room_for(words: usize) -> Self {
        Self { bits: vec![0; (words * BITS / 64).next_power_of_two()] }
    }

    #[inline]
    fn place(&self, hash: usize) -> (usize, u64) {
        ((hash >> 6) & (self.bits.len() - 1), 1 << (hash & 63))
    }

    fn put(&mut self, hash: usize) {
        let (place, bit) = self.place(hash);
        self.bits[place] |= bit;
    }

    #[inline]
    fn may_hold(&self, hash: usize) -> bool {
        let (place, bit) = self.place(hash);
        self.bits[place] & bit != 0
    }
}

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
        self.singles |= key & NONE == NONE && !word.is_empty();
        let (middle, mask) = (middle(word.as_bytes()), middle(&vec![0xff; word.len()]));
        self.words.push(Word { range: start..self.letters.len() as u32, key, middle, mask, next: 0 });
    }

    /// Files the words under their keys, those under one hash in their order.
    fn file(&mut self) {
        (self.firsts, self.keys) = (Filter::with_room_for(self.words.len()), Filter::with_room_for(self.words.len()));
        self.slots = vec![0; (self.words.len() * SLOTS).next_power_of_two()];
        for index in (0..self.words.len()).rev() {
            let hash = hash(self.words[index].key);
            self.firsts.put(self::hash(self.words[index].key >> 32));
            self.keys.put(hash);
            let slot = hash & (self.slots.len() - 1);
            self.words[index].next = self.slots[slot];
            self.slots[slot] = index as u32 + 1;
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
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some((first, width)) = letter(bytes, at) {
            if self.firsts.may_hold(hash(first)) && !self.beginning(first, width, text, at, &mut found) {
                return;
            }
            at += width;
        }
    }

    /// Calls `found` with every word that begins at byte `at` of the text.
    pub fn each_at(&self, text: &str, at: usize, mut found: impl FnMut(usize, Range<usize>)) {
        let Some((first, width)) = letter(text.as_bytes(), at).filter(|_| !self.words.is_empty()) else { return };
        if self.firsts.may_hold(hash(first)) {
            self.beginning(first, width, text, at, &mut |index, range| {
                found(index, range);
                true
            });
        }
    }

    /// Compares the words that begin with the character at byte `start`, which is `first`, with the text.
    fn beginning(
        &self,
        first: u64,
        width: usize,
        text: &str,
        start: usize,
        found: &mut impl FnMut(usize, Range<usize>) -> bool,
    ) -> bool {
        if self.singles && !self.under(first << 32 | NONE, text, start, found) {
            return false;
        }
        letter(text.as_bytes(), start + width).is_none_or(|(second, _)| self.under(first << 32 | second, text, start, found))
    }

    /// Compares the words under a key, if there can be any, with the text at `start`.
    fn under(&self, key: u64, text: &str, start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        let hash = hash(key);
        !self.keys.may_hold(hash) || self.compare(key, hash, text, start, found)
    }

    fn compare(
        &self,
        key: u64,
        hash: usize,
        text: &str,
        start: usize,
        found: &mut impl FnMut(usize, Range<usize>) -> bool,
    ) -> bool {
        let rest = &text.as_bytes()[start..];
        let here = middle(rest);
        let mut next = self.slots[hash & (self.slots.len() - 1)];
        while let Some(index) = (next as usize).checked_sub(1) {
            let word = &self.words[index];
            if word.key == key && here & word.mask == word.middle {
                let letters = &self.letters.as_bytes()[word.range.start as usize..word.range.end as usize];
                if rest.starts_with(letters) && !found(index, start..start + letters.len()) {
                    return false;
                }
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

/// The bytes from the fifth to the twelfth as one number; zeros for those that are not there.
#[inline]
fn middle(text: &[u8]) -> u64 {
    let rest = text.get(4..).unwrap_or_default();
    rest.first_chunk().map_or_else(
        || rest.iter().enumerate().fold(0, |number, (index, &byte)| number | u64::from(byte) << (56 - 8 * index)),
        |eight| u64::from_be_bytes(*eight),
    )
}

/// What a word that begins at byte `at` is filed under: its first two characters.
fn key_at(text: &[u8], at: usize) -> Option<u64> {
    let (first, width) = letter(text, at)?;
    Some(first << 32 | letter(text, at + width).map_or(NONE, |(second, _)| second))
}

/// The bytes of the character at byte `at` as one number, and how many they are.
#[inline]
fn letter(text: &[u8], at: usize) -> Option<(u64, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let word = match rest.first_chunk() {
        Some(four) => u32::from_be_bytes(*four),
        None => rest.iter().fold(0, |word, &byte| word << 8 | u32::from(byte)) << (8 * (4 - rest.len())),
    };
    let width = match word >> 24 {
        0xe0..=0xef => 3,
        0..=0x7f => 1,
        0xc0..=0xdf => 2,
        _ => 4,
    };
    Some((u64::from(word >> (32 - 8 * width)), width))
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
