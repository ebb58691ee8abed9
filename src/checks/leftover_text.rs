//! `leftover-text`: something that a web page, a converter or a mark-up left behind.
//!
//! Bad: `扫一扫在手机打开当前页` Good: `群众扫码即可咨询。` Basis: 《党政机关公文处理工作条例》.

use memchr::memchr_iter;

use crate::finding::{Finding, Fix};
use crate::report::Report;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check_all(report, "leftover-text", out);
    tags(report, out);
    // Marks of bold that found no partner.
    for passage in report.prose() {
        let mut stars = memchr_iter(b'*', passage.text().as_bytes());
        let twice = |at: &usize| passage.text()[*at..].starts_with("**");
        if let Some(at) = stars.find(twice).filter(|_| !passage.text().contains("***")) {
            let span = passage.span(at..at + 2);
            let finding = report.finding("leftover-text", span, "多出了“**”，是加粗用的记号");
            out.push(finding.help("删去“**”").fix(Fix::replace("删去**", true, span, "")));
        }
    }
}

/// `<p style="…">`: one finding for all.
fn tags(report: &Report<'_>, out: &mut Vec<Finding>) {
    let text = report.draft.source.text();
    let found: Vec<Span> = memchr_iter(b'<', text.as_bytes())
        .filter_map(|at| {
            let rest = text[at + 1..].trim_start_matches('/');
            let tag = report.book.book().leftover.tags.iter().find(|tag| {
                rest.strip_prefix(tag.as_str()).is_some_and(|rest| rest.starts_with('>') || rest.starts_with(' ') && rest.contains('='))
            })?;
            let end = rest.find('>').filter(|end| !rest[..*end].contains(['<', '\n']) && *end >= tag.len())?;
            Some(Span::new(at, text.len() - rest.len() + end + 1))
        })
        .filter(|span| !report.draft.comments.iter().any(|comment| comment.contains(span.start)))
        .collect();
    let Some((first, others)) = found.split_first() else { return };
    let message = format!("留下了网页代码，共{}处", found.len());
    let finding = report.finding("leftover-text", *first, message).help("删去尖括号和里面的代码").data("count", found.len());
    out.push(others.iter().take(4).fold(finding, |finding, span| finding.related(*span, "还有这里")));
}
