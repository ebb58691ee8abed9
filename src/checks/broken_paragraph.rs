//! `broken-paragraph`: a page break or an empty line cuts a paragraph, or a mark stands alone on its line.
//!
//! Bad: `坚持学法用⏎⏎法制度` Good: the sentence on one line. Basis: clean copy. One finding with the first places.

use crate::finding::Finding;
use crate::report::Report;
use crate::text::{Span, cjk};

/// How many places a finding shows.
const SHOWN: usize = 6;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let source = &report.draft.source;
    let lone = |index: &usize| {
        let line = source.slice(source.line_span(*index));
        // Nearly every line begins with a common 汉字 or is empty.
        if matches!(line.as_bytes().first(), None | Some(0xe4..=0xe9)) {
            return false;
        }
        let line = line.trim_matches(cjk::is_blank);
        !line.is_empty() && line.chars().all(|c| matches!(c, '。' | '；' | '，' | '、'))
    };
    let lone: Vec<Span> = (0..source.line_count()).filter(lone).map(|index| source.line_span(index)).collect();
    for &span in &lone {
        out.push(report.finding("broken-paragraph", span, "标点单独成了一行").help("接到上一段末尾，多余的删去"));
    }
    let wide: Vec<Span> = report
        .draft
        .seams
        .iter()
        .filter(|seam| seam.wide && !lone.iter().any(|line| line.touches(seam.span)))
        .map(|seam| seam.doubled.map_or(seam.span, |doubled| seam.span.to(doubled)))
        .collect();
    let Some(&first) = wide.first() else { return };
    let message = match wide.len() {
        1 => "一段话被空行断成了两段".to_owned(),
        count => format!("有{count}段话被空行断开"),
    };
    let mut finding = report.finding("broken-paragraph", first, message).help("删去断开处的空行，把一段话连起来").data("count", wide.len());
    for &span in wide.iter().skip(1).take(SHOWN - 1) {
        finding = finding.related(span, "还有这里");
    }
    out.push(finding);
}
