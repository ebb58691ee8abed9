//! Terms of the rulebook ([`Term`]): one function for the many rules whose faults are single wordings.

use std::ops::Range;

use memchr::memchr_iter;

use crate::finding::{Finding, Fix};
use crate::report::{Passage, Report, any_of};
use crate::rulebook::Term;
use crate::spanned::Key;

/// Finds the terms of a rule in the text of a report.
pub(super) fn check(report: &Report<'_>, rule: &str, out: &mut Vec<Finding>) {
    find(report, rule, |passage| report.is_prose(passage), out);
}

/// Finds the terms of a rule in everything, notes and signatures too.
pub(super) fn check_all(report: &Report<'_>, rule: &str, out: &mut Vec<Finding>) {
    find(report, rule, |_| true, out);
}

fn find(report: &Report<'_>, rule: &str, is_read: impl Fn(&Passage<'_>) -> bool, out: &mut Vec<Finding>) {
    let terms = &report.book.book().terms;
    for (passage, range, index) in report.terms() {
        let (text, term) = &terms[index];
        if term.rule == rule && is_read(passage) && applies(report, passage, range, term) {
            out.push(finding(report, passage, range.clone(), text, term));
        }
    }
}

fn applies(report: &Report<'_>, passage: &Passage<'_>, range: &Range<usize>, term: &Term) -> bool {
    if !report.in_years(term.from, term.until) {
        return false;
    }
    if term.part.as_ref().is_some_and(|part| report.parts.at(passage.block) != Some(part)) {
        return false;
    }
    if passage.is_within(range, &term.not_in) || !term.in_titles && passage.in_title(range.start) {
        return false;
    }
    let holds = |range: Range<usize>, words: &[String]| any_of(&passage.text()[range], words);
    (term.near.is_empty() || holds(passage.clause(range), &term.near))
        && (term.not_near.is_empty() || !holds(passage.sentence(range), &term.not_near))
}

fn finding(report: &Report<'_>, passage: &Passage<'_>, range: Range<usize>, key: &Key, term: &Term) -> Finding {
    let span = passage.span(range);
    let written = report.draft.source.slice(span);
    let text = key.as_str();
    let message = match (&term.right, &term.why) {
        (Some(right), Some(why)) => format!("“{text}”应为“{right}”：{why}"),
        (Some(right), None) => format!("“{text}”应为“{right}”"),
        (None, Some(why)) => format!("“{text}”：{why}"),
        (None, None) => format!("“{text}”用词不当"),
    };
    let mut finding = report.finding(&term.rule, span, quoted_once(message)).asked(key.place);
    if let Some(severity) = term.severity.severity() {
        finding = finding.at_most(severity);
    }
    if let Some(basis) = &term.basis {
        finding = finding.basis(basis.clone());
    }
    if let Some(right) = &term.right {
        // Where the source cuts the words (a line end, marks of Markdown), the drafter looks.
        let whole = written.chars().count() == text.chars().count();
        finding = finding.help(quoted_once(format!("改为“{right}”"))).fix(Fix::replace(
            format!("改为{right}"),
            term.safe && whole,
            span,
            right.clone(),
        ));
    }
    finding
}

/// A wording that bears quotation marks itself, in one pair of them.
fn quoted_once(text: String) -> String {
    let doubled = |at: usize| text[at..].starts_with("““") || text[at..].starts_with("””");
    if memchr_iter(0xe2, text.as_bytes()).any(doubled) { text.replace("““", "“").replace("””", "”") } else { text }
}
