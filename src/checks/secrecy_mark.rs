//! `secrecy-mark`: a mark of secrecy, or `内部资料`, in a report that is published.
//!
//! Bad: `机密★1年` Good: `开展保密检查2次。` Basis: 政府信息公开条例 第十四条; 规定 第二十四条.

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check_all(report, "secrecy-mark", out);
}
