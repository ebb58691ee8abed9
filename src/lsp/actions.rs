//! Code actions: a finding's fixes, all safe fixes at once, "allow here", "insert the missing part".

use std::collections::HashMap;

use lsp_server::ErrorCode;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, DocumentChange, Edit as AnyEdit, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use rlcheck::Finding;
use rlcheck::finding::Edit;
use rlcheck::fix::{Wanted, fix};
use rlcheck::text::Span;
use serde_json::{Value, json};
use similar::{DiffTag, TextDiff};

use super::analysis::{Analysis, Checkup};
use super::insert;
use super::session::{Answer, Refusal, View};

/// The kind of "fix all safe".
const FIX_ALL: &str = "source.fixAll.rlcheck";

/// `textDocument/codeAction`.
pub(super) fn actions(analysis: &Analysis, view: &View, params: &CodeActionParams) -> Vec<CodeAction> {
    let Some(checkup) = &analysis.draft else { return Vec::new() };
    let asked = analysis.span(params.range);
    let only = params.context.only.as_deref();
    let mut out = Vec::new();
    if wants(only, "quickfix") {
        let here = |finding: &&Finding| {
            finding.span.touches(asked) || asked.start <= finding.span.end && finding.span.start <= asked.end
        };
        for finding in checkup.findings.iter().filter(here) {
            out.extend(quick(analysis, checkup, view, finding));
        }
    }
    if wants(only, FIX_ALL) {
        out.extend(all(analysis, checkup, view));
    }
    out
}

/// Whether actions of a kind are wanted: `source` wants `source.fixAll.rlcheck` too.
fn wants(only: Option<&[CodeActionKind]>, kind: &str) -> bool {
    let holds = |wanted: &CodeActionKind| {
        let wanted = wanted.as_str();
        wanted.is_empty() || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(holds))
}

/// What can be done about one finding.
fn quick(analysis: &Analysis, checkup: &Checkup, view: &View, finding: &Finding) -> Vec<CodeAction> {
    let at = checkup.findings.iter().position(|other| std::ptr::eq(other, finding));
    // The diagnostics end with the findings; before them can stand word of broken settings.
    let shift = analysis.diagnostics.len().saturating_sub(checkup.findings.len());
    let diagnostic = at.and_then(|at| analysis.diagnostics.get(at + shift)).cloned();
    let action = |title: String, preferred: bool, edit: WorkspaceEdit| CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: diagnostic.clone().map(|diagnostic| vec![diagnostic]),
        is_preferred: preferred.then_some(true),
        edit: Some(edit),
        ..CodeAction::default()
    };
    let mut out = Vec::new();
    for (at, fix) in finding.fixes.iter().enumerate() {
        out.push(action(fix.title.clone(), at == 0 && fix.safe, own_edit(analysis, view, &fix.edits)));
    }
    if let Some((title, edits)) = insert::missing_part(checkup, view.path.as_deref(), finding) {
        out.push(action(title, false, own_edit(analysis, view, &edits)));
    }
    if let Some(edit) = insert::allow(analysis, checkup, view, finding) {
        out.push(action(format!("此处允许（{}）", finding.rule), false, edit));
    }
    out
}

/// All safe fixes at once, worked out when the action is chosen where the client can wait for that.
fn all(analysis: &Analysis, checkup: &Checkup, view: &View) -> Option<CodeAction> {
    if !checkup.findings.iter().any(|finding| finding.fixes.first().is_some_and(|fix| fix.safe)) {
        return None;
    }
    let data = json!({"uri": view.uri, "version": view.version});
    let action = CodeAction {
        title: "改掉全部有把握的问题".to_owned(),
        kind: Some(CodeActionKind::new(FIX_ALL)),
        data: Some(data),
        ..CodeAction::default()
    };
    if view.client.resolves_actions {
        return Some(action);
    }
    let edit = fixed(analysis, checkup, view)?;
    Some(CodeAction { edit: Some(edit), ..action })
}

/// The draft after `rlcheck fix`, as an edit; `None` where nothing changes.
fn fixed(analysis: &Analysis, checkup: &Checkup, view: &View) -> Option<WorkspaceEdit> {
    let name = checkup.draft.source.name();
    let after = fix(name, &analysis.text, &checkup.book, &Wanted::default()).text;
    let edits = differences(&analysis.text, &after);
    (!edits.is_empty()).then(|| own_edit(analysis, view, &edits))
}

/// What changed from one text to another, character by character within the lines that differ.
fn differences(before: &str, after: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let lines = TextDiff::from_lines(before, after);
    let starts =
        |slices: Vec<&str>| slices.iter().scan(0, |at, line| Some(std::mem::replace(at, *at + line.len()))).collect::<Vec<_>>();
    let (old, new) = (starts(before.split_inclusive('\n').collect()), starts(after.split_inclusive('\n').collect()));
    let at = |starts: &[usize], line: usize, text: &str| starts.get(line).copied().unwrap_or(text.len());
    for op in lines.ops().iter().filter(|op| op.tag() != DiffTag::Equal) {
        let (from, to) = (op.old_range(), op.new_range());
        let from = at(&old, from.start, before)..at(&old, from.end, before);
        let (mine, theirs) = (&before[from.clone()], &after[at(&new, to.start, after)..at(&new, to.end, after)]);
        let chars = TextDiff::from_chars(mine, theirs);
        let place = |text: &str, count: usize| text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
        for op in chars.ops().iter().filter(|op| op.tag() != DiffTag::Equal) {
            let (old, new) = (op.old_range(), op.new_range());
            let span = Span::new(from.start + place(mine, old.start), from.start + place(mine, old.end));
            let replacement = theirs[place(theirs, new.start)..place(theirs, new.end)].to_owned();
            edits.push(Edit { span, replacement });
        }
    }
    edits
}

/// `codeAction/resolve`.
pub(super) fn resolve(analysis: &Analysis, view: &View, mut action: Value) -> Answer {
    if action.pointer("/data/version").and_then(Value::as_i64) != Some(i64::from(view.version)) {
        return Err(Refusal::new(ErrorCode::ContentModified, "文字已经改动"));
    }
    let edit = analysis.draft.as_ref().and_then(|checkup| fixed(analysis, checkup, view));
    action["edit"] = serde_json::to_value(edit.unwrap_or_default()).unwrap_or_default();
    Ok(action)
}

/// Edits of the document itself.
fn own_edit(analysis: &Analysis, view: &View, edits: &[Edit]) -> WorkspaceEdit {
    let edits: Vec<TextEdit> =
        edits.iter().map(|edit| TextEdit { range: analysis.range(edit.span), new_text: edit.replacement.clone() }).collect();
    workspace_edit(view, &view.uri, Some(view.version), edits)
}

/// Edits of one file, in the form that the client understands.
pub(super) fn workspace_edit(view: &View, uri: &str, version: Option<i32>, edits: Vec<TextEdit>) -> WorkspaceEdit {
    let uri = Uri(uri.to_owned());
    if !view.client.versioned_edits {
        return WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..WorkspaceEdit::default() };
    }
    let text_document =
        OptionalVersionedTextDocumentIdentifier { version, text_document_identifier: TextDocumentIdentifier { uri } };
    let edits = edits.into_iter().map(AnyEdit::TextEdit).collect();
    let change = DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits });
    WorkspaceEdit { document_changes: Some(vec![change]), ..WorkspaceEdit::default() }
}
