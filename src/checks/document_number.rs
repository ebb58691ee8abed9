//! `document-number`: the 发文字号 is not written as GB/T 9704 7.2.5 asks.
//!
//! Bad: `柳政发[2026]第03号`. Good: `柳政发〔2026〕3号`.

use crate::finding::{Finding, Fix};
use crate::report::Report;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(block) = report.draft.document_number() else { return };
    let plain: String = block.text.text().chars().filter(|c| !cjk::is_blank(*c)).collect();
    let brackets = ['〔', '〕', '[', ']', '［', '］', '【', '】', '(', ')', '（', '）'];
    let mut pieces = plain.split(brackets);
    let (Some(name), Some(year), Some(tail)) = (pieces.next(), pieces.next(), pieces.next()) else { return };
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
