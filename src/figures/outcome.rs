//! What became of a total without 其中: 受理35件，已办结33件，正在办理2件; 原有3个，新增2个，共5个.

use super::claim::{Claim, Confidence};
use super::figure::Figure;
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
    let third = next.next()?;
    let c = head(&figures[third]);
    // 原有 a 项，增加 b 项，共 c 项
    let grown = a.contains("原有") && (b.contains("增加") || b.contains("新增")) && (contains(&c, &lexicon.words.sums.total) || ["达", "现有", "增至", "目前"].iter().any(|word| c.contains(word)));
    let carried_over = contains(&a, &lexicon.words.sums.carried) && ["新收", "新增", "受理", "今年", "接收"].iter().any(|word| b.contains(word)) && contains(&c, &lexicon.words.sums.total);
    if grown || carried_over {
        let parts = [first, &figures[second]];
        return Some(if adds_up(&figures[third], &parts) { right_sum(passage, third, vec![index, second]) } else { wrong_sum(passage, third, vec![index, second], Confidence::Certain) });
    }
    let near = figures[second].clause <= first.clause + 2 && figures[third].clause <= figures[second].clause + 1;
    let group = lexicon.words.complements.iter().find(|group| group.len() == 2 && b.contains(group[0].as_str()) && c.contains(group[1].as_str()) && lexicon.words.pending.iter().any(|p| p.starts_with(group[1].as_str()) || group[1].starts_with(p.as_str())));
    let outcome = contains(&c, &lexicon.words.pending) && group.is_some();
    if !near || !outcome || contains(&a, &["已".to_owned(), "其中".to_owned()]) {
        return None;
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
