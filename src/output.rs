//! Findings in the forms that people and programs read.

mod comparison;
mod diff;
mod excerpt;
mod explain;
mod human;
mod json;
pub mod layers;
pub mod ledger;
pub mod rules;
pub mod trials;

pub use diff::diff;
pub use explain::{Explanation, explain, suggestions};
pub use human::{Style, problems};

use serde::Serialize;

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::report::{Identity, Report};
use crate::rulebook::Rulebook;

/// A draft that has been checked.
pub struct Checked<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// The rulebook it was checked with.
    pub book: &'a Rulebook,
    /// Whose it is, and of which year.
    pub identity: Identity,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

impl<'a> Checked<'a> {
    /// Checks a draft.
    pub fn new(draft: &'a Draft, book: &'a Rulebook) -> Self {
        Self::beside(draft, book, None)
    }

    /// Checks a draft with last year's report beside it.
    pub fn beside(draft: &'a Draft, book: &'a Rulebook, last: Option<&'a Draft>) -> Self {
        let report = Report::new(draft, book).beside(last);
        let findings = crate::checks::check_report(&report);
        Self { draft, book, identity: report.identity, findings }
    }

    /// How many findings of each severity there are.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally { drafts: 1, ..Tally::default() };
        for finding in &self.findings {
            match finding.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Info => tally.infos += 1,
            }
        }
        tally
    }
}

/// How much was found in how many drafts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Drafts checked.
    pub drafts: usize,
    /// 必须修改.
    pub errors: usize,
    /// 建议修改.
    pub warnings: usize,
    /// 供参考.
    pub infos: usize,
}

impl Tally {
    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.drafts += other.drafts;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }

    /// The worst severity that was found.
    pub fn worst(&self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { infos: 1.., .. } => Some(Severity::Info),
            _ => None,
        }
    }
}

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a person at a terminal.
    Human(Style),
    /// For programs: one JSON object for a run.
    Json,
}

impl Form {
    /// What stands before the first draft.
    pub fn head(self) -> String {
        match self {
            Self::Human(_) => String::new(),
            Self::Json => json::head(),
        }
    }

    /// What stands before a draft, the first of the run or another.
    pub fn between(self, first: bool) -> &'static str {
        match self {
            Self::Json if !first => ",\n",
            Self::Human(_) if first => "",
            _ => "\n",
        }
    }

    /// One draft.
    pub fn draft(self, checked: &Checked<'_>) -> String {
        match self {
            Self::Human(style) => human::draft(checked, style),
            Self::Json => json::draft(checked),
        }
    }

    /// What stands behind the last draft.
    pub fn tail(self, tally: Tally) -> String {
        match self {
            Self::Human(style) => human::tail(tally, style),
            Self::Json => json::tail(tally),
        }
    }
}
