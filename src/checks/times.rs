//! Small readers of years and days in folded text, and what tells that a sentence looks back or ahead.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::report::Passage;
use crate::rulebook::Times;

static YEAR: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("年"));

/// Whether a sentence looks back: it says so, or names a year before `year`.
pub(super) fn looks_back(words: &Times, sentence: &str, year: u32) -> bool {
    words.back.are_in(sentence) || years(sentence).any(|(_, other)| other < year)
}

/// Whether a sentence looks ahead.
pub(super) fn looks_ahead(words: &Times, sentence: &str) -> bool {
    words.ahead.are_in(sentence)
}

/// The years (`2021年`) of a folded text, with their places.
pub(super) fn years(text: &str) -> impl Iterator<Item = (Range<usize>, u32)> + '_ {
    YEAR.find_iter(text.as_bytes()).filter_map(|at| {
        let (range, year) = number_before(text, at)?;
        (range.len() == 4 && (1949..2100).contains(&year)).then_some((range.start..at + '年'.len_utf8(), year))
    })
}

/// The same for a passage, whose numbers are known.
pub(super) fn years_of(passage: &Passage<'_>) -> impl Iterator<Item = (Range<usize>, u32)> {
    let text = passage.text();
    passage.numbers().filter(|number| number.len() == 4 && text[number.end..].starts_with('年')).filter_map(|number| {
        let year = text[number.clone()].parse().ok().filter(|year| (1949..2100).contains(year))?;
        Some((number.start..number.end + '年'.len_utf8(), year))
    })
}

/// The days (`2月30日`) of a passage: place, month, day, and the year where it stands before them.
pub(super) fn days(passage: &Passage<'_>) -> impl Iterator<Item = (Range<usize>, Option<u32>, u32, u32)> {
    let text = passage.text();
    passage.numbers().filter(|number| number.len() <= 2 && text[number.end..].starts_with('月')).filter_map(|month_at| {
        let month = text[month_at.clone()].parse().ok()?;
        let behind = month_at.end + '月'.len_utf8();
        let rest = &text[behind..];
        let (length, day) = number_at(rest).filter(|(length, _)| *length <= 2)?;
        let end = behind + length;
        let mark = text[end..].chars().next().filter(|c| matches!(c, '日' | '号'))?;
        let year = text[..month_at.start]
            .strip_suffix('年')
            .and_then(|before| number_before(text, before.len()))
            .filter(|(r, _)| r.len() == 4);
        let start = year.as_ref().map_or(month_at.start, |(range, _)| range.start);
        Some((start..end + mark.len_utf8(), year.map(|(_, year)| year), month, day))
    })
}

/// The digits that end at byte `at`, and their value.
pub(super) fn number_before(text: &str, at: usize) -> Option<(Range<usize>, u32)> {
    let start = text[..at].bytes().rposition(|b| !b.is_ascii_digit()).map_or(0, |before| before + 1);
    Some((start..at, text[start..at].parse().ok()?))
}

/// The digits at the head of a text: their length and value.
pub(super) fn number_at(text: &str) -> Option<(usize, u32)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((length, text[..length].parse().ok()?))
}

/// The two years of a stretch (`（2021—2025年）`, `2021至2025年`) at the head of a text.
pub(super) fn stretch(text: &str) -> Option<(usize, u32, u32)> {
    let open = text.len() - text.trim_start_matches(['（', '”', '》']).len();
    let rest = &text[open..];
    let (length, first) = number_at(rest).filter(|(length, _)| *length == 4)?;
    let middle = rest[length..].strip_prefix('年').unwrap_or(&rest[length..]);
    let second = middle.trim_start_matches(['—', '～', '至']);
    if second.len() == middle.len() {
        return None;
    }
    let (end, last) = number_at(second).filter(|(length, _)| *length == 4)?;
    Some((text.len() - second.len() + end, first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::{Draft, Rulebook};

    #[test]
    fn years_and_days_are_read() {
        assert_eq!(years("自2021年起，3年内").map(|(_, year)| year).collect::<Vec<_>>(), [2021]);
        let draft = Draft::parse("", "2023年2月30日，9月至10月".as_bytes()).expect("text");
        let book = Rulebook::township();
        let report = Report::new(&draft, &book);
        let passage = &report.passages()[0];
        assert_eq!(days(passage).map(|(_, y, m, d)| (y, m, d)).collect::<Vec<_>>(), [(Some(2023), 2, 30)]);
        assert!(years_of(passage).eq(years(passage.text())));
        assert_eq!(stretch("（2016—2021年）》"), Some(("（2016—2021".len(), 2016, 2021)));
        assert_eq!(stretch("2021年"), None);
    }
}
