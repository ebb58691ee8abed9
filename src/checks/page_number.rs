//! `page-layout`: the page numbers of a Word draft (GB/T 9704—2012 7.5).
//!
//! Bad: no page number, or one in the middle. Good: — 1 — in 4号 half-width 宋体, a character from the outer margin.

use super::page_fonts::called;
use crate::draft::word::footer::{PageNumber, Side};
use crate::draft::word::form::Pages;
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::rulebook::FontForm;
use crate::text::Span;

pub(super) fn check(report: &Report<'_>, place: Span, out: &mut Vec<Finding>) {
    let Some(word) = &report.draft.word else { return };
    let said = match word.form.page_number {
        None => vec!["没有页码".to_owned()],
        Some(dashes) => {
            let dashes = (!dashes).then(|| "页码两边没有一字线".to_owned());
            let side = side(&word.form.numbers).map(str::to_owned);
            let font = report.book.book().page.number.as_ref().and_then(|form| font(form, &word.form.numbers));
            dashes.into_iter().chain(side).chain(font).collect()
        }
    };
    for message in said {
        let finding = report.finding("page-layout", place, message).at_most(Severity::Info).basis("GB/T 9704—2012 第7.5条");
        out.push(finding.help("页码用4号半角宋体阿拉伯数字，两边各放一条一字线，单页居右空一字，双页居左空一字"));
    }
}

/// What is wrong with the sides on which page numbers stand.
fn side(numbers: &[(Pages, PageNumber)]) -> Option<&'static str> {
    let wrong = |(pages, number): &(Pages, PageNumber)| match (pages, number.side?) {
        (_, Side::Middle) => Some("页码居中，应在外侧"),
        (Pages::All, Side::Right) => Some("双页的页码也在右边，应在左边"),
        (Pages::All, Side::Left) => Some("单页的页码也在左边，应在右边"),
        (Pages::Odd, Side::Left) => Some("单页的页码在左边，应在右边"),
        (Pages::Even, Side::Right) => Some("双页的页码在右边，应在左边"),
        (Pages::Odd, Side::Right) | (Pages::Even, Side::Left) => None,
    };
    numbers.iter().find_map(wrong)
}

/// How page numbers differ from their form, where all are alike.
fn font(form: &FontForm, numbers: &[(Pages, PageNumber)]) -> Option<String> {
    let (_, first) = numbers.first()?;
    if numbers.iter().any(|(_, number)| (number.size, &number.font) != (first.size, &first.font)) {
        return None;
    }
    let size = first.size.filter(|&size| (f64::from(size) / 2.0 - form.size).abs() > 0.1).map(called);
    let font = first.font.as_deref().filter(|font| form.names.iter().all(|name| !name.eq_ignore_ascii_case(font)));
    let said: Vec<String> = font.map(str::to_owned).into_iter().chain(size).collect();
    (!said.is_empty()).then(|| format!("页码用的是{}，应为{}", said.join("、"), form.called))
}
