//! From one figure to another: what is said to have changed, and between which figures.

use super::figure::{Figure, Measure};
use super::passage::Passage;
use super::words::{Lexicon, Tag, contains, ends_with, starts_with};

/// From a first to a last figure.
pub(super) struct Course<'a> {
    pub(super) from: &'a Figure,
    pub(super) to: &'a Figure,
    /// 增至 or 降至, where a word says so.
    pub(super) rises: Option<bool>,
    /// Whether 由 or 从 ties the two.
    pub(super) tied: bool,
}

/// `由 a 增至 b`: the figure at `index` is b.
pub(super) fn course<'a>(passage: &'a Passage, lexicon: &Lexicon, index: usize) -> Option<Course<'a>> {
    let to = &passage.figures[index];
    let from = passage.figures[..index].iter().rev().take(3).find(|f| f.measure == to.measure && f.depth == to.depth)?;
    if from.sentence != to.sentence || from.upto.is_some() || to.upto.is_some() || (from.is_count() && !from.same_family(to)) {
        return None;
    }
    let (gap, from_head) = (passage.slice(from.range.end..to.range.start), passage.slice(from.head.clone()));
    let marker = passage.markers_in(from.range.end..to.range.start).filter(|m| matches!(m.tag, Tag::RiseTo | Tag::FallTo)).last();
    let started = from_head.rfind(['由', '从']).is_some_and(|at| from_head[at..].chars().count() <= 16);
    let (rises, behind) = match marker {
        Some(m) => (Some(m.tag == Tag::RiseTo), m.end),
        None if started => {
            let word = ends_with(gap.trim_end_matches(['近', '约']), &lexicon.words.changes.turn_to)?;
            (None, from.range.end + gap.rfind(word)? + word.len())
        }
        None => return None,
    };
    if gap.chars().count() > 30 || gap.contains(['；', '。']) {
        return None;
    }
    let between = passage.slice(behind..to.range.start);
    let direct = between.is_empty() || between.ends_with('的') || between.contains('年') && between.chars().count() <= 10;
    let same_clause = from.clause == to.clause;
    if !direct || between.ends_with(['前', '第']) || !started && (!same_clause || gap.contains('、')) {
        return None;
    }
    Some(Course { from, to, rises, tied: started })
}

/// `120件，上年100件，增长20%`: the figure at `index` is last year's.
pub(super) fn last_year<'a>(passage: &'a Passage, lexicon: &Lexicon, index: usize) -> Vec<Course<'a>> {
    let from = &passage.figures[index];
    let head = passage.slice(from.head.clone());
    let last = &lexicon.words.changes.last;
    let ends = || last.iter().filter_map(|word| head.rfind(word.as_str()).map(|at| at + word.len()));
    let named = if contains(head, last) { ends().max() } else { None };
    // 较2022年的12件
    let of_year = head.trim_end_matches('的').ends_with('年');
    let dated = (of_year && head.contains(['较', '比'])).then_some(head.len());
    let Some(word) = named.or(dated) else { return Vec::new() };
    let rest = &head[word..];
    let moved = contains(rest, &lexicon.words.changes.rise) || contains(rest, &lexicon.words.changes.fall);
    // 化解率由上年的96%提升到98%: what it has become stands behind it.
    let begins = head[..word].contains(['由', '从']);
    if rest.chars().count() > 4 || moved || begins || head[..word].chars().count() > 12 {
        return Vec::new();
    }
    let alike = |to: &Figure| {
        (from.is_count() || from.measure == Measure::Percent)
            && from.same_family(to)
            && from.upto.is_none()
            && to.upto.is_none()
            && from.sentence == to.sentence
    };
    let mut found = Vec::new();
    let to = &passage.figures[index - 1];
    // 较2021年的32名增加80名，较2022年的76名增加36名: 80 is no state.
    let by = passage.slice(to.head.clone());
    let grown = ends_with(by, &lexicon.words.changes.rise).is_some() || ends_with(by, &lexicon.words.changes.fall).is_some();
    if alike(to) && !grown && from.clause <= to.clause + 1 {
        found.push(Course { from, to, rises: None, tied: true });
        // 17件，其中甲9件、乙8件，较上年的23件: what is compared may be the total.
        let among =
            passage.markers_in(passage.sentence(to.sentence).start..to.range.start).filter(|m| m.tag == Tag::Among).last();
        if let Some(among) = among {
            let total = passage.figures[..index].iter().rev().take(10).find(|f| f.range.end <= among.start);
            if let Some(total) = total.filter(|f| alike(f) && !passage.is_change(f, lexicon)) {
                found.push(Course { from, to: total, rises: None, tied: true });
            }
        }
    }
    found
}

/// `去年调解90件，今年调解72件`: the figure at `index` is this year's.
pub(super) fn this_year<'a>(passage: &'a Passage, lexicon: &Lexicon, index: usize) -> Option<Course<'a>> {
    let (from, to) = (&passage.figures[index - 1], &passage.figures[index]);
    let (before, now) = (passage.slice(from.head.clone()), passage.slice(to.head.clone()));
    let last = starts_with(before, &lexicon.words.changes.last)?;
    let this = ["今年", "本年度", "本年"].iter().find(|word| now.starts_with(**word))?;
    let same = before[last.len()..].trim_start_matches(['度', '，']) == now[this.len()..].trim_start_matches(['度', '，']);
    let alike =
        from.is_count() && from.same_family(to) && from.sentence == to.sentence && from.upto.is_none() && to.upto.is_none();
    (same && alike && to.clause <= from.clause + 1).then_some(Course { from, to, rises: None, tied: true })
}
