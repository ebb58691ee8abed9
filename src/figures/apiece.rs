//! Counts that each of several has: 书记、镇长各2次. They are worth more than is written, and how much more is seldom clear.

use super::figure::Figure;
use super::passage::Passage;
use super::words::{Lexicon, Tag};

/// How far before its number such a word stands at most, in characters: 各配备人民调解员4名.
const NEAR: usize = 10;

/// Whether a count is what each of several has.
pub(super) fn is_apiece(passage: &Passage, lexicon: &Lexicon, figure: &Figure) -> bool {
    let sums = &lexicon.words.sums;
    let before = passage.slice(passage.sentence(figure.sentence).start..figure.digits.start);
    let start = before.char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at);
    let near = before[start..].rsplit(['，', '、', '；', '：', '（', '）']).next().unwrap_or_default();
    // 各类, 各村: 各 of what stands behind it.
    let each = |(at, word): (usize, &str)| !near[at + word.len()..].starts_with(|c| sums.apiece_not.contain(c));
    let said = sums.apiece.iter().any(|word| near.match_indices(word.as_str()).any(each));
    said || is_one_for_all(passage, figure)
}

/// 书记、镇长分别包案4件，……: one number for all of them.
fn is_one_for_all(passage: &Passage, figure: &Figure) -> bool {
    let clause = passage.mark_before(figure.digits.start, figure.depth).map_or(0, |mark| mark.end());
    let told =
        passage.markers_in(clause..figure.digits.start).any(|m| m.tag == Tag::Each && passage.slice(m.start..m.end) == "分别");
    let next = passage.mark_after(figure.range.end, figure.depth).map(|mark| mark.sign);
    told && !matches!(next, Some('、')) && !passage.slice(figure.tail.clone()).starts_with(['和', '与', '及'])
}
