//! `missing-signature`: nobody signs, or the government alone does (规定 第二十三条: party and government report).
//!
//! Bad: the text ends and a date follows. Good: `中共柳川镇委员会` and `柳川镇人民政府`.

use crate::draft::Block;
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::text::{Span, cjk};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    // Two names may stand on one line; blanks also stretch a single name.
    let names = report.draft.signatures().flat_map(|block| {
        let text = block.text.text();
        let whole = cjk::squeeze(text).into_owned();
        text.split(cjk::is_blank).map(str::to_owned).chain([whole])
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        let end = end_of_text(report);
        out.push(report.finding("missing-signature", end, "文末没有署名"));
        return;
    }
    let form = &report.book.book().signature;
    let party = names.iter().any(|name| form.party.is_match(name));
    let government = names.iter().any(|name| form.government.is_match(name));
    if form.joint && government && !party {
        let span = report.draft.signatures().map(Block::span).reduce(Span::to).unwrap_or_else(|| end_of_text(report));
        let finding = report.finding("missing-signature", span, "只有政府署名，没有党委署名").at_most(Severity::Info);
        out.push(match &form.help {
            Some(help) => finding.help(help.clone()),
            None => finding,
        });
    }
}

/// The last character of the text.
pub(super) fn end_of_text(report: &Report<'_>) -> Span {
    let last = report.draft.blocks.iter().rev().find(|block| !block.span().is_empty()).map_or(0, |block| block.span().end);
    let start = report.draft.source.text()[..last].char_indices().next_back().map_or(0, |(at, _)| at);
    Span::new(start, last)
}
