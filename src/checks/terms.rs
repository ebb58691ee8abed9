//! Terms of the rulebook ([`Term`]): one function for the many rules whose faults are single wordings.

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::{Finding, Fix};
use crate::report::{Passage, Report, any_of};
use crate::rulebook::Term;
use crate::spanned::Key;
use crate::text::cjk;

use super::times;

/// Finds the terms of a rule in the text of a report.
pub(super) fn check(report: &Report<'_>, rule: &str, out: &mut Vec<Finding>) {
    find(report, rule, |passage| passage.is_prose, out);
}

/// Finds the terms of a rule in everything, notes and signatures too.
pub(super) fn check_all(report: &Report<'_>, rule: &str, out: &mut Vec<Finding>) {
    find(report, rule, |_| true, out);
}

fn find(report: &Report<'_>, rule: &str, is_read: impl Fn(&Passage<'_>) -> bool, out: &mut Vec<Finding>) {
    let terms = &report.book.book().terms;
    for (passage, range, index) in report.terms() {
        let (text, term) = &terms[index];
        if term.rule == rule && is_read(passage) && applies(report, passage, &range, (text, term)) {
            out.push(finding(report, passage, range, text, term));
        }
    }
}

fn applies(report: &Report<'_>, passage: &Passage<'_>, range: &Range<usize>, (key, term): (&Key, &Term)) -> bool {
    let text = key.as_str();
    if !report.in_years(term.from, term.until) {
        return false;
    }
    if term.part.as_ref().is_some_and(|part| report.parts.at(passage.block) != Some(part)) {
        return false;
    }
    if passage.is_within(range, &term.not_in) || !term.in_titles && passage.in_title(range.start) {
        return false;
    }
    let (before, behind) = (&passage.text()[..range.start], &passage.text()[range.end..]);
    let book = report.book.book();
    // 王某某村集体成员资格: 某 hides a person's name, and 法 begins another word in 老年人保护法律.
    if text.starts_with('某') && before.ends_with(|c| book.private.surnames.contain(c))
        || term.rule == "law-name" && text.ends_with('法') && behind.starts_with(|c| book.citing.not_before.contains(c))
    {
        return false;
    }
    // 2018年由安监局承担: what is told of an earlier year bears the name of that year.
    if term.from.is_some_and(|from| times::years(&passage.text()[passage.sentence(range)]).any(|(_, year)| year < from)) {
        return false;
    }
    let holds = |range: Range<usize>, words: &[String]| any_of(&passage.text()[range], words);
    // 法制副校长更名为法治副校长: both names stand there.
    let renamed = |right: &String| {
        let sentence = &passage.text()[passage.sentence(range)];
        sentence.contains(right.as_str()) && ["更名为", "改称", "整合为"].iter().any(|word| sentence.contains(word))
    };
    (term.near.is_empty() || holds(passage.clause(range), &term.near))
        && (term.not_near.is_empty() || !holds(passage.sentence(range), &term.not_near))
        && !term.right.as_ref().is_some_and(renamed)
}

/// A wording, quoted, without the digits that another ends with too: the 2 of 截止2, which only tells what follows.
fn shown<'t>(words: &'t str, other: &str) -> Cow<'t, str> {
    let alike = words.bytes().rev().zip(other.bytes().rev()).take_while(|(a, b)| a == b && a.is_ascii_digit()).count();
    cjk::quoted(&words[..words.len() - alike])
}

fn finding(report: &Report<'_>, passage: &Passage<'_>, range: Range<usize>, key: &Key, term: &Term) -> Finding {
    let span = passage.span(range);
    let written = report.draft.source.slice(span);
    let text = key.as_str();
    let wrong = shown(text, term.right.as_deref().unwrap_or_default());
    let message = match (&term.right, &term.why) {
        (Some(right), Some(why)) => [&wrong, "应为", &shown(right, text), "：", why].concat(),
        (Some(right), None) => [&wrong, "应为", &shown(right, text)].concat(),
        (None, Some(why)) => [&wrong, "：", why].concat(),
        (None, None) => [&wrong, "用词不当"].concat(),
    };
    let (bare, rule) = report.bare_finding(&term.rule, span, message);
    let mut finding = Finding { asked: Some(key.place), ..bare };
    if let Some(severity) = term.severity.severity() {
        finding = finding.at_most(severity);
    }
    finding.basis = term.basis.as_ref().or_else(|| rule?.basis.as_ref()).cloned();
    if let Some(right) = &term.right {
        // Where the source cuts the words (a line end, marks of Markdown), the drafter looks.
        let whole = written == text || written.chars().count() == text.chars().count();
        let fix = Fix::replace(["改为", right].concat(), term.safe && whole, span, right.clone());
        finding.help(["改为", &shown(right, text)].concat()).fix(fix)
    } else {
        finding.help = rule.and_then(|rule| rule.help.clone());
        finding
    }
}
