//! Towns of the county that are known by name, from `rlcheck.toml` or from the other drafts of the run: where one of them is told of as
//! the report's own. Part of `foreign-place`.
//!
//! Bad: `青檀镇党委坚持每季度听取汇报` in a report of 柘水镇. Good: `与青檀镇联合巡查`, `赴青檀镇学习`.

use crate::finding::{Finding, Severity};
use crate::report::{Passage, Report, any_of};

/// Adds what is found to `out`, places of which it speaks already left out.
pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(own) = &report.identity.town else { return };
    let configured = &report.book.config.towns;
    let beside = report.neighbours.map(|neighbours| &neighbours.towns);
    let known: Vec<&String> = configured.iter().chain(beside.into_iter().flat_map(|towns| towns.iter())).collect();
    if configured.is_empty() && beside.is_none_or(|towns| towns.len() < 2) {
        return;
    }
    let mut found = Vec::new();
    for passage in report.prose() {
        let text = passage.text();
        for (unit, first) in [("镇", '镇'), ("乡", '乡'), ("街道", '街')] {
            for at in passage.units(first).filter(|at| text[*at..].starts_with(unit)) {
                let end = at + unit.len();
                // The longest name that is known: 大青檀镇 is not 青檀镇.
                let names = known.iter().filter(|town| town.ends_with(unit) && text[..end].ends_with(town.as_str()));
                let Some(name) = names.max_by_key(|town| town.len()) else { continue };
                let start = end - name.len();
                if *name != own && !own.ends_with(name.as_str()) && told_as_own(report, passage, start, end, own) {
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
        && !report.book.book().places.elsewhere.are_in(sentence)
}

fn any_start(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}
