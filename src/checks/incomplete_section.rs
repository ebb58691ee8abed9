//! `incomplete-section`: a part is there but does not say what it must, most often the causes (规定 第二十五条（二）).
//!
//! Bad: `一是普法形式单一。二是人员业务不熟。` Good: `普法形式单一，原因是专职人员少。`

use crate::draft::Block;
use crate::finding::Finding;
use crate::report::{Found, Report};
use crate::rulebook::Must;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for (key, part) in &report.book.book().parts {
        let places: Vec<&Found> = report.parts.get(key).collect();
        let Some(first) = places.first() else { continue };
        let texts: Vec<&Block> = places.iter().flat_map(|found| report.draft.prose(found.body.clone())).collect();
        if texts.is_empty() {
            continue;
        }
        for (name, must) in &part.must {
            if texts.iter().any(|block| says(block.text.text(), must)) {
                continue;
            }
            let heading = &report.draft.blocks[first.heading];
            let promised = heading.text.text().contains(name.as_str());
            let message = if promised {
                format!("标题写了“{name}”，下面却没有写{name}")
            } else {
                format!("“{}”里没有写{name}", part.title)
            };
            let mut finding = report.finding("incomplete-section", heading.span(), message).asked(key.place).data("section", key.as_str()).data("missing", name.as_str());
            if let Some(help) = &must.help {
                finding = finding.help(help.clone());
            }
            if let Some(basis) = &part.basis {
                finding = finding.basis(basis.clone());
            }
            out.push(finding);
        }
    }
}

/// Whether a sentence of a text says it: a match of `any` that no match of `not` touches.
fn says(text: &str, must: &Must) -> bool {
    text.split(['。', '；']).any(|sentence| {
        let found = must.any.find_iter(sentence);
        if found.is_empty() {
            return false;
        }
        let not = must.not.find_iter(sentence);
        found.iter().any(|found| !not.iter().any(|not| not.start < found.end && found.start < not.end))
    })
}
