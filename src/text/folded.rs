//! Text as the word checks read it: blanks taken out, marks and digits in one width.
//!
//! Drafts write the same thing in many ways (`2021-2025`, `2021—2025`, `２０２１～２０２５`; `,` for `，`; blanks round
//! numbers). A folded text has one way, and still knows where each of its characters stands.

use std::ops::Range;

use super::cjk;

/// A folded text and the places of its characters in the text that it was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For every byte of `text`, where its character starts in the original, and behind the last where that ends.
    starts: Vec<u32>,
    /// For every byte of `text`, where its character ends in the original.
    ends: Vec<u32>,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(original.len()),
            starts: Vec::with_capacity(original.len()),
            ends: Vec::with_capacity(original.len()),
        };
        let mut open = false;
        for (at, c) in original.char_indices() {
            if cjk::is_blank(c) {
                continue;
            }
            let one = if c == '"' {
                open = !open;
                if open { '“' } else { '”' }
            } else {
                fold(c)
            };
            folded.text.push(one);
            let (start, end) = (at as u32, (at + c.len_utf8()) as u32);
            folded.starts.resize(folded.text.len(), start);
            folded.ends.resize(folded.text.len(), end);
        }
        folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a range of the folded text was made of.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.starts.get(range.start).or(self.ends.last()).map_or(0, |&at| at as usize);
        if range.is_empty() {
            return start..start;
        }
        start..self.ends[range.end - 1] as usize
    }
}

/// A literal of the rulebook, folded as the texts are that it is sought in.
pub fn folded(text: &str) -> String {
    Folded::new(text).text
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
        let original = "（２０２１ - 2025 年),\"12・4\"";
        let folded = Folded::new(original);
        assert_eq!(folded.text(), "（2021—2025年），“12·4”");
        let at = folded.text().find("2025").expect("there");
        assert_eq!(&original[folded.original(at..at + 7)], "2025 年");
        assert_eq!(folded.original(folded.text().len()..folded.text().len()), original.len()..original.len());
        assert_eq!(Folded::new("").original(0..0), 0..0);
    }
}
