//! change-mismatch: a change is not the one from here to there.
//!
//! Good: 由20件减至15件，下降25%。 Bad: 由20件减至15件，下降30%。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Change, list);
}
