//! `--format csv`: one row a finding, for Excel and WPS, and what all tables for the office share.

use super::form::{Page, Writer};
use super::{Checked, Tally};
use crate::finding::Finding;

/// The heads of the columns.
pub(super) const HEADS: [&str; 12] = ["文件", "镇", "年度", "程度", "规则", "标题", "行", "列", "原文", "问题", "改法", "依据"];

/// A finding as a row of a table: a cell for each of [`HEADS`].
pub(super) type Row = [String; HEADS.len()];

/// What is said of a file that could not be checked, in the place of a severity.
pub(super) const UNREAD: &str = "没有检查";

/// Characters of a draft that a cell shows.
const MOST: usize = 300;

/// The findings of a draft.
pub(super) fn rows<'a>(checked: &'a Checked<'_>) -> impl Iterator<Item = Row> + 'a {
    let source = &checked.draft.source;
    checked.findings.iter().map(|finding: &Finding| {
        let start = source.position(finding.span.start);
        [
            source.name().to_owned(),
            checked.identity.town.clone().unwrap_or_default(),
            checked.identity.year.map(|year| year.to_string()).unwrap_or_default(),
            finding.severity.title().to_owned(),
            finding.rule.clone(),
            checked.title(&finding.rule).to_owned(),
            start.line.to_string(),
            start.column.to_string(),
            one_line(source.slice(finding.span), MOST),
            finding.message.clone(),
            finding.help.clone().unwrap_or_default(),
            finding.basis.clone().unwrap_or_default(),
        ]
    })
}

/// The row of a file that could not be checked.
pub(super) fn unread(name: &str, why: &str) -> Row {
    let mut row = Row::default();
    [row[0], row[3], row[9]] = [name, UNREAD, why].map(str::to_owned);
    row
}

/// A text of a draft on one line, without what controls a screen, of at most so many characters.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == most {
            line.push('…');
            break;
        }
        if !c.is_control() {
            line.push(c);
        } else if c.is_whitespace() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// A cell in quotation marks; one that a spreadsheet would take for a formula is guarded.
pub(super) fn cell(text: &str) -> String {
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
    let guard = if text.starts_with(formula) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// A line of cells.
pub(super) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    cells.into_iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

/// The rows of a draft.
pub(super) fn draft(checked: &Checked<'_>) -> String {
    rows(checked).map(|row| line(row.iter().map(String::as_str))).collect()
}

/// Writes the table.
pub(super) struct Csv;

impl Writer for Csv {
    fn head(&mut self) -> String {
        format!("\u{feff}{}", line(HEADS))
    }

    fn draft(&mut self, page: Page) -> String {
        page.text
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        line(unread(name, why).iter().map(String::as_str))
    }

    fn tail(&mut self, _: Tally) -> Result<Vec<u8>, String> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_guarded() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("－5"), "\"'－5\"");
        assert_eq!(cell("他说“好”\"x\""), "\"他说“好”\"\"x\"\"\"");
        assert_eq!(cell("1=1"), "\"1=1\"");
    }

    #[test]
    fn a_text_is_put_on_one_line() {
        assert_eq!(one_line(" 甲\r\n\r\n乙\u{7}丙 ", 9), "甲 乙丙");
        assert_eq!(one_line("甲乙丙丁", 3), "甲乙丙…");
    }
}
