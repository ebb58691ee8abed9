//! `duty-coverage`: the part on the first responsible persons speaks of less than a third of their duties, or not of 述法.
//!
//! Bad: only slogans. Good: 听取汇报, 讲法治课, 出庭应诉, 述法 … Basis: 党政主要负责人履行推进法治建设第一责任人职责规定 第五、六条;
//! the 2021 opinion on 述法. A hint, never more.

use crate::finding::Finding;
use crate::report::Report;
use crate::rulebook::Family;

use super::topics;

/// How many duties a message names: the weightiest, which stand first in the rulebook.
const NAMED: usize = 4;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(found) = report.parts.get("duties").next() else { return };
    let heading = report.draft.blocks[found.heading].span();
    let duties = &report.book.book().duties;
    let missing = topics::missing(report, "duties", duties, Family::Duty);
    if missing.len() * 3 > duties.len() * 2 {
        let named = missing.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
        let more = if missing.len() > NAMED { format!("等{}项", missing.len()) } else { String::new() };
        let message = format!("主要负责人的职责没有写到{named}{more}");
        out.push(report.finding("duty-coverage", heading, message));
    }
    let told = report.prose().any(|passage| passage.text().contains("述法"));
    if !told && report.identity.year.is_none_or(|year| year >= 2021) {
        out.push(report.finding("duty-coverage", heading, "没有写党政主要负责人年终述法的情况").help("写明是否述法、怎样评议"));
    }
}
