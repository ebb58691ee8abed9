//! `numbering-gap`: a number is left out, or stands twice.
//!
//! Bad: `（二）…` and then `（四）…`. Good: `（一）`, `（二）`, `（三）`. Basis: GB/T 9704 7.3.3. In running text the points
//! 一是, 二是 … are counted too.

use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::text::cjk;

use super::numbering::{self, Numbered};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for sequence in numbering::sequences(report) {
        for pair in sequence.windows(2) {
            if let Some(finding) = gap(report, pair[0], pair[1]) {
                out.push(finding);
            }
        }
        if let [first, _, ..] = sequence.as_slice()
            && first.number.value > 1
        {
            let written = report.draft.source.slice(first.number.span);
            let message = format!("序号从“{written}”开始，前面缺了{}个", first.number.value - 1);
            out.push(report.finding("numbering-gap", first.number.span, message));
        }
    }
    report.prose().for_each(|passage| points(report, passage, out));
}

fn gap(report: &Report<'_>, last: Numbered, next: Numbered) -> Option<Finding> {
    let (before, after) = (last.number.value, next.number.value);
    if after == before + 1 {
        return None;
    }
    let source = &report.draft.source;
    let (first, second) = (source.slice(last.number.span), source.slice(next.number.span));
    let message = if after == before {
        format!("序号“{second}”重复了")
    } else {
        format!("序号不连续：“{first}”后面是“{second}”")
    };
    Some(report.finding("numbering-gap", next.number.span, message).related(last.number.span, "前一个序号"))
}

/// `一是…二是…四是` within a paragraph.
fn points(report: &Report<'_>, passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let text = passage.text();
    let mut last: Option<(u32, std::ops::Range<usize>)> = None;
    for (at, _) in text.match_indices('是') {
        let Some((start, c)) = text[..at].char_indices().next_back() else { continue };
        let Some(value) = cjk::digit(c).filter(|value| (1..=9).contains(value) && c != '两') else { continue };
        let led = text[..start].chars().next_back().is_none_or(|c| "。；：，、！—".contains(c)) ;
        if !led {
            continue;
        }
        let range = start..at + '是'.len_utf8();
        if let Some((before, place)) = &last {
            let skipped = value > before + 1;
            let later = |wanted: u32| text[range.end..].contains(&format!("{}是", cjk::write_numeral(wanted)));
            if skipped && !later(before + 1) {
                let message = format!("“{}”后面是“{}”，中间缺了", &text[place.clone()], &text[range.clone()]);
                out.push(report.finding("numbering-gap", passage.span(range.clone()), message).related(passage.span(place.clone()), "前一个序号"));
            }
        }
        last = Some((value, range));
    }
}
