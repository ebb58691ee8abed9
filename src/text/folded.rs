//! Text as the word checks read it: blanks taken out, marks and digits in one width.
//!
//! Drafts write the same thing in many ways (`2021-2025`, `2021—2025`, `２０２１～２０２５`; `,` for `，`; blanks round
//! numbers). A folded text has one way, and still knows where each of its characters stands.

use std::ops::Range;

use super::cjk;
use super::signs::Signs;

/// A folded text and the places of its characters in the text that it was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// The stretches it was made of, ascending.
    pieces: Vec<Piece>,
    /// Its characters that are no common 汉字, with the bytes at which they stand.
    others: Vec<(u32, char)>,
    /// 镇, 乡, 街 and 县 in it, with the bytes at which they stand.
    units: Vec<(u32, char)>,
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

impl Folded {
    /// Folds a text, whose signs these are.
    pub fn new(original: &str, signs: &Signs) -> Self {
        let text = String::with_capacity(original.len());
        let others = Vec::with_capacity(signs.others.len());
        let mut folded = Self { text, others, ..Self::default() };
        let (mut open, mut from) = (false, 0);
        for &(at, c) in &signs.others {
            let at = at as usize;
            let place = (folded.text.len() + at - from) as u32;
            // Most of what is left stands as it is.
            if matches!(c, '0'..='9' | '、' | '。' | '，' | '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》') {
                folded.others.push((place, c));
                continue;
            }
            let one = if c == '"' {
                open = !open;
                Some(if open { '“' } else { '”' })
            } else {
                Some(fold(c)).filter(|_| !cjk::is_blank(c))
            };
            folded.others.extend(one.map(|one| (place, one)));
            if one == Some(c) {
                continue;
            }
            folded.keep(original, from..at);
            from = at + c.len_utf8();
            if let Some(one) = one {
                folded.pieces.push(Piece { start: folded.text.len() as u32, from: at as u32, to: from as u32 });
                folded.text.push(one);
            }
        }
        folded.keep(original, from..original.len());
        folded.units = signs.units.clone();
        let mut pieces = folded.pieces.iter().rev().peekable();
        for (at, _) in folded.units.iter_mut().rev() {
            while pieces.next_if(|piece| piece.from > *at).is_some() {}
            if let Some(piece) = pieces.peek() {
                *at = *at - piece.from + piece.start;
            }
        }
        folded
    }

    /// Takes over characters as they are.
    fn keep(&mut self, original: &str, range: Range<usize>) {
        if !range.is_empty() {
            self.pieces.push(Piece { start: self.text.len() as u32, from: range.start as u32, to: 0 });
            self.text.push_str(&original[range]);
        }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its marks, digits and whatever else is no common 汉字, with the bytes at which they stand.
    pub fn others(&self) -> &[(u32, char)] {
        &self.others
    }

    /// 镇, 乡, 街 and 县 in it, with the bytes at which they stand.
    pub fn units(&self) -> &[(u32, char)] {
        &self.units
    }

    /// The bytes of the original that a range of the folded text was made of.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
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

/// A literal of the rulebook, folded as the texts are that it is sought in.
pub fn folded(text: &str) -> String {
    Folded::new(text, &Signs::of(text)).text
}

/// One character in the form that the checks know.
fn fold(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '＊' | '＃' | '＿' => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
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
        '．' => '.',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_of_writing_with_its_places() {
        let original = "（２０２１ - 2025 年),\"12・4\"，青檀 镇";
        let folded = Folded::new(original, &Signs::of(original));
        assert_eq!(folded.text(), "（2021—2025年），“12·4”，青檀镇");
        assert_eq!(folded.units(), [(folded.text().find('镇').expect("there") as u32, '镇')]);
        let at = folded.text().find("2025").expect("there");
        assert_eq!(&original[folded.original(at..at + 7)], "2025 年");
        assert_eq!(folded.original(folded.text().len()..folded.text().len()), original.len()..original.len());
        assert_eq!(Folded::default().original(0..0), 0..0);
        assert_eq!(Folded::new(" \n", &Signs::of(" \n")).original(0..0), 0..0);
    }
}
