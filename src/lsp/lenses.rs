//! Code lenses at the title: which required parts are there, and what is left to mend.

use lsp_types::{CodeLens, Command};
use rlcheck::Severity;
use rlcheck::text::Span;

use super::analysis::Analysis;
use super::session::View;

/// `textDocument/codeLens`.
pub(super) fn lenses(analysis: &Analysis, view: &View) -> Vec<CodeLens> {
    let Some(checkup) = analysis.draft.as_ref().filter(|_| view.settings.code_lens) else { return Vec::new() };
    let report = checkup.report();
    let required: Vec<_> = checkup.book.book().parts.iter().filter(|(_, part)| part.required).collect();
    let missing: Vec<&str> =
        required.iter().filter(|(key, _)| !report.parts.has(key)).map(|(_, part)| part.title.as_str()).collect();
    let mut parts = format!("必备部分 {}/{}", required.len() - missing.len(), required.len());
    if !missing.is_empty() {
        parts.push_str("，缺：");
        parts.push_str(&missing.join("、"));
    }
    let count = |severity: Severity| checkup.findings.iter().filter(|finding| finding.severity == severity).count();
    let left: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| (severity, count(severity)))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{} {count}", severity.title()))
        .collect();
    let left = if left.is_empty() { "没有问题".to_owned() } else { left.join("，") };
    let at = checkup.draft.title().map_or(Span::new(0, 0), rlcheck::draft::Block::span);
    let start = analysis.range(Span::new(at.start, at.start));
    // No command: a lens that is read and not pressed.
    let lens = |title: String| CodeLens {
        range: start,
        command: Some(Command { title, tooltip: None, command: String::new(), arguments: None }),
        data: None,
    };
    vec![lens(parts), lens(left)]
}
