//! Findings that the drafter allows: `<!-- rlcheck: allow rate-mismatch 含上年结转 -->` in the draft, `[[allow]]` in
//! `rlcheck.toml`; and `unused-allow` for those that allow nothing.
//!
//! A comment on a line of its own speaks for the next paragraph, one within a paragraph for that paragraph; above
//! the first text it speaks for the whole draft.

use crate::finding::{Finding, Fix};
use crate::report::Report;
use crate::rulebook::Allow;
use crate::spanned::nearest;
use crate::text::Span;

/// The rule that speaks of what allows nothing.
pub(super) const RULE: &str = "unused-allow";

/// A comment that allows something.
struct Allowed<'a> {
    /// The rules, and whether each allowed anything.
    rules: Vec<(&'a str, bool)>,
    /// Where it holds.
    span: Span,
    /// The comment itself.
    comment: Span,
}

/// Takes the allowed findings out, and speaks of what allowed none.
pub(super) fn apply(report: &Report<'_>, findings: &mut Vec<Finding>) {
    let source = &report.draft.source;
    let mut comments: Vec<Allowed<'_>> = report.draft.comments.iter().filter_map(|&comment| allowed(report, comment)).collect();
    let mut configured: Vec<(&Allow, bool)> = report.book.config.allow.iter().map(|allow| (allow, false)).collect();
    findings.retain(|finding| {
        let mut free = false;
        for allowed in comments.iter_mut().filter(|allowed| allowed.span.touches(finding.span)) {
            for (_, used) in allowed.rules.iter_mut().filter(|(rule, _)| *rule == finding.rule) {
                (free, *used) = (true, true);
            }
        }
        for (allow, used) in &mut configured {
            // The text is a piece of what is found, or the words round it.
            let told = |text: &String| {
                let places = source.text().match_indices(text.as_str());
                places.map(|(at, _)| Span::new(at, at + text.len())).any(|place| place.touches(finding.span))
            };
            if allow.rule.value == finding.rule && allow.text.as_ref().is_none_or(told) {
                (free, *used) = (true, true);
            }
        }
        !free
    });
    if !report.book.wants(RULE) {
        return;
    }
    for allowed in &comments {
        for (rule, _) in allowed.rules.iter().filter(|(_, used)| !used) {
            let alone = allowed.rules.len() == 1;
            let finding = unused(report, rule, allowed.comment, if alone { "删去这个标记" } else { "从标记里删去这条规则" });
            let fix = |finding: Finding| finding.fix(Fix::replace("删去标记", false, allowed.comment, ""));
            findings.extend(if alone { finding.map(fix) } else { finding });
        }
    }
    for (allow, _) in configured.iter().filter(|(_, used)| !used) {
        // One rlcheck.toml speaks for many drafts: only what this one holds is its matter.
        let Some(at) = allow.text.as_ref().and_then(|text| Some((source.text().find(text.as_str())?, text.len()))) else {
            continue;
        };
        findings.extend(unused(report, &allow.rule.value, Span::new(at.0, at.0 + at.1), "从rlcheck.toml里删去这一条"));
    }
}

/// A suppression of a rule that ran and found nothing there.
fn unused(report: &Report<'_>, rule: &str, span: Span, help: &str) -> Option<Finding> {
    let rules = &report.book.book().rules;
    if !rules.contains_key(rule) {
        let finding = report.finding(RULE, span, format!("要忽略的规则“{rule}”不存在"));
        return Some(match nearest(rule, rules.keys().map(String::as_str)) {
            Some(near) => finding.help(format!("是不是想写“{near}”？")),
            None => finding,
        });
    }
    report.book.wants(rule).then(|| {
        let title = &rules[rule].title;
        report.finding(RULE, span, format!("这里没有“{title}”的问题，不用忽略")).help(help)
    })
}

fn allowed<'a>(report: &'a Report<'_>, comment: Span) -> Option<Allowed<'a>> {
    let source = &report.draft.source;
    let text = source.slice(comment).strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let rest = text.strip_prefix("rlcheck")?.trim_start().strip_prefix([':', '：'])?.trim_start().strip_prefix("allow")?;
    let is_rule = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let words = rest.split([' ', ',', '，', '、', '\t']).filter(|word| !word.is_empty());
    let rules = words.take_while(is_rule).map(|rule| (rule, false)).collect();
    let blocks = &report.draft.blocks;
    let first = blocks.first().map_or(0, |block| block.span().start);
    let span = if comment.start < first {
        Span::new(0, source.text().len())
    } else {
        let holds =
            |span: Span| span.start <= comment.start && comment.start <= source.line_span(source.line_index(span.end)).end;
        let spans = || blocks.iter().map(crate::draft::Block::span);
        let found = spans().find(|&span| holds(span) || span.start >= comment.end)?;
        // A heading and the text that runs on in its line are one paragraph to the drafter.
        let line = source.line_index(found.end);
        spans().filter(|span| source.line_index(span.start) == line).fold(found, Span::to)
    };
    Some(Allowed { rules, span, comment })
}
