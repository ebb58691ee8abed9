//! Passages that two towns' reports share: the exact check of what the index only suspects.

use super::shingles::{is_of_figures, shingles};
use crate::compare::{Copied, paragraphs, passages_between};
use crate::draft::Draft;
use crate::report::{Neighbour, Report, any_of};
use crate::rulebook::County;
use crate::text::{Mapped, Span, cjk};

/// A passage that another town's report bears too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The passage; `last` is the other town's.
    pub copied: Copied,
    /// Whether it tells of figures, which no two towns have alike.
    pub concrete: bool,
}

/// What a report shares with that of another town, and with few others, in the order of the report.
pub fn shared(report: &Report<'_>, neighbour: &Neighbour) -> Vec<Shared> {
    let book = report.book.book();
    let words = &book.county;
    if neighbour.shared.iter().all(|hash| is_of_figures(*hash)) {
        return Vec::new();
    }
    // Most paragraphs hold nothing that both have; to look at those alone is many times faster.
    let (these, kept) = suspected(report.draft, report.identity.town.as_deref(), neighbour);
    let (others, _) = suspected(&neighbour.draft, Some(&neighbour.town), neighbour);
    let rare = |passage: Span| {
        let inside: Vec<u64> = kept
            .iter()
            .filter(|(span, _)| passage.start <= span.start && span.end <= passage.end)
            .map(|(_, hash)| *hash)
            .collect();
        let rare = inside.iter().filter(|hash| neighbour.shared.binary_search(hash).is_ok()).count();
        rare > 0 && rare * 2 >= inside.len()
    };
    passages_between(others, these, &book.copying)
        .into_iter()
        .filter(|copied| copied.own >= words.shortest && rare(copied.span()))
        .filter(|copied| !any_of(copied.this.text(), &words.joint) && !any_of(copied.last.text(), &words.joint))
        .map(|copied| Shared { concrete: concrete(&copied, words), copied })
        .filter(|shared| {
            shared.concrete || shared.copied.own >= words.longest && !any_of(shared.copied.this.text(), &words.above)
        })
        .collect()
}

/// The paragraphs of a draft that hold something both drafts have, and all their kept runs, where they stand in the source.
fn suspected(draft: &Draft, town: Option<&str>, neighbour: &Neighbour) -> (Vec<Mapped>, Vec<(Span, u64)>) {
    let (mut texts, mut kept) = (Vec::new(), Vec::new());
    for text in paragraphs(draft) {
        let shingles = shingles(text.text(), town);
        if shingles.iter().any(|shingle| neighbour.shared.binary_search(&shingle.hash).is_ok()) {
            kept.extend(shingles.into_iter().map(|shingle| (text.span(shingle.range), shingle.hash)));
            texts.push(text);
        }
    }
    (texts, kept)
}

/// Whether a sentence of the passage that tells of the town itself has a figure of two digits that is the same in both.
fn concrete(copied: &Copied, words: &County) -> bool {
    let text = copied.this.text();
    let mut at = 0;
    text.split_inclusive(['。', '；']).any(|sentence| {
        let start = at;
        at += sentence.len();
        let changed =
            |from: usize, to: usize| copied.changes.iter().any(|change| change.this.start < to && from < change.this.end);
        let same = numbers(sentence).any(|(from, to)| !changed(start + from, start + to));
        same && !any_of(sentence, &words.above)
    })
}

/// The numbers of a sentence that count something: of two digits and more, no years, no round ones.
fn numbers(sentence: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let from = at + sentence[at..].find(cjk::is_digit)?;
            let rest = &sentence[from..];
            let length = rest.find(|c| !cjk::is_digit(c) && c != '.').unwrap_or(rest.len());
            at = from + length;
            let round = rest[..length].trim_end_matches(['0', '０', '.']).chars().count() < 2;
            let dates = sentence[at..].starts_with(['年', '月', '日', '号', '〕', '—', '-']);
            if !round && !dates {
                return Some((from, at));
            }
        }
    })
}
