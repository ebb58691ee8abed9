//! `forbidden-wording`: the report holds a wording that its rulebook forbids.
//!
//! Bad: a wording under `forbid`. Good: any other. Basis: the entry's own.

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "forbidden-wording", out);
}
