//! `missing-section`: a required part is not there (规定 第二十五条).
//!
//! Bad: a report whose headings speak of measures, shortcomings and plans, and of nobody's duties. Good: the duties
//! have a heading, be it of the second level.

use crate::draft::Role;
use crate::finding::Finding;
use crate::report::Report;
use crate::rulebook::Part;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let mut missing: Vec<_> = report.book.book().parts.iter().filter(|(key, part)| part.required && !report.parts.has(key)).collect();
    missing.sort_by_key(|(_, part)| part.order);
    for (key, part) in missing {
        let mentioned = mention(report, part);
        let message = match mentioned {
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
        if let Some(span) = mentioned {
            finding = finding.related(span, "只有这里提到");
        }
        out.push(finding);
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

/// A clause that speaks of what the part should tell.
fn mention(report: &Report<'_>, part: &Part) -> Option<Span> {
    if part.own_themes {
        return None;
    }
    report.draft.blocks.iter().filter(|block| matches!(block.role, Role::Paragraph(_))).find_map(|block| {
        let text = block.text.text();
        let found = part.headings.find(text)?;
        let start = text[..found.start].rfind(['。', '；', '，']).map_or(0, |at| at + "，".len());
        let end = text[found.end..].find(['。', '；', '，']).map_or(text.len(), |at| found.end + at);
        Some(block.text.span(start..end))
    })
}
