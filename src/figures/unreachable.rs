//! Rates that no whole number of cases gives: 17人，合格率96%.

use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::done::is_pending;
use super::figure::{Figure, write, write_rate};
use super::passage::Passage;
use super::rate::Named;
use super::reading::fits;
use super::words::{Lexicon, Rate, contains};
use crate::rulebook::Phrases;

/// One count and a rate: only a rate that no whole number of cases gives is wrong.
pub(super) fn single(passage: &Passage, lexicon: &Lexicon, index: usize, named: &Named<'_>, counts: &[usize]) -> Option<Claim> {
    let figures = &passage.figures;
    let figure = &figures[index];
    let last = *counts.last()?;
    let count = &figures[last];
    if count.clause + 2 < figure.clause || count.digits.start > figure.digits.start {
        return None;
    }
    // 未整改的11条隐患: what is left is no total.
    let head = passage.slice(count.head.clone());
    if is_pending(passage, lexicon, last) || contains(head, &lexicon.words.sums.rest) {
        return None;
    }
    let span = passage.span(named.start..figure.range.end);
    let near = count.clause + usize::from(!named.rule.is_some_and(|rule| rule.loose)) >= figure.clause;
    let tied =
        named.rule.is_some_and(|rule| !rule.cut && names(passage, lexicon, count, rule) && (!rule.survey || count.value <= 30.0))
            && lone(passage, counts, last, index, named.rule)
            && near
            && count.is_whole()
            && count.sentence == figure.sentence;
    if !tied || !figure.is_exact() || count.family.is_none() || power(count.value, figure) > 0.5 {
        let claim = Claim::new(Kind::Rate, Verdict::NotComparable("只有一个数，另一个数没有写明"), span, String::new());
        return Some(
            claim
                .on("数", count, passage.text())
                .on("比率", figure, passage.text())
                .stated(&passage.text()[figure.digits.clone()], None),
        );
    }
    if reachable(count.value, figure) {
        let claim = Claim::new(
            Kind::Unreachable,
            Verdict::Consistent,
            span,
            format!("{}{}可以得出{}", write(count.value), count.unit, figure.written()),
        );
        return Some(claim.on("数", count, passage.text()).on("比率", figure, passage.text()));
    }
    Some(unreachable(passage, figure, count, named))
}

/// Whether the count at `last` is the only one in the rate's sentence that the rate can be of: no other stands there, or others
/// of another kind do and this one is named as the base.
fn lone(passage: &Passage, counts: &[usize], last: usize, index: usize, rule: Option<&Rate>) -> bool {
    let figures = &passage.figures;
    let mut others = counts.iter().filter(|&&i| i != last && figures[i].sentence == figures[index].sentence).peekable();
    if others.peek().is_none() {
        return true;
    }
    let (head, tail) = (passage.slice(figures[last].head.clone()), passage.slice(figures[last].tail.clone()));
    let named = rule.is_some_and(|rule| contains(head, &rule.base) || contains(tail, &rule.base));
    named && others.all(|&i| !figures[i].same_family(&figures[last]) && figures[i].clause < figures[last].clause)
}

/// Whether a count is of what the rate speaks of: cases or people, or named by the rate's own words.
pub(super) fn names(passage: &Passage, lexicon: &Lexicon, count: &Figure, rule: &Rate) -> bool {
    let family = lexicon.family(count.family).map(|unit| unit.family.as_str());
    let (head, tail) = (passage.slice(count.head.clone()), passage.slice(count.tail.clone()));
    let said = |words: &Phrases| contains(head, words) || contains(tail, words);
    match family {
        Some("案件" | "人" | "份" | "条") => true,
        Some("个") if count.unit == "个" => rule.loose && said(&rule.base),
        Some("个") => matches!(count.unit.as_str(), "项" | "条" | "处") && (said(&rule.base) || said(&rule.done)),
        Some("村" | "家") => said(&rule.base) || said(&rule.done),
        _ => false,
    }
}

/// The share of all rates of so many decimals that so many cases can give.
fn power(count: f64, rate: &Figure) -> f64 {
    2.0 * count * rate.step / 100.0
}

pub(super) fn unreachable(passage: &Passage, figure: &Figure, count: &Figure, named: &Named<'_>) -> Claim {
    let stated = &passage.text()[figure.digits.clone()];
    let below = (count.value * figure.value / 100.0).floor();
    let step = figure.step;
    let show = |k: f64| format!("{} ÷ {} = {}", write(k), write(count.value), write_rate(k / count.value * 100.0, step));
    let arithmetic = if below + 1.0 <= count.value { format!("{}，{}", show(below), show(below + 1.0)) } else { show(below) };
    let message = format!("{}{}得不出{}{stated}：{arithmetic}", write(count.value), count.unit, named.name);
    Claim::new(
        Kind::Unreachable,
        Verdict::Inconsistent(Confidence::Likely),
        passage.span(named.start.min(figure.range.start)..figure.range.end),
        arithmetic,
    )
    .message(message)
    .on("总数", count, passage.text())
    .on("比率", figure, passage.text())
    .stated(stated, None)
    .fact("denominator", number(count.value))
}

/// Whether some whole number of cases gives the rate: over `count` cases, or with `count` as the numerator. A base so large that
/// nearly every rate can be reached says nothing.
pub(super) fn reachable(count: f64, rate: &Figure) -> bool {
    if count < 1.0 || power(count, rate) > 0.5 || rate.value <= 0.0 || rate.value >= 100.0 {
        return true;
    }
    let exact = |value: f64| (value, value);
    let part = (count * rate.value / 100.0).floor();
    let whole = (count * 100.0 / rate.value).floor();
    (0..3).any(|k| {
        let k = f64::from(k) - 1.0;
        fits(exact((part + k).max(0.0)), exact(count), rate) || whole + k >= count && fits(exact(count), exact(whole + k), rate)
    })
}
