//! `--format json`: one object for a run, stable and versioned (additions only).

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::form::{Page, Writer};
use super::overview::states;
use super::summary::Summary;
use super::{Checked, Tally};
use crate::baseline::Entry;
use crate::finding::{Edit, Elsewhere, Finding, Fix, Related};
use crate::spanned::{self, Files};
use crate::text::{Position, Source, Span};

#[derive(Serialize)]
struct DraftJson<'a> {
    path: &'a str,
    year: Option<u32>,
    town: Option<&'a str>,
    findings: Vec<FindingJson<'a>>,
    /// Each required part: present, incomplete or missing.
    parts: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<SinceJson<'a>>,
}

/// How a draft stands to what was found before.
#[derive(Serialize)]
struct SinceJson<'a> {
    known: usize,
    fixed: &'a [Entry],
}

#[derive(Serialize)]
struct SummaryJson {
    #[serde(flatten)]
    tally: Tally,
    rules: Value,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    basis: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    part: Option<&'a str>,
    data: &'a Map<String, Value>,
    related: Vec<RelatedJson<'a>>,
    fixes: Vec<FixJson<'a>>,
    rulebook: Option<Asked<'a>>,
}

/// The line of the rulebook that asked for a finding.
#[derive(Serialize)]
struct Asked<'a> {
    path: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Place<'a> {
    text: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    message: &'a str,
    /// The other draft that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct FixJson<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    start: Position,
    end: Position,
    replacement: &'a str,
}

fn place(source: &Source, span: Span) -> Place<'_> {
    Place { text: source.slice(span), start: source.position(span.start), end: source.position(span.end) }
}

fn finding<'a>(source: &'a Source, files: &'a Files, finding: &'a Finding) -> FindingJson<'a> {
    let related = |related: &'a Related| {
        let elsewhere = related.elsewhere.as_ref();
        let there = |there: &'a Elsewhere| Place { text: &there.text, start: there.start, end: there.end };
        let place = elsewhere.map_or_else(|| place(source, related.span), there);
        RelatedJson { message: &related.message, path: elsewhere.map(|there| there.path.as_str()), place }
    };
    let edit = |edit: &'a Edit| EditJson {
        start: source.position(edit.span.start),
        end: source.position(edit.span.end),
        replacement: &edit.replacement,
    };
    let fix = |fix: &'a Fix| FixJson { title: &fix.title, safe: fix.safe, edits: fix.edits.iter().map(edit).collect() };
    let asked = |place: spanned::Place| {
        let Position { line, column, .. } = files.position(place);
        Asked { path: files.source(place).name(), line, column }
    };
    FindingJson {
        rule: &finding.rule,
        severity: finding.severity.name(),
        message: &finding.message,
        help: finding.help.as_deref(),
        basis: finding.basis.as_deref(),
        place: place(source, finding.span),
        part: finding.part.as_deref(),
        data: &finding.data,
        related: finding.related.iter().map(related).collect(),
        fixes: finding.fixes.iter().map(fix).collect(),
        rulebook: finding.asked.map(asked),
    }
}

/// A value as JSON text. Nothing that is written here can fail: all keys are texts.
fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What made the output.
pub(super) fn tool() -> Value {
    json!({"name": "rlcheck", "version": env!("CARGO_PKG_VERSION")})
}

/// A draft with what was found in it.
pub(super) fn draft(checked: &Checked<'_>) -> String {
    let source = &checked.draft.source;
    let json = DraftJson {
        path: source.name(),
        year: checked.identity.year,
        town: checked.identity.town.as_deref(),
        findings: checked.findings.iter().map(|found| finding(source, &checked.book.book().files, found)).collect(),
        parts: states(checked).into_iter().map(|(key, _, state)| (key.to_owned(), state.name().into())).collect(),
        baseline: checked.since.as_ref().map(|since| SinceJson { known: since.known.len(), fixed: &since.fixed }),
    };
    write(&json)
}

/// The sum over all drafts.
pub(super) fn sum(tally: Tally, summary: &Summary) -> String {
    write(&SummaryJson { tally, rules: summary.rules() })
}

/// Writes the object.
#[derive(Default)]
pub(super) struct Json {
    /// Whether a draft has been written.
    begun: bool,
    summary: Summary,
}

impl Writer for Json {
    fn head(&mut self) -> String {
        format!("{{\"tool\":{},\"drafts\":[", tool())
    }

    fn draft(&mut self, page: Page) -> String {
        let between = if std::mem::replace(&mut self.begun, true) { ",\n" } else { "\n" };
        if let Some(overview) = page.overview {
            self.summary.add(*overview);
        }
        between.to_owned() + &page.text
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        Ok(format!("\n],\"summary\":{}}}\n", sum(tally, &self.summary)).into_bytes())
    }
}
