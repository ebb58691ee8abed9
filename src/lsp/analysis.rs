//! What a check of one text gives.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{Diagnostic, DiagnosticSeverity, Range};
use rlcheck::output::Checked;
use rlcheck::output::lsp::{Context, diagnostics, file_path, plain, problem};
use rlcheck::report::{Identity, Report};
use rlcheck::rulebook::{Config, RulebookError};
use rlcheck::text::{Encoding, Grid, MAX_BYTES, Span, Units, cjk};
use rlcheck::{Draft, Finding, Rulebook};

use super::documents::Kind;
use super::{Choice, Desk, Trouble};

/// A text to be checked.
pub(super) struct Job {
    pub(super) uri: String,
    pub(super) path: Option<PathBuf>,
    pub(super) text: Arc<str>,
    pub(super) kind: Kind,
    pub(super) choice: Choice,
    pub(super) units: Units,
    pub(super) docs: Option<String>,
    /// The rulebook that it was last checked with, for a time in which the settings are broken.
    pub(super) before: Option<Rulebook>,
}

/// What a check gave.
#[derive(Debug)]
pub(super) struct Analysis {
    pub(super) text: Arc<str>,
    pub(super) grid: Grid,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The same for the same diagnostics.
    pub(super) result_id: String,
    /// What it is about, if it is a draft.
    pub(super) draft: Option<Box<Checkup>>,
    pub(super) kind: Kind,
}

/// A draft that has been checked.
#[derive(Debug)]
pub(super) struct Checkup {
    pub(super) draft: Draft,
    pub(super) book: Rulebook,
    pub(super) identity: Identity,
    pub(super) findings: Vec<Finding>,
}

impl Checkup {
    /// The draft as the checks see it.
    pub(super) fn report(&self) -> Report<'_> {
        Report::new(&self.draft, &self.book)
    }
}

impl Analysis {
    /// A span as a range of the editor's.
    pub(super) fn range(&self, span: Span) -> Range {
        rlcheck::output::lsp::range(&self.grid, &self.text, span)
    }

    /// A range of the editor's as a span.
    pub(super) fn span(&self, range: Range) -> Span {
        let cell = |at: lsp_types::Position| rlcheck::text::Cell { line: at.line as usize, column: at.character as usize };
        self.grid.span(&self.text, cell(range.start), cell(range.end))
    }

    /// A place of the editor's as a byte.
    pub(super) fn offset(&self, at: lsp_types::Position) -> usize {
        self.span(Range { start: at, end: at }).start
    }
}

/// Tells lists of diagnostics apart.
pub(super) fn result_id(diagnostics: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(diagnostics).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Checks a text.
pub(super) fn analyse(job: &Job, desk: &dyn Desk) -> Analysis {
    let grid = Grid::new(&job.text, job.units);
    let (diagnostics, draft) = if job.text.len() > MAX_BYTES {
        let message = format!("文件超过{} MB，没有检查", MAX_BYTES / 1024 / 1024);
        (vec![plain(Range::default(), DiagnosticSeverity::Warning, message)], None)
    } else {
        match job.kind {
            Kind::Draft => draft(job, desk, &grid),
            Kind::Config => (config(job, desk, &grid), None),
            Kind::Rulebook => (rulebook(job, desk, &grid), None),
            Kind::Other => (Vec::new(), None),
        }
    };
    Analysis { text: job.text.clone(), result_id: result_id(&diagnostics), diagnostics, grid, draft, kind: job.kind }
}

fn draft(job: &Job, desk: &dyn Desk, grid: &Grid) -> (Vec<Diagnostic>, Option<Box<Checkup>>) {
    // A file without a single 汉字 is no report, whatever its ending.
    if !job.text.chars().any(cjk::is_han) {
        return (Vec::new(), None);
    }
    let (book, trouble) = match (desk.rulebook(job.path.as_deref(), &job.choice), &job.before) {
        (Ok(book), _) => (book, None),
        (Err(trouble), Some(before)) => (before.clone(), Some(trouble)),
        (Err(trouble), None) => return (vec![troubled(&trouble, "这份稿件没有检查")], None),
    };
    let name = job.path.as_ref().map_or_else(|| job.uri.clone(), |path| path.display().to_string());
    let draft = Draft::from_text(&name, &*job.text, Encoding::Utf8);
    let mut checked = Checked::new(&draft, &book);
    let context = Context { uri: &job.uri, text: &job.text, grid, files: &book.book().files, docs: job.docs.as_deref() };
    let mut list: Vec<Diagnostic> = trouble.iter().map(|trouble| troubled(trouble, "先按改坏以前的检查")).collect();
    list.extend(diagnostics(&checked, &context));
    let findings = std::mem::take(&mut checked.findings);
    let identity = checked.identity;
    (list, Some(Box::new(Checkup { draft, book, identity, findings })))
}

/// The diagnostics of a draft on disk.
pub(super) fn file(
    path: &Path,
    uri: &str,
    choice: &Choice,
    units: Units,
    docs: Option<&str>,
    desk: &dyn Desk,
) -> Vec<Diagnostic> {
    let warning = |message: String| vec![plain(Range::default(), DiagnosticSeverity::Warning, message)];
    let draft = match desk.read(path) {
        Ok(draft) => draft,
        Err(message) => return warning(message),
    };
    let book = match desk.rulebook(Some(path), choice) {
        Ok(book) => book,
        Err(trouble) => return vec![troubled(&trouble, "这份稿件没有检查")],
    };
    let text = draft.source.text();
    let grid = Grid::new(text, units);
    let context = Context { uri, text, grid: &grid, files: &book.book().files, docs };
    diagnostics(&Checked::new(&draft, &book), &context)
}

/// Settings that cannot be used, told at the head of a draft.
fn troubled(trouble: &Trouble, then: &str) -> Diagnostic {
    let message = format!("设置或者规则库有错，{then}：{}", trouble.message);
    plain(Range::default(), DiagnosticSeverity::Warning, message)
}

/// What is wrong with `rlcheck.toml`.
fn config(job: &Job, desk: &dyn Desk, grid: &Grid) -> Vec<Diagnostic> {
    let name = job.path.as_ref().map_or_else(|| job.uri.clone(), |path| path.display().to_string());
    if let Err(error) = Config::parse(&name, &job.text) {
        return problems(&error, job, grid);
    }
    match desk.rulebook(job.path.as_deref(), &Choice::default()) {
        Ok(_) => Vec::new(),
        Err(Trouble { error: Some(error), .. }) => problems(&error, job, grid),
        Err(Trouble { message, .. }) => {
            let line = (0..grid.line_count()).find(|&line| job.text[grid.line(&job.text, line).range()].starts_with("rulebook"));
            let span = line.map_or(Span::new(0, 0), |line| grid.line(&job.text, line));
            vec![plain(rlcheck::output::lsp::range(grid, &job.text, span), DiagnosticSeverity::Error, message)]
        }
    }
}

/// What is wrong with a rulebook.
fn rulebook(job: &Job, desk: &dyn Desk, grid: &Grid) -> Vec<Diagnostic> {
    let path = job.path.clone().unwrap_or_else(|| PathBuf::from(format!("{}.yaml", job.uri)));
    match desk.book(&path) {
        Ok(_) => Vec::new(),
        Err(error) => problems(&error, job, grid),
    }
}

/// Problems of a file where they stand in it, and those of files that it builds on at its head.
fn problems(error: &RulebookError, job: &Job, grid: &Grid) -> Vec<Diagnostic> {
    let here = job.path.clone().or_else(|| file_path(&job.uri).map(PathBuf::from));
    let one = |found: &rlcheck::spanned::Problem| {
        let elsewhere = found.place.map(|place| (error.files.source(place), place)).filter(|(source, _)| {
            here.as_deref().is_some_and(|here| Path::new(source.name()) != here) || source.text() != &*job.text
        });
        match elsewhere {
            None => problem(&job.text, grid, found),
            Some((source, place)) => {
                let line = error.files.position(place).line;
                plain(Range::default(), DiagnosticSeverity::Error, format!("{}第{line}行：{found}", source.name()))
            }
        }
    };
    error.problems.iter().map(one).collect()
}
