//! `law-name`: a law is called by a name that it does not bear.
//!
//! Bad: `宣传乡村振兴法。` Good: `宣传乡村振兴促进法。` Basis: rules/laws.yaml, the law's own title.

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "law-name", out);
}
