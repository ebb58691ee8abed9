//! figure-conflict: the same quantity is stated twice with different values.
//!
//! Good: 59件已化解57件，2件正在处理。 Bad: 59件已全部化解，其中2件正在处理。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Conflict, list);
}
