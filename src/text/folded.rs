//! Text as the word checks read it: blanks taken out, marks and digits in one width.
//!
//! Drafts write the same thing in many ways (`2021-2025`, `2021—2025`, `２０２１～２０２５`; `,` for `，`; blanks round
//! numbers). A folded text has one way, and still knows where each of its characters stands.

use std::borrow::Cow;
use std::ops::Range;

use super::cjk;
use super::signs::Signs;

/// A folded text and the places of its characters in the text that it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded<'a> {
    /// The original where nothing is to be folded.
    text: Cow<'a, str>,
    signs: Cow<'a, Signs>,
    /// The stretches it was made of, ascending; none where it is the original.
    pieces: Vec<Piece>,
}

/// A stretch of a folded text: many characters that are as they were, or one that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the folded text.
    start: u32,
    /// Where it starts in the original.
    from: u32,
    /// Where its one character ends in the original; 0 for characters that are as they were.
    to: u32,
}

impl<'a> Folded<'a> {
    /// Folds a text, whose signs these are.
    pub fn new(original: &'a str, signs: &'a Signs) -> Self {
        let stands = |(_, c): &(u32, char)| is_common(*c) || *c != '"' && !cjk::is_blank(*c) && fold(*c) == *c;
        let same = signs.others.iter().take_while(|sign| stands(sign)).count();
        let Some((known, rest)) = signs.others.split_at_checked(same).filter(|(_, rest)| !rest.is_empty()) else {
            return Self { text: Cow::Borrowed(original), signs: Cow::Borrowed(signs), pieces: Vec::new() };
        };
        let mut making = Making { text: String::with_capacity(original.len()), others: known.to_vec(), pieces: Vec::new() };
        let (mut open, mut from) = (false, 0);
        for &(at, c) in rest {
            let at = at as usize;
            let place = (making.text.len() + at - from) as u32;
            let one = if is_common(c) {
                Some(c)
            } else if c == '"' {
                open = !open;
                Some(if open { '“' } else { '”' })
            } else {
                Some(fold(c)).filter(|_| !cjk::is_blank(c))
            };
            making.others.extend(one.map(|one| (place, one)));
            if one == Some(c) {
                continue;
            }
            making.keep(original, from..at);
            from = at + c.len_utf8();
            if let Some(one) = one {
                making.pieces.push(Piece { start: making.text.len() as u32, from: at as u32, to: from as u32 });
                making.text.push(one);
            }
        }
        making.keep(original, from..original.len());
        let Making { text, others, pieces } = making;
        let numerals = moved(&signs.numerals, &pieces, |at| at);
        let units = moved(&signs.units, &pieces, |(at, _)| at);
        Self { text: Cow::Owned(text), signs: Cow::Owned(Signs { others, numerals, units }), pieces }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its marks, digits and whatever else is no common 汉字.
    pub fn signs(&self) -> &Signs {
        &self.signs
    }

    /// The bytes of the original that a range of the folded text was made of.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return range;
        }
        let start = self.end_or_start(range.start);
        if range.is_empty() {
            return start..start;
        }
        start..self.place(range.end - 1).map_or(start, |(piece, inside)| match piece.to {
            0 => piece.from as usize + inside + 1,
            to => to as usize,
        })
    }

    /// Where the character at a byte of the folded text starts in the original; behind the last one, where that ends.
    fn end_or_start(&self, at: usize) -> usize {
        let behind = at >= self.text.len() && at > 0;
        let at = if behind { self.text.len() - 1 } else { at };
        self.place(at).map_or(0, |(piece, inside)| match piece.to {
            0 => piece.from as usize + inside + usize::from(behind),
            to if behind => to as usize,
            _ => piece.from as usize,
        })
    }

    /// The stretch that holds a byte of the folded text, and how far in.
    fn place(&self, at: usize) -> Option<(Piece, usize)> {
        let index = self.pieces.partition_point(|piece| piece.start as usize <= at).checked_sub(1)?;
        let piece = self.pieces[index];
        Some((piece, at - piece.start as usize))
    }
}

/// A folded text while it is being made.
struct Making {
    text: String,
    others: Vec<(u32, char)>,
    pieces: Vec<Piece>,
}

impl Making {
    /// Takes over characters as they are.
    fn keep(&mut self, original: &str, range: Range<usize>) {
        if !range.is_empty() {
            self.pieces.push(Piece { start: self.text.len() as u32, from: range.start as u32, to: 0 });
            self.text.push_str(&original[range]);
        }
    }
}

/// What stands at bytes of the original, with the bytes of the folded text at which it stands. Digits are folded one by one, and 汉字 never.
fn moved<T: Copy>(sought: &[T], pieces: &[Piece], mut place: impl FnMut(&mut T) -> &mut u32) -> Vec<T> {
    let mut moved = sought.to_vec();
    let mut pieces = pieces.iter().rev().peekable();
    for at in moved.iter_mut().rev().map(&mut place) {
        while pieces.next_if(|piece| piece.from > *at).is_some() {}
        if let Some(piece) = pieces.peek() {
            *at = *at - piece.from + piece.start;
        }
    }
    moved
}

/// Whether a character is one of the marks and digits that stand most often, and as they are.
fn is_common(c: char) -> bool {
    matches!(c, '0'..='9' | '、' | '。' | '，' | '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》')
}

/// A literal of the rulebook, folded as the texts are that it is sought in.
pub fn folded(text: &str) -> String {
    Folded::new(text, &Signs::of(text)).text.into_owned()
}

/// One character in the form that the checks know.
fn fold(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '＊' | '＃' | '＿' | '．' => cjk::half_width(c),
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        '-' | '‐' | '‑' | '–' | '―' | '─' | '－' | '﹣' | '−' => '—',
        '~' | '〜' | '∼' => '～',
        '•' | '・' | '∙' | '‧' | '●' => '·',
        '「' => '“',
        '」' => '”',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_of_writing_with_its_places() {
        let original = "（２０２１ - 2025 年),\"12・4\"，青檀 镇";
        let signs = Signs::of(original);
        let folded = Folded::new(original, &signs);
        assert_eq!(folded.text(), "（2021—2025年），“12·4”，青檀镇");
        assert_eq!(folded.signs().units, [(folded.text().find('镇').expect("there") as u32, '镇')]);
        let at = folded.text().find("2025").expect("there");
        assert_eq!(&original[folded.original(at..at + 7)], "2025 年");
        assert_eq!(folded.original(folded.text().len()..folded.text().len()), original.len()..original.len());
        assert_eq!(*folded.signs(), Signs::of(folded.text()));
        let same = "青檀镇2025年，";
        let signs = Signs::of(same);
        assert_eq!(Folded::new(same, &signs).original(3..9), 3..9);
        assert_eq!(Folded::new(" \n", &Signs::of(" \n")).original(0..0), 0..0);
    }
}
