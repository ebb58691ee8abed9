//! Findings in the forms that people and programs read.

mod columns;
mod comparison;
mod csv;
mod diff;
mod excerpt;
mod explain;
mod form;
mod frame;
mod github;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
pub mod layers;
pub mod ledger;
pub mod lsp;
mod overview;
pub mod reference;
pub mod rules;
mod sarif;
mod summary;
pub mod trials;
mod wrap;
mod xlsx;
mod xml;

pub use comparison::comparison;
pub use diff::diff;
pub use explain::{Explanation, explain, suggestions};
pub use form::{Form, Page, Writer};
pub use human::{Style, problems};
pub use overview::{Overview, State};

use serde::Serialize;

use crate::baseline::{self, Baseline, Compared, Entry};
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
    /// The draft as the checks saw it: its parts, its figures.
    pub report: Report<'a>,
    /// How it stands to what was found before, where that is known.
    pub since: Option<Since>,
}

/// How a draft stands to what was found in it before.
#[derive(Clone, Debug, Default)]
pub struct Since {
    /// What was found before and still is; it is not among the findings.
    pub known: Vec<Finding>,
    /// What was found before and is no more.
    pub fixed: Vec<Entry>,
}

impl<'a> Checked<'a> {
    /// Checks a draft.
    pub fn new(draft: &'a Draft, book: &'a Rulebook) -> Self {
        Self::beside(draft, book, None)
    }

    /// Checks a draft with last year's report beside it.
    pub fn beside(draft: &'a Draft, book: &'a Rulebook, last: Option<&'a Draft>) -> Self {
        Self::of(Report::new(draft, book).beside(last))
    }

    /// Checks a draft with whatever lies beside it.
    pub fn of(report: Report<'a>) -> Self {
        let findings = crate::checks::check_report(&report);
        Self::with(report, findings)
    }

    /// Checks several drafts at once, which takes less time than one after the other.
    pub fn all(reports: Vec<Report<'a>>) -> Vec<Self> {
        let findings = crate::checks::check_reports(&reports);
        reports.into_iter().zip(findings).map(|(report, findings)| Self::with(report, findings)).collect()
    }

    fn with(report: Report<'a>, findings: Vec<Finding>) -> Self {
        Self { draft: report.draft, book: report.book, identity: report.identity.clone(), findings, report, since: None }
    }

    /// Leaves out what was found before. What the draft now has in all is returned, in its order.
    pub fn compare(&mut self, baseline: &Baseline, path: &str) -> Vec<Entry> {
        let entries = baseline::entries(self.draft, &self.findings);
        let Compared { known, fixed } = baseline.compare(path, &entries, |rule| self.book.wants(rule));
        let all = std::mem::take(&mut self.findings).into_iter().zip(known);
        let (known, new): (Vec<_>, Vec<_>) = all.partition(|(_, known)| *known);
        let findings = |list: Vec<(Finding, bool)>| list.into_iter().map(|(finding, _)| finding).collect();
        self.findings = findings(new);
        self.since = Some(Since { known: findings(known), fixed });
        entries
    }

    /// The Chinese title of a rule.
    pub fn title(&self, rule: &str) -> &str {
        self.book.book().rules.get(rule).map_or("", |rule| rule.title.as_str())
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
    /// Drafts that were left when the run was broken off.
    #[serde(skip_serializing_if = "is_zero")]
    pub left: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Tally {
    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.drafts += other.drafts;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.left += other.left;
    }

    /// How many of each severity, those that there are.
    pub fn counts(&self) -> impl Iterator<Item = (Severity, usize)> {
        let all = [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Info, self.infos)];
        all.into_iter().filter(|(_, count)| *count > 0)
    }

    /// It in one sentence: `共3份稿件：必须修改2处，供参考1处`.
    pub fn said(&self) -> String {
        let counts: Vec<String> = self.counts().map(|(severity, count)| format!("{}{count}处", severity.title())).collect();
        let found = if counts.is_empty() { "没有发现问题".to_owned() } else { counts.join("，") };
        format!("共{}份稿件：{found}", self.drafts)
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
