//! The figure rules: every inconsistent claim of the ledger becomes a finding of its rule.

use serde_json::Value;

use crate::figures::{Claim, Confidence, Kind, Ledger};
use crate::finding::{Finding, Fix, Severity};

/// The findings of all figure rules, in reading order.
pub fn check(ledger: &Ledger) -> Vec<Finding> {
    ledger.claims.iter().filter(|claim| claim.is_wrong()).map(finding).collect()
}

/// Confidence decides severity, up to what the rule's basis bears.
fn severity(claim: &Claim) -> Severity {
    let certain = claim.verdict == crate::figures::Verdict::Inconsistent(Confidence::Certain);
    match claim.kind {
        Kind::Rate | Kind::Sum | Kind::Count | Kind::Impossible | Kind::Change if certain => Severity::Error,
        Kind::Approximation => Severity::Info,
        _ => Severity::Warning,
    }
}

/// What a drafter does about it.
fn help(kind: Kind) -> &'static str {
    match kind {
        Kind::Rate => "核对分子、分母和比率，改正写错的一个；含上年结转等情况的，写明口径。",
        Kind::Unreachable => "这个总数得不出这样的比率，核对总数和比率，或者写明比率是对什么算的。",
        Kind::Impossible => "核对这个数；口径不同（如含上年结转）的，写明口径。",
        Kind::Sum => "核对总数和各部分，改正写错的一个；只列了一部分的，用“等”或“主要有”说明。",
        Kind::Count => "核对所列各项，补齐缺项或者改正数目；没有列全的，加“等”。",
        Kind::Change => "核对首尾两个数和变化幅度，改正写错的一个。",
        Kind::Conflict => "同一数据全文应当一致；口径不同的，写明口径。",
        Kind::Approximation => "确数不加约数词，约数只用一个约数词。",
    }
}

fn finding(claim: &Claim) -> Finding {
    let mut finding = Finding::new(claim.kind.rule(), severity(claim), claim.span, claim.message.clone()).help(help(claim.kind));
    if !claim.stated.is_empty() {
        finding = finding.data("stated", claim.stated.as_str());
    }
    if let Some(expected) = &claim.expected {
        finding = finding.data("expected", expected.as_str());
    }
    for (key, value) in &claim.facts {
        finding.data.insert((*key).to_owned(), Value::clone(value));
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
