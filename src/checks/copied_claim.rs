//! `copied-claim`: the township claims a power, or owns up to a lack, that only higher levels can have: the trace of
//! a text taken over from one of theirs.
//!
//! Bad: `基层治理的立法体系尚不完善。` Good: `征集立法意见建议12条。` Basis: 立法法.

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "copied-claim", out);
}
