//! Towns of the county that are known by name, from `rlcheck.toml` or from the other drafts of the run: where one of them is told of as
//! the report's own. Part of `foreign-place`.
//!
//! Bad: `青檀镇党委坚持每季度听取汇报` in a report of 柘水镇. Good: `与青檀镇联合巡查`, `赴青檀镇学习`.

use crate::finding::{Finding, Severity};
use crate::report::{Passage, Report, any_of};

/// The most characters of a town's name without its unit.
const LONGEST: usize = 8;

/// Adds what is found to `out`, places of which it speaks already left out.
pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(own) = &report.identity.town else { return };
    let configured = &report.book.config.towns;
    let beside = report.neighbours.map(|neighbours| &neighbours.towns);
    let known = |name: &str| configured.iter().any(|town| town == name) || beside.is_some_and(|towns| towns.contains(name));
    if configured.is_empty() && beside.is_none_or(|towns| towns.len() < 2) {
        return;
    }
    let mut found = Vec::new();
    for passage in report.prose() {
        let text = passage.text();
        for unit in ["镇", "乡", "街道"] {
            for (at, _) in text.match_indices(unit) {
                let end = at + unit.len();
                let starts = text[..at].char_indices().rev().take(LONGEST).map(|(start, _)| start);
                // The longest name that is known: 大青檀镇 is not 青檀镇.
                let Some(start) = starts.filter(|&start| known(&text[start..end])).last() else { continue };
                let name = &text[start..end];
                if name != own && !own.ends_with(name) && told_as_own(report, passage, start, end, own) {
                    let message = format!("写的是“{name}”，报告是{own}的");
                    found.push(report.finding("foreign-place", passage.span(start..end), message).at_most(Severity::Warning));
                }
            }
        }
    }
    found.retain(|finding: &Finding| !out.iter().any(|other| other.rule == finding.rule && other.span.touches(finding.span)));
    out.extend(found);
}

/// Whether the town from `start` to `end` is spoken of as one's own: by what stands behind it, in a sentence that names no other place
/// and tells of nothing done together.
fn told_as_own(report: &Report<'_>, passage: &Passage<'_>, start: usize, end: usize, own: &str) -> bool {
    let words = &report.book.book().county;
    let text = passage.text();
    let sentence = &text[passage.sentence(&(start..end))];
    let behind = any_start(&text[end..], &words.own_behind);
    let other = words.other_before.iter().any(|word| text[..start].ends_with(word.as_str()));
    behind
        && !other
        && !sentence.contains(own)
        && !any_of(sentence, &words.joint)
        && !any_of(sentence, &report.book.book().places.elsewhere)
}

fn any_start(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}
