//! Applying fixes to a text: overlapping ones resolved, again and again until nothing more is to be done.

use std::collections::BTreeSet;

use crate::draft::Draft;
use crate::finding::{Edit, Finding, Fix};
use crate::rulebook::Rulebook;
use crate::text::Encoding;

/// Which fixes are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Doubtful ones too.
    pub doubtful: bool,
    /// Only those of these rules; all where there are none.
    pub rules: BTreeSet<String>,
}

impl Wanted {
    /// The fix of a finding that is wanted: its first one.
    fn of<'a>(&self, finding: &'a Finding) -> Option<&'a Fix> {
        let rule = self.rules.is_empty() || self.rules.contains(&finding.rule);
        finding.fixes.first().filter(|fix| rule && (fix.safe || self.doubtful))
    }
}

/// A text after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
    /// How many findings are left.
    pub left: usize,
}

/// How often a text is checked again: a fix can make room for another, but not for ever.
const ROUNDS: usize = 10;

/// Applies the wanted fixes to a text. A fix that would give the text more findings than it had is left out, so that
/// fixing twice is fixing once.
pub fn fix(name: &str, text: &str, book: &Rulebook, wanted: &Wanted) -> Fixed {
    let check = |text: &str| crate::check(&Draft::from_text(name, text, Encoding::Utf8), book);
    let mut fixed = Fixed { text: text.to_owned(), applied: 0, left: 0 };
    let mut findings = check(text);
    for _ in 0..ROUNDS {
        let possible: Vec<&Fix> = findings.iter().filter_map(|finding| wanted.of(finding)).collect();
        let chosen = without_overlaps(&possible);
        let mut applied = chosen.len();
        let mut next = apply(&fixed.text, &chosen);
        let mut after = check(&next);
        if after.len() > findings.len() {
            (next, after, applied) = one_by_one(&fixed.text, &findings, &chosen, check);
        }
        if next == fixed.text {
            break;
        }
        fixed.text = next;
        fixed.applied += applied;
        findings = after;
    }
    fixed.left = findings.len();
    fixed
}

/// Applies the fixes that do not add findings, judging each by itself, from the last in the text to the first so
/// that places stay right.
fn one_by_one(
    text: &str,
    before: &[Finding],
    fixes: &[&Fix],
    check: impl Fn(&str) -> Vec<Finding>,
) -> (String, Vec<Finding>, usize) {
    let (mut text, mut findings, mut applied) = (text.to_owned(), before.to_vec(), 0);
    for fix in fixes.iter().rev() {
        let next = apply(&text, &[fix]);
        let after = check(&next);
        if after.len() <= findings.len() {
            (text, findings, applied) = (next, after, applied + 1);
        }
    }
    (text, findings, applied)
}

/// The fixes in the order of the text, those left out that touch an earlier one.
fn without_overlaps<'a>(fixes: &[&'a Fix]) -> Vec<&'a Fix> {
    let start = |fix: &Fix| fix.edits.iter().map(|edit| edit.span.start).min().unwrap_or(0);
    let end = |fix: &Fix| fix.edits.iter().map(|edit| edit.span.end).max().unwrap_or(0);
    let mut sorted: Vec<&Fix> = fixes.to_vec();
    sorted.sort_by_key(|fix| (start(fix), end(fix)));
    let (mut chosen, mut free) = (Vec::<&Fix>::new(), 0);
    for fix in sorted {
        if chosen.is_empty() || start(fix) > free || start(fix) == free && end(fix) > free {
            free = end(fix);
            chosen.push(fix);
        }
    }
    chosen
}

/// Applies fixes that do not overlap.
fn apply(text: &str, fixes: &[&Fix]) -> String {
    let mut edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        if edit.span.start < at {
            continue;
        }
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.replacement);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}
