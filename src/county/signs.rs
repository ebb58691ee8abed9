//! The characters of a paragraph that are compared: 汉字, numbers as one sign each, the draft's own town as another.

use std::ops::Range;

use crate::text::cjk::{self, is_digit, is_han};

/// What stands for a number, whatever it is: a copied sentence in which one was changed is still copied.
const NUMBER: u32 = '0' as u32;
/// What stands for the draft's own town.
const TOWN: u32 = '@' as u32;

/// A number of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Which of the signs stands for it.
    pub(super) at: usize,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
}

/// The signs of a paragraph. One is used for all paragraphs of a draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    /// The characters, or what stands for several.
    pub(super) codes: Vec<u32>,
    /// The numbers among them.
    pub(super) numbers: Vec<Number>,
    /// Where digits and the points among and behind them stand, those of the own town too.
    pub(super) figures: Vec<Range<usize>>,
}

impl Signs {
    /// Reads a paragraph; what was read before is forgotten. `begin` is given the place of each sign, that of a number as far as its
    /// first digit.
    pub(super) fn read(&mut self, text: &str, town: Option<&str>, mut begin: impl FnMut(Range<usize>)) {
        let Self { codes: signs, numbers, figures } = self;
        signs.clear();
        numbers.clear();
        figures.clear();
        signs.reserve(text.len() / 3);
        let town = town.and_then(|town| Some((u32::from(town.chars().next()?), town)));
        let first = town.map_or(u32::MAX, |(first, _)| first);
        // Where the next character stands, and what lies behind the last figure.
        let (mut at, mut behind) = (0, 0);
        let mut figure = |start: usize| {
            if start >= behind {
                behind = text[start..].find(|c| !is_digit(c) && c != '.').map_or(text.len(), |length| start + length);
                figures.push(start..behind);
            }
        };
        loop {
            // Nearly all characters: common 汉字, and marks that are no signs.
            let (threes, _) = text.as_bytes()[at..].as_chunks::<3>();
            for &[a, b, c] in threes {
                let code = cjk::code(a, b, c);
                match code {
                    _ if code == first || !matches!(a, 0xe0..=0xef) => break,
                    0x4e00..=0x9fff => {
                        begin(at..at + 3);
                        signs.push(code);
                    }
                    0x2000..=0x33ff | 0xff01..=0xff0f | 0xff1a..=0xff60 => {}
                    _ => break,
                }
                at += 3;
            }
            let code = match text.as_bytes()[at..] {
                [] => return,
                [ascii @ ..=0x7f, ..] => u32::from(ascii),
                [a @ 0xe0..=0xef, b, c, ..] => cjk::code(a, b, c),
                _ => text[at..].chars().next().map_or(0, u32::from),
            };
            let start = at;
            at += char::from_u32(code).map_or(1, char::len_utf8);
            if code == first
                && let Some((_, town)) = town
                && text[start..].starts_with(town)
            {
                town.char_indices().filter(|(_, c)| is_digit(*c)).for_each(|(digit, _)| figure(start + digit));
                at = start + town.len();
                begin(start..at);
                signs.push(TOWN);
            } else if matches!(code, 0x30..=0x39 | 0xff10..=0xff19) {
                figure(start);
                let last = numbers.last_mut().filter(|number| number.at + 1 == signs.len());
                if let Some(last) = last.filter(|last| is_inside(&text[last.range.end..start])) {
                    last.range.end = at;
                } else {
                    numbers.push(Number { at: signs.len(), range: start..at });
                    begin(start..at);
                    signs.push(NUMBER);
                }
            } else if char::from_u32(code).is_some_and(is_han) {
                begin(start..at);
                signs.push(code);
            }
        }
    }
}

/// Whether a text can stand between two digits of a number: nothing, or points and commas.
fn is_inside(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '.' | ',' | '，'))
}
