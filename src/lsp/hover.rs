//! Hover: the rule behind a finding; what a figure was read as and the claims it is in.

use std::fmt::Write;

use lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};
use rlcheck::Finding;
use rlcheck::figures::{Claim, Entry, Verdict};
use rlcheck::text::Span;

use super::analysis::{Analysis, Checkup};
use super::session::View;

/// `textDocument/hover`.
pub(super) fn hover(analysis: &Analysis, view: &View, at: Position) -> Option<Hover> {
    let checkup = analysis.draft.as_ref()?;
    let at = analysis.offset(at);
    let mut spans = Vec::new();
    let mut pages = Vec::new();
    for finding in checkup.findings.iter().filter(|finding| holds(finding.span, at)) {
        spans.push(finding.span);
        pages.push(rule(checkup, view, finding));
    }
    let report = checkup.report();
    let ledger = report.ledger();
    for entry in report.entries().iter().filter(|entry| holds(entry.figure.span, at)) {
        spans.push(entry.figure.span);
        pages.push(figure(entry, &ledger.claims));
    }
    let span = spans.iter().copied().min_by_key(|span| span.end - span.start)?;
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: pages.join("\n\n---\n\n") };
    Some(Hover { contents: Contents::MarkupContent(contents), range: Some(analysis.range(span)) })
}

fn holds(span: Span, at: usize) -> bool {
    span.contains(at) || span.is_empty() && span.start == at
}

/// Text that means in Markdown what it says.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The rule behind a finding.
fn rule(checkup: &Checkup, view: &View, finding: &Finding) -> String {
    let mut out = String::new();
    let book = checkup.book.book();
    let entry = book.rules.get(&finding.rule);
    let title = entry.map_or(finding.rule.as_str(), |rule| rule.title.as_str());
    let name = match &view.settings.docs_url {
        Some(docs) => format!("[`{}`]({})", finding.rule, rlcheck::output::lsp::rule_page(docs, &finding.rule)),
        None => format!("`{}`", finding.rule),
    };
    _ = writeln!(out, "**{}**（{}）{name}\n", plain(title), finding.severity.title());
    _ = writeln!(out, "{}\n", plain(&finding.message));
    if let Some(help) = &finding.help {
        _ = writeln!(out, "改法：{}\n", plain(help));
    }
    if let Some(rule) = entry {
        _ = writeln!(out, "为什么：{}\n", plain(&rule.why));
    }
    if let Some(basis) = &finding.basis {
        _ = writeln!(out, "依据：{}\n", plain(basis));
    }
    let short = |texts: &[String]| texts.iter().find(|text| !text.contains('\n') && text.chars().count() <= 80).cloned();
    if let Some(rule) = entry {
        if let Some(bad) = short(&rule.bad) {
            _ = writeln!(out, "错例：{}\n", plain(&bad));
        }
        if let Some(good) = short(&rule.good) {
            _ = writeln!(out, "正例：{}\n", plain(&good));
        }
    }
    if let Some(place) = finding.asked {
        _ = writeln!(out, "规则：{}第{}行\n", plain(book.files.source(place).name()), book.files.position(place).line);
    }
    _ = writeln!(
        out,
        "确实没有问题：用“此处允许”写明理由；整条不查：在 rlcheck.toml 的 `[severity]` 里写 `{} = \"off\"`",
        finding.rule
    );
    out.trim_end().to_owned()
}

/// What a figure was read as, and what is said about it.
fn figure(entry: &Entry, claims: &[Claim]) -> String {
    let figure = &entry.figure;
    let number = |value: f64| {
        let text = format!("{value:.4}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let value = figure.upto.map_or_else(|| number(figure.value), |upto| format!("{}～{}", number(figure.value), number(upto)));
    let mut out = format!("**数据** {}：{value} {}，{}", plain(&entry.text), plain(&figure.unit), figure.exactness.title());
    if !entry.counts.is_empty() {
        _ = write!(out, "，说的是{}", plain(&entry.counts));
    }
    for claim in claims {
        let touches = |span: Span| span.touches(figure.span);
        if !touches(claim.span) && !claim.grounds.iter().any(|ground| touches(ground.span)) {
            continue;
        }
        let said = match claim.verdict {
            Verdict::NotComparable(why) => why,
            Verdict::Consistent | Verdict::Inconsistent(_) => claim.arithmetic.as_str(),
        };
        _ = write!(out, "\n- {}{}", claim.kind.title(), claim.verdict.title());
        if !said.is_empty() {
            _ = write!(out, "：{}", plain(said));
        }
        let grounds: Vec<String> = claim.grounds.iter().map(|ground| format!("{}{}", ground.role, plain(&ground.text))).collect();
        if !grounds.is_empty() {
            _ = write!(out, "（{}）", grounds.join("、"));
        }
    }
    out
}
