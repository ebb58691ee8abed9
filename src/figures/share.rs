//! Shares: 占比25%, 占总数的25%, 占全市的四分之一.

use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::figure::{Figure, write, write_rate};
use super::passage::Passage;
use super::rate::fits;
use super::words::{Lexicon, Tag, contains, starts_with};

/// The claim of a share, where 占 stands before the figure at `index`.
pub(crate) fn claim(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let figures = &passage.figures;
    let share = &figures[index];
    let text = passage.text();
    let depth = passage.depth_at(share.digits.start);
    let from = passage.mark_before(share.range.start, depth).map_or(0, |mark| mark.end);
    let at = from + text[from..share.range.start].rfind('占')?;
    let of = &text[at + '占'.len_utf8()..share.range.start];
    let before: Vec<usize> = (index.saturating_sub(8)..index).filter(|&i| figures[i].is_count() && figures[i].sentence == share.sentence && figures[i].depth <= share.depth).collect();
    // 占总数120件的25%
    let inside = before.iter().copied().find(|&i| figures[i].range.start > at);
    let part = before.iter().copied().rev().find(|&i| figures[i].range.end <= at && figures[i].clause + 1 >= share.clause && figures[i].family.is_some())?;
    let comparable = |i: usize| i != part && figures[i].family.is_some() && figures[i].same_family(&figures[part]);
    let wholes: Vec<usize> = inside.into_iter().chain(before.iter().rev().copied().filter(|&i| i < part)).filter(|&i| comparable(i)).collect();
    let span = passage.span(at..share.range.end);
    if let Some(&whole) = wholes.iter().find(|&&i| fits(figures[part].bounds(), figures[i].bounds(), share)) {
        return Some(show(passage, Claim::new(Kind::Rate, Verdict::Consistent, span, quotient(&figures[part], &figures[whole], share)), part, whole, share));
    }
    let whole = *wholes.first()?;
    let of_total = of.is_empty() || of == "比" || starts_with(of.trim_start_matches('比'), &lexicon.words.share_of_total).is_some() || of.trim_start_matches('比').trim_matches(['达', '为', '约', '的']).is_empty();
    let among = passage.markers.iter().any(|m| m.tag == Tag::Among && m.start >= figures[whole].range.end && m.end <= figures[part].range.start);
    let total = contains(passage.slice(figures[whole].head.clone()), &lexicon.words.sums.total);
    let near = figures[part].clause <= figures[whole].clause + 2 && figures[part].clause + 1 >= share.clause;
    let alone = wholes.len() == 1 && inside.is_none();
    let tied = inside == Some(whole) || of_total && near && (among && figures[whole].sentence == share.sentence || total && alone);
    let change = contains(passage.slice(figures[part].head.clone()), &lexicon.words.changes.rise) || contains(passage.slice(figures[whole].head.clone()), &["增长".to_owned(), "增加".to_owned()]);
    if !tied || change || figures[part].value > figures[whole].value {
        let claim = Claim::new(Kind::Rate, Verdict::NotComparable("占比的总数没有写明"), span, String::new());
        return Some(show(passage, claim, part, whole, share));
    }
    let confidence = if inside.is_some() || total { Confidence::Certain } else { Confidence::Likely };
    let arithmetic = quotient(&figures[part], &figures[whole], share);
    let stated = &text[share.digits.clone()];
    let expected = write_rate(figures[part].value / figures[whole].value * 100.0, share.step);
    let name = |i: usize| format!("{}{}", passage.slice(figures[i].digits.clone()), figures[i].unit);
    let message = format!("占比写作{stated}，但{}中占{}，{arithmetic}", name(whole), name(part));
    let claim = Claim::new(Kind::Rate, Verdict::Inconsistent(confidence), span, arithmetic).message(message).mend(passage.span(share.digits.clone()), expected.clone());
    let mut claim = show(passage, claim, part, whole, share);
    claim.expected = Some(expected);
    Some(claim)
}

fn quotient(part: &Figure, whole: &Figure, share: &Figure) -> String {
    format!("{} ÷ {} = {}", write(part.value), write(whole.value), write_rate(part.value / whole.value * 100.0, share.step))
}

fn show(passage: &Passage, claim: Claim, part: usize, whole: usize, share: &Figure) -> Claim {
    let (part, whole, text) = (&passage.figures[part], &passage.figures[whole], passage.text());
    claim
        .on("总数", whole, text)
        .on("部分", part, text)
        .on("占比", share, text)
        .stated(&text[share.digits.clone()], None)
        .fact("numerator", number(part.value))
        .fact("denominator", number(whole.value))
}
