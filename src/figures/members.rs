//! The members of a list: how many a stretch of text may have.

use std::ops::Range;

use super::list::Counted;
use super::passage::Passage;

/// Lists longer than this are not counted.
const LONGEST: usize = 3000;

/// How many members a stretch of text may have.
#[derive(Debug)]
pub(super) struct Members {
    /// All readings.
    pub(super) counts: Vec<usize>,
    /// The plain reading: one kind of mark, nothing joined by 和.
    pub(super) plain: usize,
    /// Whether the plain reading is the only one.
    pub(super) sure: bool,
    /// Whether commas part the members.
    pub(super) comma: bool,
    /// The members in the plain reading.
    pub(super) items: Vec<Range<usize>>,
}

impl Members {
    /// How far the stated number lies from every reading; what lies between two readings is not far.
    pub(super) fn off(&self, counted: &Counted) -> usize {
        let n = counted.numbers[0] as usize;
        let (least, most) =
            (self.counts.first().copied().unwrap_or(self.plain), self.counts.last().copied().unwrap_or(self.plain));
        if n < least { least - n } else { n.saturating_sub(most) }
    }
}

/// Counts the members between `range`'s ends.
pub(super) fn members(passage: &Passage, range: Range<usize>) -> Option<Members> {
    if range.len() > LONGEST || range.is_empty() {
        return None;
    }
    let depth = passage.round(range.start).filter(|pair| pair.inner.start <= range.start && pair.inner.end >= range.end).count();
    let marks: Vec<(usize, usize, char)> = passage
        .marks_in(range.clone(), depth)
        .map(|mark| (mark.at(), mark.end(), mark.sign))
        .filter(|mark| mark.1 < range.end)
        .collect();
    let of = |sign: char| marks.iter().filter(|mark| mark.2 == sign).count();
    let (pauses, commas, semicolons) = (of('、'), of('，'), of('；'));
    let sign = if pauses > 0 && commas == 0 && semicolons == 0 {
        '、'
    } else if semicolons > 0 {
        '；'
    } else if commas > 0 {
        '，'
    } else {
        '、'
    };
    let mut items = Vec::new();
    let mut from = range.start;
    for mark in marks.iter().filter(|mark| mark.2 == sign) {
        items.push(from..mark.0);
        from = mark.1;
    }
    items.push(from..range.end);
    // 173、完成…: a number of the text, no member.
    if items.len() > 1 && passage.slice(items[0].clone()).chars().all(|c| c.is_ascii_digit()) {
        items.remove(0);
    }
    let plain = items.len();
    let joined: usize = items.iter().map(|item| joints(passage.slice(item.clone()))).sum();
    let last_joins = items.last().is_some_and(|item| joints(passage.slice(item.clone())) == 1) && joined == 1 && plain > 1;
    let mut counts = vec![plain];
    if sign == '、' {
        counts.extend(items.len()..=items.len() + joined.min(6));
    } else {
        counts.extend(
            [pauses + 1, commas + 1, semicolons + 1, pauses + commas + 1]
                .into_iter()
                .flat_map(|base| [base, base + usize::from(joined > 0)]),
        );
    }
    counts.retain(|count| *count > 1);
    counts.sort_unstable();
    counts.dedup();
    // 甲、乙和丙 is three, or two if 乙和丙 is one name.
    let plain = if last_joins && sign == '、' { plain + 1 } else { plain };
    let sure = u8::from(pauses > 0) + u8::from(commas > 0) + u8::from(semicolons > 0) <= 1;
    Some(Members { counts, plain, sure, comma: sign == '，', items })
}

/// How often 和, 及, 与 or 以及 may join two members in an item; 和平, 参与 and the like are words of their own.
pub(crate) fn joints(item: &str) -> usize {
    const PARTS_OF_WORDS: [&str; 9] = ["参与", "与会", "及时", "普及", "涉及", "危及", "及格", "波及", "共和"];
    let mut found = 0;
    for (at, c) in item.char_indices().filter(|(_, c)| matches!(c, '和' | '及' | '与' | '暨' | '以')) {
        let word = &item[at..];
        let from = item[..at].char_indices().next_back().map_or(0, |(before, _)| before);
        let around = &item[from..];
        let hidden =
            PARTS_OF_WORDS.iter().any(|part| word.starts_with(part) || around.starts_with(part) && from + part.len() > at);
        // 新和旧村, 在和平社区: a joint has a name of two characters at least on either side.
        // 中和村委: no member begins with 村委.
        let suffix = item[at + c.len_utf8()..].starts_with("村委");
        let sides = item[..at].chars().count() > 1 && item[at..].chars().count() > 2 && !suffix;
        let joint = c != '以' && sides && !hidden && !item[..at].ends_with('以');
        if joint || word.starts_with("以及") && at > 0 {
            found += 1;
        }
    }
    found
}

/// The last 汉字 of an item, brackets left out.
pub(super) fn last_char(item: &str) -> Option<char> {
    let item = item.split(['（', '(']).next().unwrap_or(item);
    item.trim_end_matches(['”', '》', '’', '。']).chars().next_back()
}

/// Whether the members are of one kind: the same last character.
pub(super) fn alike(passage: &Passage, items: &[Range<usize>]) -> bool {
    let mut ends = items.iter().map(|item| last_char(passage.slice(item.clone())));
    let first = ends.next().flatten();
    first.is_some() && ends.all(|end| end == first)
}
