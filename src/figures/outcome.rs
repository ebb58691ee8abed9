//! What became of a total without 其中: 受理35件，已办结33件，正在办理2件; 原有3个，新增2个，共5个; more done than there was.

use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::figure::{Figure, write};
use super::passage::Passage;
use super::sum::{adds_up, is_change, right_sum, wrong_sum};
use super::words::{Lexicon, contains};

/// The claim in which the figure at `index` is the total, if the two counts behind it say what became of it.
pub(crate) fn claim(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let figures = &passage.figures;
    let first = &figures[index];
    if !first.is_count() || first.family.is_none() || first.upto.is_some() || is_change(passage, lexicon, first) {
        return None;
    }
    let alike = |i: usize| figures[i].same_family(first) && figures[i].sentence == first.sentence && figures[i].depth == first.depth && figures[i].upto.is_none();
    let mut next = (index + 1..figures.len().min(index + 6)).filter(|&i| alike(i));
    let second = next.next()?;
    let head = |figure: &Figure| passage.slice(figure.head.clone()).to_owned();
    let (a, b) = (head(first), head(&figures[second]));
    let Some(third) = next.next() else { return overdone(passage, lexicon, index, second) };
    let c = head(&figures[third]);
    // 原有 a 项，增加 b 项，共 c 项
    if a.contains("原有") && (b.contains("增加") || b.contains("新增")) && contains(&c, &lexicon.words.sums.total) {
        let parts = [first, &figures[second]];
        return Some(if adds_up(&figures[third], &parts) { right_sum(passage, third, vec![index, second]) } else { wrong_sum(passage, third, vec![index, second], Confidence::Certain) });
    }
    let near = figures[second].clause <= first.clause + 2 && figures[third].clause <= figures[second].clause + 1;
    let group = lexicon.words.complements.iter().find(|group| group.len() == 2 && b.contains(group[0].as_str()) && c.contains(group[1].as_str()) && lexicon.words.pending.iter().any(|p| p.starts_with(group[1].as_str()) || group[1].starts_with(p.as_str())));
    let outcome = contains(&c, &lexicon.words.pending) && group.is_some();
    if !near || !outcome || contains(&a, &["已".to_owned(), "其中".to_owned()]) {
        return overdone(passage, lexicon, index, second);
    }
    let parts = [&figures[second], &figures[third]];
    if adds_up(first, &parts) {
        return Some(right_sum(passage, index, vec![second, third]));
    }
    let exact = first.is_exact() && parts.iter().all(|f| f.is_exact());
    let sum: f64 = parts.iter().map(|f| f.value).sum();
    let carried = contains(passage.slice(passage.sentence(first.sentence)), &lexicon.words.sums.carried);
    if !exact || carried || sum < first.value * 0.5 || sum > first.value * 2.0 {
        return None;
    }
    Some(wrong_sum(passage, index, vec![second, third], Confidence::Likely))
}

/// 受理20件，办结25件: more done than there was to do.
fn overdone(passage: &Passage, lexicon: &Lexicon, whole: usize, part: usize) -> Option<Claim> {
    const BASES: [&str; 6] = ["受理", "排查", "收到", "接到", "接收", "应"];
    let (whole, part) = (&passage.figures[whole], &passage.figures[part]);
    let (a, b) = (passage.slice(whole.head.clone()), passage.slice(part.head.clone()));
    let rule = lexicon.words.rates.iter().find(|rule| rule.bounded && !rule.survey && !rule.cut && contains(a, &rule.base) && contains(b, &rule.done) && !contains(b, &rule.base))?;
    let tied = BASES.iter().any(|word| a.contains(word)) && part.clause <= whole.clause + 1 && whole.is_whole() && part.is_whole();
    let carried = contains(passage.slice(passage.sentence(whole.sentence)), &lexicon.words.sums.carried);
    if !tied || carried || part.value <= whole.value || whole.period != part.period || contains(b, &lexicon.words.sums.total) || contains(a, &rule.done) {
        return None;
    }
    let text = passage.text();
    let name = |figure: &Figure| format!("{}{}", &text[figure.digits.clone()], figure.unit);
    let arithmetic = format!("{} > {}", write(part.value), write(whole.value));
    let message = format!("前面写{}，后面办成的写{}，多出{}{}", name(whole), name(part), write(part.value - whole.value), part.unit);
    let claim = Claim::new(Kind::Impossible, Verdict::Inconsistent(Confidence::Likely), part.span, arithmetic).message(message);
    Some(claim.on("总数", whole, text).on("部分", part, text).stated(&text[part.digits.clone()], None).fact("total", number(whole.value)).fact("part", number(part.value)))
}
