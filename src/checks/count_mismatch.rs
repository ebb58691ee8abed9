//! count-mismatch: a list has more or fewer members than it says.
//!
//! Good: 3个村（东村、西村、南村）。 Bad: 4个村（东村、西村、南村）。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Count, list);
}
