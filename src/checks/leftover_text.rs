//! `leftover-text`: something that a web page, a converter or a mark-up left behind.
//!
//! Bad: `扫一扫在手机打开当前页` Good: `群众扫码即可咨询。` Basis: 《党政机关公文处理工作条例》.

use crate::finding::{Finding, Fix};
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check_all(report, "leftover-text", out);
    // Marks of bold that found no partner.
    for passage in report.prose() {
        if let Some(at) = passage.text().find("**").filter(|_| !passage.text().contains("***")) {
            let span = passage.span(at..at + 2);
            let finding = report.finding("leftover-text", span, "多出了“**”，是排版软件留下的加粗符号");
            out.push(finding.help("删去“**”").fix(Fix::replace("删去**", true, span, "")));
        }
    }
}
