//! impossible-figure: a figure cannot be: a rate over 100 %, a part larger than its total.
//!
//! Good: 满意率98%。 Bad: 满意率108%。
//!
//! How the words are read is the matter of [`crate::figures`]; here an inconsistent claim becomes a finding.

use super::figures::findings;
use crate::figures::Kind;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, list: &mut Vec<Finding>) {
    findings(report, Kind::Impossible, list);
}
