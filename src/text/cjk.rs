//! Small facts about Chinese characters and marks.

use std::borrow::Cow;
use std::ops::Range;

/// A 汉字 (the unified ideographs and their extensions).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A character of Chinese running text: 汉字, full-width marks and forms.
pub fn is_cjk(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '—' | '…' | '“' | '”' | '‘' | '’' | '·')
}

/// A mark that ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// White space of every width, the byte order mark and zero-width characters included.
#[inline]
pub fn is_blank(c: char) -> bool {
    // Letters and digits, 汉字 and their marks are told at once.
    !matches!(c, '!'..='~' | '\u{3001}'..='\u{fefe}' | '\u{ff00}'..) && is_rare_blank(c)
}

fn is_rare_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

/// The characters of a text that are no common 汉字, with their places. Nine of ten characters are common ones and are
/// told by their first byte alone, so that what looks for marks, digits or blanks need not read them.
pub fn uncommon(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // U+4000 to U+9FFF begin with these bytes and have two more.
        while matches!(bytes.get(at)?, 0xe4..=0xe9) {
            at += 3;
        }
        let start = at;
        let c = match bytes[start..] {
            [ascii @ 0..=0x7f, ..] => char::from(ascii),
            [a @ 0xe0..=0xef, b, c, ..] => char::from_u32(code(a, b, c))?,
            _ => text[start..].chars().next()?,
        };
        at += c.len_utf8();
        Some((start, c))
    })
}

/// Where the numbers of a text stand, written in the digits 0 to 9.
pub fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut behind = 0;
    std::iter::from_fn(move || {
        let start = behind + first_digit(&bytes[behind..])?;
        behind = bytes[start..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |length| start + length);
        Some(start..behind)
    })
}

/// The first of the digits 0 to 9, sought many bytes at a time.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    let (blocks, _) = bytes.as_chunks::<32>();
    let is_without = |block: &&[u8; 32]| block.iter().fold(0, |any, byte| any | u8::from(byte.is_ascii_digit())) == 0;
    let start = blocks.iter().take_while(is_without).count() * 32;
    bytes[start..].iter().position(u8::is_ascii_digit).map(|at| start + at)
}

/// A text without white space of any width.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    if !has_blank(text) {
        return text.into();
    }
    let mut squeezed = String::with_capacity(text.len());
    text.split(is_blank).for_each(|part| squeezed.push_str(part));
    squeezed.into()
}

/// Whether a text holds white space of any width.
pub fn has_blank(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            // 汉字 and what stands between them, with Latin letters, are told by their first bytes.
            [0xe4..=0xee, _, _, rest @ ..] | [b'!'..=b'~', rest @ ..] => rest,
            [0xef, second, third, rest @ ..] if (*second, *third) != (0xbb, 0xbf) => rest,
            [0xe3, second, third, rest @ ..] if (*second, *third) != (0x80, 0x80) => rest,
            [] => return false,
            _ => match text[text.len() - rest.len()..].chars().next() {
                Some(c) if !is_blank(c) => &rest[c.len_utf8()..],
                _ => return true,
            },
        }
    }
}

/// A text without white space before it.
#[inline]
pub fn trim_start(text: &str) -> &str {
    // Most texts begin with a common 汉字, a mark of full width or a digit.
    match text.as_bytes() {
        [0xe4..=0xe9 | b'!'..=b'~', ..] | [0xef, 0xbc, ..] | [] => text,
        _ => text.trim_start_matches(is_blank),
    }
}

/// A text without white space at its ends.
pub fn trimmed(text: &str) -> Range<usize> {
    let is_plain = |byte: Option<&u8>| matches!(byte, Some(b'!'..=b'~'));
    let bytes = text.as_bytes();
    // Most texts begin with a common 汉字 and end with a mark of full width other than U+FEFF.
    let begins = matches!(bytes.first(), Some(0xe4..=0xe9)) || is_plain(bytes.first());
    let ends =
        is_plain(bytes.last()) || matches!(bytes, [.., 0xe4..=0xe9, _, _] | [.., 0xef, 0xbc, _] | [.., 0xe3, 0x80, 0x81..=0xbf]);
    let end = if ends { text.len() } else { text.trim_end_matches(is_blank).len() };
    let start = if begins { 0 } else { end - text[..end].trim_start_matches(is_blank).len() };
    start..end
}

/// A text in quotation marks, its own within them single ones. What is all one quotation keeps its marks.
pub fn quoted(text: &str) -> Cow<'_, str> {
    // Most have none, and none that begins like one.
    if memchr::memchr(0xe2, text.as_bytes()).is_none() {
        return ["“", text, "”"].concat().into();
    }
    let is_double = |c| matches!(c, '“' | '”');
    if text.strip_prefix('“').and_then(|inner| inner.strip_suffix('”')).is_some_and(|inner| !inner.contains(is_double)) {
        return text.into();
    }
    ["“", &text.replace('“', "‘").replace('”', "’"), "”"].concat().into()
}

/// The closing mark that belongs to an opening one.
pub fn closing(open: char) -> Option<char> {
    Some(match open {
        '（' => '）',
        '(' => ')',
        '《' => '》',
        '〈' => '〉',
        '“' => '”',
        '‘' => '’',
        '【' => '】',
        '〔' => '〕',
        '[' => ']',
        '［' => '］',
        '「' => '」',
        '{' => '}',
        _ => return None,
    })
}

/// How many 汉字, letters and digits a text holds: its length as a drafter counts it, without blanks and marks.
pub fn length(text: &str) -> usize {
    text.chars().filter(|c| is_counted(*c)).count()
}

/// Whether a character counts for the length of a text: 汉字, letters and digits do.
pub fn is_counted(c: char) -> bool {
    match c {
        // The marks of most texts are told at once.
        '、' | '。' | '，' | '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》' | ' ' => false,
        _ => is_han(c) || c.is_alphanumeric(),
    }
}

/// Whether a character is one of the digits 0 to 9, of either width.
#[inline]
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// A letter, digit or mark of full width in its half width; other characters as they are.
#[inline]
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c),
        _ => c,
    }
}

/// The code of a character of three bytes. Where a shorter or a longer one begins, it is none from U+0080 to U+FFFF.
#[inline]
pub(crate) fn code(first: u8, second: u8, third: u8) -> u32 {
    // What marks the bytes as those of one character is the same in all.
    const MARKS: u32 = 0xe0 << 12 | 0x80 << 6 | 0x80;
    ((u32::from(first) << 12) + (u32::from(second) << 6) + u32::from(third)).wrapping_sub(MARKS)
}

/// Whether a numeral may begin with a character: digits of either width, 汉字 for digits and their multiples.
pub fn begins_numeral(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '０'..='９' | '零' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '〇' | '十' | '百' | '千' | '万'
    )
}

/// The value of one Chinese digit (〇 to 九, with 两), if `c` is one.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// A Chinese numeral below 10,000 (十二, 三百二十, 二〇二三), or `None` where the text is no such numeral.
///
/// ```
/// use rlcheck::text::cjk::numeral;
/// assert_eq!(numeral("十二"), Some(12));
/// assert_eq!(numeral("三百零五"), Some(305));
/// assert_eq!(numeral("二〇二三"), Some(2023));
/// assert_eq!(numeral("十十"), None);
/// ```
pub fn numeral(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u32, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut pending, mut last_unit) = (0, None, 10_000);
    for c in text.chars() {
        if let Some(d) = digit(c) {
            if pending.is_some_and(|p| p != 0) {
                return None;
            }
            pending = Some(d);
        } else {
            let unit = match c {
                '十' | '拾' => 10,
                '百' => 100,
                '千' => 1000,
                _ => return None,
            };
            if unit >= last_unit {
                return None;
            }
            total += pending.take().unwrap_or(1) * unit;
            last_unit = unit;
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// Writes a number from 0 to 99 as a heading does: 三, 十二, 二十.
pub fn write_numeral(n: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (n / 10 % 10, n % 10);
    match (tens, ones) {
        (0, _) => DIGITS[ones as usize].to_owned(),
        (1, 0) => "十".to_owned(),
        (1, _) => format!("十{}", DIGITS[ones as usize]),
        (_, 0) => format!("{}十", DIGITS[tens as usize]),
        _ => format!("{}十{}", DIGITS[tens as usize], DIGITS[ones as usize]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uncommon_characters_are_all_but_common_ones() {
        let text = "全镇 12 个村，㐀𠮷，“法治”\u{3fff}\u{4000}\u{9fff}\u{a000}。\n";
        let wanted: Vec<_> = text.char_indices().filter(|(_, c)| !('\u{4000}'..='\u{9fff}').contains(c)).collect();
        assert_eq!(uncommon(text).collect::<Vec<_>>(), wanted);
        assert!(has_blank("一　二") && !has_blank("一二"));
    }

    #[test]
    fn quotations_within_quotations_have_single_marks() {
        for (text, wanted) in [
            ("法制政府", "“法制政府”"),
            ("“三公”", "“三公”"),
            ("“三公”经费", "“‘三公’经费”"),
            ("“一村”“一顾问”", "“‘一村’‘一顾问’”"),
            ("工作“重形式、轻实效”", "“工作‘重形式、轻实效’”"),
        ] {
            assert_eq!(quoted(text), wanted);
        }
    }

    #[test]
    fn numbers_have_their_places() {
        let text = format!("4年，{}2024年底1", "镇".repeat(30));
        assert_eq!(numbers(&text).map(|range| &text[range]).collect::<Vec<_>>(), ["4", "2024", "1"]);
        assert_eq!(numbers("年").next(), None);
    }

    #[test]
    fn numerals_read_back_as_written() {
        for n in 1..100 {
            assert_eq!(numeral(&write_numeral(n)), Some(n));
        }
    }

    #[test]
    fn what_is_no_numeral_is_refused() {
        for text in ["", "一是", "十百", "三三十", "共"] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }
}
