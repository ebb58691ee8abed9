//! sum-mismatch: parts do not make their total.
//!
//! Good: 共9件，分别为民事5件、行政4件。 Bad: 共9件，分别为民事5件、行政3件。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Sum, list);
}
