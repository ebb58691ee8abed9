//! 开局之年, 收官之年: the first and the last year of a plan, told of another year. Part of `anachronism`.
//!
//! Bad: `2024年是“十四五”规划收官之年`. Good: `2025年是“十四五”规划收官之年`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::times;
use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::rulebook::Period;
use crate::spanned::Key;

/// How far before 收官之年 its plan stands at most, in bytes: `“十四五”法治宣传教育规划的`.
const NEAR: usize = 60;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    static YEAR: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("之年"));
    let Some(year) = report.told_year() else { return };
    let words = &report.book.book().times;
    for (passage, at) in report.find_in_prose(&YEAR) {
        let before = &passage.text()[..at + "之年".len()];
        let (word, is_first) = match (words.first_years.at_end(before), words.last_years.at_end(before)) {
            (Some(word), _) => (word, true),
            (None, Some(word)) => (word, false),
            (None, None) => continue,
        };
        let range = before.len() - word.len()..before.len();
        // 收官之年前，逐年制定计划: before it comes.
        if passage.text()[range.end..].starts_with('前') {
            continue;
        }
        let Some((at, name, (first, last))) = plan(report, passage, &range) else { continue };
        let right = if is_first { first } else { last };
        let lead = passage.clause(&(at..at)).start;
        let told = times::years(&passage.text()[lead..at]).last();
        let told = told.map(|(place, told)| (lead + place.start..lead + place.end, told));
        let between = |from: usize| &passage.text()[from..at];
        let ahead = || times::looks_ahead(words, &passage.text()[passage.sentence(&range)]);
        let planned = report.parts.at(passage.block) == Some("plan");
        let message = match &told {
            Some((place, told)) if *told != right && is_one(&words.is_year, between(place.end)) => {
                format!("{name}的{word}是{right}年，文中写成{told}年")
            }
            None if year != right && !(planned && year + 1 == right) && !ahead() && is_one(&words.this_year, between(lead)) => {
                format!("{name}的{word}是{right}年，不是{year}年")
            }
            _ => continue,
        };
        let span = passage.span(told.map_or(at, |(place, _)| place.start)..range.end);
        if !out.iter().any(|other| other.rule == "anachronism" && other.span.touches(span)) {
            out.push(report.finding("anachronism", span, message).help("核对是不是去年的话留了下来"));
        }
    }
}

fn is_one(words: &[String], text: &str) -> bool {
    words.iter().any(|word| word == text)
}

/// The plan whose first or last year is spoken of at a range, the last one named before it in the sentence: where it begins, its name
/// and its years.
fn plan<'r>(report: &'r Report<'_>, passage: &Passage<'_>, range: &Range<usize>) -> Option<(usize, &'r str, (u32, u32))> {
    let sentence = passage.sentence(range);
    let text = &passage.text()[sentence.start..range.start];
    let named = |(key, period): &'r (Key, Period)| {
        let years = period.years?;
        let name = key.as_str();
        // “十四五” of “十四五”规划.
        let short = &name[..name.find('”')? + '”'.len_utf8()];
        let bare = short.trim_matches(['“', '”']);
        Some((text.rfind(short).or_else(|| text.rfind(bare))?, short, years))
    };
    let (at, name, years) = report.book.book().periods.iter().filter_map(named).max_by_key(|(at, ..)| *at)?;
    (text.len() - at <= NEAR).then_some((sentence.start + at, name, years))
}
