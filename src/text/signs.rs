//! One walk over a text: where stand the characters that are no common 汉字, those that a numeral may begin with, and those that end the
//! name of a town.

use super::cjk;

/// What stands in a text besides common 汉字. Nine of ten characters are common: whoever looks for marks, digits or blanks
/// reads these lists instead of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// All characters but 汉字 from U+4000 to U+9FFF, with the bytes at which they stand.
    pub others: Vec<(u32, char)>,
    /// The bytes at which stand digits and 汉字 that a numeral may begin with.
    pub numerals: Vec<u32>,
    /// 镇, 乡, 街 and 县, with the bytes at which they stand: the name of a town or a county may end there.
    pub units: Vec<(u32, char)>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the walk only passes on where a character stands")]
impl Signs {
    /// Walks over a text, which is no longer than a draft can be.
    pub fn of(text: &str) -> Self {
        // As many as most texts have.
        let (others, numerals) = (Vec::with_capacity(text.len() / 16 + 4), Vec::with_capacity(text.len() / 48 + 4));
        let mut signs = Self { others, numerals, units: Vec::new() };
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            // Nearly all characters have three bytes.
            for letter in bytes[at..].as_chunks().0 {
                match letter[0] {
                    // U+4000 to U+9FFF.
                    0xe4..=0xe9 => {
                        if may_be_sought(letter[1], letter[2]) {
                            signs.sought(letter, at);
                        }
                    }
                    0xe0..=0xef => signs.wide(letter, at),
                    _ => break,
                }
                at += 3;
            }
            while let Some(&byte @ ..=0x7f) = bytes.get(at) {
                if byte.is_ascii_digit() {
                    signs.numerals.push(at as u32);
                }
                signs.others.push((at as u32, char::from(byte)));
                at += 1;
            }
            match bytes.get(at) {
                None => return signs,
                Some(0xe0..=0xef) => {}
                Some(_) => {
                    let Some(c) = text[at..].chars().next() else { return signs };
                    signs.others.push((at as u32, c));
                    at += c.len_utf8();
                }
            }
        }
    }

    /// Takes in a character of three bytes that is no common 汉字.
    #[inline]
    fn wide(&mut self, &[first, second, third]: &[u8; 3], at: usize) {
        let Some(c) = char::from_u32(cjk::code(first, second, third)) else { return };
        if matches!(c, '〇' | '０'..='９') {
            self.numerals.push(at as u32);
        }
        self.others.push((at as u32, c));
    }

    /// Takes in a common 汉字, if it is sought. Apart from the walk, which is the shorter for it.
    #[inline(never)]
    fn sought(&mut self, &[first, second, third]: &[u8; 3], at: usize) {
        match char::from_u32(cjk::code(first, second, third)) {
            Some(unit @ ('镇' | '乡' | '街' | '县')) => self.units.push((at as u32, unit)),
            Some(c) if cjk::begins_numeral(c) => self.numerals.push(at as u32),
            _ => {}
        }
    }
}

/// The last bytes of the 汉字 that are sought, as bits, by their second bytes: nearly all others are told by them.
const SOUGHT: [u64; 64] = {
    let letters = "零一二两三四五六七八九十百千万镇乡街县".as_bytes();
    let (mut bits, mut at) = ([0; 64], 0);
    while at < letters.len() {
        bits[letters[at + 1] as usize & 63] |= 1 << (letters[at + 2] & 63);
        at += 3;
    }
    bits
};

#[inline]
fn may_be_sought(second: u8, third: u8) -> bool {
    SOUGHT[usize::from(second & 63)] >> (third & 63) & 1 != 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Asking of every character is the oracle.
        #[test]
        fn finds_what_every_character_says(text in "(\\PC|[一二百万镇县乡街，。（）“”‘’》〇９0-9 \u{3000}\n:;])*") {
            let signs = Signs::of(&text);
            let all = |is: &dyn Fn(char) -> bool| {
                text.char_indices().filter(|(_, c)| is(*c)).map(|(at, c)| (at as u32, c)).collect::<Vec<_>>()
            };
            prop_assert_eq!(signs.others, all(&|c| !('\u{4000}'..='\u{9fff}').contains(&c)));
            prop_assert_eq!(&signs.units, &all(&|c| "镇乡街县".contains(c)));
            prop_assert_eq!(signs.numerals, all(&cjk::begins_numeral).into_iter().map(|(at, _)| at).collect::<Vec<_>>());
        }
    }
}
