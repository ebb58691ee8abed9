//! `copied-passage`: text of last year's report stands in this year's. Runs only where last year's report is at hand.
//!
//! Bad: a shortcoming word for word as last year, a paragraph in which one number was changed. Good: this year's own words; fixed
//! formulas and names of laws are nobody's own.

use serde_json::json;

use crate::compare;
use crate::finding::Finding;
use crate::report::Report;
use crate::text::{Span, cjk};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(last) = report.last else { return };
    let last = Report::new(last, report.book);
    let copies = compare::copies(&last, report);
    let line = |span: Span| last.draft.source.position(span.start).line;
    for (item, old) in &copies.repeated {
        let message = format!("这条不足和去年的一字不差（去年第{}行）", line(old.span));
        let help = "没改完，就写今年做到了哪一步、还差什么；改完了，就换成今年的不足";
        out.push(report.finding("copied-passage", item.span, message).help(help).data("last", old.text.as_str()));
    }
    if copies.share < report.book.book().copying.threshold {
        return;
    }
    for passage in &copies.passages {
        let changes: Vec<(&str, &str)> = passage.changed().collect();
        let how = match changes.as_slice() {
            [] => "一字不差".to_owned(),
            [(old, new)] if !old.is_empty() && !new.is_empty() && old.len() + new.len() < 60 => format!("只把{}改成了{}", cjk::quoted(old), cjk::quoted(new)),
            changes => format!("只改了{}处", changes.len()),
        };
        let message = format!("这段{}个字照抄去年（去年第{}行），{how}", passage.chars, line(passage.last.full_span()));
        let changes: Vec<_> = changes.iter().map(|(old, new)| json!({"last": old, "this": new})).collect();
        let finding = report.finding("copied-passage", passage.span(), message).data("chars", passage.chars);
        out.push(finding.data("last", passage.last.text()).data("changes", changes));
    }
}
