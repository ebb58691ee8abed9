//! `missing-title`: the report has no 标题 (条例 第九条（七）).
//!
//! Bad: the text begins with `一、`. Good: `柳川镇2025年法治政府建设年度报告`, on one line or on several.

use crate::finding::Finding;
use crate::report::Report;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    if report.draft.title().is_none() {
        let start = report.draft.blocks.first().map_or(0, |block| block.span().start);
        let first = report.draft.source.line_span(report.draft.source.line_index(start));
        out.push(report.finding("missing-title", Span::new(start, first.end.max(start)), "开头没有标题"));
    }
}
