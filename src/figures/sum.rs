//! Sums: 共…其中…, 分别为, 由…组成, brackets, parts before their total.

use std::ops::Range;

use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::composed::{before_total, bracket, composed};
use super::figure::{Figure, Measure, write_scaled};
use super::passage::Passage;
use super::reading::fits;
use super::words::{Lexicon, Tag, contains, ends_with};
use crate::rulebook::Phrases;

/// How many figures back a total is looked for.
const TOTALS: usize = 5;
/// Where each has so much of a total, each is counted out of all of it: 评价优秀的分别为47名、46名, of 49.
const NEARLY_ALL: f64 = 0.75;
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
        for read in [super::outcome::attendance, out_of, bracket, super::outcome::claim] {
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
    if split.parts.is_empty() {
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

/// Whether a figure is itself a part behind an earlier marker of the sentence.
fn is_part(passage: &Passage, figure: usize, before: usize) -> bool {
    let figure = &passage.figures[figure];
    let start = passage.sentence(figure.sentence).start.max(figure.range.start.saturating_sub(900));
    passage.markers_in(start..before).any(|m| m.tag == Tag::Among && m.start < figure.range.start)
}

pub(super) fn consistent(passage: &Passage, split: &Split) -> Claim {
    show(passage, Claim::new(Kind::Sum, Verdict::Consistent, place(passage, split), arithmetic(passage, split)), split)
}

fn place(passage: &Passage, split: &Split) -> crate::text::Span {
    passage.figures[split.total].span
}

/// `9500亿 + 4000亿 = 13500亿`, in the writing unit of the total.
fn arithmetic(passage: &Passage, split: &Split) -> String {
    let figures = &passage.figures;
    let parts: Vec<String> = split.parts.iter().map(|&i| figures[i].written()).collect();
    let sum: f64 = split.parts.iter().map(|&i| figures[i].value).sum();
    format!("{} = {}", parts.join(" + "), write_scaled(sum, figures[split.total].scale))
}

fn show(passage: &Passage, claim: Claim, split: &Split) -> Claim {
    let (figures, text) = (&passage.figures, passage.text());
    let claim = claim.on("总数", &figures[split.total], text);
    let claim = split.parts.iter().fold(claim, |claim, &i| claim.on("部分", &figures[i], text));
    let parts: Vec<_> = split.parts.iter().map(|&i| number(figures[i].value)).collect();
    let sum: f64 = split.parts.iter().map(|&i| figures[i].value).sum();
    claim
        .stated(&text[figures[split.total].digits.clone()], None)
        .fact("total", number(figures[split.total].value))
        .fact("parts", parts)
        .fact("sum", number(sum))
}

/// Decides what it means that the parts do not make the total.
pub(super) fn judge(passage: &Passage, lexicon: &Lexicon, split: &Split, tie: Tie) -> Option<Claim> {
    let figures = &passage.figures;
    let total = &figures[split.total];
    let parts: Vec<&Figure> = split.parts.iter().map(|&i| &figures[i]).collect();
    let silent = |why| {
        Some(show(passage, Claim::new(Kind::Sum, Verdict::NotComparable(why), place(passage, split), String::new()), split))
    };
    let sum: f64 = parts.iter().map(|f| f.value).sum();
    let exact = total.is_exact() && parts.iter().all(|f| f.is_exact());
    if parts.len() < 2 {
        return if exact && parts[0].same_family(total) && parts[0].value > total.value {
            Some(too_large(passage, split))
        } else {
            silent("只有一个部分")
        };
    }
    if parts.iter().any(|f| (f.value - total.value).abs() < 1e-9) {
        return silent("部分与总数相同");
    }
    if exact
        && parts.iter().all(|f| f.is_whole())
        && total.is_whole()
        && parts[0].same_family(total)
        && parts[0].value > total.value
    {
        return Some(too_large(passage, split));
    }
    if !exact && sum <= total.bounds().1 {
        return silent("总数或部分不是确数");
    }
    if parts.iter().all(|part| (total.value * NEARLY_ALL..=total.value).contains(&part.value)) {
        return silent("不是这个总数的各部分");
    }
    if not_all(passage, split) {
        return silent("同一句里的率说明没有列全，或者各项相套");
    }
    if nested(passage, lexicon, split) {
        return silent("后一项在前一项里");
    }
    let same_unit = parts.iter().all(|f| total.takes(f));
    let complete = tie == Tie::All || is_complete(passage, lexicon, &parts);
    let whole = total.step >= total.scale * 0.999 && parts.iter().all(|f| f.step >= f.scale * 0.999);
    let near = if whole && total.step < 2.0 { 0.1 } else { 0.07 };
    let close = sum >= total.value * (1.0 - near) && sum <= total.value * (1.0 + near);
    let apart = !matches!(lexicon.family(total.family).map(|unit| unit.family.as_str()), Some("人" | "家" | "人次" | "村"));
    let over = exact && same_unit && whole && apart && total.step < 2.0 && sum > total.value;
    let confidence = if (complete || over) && same_unit && exact {
        Confidence::Certain
    } else if exact && sum > total.value && same_unit || close && exact && (same_unit || parts.len() > 2) {
        Confidence::Likely
    } else {
        return silent("列出的可能只是一部分");
    };
    if overlap_said(passage, lexicon, split.total) || tie == Tie::Some && crossing(passage, lexicon, split) {
        return silent("各部分从不同方面统计，可能有交叉");
    }
    let overlap =
        !complete && matches!(lexicon.family(total.family).map(|unit| unit.family.as_str()), Some("人" | "家" | "人次"));
    if overlap && !close {
        return silent("各部分可能有交叉");
    }
    Some(wrong(passage, split, confidence, complete))
}

/// Whether a rate behind the parts is that of all of them together, or of one in the other: then they need not make the
/// total. Where they pass it, each may have a share of its own.
fn not_all(passage: &Passage, split: &Split) -> bool {
    let figures = &passage.figures;
    let total = &figures[split.total];
    let parts: Vec<&Figure> = split.parts.iter().map(|&i| &figures[i]).collect();
    let bounds = parts.iter().map(|part| part.bounds()).fold((0.0, 0.0), |(low, high), part| (low + part.0, high + part.1));
    let over = bounds.0 > total.bounds().1;
    let Some(last) = parts.last() else { return false };
    let behind = last.range.end..passage.sentence(last.sentence).end;
    let rates = passage.figures_in(behind).iter().filter(|f| f.measure == Measure::Percent);
    let inner = |rate: &Figure| parts.array_windows().any(|[whole, part]| fits(part.bounds(), whole.bounds(), rate));
    let own = |rate: &Figure| parts.iter().any(|part| fits(part.bounds(), total.bounds(), rate));
    let (mut own_rates, mut said) = (0, false);
    for rate in rates {
        said |= fits(bounds, total.bounds(), rate) || rate.value < 100.0 && inner(rate);
        own_rates += usize::from(own(rate));
    }
    said || over && own_rates >= parts.len()
}

/// Whether the labels are steps of one course, each of which takes in the next: 立案41件、结案39件.
fn nested(passage: &Passage, lexicon: &Lexicon, split: &Split) -> bool {
    let label = |index: usize| passage.slice(passage.figures[index].head.clone());
    let step = |steps: &Phrases, index: usize| steps.iter().position(|word| label(index).contains(word.as_str()));
    lexicon.words.sums.steps.iter().any(|steps| {
        let mut taken = split.parts.iter().filter_map(|&index| step(steps, index));
        taken.next().is_some_and(|first| taken.any(|next| next > first))
    })
}

/// Whether the sentence says that the parts overlap (`交叉任职3人`).
pub(super) fn overlap_said(passage: &Passage, lexicon: &Lexicon, total: usize) -> bool {
    let sentence = passage.slice(passage.sentence(passage.figures[total].sentence));
    contains(sentence, &lexicon.words.sums.overlap)
}

/// Whether the labels of the parts look at the total from different sides (`初次信访28件、网上信访19件`).
fn crossing(passage: &Passage, lexicon: &Lexicon, split: &Split) -> bool {
    let figures = &passage.figures;
    let side = |label: &str| lexicon.words.aspects.values().position(|words| contains(label, words));
    let sides = split.parts.iter().map(|&i| {
        let figure = &figures[i];
        side(passage.slice(figure.head.clone())).or_else(|| side(passage.slice(figure.tail.clone())))
    });
    let mut sides: Vec<Option<usize>> = sides.collect();
    sides.sort_unstable();
    sides.dedup();
    sides.len() > 1
}

/// 共40件，其中民事50件: a part larger than its total.
fn too_large(passage: &Passage, split: &Split) -> Claim {
    let (total, part, text) = (&passage.figures[split.total], &passage.figures[split.parts[0]], passage.text());
    let name = |figure: &Figure| format!("{}{}", passage.slice(figure.digits.clone()), figure.unit);
    let arithmetic = format!("{} > {}", part.written(), total.written());
    let message = format!("总数写作{}，其中一部分却写作{}，{arithmetic}", name(total), name(part));
    let claim = Claim::new(Kind::Impossible, Verdict::Inconsistent(Confidence::Certain), part.span, arithmetic).message(message);
    claim
        .on("总数", total, text)
        .on("部分", part, text)
        .stated(&text[part.digits.clone()], None)
        .fact("total", number(total.value))
        .fact("part", number(part.value))
}

/// Whether the labels of the parts leave nothing out: 其余, 男 and 女, one year after the other.
fn is_complete(passage: &Passage, lexicon: &Lexicon, parts: &[&Figure]) -> bool {
    let label = |f: &Figure| (passage.slice(f.head.clone()).to_owned(), passage.slice(f.tail.clone()).to_owned());
    let labels: Vec<(String, String)> = parts.iter().map(|f| label(f)).collect();
    if labels.last().is_some_and(|(head, _)| contains(head, &lexicon.words.sums.rest)) {
        return true;
    }
    let says = |at: usize, word: &str| labels.get(at).is_some_and(|(head, tail)| head.contains(word) || tail.starts_with(word));
    let exhausts = |group: &Phrases| group.len() == labels.len() && group.iter().enumerate().all(|(at, word)| says(at, word));
    let year = |(head, _): &(String, String)| {
        head.strip_suffix('年').is_some_and(|rest| rest.chars().rev().take(4).filter(char::is_ascii_digit).count() == 4)
    };
    lexicon.words.complements.iter().any(exhausts) || labels.len() > 2 && labels.iter().all(year)
}

pub(crate) fn wrong_sum(passage: &Passage, total: usize, parts: Vec<usize>, confidence: Confidence) -> Claim {
    wrong(passage, &Split { total, parts }, confidence, true)
}

pub(crate) fn right_sum(passage: &Passage, total: usize, parts: Vec<usize>) -> Claim {
    consistent(passage, &Split { total, parts })
}

pub(super) fn wrong(passage: &Passage, split: &Split, confidence: Confidence, complete: bool) -> Claim {
    let total = &passage.figures[split.total];
    let sum: f64 = split.parts.iter().map(|&i| passage.figures[i].value).sum();
    let arithmetic = arithmetic(passage, split);
    let stated = format!("{}{}", passage.slice(total.digits.clone()), total.unit);
    let difference =
        write_scaled((total.value - sum).abs(), if (total.value - sum).abs() >= total.scale { total.scale } else { 1.0 });
    let side = if sum > total.value { "多" } else { "少" };
    // Parts that pass their total contradict it, whether or not all are listed.
    let doubt = match (complete, sum > total.value, confidence) {
        (true, ..) | (_, true, Confidence::Certain) => "",
        (_, true, _) => "（各部分没有交叉的话）",
        _ => "（如果列出的是全部）",
    };
    let message = format!("总数写作{stated}，各部分相加{arithmetic}，{side}{difference}{}{doubt}", total.unit);
    let expected = write_scaled(sum, total.scale);
    let claim = Claim::new(Kind::Sum, Verdict::Inconsistent(confidence), place(passage, split), arithmetic).message(message);
    let mut claim = show(passage, claim, split);
    claim.expected = Some(expected);
    claim
}
