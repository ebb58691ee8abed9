//! What became of a total without 其中: 受理35件，已办结33件，正在办理2件; 原有3个，新增2个，共5个.

use super::adding::{right_sum, too_large, wrong_sum};
use super::apiece::is_apiece;
use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::figure::{Figure, write};
use super::passage::Passage;
use super::sum::{Split, adds_up};
use super::words::{Lexicon, contains};
use crate::rulebook::Phrases;

/// The claim in which the figure at `index` is the total, if the two counts behind it say what became of it.
pub(crate) fn claim(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let figures = &passage.figures;
    let first = &figures[index];
    if !first.is_count() || first.family.is_none() || first.upto.is_some() {
        return None;
    }
    let alike = |i: usize| {
        figures[i].same_family(first)
            && figures[i].sentence == first.sentence
            && figures[i].depth == first.depth
            && figures[i].upto.is_none()
    };
    let mut next = (index + 1..figures.len().min(index + 6)).filter(|&i| alike(i));
    let second = next.next()?;
    let head = |figure: &Figure| passage.slice(figure.head.clone());
    let third = next.next()?;
    let (a, b) = (head(first), head(&figures[second]));
    let carried = contains(a, &lexicon.words.sums.carried);
    let c = head(&figures[third]);
    // 原有 a 项，增加 b 项，共 c 项
    let grown = a.contains("原有")
        && (b.contains("增加") || b.contains("新增"))
        && (contains(c, &lexicon.words.sums.total) || ["达", "现有", "增至", "目前"].iter().any(|word| c.contains(word)));
    let carried_over = carried
        && ["新收", "新增", "受理", "今年", "接收"].iter().any(|word| b.contains(word))
        && contains(c, &lexicon.words.sums.total)
        && !["结", "化解", "完成", "成功"].iter().any(|word| c.contains(word));
    // 其余4个 is what was not done, 其他4个 one kind among others.
    let rest = lexicon.words.sums.rest.at_start(c.trim_start_matches(['，', '；'])).is_some_and(|word| word.contains('余'));
    let near = figures[second].clause <= first.clause + 2 && figures[third].clause <= figures[second].clause + 1;
    let told = grown || carried_over || near && (rest || contains(c, &lexicon.words.pending));
    if !told || !carried && passage.is_change(first, lexicon) {
        return None;
    }
    if grown || carried_over {
        let parts = [first, &figures[second]];
        return Some(if adds_up(&figures[third], &parts) {
            right_sum(passage, third, vec![index, second])
        } else {
            wrong_sum(passage, third, vec![index, second], Confidence::Certain)
        });
    }
    let outcome = |group: &Phrases| {
        group.len() == 2
            && b.contains(group[0].as_str())
            && c.contains(group[1].as_str())
            && lexicon.words.pending.iter().any(|p| p.starts_with(group[1].as_str()) || group[1].starts_with(p.as_str()))
    };
    // 19处，改造8处、合并5处、拆除2处，其余4处: what stands before 其余 is one of several.
    let alone = || !(0..index).rev().take_while(|&i| figures[i].sentence == first.sentence).any(alike);
    let left = || rest && alone() && figures[second].value <= first.value && !passage.is_change(&figures[second], lexicon);
    if a.contains('已') || a.contains("其中") || b.contains("其中") || !(left() || lexicon.words.complements.iter().any(outcome))
    {
        return None;
    }
    let parts = [&figures[second], &figures[third]];
    if adds_up(first, &parts) {
        return Some(right_sum(passage, index, vec![second, third]));
    }
    let exact = first.is_exact() && parts.iter().all(|f| f.is_exact());
    let sum: f64 = parts.iter().map(|f| f.value).sum();
    let carried = contains(passage.around(first.range.clone()), &lexicon.words.sums.carried);
    if !exact || carried || sum < first.value * 0.5 || sum > first.value * 2.0 {
        return None;
    }
    Some(wrong_sum(passage, index, vec![second, third], Confidence::Likely))
}

/// 调解纠纷250件，成功255件; 18名执法人员中有21人持证: a part that is more than what it is of.
pub(crate) fn exceeding(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let [whole, part] = passage.figures.get(index..index + 2)? else { return None };
    let exact = |figure: &Figure| figure.is_count() && figure.is_exact() && figure.is_whole() && figure.upto.is_none();
    let alike = whole.same_family(part) && whole.sentence == part.sentence && whole.depth == part.depth;
    if !alike || !exact(whole) || !exact(part) || part.value <= whole.value || is_apiece(passage, lexicon, whole) {
        return None;
    }
    let gap = passage.slice(whole.range.end..part.range.start);
    let out_of = gap.chars().count() <= 12
        && ["中有", "中已有", "中共有"].iter().any(|word| gap.ends_with(word))
        && !gap.contains(['，', '。']);
    let head = passage.slice(part.head.clone()).trim_start_matches(['，', '、']);
    let told = lexicon.words.sums.succeeded.iter().any(|word| head == word.as_str());
    let course = told
        && part.clause == whole.clause + 1
        && ["调解", "调处", "化解"].iter().any(|word| passage.slice(whole.head.clone()).contains(word));
    let carried = contains(passage.around(whole.range.clone()), &lexicon.words.sums.carried);
    (out_of || course && !carried).then(|| too_large(passage, &Split { total: index, parts: vec![index + 1] }))
}

/// 参加群众720人，共计550人次: fewer attendances than people.
pub(crate) fn attendance(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    const LEADS: [&str; 16] = [
        "计",
        "总计",
        "共有",
        "计有",
        "",
        "共计",
        "共",
        "累计",
        "参加人次",
        "共计培训",
        "累计培训",
        "培训",
        "参训",
        "合计",
        "参加",
        "受众",
    ];
    let [people, visits] = passage.figures.get(index..index + 2)? else { return None };
    let is = |figure: &Figure, name: &str| lexicon.family(figure.family).is_some_and(|unit| unit.family == name);
    if !is(people, "人") || !is(visits, "人次") {
        return None;
    }
    let tied = LEADS.contains(&passage.slice(visits.head.clone()).trim_start_matches(['，', '、']))
        || passage.slice(visits.head.clone()) == "参加，参加人次";
    let near = people.sentence == visits.sentence && visits.clause <= people.clause + 1;
    if !near || !tied || !people.is_exact() || !visits.is_exact() || visits.value >= people.value {
        return None;
    }
    let text = passage.text();
    let arithmetic = format!("{} < {}", write(visits.value), write(people.value));
    let message = format!("{}人次少于{}人，同一活动的人次不会少于人数", write(visits.value), write(people.value));
    let claim =
        Claim::new(Kind::Impossible, Verdict::Inconsistent(Confidence::Certain), visits.span, arithmetic).message(message);
    Some(
        claim
            .on("人数", people, text)
            .on("人次", visits, text)
            .stated(&text[visits.digits.clone()], None)
            .fact("people", number(people.value)),
    )
}
