//! A draft's line in an overview: whose it is, which required parts it has, how much was found.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Checked, Tally};
use crate::finding::{Finding, Severity};

/// How a draft stands with a required part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is there.
    Whole,
    /// It is there, but says too little, or shares its heading with another.
    Partial,
    /// It is not there.
    Missing,
}

impl State {
    /// The word in a table.
    pub fn title(self) -> &'static str {
        match self {
            Self::Whole => "✓",
            Self::Partial => "不全",
            Self::Missing => "缺",
        }
    }
}

/// The rules that say that a part which is there is not whole.
const PARTIAL: [&str; 4] = ["incomplete-section", "merged-section", "thin-section", "empty-section"];

/// A draft's line in an overview.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Its file.
    pub name: String,
    /// Whose it is, where that is known.
    pub town: Option<String>,
    /// Of which year.
    pub year: Option<u32>,
    /// The required parts by their titles, in their usual order.
    pub parts: Vec<(String, State)>,
    /// How much was found.
    pub tally: Tally,
    /// Where what was found before is known: how often each rule's title stands for what still is, and how much was mended.
    pub since: Option<(BTreeMap<String, usize>, usize)>,
    /// The drafts that it shares passages or figures with, one for each finding.
    pub siblings: Vec<String>,
    /// The rules that found something in it.
    pub(super) rules: Vec<Fault>,
}

impl Overview {
    /// The line of a draft.
    pub fn of(checked: &Checked<'_>) -> Self {
        let mut rules: Vec<Fault> = Vec::new();
        for Finding { rule, severity, .. } in &checked.findings {
            if let Some(fault) = rules.iter_mut().find(|fault| fault.rule == *rule) {
                (fault.severity, fault.count) = (fault.severity.max(*severity), fault.count + 1);
            } else {
                let title = checked.title(rule).to_owned();
                rules.push(Fault { rule: rule.clone(), title, severity: *severity, count: 1, drafts: 1 });
            }
        }
        Self {
            name: checked.draft.source.name().to_owned(),
            town: checked.identity.town.clone(),
            year: checked.identity.year,
            parts: states(checked).into_iter().map(|(_, title, state)| (title.to_owned(), state)).collect(),
            since: checked.since.as_ref().map(|since| {
                let mut known: BTreeMap<String, usize> = BTreeMap::new();
                for finding in since.known.iter().filter(|finding| finding.severity > Severity::Info) {
                    *known.entry(checked.title(&finding.rule).to_owned()).or_default() += 1;
                }
                (known, since.fixed.len())
            }),
            siblings: checked.findings.iter().filter_map(sibling).collect(),
            tally: checked.tally(),
            rules,
        }
    }
}

/// The draft that a finding says this one shares something with.
fn sibling(finding: &Finding) -> Option<String> {
    finding.data.get("sibling")?.get("path")?.as_str().map(str::to_owned)
}

impl State {
    /// The word for programs.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Whole => "present",
            Self::Partial => "incomplete",
            Self::Missing => "missing",
        }
    }
}

/// How a draft stands with each required part: its key, its title, its state. What was found before counts too.
pub(super) fn states<'a>(checked: &'a Checked<'_>) -> Vec<(&'a str, &'a str, State)> {
    let report = &checked.report;
    let findings = checked.findings.iter().chain(checked.since.iter().flat_map(|since| &since.known));
    let partial: Vec<&Finding> = findings.filter(|finding| PARTIAL.contains(&finding.rule.as_str())).collect();
    let names = |value: &Value, key: &str| match value {
        Value::String(name) => name == key,
        Value::Array(list) => list.iter().any(|name| name == key),
        _ => false,
    };
    let tells = |finding: &&Finding, key: &str| {
        ["section", "sections"].iter().any(|fact| finding.data.get(*fact).is_some_and(|value| names(value, key)))
    };
    let mut required: Vec<_> = report.book.book().parts.iter().filter(|(_, part)| part.required).collect();
    required.sort_by_key(|(_, part)| part.order);
    required
        .into_iter()
        .map(|(key, part)| {
            let state = match () {
                () if !report.parts.has(key) => State::Missing,
                () if partial.iter().any(|finding| tells(finding, key)) => State::Partial,
                () => State::Whole,
            };
            (key.name.as_str(), part.title.as_str(), state)
        })
        .collect()
}

/// The rules that found something in a run: how often, and in how many drafts.
#[derive(Clone, Debug, Default)]
pub(super) struct Commonest {
    rules: BTreeMap<String, Fault>,
}

/// How common a fault is.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) severity: Severity,
    pub(super) count: usize,
    pub(super) drafts: usize,
}

impl Commonest {
    pub(super) fn add(&mut self, overview: &Overview) {
        for found in &overview.rules {
            if let Some(fault) = self.rules.get_mut(&found.rule) {
                fault.severity = fault.severity.max(found.severity);
                fault.count += found.count;
                fault.drafts += found.drafts;
            } else {
                self.rules.insert(found.rule.clone(), found.clone());
            }
        }
    }

    /// Those of most drafts first; of as many, the more frequent and the worse.
    pub(super) fn sorted(&self) -> Vec<&Fault> {
        let mut faults: Vec<&Fault> = self.rules.values().collect();
        faults.sort_by_key(|fault| std::cmp::Reverse((fault.drafts, fault.count, fault.severity)));
        faults
    }
}
