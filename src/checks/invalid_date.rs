//! `invalid-date`: a day that no calendar has.
//!
//! Bad: `2023年2月30日` Good: `2024年2月29日`. Basis: the calendar; 《党政机关公文处理工作条例》 第二十条（四）.

use crate::finding::Finding;
use crate::report::Report;

use super::times;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for passage in report.passages() {
        for (range, year, month, day) in times::days(passage) {
            // Without its year, 2月29日 may be a day.
            let year = i32::try_from(year.unwrap_or(2024)).unwrap_or(2024);
            if chrono::NaiveDate::from_ymd_opt(year, month, day).is_none() {
                let message = format!("没有“{}”这一天", &passage.text()[range.clone()]);
                out.push(report.finding("invalid-date", passage.span(range), message));
            }
        }
    }
}
