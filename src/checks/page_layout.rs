//! `page-layout`: paper and margins of a Word draft (GB/T 9704—2012 5.2.1), with the lines of its pages and its page
//! numbers.
//!
//! Bad: margins of 25.4 mm above and below. Good: 37 mm above, 35 mm below, 28 mm left, 26 mm right.

use super::{page_grid, page_number};
use crate::finding::Finding;
use crate::report::Report;
use crate::text::Span;

/// Twentieths of a point in a millimetre.
pub(super) const PER_MM: f64 = 1440.0 / 25.4;

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
    page_grid::check(report, section, place, out);
    page_number::check(report, place, out);
}
