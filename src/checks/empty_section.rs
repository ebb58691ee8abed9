//! `empty-section`: a heading with nothing under it.
//!
//! Bad: `三、存在的不足和原因` and then at once `四、…`. Good: text under each heading. Second-level headings that
//! only list (`（一）加强学习` `（二）规范执法`) are a list and no empty sections, and one that ends like a sentence
//! (`（四）完成上级交办的其他任务。`) says all that it has to say.

use crate::draft::{Block, Heading, Number, Role, Section};
use crate::finding::Finding;
use crate::report::{How, Report};
use crate::text::{Span, cjk};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let sections = &report.draft.sections;
    for section in sections.iter().filter(|section| is_empty(report, section) && !is_banner(report, section)) {
        let siblings = || sections.iter().filter(|other| other.parent == section.parent && other.level == section.level);
        let listed = section.level > 1 && siblings().filter(|other| is_empty(report, other)).count() * 2 > siblings().count();
        if listed || section.level > 2 {
            continue;
        }
        let block = &report.draft.blocks[section.heading];
        let message = format!("{}下面没有内容", cjk::quoted(block.text.text()));
        let finding = report.finding("empty-section", block.span(), message);
        out.push(match again(report, section) {
            Some((number, span)) => finding.related(span, "序号和上面一样").help(format!("下面又是“{number}”：是它的小标题就改用下一级序号，不是就补上内容")),
            None => finding,
        });
    }
}

/// The number of a heading.
fn number(block: &Block) -> Option<Number> {
    match block.role {
        Role::Heading(Heading { number, .. }) => number,
        _ => None,
    }
}

/// Whether a heading without a number stands above those that begin with 一: 2019年主要工作.
fn is_banner(report: &Report<'_>, section: &Section) -> bool {
    let next = report.draft.blocks.get(section.heading + 1).and_then(number);
    number(&report.draft.blocks[section.heading]).is_none() && next.is_some_and(|next| next.value == 1)
}

/// The number of the next heading, where it is the same again: 一、主要举措 and at once 一、加强领导.
fn again<'r>(report: &'r Report<'_>, section: &Section) -> Option<(&'r str, Span)> {
    let here = number(&report.draft.blocks[section.heading])?;
    let next = report.draft.blocks.get(section.heading + 1).and_then(number)?;
    let same = (here.style, here.value) == (next.style, next.value);
    same.then(|| (report.draft.source.slice(next.span), next.span))
}

fn is_empty(report: &Report<'_>, section: &Section) -> bool {
    let part = report.parts.found.iter().find(|found| found.heading == section.heading);
    let body = part.map_or(&section.body, |found| &found.body);
    let holds = report.draft.blocks[body.clone()].iter().any(|block| match block.role {
        Role::Heading(_) | Role::Table(_) => true,
        _ => block.text.text().chars().any(char::is_alphanumeric),
    });
    let names_part = section.level == 1 && part.is_some_and(|found| found.how == How::Heading);
    !holds && (names_part || !is_sentence(report, &report.draft.blocks[section.heading]))
}

/// Whether a heading ends like a sentence: its closing mark is no part of it.
fn is_sentence(report: &Report<'_>, heading: &Block) -> bool {
    let behind = &report.draft.source.text()[heading.span().end..];
    behind.trim_start_matches(|c| c == '*' || cjk::is_blank(c)).starts_with(['。', '；', '！'])
}
