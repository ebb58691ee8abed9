//! `anachronism`: a congress, plan or campaign is spoken of before its time, or as current after it; a five-year plan
//! with the wrong years.
//!
//! Bad: `深入实施“七五”普法规划` in 2023. Good: `“七五”普法通过验收`. Basis: the dates in rules/periods.yaml. A report
//! speaks as of its 成文日期, or else as of 90 days after its year.

use std::ops::Range;

use chrono::Datelike as _;

use crate::finding::{Finding, Fix, Severity};
use crate::report::{Passage, Report, any_of};
use crate::rulebook::{Family, Period};
use crate::spanned::Key;
use crate::text::cjk;

use super::{meetings, times};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "anachronism", out);
    let book = report.book.book();
    for (passage, hits) in report.prose_with(Family::Period) {
        let mut spoken: Vec<Range<usize>> = Vec::new();
        for hit in hits.iter().rev() {
            let (name, period) = &book.periods[hit.index()];
            let range = hit.range();
            let sentence = || &passage.text()[passage.sentence(&range)];
            let other = passage.is_within(&range, &period.not_in)
                || !period.near.is_empty() && !any_of(sentence(), &period.near)
                || spoken.iter().any(|longer| longer.start <= range.start && range.end <= longer.end);
            if !other {
                spoken.push(range.clone());
                one(report, passage, range, (name, period), out);
            }
        }
    }
    super::milestones::check(report, out);
    for (passage, range, name, day) in meetings::all(report) {
        let early = report.as_of().is_some_and(|as_of| day > as_of);
        // The plans of 2021 speak of the congress of 2022.
        let planned = report.parts.at(passage.block) == Some("plan") && report.told_year().is_some_and(|year| day.year_ce().1 == year + 1);
        if early && !planned && !times::looks_ahead(&book.times, &passage.text()[passage.sentence(&range)]) {
            let message = format!("{name}到{}才闭幕，写报告时还没有", day.format("%Y年%-m月%-d日"));
            out.push(report.finding("anachronism", passage.span(range), message));
        }
    }
}

fn one(report: &Report<'_>, passage: &Passage<'_>, range: Range<usize>, (key, period): (&Key, &Period), out: &mut Vec<Finding>) {
    let name = key.as_str();
    if let Some(finding) = wrong_years(report, passage, &range, (key, period)) {
        out.push(finding);
    }
    let (Some(as_of), Some(start), Some(year)) = (report.as_of(), report.year_start(), report.told_year()) else { return };
    let sentence = &passage.text()[passage.sentence(&range)];
    if any_of(sentence, &period.not_near) {
        return;
    }
    let words = &report.book.book().times;
    let planned = report.parts.at(passage.block) == Some("plan");
    if let Some(day) = period.from.filter(|day| day.0 > as_of) {
        if !planned && !times::looks_ahead(words, sentence) {
            let message = format!("{name}{}才有，写报告时还没有", day.0.format("%Y年%-m月"));
            out.push(report.finding("anachronism", passage.span(range), message).asked(key.place).help("核对是不是写错了期数或年份"));
        }
    } else if let Some(day) = period.until.filter(|day| day.0 < start) {
        let around = passage.sentence(&range);
        // The years in brackets behind a plan are its own.
        let behind = &passage.text()[range.end..around.end];
        let own = behind.find('（').filter(|at| behind[..*at].chars().count() <= 8);
        let own = own.and_then(|open| Some((open, open + behind[open..].find('）')?)));
        let (before, after) = own.map_or((behind, ""), |(open, close)| (&behind[..open], &behind[close..]));
        let rest = [&passage.text()[around.start..range.start], before, after].concat();
        let closing = year <= day.0.year_ce().1 + 1 && words.closing.are_in(&rest);
        // 《“七五”普法规划》 is spoken of itself, 《关于“七五”普法的决议》 is not.
        let other = passage.in_title(range.start) && !passage.text()[..range.start].ends_with('《');
        if !times::looks_back(words, &rest, year) && !closing && !other {
            let message = format!("{name}{}已经结束，不能写成正在进行", day.0.format("%Y年%-m月"));
            let mut finding = report.finding("anachronism", passage.span(range), message).asked(key.place).at_most(Severity::Warning);
            if let Some(by) = report.book.book().successor(period, start) {
                finding = finding.help(format!("改写成{by}，或者写明是回顾"));
            }
            out.push(finding);
        }
    }
}

/// A plan with other years behind it than its own.
fn wrong_years(report: &Report<'_>, passage: &Passage<'_>, range: &Range<usize>, (key, period): (&Key, &Period)) -> Option<Finding> {
    let name = key.as_str();
    let (first, last) = period.years?;
    let rest = &passage.text()[range.end..];
    let skip = rest.find('（').filter(|at| rest[..*at].chars().count() <= 8 && !rest[..*at].contains(['，', '。', '；', '、'])).unwrap_or(0);
    let (length, from, to) = times::stretch(&rest[skip..])?;
    // 《某省法治政府建设实施纲要》 is the province's.
    let local = name.starts_with(cjk::is_han) && passage.text()[..range.start].ends_with(['省', '市', '区', '县', '州', '盟', '旗']);
    if (from, to) == (first, last) || period.other_years.contains(&(from, to)) || local {
        return None;
    }
    let years = range.end + skip + (rest[skip..].len() - rest[skip..].trim_start_matches(['（', '”', '》']).len());
    let end = range.end + skip + length;
    let message = format!("{name}的年限是{first}—{last}年，文中写成{from}—{to}年");
    let fix = Fix::replace(format!("改为{first}—{last}"), false, passage.span(years..end), format!("{first}—{last}"));
    Some(report.finding("anachronism", passage.span(range.start..end), message).asked(key.place).help(format!("改为“{first}—{last}年”")).fix(fix))
}
