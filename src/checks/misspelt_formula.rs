//! `misspelt-formula`: a character is wrong, lacks or is too many in a fixed name.
//!
//! Bad: `习近平新时代中国特社会主义思想` Good: `习近平新时代中国特色社会主义思想`. Basis: 政府网站与政务新媒体检查指标,
//! which fail a website for one.
//!
//! A name with at most n faults has one of its n + 1 pieces whole ([`crate::rulebook::Family::Piece`]); only round
//! such a piece is the text compared with the name.

use std::cell::OnceCell;
use std::ops::Range;

use crate::finding::{Finding, Fix};
use crate::report::{Passage, Report};
use crate::rulebook::{Family, Name};
use crate::spanned::Key;
use crate::text::{Span, folded, cjk};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "misspelt-formula", out);
    let names = &report.book.book().names;
    // Folded when a piece of it is first found: most names of the rulebook stand in no draft.
    let all: Vec<OnceCell<Wanted>> = vec![OnceCell::new(); names.len()];
    let wanted = |index: usize| all[index].get_or_init(|| Wanted::of(&names[index].0));
    for (passage, hits) in report.with(Family::Piece) {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for hit in hits {
            let index = hit.index();
            if let Some(range) = near_miss(passage.text(), hit.range().start, wanted(index), hit.member(), &names[index].1) {
                found.push((range, index));
            }
        }
        // The longest name speaks; one that holds the wrong text of a shorter one, once.
        found.sort_by_key(|(range, index)| (std::cmp::Reverse(wanted(*index).chars.len()), range.start));
        let mut spoken: Vec<Range<usize>> = Vec::new();
        for (range, index) in found {
            if spoken.iter().all(|other| other.end <= range.start || range.end <= other.start) {
                out.push(finding(report, passage, range.clone(), &names[index].0, &names[index].1));
                spoken.push(range);
            }
        }
    }
}

/// A name as a folded text has it.
#[derive(Clone, Debug)]
struct Wanted {
    text: String,
    chars: Vec<char>,
}

impl Wanted {
    fn of(name: &str) -> Self {
        let text = folded(name);
        Self { chars: text.chars().collect(), text }
    }
}

fn finding(report: &Report<'_>, passage: &Passage<'_>, range: Range<usize>, key: &Key, entry: &Name) -> Finding {
    let name = key.as_str();
    let text = &passage.text()[range.clone()];
    let span: Span = passage.span(range);
    let whole = report.draft.source.slice(span).chars().count() == text.chars().count();
    let mut finding = report.finding("misspelt-formula", span, format!("{}应为{}", cjk::quoted(text), cjk::quoted(name))).asked(key.place);
    if let Some(severity) = entry.severity.severity() {
        finding = finding.at_most(severity);
    }
    finding.help(format!("改为{}", cjk::quoted(name))).fix(Fix::replace(format!("改为{name}"), whole, span, name))
}

/// The text round a piece that is meant for the name and is not the name. `at` is the byte at which the piece stands,
/// `start` the character of the name with which it begins.
fn near_miss(text: &str, at: usize, name: &Wanted, start: usize, entry: &Name) -> Option<Range<usize>> {
    let (head, tail) = name.text.split_at(name.text.char_indices().nth(start).map_or(name.text.len(), |(at, _)| at));
    if text[..at].ends_with(head) && text[at..].starts_with(tail) {
        return None;
    }
    let name = &name.chars;
    let before = text[..at].char_indices().rev().take(start + entry.within).last().map_or(at, |(at, _)| at);
    let length = name.len() - start + entry.within;
    let window: Vec<(usize, char)> = text[before..].char_indices().take(text[before..at].chars().count() + length).collect();
    let chars: Vec<char> = window.iter().map(|&(_, c)| c).collect();
    // What is nowhere near is a fault each: most texts have too many to be compared.
    if name.iter().filter(|c| !chars.contains(c)).nth(entry.within).is_some() {
        return None;
    }
    let (faults, found) = best(&chars, name);
    let short = entry.within == 1;
    let part = &chars[found.clone()];
    // A short name is told from other words by its ends.
    let ends = part.first() == name.first() && part.last() == name.last();
    if faults == 0 || faults > entry.within || short && !ends || part.iter().any(|c| "，。；：、《》（）“”".contains(*c)) {
        return None;
    }
    let start = before + window[found.start].0;
    let end = window.get(found.end).map_or(window.last().map_or(0, |(at, c)| at + c.len_utf8()), |&(at, _)| at) + before;
    let range = start..end;
    let accepted = entry.accept.iter().any(|accept| {
        // What is accepted may stand a few characters to either side.
        let from = text[..start].char_indices().rev().take(3).last().map_or(start, |(at, _)| at);
        let to = text[end..].char_indices().nth(4).map_or(text.len(), |(at, _)| end + at);
        text[from..to].contains(accept.as_str())
    });
    (!accepted).then_some(range)
}

/// The stretch of `text` that is nearest to `name`, and by how many faults it differs.
fn best(text: &[char], name: &[char]) -> (usize, Range<usize>) {
    // One row of the table of edit distances; each cell with the place in `text` at which its stretch begins.
    let mut row: Vec<(usize, usize)> = (0..=text.len()).map(|at| (0, at)).collect();
    for (index, wanted) in name.iter().enumerate() {
        let mut last = row[0];
        row[0] = (index + 1, 0);
        for at in 1..=text.len() {
            let changed = (last.0 + usize::from(text[at - 1] != *wanted), last.1);
            let added = (row[at - 1].0 + 1, row[at - 1].1);
            let dropped = (row[at].0 + 1, row[at].1);
            last = row[at];
            row[at] = [changed, added, dropped].into_iter().min_by_key(|cell| cell.0).unwrap_or(changed);
        }
    }
    let (end, &(faults, start)) = row.iter().enumerate().min_by_key(|(_, cell)| cell.0).unwrap_or((0, &(name.len(), 0)));
    (faults, start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_stretch_is_found() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let (faults, range) = best(&chars("坚持习近平法制思想为"), &chars("习近平法治思想"));
        assert_eq!((faults, range), (1, 2..9));
        let (faults, range) = best(&chars("以习近平近法治思想为"), &chars("习近平法治思想"));
        assert_eq!((faults, range), (1, 1..9));
    }
}
