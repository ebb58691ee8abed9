//! `document-number`: the 发文字号 is not written as GB/T 9704 7.2.5 asks, or bears another year than the 成文日期.
//!
//! Bad: `柳政发[2026]第03号`; `〔2025〕` and `2026年1月20日`. Good: `柳政发〔2026〕3号`.

use crate::finding::{Finding, Fix, Severity};
use crate::report::Report;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(block) = report.draft.document_number() else { return };
    let plain = cjk::squeeze(block.text.text());
    let brackets = ['〔', '〕', '[', ']', '［', '］', '【', '】', '(', ')', '（', '）'];
    let mut pieces = plain.split(brackets);
    let (Some(name), Some(year), Some(tail)) = (pieces.next(), pieces.next(), pieces.next()) else { return };
    if let Some((dated, date)) = report.draft.date().filter(|(_, date)| year.parse().is_ok_and(|year: u32| year != date.year)) {
        let message = format!("发文字号的年份是{year}年，成文日期是{}年", date.year);
        let finding = report.finding("document-number", block.span(), message).at_most(Severity::Warning);
        out.push(finding.help("按签发的年份编号，或者核对成文日期").related(dated.span(), "成文日期"));
    }
    let number = tail.trim_start_matches('第').trim_end_matches('号').trim_start_matches('0');
    let mut faults = Vec::new();
    if !plain.contains('〔') || !plain.contains('〕') {
        faults.push("年份要用六角括号〔〕");
    }
    if tail.starts_with('第') {
        faults.push("序号前不加“第”");
    }
    if tail.trim_start_matches('第').starts_with('0') {
        faults.push("序号前不补0");
    }
    if faults.is_empty() {
        return;
    }
    let right = format!("{name}〔{year}〕{number}号");
    let finding = report.finding("document-number", block.span(), format!("发文字号“{plain}”：{}", faults.join("，")));
    out.push(finding.help(format!("改为“{right}”")).fix(Fix::replace(format!("改为{right}"), true, block.span(), right)));
}
