//! `recipient`: the report is addressed to the wrong body, or the address lacks its colon
//! (规定 第二十三条; GB/T 9704 7.3.2).
//!
//! Bad: `县委全面依法治县委员会办公室：`. Good: `县委、县政府：`.

use std::borrow::Cow;

use crate::finding::{Finding, Fix, Severity};
use crate::report::Report;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let form = &report.book.book().recipient;
    let Some(block) = report.draft.recipient() else {
        if let Some(title) = report.draft.title() {
            let finding = report.finding("recipient", title.span(), "标题下没有写主送机关").at_most(Severity::Info);
            out.push(helped(finding, form.missing_help.as_ref()));
        }
        return;
    };
    let plain = cjk::squeeze(block.text.text());
    let core = plain.trim_end_matches(['：', ':']);
    // The names may stand on two lines, or with nothing but a blank between them.
    let source = report.draft.source.slice(block.span());
    let pieces = || source.trim_end_matches(['：', ':']).split(cjk::is_blank).filter(|part| !part.is_empty());
    let is_body = |part: &str| form.party.is_match(part) || form.government.is_match(part);
    let blank_parts = pieces().all(|part| part.chars().count() > 2) || pieces().all(is_body);
    let separates = |c: char| matches!(c, '、' | '，' | ',' | '；' | '并' | '及' | '暨') || blank_parts && cjk::is_blank(c);
    let names: Vec<_> =
        source.trim_end_matches(['：', ':']).split(separates).map(cjk::squeeze).filter(|name| !name.is_empty()).collect();
    let copy = |name: &Cow<str>| form.copy_only.is_match(name);
    let to = |patterns: &crate::rulebook::Patterns| names.iter().any(|name| patterns.is_match(name) && !copy(name));
    // 县委县政府：, with nothing between them.
    let both = names.iter().filter_map(|name| name.find('委').map(|at| name.split_at(at + '委'.len_utf8())));
    let both = both.into_iter().any(|(party, government)| form.party.is_match(party) && form.government.is_match(government));
    let (party, government) = (both || to(&form.party), both || to(&form.government));
    let help = form.help.as_ref();
    if names.iter().all(copy) {
        let finding = report.finding("recipient", block.span(), format!("主送机关只写了“{core}”"));
        out.push(helped(finding, help));
    } else if party != government {
        let called = (&form.party_called, &form.government_called);
        let (there, lacking) = if party { called } else { (called.1, called.0) };
        out.push(helped(report.finding("recipient", block.span(), format!("主送机关只有{there}，没有{lacking}")), help));
    }
    if !plain.ends_with('：') {
        let text = block.text.text();
        let end = text.trim_end_matches([':', ' ', '　']).len();
        let span = block.text.span(end..text.len());
        let span = if end == text.len() { crate::text::Span::new(block.span().end, block.span().end) } else { span };
        let finding = report.finding("recipient", block.span(), "主送机关后面要用全角冒号“：”").basis("GB/T 9704—2012 第7.3.2条");
        out.push(finding.help("在末尾写“：”").at_most(Severity::Info).fix(Fix::replace("改为全角冒号", true, span, "：")));
    }
}

/// A finding with the rulebook's own word on how to mend it.
fn helped(finding: Finding, help: Option<&String>) -> Finding {
    match help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}
