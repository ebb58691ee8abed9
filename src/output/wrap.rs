//! Lines of a terminal: a text is broken where Unicode allows it, so that no line begins with `，。”`, each line as full as it can be.

use std::ops::Range;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use memchr::memchr;

use super::columns;
use crate::text::cjk::is_han;

const BREAKS: LineSegmenterBorrowed<'static> = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());

/// Writes a text in lines of at most `width` columns and ends the last one. Blanks stand before the first line and the others.
pub(super) fn fill(out: &mut String, text: &str, width: usize, first: &str, others: &str) {
    lines(text, width.saturating_sub(first.len()), width.saturating_sub(others.len()), |number, line| {
        if !line.is_empty() {
            out.push_str(if number == 0 { first } else { others });
            out.push_str(&text[line]);
        }
        out.push('\n');
    });
}

/// Whether a text that does not end in blanks is soon told to be one line, of at most so many columns.
pub(super) fn fits(text: &str, width: usize) -> bool {
    (text.len() <= width || at_most(text) <= width)
        && !text.ends_with(char::is_whitespace)
        // To look at all of a short text at once is faster than to find the first.
        && text.bytes().fold(0, |found, byte| found | u8::from(byte == b'\n')) == 0
}

/// Columns that a text has at most: no character is wider than it is long, and none of U+3000 to U+9FFF, of three bytes that begin
/// with these, than two columns.
fn at_most(text: &str) -> usize {
    // Counts of one byte are summed for many bytes at once.
    let count = |bytes: &[u8]| bytes.iter().fold(0_u8, |count, byte| count + u8::from(matches!(byte, 0xe3..=0xe9)));
    text.len() - text.as_bytes().chunks(u8::MAX.into()).map(|bytes| usize::from(count(bytes))).sum::<usize>()
}

/// Gives the lines of a text: their numbers from 0 and what of the text stands on them, of at most `first` columns on the first
/// line and `others` on the others.
pub(super) fn lines(text: &str, first: usize, others: usize, mut each: impl FnMut(usize, Range<usize>)) {
    let (mut number, mut start) = (0, 0);
    loop {
        let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let line = end_of_line(text, start..end, if number == 0 { first } else { others });
        each(number, start..start + text[start..line].trim_end().len());
        number += 1;
        start = line;
        if start == end {
            if end == text.len() {
                return;
            }
            start += 1;
        }
    }
}

/// Where the line ends that begins with `rest`.
fn end_of_line(text: &str, rest: Range<usize>, width: usize) -> usize {
    if rest.len() <= width || at_most(&text[rest.clone()]) <= width {
        return rest.end;
    }
    let full = full(text, rest.clone(), width);
    if full == rest.end { full } else { last_break(&text[..rest.end], rest.start, full).unwrap_or(full) }
}

/// How far the signs reach that have room, at least one of them. Blanks hang over.
fn full(text: &str, rest: Range<usize>, width: usize) -> usize {
    let text = &text[..rest.end];
    let (mut at, mut used) = (rest.start, 0);
    for (end, wide) in columns::Ahead::new(text, at) {
        used += wide;
        if used > width && at > rest.start && !text[at..end].trim_end().is_empty() {
            break;
        }
        at = end;
    }
    at
}

/// The last place in a text, behind `start` and up to `limit`, at which a line may end. What stands before `start` still says what a mark
/// is: “ behind 》 opens nothing.
fn last_break(text: &str, start: usize, limit: usize) -> Option<usize> {
    // Between two 汉字 it always may, and what comes behind them depends on nothing before them.
    let mut before = text[..limit].char_indices().rev();
    let mut next = (limit, text[limit..].chars().next()?);
    let sure = loop {
        let Some(previous) = before.next() else { break 0 };
        if is_han(previous.1) && is_han(next.1) || previous.1 == '\n' {
            break next.0;
        }
        next = previous;
    };
    if sure == limit {
        return Some(limit);
    }
    // The names of rules and options stay whole.
    let allowed = |at: &usize| *at > start && !text[..*at].ends_with('-');
    BREAKS.segment_str(&text[sure..]).map(|at| sure + at).take_while(|at| *at <= limit).filter(allowed).last()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn filled(text: &str, width: usize) -> Vec<String> {
        let mut out = String::new();
        fill(&mut out, text, width, "  ", "    ");
        out.lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_break_where_people_break_them() {
        let cases: [(&str, usize, &[&str]); 8] = [
            ("改为“法治”", 20, &["  改为“法治”"]),
            ("写明做了什么，有什么结果", 14, &["  写明做了什", "    么，有什么", "    结果"]),
            ("写明做了什么事，有结果", 14, &["  写明做了什么", "    事，有结果"]),
            ("见《条例》（第九条）", 14, &["  见《条例》", "    （第九条）"]),
            ("查 rules/structure.yaml", 14, &["  查 rules/", "    structure.", "    yaml"]),
            ("写上 --only wrong-term", 16, &["  写上 --only", "    wrong-term"]),
            ("一\n\n二三", 10, &["  一", "", "    二三"]),
            ("走访👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 10, &["  走访👨‍👩‍👧👨‍👩‍👧", "    👨‍👩‍👧👨‍👩‍👧"]),
        ];
        for (text, width, wanted) in cases {
            assert_eq!(filled(text, width), wanted, "{text}");
        }
    }

    proptest! {
        /// A line takes what fits up to the last place that Unicode knows in the whole text.
        #[test]
        fn lines_are_full_and_break_where_unicode_allows(text in "[一二三法治，。“”（）《》、a-c 1-3%/…—·𠮷é👍]{0,60}", width in 2usize..30) {
            let allowed: Vec<usize> = BREAKS.segment_str(&text).collect();
            let mut start = 0;
            lines(&text, width, width, |_, line| {
                let fits = |at: usize| columns::width(text[start..at].trim_end()) <= width;
                let best = allowed.iter().copied().rfind(|at| *at > start && fits(*at));
                assert_eq!(line.start, start);
                match best {
                    Some(best) => {
                        assert_eq!(line.end, start + text[start..best].trim_end().len(), "{text:?}");
                        start = best;
                    }
                    None => start = text.len() - text[line.end..].trim_start().len(),
                }
            });
            assert!(text[start..].trim_end().is_empty());
        }
    }
}
