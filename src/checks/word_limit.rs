//! `word-limit`: the report, or a part of it, is longer or shorter than its rulebook allows. Without a limit there it
//! is silent: no limit is known that holds everywhere.
//!
//! Bad: 5200 characters where `length: {max: 5000}`. Good: 4800.

use crate::draft::{Block, Role};
use crate::finding::Finding;
use crate::report::Report;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    whole(report, out);
    for (key, part) in &report.book.book().parts {
        let (Some(most), Some(found)) = (part.max_chars, report.parts.get(key).next()) else { continue };
        let written: usize =
            report.parts.get(key).flat_map(|found| &report.draft.blocks[found.body.clone()]).map(characters).sum();
        if written > most {
            let message = format!("“{}”有{written}字，最多{most}字", part.title);
            let mut finding = report.finding("word-limit", report.draft.blocks[found.heading].span(), message);
            finding = finding.data("section", key.as_str()).data("chars", written);
            if let Some(place) = report.book.book().origin(&["parts", key, "max_chars"]) {
                finding = finding.asked(place);
            }
            out.push(finding.help(format!("减去{}字", written - most)));
        }
    }
}

fn whole(report: &Report<'_>, out: &mut Vec<Finding>) {
    let book = report.book.book();
    let Some(length) = &book.length else { return };
    let Some(severity) = length.severity.severity() else { return };
    let written: usize = report.draft.blocks.iter().map(characters).sum();
    let (field, message, help) = match (length.min, length.max) {
        (_, Some(most)) if written > most => {
            ("max", format!("正文有{written}字，最多{most}字"), format!("减去{}字", written - most))
        }
        (Some(least), _) if written < least => {
            ("min", format!("正文有{written}字，最少{least}字"), format!("还要写{}字", least - written))
        }
        _ => return,
    };
    let mut finding = report.finding("word-limit", report.head(), message).help(help).at_most(severity).data("chars", written);
    if let Some(place) = book.origin(&["length", field]) {
        finding = finding.asked(place);
    }
    if let Some(help) = &length.help {
        finding = finding.help(help.clone());
    }
    if let Some(basis) = &length.basis {
        finding = finding.basis(basis.clone());
    }
    out.push(finding);
}

/// The length of a heading, a paragraph or a table as an office program counts it; what stands round the text counts
/// nothing.
fn characters(block: &Block) -> usize {
    match &block.role {
        Role::Heading(_) | Role::Paragraph(_) => counted(block.text.text()),
        Role::Table(table) => table.rows.iter().flatten().map(|cell| counted(cell.text())).sum(),
        _ => 0,
    }
}

/// Every 汉字 and mark is one; a number or a word of letters is one.
fn counted(text: &str) -> usize {
    let (mut count, mut in_word) = (0, false);
    for c in text.chars() {
        let word = c.is_ascii_alphanumeric() || in_word && matches!(c, '.' | '%' | '-');
        count += usize::from(!(cjk::is_blank(c) || word && in_word));
        in_word = word;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_an_office_program_does() {
        assert_eq!(counted("全年开展12场，占95.5%。"), "全年开展1场，占1。".chars().count());
        assert_eq!(counted(" 一 二 "), 2);
    }
}
