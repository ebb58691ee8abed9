//! Numbers at the head of a line: 一、 （一） 1. （1） ① 第一部分 一是.

use crate::text::cjk;

/// How a number is written; the order is that of the levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberStyle {
    /// `第一部分`, `第一章`.
    Part,
    /// `一、`.
    Han,
    /// `（一）`.
    HanBracket,
    /// `1.`.
    Arabic,
    /// `（1）`, `1）`.
    ArabicBracket,
    /// `①`.
    Circled,
    /// `一是`, `第一，`, `首先，`: points within a paragraph, never headings.
    Point,
}

impl NumberStyle {
    /// The level in the outline that the style stands for (GB/T 9704 7.3.3): 1 to 4, 5 for circled numbers and points.
    pub fn level(self) -> u8 {
        match self {
            Self::Part | Self::Han => 1,
            Self::HanBracket => 2,
            Self::Arabic => 3,
            Self::ArabicBracket => 4,
            Self::Circled | Self::Point => 5,
        }
    }
}

/// A number found at the head of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) style: NumberStyle,
    pub(super) value: u32,
    /// Bytes of the text that the number takes, its mark and the blanks behind it included.
    pub(super) len: usize,
}

/// Reads the number at the head of `text`, if there is one.
pub(super) fn at_head(text: &str) -> Option<Found> {
    let first = text.chars().next()?;
    let mut found = match first {
        '第' => part(text)?,
        '（' | '(' => bracketed(text)?,
        '①'..='⑳' | '⑴'..='⒇' | '㈠'..='㈩' => circled(first)?,
        '0'..='9' | '０'..='９' => arabic(text).and_then(|(value, len)| plain(text, value, len, NumberStyle::Arabic))?,
        _ if is_han_digit(first) => han(text).and_then(|(value, len)| {
            point(text, value, len, &['是', '要']).or_else(|| plain(text, value, len, NumberStyle::Han))
        })?,
        _ => return None,
    };
    let rest = &text[found.len..];
    found.len += rest.len() - cjk::trim_start(rest).len();
    Some(found)
}

fn is_han_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Splits a Chinese numeral off the front: its value and its length in bytes.
fn han(text: &str) -> Option<(u32, usize)> {
    let len = text.find(|c| !is_han_digit(c)).unwrap_or(text.len());
    let value = match text[..len].chars().next()? {
        '十' if len == '十'.len_utf8() => 10,
        digit if len == digit.len_utf8() => cjk::digit(digit)?,
        _ => cjk::numeral(&text[..len])?,
    };
    Some((value, len)).filter(|&(value, _)| (1..100).contains(&value))
}

/// Splits up to two digits of either width off the front.
fn arabic(text: &str) -> Option<(u32, usize)> {
    let digit = |c: char| c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32));
    let (mut value, mut len, mut count) = (0, 0, 0);
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        (value, len, count) = (value * 10 + d, len + c.len_utf8(), count + 1);
        if count > 2 {
            return None;
        }
    }
    (value > 0).then_some((value, len))
}

fn part(text: &str) -> Option<Found> {
    let rest = text.strip_prefix('第')?;
    let (value, len) = han(rest).or_else(|| arabic(rest))?;
    let tail = &rest[len..];
    let Some(unit) = ["部分", "章"].into_iter().find(|unit| tail.starts_with(unit)) else {
        let is_han = rest.starts_with(is_han_digit);
        return point(text, value, '第'.len_utf8() + len, &['，', ',', '、']).filter(|_| is_han);
    };
    let after = &tail[unit.len()..];
    let mark = after.len() - after.trim_start_matches(['：', ':', '、', '.', '．', ' ', '　']).len();
    Some(Found { style: NumberStyle::Part, value, len: '第'.len_utf8() + len + unit.len() + mark })
}

fn circled(first: char) -> Option<Found> {
    let (style, base) = match first {
        '①'..='⑳' => (NumberStyle::Circled, '①'),
        '⑴'..='⒇' => (NumberStyle::ArabicBracket, '⑴'),
        '㈠'..='㈩' => (NumberStyle::HanBracket, '㈠'),
        _ => return None,
    };
    Some(Found { style, value: first as u32 - base as u32 + 1, len: first.len_utf8() })
}

fn bracketed(text: &str) -> Option<Found> {
    let inner = text.strip_prefix(['（', '('])?;
    let open = text.len() - inner.len();
    let trimmed = cjk::trim_start(inner);
    let (value, len, style) = match han(trimmed) {
        Some((value, len)) => (value, len, NumberStyle::HanBracket),
        None => arabic(trimmed).map(|(value, len)| (value, len, NumberStyle::ArabicBracket))?,
    };
    let rest = cjk::trim_start(&trimmed[len..]);
    let after = rest.strip_prefix(['）', ')'])?;
    debug_assert!(open > 0);
    let mark = after.len() - after.trim_start_matches(['、', '.', '．']).len();
    Some(Found { style, value, len: text.len() - after.len() + mark })
}

/// A numeral that takes `len` bytes, with one of `marks` behind it.
fn point(text: &str, value: u32, len: usize, marks: &[char]) -> Option<Found> {
    let mark = text[len..].chars().next().filter(|c| marks.contains(c))?;
    Some(Found { style: NumberStyle::Point, value, len: len + mark.len_utf8() })
}

/// A numeral that takes `len` bytes, with a mark of enumeration behind it.
fn plain(text: &str, value: u32, len: usize, style: NumberStyle) -> Option<Found> {
    let rest = cjk::trim_start(&text[len..]);
    let mark = rest.chars().next()?;
    let after = &rest[mark.len_utf8()..];
    let fits = match mark {
        '、' | '．' | '.' => style == NumberStyle::Han || !after.starts_with(|c: char| c.is_numeric()),
        ',' => style == NumberStyle::Han,
        '）' | ')' => true,
        _ => false,
    };
    let style = match (style, mark) {
        (NumberStyle::Han, '）' | ')') => NumberStyle::HanBracket,
        (NumberStyle::Arabic, '）' | ')') => NumberStyle::ArabicBracket,
        _ => style,
    };
    fits.then(|| Found { style, value, len: text.len() - after.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_style() {
        for (text, style, value, rest) in [
            ("一、主要举措", NumberStyle::Han, 1, "主要举措"),
            ("三. 坚持", NumberStyle::Han, 3, "坚持"),
            ("十二、 安排", NumberStyle::Han, 12, "安排"),
            ("（二）公开", NumberStyle::HanBracket, 2, "公开"),
            ("( 三 ) 公开", NumberStyle::HanBracket, 3, "公开"),
            ("四）公开", NumberStyle::HanBracket, 4, "公开"),
            ("㈠公开", NumberStyle::HanBracket, 1, "公开"),
            ("1.学习", NumberStyle::Arabic, 1, "学习"),
            ("２．学习", NumberStyle::Arabic, 2, "学习"),
            ("3、学习", NumberStyle::Arabic, 3, "学习"),
            ("（1）学习", NumberStyle::ArabicBracket, 1, "学习"),
            ("②学习", NumberStyle::Circled, 2, "学习"),
            ("第一部分 主要举措", NumberStyle::Part, 1, "主要举措"),
            ("第二部分：不足", NumberStyle::Part, 2, "不足"),
            ("一是学习", NumberStyle::Point, 1, "学习"),
            ("第二，学习", NumberStyle::Point, 2, "学习"),
        ] {
            let found = at_head(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.style, found.value, &text[found.len..]), (style, value, rest), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in
            ["2021年以来", "12.5万元", "一些干部", "3.15活动", "十八届六中全会", "（此件公开发布）", "第一责任人", "202、", ""]
        {
            assert_eq!(at_head(text), None, "{text}");
        }
    }
}
