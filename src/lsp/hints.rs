//! Inlay hints: the true rate behind a stated one.

use lsp_types::{InlayHint, Label, Range};
use rlcheck::figures::{Kind, Verdict};

use super::analysis::Analysis;
use super::session::View;

/// `textDocument/inlayHint`.
pub(super) fn hints(analysis: &Analysis, view: &View, range: Range) -> Vec<InlayHint> {
    let Some(checkup) = analysis.draft.as_ref().filter(|_| view.settings.inlay_hints) else { return Vec::new() };
    let asked = analysis.span(range);
    let report = checkup.report();
    let claims = report.ledger().claims.iter().filter(|claim| {
        matches!(claim.kind, Kind::Rate | Kind::Change)
            && !matches!(claim.verdict, Verdict::NotComparable(_))
            && !claim.arithmetic.is_empty()
            && claim.span.touches(asked)
    });
    claims
        .map(|claim| InlayHint {
            position: analysis.range(claim.span).end,
            label: Label::String(claim.arithmetic.clone()),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: Some(true),
            data: None,
        })
        .collect()
}
