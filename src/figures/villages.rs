//! How many villages and communities there are: `辖14个行政村、2个社区` against what the rest of the draft says of them.

use super::claim::{Claim, Confidence, Ground, Kind, Verdict};
use super::figure::{Figure, Period};
use super::passage::Passage;
use super::words::{Lexicon, VillageWords};
use crate::text::{Span, cjk};

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Villages,
    Communities,
    /// Both together: 16个村（社区）.
    All,
}

/// How the words speak of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// As what the township has: 辖.
    Governed,
    /// As all there are: 全镇……均.
    Whole,
    /// As so many of them.
    Some,
}

/// So many of one kind, as the text has it: 14个行政村.
struct Number {
    of: Of,
    value: f64,
    span: Span,
    text: String,
}

/// A number of villages, of communities, or of the one and the other side by side.
struct Told {
    how: How,
    parts: Vec<Number>,
}

impl Told {
    fn of(&self, of: Of) -> Option<f64> {
        self.parts.iter().find(|part| part.of == of).map(|part| part.value)
    }

    /// All together, where that is known.
    fn total(&self) -> Option<f64> {
        self.of(Of::All).or_else(|| Some(self.of(Of::Villages)? + self.of(Of::Communities)?))
    }

    fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("、")
    }
}

/// The claims of the paragraphs of a draft.
pub(super) fn claims<'p>(passages: impl Iterator<Item = &'p Passage<'p>>, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    let words = &lexicon.words.villages;
    let mut told = Vec::new();
    for passage in passages {
        read(passage, words, &mut told);
    }
    let Some(first) = told.iter().position(|told| told.how == How::Governed) else { return };
    let others = told.iter().enumerate().filter(|(index, _)| *index != first);
    out.extend(others.filter_map(|(_, other)| against(&told[first], other)));
}

/// Finds the numbers of villages and communities in a paragraph.
fn read(passage: &Passage, words: &VillageWords, told: &mut Vec<Told>) {
    let figures = &passage.figures;
    let mut next = 0;
    while let Some(figure) = figures.get(next) {
        next += 1;
        let Some((of, mut end)) = named(passage, words, figure) else { continue };
        let part = |of, figure: &Figure, end| {
            let range = figure.range.start..end;
            Number { of, value: figure.value, span: passage.span(range.clone()), text: passage.slice(range).to_owned() }
        };
        let mut parts = vec![part(of, figure, end)];
        while let Some(other) = figures.get(next) {
            let listed = passage.pair_at(end).filter(|pair| pair.is_bracket()).map_or(end, |pair| pair.outer.end);
            let joined = ["、", "和", "及", "与", "，"].contains(&passage.slice(listed..other.range.start));
            let Some((of, behind)) =
                named(passage, words, other).filter(|(of, _)| joined && parts.iter().all(|part| part.of != *of))
            else {
                break;
            };
            parts.push(part(of, other, behind));
            (end, next) = (behind, next + 1);
        }
        let Some(how) = how(passage, words, figure, &parts, end) else { continue };
        // 赴16个村、3个社区网格……: what goes on may be the name of something else.
        if how == How::Some && parts.len() > 1 && !is_over(&passage.text()[end..]) {
            parts.pop();
        }
        told.push(Told { how, parts });
    }
}

/// What a figure counts, and where the name of it ends.
fn named(passage: &Passage, words: &VillageWords, figure: &Figure) -> Option<(Of, usize)> {
    // Most figures count something else.
    if figure.unit != "个" && !figure.listed {
        return None;
    }
    let settled = matches!(figure.period, Period::Unsaid | Period::Year(_) | Period::Cumulative);
    let rest = passage.text().get(figure.digits.end..)?;
    let name = rest.strip_prefix('个').unwrap_or(rest);
    if !settled || !figure.is_whole() || !figure.is_count() || figure.depth > 0 {
        return None;
    }
    let lists = [(Of::All, &words.both), (Of::Villages, &words.village), (Of::Communities, &words.community)];
    let found = lists.into_iter().find_map(|(of, list)| Some((of, list.at_start(name)?.len())));
    found.map(|(of, length)| (of, passage.text().len() - name.len() + length))
}

/// How the words round the numbers, the first of which is `figure`, speak of them; `None` where they say nothing sure.
fn how(passage: &Passage, words: &VillageWords, figure: &Figure, parts: &[Number], end: usize) -> Option<How> {
    let text = passage.text();
    if words.not_near.are_in(passage.around(figure.range.clone())) {
        return None;
    }
    let from = passage.mark_before(figure.range.start, figure.depth).map_or(0, |mark| mark.end());
    let (lead, rest) = (passage.slice(from..figure.range.start), &text[end..]);
    let clause = passage.slice(end..passage.mark_after(end, figure.depth).map_or(text.len(), |mark| mark.at()));
    if let Some(word) = words.governs.at_end(lead) {
        let before = &lead[..lead.len() - word.len()];
        let own = words.governed_by.at_end(before).is_some() || before.is_empty() && (parts.len() > 1 || word.ends_with('辖'));
        return (own && is_over(rest)).then_some(How::Governed);
    }
    if words.own.at_end(lead).is_some() && (words.all_behind.at_start(rest).is_some() || words.all_told.are_in(clause)) {
        return Some(How::Whole);
    }
    // 走访16个村 may be hamlets, 16个村组 are something else.
    let sure = parts.len() > 1 || parts[0].of == Of::All || parts[0].of == Of::Villages && !parts[0].text.ends_with("个村");
    (sure && figure.period != Period::Cumulative).then_some(How::Some)
}

/// Whether a name is over where this follows.
fn is_over(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !cjk::is_han(c)) || rest.starts_with(['和', '及', '与'])
}

/// Holds a number against what the township has.
fn against(first: &Told, other: &Told) -> Option<Claim> {
    let known = [first.of(Of::Villages), first.of(Of::Communities), first.total()];
    let Number { span, text, .. } = other.parts.iter().find(|Number { of, value, .. }| {
        let here = match of {
            Of::Villages => known[0],
            Of::Communities => known[1],
            Of::All => known[2],
        };
        // 16个村 for 14个村、2个社区: loosely told.
        let loose = other.parts.len() == 1 && known.contains(&Some(*value));
        !loose && here.is_some_and(|here| if other.how == How::Some { *value > here } else { (*value - here).abs() > 0.5 })
    })?;
    let there = first.text();
    let arithmetic = format!("{text} ≠ {there}");
    let mut claim = Claim::new(Kind::Conflict, Verdict::Inconsistent(Confidence::Likely), *span, arithmetic)
        .message(format!("这里写作{text}，别处写一共{there}"))
        .stated(text, None);
    claim.grounds.extend(first.parts.iter().map(|part| Ground { span: part.span, role: "全部", text: part.text.clone() }));
    Some(claim)
}
