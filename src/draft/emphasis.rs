//! Pairs of `*` and `**` next to Chinese text, which CommonMark leaves unpaired (`**树立思维。**领导`).

use std::ops::Range;

use crate::text::cjk;

/// A run of asterisks: where it stands and what it may do.
struct Run {
    at: usize,
    len: usize,
    opens: bool,
    closes: bool,
}

/// A pair of marks: the byte ranges of the opening and of the closing one.
pub(super) type Pair = (Range<usize>, Range<usize>);

/// Finds the pairs of bold (`**`) and italic (`*`) marks in one block of text.
///
/// The rules are CommonMark's, with one more: next to a Chinese character or mark a run may open as well as close.
pub(super) fn pairs(block: &str) -> Vec<Pair> {
    let (mut found, mut open) = (Vec::new(), Vec::<Run>::new());
    let mut behind = 0;
    while let Some(run) = next_run(block, behind) {
        behind = run.at + run.len;
        if run.len > 3 {
            continue;
        }
        let partner = if run.closes { open.iter().rposition(|other| other.len == run.len) } else { None };
        match partner {
            Some(index) => {
                let other = &open[index];
                found.push((other.at..other.at + other.len, run.at..run.at + run.len));
                open.truncate(index);
            }
            None if run.opens => open.push(run),
            None => {}
        }
    }
    found
}

/// The first run of asterisks behind the first `from` bytes of a block.
fn next_run(block: &str, mut from: usize) -> Option<Run> {
    loop {
        let at = from + memchr::memchr(b'*', &block.as_bytes()[from..])?;
        let before = block[..at].chars().next_back().unwrap_or(' ');
        if before == '\\' {
            from = at + 1;
            continue;
        }
        let len = block.as_bytes()[at..].iter().take_while(|&&byte| byte == b'*').count();
        let after = block[at + len..].chars().next().unwrap_or(' ');
        return Some(Run { at, len, opens: flanks(after, before), closes: flanks(before, after) });
    }
}

/// Whether a run sticks to `inner`, the character on its inner side, given the one on its outer side.
fn flanks(inner: char, outer: char) -> bool {
    let mark = |c: char| c.is_ascii_punctuation() || !c.is_alphanumeric() && !c.is_whitespace();
    // Quotation marks and dashes are shared with Latin text, and are no Chinese marks here.
    let chinese = |c: char| c >= '\u{3000}' && cjk::is_cjk(c) || cjk::is_han(c);
    !inner.is_whitespace() && (chinese(inner) || chinese(outer) || outer.is_whitespace() || !mark(inner) || mark(outer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bold(text: &str) -> Vec<&str> {
        let mut found: Vec<_> = pairs(text).into_iter().map(|(open, close)| &text[open.end..close.start]).collect();
        found.sort_by_key(|part| part.as_ptr());
        found
    }

    #[test]
    fn marks_next_to_chinese_punctuation_pair_up() {
        assert_eq!(bold("**突出学思践悟，**召开会议"), ["突出学思践悟，"]);
        assert_eq!(bold("**甲，**乙**丙**丁"), ["甲，", "丙"]);
        assert_eq!(bold("共2 * 3场"), Vec::<&str>::new());
        assert_eq!(bold("**没有收尾"), Vec::<&str>::new());
    }

    proptest! {
        /// comrak with its CJK-friendly emphasis is the oracle.
        #[test]
        fn agrees_with_comrak(parts in prop::collection::vec(prop::sample::select(vec!["**", "甲", "，", "。", " ", "a", "“", "）"]), 1..12)) {
            let text = parts.concat();
            prop_assume!(!text.contains("***") && !text.trim_start().starts_with("** ") && text.trim() == text);
            let mut options = comrak::Options::default();
            options.extension.cjk_friendly_emphasis = true;
            let html = comrak::markdown_to_html(&text, &options);
            prop_assume!(html.starts_with("<p>"));
            prop_assert_eq!(pairs(&text).len(), html.matches("<strong>").count(), "{} {}", text, html);
        }
    }
}
