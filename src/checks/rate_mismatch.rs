//! rate-mismatch: a rate is not the quotient of the counts that the words tie to it.
//!
//! Good: 受理20件，办结19件，办结率95%。 Bad: 受理20件，办结19件，办结率100%。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Rate, list);
}
