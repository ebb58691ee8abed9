//! `early-date`: the 成文日期 lies before the end of the year that is reported on, so that the figures cannot be those
//! of the whole year.
//!
//! Bad: a report on 2025 of `2025年11月18日`. Good: `2026年1月20日`. Basis: 规定 第二十五条（上一年度）.

use crate::finding::{Finding, Severity};
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some((block, date)) = report.draft.date() else { return };
    let (Some(day), Some(start)) = (date.calendar(), report.year_start()) else { return };
    let last = start.checked_add_months(chrono::Months::new(12)).and_then(|day| day.pred_opt());
    if day >= start && last.is_some_and(|last| day < last) {
        let message = format!("成文日期是{}，这一年还没有过完，数据不是全年的", date.standard());
        let finding = report.finding("early-date", block.span(), message);
        // In the last days of December the year's figures are nearly whole.
        let late = last.is_some_and(|last| (last - day).num_days() <= 15);
        out.push(if late { finding.at_most(Severity::Info) } else { finding });
    }
}
