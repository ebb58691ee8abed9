//! `wrong-term`: a wording that is wrong as it stands, or written in two ways.
//!
//! Bad: `努力建设法制政府。` Good: `努力建设法治政府。` Basis: the entry of rules/terms.yaml.

use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::rulebook::Family;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "wrong-term", out);
    let names = &report.book.book().quoted;
    let mut places = vec![Places::default(); names.len()];
    for (passage, hits) in report.prose_with(Family::Quoted) {
        let text = passage.text();
        for hit in hits {
            let (places, range) = (&mut places[hit.index()], hit.range());
            match (text[..range.start].ends_with('“'), text[range.end..].starts_with('”')) {
                (true, true) => places.quoted.push(passage.span(range)),
                (false, false) => places.bare.push(passage.span(range)),
                // Within longer quotes nothing can be said.
                _ => {}
            }
        }
    }
    out.extend(names.iter().zip(&places).filter_map(|(name, places)| quoted_by_turns(report, name, places)));
}

/// Where a name stands with quotation marks, and where without.
#[derive(Clone, Default)]
struct Places {
    quoted: Vec<Span>,
    bare: Vec<Span>,
}

/// `“法律明白人”` here, `法律明白人` there.
fn quoted_by_turns(report: &Report<'_>, name: &str, Places { quoted, bare }: &Places) -> Option<Finding> {
    let (few, many) = if bare.len() <= quoted.len() { (bare, quoted) } else { (quoted, bare) };
    let (&first, &other) = (few.first()?, many.first()?);
    let message = format!("“{name}”有{}处加引号，{}处不加，写法不一致", quoted.len(), bare.len());
    let finding = report.finding("wrong-term", first, message).at_most(Severity::Info);
    Some(finding.help("全文统一，要么都加引号，要么都不加").related(other, "另一种写法"))
}
