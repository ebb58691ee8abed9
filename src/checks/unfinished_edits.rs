//! `unfinished-edits`: a Word draft still holds tracked changes, comments, hidden or highlighted text.
//!
//! Bad: a sentence that was inserted with changes tracked. Good: the same after the change was accepted.

use crate::draft::Leftover;
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::text::Span;

/// What is left, how it is told, how it is mended, and how much it matters.
const KINDS: [(&[Leftover], &str, &str, Severity); 4] = [
    (&[Leftover::Insertion, Leftover::Deletion], "处修订没有接受或拒绝", "在“审阅”里逐处接受或拒绝修订，再保存", Severity::Error),
    (&[Leftover::Comment], "条批注没有处理", "处理完批注后，在“审阅”里删除批注，再保存", Severity::Error),
    (&[Leftover::Hidden], "处文字设成了隐藏，没有读", "显示隐藏文字，删除或者取消隐藏", Severity::Warning),
    (&[Leftover::Highlight], "处文字标了突出显示的颜色", "核对后去掉颜色", Severity::Warning),
];
/// How many further places are told.
const RELATED: usize = 3;
/// How many characters show a place where nothing stands any more.
const CONTEXT: usize = 6;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(word) = &report.draft.word else { return };
    for (kinds, message, help, severity) in KINDS {
        let mut places: Vec<Span> =
            word.leftovers.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, span)| *span).collect();
        places.sort_unstable();
        places.dedup();
        let Some((first, others)) = places.split_first() else { continue };
        let place = |span: &Span| shown(report, *span);
        let message = format!("稿件里还有{}{message}", places.len());
        let mut finding = report.finding("unfinished-edits", place(first), message).help(help).at_most(severity);
        for span in others.iter().take(RELATED) {
            finding = finding.related(place(span), "还有这里");
        }
        out.push(finding.data("count", places.len()));
    }
}

/// A place with something to see: what was taken out shows by the words before it, or behind it.
fn shown(report: &Report<'_>, span: Span) -> Span {
    let source = &report.draft.source;
    let end = source.text().len();
    let span = Span::new(span.start.min(end), span.end.min(end));
    if !span.is_empty() {
        return span;
    }
    let line = source.line_span(source.line_index(span.start));
    let at = span.start.min(line.end);
    let (before, behind) = (source.slice(Span::new(line.start, at)), source.slice(Span::new(at, line.end)));
    let back: usize = before.chars().rev().take(CONTEXT).map(char::len_utf8).sum();
    let ahead: usize = behind.chars().take(CONTEXT).map(char::len_utf8).sum();
    if back > 0 { Span::new(at - back, at) } else { Span::new(at, at + ahead) }
}
