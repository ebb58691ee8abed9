//! `late-date`: the 成文日期 lies behind the day by which the report is due (`dates`), 1 March of the next year
//! unless the rulebook says otherwise.
//!
//! Bad: a report on 2025 of `2026年4月2日`. Good: `2026年2月10日`. Basis: 规定 第二十三条.

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let (Some((block, date)), Some(year)) = (report.draft.date(), report.told_year()) else { return };
    let dates = &report.book.book().dates;
    let (Some(day), Some(due)) = (date.calendar(), dates.report_by.and_then(|due| due.of(year + 1))) else { return };
    if day <= due {
        return;
    }
    let public = dates.publish_by.and_then(|public| public.of(year + 1)).filter(|public| day > *public);
    let public = public.map(|public| format!("，也过了公开期限{}", public.format("%-m月%-d日"))).unwrap_or_default();
    let message = format!("成文日期是{}，晚于报送期限{}{public}", date.standard(), due.format("%Y年%-m月%-d日"));
    let finding = report.finding("late-date", block.span(), message);
    out.push(match report.book.book().origin(&["dates", "report_by"]) {
        Some(place) => finding.asked(place),
        None => finding,
    });
}
