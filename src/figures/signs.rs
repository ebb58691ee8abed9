//! One walk over a paragraph: where its marks and numerals stand, and whether it has blanks.

use std::ops::Range;

use super::numeral;
use crate::text::cjk;

/// What stands in a text besides common characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    /// Marks that part sentences and clauses, brackets and quotation marks.
    pub(super) marks: Vec<(usize, char)>,
    /// The characters with which a numeral may begin.
    pub(super) numerals: Vec<usize>,
    /// White space, a line end and zero-width characters included.
    pub(super) blanks: Vec<(usize, char)>,
}

impl Signs {
    /// Walks over a text.
    pub(super) fn of(text: &str) -> Self {
        let mut signs = Self { marks: Vec::with_capacity(text.len() / 24), ..Self::default() };
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            // U+4000 to U+9FFF begin with these bytes and have two more.
            if matches!(first, 0xe4..=0xe9) {
                if let Some(&[second, third]) = bytes[at + 1..].first_chunk()
                    && numeral::may_be_han(second, third)
                    && text[at..].starts_with(numeral::starts)
                {
                    signs.numerals.push(at);
                }
                at += 3;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            match c {
                // The marks that stand most often.
                '，' | '。' | '、' | '“' | '”' => signs.marks.push((at, c)),
                '0'..='9' | '０'..='９' | '〇' => signs.numerals.push(at),
                _ if is_mark(c) => signs.mark(at, c),
                _ if cjk::is_blank(c) => signs.blanks.push((at, c)),
                _ => {}
            }
            at += c.len_utf8();
        }
        signs
    }

    /// Takes in a mark; a line end is a blank too.
    fn mark(&mut self, at: usize, c: char) {
        self.marks.push((at, c));
        if c == '\n' {
            self.blanks.push((at, c));
        }
    }

    /// The signs of the text without some of its bytes: ranges in their order.
    pub(super) fn without(&mut self, left_out: &[Range<usize>]) {
        let moved = |next: &mut usize, gone: &mut usize, at: usize| {
            while let Some(gap) = left_out.get(*next).filter(|gap| gap.start < at) {
                (*next, *gone) = (*next + 1, *gone + gap.len());
            }
            at - *gone
        };
        let is_left = |at: &usize| left_out.binary_search_by_key(at, |gap| gap.start).is_err();
        let (mut next, mut gone) = (0, 0);
        self.marks.retain(|(at, _)| is_left(at));
        self.marks.iter_mut().for_each(|(at, _)| *at = moved(&mut next, &mut gone, *at));
        let (mut next, mut gone) = (0, 0);
        self.numerals.iter_mut().for_each(|at| *at = moved(&mut next, &mut gone, *at));
        let (mut next, mut gone) = (0, 0);
        self.blanks.retain(|(at, _)| is_left(at));
        self.blanks.iter_mut().for_each(|(at, _)| *at = moved(&mut next, &mut gone, *at));
    }
}

/// Whether a character parts sentences or clauses, or opens or closes a pair.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '!' | '?' | '\n' | '，' | '；' | '：' | ';' | ',' | ':' | '、' | '（' | '）' | '(' | ')' | '《' | '》'
            | '〈' | '〉' | '“' | '”' | '‘' | '’' | '【' | '】' | '〔' | '〕' | '[' | ']' | '［' | '］' | '「' | '」' | '{' | '}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Asking of every character is the oracle.
        #[test]
        fn finds_what_every_character_says(text in "(\\PC|[一二百万镇，。（）“”‘’》〇９0-9 \u{3000}\n:;])*") {
            let signs = Signs::of(&text);
            let all = |is: &dyn Fn(char) -> bool| text.char_indices().filter(|(_, c)| is(*c)).collect::<Vec<_>>();
            let opens_or_closes = |c| cjk::closing(c).is_some() || "）)》〉”’】〕]］」}".contains(c);
            prop_assert_eq!(signs.marks, all(&|c| opens_or_closes(c) || "。！？!?\n，；：;,:、".contains(c)));
            prop_assert_eq!(signs.numerals, all(&numeral::starts).into_iter().map(|(at, _)| at).collect::<Vec<_>>());
            prop_assert_eq!(signs.blanks, all(&cjk::is_blank));
        }
    }
}
