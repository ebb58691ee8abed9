//! `shared-figures`: several figures that count the same things are the same in another town's report, in the same order. Runs only where
//! several drafts are checked in one run.
//!
//! Bad: `化解矛盾纠纷187件 … 审查合同46份 … 处罚23件 … 讲座58场` in two towns. Good: one or two figures that are the same; figures of
//! the county. What stands in a passage that `shared-passage` tells of is left to it.

use std::cell::OnceCell;

use serde_json::json;

use crate::compare::Stated;
use crate::county::{Shared, Twin, shared, twins};
use crate::finding::{Elsewhere, Finding};
use crate::report::{Neighbour, Report};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for neighbour in report.neighbours.iter().flat_map(|neighbours| &neighbours.drafts) {
        let passages = OnceCell::new();
        let told = |figure: &Stated| {
            let passages: &Vec<Shared> = passages.get_or_init(|| shared(report, neighbour));
            passages.iter().any(|passage| passage.copied.span().touches(figure.span))
        };
        let row = twins(report, neighbour, told);
        out.extend(finding(report, neighbour, &row));
    }
}

fn finding(report: &Report<'_>, neighbour: &Neighbour, row: &[Twin]) -> Option<Finding> {
    let (first, rest) = row.split_first()?;
    let figures: Vec<&str> = row.iter().map(|twin| twin.this.text.as_str()).collect();
    let shown = figures.iter().take(4).map(|text| format!("“{text}”")).collect::<Vec<_>>().join("、");
    let more = if figures.len() > 4 { "等" } else { "" };
    let message = format!("{shown}{more}{}个数和{}的报告一样，顺序也一样", row.len(), neighbour.town);
    let there = |twin: &Twin| Elsewhere::new(&neighbour.draft.source, twin.other.span);
    let mut finding = report
        .finding("shared-figures", first.this.span, message)
        .data("sibling", json!({"path": neighbour.draft.source.name(), "town": neighbour.town}))
        .data("figures", figures);
    finding.elsewhere_too(format!("{}的报告", neighbour.town), there(first));
    for twin in rest {
        finding = finding.related(twin.this.span, "这个数也一样");
    }
    Some(finding)
}
