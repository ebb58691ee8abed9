//! `missing-date`: the report bears no 成文日期 (条例 第九条（十二）).
//!
//! Bad: the signature is the last line. Good: `2026年1月20日` under it.

use crate::draft::Role;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    if report.draft.date().is_some() {
        return;
    }
    let blank = report.draft.blocks.iter().find(|block| matches!(block.role, Role::BlankDate));
    if let Some(blank) = blank {
        out.push(report.finding("missing-date", blank.span(), "成文日期还没有填"));
        return;
    }
    let place = report.draft.signatures().last().map_or_else(|| super::missing_signature::end_of_text(report), crate::draft::Block::span);
    out.push(report.finding("missing-date", place, "文末没有成文日期"));
}
