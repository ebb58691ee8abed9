//! `wrong-term`: a wording that is wrong as it stands.
//!
//! Bad: `努力建设法制政府。` Good: `努力建设法治政府。` Basis: the entry of rules/terms.yaml.

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "wrong-term", out);
}
