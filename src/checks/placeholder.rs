//! `placeholder`: a blank that was to be filled in.
//!
//! Bad: `XX村被评为示范村` Good: `枣林村被评为示范村`. Basis: 《党政机关公文处理工作条例》 第二十条（四）.

use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check_all(report, "placeholder", out);
    report.passages().iter().for_each(|passage| crosses(report, passage, out));
}

/// `XX`, `××`, `____`.
fn crosses(report: &Report<'_>, passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let text = passage.text();
    let mut at = 0;
    while let Some(found) = text[at..].find(['X', 'x', '×', '_', '✕', '╳']) {
        let start = at + found;
        let mark = text[start..].chars().next().unwrap_or('X');
        let length = text[start..].len() - text[start..].trim_start_matches(mark).len();
        at = start + length;
        let count = text[start..at].chars().count();
        let (before, after) = (text[..start].chars().next_back(), text[at..].chars().next());
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '@' | '×' | '_'));
        let least = if mark == '_' { 3 } else { 2 };
        // 李XX is a person whose name is kept back.
        let person = mark != '_' && before.is_some_and(|c| report.book.book().private.surnames.contains(c)) && !after.is_some_and(|c| "村镇乡县市区月日年".contains(c));
        let blank = mark == '_' || before.is_some_and(cjk::is_han) || after.is_some_and(cjk::is_han);
        if count >= least && !latin(before) && !latin(after) && !person && blank {
            let span = passage.span(start..at);
            out.push(report.finding("placeholder", span, format!("“{}”没有填上内容", report.draft.source.slice(span))));
        }
    }
}
