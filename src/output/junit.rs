//! `--format junit`: a suite a draft, a case a rule, as CI servers show tests.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::form::{Page, Writer};
use super::xml::escape;
use super::{Checked, Tally};
use crate::finding::{Finding, Severity};

/// The suite of a draft. Findings below `fail_on` are told in the output of a case that passes.
pub(super) fn draft(checked: &Checked<'_>, fail_on: Severity) -> String {
    let name = checked.draft.source.name();
    let found = |rule: &str| checked.findings.iter().filter(move |finding| finding.rule == rule).collect::<Vec<_>>();
    let rules = checked.book.book().rules.iter().filter(|(rule, _)| checked.book.wants(rule));
    let mut cases: Vec<(String, Vec<&Finding>)> =
        rules.map(|(rule, entry)| (format!("{} {rule}", entry.title), found(rule))).collect();
    // What the catalogue does not hold must not get lost.
    let others: BTreeSet<&str> =
        checked.findings.iter().map(|f| f.rule.as_str()).filter(|rule| !checked.book.wants(rule)).collect();
    cases.extend(others.into_iter().map(|rule| (rule.to_owned(), found(rule))));
    let fails = |findings: &[&Finding]| findings.iter().any(|finding| finding.severity >= fail_on);
    let failures = cases.iter().filter(|(_, findings)| fails(findings)).count();
    let mut out = format!(
        "<testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n",
        escape(name),
        cases.len()
    );
    for (title, findings) in &cases {
        let open = format!("<testcase classname=\"{}\" name=\"{}\" file=\"{}\"", class(name), escape(title), escape(name));
        let Some(first) = findings.first() else {
            _ = writeln!(out, "{open}/>");
            continue;
        };
        let (failing, told): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|finding| finding.severity >= fail_on);
        _ = write!(out, "{open} line=\"{}\">", checked.draft.source.position(first.span.start).line);
        if let Some(worst) = failing.iter().map(|finding| finding.severity).max() {
            let message = escape(&message(checked, &failing));
            _ = write!(out, "<failure type=\"{}\" message=\"{message}\">{}</failure>", worst.name(), body(checked, &failing));
        }
        if !told.is_empty() {
            _ = write!(out, "<system-out>{}</system-out>", body(checked, &told));
        }
        out += "</testcase>\n";
    }
    out + "</testsuite>\n"
}

/// What a list of failures shows of a case.
fn message(checked: &Checked<'_>, findings: &[&Finding]) -> String {
    let first = findings.first().map_or_else(String::new, |finding| place(checked, finding) + &finding.message);
    if findings.len() > 1 { format!("{first}（共{}处）", findings.len()) } else { first }
}

/// The findings of a case in full, a paragraph each.
fn body(checked: &Checked<'_>, findings: &[&Finding]) -> String {
    let one = |finding: &&Finding| format!("[{}] {}{}", finding.severity.title(), place(checked, finding), finding.said());
    escape(&findings.iter().map(one).collect::<Vec<_>>().join("\n\n"))
}

fn place(checked: &Checked<'_>, finding: &Finding) -> String {
    let start = checked.draft.source.position(finding.span.start);
    format!("第{}行第{}字：", start.line, start.column)
}

/// The path of a draft as a class in packages, which CI servers fold up like folders.
fn class(name: &str) -> String {
    let path = Path::new(name).with_extension("");
    let parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(part) => Some(part.to_string_lossy().replace('.', "·")),
            _ => None,
        })
        .collect();
    escape(&parts.join("."))
}

/// Writes the report.
pub(super) struct Junit;

impl Writer for Junit {
    fn head(&mut self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rlcheck\">\n".to_owned()
    }

    fn draft(&mut self, page: Page) -> String {
        page.text
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        format!(
            "<testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n<testcase classname=\"{1}\" name=\"读取稿件\" file=\"{0}\">\
             <error type=\"unread\" message=\"{2}\"/></testcase>\n</testsuite>\n",
            escape(name),
            class(name),
            escape(why)
        )
    }

    fn tail(&mut self, _: Tally) -> Result<Vec<u8>, String> {
        Ok(b"</testsuites>\n".to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_packages() {
        assert_eq!(class("./稿件/甲镇.v2/报告.md"), "稿件.甲镇·v2.报告");
    }
}
