//! Sums: 共…其中…, 分别为, 由…组成, brackets, parts before their total.

use std::ops::Range;

use super::adding::{consistent, judge};
use super::claim::{Claim, Kind};
use super::composed::{before_total, bracket, composed};
use super::figure::Figure;
use super::passage::Passage;
use super::words::{Lexicon, Tag, ends_with};

/// How many figures back a total is looked for.
const TOTALS: usize = 5;
/// How many characters may stand between two counts that are one base together.
const JOINED: usize = 12;
/// How many parts are read.
pub(super) const PARTS: usize = 40;

/// A total and its parts, by index.
pub(super) struct Split {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
}

/// How the words tie the parts to the total.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// 其中, 包括: perhaps not all of it.
    Some,
    /// 分别为, 组成, a bracket of parts: all of it.
    All,
}

/// The claims of all sums of a passage.
pub(crate) fn claims(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    for (index, marker) in passage.markers.iter().enumerate() {
        let found = match marker.tag {
            Tag::Among | Tag::Include | Tag::Each => after_marker(passage, lexicon, index),
            Tag::Total => before_total(passage, lexicon, marker),
            Tag::Compose => composed(passage, lexicon, marker),
            Tag::RiseTo | Tag::FallTo => None,
        };
        out.extend(found);
    }
    super::share::totals(passage, lexicon, out);
    for index in 0..passage.figures.len() {
        for read in [super::outcome::attendance, super::outcome::exceeding, out_of, bracket, super::outcome::claim] {
            if let Some(claim) = read(passage, lexicon, index) {
                out.push(claim);
            }
        }
    }
}

/// Where the parts behind a marker end: its bracket, its sentence, or the next marker of the same kind.
fn reach(passage: &Passage, index: usize) -> Range<usize> {
    let marker = &passage.markers[index];
    let bracket = passage.round(marker.start).filter(|pair| pair.is_bracket()).last().map(|pair| pair.inner.end);
    let sentence = passage.sentence_end(marker.start);
    let mut end = bracket.map_or(sentence, |end| end.min(sentence));
    let depth = passage.depth_at(marker.start);
    for next in passage.markers[index + 1..].iter().take_while(|m| m.start < end) {
        if matches!(next.tag, Tag::Among | Tag::Compose) && passage.depth_at(next.start) == depth {
            end = next.start;
            break;
        }
    }
    marker.end..end
}

/// Totals that stand before byte `at`, the nearest first.
pub(super) fn totals(passage: &Passage, lexicon: &Lexicon, at: usize) -> Vec<usize> {
    let sentence = passage.sentence_at(at);
    let mut from = passage.sentence(sentence).start;
    // “。其中，……”: the total stands in the sentence before.
    if sentence > 0 && at - from <= "其中".len() {
        from = passage.sentence(sentence - 1).start;
    }
    let depth = passage.round(at).filter(|pair| pair.is_bracket()).count();
    let before = passage.indices_in(from..at);
    let fit = |&i: &usize| {
        let figure = &passage.figures[i];
        figure.is_count()
            && figure.upto.is_none()
            && figure.family.is_some()
            && figure.depth <= depth
            && !passage.is_change(figure, lexicon)
    };
    before.rev().take(TOTALS * 4).filter(fit).take(TOTALS).collect()
}

/// The parts within `range` that can belong to `total`.
fn parts(passage: &Passage, lexicon: &Lexicon, range: Range<usize>, total: &Figure, depth: usize) -> Vec<usize> {
    let all = passage.indices_in(range).take(PARTS * 2);
    let fit = |i: usize| {
        let figure = &passage.figures[i];
        let head = passage.slice(figure.head.clone());
        let course = ends_with(head, &lexicon.words.changes.rise_to).is_some()
            || ends_with(head, &lexicon.words.changes.fall_to).is_some()
            || head.ends_with(['由', '从']);
        figure.is_count() && figure.upto.is_none() && figure.family.is_some() && !course && !passage.is_change(figure, lexicon)
    };
    let at_depth =
        |deep: bool| -> Vec<usize> { all.clone().filter(|&i| fit(i) && (passage.figures[i].depth > depth) == deep).collect() };
    let mut found = at_depth(false);
    if found.len() < 2 {
        let deep = at_depth(true);
        if deep.len() > 1 {
            found = deep;
        }
    }
    let same: Vec<usize> = found.iter().copied().filter(|&i| total.takes(&passage.figures[i])).collect();
    if same.len() < 2
        && lexicon.family(total.family).is_some_and(|unit| unit.generic)
        && let Some(&first) = found.first()
    {
        let measure = lexicon.family(passage.figures[first].family).is_some_and(|unit| unit.measure);
        if !measure {
            return found.into_iter().filter(|&i| passage.figures[i].same_family(&passage.figures[first])).take(PARTS).collect();
        }
    }
    same.into_iter().take(PARTS).collect()
}

/// Whether the parts make the total, within the rounding of what is written.
pub(crate) fn adds_up(total: &Figure, parts: &[&Figure]) -> bool {
    let sum: f64 = parts.iter().map(|f| f.value).sum();
    if parts.iter().all(|f| f.is_exact()) && total.is_exact() {
        if (sum - total.value).abs() < 1e-6 * total.value.max(1.0) {
            return true;
        }
        // Whole numbers of the same unit leave no room; decimals and 万 may be rounded.
        let finest = parts.iter().map(|f| f.step).fold(f64::INFINITY, f64::min);
        let coarsest = parts.iter().map(|f| f.step).fold(0.0, f64::max);
        let whole = |f: &Figure| f.step >= f.scale * 0.999;
        if whole(total)
            && parts.iter().all(|f| whole(f))
            && (total.step - finest).abs() < 1e-9
            && (coarsest - finest).abs() < 1e-9
        {
            return false;
        }
        let parts_room: f64 = parts.iter().filter(|f| !whole(f)).map(|f| f.step / 2.0).sum();
        let total_room = if total.step <= 1.0 && whole(total) { 0.0 } else { total.step / 2.0 };
        let rounded = (sum - total.value).abs() <= parts_room + total_room + 1e-9 * total.value;
        return rounded;
    }
    let (low, high) = parts.iter().fold((0.0, 0.0), |(l, h), f| (l + f.bounds().0, h + f.bounds().1));
    let (least, most) = total.bounds();
    low <= most + 1e-9 && high >= least - 1e-9
}

/// `12件案件中，一般程序5件，其余7件`: what stands behind 中 is of the total before it.
fn out_of(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let figures = &passage.figures;
    let total = &figures[index];
    if !total.is_count() || total.family.is_none() {
        return None;
    }
    let end = passage.mark_after(total.range.end, total.depth).map_or(total.tail.end, |mark| mark.at()).max(total.tail.end);
    // 23个行政村、1个社区中: whether of the last, or of both, the words do not say.
    let joined = |other: &Figure| {
        let gap = passage.slice(other.range.end..total.range.start);
        other.is_count() && other.family.is_some() && gap.chars().count() <= JOINED && !gap.contains(['，', '。', '；', '：'])
    };
    let beside = index.checked_sub(1).is_some_and(|before| joined(&figures[before]));
    if beside || passage.figures_in(total.range.end..end).iter().any(Figure::is_count) {
        return None;
    }
    if end - total.range.end > 60
        || !passage.slice(total.range.end..end).ends_with('中') && !passage.slice(total.tail.clone()).ends_with(['中', '里'])
    {
        return None;
    }
    let limit = passage.sentence_end(total.range.start);
    let stop = passage.markers_in(end..limit).find(|m| m.tag == Tag::Among).map_or(limit, |m| m.start);
    let parts = parts(passage, lexicon, total.tail.end..stop, total, total.depth);
    let mut split = Split { total: index, parts };
    for length in (2..=split.parts.len()).rev() {
        let chosen: Vec<&Figure> = split.parts[..length].iter().map(|&i| &figures[i]).collect();
        if adds_up(total, &chosen) {
            split.parts.truncate(length);
            return Some(consistent(passage, &split));
        }
    }
    tighten(passage, &mut split, total.tail.end);
    if split.parts.is_empty() || !figures[split.parts[0]].same_family(total) {
        return None;
    }
    judge(passage, lexicon, &split, Tie::Some)
}

fn after_marker(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let marker = &passage.markers[index];
    let word = passage.slice(marker.start..marker.end);
    let range = reach(passage, index);
    let depth = passage.round(marker.start).filter(|pair| pair.is_bracket()).count();
    let totals = totals(passage, lexicon, marker.start);
    let figures = &passage.figures;
    let (mut closest, mut sure): (Option<Split>, bool) = (None, false);
    for &total in &totals {
        let parts = parts(passage, lexicon, range.clone(), &figures[total], depth);
        for length in (2..=parts.len()).rev() {
            let chosen: Vec<&Figure> = parts[..length].iter().map(|&i| &figures[i]).collect();
            if adds_up(&figures[total], &chosen) {
                return Some(consistent(passage, &Split { total, parts: parts[..length].to_vec() }));
            }
        }
        let largest = parts.iter().map(|&i| figures[i].value).fold(0.0, f64::max);
        let holds = largest <= figures[total].value && !is_part(passage, total, marker.start);
        if !parts.is_empty() && (closest.is_none() || holds && !sure) {
            closest = Some(Split { total, parts });
            sure = holds;
        }
    }
    let mut split = closest?;
    let tie = if marker.tag == Tag::Each && word != "分别" || marker.tag == Tag::Among && word != "其中" {
        Tie::All
    } else {
        Tie::Some
    };
    if word == "分别" || word == "含" {
        return None;
    }
    tighten(passage, &mut split, marker.end);
    if split.parts.is_empty() || is_of_each(passage, &totals, &split, marker.start) {
        return None;
    }
    let mut claim = judge(passage, lexicon, &split, tie)?;
    // 调解250件，成功245件。其中……: the drafter sees which of the two is meant.
    let (total, largest) = (&figures[split.total], split.parts.iter().map(|&i| figures[i].value).fold(0.0, f64::max));
    let may_be = |f: &Figure| f.same_family(total) && f.value >= largest && (f.value - total.value).abs() > 1e-9;
    let other = totals.iter().map(|&i| &figures[i]).find(|&f| may_be(f) && f.sentence == total.sentence);
    if let Some(other) = other.filter(|_| claim.is_wrong() && claim.kind == Kind::Sum) {
        claim.message.extend(["；和", passage.slice(other.digits.clone()), &other.unit, "也对不上"]);
    }
    Some(claim)
}

/// Keeps the parts that stand in one run: each behind the same kind of mark, the first right behind the marker.
fn tighten(passage: &Passage, split: &mut Split, start: usize) {
    let figures = &passage.figures;
    let mut kept: Vec<usize> = Vec::new();
    let mut weakest = None;
    // A semicolon ends what 其中 governs, unless 其中 opens the sentence.
    let opens = start - passage.sentence(passage.sentence_at(start)).start <= 9;
    for &index in &split.parts {
        let figure = &figures[index];
        // What is larger than the total is no part of it: a new matter begins.
        if !kept.is_empty() && figure.value > figures[split.total].value * 1.3 {
            break;
        }
        let from = kept.last().map_or(start, |&i: &usize| figures[i].range.end);
        let depth = passage.depth_at(figure.digits.start);
        let marks: Vec<char> = passage.marks_in(from..figure.range.start, depth).map(|mark| mark.sign).collect();
        let rank = marks.iter().map(|sign| "、，；".find(*sign).map_or(9, |at| at / 3)).max();
        if kept.is_empty() {
            if marks.iter().filter(|sign| **sign != '、').count() > 2 {
                break;
            }
        } else {
            if weakest.is_some() && rank > weakest
                || rank == Some(2) && !opens
                || marks.iter().filter(|sign| **sign != '、').count() > 2
            {
                break;
            }
            weakest = weakest.or(rank);
        }
        kept.push(index);
    }
    split.parts = kept;
}

/// 党工委会议35次、主任办公会32次，其中研究法治议题的分别为9次和12次: each part is of its own total, or all parts make
/// all totals.
fn is_of_each(passage: &Passage, totals: &[usize], split: &Split, from: usize) -> bool {
    let figures = &passage.figures;
    let (total, first) = (&figures[split.total], &figures[split.parts[0]]);
    let each = passage.markers_in(from..first.range.start).any(|m| m.tag == Tag::Each);
    // 其中A类22件、9件: the second has no name of its own.
    let head = |&i: &usize| passage.slice(figures[i].head.clone()).trim_matches(['、', '，', '和']);
    let bare = split.parts.get(1).is_some_and(|part| head(part).is_empty());
    let beside = |figure: &&Figure| figure.sentence == total.sentence && figure.same_family(total);
    let wholes: Vec<&Figure> = totals.iter().rev().map(|&i| &figures[i]).filter(beside).collect();
    let sum_of = |list: &[&Figure]| list.iter().map(|figure| figure.value).sum::<f64>();
    let parts: Vec<&Figure> = split.parts.iter().map(|&i| &figures[i]).collect();
    let together = (sum_of(&wholes) - sum_of(&parts)).abs() < 1e-6;
    let fit = || wholes.iter().zip(&parts).all(|(whole, part)| part.value <= whole.value);
    wholes.len() > 1 && (together || (each || bare) && parts.len().is_multiple_of(wholes.len()) && fit())
}

/// Whether a figure is itself a part behind an earlier marker of the sentence.
fn is_part(passage: &Passage, figure: usize, before: usize) -> bool {
    let figure = &passage.figures[figure];
    let start = passage.sentence(figure.sentence).start.max(figure.range.start.saturating_sub(900));
    passage.markers_in(start..before).any(|m| m.tag == Tag::Among && m.start < figure.range.start)
}
