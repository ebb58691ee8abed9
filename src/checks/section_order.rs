//! `section-order`: the required parts stand in another order than the rulebook gives them (`order` of each part). Off
//! unless a rulebook asks: the national rule names four contents, not their order.
//!
//! Bad: 存在的不足 before 主要举措. Good: the order of the rulebook.

use crate::finding::Finding;
use crate::report::{How, Report};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let book = report.book.book();
    let part = |key: &str| book.parts.iter().find(|(name, part)| name == key && part.order > 0).map(|(key, part)| (key, part));
    // Only headings of the first level that stand for one part set an order.
    let alone = |heading: usize| report.parts.found.iter().filter(|found| found.heading == heading).count() == 1;
    let mut last: Option<(u32, &str)> = None;
    let mut seen = Vec::new();
    for found in report.parts.found.iter().filter(|found| found.how == How::Heading && alone(found.heading)) {
        let Some((key, part)) = part(&found.key) else { continue };
        if seen.contains(&key.as_str()) {
            continue;
        }
        seen.push(key);
        if let Some((_, above)) = last.filter(|(order, _)| part.order < *order) {
            let span = report.draft.blocks[found.heading].span();
            let message = format!("“{}”应当写在“{above}”前面", part.title);
            let mut finding = report.finding("section-order", span, message).data("section", key.as_str());
            if let Some(place) = book.origin(&["parts", key, "order"]) {
                finding = finding.asked(place);
            }
            out.push(finding);
        } else {
            last = Some((part.order, &part.title));
        }
    }
}
