//! Rates: 办结率, 化解率, 占比 and every other 率, held against the counts that the words tie to them.

use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::figure::{Figure, Measure, write, write_rate};
use super::passage::Passage;
use super::words::{Lexicon, Rate, contains, starts_with};

/// How many figures before a rate are looked at.
const REACH: usize = 10;

/// Words between the name of a rate and its value.
const LINKS: [&str; 28] = [
    "达到", "达", "为", "是", "均", "都", "分别", "高达", "保持", "保持在", "稳定在", "在", "实现", "提高到", "提升到", "提升至", "提高至", "已", "仅", "仅为", "继续", "动态", "始终", "上升到", "全部", "：", "也", "有",
];

/// Growth is a change, not a rate of counts.
const GROWTH: [&str; 12] = ["增长率", "增速", "增幅", "降幅", "利率", "税率", "费率", "效率", "汇率", "频率", "赤字率", "概率"];

/// A rate as it is named in the text.
struct Named<'a> {
    /// Where its name begins.
    start: usize,
    name: String,
    rule: Option<&'a Rate>,
    done: Vec<String>,
    each: bool,
}

/// The claims of all rates and shares of a passage.
pub(crate) fn claims(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    for (index, figure) in passage.figures.iter().enumerate() {
        if figure.measure != Measure::Percent || figure.upto.is_some() {
            continue;
        }
        if let Some(named) = name(passage, lexicon, figure) {
            if named.rule.is_some_and(|rule| rule.bounded) && figure.value > 100.0 {
                out.push(impossible(passage, figure, &named));
            } else if !named.each {
                out.extend(rate(passage, lexicon, index, &named));
            } else {
                each(passage, index, &named, out);
            }
        } else {
            out.extend(super::share::claim(passage, lexicon, index));
        }
    }
}

/// The name that stands before a rate's value.
fn name<'a>(passage: &Passage, lexicon: &'a Lexicon, figure: &Figure) -> Option<Named<'a>> {
    let text = passage.text();
    let mut end = figure.range.start;
    let mut each = false;
    while let Some(link) = LINKS.iter().filter(|link| text[..end].ends_with(**link)).max_by_key(|link| link.len()) {
        each |= *link == "分别";
        end -= link.len();
    }
    let from = passage.mark_before(end, passage.depth_at(figure.digits.start)).map_or(0, |mark| mark.end);
    let from = passage.round(end).last().map_or(from, |pair| from.max(pair.inner.start)).min(end);
    let phrase = &text[from..end];
    if !phrase.ends_with(['率', '度']) || GROWTH.iter().any(|word| phrase.ends_with(word)) {
        return None;
    }
    let tails = || phrase.char_indices().map(|(at, _)| &phrase[at..]);
    if let Some(word) = tails().find(|tail| lexicon.rate(tail).is_some()) {
        let rule = lexicon.rate(word);
        let done = rule.map_or_else(Vec::new, |rule| rule.done.clone());
        return Some(Named { start: end - word.len(), name: word.to_owned(), rule, done, each });
    }
    if !phrase.ends_with('率') {
        return None;
    }
    let stem: Vec<char> = phrase.trim_end_matches('率').chars().rev().take(6).take_while(|c| crate::text::cjk::is_han(*c)).collect();
    let stem: Vec<char> = stem.into_iter().rev().collect();
    if stem.len() < 2 {
        return None;
    }
    let word: String = stem[stem.len() - 2..].iter().collect();
    Some(Named { start: end - word.len() - '率'.len_utf8(), name: word.clone() + "率", rule: None, done: vec![word], each })
}

fn impossible(passage: &Passage, figure: &Figure, named: &Named<'_>) -> Claim {
    let stated = &passage.text()[figure.digits.clone()];
    let message = format!("{}写作{stated}，这样的率不可能超过100%", named.name);
    Claim::new(Kind::Impossible, Verdict::Inconsistent(Confidence::Certain), passage.span(named.start..figure.range.end), format!("{stated} > 100%"))
        .message(message)
        .on("比率", figure, passage.text())
        .stated(stated, None)
}

/// Whether `part ÷ whole` is the rate as written: rounded or cut at its last digit. 100% leaves no remainder.
pub(crate) fn fits(part: (f64, f64), whole: (f64, f64), rate: &Figure) -> bool {
    if whole.1 <= 0.0 || part.0 < 0.0 {
        return false;
    }
    let (low, high) = (part.0 / whole.1 * 100.0, if whole.0 > 0.0 { part.1 / whole.0 * 100.0 } else { f64::INFINITY });
    let (mut least, mut most) = rate.bounds();
    if rate.is_exact() {
        most -= 1e-9;
        if (rate.value - 100.0).abs() < 1e-9 {
            (least, most) = (100.0, 100.0);
        }
    }
    low <= most + 1e-9 && high >= least - 1e-9
}

/// A reading of two counts as numerator and denominator.
#[derive(Clone)]
struct Reading {
    part: (f64, f64, f64),
    whole: (f64, f64, f64),
    parts: Vec<usize>,
    wholes: Vec<usize>,
}

fn triple(figures: &[&Figure]) -> (f64, f64, f64) {
    figures.iter().fold((0.0, 0.0, 0.0), |(v, l, h), f| (v + f.value, l + f.bounds().0, h + f.bounds().1))
}

/// The counts that may belong to the rate at `index`: before it in its sentence, and in the sentence before if that has too few.
fn counts_before(passage: &Passage, index: usize) -> Vec<usize> {
    let rate = &passage.figures[index];
    let near = |sentence: usize| -> Vec<usize> {
        let before = passage.figures[..index].iter().enumerate().rev().take(REACH * 2);
        let mut found: Vec<usize> =
            before.filter(|(_, f)| f.sentence == sentence && f.is_count() && f.upto.is_none() && f.depth <= rate.depth).map(|(i, _)| i).take(REACH).collect();
        found.reverse();
        found
    };
    near(rate.sentence)
}

fn rate(passage: &Passage, lexicon: &Lexicon, index: usize, named: &Named<'_>) -> Option<Claim> {
    let figures = &passage.figures;
    let figure = &figures[index];
    let counts = counts_before(passage, index);
    let cut = named.rule.is_some_and(|rule| rule.cut);
    let says = |i: usize, words: &[String]| contains(passage.slice(figures[i].head.clone()), words);
    let after = |i: usize, words: &[String]| starts_with(passage.slice(figures[i].tail.clone()), words).is_some();
    let pending = |i: usize| says(i, &lexicon.words.pending) || passage.slice(figures[i].head.clone()).contains('未');
    let done: Vec<usize> = counts.iter().copied().filter(|&i| (says(i, &named.done) || cut) && !pending(i)).collect();
    let mut readings = Vec::new();
    for &n in &done {
        for &d in counts.iter().filter(|&&d| d != n && comparable(&figures[d], &figures[n])) {
            for wholes in [vec![d], run_of(figures, &counts, d, n)] {
                if !wholes.is_empty() && !wholes.contains(&n) {
                    readings.push(reading(figures, vec![n], wholes));
                }
            }
        }
        // 受理信访20件、投诉10件，办结信访19件、投诉10件
        let both: Vec<usize> = done.iter().copied().filter(|&i| comparable(&figures[i], &figures[n])).collect();
        let rest: Vec<usize> = counts.iter().copied().filter(|i| !both.contains(i) && comparable(&figures[*i], &figures[n])).collect();
        if both.len() > 1 && !rest.is_empty() {
            readings.push(reading(figures, both, rest));
        }
    }
    let holds = |r: &Reading| {
        fits((r.part.1, r.part.2), (r.whole.1, r.whole.2), figure) || cut && fits(((r.whole.1 - r.part.2).max(0.0), r.whole.2 - r.part.1), (r.whole.1, r.whole.2), figure)
    };
    let span = passage.span(named.start..figure.range.end);
    if let Some(found) = readings.iter().find(|r| holds(r)) {
        return Some(show(passage, Claim::new(Kind::Rate, Verdict::Consistent, span, quotient(found, figure, cut && !fits((found.part.1, found.part.2), (found.whole.1, found.whole.2), figure))), found, figure));
    }
    // A wrong one needs a numerator that the words name last and a denominator they name before it.
    let last = *done.iter().rev().find(|&&n| counts.iter().any(|&d| d != n && comparable(&figures[d], &figures[n])))?;
    let base: &[String] = named.rule.map_or(&[], |rule| &rule.base);
    let whole = tied_base(passage, &counts, last, |i| says(i, base) || after(i, base));
    let Some(whole) = whole else { return single(passage, index, named, &counts) };
    let between = counts.iter().any(|&i| i > last && comparable(&figures[i], &figures[last]) && !pending(i) && !says(i, &lexicon.words.sums.rest));
    let far = figure.clause.saturating_sub(figures[last].clause) > 3 || figures[last].clause.saturating_sub(figures[whole].clause) > 3;
    let survey = named.rule.is_some_and(|rule| rule.survey);
    let sentence = passage.slice(passage.sentence(figure.sentence));
    let other_rate = figures[last + 1..index].iter().any(|f| f.measure == Measure::Percent && f.clause + 1 < figure.clause);
    let found = reading(figures, vec![last], vec![whole]);
    if between || far || survey || other_rate || contains(sentence, &lexicon.words.sums.carried) || found.part.0 > found.whole.0 {
        return Some(show(passage, Claim::new(Kind::Rate, Verdict::NotComparable("分子、分母不明确"), span, String::new()), &found, figure));
    }
    let certain = figures[last].is_whole() && figures[whole].is_whole() && named.rule.is_some();
    let confidence = if certain { Confidence::Certain } else { Confidence::Likely };
    let left = cut && !says(last, &named.done);
    let arithmetic = quotient(&found, figure, left);
    let share = if left { found.whole.0 - found.part.0 } else { found.part.0 } / found.whole.0 * 100.0;
    let expected = write_rate(share, figure.step.min(if figure.value >= 99.99 { 0.1 } else { figure.step }));
    let stated = &passage.text()[figure.digits.clone()];
    let subject = passage.slice(figures[whole].digits.clone()).to_owned() + &figures[whole].unit;
    let message = format!("{}写作{stated}，但{subject}中{}{}{}，{arithmetic}", named.name, verb(passage, &figures[last], &named.done), passage.slice(figures[last].digits.clone()), figures[last].unit);
    let claim = Claim::new(Kind::Rate, Verdict::Inconsistent(confidence), span, arithmetic)
        .message(message)
        .mend(passage.span(figure.digits.clone()), expected.clone());
    let mut claim = show(passage, claim, &found, figure);
    claim.expected = Some(expected);
    Some(claim)
}

/// The word of the numerator as the text has it.
fn verb<'a>(passage: &Passage, figure: &Figure, done: &'a [String]) -> &'a str {
    let head = passage.slice(figure.head.clone());
    done.iter().filter(|word| head.contains(word.as_str())).max_by_key(|word| word.len()).map_or("为", String::as_str)
}

/// The nearest count before the numerator that can be its base: named as one, or the only one there.
fn tied_base(passage: &Passage, counts: &[usize], part: usize, is_base: impl Fn(usize) -> bool) -> Option<usize> {
    let figures = &passage.figures;
    let before: Vec<usize> = counts.iter().copied().filter(|&i| i < part && comparable(&figures[i], &figures[part])).collect();
    let nearest = *before.last()?;
    let alone = before.len() == 1 && figures[part].clause - figures[nearest].clause <= 1;
    (is_base(nearest) || alone).then_some(nearest)
}

fn comparable(a: &Figure, b: &Figure) -> bool {
    a.family.is_some() && a.same_family(b)
}

/// The run of counts that ends with `last` and stands before `until`: `20件、投诉10件`.
fn run_of(figures: &[Figure], counts: &[usize], last: usize, until: usize) -> Vec<usize> {
    counts.iter().copied().filter(|&i| i <= last && i != until && comparable(&figures[i], &figures[last])).rev().take(4).collect()
}

fn reading(figures: &[Figure], parts: Vec<usize>, wholes: Vec<usize>) -> Reading {
    let take = |list: &[usize]| triple(&list.iter().map(|&i| &figures[i]).collect::<Vec<_>>());
    Reading { part: take(&parts), whole: take(&wholes), parts, wholes }
}

fn quotient(found: &Reading, rate: &Figure, left: bool) -> String {
    let step = if rate.value >= 99.99 { 0.1 } else { rate.step };
    let (part, whole) = (found.part.0, found.whole.0);
    if left {
        return format!("（{} − {}） ÷ {} = {}", write(whole), write(part), write(whole), write_rate((whole - part) / whole * 100.0, step));
    }
    format!("{} ÷ {} = {}", write(part), write(whole), write_rate(part / whole * 100.0, step))
}

fn show(passage: &Passage, claim: Claim, found: &Reading, rate: &Figure) -> Claim {
    let text = passage.text();
    let claim = found.wholes.iter().fold(claim, |claim, &i| claim.on("分母", &passage.figures[i], text));
    let claim = found.parts.iter().fold(claim, |claim, &i| claim.on("分子", &passage.figures[i], text));
    claim
        .on("比率", rate, text)
        .stated(&text[rate.digits.clone()], None)
        .fact("numerator", number(found.part.0))
        .fact("denominator", number(found.whole.0))
}

/// One count and a rate: only a rate that no whole number of cases gives is wrong.
fn single(passage: &Passage, index: usize, named: &Named<'_>, counts: &[usize]) -> Option<Claim> {
    let figures = &passage.figures;
    let figure = &figures[index];
    let last = *counts.last()?;
    if figures[last].clause + 2 < figure.clause {
        return None;
    }
    let span = passage.span(named.start..figure.range.end);
    let tied = named.rule.is_some_and(|rule| !rule.survey && !rule.cut) && counts.len() == 1 && figures[last].clause + 1 >= figure.clause && figures[last].is_whole();
    if !tied || !figure.is_exact() || figures[last].family.is_none() || reachable(figures[last].value, figure) {
        let claim = Claim::new(Kind::Rate, Verdict::NotComparable("只有一个数，另一个数没有写明"), span, String::new());
        return Some(claim.on("数", &figures[last], passage.text()).on("比率", figure, passage.text()).stated(&passage.text()[figure.digits.clone()], None));
    }
    Some(unreachable(passage, figure, &figures[last], named))
}

fn unreachable(passage: &Passage, figure: &Figure, count: &Figure, named: &Named<'_>) -> Claim {
    let stated = &passage.text()[figure.digits.clone()];
    let below = (count.value * figure.value / 100.0).floor();
    let step = figure.step;
    let show = |k: f64| format!("{} ÷ {} = {}", write(k), write(count.value), write_rate(k / count.value * 100.0, step));
    let arithmetic = if below + 1.0 <= count.value { format!("{}，{}", show(below), show(below + 1.0)) } else { show(below) };
    let message = format!("{}{}得不出{}{stated}：{arithmetic}", write(count.value), count.unit, named.name);
    Claim::new(Kind::Unreachable, Verdict::Inconsistent(Confidence::Likely), passage.span(named.start..figure.range.end), arithmetic)
        .message(message)
        .on("总数", count, passage.text())
        .on("比率", figure, passage.text())
        .stated(stated, None)
        .fact("denominator", number(count.value))
}

/// Whether some whole number of cases gives the rate: over `count` cases, or with `count` as the numerator. A base so large that
/// nearly every rate can be reached says nothing.
fn reachable(count: f64, rate: &Figure) -> bool {
    let power = 2.0 * count * rate.step / 100.0;
    if count < 1.0 || power > 0.5 || rate.value <= 0.0 || rate.value >= 100.0 {
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

/// 满意率分别达100%、94.7%: the first rate of a run, each over its own count.
fn each(passage: &Passage, index: usize, named: &Named<'_>, out: &mut Vec<Claim>) {
    let figures = &passage.figures;
    let rates = super::pairing::run(passage, index);
    let counts = counts_before(passage, index);
    let tied = named.rule.is_some_and(|rule| !rule.cut);
    if !tied || rates.len() < 2 || counts.len() != rates.len() || !counts.windows(2).all(|w| comparable(&figures[w[0]], &figures[w[1]])) {
        return;
    }
    for (&count, &rate) in counts.iter().zip(&rates) {
        let (count, rate) = (&figures[count], &figures[rate]);
        if count.is_whole() && rate.is_exact() && !reachable(count.value, rate) {
            out.push(unreachable(passage, rate, count, named));
        } else {
            let claim = Claim::new(Kind::Unreachable, Verdict::Consistent, passage.span(rate.range.clone()), String::new());
            out.push(claim.on("总数", count, passage.text()).on("比率", rate, passage.text()));
        }
    }
}
