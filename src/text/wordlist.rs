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
    /// By their keys, and those under one key in their order.
    words: Vec<Word>,
    /// The keys, each at its hash or at the first free place behind it.
    slots: Vec<Slot>,
    /// By the hash of a key, a bit: what is not set is no key. Looked at for every character of a text, so that it is small and has
    /// room enough to be mostly empty.
    keys: Vec<u64>,
    /// How far the hash of a key is shifted for the number of its bit.
    shift: u32,
    /// The characters that are words by themselves, if any are.
    singles: Option<Box<Letters>>,
}

/// The words under one key: those of two characters of three bytes each or of other characters, and behind them those that
/// go on behind two characters of three bytes.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u64,
    /// A bit for the ninth byte of each word that goes on, which says most of a third character.
    ninths: u64,
    /// Where they begin, where those that go on begin, and where they end.
    start: u32,
    longer: u32,
    end: u32,
}

impl Slot {
    /// One that is free: no text has its key.
    const FREE: Self = Self { key: u64::MAX, ninths: 0, start: 0, longer: 0, end: 0 };
}

#[derive(Clone, Debug, Default)]
struct Word {
    /// The bytes of its first two characters, or of its only one.
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

impl Word {
    /// Whether it begins with two characters of three bytes each, and goes on.
    fn goes_on(&self) -> bool {
        self.told > 0 && self.length > BEHIND as u32
    }

    /// The bit of its ninth byte; all of them where it is shorter.
    fn ninth(&self) -> u64 {
        if self.length < 9 { u64::MAX } else { 1 << (self.middle >> 16 & 63) }
    }
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

impl Letters {
    fn none() -> Box<Self> {
        Box::new(Self { wide: [0; 64], ascii: [0; 2], rare: false })
    }

    /// Puts the first character of a word in.
    fn put(&mut self, word: &[u8]) {
        match *word {
            [first @ ..=0x7f, ..] => self.ascii[usize::from(first >> 6)] |= 1 << (first & 63),
            [0xe0..=0xef, second, third, ..] => self.wide[usize::from(second & 63)] |= 1 << (third & 63),
            _ => self.rare = true,
        }
    }

    /// Whether the first character of a text, by its first bytes, may be one of these.
    #[inline]
    fn may_hold(&self, bytes: u64) -> bool {
        match bytes as u8 {
            first @ ..=0x7f => self.ascii[usize::from(first >> 6)] >> (first & 63) & 1 != 0,
            0xe0..=0xef => self.wide[(bytes >> 8 & 63) as usize] >> (bytes >> 16 & 63) & 1 != 0,
            _ => self.rare,
        }
    }
}

/// How many bits there are for a slot.
const BITS: usize = 16;

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
        if head.pair.is_none() && !bytes.is_empty() {
            self.singles.get_or_insert_with(Letters::none).put(bytes);
        }
        self.words.push(Word {
            key: head.pair.unwrap_or_else(|| head.single()),
            middle: eight(bytes, BEHIND),
            mask: eight(&[0xff; BEHIND + 8][..bytes.len().min(BEHIND + 8)], BEHIND),
            told: if are_wide(head.bytes) { BEHIND as u32 + 8 } else { 0 },
            start: self.letters.len() as u32,
            length: bytes.len() as u32,
            index: self.words.len() as u32,
        });
        self.letters.push_str(word);
    }

    /// Files the words under their keys.
    fn file(&mut self) {
        let slots = (self.words.len() * 3 / 2).next_power_of_two().max(64 / BITS);
        self.slots = vec![Slot::FREE; slots];
        self.keys = vec![0; slots * BITS / 64];
        self.shift = u64::BITS - (slots * BITS).ilog2();
        let words = std::mem::take(&mut self.words);
        let filed = || words.iter().filter(|word| word.length > 0);
        for word in filed() {
            let bit = self.bit(hash(word.key));
            self.keys[bit / 64] |= 1 << (bit % 64);
            let place = self.place(word.key);
            let slot = &mut self.slots[place];
            slot.key = word.key;
            if word.goes_on() {
                slot.ninths |= word.ninth();
                slot.end += 1;
            } else {
                slot.longer += 1;
            }
        }
        let mut end = 0;
        for slot in &mut self.slots {
            let start = end;
            end += slot.longer + slot.end;
            (slot.start, slot.longer, slot.end) = (start + slot.longer, end, end);
        }
        // From the last to the first: each slot comes down to where its words begin.
        self.words = vec![Word::default(); end as usize];
        for word in filed().rev() {
            let place = self.place(word.key);
            let slot = &mut self.slots[place];
            let at = if word.goes_on() { &mut slot.longer } else { &mut slot.start };
            *at -= 1;
            self.words[*at as usize] = word.clone();
        }
    }

    /// Where a key stands, or where it would.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut place = (self.bit(hash(key)) / BITS) & mask;
        while self.slots[place].key != key && self.slots[place].key != Slot::FREE.key {
            place = (place + 1) & mask;
        }
        place
    }

    /// The number of a key's bit, by its hash.
    #[inline]
    fn bit(&self, hash: u64) -> usize {
        hash.wrapping_shr(self.shift) as usize
    }

    /// Whether there may be words under a key, by its hash.
    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        let bit = self.bit(hash);
        self.keys.get(bit / 64).is_some_and(|keys| keys >> (bit % 64) & 1 != 0)
    }

    /// Whether the first character of a text, by its first bytes, may be a word by itself.
    #[inline]
    fn may_be_single(&self, bytes: u64) -> bool {
        self.singles.as_ref().is_some_and(|singles| singles.may_hold(bytes))
    }

    /// What is left of a text from the first place on where a word may begin or where not both characters have three bytes.
    #[inline]
    fn skip<'t>(&self, mut text: &'t [u8]) -> &'t [u8] {
        while let Some(&eight) = text.first_chunk() {
            let bytes = u64::from_le_bytes(eight);
            if !are_wide(bytes) || self.may_have(hash(wide(bytes))) || self.may_be_single(bytes) {
                break;
            }
            text = &text[3..];
        }
        text
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
            let head = Head::of(rest);
            if !self.beginning(head, rest, text.len() - rest.len(), &mut found) {
                return;
            }
            rest = self.skip(&rest[head.width..]);
        }
    }

    /// Calls `found` with every word that begins at byte `at` of the text.
    pub fn each_at(&self, text: &str, at: usize, mut found: impl FnMut(usize, Range<usize>)) {
        let rest = &text.as_bytes()[at..];
        self.beginning(Head::of(rest), rest, at, &mut |index, range| {
            found(index, range);
            true
        });
    }

    /// Compares the words that may begin a text with it; it begins at `start`, with the characters of `head`.
    #[inline]
    fn beginning(&self, head: Head, text: &[u8], start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        (!self.may_be_single(head.bytes) || self.compare(head.single(), text, start, found))
            && head.pair.is_none_or(|pair| !self.may_have(hash(pair)) || self.compare(pair, text, start, found))
    }

    /// Compares the words under a key with a text that begins at `start`.
    #[inline]
    fn compare(&self, key: u64, text: &[u8], start: usize, found: &mut impl FnMut(usize, Range<usize>) -> bool) -> bool {
        let slot = &self.slots[self.place(key)];
        let here = eight(text, BEHIND);
        let end = if slot.ninths >> (here >> 16 & 63) & 1 == 0 { slot.longer } else { slot.end };
        self.words[slot.start as usize..end as usize]
            .iter()
            .filter(|word| here & word.mask == word.middle && self.is_at(word, text))
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

/// The hash of a key; its highest bits are the best ones.
#[inline]
fn hash(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
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

/// What two characters of three bytes each are filed under, by the first eight bytes of a text.
#[inline]
fn wide(bytes: u64) -> u64 {
    bytes << 16
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
            return Self { bytes, width: 3, pair: Some(wide(bytes)) };
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
