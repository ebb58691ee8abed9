//! `repeated-text`: a word, a sentence or a paragraph stands twice.
//!
//! Bad: `推进法治政府建设建设` Good: `推进法治政府建设`. Basis: 《党政机关公文处理工作条例》 第十九条（三）.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::draft::Role;
use crate::finding::{Finding, Fix};
use crate::report::{Passage, Report, any_of};
use crate::text::{Span, cjk};

/// The shortest sentence that nobody writes twice, in characters.
const SENTENCE: usize = 24;
/// From how many repeated stretches on one finding speaks for all.
const MANY: usize = 5;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "repeated-text", out);
    for seam in &report.draft.seams {
        if let Some(span) = seam.doubled {
            let message = format!("{}在换行处重复了", cjk::quoted(report.draft.source.slice(span)));
            out.push(report.finding("repeated-text", span, message).help("删去一个").fix(Fix::replace("删去重复的字", false, span, "")));
        }
    }
    let whole = report.draft.source.text();
    let mut told = Vec::with_capacity(2 * report.passages().len());
    for passage in report.prose() {
        if repeats(passage.text()) {
            words(report, passage, whole, out);
        }
        if matches!(report.draft.blocks[passage.block].role, Role::Paragraph(_)) {
            sentences(passage, &mut told);
        }
    }
    again(report, &runs(&told), out);
}

/// Whether two to four 汉字 may follow one another twice; hardly any text has that.
fn repeats(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A rare 汉字 has four bytes instead of three.
    let rare = bytes.iter().fold(0, |most, byte| most.max(*byte)) >= 0xf0;
    if rare {
        return true;
    }
    let mut rest = bytes;
    while let Some(window) = rest.first_chunk() {
        if repeats_at(bytes, bytes.len() - rest.len(), window) {
            return true;
        }
        rest = &rest[STEP..];
    }
    // What the zeros behind the last bytes seem to repeat is compared again.
    let mut last = [0; 2 * READ];
    last[..rest.len()].copy_from_slice(rest);
    let windows = last.windows(READ).step_by(STEP).filter_map(<[u8]>::first_chunk);
    (bytes.len() - rest.len()..bytes.len()).step_by(STEP).zip(windows).any(|(at, window)| repeats_at(bytes, at, window))
}

/// At how many bytes a look is taken, and how many bytes it sees.
const STEP: usize = 6;
const READ: usize = 16;

/// Whether bytes that begin here, or three bytes on, may belong to what follows twice: of two 汉字 that do, four bytes in a row
/// begin at a multiple of three, and of more of them at a multiple of six.
#[inline]
fn repeats_at(bytes: &[u8], at: usize, window: &[u8; READ]) -> bool {
    let again = |within: usize, length: usize| same_around(bytes, at + within, length) >= length;
    let [first, fourth] = [four::<0>(window), four::<3>(window)];
    first == four::<6>(window) && again(0, 6)
        || fourth == four::<9>(window) && again(3, 6)
        || first == four::<9>(window) && again(0, 9)
        || first == four::<12>(window) && again(0, 12)
}

/// Four bytes of a window as a number.
#[inline]
fn four<const AT: usize>(window: &[u8; READ]) -> u32 {
    window.get(AT..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four))
}

/// How many bytes in a row round `at` are the same as those `length` bytes later.
#[cold]
fn same_around(bytes: &[u8], at: usize, length: usize) -> usize {
    let Some(later) = bytes.get(length..).filter(|later| later.len() > at) else { return 0 };
    let same = |(one, other): &(&u8, &u8)| one == other;
    let before = bytes[..at].iter().rev().zip(later[..at].iter().rev()).take_while(same).count();
    before + bytes[at..].iter().zip(&later[at..]).take_while(same).count()
}

/// Two to four 汉字 that follow one another twice.
fn words(report: &Report<'_>, passage: &Passage<'_>, whole: &str, out: &mut Vec<Finding>) {
    let text = passage.text();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |index: usize| chars.get(index).map_or(text.len(), |&(at, _)| at);
    let mut at = 0;
    while at < chars.len() {
        let twice = |count: &usize| {
            at + 2 * count <= chars.len()
                && (0..*count).all(|i| cjk::is_han(chars[at + i].1) && chars[at + i].1 == chars[at + count + i].1)
        };
        let Some(count) = (2..=4).rev().find(twice) else {
            at += 1;
            continue;
        };
        let (start, middle, end) = (chars[at].0, end_of(at + count), end_of(at + 2 * count));
        let word = &text[start..middle];
        // 企业|创业|创新 is no 业创业创: the other cut must not be the word.
        let turned: String = word.chars().skip(1).chain(word.chars().take(1)).collect();
        let never = report.book.book().repeated.never.iter().any(|other| other == word);
        // 落实落实再落实 is meant.
        let urged = text[end..].strip_prefix('再').is_some_and(|rest| rest.starts_with(word));
        let known = never || count > 2 || whole.matches(word).count() > 2 && whole.matches(&turned).count() < whole.matches(word).count() - 1;
        let same = word.chars().all(|c| word.starts_with(c));
        let counted = word.starts_with(['一', '逐', '某']) || word.chars().any(|c| cjk::digit(c).is_some());
        let begun = report.book.book().repeated.begun.iter().any(|longer| text[middle..].starts_with(longer.as_str()));
        if known && !same && !counted && !begun && !urged && !any_of(word, &report.book.book().repeated.words) {
            let span = passage.span(start..end);
            // Cells of a table and lines of a list have no words in common.
            if report.draft.source.slice(span).contains(cjk::is_blank) {
                at += 2 * count;
                continue;
            }
            let fix = Fix::replace(format!("删去一个“{word}”"), false, passage.span(middle..end), "");
            out.push(report.finding("repeated-text", span, format!("“{word}”重复了")).help("删去一个").fix(fix));
        }
        at += 2 * count;
    }
}

/// A sentence of a paragraph.
struct Sentence<'r> {
    passage: &'r Passage<'r>,
    /// Where it stands in the folded text, its end mark included.
    range: Range<usize>,
    /// Its last bytes as a number.
    tail: u64,
}

impl<'r> Sentence<'r> {
    /// The text without the number that it begins with and without its end mark, if it is one that nobody writes twice; and
    /// how far behind it the sentence ends.
    fn core(&self) -> Option<(&'r str, usize)> {
        let part = &self.passage.text()[self.range.clone()];
        let sentence = part.trim_start_matches(|c: char| cjk::digit(c).is_some() || matches!(c, '是' | '（' | '）' | '、' | '十'));
        let core = sentence.trim_end_matches(ENDS);
        // No character has more than four bytes.
        let long = core.len() >= 4 * SENTENCE || core.len() >= SENTENCE && core.chars().count() >= SENTENCE;
        long.then_some((core, sentence.len() - core.len()))
    }
}

/// The marks that are no part of a sentence.
const ENDS: [char; 2] = ['。', '；'];

/// The sentences of a paragraph that may be long enough.
fn sentences<'r>(passage: &'r Passage<'r>, out: &mut Vec<Sentence<'r>>) {
    let text = passage.text();
    let marks = passage.others().iter().filter(|(_, c)| matches!(c, '。' | '！' | '？' | '；'));
    let ends = marks.map(|(at, c)| *at as usize + c.len_utf8());
    let mut start = 0;
    for end in ends.chain(std::iter::once(text.len())) {
        let range = std::mem::replace(&mut start, end)..end;
        let core = text[range.clone()].trim_end_matches(ENDS);
        out.extend(core.as_bytes().last_chunk().map(|tail| Sentence { passage, range, tail: number(tail) }));
    }
}

/// The last bytes of a sentence as a number: what ends otherwise nearly always has another.
fn number(tail: &[u8; SENTENCE]) -> u64 {
    let eights = tail.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight));
    eights.fold(0, |number, eight| (number.rotate_left(23) ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// A stretch of sentences that stood before, and where the first of them did.
type Run = (Span, Span);

/// Stretches of sentences that stood before. What is told again ends a sentence and has as many characters as it, so that
/// only sentences whose last bytes are the same need be compared.
fn runs(sentences: &[Sentence<'_>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut tails: Vec<u64> = sentences.iter().map(|sentence| sentence.tail).collect();
    tails.sort_unstable();
    let mut twice: Vec<u64> = tails.array_windows().filter(|[one, other]| one == other).map(|[one, _]| *one).collect();
    if twice.is_empty() {
        return runs;
    }
    twice.dedup();
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    let mut rests = Vec::new();
    let (mut open, mut block) = (false, None);
    for sentence in sentences {
        let passage = sentence.passage;
        open &= block.replace(passage.block) == Some(passage.block);
        let known = twice.binary_search(&sentence.tail).is_ok();
        let Some((core, behind)) = Some(sentence).filter(|_| known || open).and_then(Sentence::core) else { continue };
        if !known {
            open = false;
            continue;
        }
        // A clause may lead up to what is told again: then the rest of the sentence is the same, its figures too.
        rests.clear();
        let last = last_rest(core);
        rests.extend(core[..last].match_indices('，').map(|(at, mark)| &core[at + mark.len()..]));
        let tail = std::iter::once(&core).chain(&rests).copied().find(|told| seen.contains_key(told));
        let told = tail.unwrap_or(core);
        let span = passage.span(sentence.range.end - behind - told.len()..sentence.range.end);
        let first = seen.get(told).copied();
        match (first, runs.last_mut()) {
            (Some(_), Some((whole, _))) if open => *whole = whole.to(span),
            (Some(first), _) => runs.push((span, first)),
            (None, _) => std::iter::once(core).chain(rests.drain(..)).for_each(|told| _ = seen.entry(told).or_insert(span)),
        }
        open = first.is_some();
    }
    runs
}

/// Where the last rest of a sentence can begin that is long enough and holds two numbers; 0 for none.
fn last_rest(sentence: &str) -> usize {
    let two = cjk::numbers(sentence).fold([None; 2], |[_, last], number| [last, Some(number.start)])[0];
    let long = || sentence.char_indices().nth_back(SENTENCE - 1).map(|(at, _)| at);
    two.and_then(|two| Some((two, long()?))).map_or(0, |(two, long)| two.min(long))
}

/// Speaks of each stretch, or of all at once where half the text stands twice.
fn again(report: &Report<'_>, runs: &[Run], out: &mut Vec<Finding>) {
    let line = |span: &Span| report.draft.source.position(span.start).line;
    if let [(span, first), .., _] = runs
        && runs.len() > MANY
    {
        let message = format!("有{}处文字和前面的重复，第一处在第{}行已经写过", runs.len(), line(first));
        let mut finding = report.finding("repeated-text", *span, message).help("整篇看一看是不是粘贴了两遍");
        for (span, _) in runs.iter().skip(1).take(MANY) {
            finding = finding.related(*span, "还有这里");
        }
        out.push(finding);
        return;
    }
    for (span, first) in runs {
        let message = format!("这一句在第{}行已经写过", line(first));
        out.push(report.finding("repeated-text", *span, message).help("删去一处").related(*first, "第一次写在这里"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_follow_one_another_twice() {
        for before in ["", "a", "12", "全镇", "，甲"] {
            for word in ["建设", "法治化", "法治政府", "㐀丁", "𠮷丁"] {
                for behind in ["", "。", "1", "工作推进"] {
                    assert!(repeats(&format!("{before}{word}{word}{behind}")), "{before}{word}{behind}");
                }
            }
        }
        for text in ["", "法", "推进法治政府建设", "一步一步", "建设，建设", "企业创业园"] {
            assert_eq!(repeats(text), text == "一步一步", "{text}");
        }
    }

    #[test]
    fn the_last_rest_has_two_numbers_and_length() {
        let clauses = "全年排查纠纷12件，其中化解11件，余下的由驻村干部和调解员继续跟进办理到底";
        assert_eq!(clauses[last_rest(clauses)..].chars().next(), Some('1'));
        assert_eq!(last_rest("全年排查纠纷12件，其余的由驻村干部和调解员继续跟进办理到底"), 0);
    }
}
