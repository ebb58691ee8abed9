//! `page-layout`: lines a page and characters a line of a Word draft (GB/T 9704—2012 5.2.3: "一般" 22 and 28).
//!
//! Bad: lines exactly 20 points high, 31 of them on a page. Good: 28 to 30 points, or a grid of 22 lines. Where the font
//! settles the height of a line, nothing is known, and nothing is said.

use std::collections::BTreeMap;

use super::page_layout::PER_MM;
use crate::draft::Role;
use crate::draft::word::layout::Section;
use crate::draft::word::props::{LineHeight, LineRule};
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::rulebook::{PageForm, Usual};
use crate::text::Span;

/// Twentieths of a point in a point.
const PER_POINT: f64 = 20.0;
/// How much higher than its size a line of any font may want to be.
const HIGHEST: f64 = 1.4;

pub(super) fn check(report: &Report<'_>, section: &Section, place: Span, out: &mut Vec<Finding>) {
    let page = &report.book.book().page;
    let mut said = Vec::new();
    if let Some(pitch) = pitch(report, section)
        && let Some(lines) = unusual(page.lines, [section.text_height(), Some(standard_height(page))], pitch)
    {
        said.push(format!("每面约{lines}行，一般为{}行", page.lines.usual));
    }
    if let Some(space) = section.char_space {
        let pitch = (page.fonts.get("body").map_or(16.0, |font| font.size) + space as f64 / 4096.0) * PER_POINT;
        // The file's own characters may be of another size: only what no size of text explains is told.
        if let Some(count) = unusual(page.characters, [section.text_width(), Some(standard_width(page))], pitch) {
            said.push(format!("每行约{count}字，一般为{}字", page.characters.usual));
        }
    }
    if !said.is_empty() {
        let message = format!("行数、字数和公文的一般要求不同：{}", said.join("；"));
        let finding = report.finding("page-layout", place, message).at_most(Severity::Info).basis("GB/T 9704—2012 第5.2.3条");
        out.push(finding.help("正文行距设为固定值28至30磅；或者在“页面设置—文档网格”里指定每页22行、每行28字"));
    }
}

/// The height of most of the text's lines, in twentieths of a point; `None` where the font settles it.
fn pitch(report: &Report<'_>, section: &Section) -> Option<f64> {
    let word = report.draft.word.as_ref()?;
    let mut heights: BTreeMap<LineHeight, usize> = BTreeMap::new();
    for block in report.draft.blocks.iter().filter(|block| matches!(block.role, Role::Paragraph(_))) {
        let span = block.text.full_span();
        let at = word.heights.partition_point(|(line, _)| line.end <= span.start);
        if let Some((_, height)) = word.heights.get(at) {
            *heights.entry(*height).or_default() += block.text.text().len();
        }
    }
    let all: usize = heights.values().sum();
    let (height, count) = heights.into_iter().max_by_key(|(_, count)| *count)?;
    // A mixture has no number of lines.
    if count * 10 < all * 8 {
        return None;
    }
    let highest = report.book.book().page.fonts.get("body").map_or(16.0, |font| font.size) * HIGHEST * PER_POINT;
    match (height.rule.unwrap_or(LineRule::Auto), height.line) {
        (LineRule::Exact, Some(line)) if line > 0 => Some(line as f64),
        (LineRule::AtLeast, Some(line)) if line as f64 > highest && section.line_pitch.is_none() => Some(line as f64),
        (LineRule::Auto, None | Some(240)) if height.grid != Some(false) => {
            section.line_pitch.map(|pitch| pitch as f64).filter(|&pitch| pitch > highest)
        }
        _ => None,
    }
}

/// How many of a width fit the first of these lengths, if neither that nor any other gives a number that is usual.
fn unusual<const N: usize>(form: Usual, lengths: [Option<f64>; N], width: f64) -> Option<u32> {
    let counts: Vec<u32> = lengths
        .into_iter()
        .flatten()
        .filter(|length| *length > 0.0)
        .map(|length| ((length + 1.0) / width).floor() as u32)
        .collect();
    let odd = form.usual > 0 && width > 0.0 && counts.iter().all(|count| !(form.least..=form.most).contains(count));
    counts.first().copied().filter(|_| odd)
}

fn standard_height(page: &PageForm) -> f64 {
    (page.paper.height - page.margins.top - page.margins.bottom) * PER_MM
}

fn standard_width(page: &PageForm) -> f64 {
    (page.paper.width - page.margins.left - page.margins.right) * PER_MM
}

impl Section {
    /// How high the text of a page is, in twentieths of a point.
    fn text_height(&self) -> Option<f64> {
        Some((self.height? - self.top?.abs() - self.bottom?.abs()) as f64)
    }

    /// How wide it is.
    fn text_width(&self) -> Option<f64> {
        Some((self.width? - self.left? - self.right? - self.gutter.unwrap_or(0)) as f64)
    }
}
