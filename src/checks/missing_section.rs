//! `missing-section`: a required part is not there (规定 第二十五条).
//!
//! Bad: a report whose headings speak of measures, shortcomings and plans, and of nobody's duties. Good: the duties
//! have a heading, be it of the second level. What is told at length without a heading is worth a warning.

use crate::draft::{Block, Role};
use crate::finding::{Finding, Severity};
use crate::report::{Report, any_of};
use crate::rulebook::Part;
use crate::text::{Span, cjk};

/// So many counted acts of the heads in one paragraph are more than a passing word.
const ACTS: usize = 3;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let mut missing: Vec<_> = report.book.book().parts.iter().filter(|(key, part)| part.required && !report.parts.has(key)).collect();
    missing.sort_by_key(|(_, part)| part.order);
    for (key, part) in missing {
        let mut told = mentions(report, part);
        let first = told.next();
        let is_full = |(block, _): &(&Block, Span)| is_woven(report, block);
        let at_length = if key.name == "duties" { first.into_iter().chain(told).find(is_full) } else { None };
        let (woven, mentioned) = (at_length.is_some(), at_length.or(first));
        let message = match mentioned {
            Some(_) if woven => format!("“{}”没有单独写成一部分，只写在正文里", part.title),
            Some(_) => format!("缺少“{}”这一部分，只在正文里提了一句", part.title),
            None => format!("缺少“{}”这一部分", part.title),
        };
        let mut finding = report.finding("missing-section", place(report, part), message).asked(key.place).data("section", key.as_str());
        finding.part = Some(key.name.clone());
        if let Some(heading) = &part.heading {
            let how = part.help.as_ref().map(|help| format!("，{help}")).unwrap_or_default();
            finding = finding.help(format!("加上一级标题“{}”{how}", report.fill(heading)));
        }
        if let Some(basis) = &part.basis {
            finding = finding.basis(basis.clone());
        }
        if let Some((_, span)) = mentioned {
            finding = finding.related(span, if woven { "写在这里" } else { "只有这里提到" });
        }
        out.push(if woven { finding.at_most(Severity::Warning) } else { finding });
    }
}

/// Where the part belongs: the heading of the required part that comes behind it, else the title or the first block.
fn place(report: &Report<'_>, part: &Part) -> Span {
    let parts = &report.book.book().parts;
    let later = report.parts.found.iter().find(|found| parts.iter().any(|(key, other)| *key == found.key && other.required && other.order > part.order));
    let last = report.draft.headings().filter(|(_, _, heading)| heading.level == 1).last();
    later
        .map(|found| report.draft.blocks[found.heading].span())
        .or_else(|| last.map(|(_, block, _)| block.span()))
        .or_else(|| report.draft.title().map(crate::draft::Block::span))
        .unwrap_or_else(|| report.draft.blocks.first().map_or(Span::new(0, 0), |block| Span::new(block.span().start, block.span().start)))
}

/// Whether a paragraph tells at length what both heads did, so that nothing lacks but a heading.
fn is_woven(report: &Report<'_>, block: &Block) -> bool {
    let (text, heads) = (block.text.text(), &report.book.book().heads);
    let both = any_of(text, &heads.both) || any_of(text, &heads.party) && any_of(text, &heads.government);
    let counted = |(at, _): &(usize, &str)| text[..*at].ends_with(|c| cjk::is_digit(c) || cjk::digit(c).is_some() || matches!(c, '十' | '两'));
    both && text.match_indices(['次', '件', '场', '项', '期', '个']).filter(counted).count() >= ACTS
}

/// The paragraphs with a clause that speaks of what the part should tell, and that clause.
fn mentions<'r>(report: &'r Report<'_>, part: &'r Part) -> impl Iterator<Item = (&'r Block, Span)> {
    let is_text = |block: &&Block| !part.own_themes && matches!(block.role, Role::Paragraph(_));
    report.draft.blocks.iter().filter(is_text).filter_map(|block| {
        let text = block.text.text();
        let found = part.headings.find(text)?;
        let start = text[..found.start].rfind(['。', '；', '，']).map_or(0, |at| at + "，".len());
        let end = text[found.end..].find(['。', '；', '，']).map_or(text.len(), |at| found.end + at);
        Some((block, block.text.span(start..end)))
    })
}
