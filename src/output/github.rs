//! `--format github`: commands of a GitHub Actions workflow, which shows them beside the changed lines.

use super::form::{Page, Writer};
use super::{Checked, Tally};
use crate::finding::{Finding, Severity};

/// The findings of a draft, one command each.
pub(super) fn draft(checked: &Checked<'_>) -> String {
    checked.findings.iter().map(|finding| command(checked, finding)).collect()
}

fn command(checked: &Checked<'_>, finding: &Finding) -> String {
    let source = &checked.draft.source;
    let (start, end) = (source.position(finding.span.start), source.position(finding.span.end));
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = property(source.name());
    // A Word file has no lines that the code host could show.
    let (place, told) = match &checked.draft.word {
        Some(_) => (String::new(), format!("第{}行：", start.line)),
        None if start.line == end.line => {
            (format!(",line={},endLine={},col={},endColumn={}", start.line, end.line, start.column, end.column), String::new())
        }
        None => (format!(",line={},endLine={}", start.line, end.line), String::new()),
    };
    let title = property(&format!("{} {}", checked.title(&finding.rule), finding.rule));
    format!("::{name} file={file}{place},title={title}::{}\n", data(&(told + &finding.said())))
}

/// The text of a command: what would end it or be taken for an escape is escaped.
fn data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A property of a command, in which colons and commas are marks too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Writes the commands.
pub(super) struct Github;

impl Writer for Github {
    fn draft(&mut self, page: Page) -> String {
        page.text
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        format!("::error file={},title=没有检查::{}\n", property(name), data(why))
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        Ok(format!("::notice title=rlcheck::{}\n", data(&tally.said())).into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_commands_are_escaped() {
        assert_eq!(data("办结率100%：\r\n::error::x\u{1b}[0m"), "办结率100%25：%0D%0A::error::x[0m");
        assert_eq!(property("a:b,c%\n.md"), "a%3Ab%2Cc%25%0A.md");
    }
}
