//! `annotation-form`: the 附注 is not written as GB/T 9704 7.3.6 asks.
//!
//! Bad: `(此件公开发布)` Good: `（此件公开发布）`.

use crate::draft::Role;
use crate::finding::{Finding, Fix};
use crate::report::Report;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for block in report.draft.blocks.iter().filter(|block| matches!(block.role, Role::Annotation)) {
        let text = block.text.text();
        let words: String = text.chars().filter(|c| cjk::is_han(*c)).collect();
        let right = format!("（{words}）");
        if text != right && text.chars().all(|c| cjk::is_han(c) || cjk::is_blank(c) || "()（）。.".contains(c)) {
            let finding = report.finding("annotation-form", block.span(), format!("附注应写成“{right}”"));
            out.push(finding.fix(Fix::replace(format!("改为{right}"), true, block.span(), right)));
        }
    }
}
