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
    /// The characters, or what stands for several, and room for more.
    room: Vec<u32>,
    /// How many of them there are.
    count: usize,
    /// The numbers among them.
    pub(super) numbers: Vec<Number>,
    /// Where digits and the points among and behind them stand, those of the own town too.
    pub(super) figures: Vec<Range<usize>>,
}

impl Signs {
    /// The characters, or what stands for several.
    pub(super) fn codes(&self) -> &[u32] {
        &self.room[..self.count]
    }

    /// Reads a paragraph; what was read before is forgotten. `begin` is given the place of each sign, that of a number as far as its
    /// first digit.
    pub(super) fn read(&mut self, text: &str, town: Option<&str>, mut begin: impl FnMut(Range<usize>)) {
        self.count = 0;
        self.numbers.clear();
        self.figures.clear();
        let town = town.and_then(|town| Some((u32::from(town.chars().next()?), town)));
        let first = town.map_or(u32::MAX, |(first, _)| first);
        if self.room.len() < text.len() / 3 {
            self.room.resize(text.len() / 3, 0);
        }
        let mut at = 0;
        loop {
            // Nearly all characters: common 汉字, as far as there is room for them, and marks that are no signs.
            let (threes, _) = text.as_bytes()[at..].as_chunks::<3>();
            let (room, mut count) = (self.room.as_mut_slice(), self.count);
            for &[a, b, c] in threes {
                let code = cjk::code(a, b, c);
                match code {
                    _ if code == first => break,
                    0x4e00..=0x9fff => {
                        let Some(sign) = room.get_mut(count) else { break };
                        *sign = code;
                        count += 1;
                        begin(at..at + 3);
                    }
                    0x2000..=0x33ff | 0xff01..=0xff0f | 0xff1a..=0xff60 => {}
                    _ => break,
                }
                at += 3;
            }
            self.count = count;
            let start = at;
            let code = match text.as_bytes()[start..] {
                [] => return,
                [ascii @ ..=0x7f, ..] => u32::from(ascii),
                [a @ 0xe0..=0xef, b, c, ..] => cjk::code(a, b, c),
                _ => text[start..].chars().next().map_or(0, u32::from),
            };
            at += char::from_u32(code).map_or(1, char::len_utf8);
            match code {
                _ if code == first
                    && let Some((_, town)) = town
                    && text[start..].starts_with(town) =>
                {
                    town.char_indices().filter(|(_, c)| is_digit(*c)).for_each(|(digit, _)| self.figure(text, start + digit));
                    at = start + town.len();
                    begin(start..at);
                    self.push(TOWN);
                }
                0x30..=0x39 | 0xff10..=0xff19 => {
                    self.figure(text, start);
                    let is_next = |byte: &&u8| byte.is_ascii_digit() && u32::from(**byte) != first;
                    at += text.as_bytes()[at..].iter().take_while(is_next).count();
                    let last = self.numbers.last_mut().filter(|number| number.at + 1 == self.count);
                    if let Some(last) = last.filter(|last| is_inside(&text[last.range.end..start])) {
                        last.range.end = at;
                    } else {
                        self.numbers.push(Number { at: self.count, range: start..at });
                        begin(start..at);
                        self.push(NUMBER);
                    }
                }
                _ if char::from_u32(code).is_some_and(is_han) => {
                    begin(start..at);
                    self.push(code);
                }
                _ => {}
            }
        }
    }

    /// Takes in a sign.
    fn push(&mut self, code: u32) {
        if self.count == self.room.len() {
            self.room.resize(self.count * 2 + 64, 0);
        }
        self.room[self.count] = code;
        self.count += 1;
    }

    /// Takes in the figure in which a digit stands, if it is not that of the digit before.
    fn figure(&mut self, text: &str, start: usize) {
        if self.figures.last().is_none_or(|last| last.end <= start) {
            let length = text[start..].find(|c| !is_digit(c) && c != '.').unwrap_or(text.len() - start);
            self.figures.push(start..start + length);
        }
    }
}

/// Whether a text can stand between two digits of a number: nothing, or points and commas.
fn is_inside(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '.' | ',' | '，'))
}
