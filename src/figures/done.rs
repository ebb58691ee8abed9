//! What the words say of a count beside a rate: that it was done, only in part, or is left.

use std::ops::Range;

use super::passage::Passage;
use super::rate::Named;
use super::words::{Lexicon, contains, starts_with};
use crate::rulebook::Phrases;

/// How many characters behind 全部 say what was done with all of it: 全部按期办结.
const SOON: usize = 6;

/// Whether a count is named as what was done: by the words before it or behind it.
pub(super) fn is_done(passage: &Passage, lexicon: &Lexicon, index: usize, done: &Phrases) -> bool {
    let figure = &passage.figures[index];
    let shared =
        passage.figures.get(index + 1).is_some_and(|next| next.head.start == figure.tail.start && !figure.tail.is_empty());
    let tail = if shared { "" } else { passage.slice(figure.tail.clone()) };
    let head = passage.slice(figure.head.clone());
    // 203个断面优良率和285个水功能区达标率: the name of another rate says nothing of this count.
    let head = head.rsplit_once('率').map_or(head, |(_, rest)| rest);
    // 成功调处 says nothing of 调处率.
    let succeeded = ["成功调", "调解成功", "调处成功", "成功化解"].iter().any(|word| head.contains(word));
    if succeeded && !done.iter().any(|word| word.contains("成功")) {
        return false;
    }
    let said = |text: &str| contains(text, done) && names_done(text, done, lexicon);
    (said(head) || said(tail)) && !is_pending(passage, lexicon, index)
}

/// Whether a word in a text says that it was done: it is not denied (不满意, 应化解), and does not belong to a paper (责令改正通知书).
fn names_done(text: &str, done: &Phrases, lexicon: &Lexicon) -> bool {
    let last = last_of(text, done);
    last.is_some_and(|word| {
        let before = &text[..word.start];
        let denied = before.ends_with(['不', '未', '非']) || lexicon.words.planned.at_end(before).is_some();
        !denied && starts_with(&text[word.end..], &lexicon.words.papers).is_none()
    })
}

/// Where the last of some words stands in a text.
fn last_of(text: &str, words: &Phrases) -> Option<Range<usize>> {
    let places = words.iter().filter_map(|word| text.rfind(word.as_str()).map(|at| at..at + word.len()));
    places.max_by_key(|range| range.end)
}

/// What stands behind the last of some words in a text.
pub(super) fn behind_last<'t>(text: &'t str, words: &Phrases) -> Option<&'t str> {
    last_of(text, words).map(|word| &text[word.end..])
}

/// Whether the words before a count make it only a part of what the rate is of, and the rate's name does not: 当场化解98件.
pub(super) fn is_partial(passage: &Passage, lexicon: &Lexicon, index: usize, named: &Named<'_>) -> bool {
    let partly = &lexicon.words.partly;
    let from = passage.mark_before(named.start, 0).map_or(0, |mark| mark.end()).min(named.start);
    let own = || contains(passage.slice(from..named.start), partly) || contains(&named.name, partly);
    contains(passage.slice(passage.figures[index].head.clone()), partly) && !own()
}

/// Whether the sentence says between a numerator and the rate that the rest was done too: 其余均在7日内化解.
pub(super) fn rest_told(passage: &Passage, lexicon: &Lexicon, numerator: usize, named: &Named<'_>) -> bool {
    let figures = &passage.figures;
    let gap = figures[numerator].range.end..named.start.max(figures[numerator].range.end);
    let left = passage.indices_in(gap.clone()).any(|i| is_pending(passage, lexicon, i));
    contains(passage.slice(gap), &lexicon.words.sums.rest) && !left
}

/// Whether the text says between a base that ends at `from` and its rate that all of it was done: what is counted between is a
/// part of it (全部完成，其中提前完成5项), or what was done by some day before (6月底整改9个，年底全部整改).
pub(super) fn all_told(passage: &Passage, lexicon: &Lexicon, from: usize, named: &Named<'_>) -> bool {
    let text = passage.slice(from..named.start.max(from));
    let words = &lexicon.words;
    words.completed.iter().flat_map(|word| text.match_indices(word.as_str()).map(|(at, _)| at + word.len())).any(|end| {
        let next: String = text[end..].chars().take(SOON).collect();
        contains(&next, &named.done) || contains(&next, &words.finished)
    })
}

pub(super) fn is_pending(passage: &Passage, lexicon: &Lexicon, index: usize) -> bool {
    let figure = &passage.figures[index];
    let (head, tail) = (passage.slice(figure.head.clone()), passage.slice(figure.tail.clone()));
    contains(head, &lexicon.words.pending)
        || head.contains('未')
        || tail.starts_with('未')
        || starts_with(tail, &lexicon.words.pending).is_some()
}

/// Whether a count can stand beside one that was done: it is neither left nor denied.
pub(super) fn is_with(passage: &Passage, lexicon: &Lexicon, index: usize) -> bool {
    let head = passage.slice(passage.figures[index].head.clone());
    !is_pending(passage, lexicon, index) && !head.trim_start_matches(['，', '、']).starts_with('不')
}
