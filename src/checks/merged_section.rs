//! `merged-section`: two required parts share one heading (规定 第二十五条 lists them apart).
//!
//! Bad: `五、存在的问题及下一步打算`. Good: a heading each.

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for (heading, keys) in &report.parts.merged {
        let block = &report.draft.blocks[*heading];
        let title = |key: &String| {
            let parts = &report.book.book().parts;
            parts.iter().find(|(other, _)| other == key).map_or_else(|| key.clone(), |(_, part)| format!("“{}”", part.title))
        };
        let names: Vec<String> = keys.iter().map(title).collect();
        let message = format!("{}合在了一个标题下", names.join("和"));
        out.push(report.finding("merged-section", block.span(), message).data("section", keys[0].as_str()).data("sections", keys.clone()));
    }
}
