//! Findings as the diagnostics of the Language Server Protocol: for `--format lsp` and for the server.

mod uri;

pub use uri::{file_path, file_uri};

use lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Message,
    Position, Range, Uri,
};
use serde_json::json;

use super::form::{Page, Writer};
use super::{Checked, Tally};
use crate::finding::{Finding, Severity};
use crate::spanned::{Files, Place, Problem};
use crate::text::{Cell, Grid, Source, Span, Units};

/// What stands in a diagnostic besides the finding.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The address of the draft.
    pub uri: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The lines and columns of that text.
    pub grid: &'a Grid,
    /// The files of the rulebook.
    pub files: &'a Files,
    /// Where the pages of the rules stand: `DOCS/rules.html#RULE`.
    pub docs: Option<&'a str>,
}

impl Context<'_> {
    /// A span as a range of the editor's.
    pub fn range(&self, span: Span) -> Range {
        range(self.grid, self.text, span)
    }
}

/// A span of a text as a range of the editor's.
pub fn range(grid: &Grid, text: &str, span: Span) -> Range {
    Range { start: position(grid.cell(text, span.start)), end: position(grid.cell(text, span.end)) }
}

/// A place as the protocol writes it.
pub fn position(cell: Cell) -> Position {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Position { line: number(cell.line), character: number(cell.column) }
}

/// The page that explains a rule.
pub fn rule_page(docs: &str, rule: &str) -> String {
    format!("{}/rules.html#{rule}", docs.trim_end_matches('/'))
}

/// Whether a finding's first fix takes text away and puts nothing in its place.
pub fn only_deletes(finding: &Finding) -> bool {
    let Some(fix) = finding.fixes.first() else { return false };
    !fix.edits.is_empty() && fix.edits.iter().all(|edit| edit.replacement.is_empty() && !edit.span.is_empty())
}

/// A finding as a diagnostic.
pub fn diagnostic(context: &Context<'_>, finding: &Finding) -> Diagnostic {
    let code_description = context.docs.map(|docs| CodeDescription { href: Uri(rule_page(docs, &finding.rule)) });
    let mut related: Vec<DiagnosticRelatedInformation> = finding
        .related
        .iter()
        .map(|related| DiagnosticRelatedInformation {
            location: Location { uri: Uri(context.uri.to_owned()), range: context.range(related.span) },
            message: match &related.elsewhere {
                Some(there) => format!("{}（{}第{}行）", related.message, there.path, there.start.line),
                None => related.message.clone(),
            },
        })
        .collect();
    related.extend(finding.asked.and_then(|place| asked(context, place)));
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    Diagnostic {
        range: context.range(finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(Code::String(finding.rule.clone())),
        code_description,
        source: Some("rlcheck".to_owned()),
        message: Message::String(message),
        tags: only_deletes(finding).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: Some(json!({
            "rule": finding.rule,
            "part": finding.part,
            "basis": finding.basis,
            "help": finding.help,
            "facts": finding.data,
        })),
    }
}

/// The line of the user's own rulebook that asked for a finding.
fn asked(context: &Context<'_>, place: Place) -> Option<DiagnosticRelatedInformation> {
    let source = context.files.source(place);
    let uri = own_file(source)?;
    let grid = Grid::new(source.text(), context.grid.units());
    Some(DiagnosticRelatedInformation {
        location: Location { uri: Uri(uri), range: range(&grid, source.text(), Span::new(place.start, place.end)) },
        message: "规则库里的这一行要求检查".to_owned(),
    })
}

/// The address of a rulebook that stands on the user's disk; the shipped ones stand in the program.
fn own_file(source: &Source) -> Option<String> {
    let uri = file_uri(source.name());
    uri.starts_with("file:").then_some(uri)
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}

/// What is wrong with a file of rules or settings as a diagnostic in it.
pub fn problem(text: &str, grid: &Grid, problem: &Problem) -> Diagnostic {
    let span = problem.place.map_or(Span::new(0, 0), |place| Span::new(place.start, place.end));
    let message = match &problem.help {
        Some(help) => format!("{}\n{help}", problem.message),
        None => problem.message.clone(),
    };
    plain(range(grid, text, span), DiagnosticSeverity::Error, message)
}

/// A diagnostic that belongs to no rule.
pub fn plain(range: Range, severity: DiagnosticSeverity, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity),
        code: None,
        code_description: None,
        source: Some("rlcheck".to_owned()),
        message: Message::String(message),
        tags: None,
        related_information: None,
        data: None,
    }
}

/// The diagnostics of a draft. What was read out of a Word file has no lines that an editor knows: its findings stand at the
/// head of the file and name their paragraph.
pub fn diagnostics(checked: &Checked<'_>, context: &Context<'_>) -> Vec<Diagnostic> {
    let word = checked.draft.word.is_some();
    let one = |finding: &Finding| {
        let mut out = diagnostic(context, finding);
        if word {
            let line = checked.draft.source.line_index(finding.span.start) + 1;
            let Message::String(message) = &out.message else { return out };
            out.message = Message::String(format!("第{line}段：{message}"));
            out.range = Range::default();
            out.related_information = None;
        }
        out
    };
    checked.findings.iter().map(one).collect()
}

/// One draft of `--format lsp`. Its name is its path.
pub(super) fn draft(checked: &Checked<'_>) -> String {
    let source = &checked.draft.source;
    let grid = Grid::new(source.text(), Units::default());
    let uri = file_uri(source.name());
    let context = Context { uri: &uri, text: source.text(), grid: &grid, files: &checked.book.book().files, docs: None };
    json!({ "uri": uri, "diagnostics": diagnostics(checked, &context) }).to_string()
}

/// Writes the array.
#[derive(Default)]
pub(super) struct Array {
    /// Whether a draft has been written.
    begun: bool,
}

impl Writer for Array {
    fn head(&mut self) -> String {
        "[".to_owned()
    }

    fn draft(&mut self, page: Page) -> String {
        let between = if std::mem::replace(&mut self.begun, true) { ",\n" } else { "" };
        between.to_owned() + &page.text
    }

    fn tail(&mut self, _: Tally) -> Result<Vec<u8>, String> {
        Ok(b"]\n".to_vec())
    }
}
