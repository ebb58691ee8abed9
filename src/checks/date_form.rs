//! `date-form`: the 成文日期 is not written as GB/T 9704 7.3.5.4 asks.
//!
//! Bad: `2026年01月20日`, `二〇二六年一月二十日`, `2026.1.20`. Good: `2026年1月20日`.

use crate::draft::DateStyle;
use crate::finding::{Finding, Fix};
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some((block, date)) = report.draft.date() else { return };
    let text = block.text.text();
    let message = match date.style {
        // What is to be filled in is a placeholder, and that is another rule's business.
        _ if text.contains('【') => return,
        _ if date.day.is_none() => format!("成文日期“{text}”没有写全年月日"),
        DateStyle::Standard => return,
        DateStyle::Padded => format!("成文日期“{text}”的月、日前面不加0"),
        DateStyle::Chinese => format!("成文日期“{text}”要用阿拉伯数字"),
        DateStyle::Short => format!("成文日期“{text}”要写成年月日"),
    };
    let mut finding = report.finding("date-form", block.span(), message);
    if date.calendar().is_some() {
        let standard = date.standard();
        finding = finding.help(format!("改为“{standard}”")).fix(Fix::replace(format!("改为{standard}"), true, block.span(), standard));
    }
    out.push(finding);
}
