//! unreachable-rate: no whole number of cases gives a rate.
//!
//! Good: 培训17人，合格率94.1%。 Bad: 培训17人，合格率96%。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Unreachable, list);
}
