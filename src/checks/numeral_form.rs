//! `numeral-form`: a range that lost its first unit, or a stretch of years that lost its dash.
//!
//! Bad: `下降10～15%`, `（20212025年）` Good: `下降10%～15%`, `（2021—2025年）`. Basis: GB/T 15835 5.1.3.

use std::ops::Range;

use crate::finding::{Finding, Fix, Severity};
use crate::report::{Passage, Report};
use crate::text::Span;

use super::times;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for passage in report.prose() {
        for number in passage.numbers() {
            match passage.text()[number.end..].chars().next() {
                Some(dash @ ('～' | '—' | '至')) => range(report, passage, (number.end, dash), out),
                Some('年') if number.len() == 8 => lost_dash(report, passage, number, out),
                _ => {}
            }
        }
    }
}

/// `10～15%`, `13～17万元`, with the dash at byte `at`.
fn range(report: &Report<'_>, passage: &Passage<'_>, (at, dash): (usize, char), out: &mut Vec<Finding>) {
    let text = passage.text();
    let end = at + dash.len_utf8();
    let Some((first, _)) = times::number_before(text, at) else { return };
    let whole = text[..first.start].strip_suffix('.').and_then(|before| times::number_before(text, before.len()));
    let first = whole.map_or(first.start, |(whole, _)| whole.start)..at;
    let Some((length, _)) = times::number_at(&text[end..]) else { return };
    let fraction = |text: &str| text.strip_prefix('.').map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
    let stop = end + length + fraction(&text[end + length..]);
    let Some(unit) = ["%", "‰", "万", "亿"].into_iter().find(|unit| text[stop..].starts_with(unit)) else { return };
    let years = first.len() == 4 && length == 4;
    let code = text[..first.start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '—' || c == '～');
    let span = passage.span(first.start..stop + unit.len());
    let cells = report.draft.source.slice(span).contains(['\n', '\t']);
    if first.is_empty() || years || code || cells {
        return;
    }
    let written = &text[first.start..stop + unit.len()];
    let right = format!("{}{unit}{dash}{}", &text[first.start..at], &text[end..stop + unit.len()]);
    // With 万 and 亿 the sense is hardly ever in doubt.
    let severity = if matches!(unit, "万" | "亿") { Severity::Info } else { Severity::Warning };
    let message = format!("“{written}”前一个数漏了“{unit}”，应为“{right}”");
    let mark = passage.span(at..end);
    let insert = Span::new(mark.start, mark.start);
    let fix = Fix::replace(format!("改为{right}"), false, insert, unit);
    out.push(report.finding("numeral-form", span, message).help(format!("改为“{right}”")).at_most(severity).fix(fix));
}

/// `20212025年`.
fn lost_dash(report: &Report<'_>, passage: &Passage<'_>, range: Range<usize>, out: &mut Vec<Finding>) {
    let digits = &passage.text()[range.clone()];
    let year = |text: &str| text.parse().ok().filter(|year| (1949..2100).contains(year));
    let (Some(first), Some(last)): (Option<u32>, Option<u32>) = (year(&digits[..4]), year(&digits[4..])) else { return };
    if first < last {
        let right = format!("{first}—{last}");
        let span = passage.span(range);
        let message = format!("“{digits}年”漏了连接号，应为“{right}年”");
        out.push(report.finding("numeral-form", span, message).help(format!("改为“{right}年”")).fix(Fix::replace(format!("改为{right}"), true, span, right)));
    }
}
