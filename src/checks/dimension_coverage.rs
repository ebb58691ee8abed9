//! `dimension-coverage`: the measures leave out several of the nine fields of the national outline.
//!
//! Bad: only 普法 and 调解. Good: all that the township did, field by field. Basis: 《法治政府建设实施纲要（2021—2025年）》.
//! A hint, never more.

use crate::finding::Finding;
use crate::report::Report;
use crate::rulebook::Family;

use super::topics;

/// How many fields can lack before it is worth a word.
const FREE: usize = 2;
/// How many fields a message names.
const NAMED: usize = 4;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(found) = report.parts.get("measures").next() else { return };
    if report.identity.year.is_some_and(|year| year < 2021) {
        return;
    }
    let missing = topics::missing(report, "measures", &report.book.book().dimensions, Family::Dimension);
    if missing.len() > FREE {
        let named = missing.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
        let more = if missing.len() > NAMED { format!("等{}个方面", missing.len()) } else { String::new() };
        let message = format!("主要举措没有写到{named}{more}");
        out.push(report.finding("dimension-coverage", report.draft.blocks[found.heading].span(), message));
    }
}
