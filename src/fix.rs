//! Applying fixes to a text: overlapping ones resolved, again and again until nothing more is to be done.

use std::collections::BTreeSet;

use similar::{ChangeTag, TextDiff};

use crate::draft::{Draft, WordError};
use crate::finding::{Edit, Finding, Fix};
use crate::rulebook::Rulebook;
use crate::text::{Encoding, Span};
use crate::word::{self, Mode};

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
    let plain = Plain { draft: Draft::from_text(name, text, Encoding::Utf8), name };
    let (plain, applied, left) = rounds(plain, book, wanted);
    Fixed { text: plain.draft.source.text().to_owned(), applied, left }
}

/// A Word file after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedWord {
    /// The file, the fixes applied straight or as tracked changes; `None` where there is nothing to fix.
    pub bytes: Option<Vec<u8>>,
    /// The text before.
    pub before: String,
    /// The text afterwards.
    pub after: String,
    /// How many fixes were applied.
    pub applied: usize,
    /// How many findings are left.
    pub left: usize,
}

/// Applies the wanted fixes to a Word file, those left out that reach beyond a paragraph or into a number that Word
/// counts.
///
/// # Errors
/// [`WordError`] where the file is no Word file.
pub fn fix_word(name: &str, bytes: &[u8], book: &Rulebook, wanted: &Wanted, mode: Mode) -> Result<FixedWord, WordError> {
    let first = Paper::read(name, bytes.to_vec())?;
    let before = first.draft.source.text().to_owned();
    let (last, applied, left) = rounds(first, book, wanted);
    let after = last.draft.source.text().to_owned();
    let bytes = match mode {
        _ if after == before => None,
        Mode::Accepted => Some(last.bytes),
        Mode::Tracked => Some(word::change(bytes, &differences(&before, &after), mode)?),
    };
    Ok(FixedWord { bytes, before, after, applied, left })
}

/// Something whose text can be fixed.
trait Target: Sized {
    fn draft(&self) -> &Draft;
    /// Whether a fix can be carried out.
    fn can(&self, fix: &Fix) -> bool;
    /// The same with fixes applied that do not overlap; `None` where that cannot be done.
    fn apply(&self, fixes: &[&Fix]) -> Option<Self>;
}

struct Plain<'a> {
    draft: Draft,
    name: &'a str,
}

impl Target for Plain<'_> {
    fn draft(&self) -> &Draft {
        &self.draft
    }

    fn can(&self, _: &Fix) -> bool {
        true
    }

    fn apply(&self, fixes: &[&Fix]) -> Option<Self> {
        let text = apply(self.draft.source.text(), fixes);
        Some(Self { draft: Draft::from_text(self.name, text, Encoding::Utf8), name: self.name })
    }
}

struct Paper<'a> {
    draft: Draft,
    bytes: Vec<u8>,
    name: &'a str,
}

impl<'a> Paper<'a> {
    fn read(name: &'a str, bytes: Vec<u8>) -> Result<Self, WordError> {
        Ok(Self { draft: Draft::from_docx(name, &bytes)?, bytes, name })
    }
}

impl Target for Paper<'_> {
    fn draft(&self) -> &Draft {
        &self.draft
    }

    fn can(&self, fix: &Fix) -> bool {
        word::can_change(&self.draft, fix)
    }

    fn apply(&self, fixes: &[&Fix]) -> Option<Self> {
        let edits: Vec<Edit> = fixes.iter().flat_map(|fix| fix.edits.iter().cloned()).collect();
        let bytes = word::change(&self.bytes, &edits, Mode::Accepted).ok()?;
        let next = Self::read(self.name, bytes).ok()?;
        // The file must say what the text says.
        (next.draft.source.text() == apply(self.draft.source.text(), fixes)).then_some(next)
    }
}

/// Fixes again and again until nothing more is to be done; how many fixes were applied, how many findings are left.
fn rounds<T: Target>(mut target: T, book: &Rulebook, wanted: &Wanted) -> (T, usize, usize) {
    let mut findings = crate::check(target.draft(), book);
    let mut total = 0;
    for _ in 0..ROUNDS {
        let possible: Vec<&Fix> =
            findings.iter().filter_map(|finding| wanted.of(finding)).filter(|fix| target.can(fix)).collect();
        let chosen = without_overlaps(&possible);
        let together = target.apply(&chosen).map(|next| (crate::check(next.draft(), book), next));
        let (next, after, applied) = match together {
            Some((after, next)) if after.len() <= findings.len() => (Some(next), after, chosen.len()),
            _ => one_by_one(&target, &findings, &chosen, book),
        };
        match next {
            Some(next) if next.draft().source.text() != target.draft().source.text() => target = next,
            _ => break,
        }
        total += applied;
        findings = after;
    }
    (target, total, findings.len())
}

/// Applies the fixes that do not add findings, judging each by itself, from the last in the text to the first so
/// that places stay right.
fn one_by_one<T: Target>(target: &T, before: &[Finding], fixes: &[&Fix], book: &Rulebook) -> (Option<T>, Vec<Finding>, usize) {
    let (mut last, mut findings, mut applied) = (None, before.to_vec(), 0);
    for fix in fixes.iter().rev() {
        let Some(next) = last.as_ref().unwrap_or(target).apply(&[fix]) else { continue };
        let after = crate::check(next.draft(), book);
        if after.len() <= findings.len() {
            (last, findings, applied) = (Some(next), after, applied + 1);
        }
    }
    (last, findings, applied)
}

/// What changed from one text to another with as many lines, as edits of the first.
fn differences(before: &str, after: &str) -> Vec<Edit> {
    let (mut edits, mut at) = (Vec::<Edit>::new(), 0);
    for (old, new) in before.split('\n').zip(after.split('\n')) {
        let start = at;
        at += old.len() + 1;
        if old == new {
            continue;
        }
        let mut place = start;
        for change in TextDiff::from_chars(old, new).iter_all_changes() {
            let (text, tag) = (change.value(), change.tag());
            if tag == ChangeTag::Equal {
                place += text.len();
                continue;
            }
            let removed = if tag == ChangeTag::Delete { text.len() } else { 0 };
            let added = if tag == ChangeTag::Insert { text } else { "" };
            match edits.last_mut() {
                Some(last) if last.span.end == place => {
                    last.span.end += removed;
                    last.replacement.push_str(added);
                }
                _ => edits.push(Edit { span: Span::new(place, place + removed), replacement: added.to_owned() }),
            }
            place += removed;
        }
    }
    edits
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
