//! `copied-passage`: text of last year's report stands in this year's. Runs only where last year's report is at hand.
//!
//! Bad: a shortcoming word for word as last year, a paragraph in which one number was changed. Good: this year's own words; fixed
//! formulas and names of laws are nobody's own.

use crate::compare;
use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(last) = report.last else { return };
    let last = Report::new(last, report.book);
    let repeated = compare::repeated(&last, report);
    for (item, old) in &repeated {
        let line = last.draft.source.position(old.span.start).line;
        let finding = report.finding("copied-passage", item.span, format!("这条不足和去年的一字不差（去年第{line}行）"));
        out.push(finding.help("去年的不足改了没有？没改完，写今年做到了哪一步、还差什么；改完了，就换成今年的不足").data("last", old.text.as_str()));
    }
    let copies = compare::copies(&last, report);
    if copies.share < report.book.book().copying.threshold {
        return;
    }
    for passage in &copies.passages {
        let span = passage.span();
        if repeated.iter().any(|(item, _)| item.span.touches(span)) {
            continue;
        }
        let line = last.draft.source.position(passage.last.full_span().start).line;
        let change = |change: &compare::Change| {
            let (old, new) = (&passage.last.text()[change.last.clone()], &passage.this.text()[change.this.clone()]);
            serde_json::json!({"last": old, "this": new})
        };
        let how = match passage.changes.as_slice() {
            [] => "一字不差".to_owned(),
            [change] => format!("只把“{}”改成了“{}”", &passage.last.text()[change.last.clone()], &passage.this.text()[change.this.clone()]),
            changes => format!("只改了{}处", changes.len()),
        };
        let message = format!("这段{}个字照抄去年（去年第{line}行），{how}", passage.chars);
        let finding = report.finding("copied-passage", span, message).data("chars", passage.chars).data("share", (copies.share * 10.0).round() / 10.0);
        out.push(finding.data("last", passage.last.text()).data("changes", passage.changes.iter().map(change).collect::<Vec<_>>()));
    }
}
