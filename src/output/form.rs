//! The forms of output: what each makes of a draft, on any thread, and what puts the drafts together, in their order.

use super::overview::Overview;
use super::{Checked, Style, Tally, csv, github, html, human, json, jsonl, junit, lsp, sarif, xlsx};
use crate::finding::Severity;
use crate::rulebook::Rulebook;

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a person at a terminal.
    Human(Style),
    /// For programs: one JSON object for a run.
    Json,
    /// For pipelines: one JSON object a draft, each on its line.
    Jsonl,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// Commands of a GitHub Actions workflow.
    Github,
    /// A test report for CI servers, in which findings of this severity and above are failures.
    Junit(Severity),
    /// For editors: an array with the diagnostics of each draft.
    Lsp,
    /// A table of findings, for any office.
    Csv,
    /// A workbook: overview, findings, commonest faults.
    Xlsx,
    /// One page for a browser; with the drafts' full texts, or with their findings alone.
    Html {
        /// Whether the full texts are on it.
        texts: bool,
    },
}

/// What a form makes of one draft. It holds no part of the draft itself, so that memory does not grow with the drafts.
#[derive(Debug, Default)]
pub struct Page {
    /// What stands where the draft stands.
    pub(super) text: String,
    /// What of it stands elsewhere in the output.
    pub(super) aside: String,
    /// Its line in an overview.
    pub(super) overview: Option<Box<Overview>>,
    /// Its findings as rows of a table.
    pub(super) rows: Vec<csv::Row>,
}

impl Page {
    fn of(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    fn with_overview(text: String, checked: &Checked<'_>) -> Self {
        Self { text, overview: Some(Box::new(Overview::of(checked))), ..Self::default() }
    }
}

/// Puts the pages of the drafts together, in the order of the drafts. What it returns is to be written at once.
pub trait Writer {
    /// What stands before the first draft.
    fn head(&mut self) -> String {
        String::new()
    }

    /// A draft.
    fn draft(&mut self, page: Page) -> String;

    /// A file that could not be checked, and why.
    fn unread(&mut self, _name: &str, _why: &str) -> String {
        String::new()
    }

    /// What stands behind the last draft.
    ///
    /// # Errors
    /// A message for the user, where the form has no room for so much.
    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String>;
}

impl Form {
    /// What it makes of one draft.
    pub fn page(self, checked: &Checked<'_>) -> Page {
        match self {
            Self::Human(style) => Page::with_overview(human::draft(checked, style), checked),
            Self::Json | Self::Jsonl => Page::with_overview(json::draft(checked), checked),
            Self::Sarif => sarif::page(checked),
            Self::Github => Page::of(github::draft(checked)),
            Self::Junit(fail_on) => Page::of(junit::draft(checked, fail_on)),
            Self::Lsp => Page::of(lsp::draft(checked)),
            Self::Csv => Page::of(csv::draft(checked)),
            Self::Xlsx => xlsx::page(checked),
            Self::Html { texts } => html::page(checked, texts),
        }
    }

    /// What puts the drafts of a run together, which are checked with these rulebooks.
    pub fn writer<'a>(self, books: impl Iterator<Item = &'a Rulebook>) -> Box<dyn Writer> {
        match self {
            Self::Human(style) => Box::new(human::Human::new(style)),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::new(jsonl::Jsonl::default()),
            Self::Sarif => Box::new(sarif::Sarif::new(books)),
            Self::Github => Box::new(github::Github),
            Self::Junit(_) => Box::new(junit::Junit),
            Self::Lsp => Box::new(lsp::Array::default()),
            Self::Csv => Box::new(csv::Csv),
            Self::Xlsx => Box::new(xlsx::Xlsx::new()),
            Self::Html { texts } => Box::new(html::Html::new(texts)),
        }
    }
}
