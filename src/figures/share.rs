//! Shares: 占比25%, 占总数的25%, 占全市的四分之一.

use std::ops::Range;

use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::figure::{Figure, Measure, write, write_rate};
use super::passage::Passage;
use super::reading::fits;
use super::words::{Lexicon, Tag, contains, starts_with};

/// The claim of a share, where 占 stands before the figure at `index`.
pub(crate) fn claim(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let figures = &passage.figures;
    let share = &in_percent(&figures[index]);
    let text = passage.text();
    let depth = passage.depth_at(share.digits.start);
    let from = passage.mark_before(share.range.start, depth).map_or(0, |mark| mark.end());
    let at = from + text[from..share.range.start].rfind('占')?;
    let of = &text[at + '占'.len_utf8()..share.range.start];
    let opened = share.sentence > 0 && passage.slice(passage.sentence(share.sentence)).starts_with("其中");
    let before: Vec<usize> = (index.saturating_sub(if opened { 16 } else { 8 })..index)
        .filter(|&i| {
            figures[i].is_count()
                && (figures[i].sentence == share.sentence || opened && figures[i].sentence + 1 == share.sentence)
                && figures[i].depth <= share.depth
        })
        .collect();
    let task = ["任务", "计划", "目标", "指标"].iter().any(|word| of.contains(word));
    if share.value > 100.0 && share.is_exact() && share.measure == Measure::Percent && !task {
        let stated = &text[share.digits.clone()];
        let claim = Claim::new(
            Kind::Impossible,
            Verdict::Inconsistent(Confidence::Certain),
            passage.span(at..share.range.end),
            format!("{stated} > 100%"),
        )
        .message(format!("占比写作{stated}，部分不可能超过整体"));
        return Some(claim.on("占比", share, text).stated(stated, None));
    }
    // 占总数120件的25%
    let inside = before.iter().copied().find(|&i| figures[i].range.start > at);
    let part = before
        .iter()
        .copied()
        .rev()
        .find(|&i| figures[i].range.end <= at && figures[i].clause + 1 >= share.clause && figures[i].family.is_some())?;
    if of.trim_end_matches(['约', '近', '超']).is_empty() && text[..at].ends_with("分别") {
        return each(passage, index, part);
    }
    let comparable = |i: usize| i != part && figures[i].family.is_some() && figures[i].same_family(&figures[part]);
    let wholes: Vec<usize> =
        inside.into_iter().chain(before.iter().rev().copied().filter(|&i| i < part)).filter(|&i| comparable(i)).collect();
    let span = passage.span(at..share.range.end);
    if let Some(&whole) = wholes.iter().find(|&&i| fits(figures[part].bounds(), figures[i].bounds(), share)) {
        return Some(show(
            passage,
            Claim::new(Kind::Rate, Verdict::Consistent, span, quotient(&figures[part], &figures[whole], share)),
            part,
            whole,
            share,
        ));
    }
    if is_of_another(passage, share, part, from..at) {
        return None;
    }
    let base = base(passage, index, part, &wholes);
    if base.is_none() && wholes.iter().any(|&i| has_share(passage, i)) && inside.is_none() {
        return None;
    }
    // 前湾营业收入100亿元，东片贡献60亿元、占前湾50%: the base is the one that bears the name.
    let place = of.trim_end_matches(['的', '约', '近', '超']);
    let bears = |i: usize| place.chars().count() > 1 && passage.slice(figures[i].head.clone()).contains(place);
    let by_name = Some(wholes.as_slice()).filter(|wholes| wholes.len() == 1).map(|wholes| wholes[0]).filter(|&i| bears(i));
    let whole = base.or(wholes.first().copied())?;
    let of_total = of.is_empty()
        || of == "比"
        || starts_with(of.trim_start_matches('比'), &lexicon.words.share_of_total).is_some()
        || of.trim_start_matches('比').trim_matches(['达', '为', '约', '的']).is_empty();
    let among = passage
        .markers_in(figures[whole].range.end..figures[part].range.start.max(figures[whole].range.end))
        .any(|m| m.tag == Tag::Among);
    let total = contains(passage.slice(figures[whole].head.clone()), &lexicon.words.sums.total);
    let near = figures[part].clause <= figures[whole].clause + 2 && figures[part].clause + 1 >= share.clause;
    let alone = wholes.len() == 1 && inside.is_none();
    let behind = of.is_empty() && alone && near && share.clause <= figures[part].clause + 1 && is_case(lexicon, &figures[part]);
    let run = base.is_some() && part + 1 == index && is_plain_share(passage, &figures[index]);
    let tied = run
        || by_name.is_some() && near
        || inside == Some(whole)
        || of_total
            && near
            && (among && figures[whole].sentence == share.sentence
                || total && alone
                || behind
                || super::rate::out_of(passage, whole, part));
    let change = contains(passage.slice(figures[part].head.clone()), &lexicon.words.changes.rise)
        || ["增长", "增加"].iter().any(|word| passage.slice(figures[whole].head.clone()).contains(word));
    if !tied || change {
        let claim = Claim::new(Kind::Rate, Verdict::NotComparable("占比的总数没有写明"), span, String::new());
        return Some(show(passage, claim, part, whole, share));
    }
    let confidence = if inside.is_some() || total { Confidence::Certain } else { Confidence::Likely };
    let arithmetic = quotient(&figures[part], &figures[whole], share);
    let stated = &text[share.digits.clone()];
    let expected = write_rate(figures[part].value / figures[whole].value * 100.0, share.step);
    let name = |i: usize| format!("{}{}", passage.slice(figures[i].digits.clone()), figures[i].unit);
    let message = format!("占比写作{stated}，但{}中占{}，{arithmetic}", name(whole), name(part));
    let claim = Claim::new(Kind::Rate, Verdict::Inconsistent(confidence), span, arithmetic)
        .message(message)
        .mend(passage.span(share.digits.clone()), expected.clone());
    let mut claim = show(passage, claim, part, whole, share);
    claim.expected = Some(expected);
    Some(claim)
}

/// Whether a share is not, or not only, that of the count before it. `said` is what stands from the last mark to 占.
fn is_of_another(passage: &Passage, share: &Figure, part: usize, said: Range<usize>) -> bool {
    let (text, part) = (passage.text(), &passage.figures[part]);
    // 占36.6%（41名）: what it is a share of has its own number in brackets.
    let counted = passage.counted_behind(share.range.end);
    // 书记、镇长分别讲课2次、1次，占全部8次的37.5%: the share of all of them, or of each.
    let each = passage.markers_in(passage.sentence(share.sentence).start..part.range.start).any(|m| m.tag == Tag::Each);
    // 5个村为重点村，党员中青年占22.4%: the share of something else.
    let own = text[said.clone()].trim_matches(['约', '仅', '共', '已', '就', '均', '所', '只', '也', '其']);
    let other = part.range.end <= said.start && !own.is_empty() && !passage.slice(part.head.clone()).contains(own);
    counted || each || other
}

/// Whether the count at `i` has a share of its own behind it.
fn has_share(passage: &Passage, i: usize) -> bool {
    passage.figures.get(i + 1).is_some_and(|next| is_plain_share(passage, next))
}

/// 甲30件，占30%；乙25件，占20%: what has a share of its own is no base; the one that the other shares fit is.
fn base(passage: &Passage, index: usize, part: usize, wholes: &[usize]) -> Option<usize> {
    let figures = &passage.figures;
    let own = |i: usize| i + 1 == index || !has_share(passage, i);
    let siblings: Vec<usize> = passage
        .indices_in(passage.sentence(figures[index].sentence))
        .filter(|&i| !own(i) && figures[i].family.is_some() && figures[i].same_family(&figures[part]))
        .collect();
    let agreed =
        |w: usize| siblings.iter().filter(|&&p| p > w && fits(figures[p].bounds(), figures[w].bounds(), &figures[p + 1])).count();
    wholes.iter().copied().filter(|&w| own(w) && agreed(w) > 0).find(|&w| agreed(w) + 1 >= siblings.len())
}

/// 占31.5% with nothing said of what.
fn is_plain_share(passage: &Passage, figure: &Figure) -> bool {
    let head = passage.slice(figure.head.clone()).trim_start_matches(['，', '、', '所']);
    figure.measure == Measure::Percent
        && figure.is_exact()
        && matches!(head, "占" | "占比" | "占比为" | "占比达" | "占比例" | "占总数的" | "占总数")
}

/// A fraction in per cent: 三分之二 bears a little more than two thirds.
fn in_percent(share: &Figure) -> Figure {
    if share.measure == Measure::Fraction {
        Figure { value: share.value * 100.0, step: 3.0, measure: Measure::Percent, ..share.clone() }
    } else {
        share.clone()
    }
}

/// Cases and people are counted one by one.
fn is_case(lexicon: &Lexicon, figure: &Figure) -> bool {
    lexicon.family(figure.family).is_some_and(|unit| unit.mixed)
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

/// 一般程序10件、简易程序15件，分别占40%和60%: the first share of a run, each of its own part; the total stands before the parts.
fn each(passage: &Passage, index: usize, last: usize) -> Option<Claim> {
    let figures = &passage.figures;
    let shares = super::pairing::run(passage, index);
    let parts: Vec<usize> = (0..=last)
        .rev()
        .take_while(|&i| figures[i].sentence == figures[last].sentence && figures[i].same_family(&figures[last]))
        .take(shares.len())
        .collect();
    let parts: Vec<usize> = parts.into_iter().rev().collect();
    let first = *parts.first()?;
    let whole = (first.saturating_sub(6)..first)
        .rev()
        .find(|&i| figures[i].sentence == figures[last].sentence && figures[i].same_family(&figures[last]))?;
    if parts.len() != shares.len() || parts.len() < 2 || parts.iter().any(|&i| figures[i].value > figures[whole].value) {
        return None;
    }
    let pairs = || parts.iter().copied().zip(shares.iter().copied());
    let wrong = pairs().find(|&(part, share)| !fits(figures[part].bounds(), figures[whole].bounds(), &figures[share]));
    let (part, share) = wrong.or_else(|| pairs().next())?;
    let arithmetic = quotient(&figures[part], &figures[whole], &figures[share]);
    let span = figures[share].span;
    if wrong.is_none() {
        return Some(show(passage, Claim::new(Kind::Rate, Verdict::Consistent, span, arithmetic), part, whole, &figures[share]));
    }
    let stated = passage.slice(figures[share].digits.clone());
    let name = |i: usize| format!("{}{}", passage.slice(figures[i].digits.clone()), figures[i].unit);
    let message = format!("占比写作{stated}，但{}中占{}，{arithmetic}", name(whole), name(part));
    let claim = Claim::new(Kind::Rate, Verdict::Inconsistent(Confidence::Certain), span, arithmetic).message(message);
    Some(show(passage, claim, part, whole, &figures[share]))
}

/// 占40%、占35%、其他占25%: shares with a rest make 100.
pub(crate) fn totals(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    let figures = &passage.figures;
    let is_share = |f: &Figure| {
        f.measure == Measure::Percent
            && f.is_exact()
            && passage.slice(f.head.clone()).trim_end_matches(['约', '比', '为', '达']).ends_with('占')
    };
    for (last, rest) in figures
        .iter()
        .enumerate()
        .filter(|(_, f)| is_share(f) && contains(passage.slice(f.head.clone()), &lexicon.words.sums.rest))
    {
        let mut run: Vec<&Figure> =
            figures[..=last].iter().rev().take(12).take_while(|f| is_share(f) && f.sentence == rest.sentence).collect();
        run.reverse();
        let sum: f64 = run.iter().map(|f| f.value).sum();
        let room = run.iter().map(|f| f.step).sum::<f64>() / 2.0;
        if run.len() < 3 {
            continue;
        }
        let arithmetic =
            format!("{} = {}%", run.iter().map(|f| write(f.value) + "%").collect::<Vec<_>>().join(" + "), write(sum));
        let right = (sum - 100.0).abs() <= room.min(1.5) + 1e-9;
        let verdict = if right { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Likely) };
        let mut claim =
            Claim::new(Kind::Sum, verdict, run[0].span.to(rest.span), arithmetic.clone()).stated("100%", Some(write(sum) + "%"));
        claim = run.iter().fold(claim, |claim, f| claim.on("占比", f, passage.text()));
        out.push(if right { claim } else { claim.message(format!("各项占比连同其余的应为100%，{arithmetic}")) });
    }
}
