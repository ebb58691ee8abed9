//! Sums without 其中: a bracket of parts, parts before their total, 由…组成.

use super::adding::{consistent, judge, overlap_said, single_ones, wrong};
use super::apiece::is_apiece;
use super::claim::{Claim, Confidence};
use super::figure::Figure;
use super::passage::Passage;
use super::sum::{PARTS, Split, Tie, adds_up, totals};
use super::words::{Lexicon, Marker, Tag, contains};

/// How far a sum of unlike parts may lie from the total that it is still meant for.
const NEARLY: f64 = 3.0;

/// `38件（民事30件、行政8件）`: a bracket that is nothing but parts.
pub(super) fn bracket(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let total = &passage.figures[index];
    if !total.is_count() || total.family.is_none() {
        return None;
    }
    let pair = passage
        .pair_at(total.tail.end)
        .or_else(|| passage.pair_at(total.range.end))
        .filter(|pair| pair.is_bracket() && pair.outer.start - total.range.end <= 45)?;
    let inner = passage.slice(pair.inner.clone());
    if contains(inner, &lexicon.words.sums.among)
        || contains(inner, &lexicon.words.sums.each)
        || inner.starts_with(['含', '包', '由', '比', '较', '同'])
        || passage.is_change(total, lexicon)
    {
        return None;
    }
    let parts: Vec<usize> =
        passage.indices_in(pair.inner.clone()).filter(|&i| passage.figures[i].same_family(total)).take(PARTS).collect();
    let others =
        passage.indices_in(pair.inner.clone()).any(|i| passage.figures[i].is_count() && !passage.figures[i].same_family(total));
    if parts.len() < 2 || others {
        return None;
    }
    let split = Split { total: index, parts };
    let chosen: Vec<&Figure> = split.parts.iter().map(|&i| &passage.figures[i]).collect();
    if adds_up(total, &chosen) {
        return Some(consistent(passage, &split));
    }
    let open = contains(inner, &lexicon.words.sums.open);
    judge(passage, lexicon, &split, if open { Tie::Some } else { Tie::All })
}

/// `民事5件、行政4件，共9件`: the parts stand before their total.
pub(super) fn before_total(passage: &Passage, lexicon: &Lexicon, marker: &Marker) -> Option<Claim> {
    let figures = &passage.figures;
    let total = passage.indices_in(marker.end..marker.end + 60).next()?;
    let figure = &figures[total];
    let depth = figure.depth;
    let named = passage.slice(marker.end..figure.range.start);
    if !figure.is_count()
        || figure.family.is_none()
        || named.chars().count() > 8
        || named.contains(['，', '、', '。', '；', '（'])
    {
        return None;
    }
    let start = passage.sentence(figure.sentence).start;
    let before: Vec<usize> = passage
        .indices_in(start..marker.start)
        .rev()
        .take(PARTS)
        .filter(|&i| {
            figures[i].same_family(figure)
                && figures[i].depth == depth
                && figures[i].upto.is_none()
                && !passage.is_change(&figures[i], lexicon)
        })
        .collect();
    for length in 2..=before.len() {
        let mut parts = before[..length].to_vec();
        parts.reverse();
        if adds_up(figure, &parts.iter().map(|&i| &figures[i]).collect::<Vec<_>>()) {
            return Some(consistent(passage, &Split { total, parts }));
        }
    }
    // 文件2件、合同68份，共70件: what is counted otherwise may be part of it too, and in a list it is.
    let mut first = *before.last()?;
    while first > 0 && figures[first].depth == depth && listed(passage, first - 1) {
        first -= 1;
    }
    let counts = passage.indices_in(start..marker.start).filter(|&i| figures[i].is_count() && figures[i].depth == depth);
    let counts: Vec<usize> = counts.collect();
    let adds = |parts: &&[usize]| adds_up(figure, &parts.iter().map(|&i| &figures[i]).collect::<Vec<_>>());
    let suffixes = (2..=counts.len().min(PARTS)).map(|length| &counts[counts.len() - length..]);
    if let Some(parts) = suffixes.into_iter().find(adds) {
        return Some(consistent(passage, &Split { total, parts: parts.to_vec() }));
    }
    let list: Vec<usize> = counts.iter().copied().filter(|&i| i >= first).collect();
    if list.len() > before.len() {
        // All of them in one list and nearly the total: 合同48份、文件2件、决策3件，共54件.
        let sum: f64 = list.iter().map(|&i| figures[i].value).sum();
        let one_list = list.windows(2).all(|pair| pair[0] + 1 == pair[1] && listed(passage, pair[0]));
        let whole = figure.is_whole() && list.iter().all(|&i| figures[i].is_whole());
        let near = (sum - figure.value).abs() <= NEARLY;
        let said = named.is_empty() && one_list && whole && near && !overlap_said(passage, lexicon, total);
        return said.then(|| wrong(passage, &Split { total, parts: list }, Confidence::Likely, true));
    }
    // 由15名减至12名: not both are there.
    let moved = |&i: &usize| passage.slice(figures[i].head.clone()).ends_with(['由', '从']);
    if before.iter().any(moved) {
        return None;
    }
    let word = passage.slice(marker.start..marker.end);
    let direct = named.is_empty() && matches!(word, "合计" | "共计" | "总计" | "共" | "一共" | "总共");
    let adjacent = before.len() > 1
        && before.windows(2).all(|w| figures[w[0]].clause - figures[w[1]].clause <= 1)
        && figure.clause - figures[before[0]].clause <= 1;
    if overlap_said(passage, lexicon, total) || before.iter().any(|&i| is_apiece(passage, lexicon, &figures[i])) {
        return None;
    }
    let exact = figure.is_exact() && before.iter().all(|&i| figures[i].is_exact());
    let split_later = passage
        .markers_in(figure.range.end..figure.range.end + 30)
        .any(|m| matches!(m.tag, Tag::Among | Tag::Each | Tag::Include));
    let subtotal = before.iter().any(|&i| contains(passage.slice(figures[i].head.clone()), &lexicon.words.sums.total))
        || passage.markers_in(figures[*before.last()?].range.start..marker.start).any(|m| m.tag == Tag::Among);
    if !direct
        || !adjacent
        || !exact
        || split_later
        || subtotal
        || contains(passage.slice(figure.head.clone()), &lexicon.words.sums.carried)
    {
        return None;
    }
    let mut parts = before;
    parts.reverse();
    let confidence = if word == "共" { Confidence::Likely } else { Confidence::Certain };
    let split = Split { total, parts };
    let sum: f64 = split.parts.iter().map(|&i| figures[i].value).sum();
    // 总体预案一个、专项预案8个、村级预案17个，共26个
    let told = sum < figure.value && figure.value <= sum + single_ones(passage, lexicon, &split);
    (!told).then(|| wrong(passage, &split, confidence, true))
}

/// Whether the count at `i` stands in a list with the one behind it: 合同48份、文件2件.
fn listed(passage: &Passage, i: usize) -> bool {
    let (this, next) = (&passage.figures[i], &passage.figures[i + 1]);
    let between = passage.slice(this.range.end..next.range.start.max(this.range.end));
    this.is_count() && this.sentence == next.sentence && between.contains('、') && !between.contains(['，', '；', '：', '。'])
}

/// `由3名干部和4名群众组成的7人队伍`, `7人，由干部3人、群众4人组成`.
pub(super) fn composed(passage: &Passage, lexicon: &Lexicon, marker: &Marker) -> Option<Claim> {
    let start = passage.sentence(passage.sentence_at(marker.start)).start;
    let from =
        passage.text()[start..marker.start].char_indices().rev().take(150).find(|(_, c)| *c == '由').map(|(at, _)| start + at)?;
    let parts: Vec<usize> = passage
        .indices_in(from..marker.start)
        .take(PARTS)
        .filter(|&i| passage.figures[i].is_count() && passage.figures[i].family.is_some())
        .collect();
    let first = *parts.first()?;
    let behind = passage
        .indices_in(marker.end..marker.end + 30)
        .next()
        .filter(|&i| passage.figures[i].sentence == passage.figures[first].sentence);
    let before = totals(passage, lexicon, from).into_iter().next();
    let candidates: Vec<usize> =
        behind.into_iter().chain(before).filter(|&i| passage.figures[i].same_family(&passage.figures[first])).collect();
    if parts.len() < 2 || !parts.iter().all(|&i| passage.figures[i].same_family(&passage.figures[first])) {
        return None;
    }
    let chosen: Vec<&Figure> = parts.iter().map(|&i| &passage.figures[i]).collect();
    if let Some(&total) = candidates.iter().find(|&&i| adds_up(&passage.figures[i], &chosen)) {
        return Some(consistent(passage, &Split { total, parts }));
    }
    judge(passage, lexicon, &Split { total: *candidates.first()?, parts }, Tie::All)
}
