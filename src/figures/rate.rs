//! Rates: 办结率, 化解率, 占比 and every other 率, held against the counts that the words tie to them.

use std::borrow::Cow;

use super::apiece::is_apiece;
use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::done::{all_told, behind_last, is_done, is_partial, is_pending, is_with, rest_told};
use super::figure::{Figure, Measure, write, write_rate};
use super::passage::Passage;
use super::reading::{Reading, comparable, counts_for};
use super::unreachable::{names, reachable, single, unreachable};
use super::words::{Lexicon, Rate, contains, starts_with};
use crate::rulebook::Phrases;

/// Words between the name of a rate and its value.
const LINKS: [&str; 28] = [
    "达到",
    "达",
    "为",
    "是",
    "均",
    "都",
    "分别",
    "高达",
    "保持",
    "保持在",
    "稳定在",
    "在",
    "实现",
    "提高到",
    "提升到",
    "提升至",
    "提高至",
    "已",
    "仅",
    "仅为",
    "继续",
    "动态",
    "始终",
    "上升到",
    "全部",
    "：",
    "也",
    "有",
];

/// Growth is a change, not a rate of counts.
const GROWTH: [&str; 14] =
    ["失业率", "死亡率", "增长率", "增速", "增幅", "降幅", "利率", "税率", "费率", "效率", "汇率", "频率", "赤字率", "概率"];

/// Stands in for a rate that the rulebook does not name.
static NO_RATE: Rate = Rate {
    words: Phrases::none(),
    done: Phrases::none(),
    base: Phrases::none(),
    bounded: false,
    loose: false,
    survey: false,
    cut: false,
    own: false,
};

/// A rate as it is named in the text.
pub(super) struct Named<'a> {
    /// Where its name begins.
    pub(super) start: usize,
    pub(super) name: String,
    pub(super) rule: Option<&'a Rate>,
    pub(super) done: Cow<'a, Phrases>,
    each: bool,
}

/// The claims of all rates and shares of a passage.
pub(crate) fn claims(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    for (index, figure) in passage.figures.iter().enumerate() {
        if figure.upto.is_some() {
            continue;
        }
        if figure.measure == Measure::Fraction {
            out.extend(super::share::claim(passage, lexicon, index));
        }
        if figure.measure != Measure::Percent {
            continue;
        }
        if let Some(named) = name(passage, lexicon, figure) {
            if named.rule.is_some_and(|rule| rule.bounded) && figure.value > 100.0 {
                out.push(impossible(passage, figure, &named));
            } else if !named.each {
                out.extend(rate(passage, lexicon, index, &named));
                out.extend(super::remainder::of_all(passage, index, &named));
            } else {
                each(passage, lexicon, index, &named, out);
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
    let from = passage.mark_before(end, passage.depth_at(figure.digits.start)).map_or(0, |mark| mark.end());
    let from = passage.round(end).last().map_or(from, |pair| from.max(pair.inner.start)).min(end);
    let phrase = &text[from..end];
    if !phrase.ends_with(['率', '度']) || GROWTH.iter().any(|word| phrase.ends_with(word)) {
        return None;
    }
    let tails = || phrase.char_indices().map(|(at, _)| &phrase[at..]);
    if let Some(word) = tails().find(|tail| lexicon.rate(tail).is_some()) {
        let rule = lexicon.rate(word);
        let done = rule.map(|rule| own_words(rule, word)).unwrap_or_default();
        return Some(Named { start: end - word.len(), name: word.to_owned(), rule, done, each });
    }
    if !phrase.ends_with('率') {
        return None;
    }
    let stem: Vec<char> =
        phrase.trim_end_matches('率').chars().rev().take(6).take_while(|c| crate::text::cjk::is_han(*c)).collect();
    let stem: Vec<char> = stem.into_iter().rev().collect();
    if stem.len() < 2 {
        return None;
    }
    let word: String = stem[stem.len() - 2..].iter().collect();
    Some(Named {
        start: end - word.len() - '率'.len_utf8(),
        name: word.clone() + "率",
        rule: None,
        done: Cow::Owned(vec![word].into()),
        each,
    })
}

/// The words of a rate's numerator.
fn own_words<'a>(rule: &'a Rate, name: &str) -> Cow<'a, Phrases> {
    let own: Vec<String> = rule.done.iter().filter(|word| rule.own && name.contains(word.as_str())).cloned().collect();
    if own.is_empty() { Cow::Borrowed(&rule.done) } else { Cow::Owned(own.into()) }
}

fn impossible(passage: &Passage, figure: &Figure, named: &Named<'_>) -> Claim {
    let stated = &passage.text()[figure.digits.clone()];
    let message = format!("{}写作{stated}，这样的率不可能超过100%", named.name);
    Claim::new(
        Kind::Impossible,
        Verdict::Inconsistent(Confidence::Certain),
        passage.span(named.start..figure.range.end),
        format!("{stated} > 100%"),
    )
    .message(message)
    .on("比率", figure, passage.text())
    .stated(stated, None)
}

/// 信访28件、留言145条，分别办结28件、139条: each part with its whole.
fn paired(passage: &Passage, counts: &[usize]) -> Vec<(usize, usize)> {
    let half = counts.len() / 2;
    if half < 2 || counts.len() % 2 == 1 {
        return Vec::new();
    }
    let figures = &passage.figures;
    let between = figures[counts[half - 1]].range.end..figures[counts[half]].range.start;
    let each = passage.markers_in(between).any(|m| m.tag == super::words::Tag::Each);
    let pairs: Vec<(usize, usize)> = (0..half).map(|k| (counts[half + k], counts[k])).collect();
    if each && pairs.iter().all(|&(n, d)| comparable(&figures[n], &figures[d])) { pairs } else { Vec::new() }
}

fn rate(passage: &Passage, lexicon: &Lexicon, index: usize, named: &Named<'_>) -> Option<Claim> {
    let figures = &passage.figures;
    let figure = &figures[index];
    let counts = counts_for(passage, lexicon, index);
    let span = passage.span(named.start..figure.range.end);
    let pairs = paired(passage, &counts);
    if !pairs.is_empty() {
        let readings: Vec<Reading> = pairs.iter().map(|&(n, d)| Reading::of(figures, vec![n], vec![d], false)).collect();
        let wrong = readings.iter().find(|reading| !reading.fits(figure));
        return Some(wrong.map_or_else(
            || sound(passage, span, &readings[0], figure),
            |reading| mismatch(passage, named, figure, reading, Confidence::Certain),
        ));
    }
    let cut = named.rule.is_some_and(|rule| rule.cut);
    let says = |i: usize, words: &Phrases| contains(passage.slice(figures[i].head.clone()), words);
    let done: Vec<usize> = counts
        .iter()
        .copied()
        .filter(|&i| is_done(passage, lexicon, i, &named.done) || cut && !is_pending(passage, lexicon, i))
        .collect();
    let readings = readings(passage, lexicon, &counts, &done, cut);
    if let Some(found) = readings.iter().find(|reading| reading.fits(figure)) {
        return Some(sound(passage, span, found, figure));
    }
    let unclear = || Claim::new(Kind::Rate, Verdict::NotComparable("分子、分母不明确"), span, String::new());
    // 结案率98.3%（118件）: the numerator stands in brackets.
    if passage.counted_behind(figure.range.end) {
        return Some(unclear().on("比率", figure, passage.text()));
    }
    // A wrong one needs a numerator that the words name last and a denominator they name before it.
    let base = &named.rule.unwrap_or(&NO_RATE).base;
    let is_base = |i: usize| says(i, base) || starts_with(passage.slice(figures[i].tail.clone()), base).is_some();
    let last = done.iter().rev().copied().find(|&n| counts.iter().any(|&d| d < n && comparable(&figures[d], &figures[n])));
    let left = counts
        .iter()
        .copied()
        .rev()
        .find(|&n| is_pending(passage, lexicon, n) && counts.iter().any(|&d| d < n && comparable(&figures[d], &figures[n])));
    let Some(last) = last.or(left) else { return single(passage, lexicon, index, named, &counts) };
    let others: Vec<usize> = counts.iter().copied().filter(|i| *i == last || is_base(*i) || !done.contains(i)).collect();
    let Some((whole, among)) = tied_base(passage, &others, last, is_base).or_else(|| tied_base(passage, &counts, last, is_base))
    else {
        return single(passage, lexicon, index, named, &counts);
    };
    // 满意80人、基本满意16人: all that was done, side by side.
    let all: Vec<usize> =
        done.iter().copied().filter(|&i| i > whole && i <= last && comparable(&figures[i], &figures[last])).collect();
    let side_by_side = all.len() > 1 && figures[all[0]].clause == figures[last].clause && !all.iter().any(|&i| is_base(i));
    let of_all = done.len() > 1 && lexicon.words.overall.at_end(passage.slice(0..named.start)).is_some();
    let found = if side_by_side {
        Reading::of(figures, all, vec![whole], false)
    } else {
        readings.into_iter().find(|r| r.parts == [last] && r.wholes == [whole])?
    };
    let between = counts.iter().any(|&i| {
        i > last
            && i < index
            && comparable(&figures[i], &figures[last])
            && !is_pending(passage, lexicon, i)
            && (says(i, base) || says(i, &named.done))
    });
    let far = figure.clause.abs_diff(figures[last].clause) > 3
        || figures[last].clause - figures[whole].clause > if among { 8 } else { 3 };
    // 受理50件，按期办结48件，按期办结率99%: the numerator bears the rate's own name.
    let stem = named.name.trim_end_matches('率');
    let own = stem.chars().count() >= 4
        && passage.slice(figures[last].head.clone()).ends_with(stem)
        && figures[last].clause == figures[whole].clause + 1
        && figure.clause == figures[last].clause + 1;
    let loose = named.rule.is_some_and(|rule| rule.loose) && !out_of(passage, whole, last) && !own;
    let sentence = passage.around(figure.range.clone());
    let other_rate =
        index > last && figures[last + 1..index].iter().any(|f| f.measure == Measure::Percent && f.clause + 1 < figure.clause);
    let carried =
        contains(sentence, &lexicon.words.sums.carried) && !counts.iter().any(|&i| says(i, &lexicon.words.sums.carried));
    let periods = figures[whole].period != figures[last].period
        && [figures[whole].period, figures[last].period].contains(&super::figure::Period::Last);
    let over = found.quotient() > 300.0 && named.rule.is_none();
    let rebased = figures[whole + 1..last.max(whole + 1)]
        .iter()
        .any(|f| f.measure == Measure::Percent && name(passage, lexicon, f).is_some());
    // 审核合同138份，备案合同21份: two things done, side by side.
    let object = |i: usize, words: &Phrases| behind_last(passage.slice(figures[i].head.clone()), words);
    let parallel = named.rule.is_some_and(|rule| {
        rule.own && object(last, &named.done).is_some_and(|what| !what.is_empty() && object(whole, &rule.done) == Some(what))
    });
    let partial = is_partial(passage, lexicon, last, named) || rest_told(passage, lexicon, last, named);
    let all = figure.value > 99.99 && all_told(passage, lexicon, figures[whole].range.end, named);
    let apiece = [whole, last].iter().any(|&i| is_apiece(passage, lexicon, &figures[i]));
    // 吹哨41次，37个部门报到，解决39个，解决率95.1%: of another count of the sentence it is right.
    let of_other = found.quotient() > 100.0
        && passage
            .indices_in(passage.sentence(figures[whole].sentence).start..figures[last].range.start)
            .any(|i| figures[i].is_count() && Reading::of(figures, found.parts.clone(), vec![i], false).fits(figure));
    if of_all || rebased || parallel || all || apiece || of_other || partial && !found.left {
        return Some(show(passage, unclear(), &found, figure));
    }
    if between || far || loose && !found.left || other_rate || carried || periods || over {
        return Some(show(passage, unclear(), &found, figure));
    }
    let certain = found.quotient() <= 100.0
        && figures[last].is_whole()
        && figures[whole].is_whole()
        && named.rule.is_some()
        && !contains(sentence, &lexicon.words.sums.carried);
    Some(mismatch(passage, named, figure, &found, if certain { Confidence::Certain } else { Confidence::Likely }))
}

/// All readings of the counts that the words allow.
fn readings(passage: &Passage, lexicon: &Lexicon, counts: &[usize], done: &[usize], cut: bool) -> Vec<Reading> {
    let figures = &passage.figures;
    let mut found = Vec::new();
    let tied = |a: usize, b: usize| a != b && comparable(&figures[a], &figures[b]);
    for &n in done {
        for &d in counts.iter().filter(|&&d| tied(d, n)) {
            let fallen = passage
                .markers_in(figures[d].range.end..figures[n].range.start.max(figures[d].range.end))
                .any(|m| m.tag == super::words::Tag::FallTo);
            for wholes in [vec![d], run_of(figures, counts, d, n)] {
                if cut {
                    found.push(Reading::of(figures, vec![n], wholes.clone(), true));
                }
                if !(wholes.contains(&n) || cut && fallen) {
                    found.push(Reading::of(figures, vec![n], wholes, false));
                }
            }
        }
        // 12个村，优秀5个、良好6个: several in a row, the first of which is named.
        let from = counts.partition_point(|&i| i < n);
        let row =
            counts[from..].iter().copied().take_while(|&i| comparable(&figures[i], &figures[n]) && is_with(passage, lexicon, i));
        let row: Vec<usize> = row.collect();
        for length in 2..=row.len() {
            let before = counts[..from].iter().filter(|&&d| tied(d, n));
            found.extend(before.map(|&d| Reading::of(figures, row[..length].to_vec(), vec![d], false)));
        }
        // 受理信访20件、投诉10件，办结信访19件、投诉10件
        let both: Vec<usize> = done.iter().copied().filter(|&i| comparable(&figures[i], &figures[n])).collect();
        let rest: Vec<usize> =
            counts.iter().copied().filter(|i| !both.contains(i) && comparable(&figures[*i], &figures[n])).collect();
        if both.len() > 1 && !rest.is_empty() {
            found.push(Reading::of(figures, both, rest, false));
        }
    }
    for &p in counts.iter().filter(|&&p| is_pending(passage, lexicon, p)) {
        found.extend(counts.iter().filter(|&&d| d < p && tied(d, p)).map(|&d| Reading::of(figures, vec![p], vec![d], true)));
    }
    found
}

fn sound(passage: &Passage, span: crate::text::Span, found: &Reading, rate: &Figure) -> Claim {
    show(passage, Claim::new(Kind::Rate, Verdict::Consistent, span, found.arithmetic(rate)), found, rate)
}

fn mismatch(passage: &Passage, named: &Named<'_>, figure: &Figure, found: &Reading, confidence: Confidence) -> Claim {
    let arithmetic = found.arithmetic(figure);
    let expected = write_rate(found.quotient(), if figure.value >= 99.99 { 0.1 } else { figure.step.min(1.0) });
    let stated = &passage.text()[figure.digits.clone()];
    let (part, whole) = (&passage.figures[found.parts[0]], &passage.figures[found.wholes[0]]);
    let name = |f: &Figure| format!("{}{}", passage.slice(f.digits.clone()), f.unit);
    let verb = if found.left { "有未办成的" } else { verb(passage, part, &named.done) };
    let parts = found.parts.iter().map(|&i| name(&passage.figures[i])).collect::<Vec<_>>().join("、");
    let message = format!("{}写作{stated}，但{}中{verb}{parts}，{arithmetic}", named.name, name(whole));
    let span = passage.span(named.start..figure.range.end);
    let claim = Claim::new(Kind::Rate, Verdict::Inconsistent(confidence), span, arithmetic)
        .message(message)
        .mend(passage.span(figure.digits.clone()), expected.clone());
    let mut claim = show(passage, claim, found, figure);
    claim.expected = Some(expected);
    claim
}

/// The word of the numerator as the text has it.
fn verb<'a>(passage: &Passage, figure: &Figure, done: &'a [String]) -> &'a str {
    let head = passage.slice(figure.head.clone());
    done.iter().filter(|word| head.contains(word.as_str())).max_by_key(|word| word.len()).map_or("为", String::as_str)
}

/// The nearest count before the numerator that can be its base, and whether parts of it stand between: named as a base, or the
/// only one there, or `42件中`.
fn tied_base(passage: &Passage, counts: &[usize], part: usize, is_base: impl Fn(usize) -> bool) -> Option<(usize, bool)> {
    let figures = &passage.figures;
    let before: Vec<usize> = counts.iter().copied().filter(|&i| i < part && comparable(&figures[i], &figures[part])).collect();
    let nearest = *before.last()?;
    let alone = before.len() == 1 && figures[part].clause - figures[nearest].clause <= 1;
    if is_base(nearest) || alone || out_of(passage, nearest, part) {
        return Some((nearest, false));
    }
    // 排查168件，其中婚姻61件、邻里57件……，化解157件: the parts between are passed over.
    before
        .iter()
        .rev()
        .copied()
        .find(|&i| {
            is_base(i)
                && passage
                    .markers_in(figures[i].range.end..figures[i].range.end + 30)
                    .any(|m| m.tag == super::words::Tag::Among || m.tag == super::words::Tag::Include)
        })
        .map(|i| (i, true))
}

/// `42件信访事项中，息访35件`: the part is of the whole.
pub(crate) fn out_of(passage: &Passage, whole: usize, part: usize) -> bool {
    let gap =
        passage.slice(passage.figures[whole].range.end..passage.figures[part].range.start.max(passage.figures[whole].range.end));
    gap.chars().count() <= 24 && ["中，", "中已", "中有", "里有", "中的"].iter().any(|word| gap.contains(word))
}

/// The run of counts that ends with `last` and stands before `until`: `20件、投诉10件`.
fn run_of(figures: &[Figure], counts: &[usize], last: usize, until: usize) -> Vec<usize> {
    counts.iter().copied().filter(|&i| i <= last && i != until && comparable(&figures[i], &figures[last])).rev().take(4).collect()
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

/// 满意率分别达100%、94.7%: the first rate of a run, each over its own counts.
fn each(passage: &Passage, lexicon: &Lexicon, index: usize, named: &Named<'_>, out: &mut Vec<Claim>) {
    let figures = &passage.figures;
    let rates = super::pairing::run(passage, index);
    let counts = counts_for(passage, lexicon, index);
    let pairs = paired(passage, &counts);
    if pairs.len() == rates.len() && rates.len() > 1 {
        for (&(n, d), &rate) in pairs.iter().zip(&rates) {
            let (reading, rate) = (Reading::of(figures, vec![n], vec![d], false), &figures[rate]);
            let right = reading.fits(rate);
            out.push(if right {
                sound(passage, rate.span, &reading, rate)
            } else {
                mismatch(passage, named, rate, &reading, Confidence::Certain)
            });
        }
        return;
    }
    let tied = named.rule.is_some_and(|rule| !rule.cut);
    let near = counts.first().is_some_and(|&first| figures[first].clause + 2 >= figures[index].clause);
    let joined = counts.windows(2).all(|w| {
        figures[w[0]].clause == figures[w[1]].clause && names(passage, lexicon, &figures[w[0]], named.rule.unwrap_or(&NO_RATE))
    });
    if !tied
        || !near
        || !joined
        || rates.len() < 2
        || counts.len() != rates.len()
        || !counts.windows(2).all(|w| comparable(&figures[w[0]], &figures[w[1]]))
    {
        return;
    }
    for (&count, &rate) in counts.iter().zip(&rates) {
        let (count, rate) = (&figures[count], &figures[rate]);
        if count.is_whole() && rate.is_exact() && !reachable(count.value, rate) {
            out.push(unreachable(passage, rate, count, named));
        } else {
            let claim = Claim::new(
                Kind::Unreachable,
                Verdict::Consistent,
                rate.span,
                format!("{}{}可以得出{}", write(count.value), count.unit, rate.written()),
            );
            out.push(claim.on("总数", count, passage.text()).on("比率", rate, passage.text()));
        }
    }
}
