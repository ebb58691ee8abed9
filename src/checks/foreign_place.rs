//! `foreign-place`: another town, or another county, is told of as if it were the report's own: the trace of a text
//! taken over from elsewhere.
//!
//! Bad: `有力维护了青檀镇和谐稳定的社会局面` in a report of 柘水镇. Good: `东接青檀镇`, `赴青檀镇学习`. Basis: 《党政机关公文
//! 处理工作条例》 第二十条（四）. Only what a town says of itself counts; neighbours, hosts and examples do not.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::finding::{Finding, Severity};
use crate::report::{Passage, Report};
use crate::rulebook::Places;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(town) = &report.identity.town else { return };
    let mut found: Vec<(&Passage<'_>, Range<usize>, bool)> = Vec::new();
    let county = report.identity.county.clone().or_else(|| addressed(report)).map(County::new);
    let own = core(town);
    for passage in report.prose() {
        for (unit, first) in [("镇", '镇'), ("乡", '乡'), ("街道", '街')] {
            let text = passage.text();
            // One's own name is by far the most.
            let is_other = |at: &usize| !text[..*at].ends_with(own) && text[*at..].starts_with(unit);
            for at in passage.units(first).filter(is_other) {
                if let Some((start, led)) = foreign(report, passage, at, unit, town) {
                    found.push((passage, start..at + unit.len(), led));
                }
            }
        }
    }
    if let Some(county) = &county {
        other_county(report, county, out);
    }
    for (passage, range, led) in &found {
        let name = &passage.text()[range.clone()];
        let often = found.iter().filter(|(passage, range, _)| &passage.text()[range.clone()] == name).count() > 1;
        // Where that is not sure, one mention alone may be no name.
        if *led || often {
            let behind = &passage.text()[range.end..];
            let ruled = report.book.book().places.rulers.at_start(behind).is_some();
            let message = format!("写的是“{name}”，报告是{town}的");
            let finding = report.finding("foreign-place", passage.span(range.clone()), message);
            out.push(if ruled && often { finding } else { finding.at_most(Severity::Warning) });
        }
    }
    super::known_towns::check(report, out);
}

/// The name of a town without its unit.
pub(super) fn core(town: &str) -> &str {
    ["街道", "民族乡", "苏木", "镇", "乡"].iter().find_map(|unit| town.strip_suffix(unit)).unwrap_or(town)
}

/// The byte at which the name of another town begins whose unit stands at `at`, if it is told as one's own, and
/// whether that is sure where it stands but once: a word before it takes a place, and a body of a town follows.
fn foreign(report: &Report<'_>, passage: &Passage<'_>, at: usize, unit: &str, town: &str) -> Option<(usize, bool)> {
    let text = passage.text();
    let two = text[..at].char_indices().rev().nth(1).map_or(0, |(start, _)| start);
    let words = &report.book.book().places;
    if !is_name(&text[two..at], words) {
        return None;
    }
    let behind = &text[at + unit.len()..];
    // 街道 is also a plain word: only its bodies tell of one.
    let told = || (if unit == "街道" { &words.street_bodies } else { &words.behind }).at_start(behind).is_some();
    let told_often = || unit != "街道" && words.behind_often.at_start(behind).is_some();
    let sentence = passage.sentence(&(at..at));
    // The name: two or three 汉字 behind a mark, the start, or a word that takes a town as its object.
    let before = &text[sentence.start..at];
    let (start, led, subject) = [2, 3].into_iter().find_map(|count| {
        let (offset, _) = before.char_indices().rev().nth(count - 1)?;
        let (left, name) = before.split_at(offset);
        if !is_name(name, words) || !name.ends_with(|c| words.endings.contain(c)) {
            return None;
        }
        // 法治柏川镇, 平安柏川镇: one's own, whatever follows.
        let praised = words.praised.at_end(left).is_some();
        let subject = left.is_empty() || words.openings.at_end(left).is_some();
        let under = || left.ends_with('在') && words.led.are_in(&text[passage.clause(&(at..at))]);
        let led = praised || subject || left.ends_with('《') || words.before.at_end(left).is_some() || under();
        let marked = led || left.ends_with(['，', '；', '：', '（', '“']);
        let told = marked && told();
        let bounded = praised || told || marked && told_often();
        let word = words.not_names.at_end(name).is_some() || words.not_names.at_start(name).is_some();
        (bounded && !word).then_some((sentence.start + offset, praised || led && told, subject))
    })?;
    let (name, sentence) = (&text[start..at], &text[sentence]);
    let own = town.contains(name) || name.contains(core(town)) || core(town).ends_with(name);
    // 学习, 联合: where another town is what the sentence tells of, they speak of its place only beside one's own.
    let apart = || subject && !sentence.contains(core(town)) && !words.elsewhere.are_in(text);
    let elsewhere = sentence.contains(town) || words.elsewhere.are_in(sentence) || words.shared.are_in(sentence) && !apart();
    (!own && !elsewhere && !is_beside(text, &text[start..at + unit.len()])).then_some((start, led))
}

/// Whether a paragraph names a town as another one somewhere: `与青檀镇`, `赴青檀镇`.
fn is_beside(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| text[..at].ends_with(['与', '和', '同', '及', '跟', '赴', '到', '向', '往', '从', '、']))
}

/// The county that the report is sent to: `湘川县人民政府：`.
fn addressed(report: &Report<'_>) -> Option<String> {
    let name = cjk::squeeze(report.draft.recipient()?.text.text());
    let (county, body) = name.split_once('县')?;
    let body = body.starts_with("人民政府") || body.starts_with("政府") || body.starts_with('委') || body.starts_with("党委");
    let county = county.trim_start_matches("中共");
    ((2..=3).contains(&county.chars().count()) && county.chars().all(cjk::is_han) && body).then(|| format!("{county}县"))
}

/// Whether the 汉字 before 镇 or 乡 can be a name.
fn is_name(name: &str, words: &Places) -> bool {
    name.chars().rev().all(|c| cjk::is_han(c) && !words.never.contain(c)) && words.generic.at_end(name).is_none()
}

/// The report's own county.
struct County {
    name: String,
    /// `县`, and what its leaders are called by: `县委、县政府`.
    leaders: Option<(char, Finder<'static>)>,
}

impl County {
    fn new(name: String) -> Self {
        let unit = ['县', '区'].into_iter().find(|unit| name.ends_with(*unit));
        let leaders = unit.map(|unit| (unit, Finder::new(&format!("{unit}委、{unit}政府")).into_owned()));
        Self { name, leaders }
    }
}

/// `在云砚县委、县政府的坚强领导下` in a report of another county.
fn other_county(report: &Report<'_>, County { name: county, leaders }: &County, out: &mut Vec<Finding>) {
    let words = &report.book.book().places;
    for (passage, at, unit) in leaders.iter().flat_map(|(unit, leaders)| report.find_in_prose(leaders).map(move |(passage, at)| (passage, at, unit))) {
        let text = passage.text();
        let Some((offset, _)) = text[..at].char_indices().rev().nth(1) else { continue };
        let (left, name) = text[..at].split_at(offset);
        let led = left.ends_with('在') && is_name(name, words) && !name.contains(|c| words.never_led.contain(c));
        if led && !county.contains(name) {
            let range = offset..at + unit.len_utf8();
            let message = format!("写的是“{}”，报告是{county}的", &text[range.clone()]);
            out.push(report.finding("foreign-place", passage.span(range), message));
        }
    }
    // `为推动云砚县法治建设` in a report of another county.
    let places = report.prose().flat_map(|passage| passage.units('县').map(move |at| (passage, at)));
    for (passage, at) in places {
        let text = passage.text();
        let end = at + '县'.len_utf8();
        if words.county_behind.at_start(&text[end..]).is_none() {
            continue;
        }
        let Some((offset, _)) = text[..at].char_indices().rev().nth(1) else { continue };
        let (left, name) = text[..at].split_at(offset);
        let led = words.county_before.at_end(left).is_some();
        let word = || words.not_names.iter().any(|word| name == word.as_str());
        let named = || report.draft.signatures().chain(report.draft.title()).any(|block| block.text.text().contains(&text[offset..end]));
        let sentence = &text[passage.sentence(&(at..end))];
        let own = county.contains(name) || name.contains(|c| words.never_county.contain(c));
        if led && !own && is_name(name, words) && !word() && !words.elsewhere.are_in(sentence) && !named() {
            let message = format!("写的是“{}”，报告是{county}的", &text[offset..end]);
            out.push(report.finding("foreign-place", passage.span(offset..end), message).at_most(Severity::Warning));
        }
    }
}
