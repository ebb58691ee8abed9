//! `late-date`: the 成文日期 lies behind the day by which the report is due, 1 March of the next year.
//!
//! Bad: a report on 2025 of `2026年4月2日`. Good: `2026年2月10日`. Basis: 规定 第二十三条.

use chrono::NaiveDate;

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let (Some((block, date)), Some(year)) = (report.draft.date(), report.told_year()) else { return };
    let due = i32::try_from(year + 1).ok().and_then(|year| NaiveDate::from_ymd_opt(year, 3, 1));
    let (Some(day), Some(due)) = (date.calendar(), due) else { return };
    if day > due {
        let message = format!("成文日期是{}，晚于报送期限{}", date.standard(), due.format("%Y年%-m月%-d日"));
        out.push(report.finding("late-date", block.span(), message));
    }
}
