//! `thin-section`: a required part says next to nothing.
//!
//! Bad: `三、履职情况` with `认真履行职责，成效明显。` under it. Good: who did what, how often.

use crate::draft::{Block, Role};
use crate::finding::Finding;
use crate::report::{How, Report};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for (key, part) in report.book.book().parts.iter().filter(|(_, part)| part.required) {
        let merged = |heading: usize| report.parts.merged.iter().any(|(other, _)| *other == heading);
        let places: Vec<_> = report.parts.get(key).filter(|found| found.how != How::Lead && !merged(found.heading)).collect();
        let Some(first) = places.first() else { continue };
        let bodies = || places.iter().map(|found| found.body.clone());
        if bodies().any(|body| report.draft.blocks[body].iter().any(|block| matches!(block.role, Role::Table(_)))) {
            continue;
        }
        // What is long enough need not be counted to its end.
        let add = |length, block: &Block| Some(length + block.text.length()).filter(|length| *length < part.min_chars);
        let Some(length) = bodies().flat_map(|body| report.draft.prose(body)).try_fold(0, add) else { continue };
        if length == 0 {
            continue;
        }
        let block = &report.draft.blocks[first.heading];
        let unclear = match key.as_str() {
            "plan" => "打算做什么",
            "shortcomings" => "有哪些不足、是什么原因",
            _ => "做了什么",
        };
        let message = format!("“{}”只有{length}个字，说不清{unclear}", part.title);
        let mut finding = report.finding("thin-section", block.span(), message).asked(key.place).data("section", key.as_str()).data("chars", length);
        if let Some(help) = &part.help {
            finding = finding.help(help.clone());
        }
        if let Some(basis) = &part.basis {
            finding = finding.basis(basis.clone());
        }
        out.push(finding);
    }
}
