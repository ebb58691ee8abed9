//! The fingerprint of a draft: what is kept of it while the others are read.

use super::shingles::{self, hash, hash_of_figures, is_digit, shingles};
use crate::draft::{Draft, Role};
use crate::report::Identity;

/// How many neighbouring figures make a run of figures.
const FIGURES: usize = 3;

/// What is kept of a draft while the others are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// Whose it is, and of which year.
    pub identity: Identity,
    /// Hashes of runs of characters and of figures, sorted.
    pub(super) hashes: Vec<u64>,
}

impl Print {
    /// The fingerprint of a draft.
    pub fn of(draft: &Draft, identity: Identity) -> Self {
        let texts =
            || draft.blocks.iter().filter(|block| matches!(block.role, Role::Paragraph(_))).map(|block| block.text.text());
        let town = identity.town.as_deref();
        let mut hashes: Vec<u64> = texts().flat_map(|text| shingles(text, town)).map(|shingle| shingle.hash).collect();
        let figures: Vec<u64> = texts().flat_map(figures).collect();
        hashes.extend(figures.windows(FIGURES).map(|run| hash_of_figures(run.iter().copied())));
        hashes.sort_unstable();
        hashes.dedup();
        hashes.shrink_to_fit();
        Self { identity, hashes }
    }
}

/// The figures of a text, each with the character behind it, as hashes: those of two digits and more that are no year and no round number.
fn figures(text: &str) -> impl Iterator<Item = u64> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(is_digit)?;
            let number = &rest[start..];
            let end = number.find(|c| !is_digit(c) && c != '.').unwrap_or(number.len());
            let (number, behind) = number.split_at(end);
            rest = behind;
            let unit = behind.chars().next().unwrap_or(' ');
            let digits: String = number.chars().filter_map(half_width).collect();
            if !matches!(unit, '年' | '月' | '日' | '号' | '〕') && digits.trim_end_matches('0').len() > 1 {
                return Some(hash(digits.bytes().map(u64::from).chain([u64::from(unit as u32)])));
            }
        }
    })
}

/// A digit or a point of half width; other characters are none.
fn half_width(c: char) -> Option<char> {
    match c {
        '.' | '0'..='9' => Some(c),
        _ if shingles::is_digit(c) => char::from_u32(c as u32 - 0xfee0),
        _ => None,
    }
}
