//! `shared-passage`: a long passage with figures of its own stands in another town's report too. Runs only where several drafts are
//! checked in one run.
//!
//! Bad: two towns with `全年分流诉求187件，办结176件` in one and the same paragraph. Good: the formulas that every report bears; what two
//! towns did together; what the county did.

use serde_json::json;

use crate::county::{Shared, shared};
use crate::finding::{Elsewhere, Finding, Severity};
use crate::report::{Neighbour, Report};
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let mut found: Vec<Finding> = Vec::new();
    for neighbour in report.neighbours.iter().flat_map(|neighbours| &neighbours.drafts) {
        for passage in shared(report, neighbour) {
            let there = elsewhere(&passage, neighbour);
            // One passage is one finding, however many towns share it.
            match found.iter_mut().find(|finding| finding.span.touches(passage.copied.span())) {
                Some(finding) => finding.elsewhere_too(format!("{}也有这段", neighbour.town), there),
                None => found.push(one(report, &passage, neighbour, there)),
            }
        }
    }
    out.extend(found);
}

fn one(report: &Report<'_>, passage: &Shared, neighbour: &Neighbour, there: Elsewhere) -> Finding {
    let copied = &passage.copied;
    let changes: Vec<(&str, &str)> = copied.changed().collect();
    let how = match changes.as_slice() {
        [] => "一字不差".to_owned(),
        [(old, new)] if !old.is_empty() && !new.is_empty() && old.len() + new.len() < 60 => format!("那边写的是{}，这边是{}", cjk::quoted(old), cjk::quoted(new)),
        changes => format!("只有{}处不同", changes.len()),
    };
    let message = format!("这段{}个字和{}的报告一样，{how}", copied.chars, neighbour.town);
    let changes: Vec<_> = changes.iter().map(|(old, new)| json!({"sibling": old, "this": new})).collect();
    let mut finding = report
        .finding("shared-passage", copied.span(), message)
        .data("chars", copied.chars)
        .data("sibling", json!({"path": there.path, "town": neighbour.town}))
        .data("changes", changes);
    finding.elsewhere_too(format!("{}的报告", neighbour.town), there);
    if passage.concrete { finding } else { finding.at_most(Severity::Info) }
}

/// Where the passage stands in the other draft.
fn elsewhere(passage: &Shared, neighbour: &Neighbour) -> Elsewhere {
    Elsewhere::new(&neighbour.draft.source, passage.copied.last.full_span())
}
