//! approximation: one word of inexactness stands beside another, or beside an exact number.
//!
//! Good: 约3000份。 Bad: 约3000余份。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Approximation, list);
}
