//! Dates as drafters write them at the end of a report.

use std::fmt::Write as _;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::text::cjk;

/// A date that fills a whole line or a whole bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateText {
    /// Year, four digits.
    pub year: u32,
    /// Month, if it is given.
    pub month: Option<u32>,
    /// Day, if it is given.
    pub day: Option<u32>,
    /// How it is written.
    pub style: DateStyle,
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// `2023年2月13日`, the form of GB/T 9704.
    Standard,
    /// `2023年02月03日`.
    Padded,
    /// `二〇二三年二月十三日`.
    Chinese,
    /// `2023.2.13`, `2023-02-13`, `2023/2/13`.
    Short,
}

impl DateText {
    /// Reads a text that is a date and nothing else; blanks inside and brackets round it are no matter. Month and day may
    /// still have to be filled in: `2026年　月　日`, `2026年X月X日`, `2026年【待填：月】月【待填：日】日`.
    pub fn parse(text: &str) -> Option<Self> {
        if !may_be_date(text) {
            return None;
        }
        let mut hollow = false;
        let written = text.chars().filter(|&c| {
            hollow = c == '【' || hollow && c != '】';
            !hollow && c != '】' && !cjk::is_blank(c)
        });
        let plain: String = written.map(cjk::half_width).collect();
        let plain = plain.trim_start_matches('(').trim_end_matches(')');
        Self::with_words(plain).or_else(|| Self::short(plain))
    }

    fn with_words(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = match rest.split_once('月') {
            Some((month, rest)) => (Some(month), rest),
            None if rest.is_empty() => (None, rest),
            None => return None,
        };
        let day = match rest.strip_suffix(['日', '号']) {
            Some(day) if month.is_some() => Some(day),
            None if rest.is_empty() => None,
            _ => return None,
        };
        let [month, day] = [month, day].map(|part| part.filter(|part| !part.chars().all(is_blank)));
        let parts = || [Some(year), month, day].into_iter().flatten();
        let style = if parts().all(|part| part.chars().all(|c| c.is_ascii_digit())) {
            let padded = [month, day].into_iter().flatten().any(|part| part.starts_with('0'));
            if padded { DateStyle::Padded } else { DateStyle::Standard }
        } else {
            DateStyle::Chinese
        };
        let number = |part: &str| part.parse().ok().or_else(|| cjk::numeral(part));
        Self {
            year: number(year)?,
            month: month.map(number).map_or(Some(None), |m| m.map(Some))?,
            day: day.map(number).map_or(Some(None), |d| d.map(Some))?,
            style,
        }
        .plausible()
    }

    fn short(text: &str) -> Option<Self> {
        let parts: Vec<u32> = text.split(['.', '-', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let &[year, month, ref rest @ ..] = parts.as_slice() else { return None };
        if rest.len() > 1 {
            return None;
        }
        Self { year, month: Some(month), day: rest.first().copied(), style: DateStyle::Short }.plausible()
    }

    fn plausible(self) -> Option<Self> {
        ((1949..2200).contains(&self.year) && self.month.is_none_or(|m| m <= 99) && self.day.is_none_or(|d| d <= 99))
            .then_some(self)
    }

    /// The form of GB/T 9704: `2023年2月13日`.
    pub fn standard(&self) -> String {
        let mut text = format!("{}年", self.year);
        for (number, unit) in [(self.month, '月'), (self.day, '日')] {
            if let Some(number) = number {
                _ = write!(text, "{number}{unit}");
            }
        }
        text
    }

    /// The day in the calendar, or `None` for a day that no calendar has or where month or day is missing.
    pub fn calendar(&self) -> Option<chrono::NaiveDate> {
        chrono::NaiveDate::from_ymd_opt(i32::try_from(self.year).ok()?, self.month?, self.day?)
    }
}

/// Whether a text begins and ends as a date does: most texts do not, and need no reading.
fn may_be_date(text: &str) -> bool {
    let begins =
        |c: char| cjk::is_digit(c) || cjk::digit(c).is_some() || matches!(c, '十' | '拾' | '百' | '千' | '+' | '【' | '】');
    text.chars().find(|c| is_visible(*c)).is_some_and(begins) && may_end_with_date(text)
}

/// Whether a text is a date of which not even the year was filled in: `　年　月　日`, `20XX年X月X日`.
pub(super) fn is_blank_date(text: &str) -> bool {
    if !may_end_with_date(text) {
        return false;
    }
    let words: String = text.chars().filter(|c| !is_blank(*c)).collect();
    let year = words.strip_suffix("年月日").map(|year| year.strip_prefix("20").unwrap_or(year));
    year.is_some_and(|year| year.is_empty() || year.len() == 1 && year.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a character stands where something is to be filled in.
fn is_blank(c: char) -> bool {
    cjk::is_blank(c) || matches!(c, 'X' | 'x' | '×' | '✕' | '╳' | '_' | '＿' | '○' | '〇' | '?' | '？' | '*')
}

/// Whether a text ends as a date does.
pub(super) fn may_end_with_date(text: &str) -> bool {
    let ends = |c: char| cjk::is_digit(c) || matches!(c, '年' | '月' | '日' | '号');
    text.chars().rev().find(|c| is_visible(*c)).is_some_and(ends) || has_blank_to_fill(text)
}

/// Whether a text has a place in it that is still to be filled in: `【待填：月】`.
fn has_blank_to_fill(text: &str) -> bool {
    static MARKS: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| ["【", "】"].map(Finder::new));
    MARKS.iter().any(|mark| mark.find(text.as_bytes()).is_some())
}

fn is_visible(c: char) -> bool {
    !cjk::is_blank(c) && !matches!(c, '(' | '（' | ')' | '）')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_gives_the_same_day() {
        for (text, style) in [
            ("2023年2月13日", DateStyle::Standard),
            ("（2023 年 2 月 13 日）", DateStyle::Standard),
            ("２０２３年２月１３日", DateStyle::Standard),
            ("2023年02月13日", DateStyle::Padded),
            ("二〇二三年二月十三日", DateStyle::Chinese),
            ("2023.2.13", DateStyle::Short),
            ("2023-02-13", DateStyle::Short),
        ] {
            let date = DateText::parse(text).expect(text);
            assert_eq!((date.standard().as_str(), date.style), ("2023年2月13日", style), "{text}");
        }
    }

    #[test]
    fn a_date_to_be_filled_in_is_a_date() {
        for text in ["2026年　月　日", "2026年X月XX日", "2026年__月__日", "2026年【待填：月】月【待填：日】日"]
        {
            let date = DateText::parse(text).expect(text);
            assert_eq!((date.year, date.month, date.day), (2026, None, None), "{text}");
        }
        for text in ["　年　月　日", "XX年XX月XX日", "20××年×月×日", "202X年 月 日", "____年__月__日"] {
            assert!(is_blank_date(text) && DateText::parse(text).is_none(), "{text}");
        }
        assert!(!is_blank_date("2026年 月 日") && !is_blank_date("全年月日"));
        assert_eq!(DateText::parse("2026年1月　日").map(|date| (date.month, date.day)), Some((Some(1), None)));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["2023年度", "2023年我镇", "12·4", "3.15", "2023年2月13日前", "月日", "一是"] {
            assert_eq!(DateText::parse(text), None, "{text}");
        }
    }
}
