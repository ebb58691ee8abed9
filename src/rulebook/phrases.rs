//! Words of one kind, sought in a text at once.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::text::WordList;

/// Words of one kind: a list in the rulebook, filed when a text is first asked for one of them.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Phrases {
    words: Vec<String>,
    filed: OnceLock<Filed>,
}

#[derive(Debug)]
struct Filed {
    list: WordList,
    /// A bit for the last byte of each word: most texts end like none of them.
    bytes: [u64; 4],
    /// The words by their last characters, the longest first.
    ends: FxHashMap<char, Vec<usize>>,
}

impl From<Vec<String>> for Phrases {
    fn from(words: Vec<String>) -> Self {
        Self { words, filed: OnceLock::new() }
    }
}

impl Clone for Phrases {
    fn clone(&self) -> Self {
        Self::from(self.words.clone())
    }
}

impl Deref for Phrases {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl<'a> IntoIterator for &'a Phrases {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

impl Phrases {
    /// None at all.
    pub const fn none() -> Self {
        Self { words: Vec::new(), filed: OnceLock::new() }
    }

    fn filed(&self) -> &Filed {
        self.filed.get_or_init(|| {
            let (mut bytes, mut ends) = ([0; 4], FxHashMap::<char, Vec<usize>>::default());
            for (index, word) in self.words.iter().enumerate() {
                let Some((last, c)) = word.bytes().last().zip(word.chars().next_back()) else { continue };
                bytes[usize::from(last >> 6)] |= 1 << (last & 63);
                ends.entry(c).or_default().push(index);
            }
            for words in ends.values_mut() {
                words.sort_by_key(|index| std::cmp::Reverse(self.words[*index].len()));
            }
            Filed { list: self.words.iter().collect(), bytes, ends }
        })
    }

    /// Whether any of them stands in a text.
    pub fn are_in(&self, text: &str) -> bool {
        !text.is_empty() && self.filed().list.is_in(text)
    }

    /// Those that stand in a text, by their indices.
    pub fn indices_in(&self, text: &str) -> BTreeSet<usize> {
        let mut indices = BTreeSet::new();
        self.filed().list.each(text, |index, _| {
            indices.insert(index);
            true
        });
        indices
    }

    /// The longest of them that a text begins with.
    pub fn at_start(&self, text: &str) -> Option<&str> {
        let mut longest: Option<&str> = None;
        self.filed().list.each_at(text, 0, |index, range| {
            longest = longest.filter(|other| other.len() > range.len()).or(Some(&self.words[index]));
        });
        longest
    }

    /// The first of them from number `from` on that a text begins with, and its number.
    pub fn first_at_start(&self, text: &str, from: usize) -> Option<(usize, &str)> {
        let mut first: Option<usize> = None;
        self.filed().list.each_at(text, 0, |index, _| {
            if index >= from {
                first = Some(first.map_or(index, |other| other.min(index)));
            }
        });
        first.map(|index| (index, self.words[index].as_str()))
    }

    /// The longest of them that a text ends with.
    pub fn at_end(&self, text: &str) -> Option<&str> {
        let (last, filed) = (text.bytes().last()?, self.filed());
        if filed.bytes[usize::from(last >> 6)] >> (last & 63) & 1 == 0 {
            return None;
        }
        let words = filed.ends.get(&text.chars().next_back()?)?;
        words.iter().map(|index| self.words[*index].as_str()).find(|word| text.ends_with(word))
    }
}

impl JsonSchema for Phrases {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<String>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<String>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Looking at every word is the oracle.
        #[test]
        fn answers_as_looking_at_every_word_does(
            words in prop::collection::vec("[甲乙丙ab]{1,3}", 0..8),
            text in "[甲乙丙丁ab]{0,8}",
        ) {
            let longest = |fits: &dyn Fn(&str) -> bool| words.iter().filter(|word| fits(word)).map(String::len).max();
            let phrases = Phrases::from(words.clone());
            prop_assert_eq!(phrases.are_in(&text), words.iter().any(|word| text.contains(word.as_str())));
            let held = |index: &usize| text.contains(words[*index].as_str());
            prop_assert_eq!(phrases.indices_in(&text), (0..words.len()).filter(held).collect());
            prop_assert_eq!(phrases.at_start(&text).map(str::len), longest(&|word| text.starts_with(word)));
            prop_assert_eq!(phrases.at_end(&text).map(str::len), longest(&|word| text.ends_with(word)));
        }
    }
}
