//! How wide a text is in a terminal, in columns: a 汉字 takes two. Nearly every character of a draft stands for itself and has
//! its width by its kind alone; what combines with its neighbours (emoji, variants, accents) is left to Unicode's rules.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// The width of a character that is a sign of its own beside any other of its kind.
fn alone(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '·' | '—' | '‘' | '’' | '“' | '”' | '…' => Some(1),
        '\u{3000}'..='\u{3029}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{20000}'..='\u{2fffd}' => Some(2),
        _ => None,
    }
}

/// Whether three bytes are a common 汉字 or a mark as wide, which stand alone: nearly all characters are.
#[inline]
fn is_common(a: u8, b: u8, c: u8) -> bool {
    // U+4E00 to U+9FFF; U+3000 to U+3029; U+FF01 to U+FF3F.
    matches!((a, b, c), (0xe5..=0xe9, ..) | (0xe4, 0xb8.., _) | (0xe3, 0x80, ..=0xa9) | (0xef, 0xbc, 0x81..))
}

/// Bytes and width of the character that a text begins with, if it is soon told to stand alone.
#[inline]
fn first(text: &[u8]) -> Option<(usize, usize)> {
    match *text {
        // U+5000 to U+9FFF: the first byte tells it.
        [0xe5..=0xe9, ..] => Some((3, 2)),
        [b' '..=b'~', ..] => Some((1, 1)),
        [a, b, c, ..] => common(a, b, c),
        _ => None,
    }
}

/// The same of the character that a text ends with.
#[inline]
fn last(text: &[u8]) -> Option<(usize, usize)> {
    match *text {
        [.., 0xe5..=0xe9, _, _] => Some((3, 2)),
        [.., b' '..=b'~'] => Some((1, 1)),
        [.., a, b, c] => common(a, b, c),
        _ => None,
    }
}

/// Bytes and width of a character of three bytes that stands alone, if it is a common one.
#[inline]
fn common(a: u8, b: u8, c: u8) -> Option<(usize, usize)> {
    match (a, b, c) {
        _ if is_common(a, b, c) => Some((3, 2)),
        // — ‘ ’ “ ” …
        (0xe2, 0x80, 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6) => Some((3, 1)),
        _ => None,
    }
}

/// Whether what comes next does not combine with the sign before it.
fn parted(text: &str) -> bool {
    text.chars().next().is_none_or(|c| alone(c).is_some())
}

/// The width of a text.
pub(super) fn width(text: &str) -> usize {
    let (mut at, mut width) = (0, 0);
    while at < text.len() {
        let rare = || text[at..].chars().next().and_then(|c| Some((c.len_utf8(), alone(c)?)));
        let Some((length, wide)) = first(&text.as_bytes()[at..]).or_else(rare) else { return text.width() };
        (at, width) = (at + length, width + wide);
    }
    width
}

/// Walks over the signs of a text forward: gives where each ends, and its width.
pub(super) struct Ahead<'a> {
    text: &'a str,
    at: usize,
    /// What begins there, if it is soon told to stand alone.
    next: Option<(usize, usize)>,
}

impl<'a> Ahead<'a> {
    /// From the beginning of a sign.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, next: first(&text.as_bytes()[at..]) }
    }

    /// The next of any signs.
    #[cold]
    fn rarely_next(&mut self) -> Option<(usize, usize)> {
        let (end, wide) = after(self.text, self.at)?;
        (self.at, self.next) = (end, first(&self.text.as_bytes()[end..]));
        Some((end, wide))
    }
}

impl Iterator for Ahead<'_> {
    type Item = (usize, usize);

    #[inline]
    fn next(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        if let Some((length, wide)) = self.next {
            let end = self.at + length;
            let next = first(&bytes[end..]);
            if next.is_some() || end == bytes.len() {
                (self.at, self.next) = (end, next);
                return Some((end, wide));
            }
        }
        self.rarely_next()
    }
}

/// Walks over the signs of a text backward: gives where each begins, and its width.
pub(super) struct Back<'a> {
    text: &'a str,
    at: usize,
    /// What ends there, if it is soon told to stand alone.
    next: Option<(usize, usize)>,
}

impl<'a> Back<'a> {
    /// From the end of a sign.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, next: last(&text.as_bytes()[..at]) }
    }

    /// The next of any signs.
    #[cold]
    fn rarely_next(&mut self) -> Option<(usize, usize)> {
        let (start, wide) = before(self.text, self.at)?;
        (self.at, self.next) = (start, last(&self.text.as_bytes()[..start]));
        Some((start, wide))
    }
}

impl Iterator for Back<'_> {
    type Item = (usize, usize);

    #[inline]
    fn next(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        if let Some((length, wide)) = self.next {
            let start = self.at - length;
            let next = last(&bytes[..start]);
            if next.is_some() || start == 0 {
                (self.at, self.next) = (start, next);
                return Some((start, wide));
            }
        }
        self.rarely_next()
    }
}

/// Where the sign that begins at `at` ends, and its width; `None` at the end of the text.
fn after(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut chars = text[at..].chars();
    let first = chars.next()?;
    match alone(first) {
        Some(width) if parted(chars.as_str()) => Some((at + first.len_utf8(), width)),
        _ => text[at..].graphemes(true).next().map(|sign| (at + sign.len(), sign.width())),
    }
}

/// Where the sign that ends at `at` begins, and its width; `None` at the beginning of the text.
fn before(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut chars = text[..at].chars();
    let last = chars.next_back()?;
    match alone(last) {
        Some(width) if chars.next_back().is_none_or(|previous| alone(previous).is_some()) => Some((at - last.len_utf8(), width)),
        _ => text[..at].graphemes(true).next_back().map(|sign| (at - sign.len(), sign.width())),
    }
}

/// Where the sign begins that the character at `at` is part of.
pub(super) fn begin(text: &str, at: usize) -> usize {
    let lone = |c: Option<char>| c.is_none_or(|c| alone(c).is_some());
    if lone(text[..at].chars().next_back()) && lone(text[at..].chars().next()) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => at,
        _ => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthChar;

    use super::*;

    #[test]
    fn what_stands_alone_has_its_width_and_does_not_combine() {
        for c in '\0'..=char::MAX {
            let Some(width) = alone(c) else { continue };
            assert_eq!(Some(width), c.width(), "{c:?}");
            for known in [first(c.encode_utf8(&mut [0; 4]).as_bytes()), last(c.encode_utf8(&mut [0; 4]).as_bytes())] {
                assert!(known.is_none_or(|known| known == (c.len_utf8(), width)), "{c:?}");
            }
            assert_eq!(format!("{c}一{c}“{c}").graphemes(true).count(), 5, "{c:?}");
        }
    }

    #[test]
    fn signs_are_those_of_unicode_from_both_sides() {
        let text = "走访𠮷家村e\u{301}👨‍👩‍👧，🇨🇳🇨🇳“1\u{fe0f}\u{20e3}”葛\u{e0100}\u{200b}。\r\n\u{7}x";
        let wanted: Vec<(usize, usize)> = text.grapheme_indices(true).map(|(at, sign)| (at, at + sign.len())).collect();
        let forward = std::iter::once(0).chain(Ahead::new(text, 0).map(|(end, _)| end));
        assert_eq!(forward.take(wanted.len()).collect::<Vec<_>>(), wanted.iter().map(|sign| sign.0).collect::<Vec<_>>());
        let back = std::iter::once(text.len()).chain(Back::new(text, text.len()).map(|(start, _)| start));
        assert_eq!(back.take(wanted.len()).collect::<Vec<_>>(), wanted.iter().rev().map(|sign| sign.1).collect::<Vec<_>>());
        for (at, _) in text.char_indices() {
            let sign = wanted.iter().find(|sign| sign.0 <= at && at < sign.1).expect("a sign");
            assert_eq!(begin(text, at), sign.0, "{at}");
        }
        assert_eq!((width(text), width("全镇12个村，“一”")), (text.width(), 16));
    }
}
