//! Findings that the drafter allows: `<!-- rlcheck: allow rate-mismatch 含上年结转 -->` in the draft, `[[allow]]` in
//! `rlcheck.toml`.
//!
//! A comment on a line of its own speaks for the next paragraph, one within a paragraph for that paragraph; above
//! the first text it speaks for the whole draft.

use crate::finding::Finding;
use crate::report::Report;
use crate::text::Span;

/// A comment that allows something.
struct Allowed<'a> {
    rules: Vec<&'a str>,
    /// Where it holds.
    span: Span,
}

/// Takes the allowed findings out.
pub(super) fn apply(report: &Report<'_>, findings: &mut Vec<Finding>) {
    let source = &report.draft.source;
    let comments: Vec<Allowed<'_>> = report.draft.comments.iter().filter_map(|&comment| allowed(report, comment)).collect();
    let configured = &report.book.config.allow;
    findings.retain(|finding| {
        let by_comment =
            comments.iter().any(|allowed| allowed.rules.contains(&finding.rule.as_str()) && allowed.span.touches(finding.span));
        let by_config = configured.iter().any(|allow| {
            allow.rule.value == finding.rule
                && allow.text.as_ref().is_none_or(|text| source.slice(finding.span).contains(text.as_str()))
        });
        !by_comment && !by_config
    });
}

fn allowed<'a>(report: &'a Report<'_>, comment: Span) -> Option<Allowed<'a>> {
    let source = &report.draft.source;
    let text = source.slice(comment).strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let rest = text.strip_prefix("rlcheck")?.trim_start().strip_prefix([':', '：'])?.trim_start().strip_prefix("allow")?;
    let is_rule = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let rules: Vec<&str> = rest.split([' ', ',', '，', '、', '\t']).filter(|word| !word.is_empty()).take_while(is_rule).collect();
    let blocks = &report.draft.blocks;
    let first = blocks.first().map_or(0, |block| block.span().start);
    let span = if comment.start < first {
        Span::new(0, source.text().len())
    } else {
        let holds =
            |span: Span| span.start <= comment.start && comment.start <= source.line_span(source.line_index(span.end)).end;
        blocks.iter().map(crate::draft::Block::span).find(|&span| holds(span) || span.start >= comment.end)?
    };
    Some(Allowed { rules, span })
}
