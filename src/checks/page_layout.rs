//! `page-layout`: paper, margins and page numbers of a Word draft (GB/T 9704—2012 5.2.1, 7.5).
//!
//! Bad: margins of 25.4 mm above and below. Good: 37 mm above, 35 mm below, 28 mm left, 26 mm right.

use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::text::Span;

/// Twentieths of a point in a millimetre.
const PER_MM: f64 = 1440.0 / 25.4;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(word) = &report.draft.word else { return };
    let page = &report.book.book().page;
    let place = report.draft.title().map_or(Span::new(0, 0), crate::draft::Block::span);
    // Further sections may lie on their side for a wide table: the first is the report's.
    let Some(section) = word.form.sections.first() else { return };
    let left = section.left.map(|left| left + section.gutter.unwrap_or(0));
    let sides = [
        ("纸宽", section.width, page.paper.width),
        ("纸高", section.height, page.paper.height),
        ("上边距", section.top.map(i64::abs), page.margins.top),
        ("下边距", section.bottom.map(i64::abs), page.margins.bottom),
        ("左边距", left, page.margins.left),
        ("右边距", section.right, page.margins.right),
    ];
    let wrong: Vec<String> = sides
        .into_iter()
        .filter_map(|(name, is, should)| {
            let is = is? as f64 / PER_MM;
            // Lengths are written in twentieths of a point: the last tenth of a millimetre is rounding.
            (should > 0.0 && (is - should).abs() > page.tolerance + 0.05).then(|| format!("{name}{is:.1}毫米（应为{should}）"))
        })
        .collect();
    if !wrong.is_empty() {
        out.push(report.finding("page-layout", place, format!("版面不合要求：{}", wrong.join("、"))));
    }
    let number = |message: &str| {
        let finding = report.finding("page-layout", place, message).at_most(Severity::Info).basis("GB/T 9704—2012 第7.5条");
        finding.help("页码用4号半角宋体阿拉伯数字，两边各放一条一字线，单页居右空一字，双页居左空一字")
    };
    match word.form.page_number {
        None => out.push(number("没有页码")),
        Some(false) => out.push(number("页码两边没有一字线")),
        Some(true) => {}
    }
}
