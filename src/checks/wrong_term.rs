//! `wrong-term`: a wording that is wrong as it stands, or written in two ways.
//!
//! Bad: `努力建设法制政府。` Good: `努力建设法治政府。` Basis: the entry of rules/terms.yaml.

use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::rulebook::Literal;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "wrong-term", out);
    for (index, name) in report.book.book().quoted.iter().enumerate() {
        out.extend(quoted_by_turns(report, index, name));
    }
}

/// `“法律明白人”` here, `法律明白人` there.
fn quoted_by_turns(report: &Report<'_>, index: usize, name: &str) -> Option<Finding> {
    let (mut quoted, mut bare): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    for passage in report.prose() {
        let text = passage.text();
        for range in passage.find(|literal| literal == Literal::Quoted(index)) {
            let opened = text[..range.start].ends_with('“');
            match (opened, text[range.end..].starts_with('”')) {
                (true, true) => quoted.push(passage.span(range)),
                (false, false) => bare.push(passage.span(range)),
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
