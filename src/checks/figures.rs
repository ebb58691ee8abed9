//! From claims to findings, for all figure rules.

use crate::figures::{Claim, Confidence, Kind, Verdict};
use crate::finding::{Finding, Fix, Severity};
use crate::report::Report;

/// Adds a finding for each inconsistent claim of `kind`.
pub(super) fn findings(report: &Report<'_>, kind: Kind, list: &mut Vec<Finding>) {
    let wrong = report.ledger().claims.iter().filter(|claim| claim.kind == kind && claim.is_wrong());
    list.extend(wrong.map(|claim| finding(report, claim)));
}

fn finding(report: &Report<'_>, claim: &Claim) -> Finding {
    let mut finding = report.finding(claim.kind.rule(), claim.span, claim.message.clone());
    // What rests on a reading that the wording does not force is no error.
    if claim.verdict == Verdict::Inconsistent(Confidence::Likely) {
        finding.severity = finding.severity.min(Severity::Warning);
    }
    if !claim.stated.is_empty() {
        finding = finding.data("stated", claim.stated.as_str());
    }
    if let Some(expected) = &claim.expected {
        finding = finding.data("expected", expected.as_str());
    }
    for (key, value) in &claim.facts {
        finding = finding.data(key, value.clone());
    }
    for ground in claim.grounds.iter().filter(|ground| ground.span != claim.span) {
        finding = finding.related(ground.span, format!("{}：{}", ground.role, shorten(&ground.text)));
    }
    if let Some((span, text)) = &claim.mend {
        finding = finding.fix(Fix::replace(format!("改为{text}"), false, *span, text.clone()));
    }
    finding
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
