//! `missing-signature`: nobody signs, or the government alone does (规定 第二十三条: party and government report).
//!
//! Bad: the text ends and a date follows. Good: `中共柳川镇委员会` and `柳川镇人民政府`.

use crate::draft::{Block, signers};
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
    let names: Vec<String> = names.flat_map(|name| signers(&name).map(str::to_owned).collect::<Vec<_>>()).collect();
    // A street that is read with the rulebook of towns.
    let street = report.identity.town.as_ref().is_some_and(|town| town.ends_with("街道"));
    let as_told = |text: &str| if street { of_street(text) } else { text.to_owned() };
    if names.is_empty() {
        let finding = report.finding("missing-signature", end_of_text(report), "文末没有署名");
        out.push(Finding { help: finding.help.as_deref().map(as_told), ..finding });
        return;
    }
    let form = &report.book.book().signature;
    let party = names.iter().any(|name| form.party.is_match(name));
    let government = names.iter().any(|name| form.government.is_match(name));
    if form.joint && government && !party {
        let span = report.draft.signatures().map(Block::span).reduce(Span::to).unwrap_or_else(|| end_of_text(report));
        let finding = report.finding("missing-signature", span, as_told("只有政府署名，没有党委署名")).at_most(Severity::Info);
        let help = form.help.clone().or_else(|| finding.help.clone());
        out.push(Finding { help: help.as_deref().map(as_told), ..finding });
    }
}

/// What is said of a town, said of a street: its bodies are 党工委 and 办事处.
fn of_street(text: &str) -> String {
    let bodies = [("镇（乡）党委", "街道党工委"), ("镇（乡）人民政府", "街道办事处"), ("党委", "党工委"), ("人民政府", "办事处"), ("政府", "办事处")];
    bodies.into_iter().fold(text.to_owned(), |text, (town, street)| text.replace(town, street))
}

/// The last character of the text.
pub(super) fn end_of_text(report: &Report<'_>) -> Span {
    let last = report.draft.blocks.iter().rev().find(|block| !block.span().is_empty()).map_or(0, |block| block.span().end);
    let start = report.draft.source.text()[..last].char_indices().next_back().map_or(0, |(at, _)| at);
    Span::new(start, last)
}
