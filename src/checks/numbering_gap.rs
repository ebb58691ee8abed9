//! `numbering-gap`: a number is left out, or stands twice.
//!
//! Bad: `（二）…` and then `（四）…`. Good: `（一）`, `（二）`, `（三）`. Basis: GB/T 9704 7.3.3. In running text the points
//! 一是, 二是 … are counted too.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::draft::{NumberStyle, Role};
use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::text::{Span, cjk};

use super::numbering::{self, Numbered};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let mut ended: BTreeMap<NumberStyle, u32> = BTreeMap::new();
    let mut sequences = numbering::sequences(report);
    sequences.sort_by_key(|sequence| sequence.first().map(|first| first.block));
    for sequence in sequences {
        for pair in sequence.windows(2) {
            if let Some(finding) = gap(report, pair[0], pair[1]) {
                out.push(finding);
            }
        }
        let (Some(first), Some(last)) = (sequence.first(), sequence.last()) else { continue };
        let (value, style) = (first.number.value, first.number.style);
        // Numbers can run on through the whole report.
        let runs_on = ended.insert(style, last.number.value).is_some_and(|ended| ended + 1 == value);
        let usual = matches!(style, NumberStyle::Han | NumberStyle::HanBracket);
        let earlier = || report.draft.source.text()[..first.number.span.start].contains(&written_as(style, value - 1));
        if value > 1 && sequence.len() > 1 && usual && !runs_on && !earlier() {
            let written = report.draft.source.slice(first.number.span);
            let message = format!("序号从“{written}”开始，前面缺了{}个", first.number.value - 1);
            out.push(report.finding("numbering-gap", first.number.span, message));
        }
    }
    points(report, out);
    paragraphs(report, out);
}

fn gap(report: &Report<'_>, last: Numbered, next: Numbered) -> Option<Finding> {
    let (before, after) = (last.number.value, next.number.value);
    if after == before + 1 {
        return None;
    }
    let source = &report.draft.source;
    // What the reader took for running text may be the missing number.
    let between = &source.text()[last.number.span.end..next.number.span.start.max(last.number.span.end)];
    let style = next.number.style;
    let begins = |value: u32| {
        // 　　2.12个村……: where a digit follows, the reader takes the number for a decimal.
        style == NumberStyle::Arabic
            && between.lines().any(|line| {
                let rest = cjk::trim_start(line).strip_prefix(value.to_string().as_str());
                rest.is_some_and(|rest| rest.starts_with(['.', '．', '、']))
            })
    };
    if after > before && (before + 1..after).any(|value| between.contains(&written_as(style, value)) || begins(value)) {
        return None;
    }
    if after == before && style == NumberStyle::Arabic {
        return None;
    }
    let (first, second) = (source.slice(last.number.span), source.slice(next.number.span));
    let message = if after == before {
        format!("序号“{second}”重复了")
    } else {
        format!("序号不连续：“{first}”后面是“{second}”")
    };
    Some(report.finding("numbering-gap", next.number.span, message).related(last.number.span, "前一个序号"))
}

/// A number as it stands in a text, without the mark behind it where that varies.
fn written_as(style: NumberStyle, value: u32) -> String {
    match style {
        NumberStyle::Han => format!("{}、", cjk::write_numeral(value)),
        NumberStyle::HanBracket => format!("{}）", cjk::write_numeral(value)),
        NumberStyle::Arabic => format!("\n{value}"),
        _ => value.to_string(),
    }
}

/// Paragraphs under one heading of which each begins with a point, and one is left out.
fn paragraphs(report: &Report<'_>, out: &mut Vec<Finding>) {
    let mut last: Option<(u32, Span)> = None;
    for block in &report.draft.blocks {
        let number = match &block.role {
            Role::Heading(_) => {
                last = None;
                continue;
            }
            Role::Paragraph(number) => number.filter(|number| number.style == NumberStyle::Point),
            _ => None,
        };
        let Some(number) = number else { continue };
        if let Some((before, place)) = last
            && number.value > before + 1
        {
            let (first, second) = (report.draft.source.slice(place), report.draft.source.slice(number.span));
            let between = &report.draft.source.text()[place.end..number.span.start];
            if (before + 1..number.value).all(|value| {
                let numeral = cjk::write_numeral(value);
                !between.contains(&format!("{numeral}是")) && !between.contains(&format!("第{numeral}"))
            }) {
                let message = format!("“{first}”后面是“{second}”，中间缺了{}个", number.value - before - 1);
                out.push(report.finding("numbering-gap", number.span, message).related(place, "前一个序号"));
            }
        }
        if let Some((before, place)) = last
            && number.value == before
            && before > 1
        {
            let message = format!("“{}”重复了", report.draft.source.slice(number.span));
            out.push(report.finding("numbering-gap", number.span, message).related(place, "前一个序号"));
        }
        last = Some((number.value, number.span));
    }
}

/// `一是…二是…四是` within a paragraph.
fn points(report: &Report<'_>, out: &mut Vec<Finding>) {
    static MARK: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("是"));
    let mut last: Option<(&Passage<'_>, u32, Range<usize>)> = None;
    for (passage, at) in report.find_in_prose(&MARK) {
        let text = passage.text();
        let Some((start, c)) = text[..at].char_indices().next_back() else { continue };
        let Some(value) = cjk::digit(c).filter(|value| (1..=9).contains(value) && c != '两') else { continue };
        let led = text[..start].chars().next_back().is_none_or(|c| "。；：，、！—".contains(c));
        if !led {
            continue;
        }
        let range = start..at + '是'.len_utf8();
        if let Some((_, before, place)) = last.filter(|(other, ..)| std::ptr::eq(*other, passage)) {
            let skipped = value > before + 1;
            let later = |wanted: u32| text[range.end..].contains(&format!("{}是", cjk::write_numeral(wanted)));
            if skipped && !later(before + 1) {
                let message = format!("“{}”后面是“{}”，中间缺了{}个", &text[place.clone()], &text[range.clone()], value - before - 1);
                out.push(report.finding("numbering-gap", passage.span(range.clone()), message).related(passage.span(place), "前一个序号"));
            } else if value == before && value > 1 && text[..range.start].matches("一是").count() <= 1 {
                // Where 一是 stands twice, one list is within the other.
                let message = format!("“{}”重复了", &text[range.clone()]);
                out.push(report.finding("numbering-gap", passage.span(range.clone()), message).related(passage.span(place), "前一个序号"));
            }
        }
        last = Some((passage, value, range));
    }
}
