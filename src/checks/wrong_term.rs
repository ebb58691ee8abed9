//! `wrong-term`: a wording that is wrong as it stands, or written in two ways.
//!
//! Bad: `努力建设法制政府。` Good: `努力建设法治政府。` Basis: the entry of rules/terms.yaml.

use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "wrong-term", out);
    for name in &report.book.book().quoted {
        out.extend(quoted_by_turns(report, name));
    }
}

/// `“法律明白人”` here, `法律明白人` there.
fn quoted_by_turns(report: &Report<'_>, name: &str) -> Option<Finding> {
    let (mut quoted, mut bare): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    for passage in report.prose() {
        let text = passage.text();
        for (at, _) in text.match_indices(name) {
            let end = at + name.len();
            let opened = text[..at].ends_with('“');
            match (opened, text[end..].starts_with('”')) {
                (true, true) => quoted.push(passage.span(at..end)),
                (false, false) => bare.push(passage.span(at..end)),
                // Within longer quotes nothing can be said.
                _ => {}
            }
        }
    }
    let (few, many) = if bare.len() <= quoted.len() { (&bare, &quoted) } else { (&quoted, &bare) };
    let (&first, &other) = (few.first()?, many.first()?);
    let message = format!("“{name}”有{}处加引号，{}处不加，写法不一致", quoted.len(), bare.len());
    let finding = report.finding("wrong-term", first, message).at_most(Severity::Info);
    Some(finding.help("全文统一，要么都加引号，要么都不加").related(other, "另一种写法"))
}
