//! Numerals: digits, Chinese numerals and mixtures of both, read to a value.

use std::ops::Range;

use crate::text::cjk;
pub(crate) use crate::text::cjk::begins_numeral as starts;

/// How a numeral is written, where that says what it measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `35`, `1.2万`, `三百二十`.
    Plain,
    /// `98%`, `百分之九十八`, `九成`: the value is in hundredths.
    Percent,
    /// `1/4`, `三分之一`.
    Fraction,
}

/// A numeral found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// Where it stands, a per cent sign included.
    pub range: Range<usize>,
    /// Its value.
    pub value: f64,
    /// Unit of its last digit as written: `1.2万` has 1000, `94.3%` has 0.1.
    pub step: f64,
    /// The multiplier that was written out: `1.2万` has 10 000.
    pub scale: f64,
    /// A 余, 多 or 几 inside it (`10余万`, `三百余`).
    pub more: bool,
    /// How it is written.
    pub form: Form,
    /// Whether it is written in 汉字 only.
    pub chinese: bool,
}

/// The ASCII form of a half- or full-width digit, decimal point or per cent sign.
pub(crate) fn fold(c: char) -> char {
    match c {
        '０'..='９' | '．' | '％' | '／' => cjk::half_width(c),
        _ => c,
    }
}

/// Reads the numeral that begins at byte `at`, if one does.
///
/// ```
/// use rlcheck::figures::numeral;
/// assert_eq!(numeral("2.38万亿元", 0).map(|n| n.value), Some(2.38e12));
/// assert_eq!(numeral("百分之九十八", 0).map(|n| n.value), Some(98.0));
/// assert_eq!(numeral("镇", 0), None);
/// ```
pub fn numeral(text: &str, at: usize) -> Option<Numeral> {
    let first = text[at..].chars().next()?;
    if fold(first).is_ascii_digit() { Some(arabic(text, at)) } else { chinese(text, at) }
}

fn han_digit(c: char) -> Option<f64> {
    matches!(c, '零' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '〇')
        .then(|| cjk::digit(c).map(f64::from))
        .flatten()
}

fn multiplier(c: char) -> Option<f64> {
    Some(match c {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// Walks over a text character by character.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn second(&self) -> Option<char> {
        self.text[self.at..].chars().nth(1)
    }

    fn take(&mut self) {
        if let Some(c) = self.peek() {
            self.at += c.len_utf8();
        }
    }

    /// Whether three digits stand behind the separator at the cursor, and no fourth.
    fn has_group(&self) -> bool {
        self.text[self.at..].chars().skip(1).take(4).take_while(|c| fold(*c).is_ascii_digit()).count() == 3
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.text[self.at..].starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }
}

/// Digits with separators and decimals: value and number of decimals.
fn digits(cursor: &mut Cursor<'_>) -> (f64, i32) {
    let start = cursor.at;
    let (mut number, mut length, mut decimals, mut grouped) = (0_u64, 0, 0, false);
    loop {
        while let Some(digit @ b'0'..=b'9') = cursor.text.as_bytes().get(cursor.at) {
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            (length, cursor.at) = (length + 1, cursor.at + 1);
        }
        match cursor.peek().map(fold) {
            Some(digit @ '0'..='9') => {
                number = number.wrapping_mul(10).wrapping_add(u64::from(digit as u32 - '0' as u32));
                length += 1;
            }
            Some(',' | '，') if (grouped || (1..=3).contains(&length)) && cursor.has_group() => grouped = true,
            _ => break,
        }
        cursor.take();
    }
    if cursor.peek().map(fold) == Some('.') && cursor.second().map(fold).is_some_and(|c| c.is_ascii_digit()) {
        cursor.take();
        while let Some(digit @ '0'..='9') = cursor.peek().map(fold) {
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit as u32 - '0' as u32));
            (length, decimals) = (length + 1, decimals + 1);
            cursor.take();
        }
    }
    // So many digits and such a power of ten are exact, and the quotient is rounded once.
    let value = if length <= 15 {
        number as f64 / 10f64.powi(decimals)
    } else {
        cursor.text[start..cursor.at]
            .chars()
            .map(fold)
            .filter(|c| !matches!(c, ',' | '，'))
            .collect::<String>()
            .parse()
            .unwrap_or(0.0)
    };
    (value, decimals)
}

/// `万`, `千`, `万亿` behind digits; `千瓦`, `千米` are units and stay.
fn scale(cursor: &mut Cursor<'_>) -> f64 {
    let mut scale = 1.0;
    while let Some(c) = cursor.peek() {
        let Some(by) = multiplier(c) else { break };
        let unit = cursor.text[cursor.at + c.len_utf8()..].chars().next();
        if c == '千' && unit.is_some_and(|u| "瓦米克伏卡".contains(u)) || c == '百' && unit == Some('分') {
            break;
        }
        scale *= by;
        cursor.take();
    }
    scale
}

fn arabic(text: &str, at: usize) -> Numeral {
    let mut cursor = Cursor { text, at };
    let (mut value, decimals) = digits(&mut cursor);
    let mut step = 10f64.powi(-decimals);
    let (mut more, mut form) = (false, Form::Plain);
    // 10余万, 3千余
    if matches!(cursor.peek(), Some('余' | '多' | '几')) && cursor.second().is_some_and(|c| multiplier(c).is_some()) {
        more = true;
        cursor.take();
    }
    let mut by = scale(&mut cursor);
    value *= by;
    step *= by;
    // 1亿2000万, 3万5千
    while by >= 1e3 && decimals == 0 && !more && cursor.peek().map(fold).is_some_and(|c| c.is_ascii_digit()) {
        let mark = cursor.at;
        let (part, fraction) = digits(&mut cursor);
        let lower = scale(&mut cursor);
        if lower >= by || fraction > 0 || part * lower >= by || (lower < 2.0 && part < 1000.0) {
            cursor.at = mark;
            break;
        }
        value += part * lower;
        (step, by) = (lower, lower);
    }
    match cursor.peek().map(fold) {
        Some('%') => {
            form = Form::Percent;
            cursor.take();
        }
        Some('‰') => {
            form = Form::Percent;
            (value, step) = (value / 10.0, step / 10.0);
            cursor.take();
        }
        Some('/') if decimals == 0 && by < 2.0 => {
            let mark = cursor.at;
            cursor.take();
            let (under, fraction) =
                if cursor.peek().map(fold).is_some_and(|c| c.is_ascii_digit()) { digits(&mut cursor) } else { (0.0, 0) };
            if under > value && fraction == 0 && under < 100.0 {
                (value, step, form) = (value / under, 0.0, Form::Fraction);
            } else {
                cursor.at = mark;
            }
        }
        Some('成') if decimals == 0 && value < 10.0 && by < 2.0 && tenths(&cursor) => {
            (value, step, form) = (value * 10.0, 10.0, Form::Percent);
            cursor.take();
        }
        _ => {}
    }
    Numeral { range: at..cursor.at, value, step, scale: by, more, form, chinese: false }
}

/// Whether the 成 at the cursor is a tenth (`九成以上`), not the beginning of a word (`成立`).
fn tenths(cursor: &Cursor<'_>) -> bool {
    cursor.second().is_none_or(|c| !"立为功果员效长都本品型就熟交分绩".contains(c))
}

/// A Chinese numeral with its own grammar: 三百二十, 两万三千, 一亿零五百万, 十余, 三点五.
fn chinese(text: &str, at: usize) -> Option<Numeral> {
    let mut cursor = Cursor { text, at };
    let parts = match cursor.peek() {
        Some('百') => Some(1.0),
        Some('千') => Some(10.0),
        Some('万') => Some(100.0),
        _ => None,
    };
    if let Some(parts) = parts
        && text[at + '百'.len_utf8()..].starts_with("分之")
    {
        cursor.at += "百分之".len();
        let (value, step) = if cursor.eat("百") { (100.0, 1.0) } else { han_or_digits(&mut cursor)? };
        let range = at..cursor.at;
        return Some(Numeral {
            range,
            value: value / parts,
            step: step / parts,
            scale: 1.0,
            more: false,
            form: Form::Percent,
            chinese: true,
        });
    }
    let (value, step, by, more) = han_number(&mut cursor)?;
    let mut read = Numeral { range: at..cursor.at, value, step, scale: by, more, form: Form::Plain, chinese: true };
    if !more && cursor.eat("分之") && value > 1.0 {
        if let Some((over, _)) = han_or_digits(&mut cursor)
            && over < value
        {
            read = Numeral { range: at..cursor.at, value: over / value, step: 0.0, form: Form::Fraction, ..read };
        }
    } else if cursor.peek() == Some('成') && (1.0..10.0).contains(&value) && tenths(&cursor) {
        cursor.take();
        let half = cursor.peek().and_then(han_digit).filter(|d| *d > 0.0);
        if half.is_some() {
            cursor.take();
        }
        let value = value * 10.0 + half.unwrap_or(0.0);
        read =
            Numeral { range: at..cursor.at, value, step: if half.is_some() { 1.0 } else { 10.0 }, form: Form::Percent, ..read };
    }
    Some(read)
}

fn han_or_digits(cursor: &mut Cursor<'_>) -> Option<(f64, f64)> {
    if cursor.peek().map(fold)?.is_ascii_digit() {
        let (value, decimals) = digits(cursor);
        return Some((value, 10f64.powi(-decimals)));
    }
    han_number(cursor).map(|(value, step, _, _)| (value, step))
}

/// Value, step, written multiplier and 余 of a Chinese number.
fn han_number(cursor: &mut Cursor<'_>) -> Option<(f64, f64, f64, bool)> {
    let start = cursor.at;
    let (mut total, mut section, mut digit) = (0.0, 0.0, None::<f64>);
    let (mut last, mut plain, mut more) = (1.0, 0usize, false);
    let (mut count, mut bare) = (0, true);
    while let Some(c) = cursor.peek() {
        if let Some(d) = han_digit(c) {
            bare = false;
            if digit.is_some_and(|p| p > 0.0) {
                plain += 1; // 二〇二二, 三四
            }
            digit = Some(d);
            last = 1.0;
        } else if let Some(by) = multiplier(c) {
            if c == '千' && cursor.second().is_some_and(|u| "瓦米克伏".contains(u)) {
                break;
            }
            bare &= c != '十';
            if by >= 1e4 {
                section += digit.take().unwrap_or(0.0);
                total = if section > 0.0 { total + section * by } else { total * by };
                if total == 0.0 {
                    total = by;
                }
                section = 0.0;
            } else {
                section += digit.take().filter(|d| *d > 0.0).unwrap_or(1.0) * by;
            }
            last = by;
        } else if matches!(c, '余' | '多' | '几')
            && cursor.at > start
            && cursor.second().is_some_and(|n| multiplier(n).is_some_and(|m| m >= 1e4))
        {
            more = true;
        } else if c == '点' && digit.is_some() && cursor.second().is_some_and(|n| han_digit(n).is_some()) {
            return han_decimal(cursor, total + section + digit.unwrap_or(0.0), plain);
        } else {
            break;
        }
        count += 1;
        cursor.take();
    }
    if count == 0 || plain > 0 && !(plain == 3 && count == 4) {
        return None;
    }
    // 百, 千, 万 alone count only with 余 or 多 behind them.
    if bare && !matches!(cursor.peek(), Some('余' | '多')) {
        return None;
    }
    if plain == 3 {
        return Some((f64::from(cjk::numeral(&cursor.text[start..cursor.at])?), 1.0, 1.0, false));
    }
    let step = if last >= 1e3 { last } else { 1.0 };
    Some((total + section + digit.unwrap_or(0.0), step, step, more))
}

fn han_decimal(cursor: &mut Cursor<'_>, whole: f64, plain: usize) -> Option<(f64, f64, f64, bool)> {
    if plain > 0 {
        return None;
    }
    cursor.take();
    let (mut value, mut step) = (whole, 1.0);
    while let Some(d) = cursor.peek().and_then(han_digit) {
        step /= 10.0;
        value += d * step;
        cursor.take();
    }
    let by = scale(cursor);
    Some((value * by, step * by, by, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<f64> {
        numeral(text, 0).filter(|n| n.range.end == text.len()).map(|n| n.value)
    }

    #[test]
    fn ways_to_write_a_number() {
        for (text, value) in [
            ("35", 35.0),
            ("３５", 35.0),
            ("1,286", 1286.0),
            ("1.2万", 12000.0),
            ("三百二十", 320.0),
            ("百分之九十八", 98.0),
            ("百分之九十八点五", 98.5),
            ("百分之百", 100.0),
            ("九成", 90.0),
            ("2.38万亿", 2.38e12),
            ("3千万", 3e7),
            ("1亿2000万", 1.2e8),
            ("两万", 20000.0),
            ("十", 10.0),
            ("十二", 12.0),
            ("一百零五", 105.0),
            ("三分之一", 1.0 / 3.0),
            ("1/4", 0.25),
            ("1．5%", 1.5),
            ("两万三千", 23000.0),
            ("一亿零五百万", 1.05e8),
            ("三点五", 3.5),
        ] {
            let got = read(text);
            assert!(got.is_some_and(|v| (v - value).abs() < value * 1e-12), "{text}: {got:?}");
        }
        for text in ["百", "万", "三四", "镇"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(numeral("3千瓦", 0).map(|n| n.value), Some(3.0));
        assert!(numeral("10余万", 0).is_some_and(|n| n.more && (n.value - 1e5).abs() < 1e-6));
    }

    /// Writes a number below 10^12 in 汉字.
    fn han(n: u64) -> String {
        const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        fn four(n: u64, lead: bool) -> String {
            let (mut out, mut gap) = (String::new(), lead);
            for (by, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let d = n / by % 10;
                if d == 0 {
                    gap = gap || !out.is_empty();
                    continue;
                }
                if gap && (lead || !out.is_empty()) {
                    out.push('零');
                }
                gap = false;
                out.push(DIGITS[d as usize]);
                out.push_str(word);
            }
            out
        }
        let (yi, wan, rest) = (n / 100_000_000, n / 10_000 % 10_000, n % 10_000);
        let mut out = String::new();
        if yi > 0 {
            out += &(four(yi, false) + "亿");
        }
        if wan > 0 {
            out += &(four(wan, !out.is_empty() && wan < 1000) + "万");
        }
        if rest > 0 {
            out += &four(rest, !out.is_empty() && rest < 1000);
        }
        out
    }

    proptest! {
        #[test]
        fn a_number_reads_back_however_it_is_written(n in 1u64..1_000_000_000_000, decimals in 0usize..4, wide: bool, grouped: bool) {
            let exact = |text: &str, value: f64| {
                let got = read(text);
                prop_assert!(got.is_some_and(|v| (v - value).abs() <= value * 1e-9), "{}: {:?}", text, got);
                Ok(())
            };
            let mut plain = n.to_string();
            if grouped {
                for at in (1..plain.len()).rev().filter(|at| (plain.len() - at) % 3 == 0).collect::<Vec<_>>() {
                    plain.insert(at, ',');
                }
            }
            if wide && !grouped {
                plain = plain.chars().map(|c| char::from_u32(c as u32 - 48 + '０' as u32).unwrap_or(c)).collect();
            }
            exact(&plain, n as f64)?;
            exact(&han(n), n as f64)?;
            let small = n % 10_000;
            let text = format!("{:.*}", decimals, small as f64 / 10f64.powi(i32::try_from(decimals).expect("few")));
            let value: f64 = text.parse().expect("a decimal");
            exact(&format!("{text}万"), value * 1e4)?;
            exact(&format!("{text}万亿"), value * 1e12)?;
            exact(&format!("{text}%"), value)?;
            if (1..100).contains(&small) {
                exact(&format!("百分之{}", han(small)), small as f64)?;
            }
        }
    }
}
