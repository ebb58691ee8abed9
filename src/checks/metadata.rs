//! `metadata`: the properties of a Word file name somebody, and go out with it.
//!
//! Bad: 作者“王小明”. Good: no author.

use crate::finding::Finding;
use crate::report::Report;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(word) = &report.draft.word else { return };
    let harmless = |name: &str| report.book.book().page.no_names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let named: Vec<String> =
        word.form.names.iter().filter(|(_, name)| !harmless(name)).map(|(what, name)| format!("{what}“{name}”")).collect();
    if !named.is_empty() {
        let place = report.draft.title().map_or(Span::new(0, 0), crate::draft::Block::span);
        out.push(report.finding("metadata", place, format!("文件属性里写着{}", named.join("、"))));
    }
}
