//! What it means that the parts of a total make it, or do not.

use super::apiece::is_apiece;
use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::figure::{Figure, Measure, write_scaled};
use super::passage::Passage;
use super::reading::fits;
use super::sum::{Split, Tie};
use super::words::{Lexicon, contains};
use crate::rulebook::Phrases;

/// Where each has so much of a total, each is counted out of all of it: 评价优秀的分别为47名、46名, of 49.
const NEARLY_ALL: f64 = 0.75;

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
    if parts.iter().chain([&total]).any(|figure| is_apiece(passage, lexicon, figure)) {
        return silent("各有这么多");
    }
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
    if sum < total.value && total.value <= sum + single_ones(passage, lexicon, split) {
        return silent("另有写成“一件”的");
    }
    if sum < total.value && rest_behind(passage, lexicon, split) {
        return silent("其余没有写数");
    }
    if sum > total.value && tie == Tie::Some && in_manners(passage, lexicon, split) {
        return silent("一件可能用几种办法");
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

/// Whether the sentence goes on behind the parts to tell of others without a number: 其余由工作人员接待.
fn rest_behind(passage: &Passage, lexicon: &Lexicon, split: &Split) -> bool {
    let Some(last) = split.parts.last().map(|&i| &passage.figures[i]) else { return false };
    let behind = last.range.end..passage.sentence(last.sentence).end;
    passage.figures_in(behind.clone()).iter().all(|f| !f.is_count()) && contains(passage.slice(behind), &lexicon.words.sums.rest)
}

/// Whether the labels tell in which ways a thing was done: 网办160项、自助办41项.
fn in_manners(passage: &Passage, lexicon: &Lexicon, split: &Split) -> bool {
    let label = |index: &usize| contains(passage.slice(passage.figures[*index].head.clone()), &lexicon.words.sums.manners);
    split.parts.iter().any(label)
}

/// How many parts are told as a single one in words, which is no figure: 当场处罚一件.
pub(super) fn single_ones(passage: &Passage, lexicon: &Lexicon, split: &Split) -> f64 {
    let (total, last) = (&passage.figures[split.total], split.parts.iter().map(|&i| &passage.figures[i]).next_back());
    let last = last.map_or(total.sentence, |last| last.sentence);
    let text = passage.slice(passage.sentence(total.sentence).start..passage.sentence(last).end);
    let of_total = |at: &usize| {
        let unit = lexicon.unit(text, at + '一'.len_utf8());
        unit.is_some_and(|unit| Some(unit.family) == total.family) && !text[..*at].ends_with(['第', '统', '唯', '同', '每'])
    };
    text.match_indices('一').map(|(at, _)| at).filter(of_total).count() as f64
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
pub(super) fn too_large(passage: &Passage, split: &Split) -> Claim {
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
