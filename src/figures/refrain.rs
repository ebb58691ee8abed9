//! Codes whose members each repeat a word: “法律六进”，推动法律进机关、进乡村…….

use std::ops::Range;

use super::claim::{Claim, Confidence, Verdict};
use super::list::{Counted, claim, verdict};
use super::members::Members;
use super::passage::Passage;
use super::words::Lexicon;

/// “法律六进”，推动法律进机关、进乡村……: members that each bear the word of the code.
pub(super) fn refrain(passage: &Passage, _: &Lexicon, counted: &Counted) -> Option<Claim> {
    let word = counted.refrain.as_deref()?;
    let limit = passage.sentence_end(counted.range.start);
    let from = counted.range.end;
    let (by_pauses, by_commas) = (refrain_run(passage, word, from..limit, false), refrain_run(passage, word, from..limit, true));
    // 宣传党的路线、方针下基层，调查研究下基层: the members may have pauses of their own.
    let (items, sign) = if by_commas.0.len() > by_pauses.0.len()
        || verdict_of(counted, by_commas.0.len()) && !verdict_of(counted, by_pauses.0.len())
    {
        by_commas
    } else {
        by_pauses
    };
    let count = items.len();
    if count < 2 || items[0].start - from > 600 {
        return None;
    }
    let list = items.first()?.start..items.last()?.end;
    // Only a 和 that parts two members with the word may join two of them.
    let joins =
        |item: &str| ["和", "及", "与"].iter().any(|joint| item.split(joint).filter(|part| part.contains(word)).count() > 1);
    let joined = items.iter().filter(|item| joins(passage.slice((*item).clone()))).count();
    let found = Members { counts: (count..=count + joined).collect(), plain: count, sure: true, comma: false, items };
    if verdict(counted, &found) {
        return Some(claim(passage, counted, &found, list, Verdict::Consistent));
    }
    // Only a run of short members that all begin or end with the word, right behind the code, is surely the list.
    let texts: Vec<&str> = found.items.iter().map(|item| passage.slice(item.clone()).trim_end_matches('。')).collect();
    let formed = texts.iter().all(|item| item.ends_with(word)) || texts[1..].iter().all(|item| item.starts_with(word));
    let sample = ["特别是", "尤其是", "重点是", "如"].iter().any(|lead| passage.slice(from..list.end).contains(lead));
    let near = !sample && passage.clause_at(list.start) <= passage.clause_at(from) + 2;
    if joined > 0
        || !formed
        || !near
        || sign != Some('、') && texts.len() < 3
        || texts.iter().any(|item| item.chars().count() > 32)
    {
        return None;
    }
    let off = counted.numbers[0].abs_diff(count as u32);
    let open = passage.slice(list.start..limit).contains('等');
    (off <= 2 && !open && (count > 2 || sign == Some('、')) && counted.numbers.len() == 1)
        .then(|| claim(passage, counted, &found, list, Verdict::Inconsistent(Confidence::Likely)))
}

/// The first run of members that bear the word, and the mark between them.
fn refrain_run(passage: &Passage, word: &str, range: Range<usize>, commas: bool) -> (Vec<Range<usize>>, Option<char>) {
    let depth = passage.depth_at(range.start);
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut start = range.start;
    let stops: Vec<(usize, usize, char)> = passage
        .marks_in(range.clone(), depth)
        .filter(|mark| !commas || mark.sign != '、')
        .map(|mark| (mark.at(), mark.end(), mark.sign))
        .chain([(range.end, range.end, '。')])
        .take(80)
        .collect();
    let mut sign = None;
    for (at, end, mark) in stops {
        let bears = passage.slice(start..at).contains(word) && at - start <= 150;
        if bears {
            items.push(start..at);
        }
        // The run ends where the word does, or where the kind of mark changes.
        let ends = !bears || sign.is_some_and(|s| s != mark) && items.len() > 1;
        if ends && items.len() > 1 {
            break;
        }
        if ends {
            items.clear();
            sign = None;
        } else {
            sign = Some(mark);
        }
        start = end;
    }
    (items, sign)
}

fn verdict_of(counted: &Counted, count: usize) -> bool {
    counted.numbers.contains(&(count as u32))
}
