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

/// Whether a byte begins a 汉字 of U+5000 to U+9FFF: the first byte tells it.
#[inline]
fn is_han(first: u8) -> bool {
    matches!(first, 0xe5..=0xe9)
}

/// Whether a byte is a character that stands alone, from the blank to the tilde.
#[inline]
fn is_letter(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether what comes next does not combine with the sign before it.
fn parted(text: &str) -> bool {
    match text.as_bytes().first() {
        // U+4000 to U+4FFF begin with the last of these bytes.
        None | Some(b' '..=b'~' | 0xe4..=0xe9) => true,
        Some(_) => text.chars().next().is_none_or(|c| alone(c).is_some()),
    }
}

/// The width of a text.
pub(super) fn width(text: &str) -> usize {
    let (mut at, mut width) = (0, 0);
    loop {
        let (length, wide) = match text.as_bytes()[at..] {
            [] => return width,
            [first, ..] if is_han(first) => (3, 2),
            [letter, ..] if is_letter(letter) => (1, 1),
            [a, b, c, ..] if is_common(a, b, c) => (3, 2),
            _ => {
                let first = text[at..].chars().next();
                let Some((c, wide)) = first.and_then(|c| Some((c, alone(c)?))) else { return text.width() };
                (c.len_utf8(), wide)
            }
        };
        (at, width) = (at + length, width + wide);
    }
}

/// Where the sign that begins at `at` ends, and its width; `None` at the end of the text.
#[inline]
pub(super) fn after(text: &str, at: usize) -> Option<(usize, usize)> {
    match text.as_bytes()[at..] {
        [first, _, _, next, ..] if is_han(first) && is_han(next) => Some((at + 3, 2)),
        [a, b, c, ref rest @ ..] if is_common(a, b, c) && parted_soon(rest) => Some((at + 3, 2)),
        [letter, ref rest @ ..] if is_letter(letter) && parted_soon(rest) => Some((at + 1, 1)),
        _ => rarely_after(text, at),
    }
}

/// Whether what comes next is soon told not to combine with the sign before it.
#[inline]
fn parted_soon(rest: &[u8]) -> bool {
    match *rest {
        [] => true,
        [letter, ..] if is_letter(letter) => true,
        [a, b, c, ..] => is_common(a, b, c),
        _ => false,
    }
}

/// The same for any sign.
fn rarely_after(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut chars = text[at..].chars();
    let first = chars.next()?;
    match alone(first) {
        Some(width) if parted(chars.as_str()) => Some((at + first.len_utf8(), width)),
        _ => text[at..].graphemes(true).next().map(|sign| (at + sign.len(), sign.width())),
    }
}

/// Where the sign that ends at `at` begins, and its width; `None` at the beginning of the text.
#[inline]
pub(super) fn before(text: &str, at: usize) -> Option<(usize, usize)> {
    match text.as_bytes()[..at] {
        [.., previous, _, _, last, _, _] if is_han(previous) && is_han(last) => Some((at - 3, 2)),
        [ref rest @ .., a, b, c] if is_common(a, b, c) && ends_alone(rest) => Some((at - 3, 2)),
        [ref rest @ .., letter] if is_letter(letter) && ends_alone(rest) => Some((at - 1, 1)),
        _ => rarely_before(text, at),
    }
}

/// Whether what a text ends with is soon told to stand alone.
#[inline]
fn ends_alone(rest: &[u8]) -> bool {
    match *rest {
        [] => true,
        [.., letter] if is_letter(letter) => true,
        [.., a, b, c] => is_common(a, b, c),
        _ => false,
    }
}

/// The same for any sign.
fn rarely_before(text: &str, at: usize) -> Option<(usize, usize)> {
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
            if let Some(width) = alone(c) {
                assert_eq!(Some(width), c.width(), "{c:?}");
            } else if !parted(c.encode_utf8(&mut [0; 4])) {
                continue;
            }
            assert_eq!(format!("{c}一{c}“{c}").graphemes(true).count(), 5, "{c:?}");
        }
    }

    #[test]
    fn signs_are_those_of_unicode_from_both_sides() {
        let text = "走访𠮷家村e\u{301}👨‍👩‍👧，🇨🇳🇨🇳“1\u{fe0f}\u{20e3}”葛\u{e0100}\u{200b}。\r\n\u{7}x";
        let wanted: Vec<(usize, usize)> = text.grapheme_indices(true).map(|(at, sign)| (at, at + sign.len())).collect();
        let forward = std::iter::successors(Some(0), |at| after(text, *at).map(|(end, _)| end));
        assert_eq!(forward.take(wanted.len()).collect::<Vec<_>>(), wanted.iter().map(|sign| sign.0).collect::<Vec<_>>());
        let back = std::iter::successors(Some(text.len()), |at| before(text, *at).map(|(start, _)| start));
        assert_eq!(back.take(wanted.len()).collect::<Vec<_>>(), wanted.iter().rev().map(|sign| sign.1).collect::<Vec<_>>());
        for (at, _) in text.char_indices() {
            let sign = wanted.iter().find(|sign| sign.0 <= at && at < sign.1).expect("a sign");
            assert_eq!(begin(text, at), sign.0, "{at}");
        }
        assert_eq!((width(text), width("全镇12个村，“一”")), (text.width(), 16));
    }
}
