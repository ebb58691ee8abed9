//! A comparison for a person: short sections, the shared sentences side by side with what was changed in colour.

use std::fmt::Write as _;
use std::ops::Range;

use super::super::{Style, wrap};
use crate::compare::{Comparison, Moved};
use crate::figures::write_scaled;
use crate::finding::Severity;
use crate::report::Report;
use crate::text::Span;

/// The longest stretch of unchanged text that is shown whole, in characters.
const LONGEST: usize = 150;
/// How much of a longer stretch is shown at its ends.
const ENDS: usize = 40;

pub(super) fn comparison(last: &Report<'_>, this: &Report<'_>, found: &Comparison, style: Style) -> String {
    let page = Page { last, this, found, style };
    let mut out = String::new();
    _ = writeln!(out, "去年：{}", title(last));
    _ = writeln!(out, "今年：{}", title(this));
    page.copies(&mut out);
    page.shortcomings(&mut out);
    page.plans(&mut out);
    page.figures(&mut out);
    page.summary(&mut out);
    out
}

fn title(report: &Report<'_>) -> String {
    let year = report.identity.year.map(|year| format!("（{year}年度）")).unwrap_or_default();
    format!("{}{year}", report.draft.source.name())
}

struct Page<'p, 'last, 'this> {
    last: &'p Report<'last>,
    this: &'p Report<'this>,
    found: &'p Comparison,
    style: Style,
}

impl Page<'_, '_, '_> {
    /// The line on which a place of last year's report begins.
    fn old_line(&self, span: Span) -> usize {
        self.last.draft.source.position(span.start).line
    }

    fn new_line(&self, span: Span) -> usize {
        self.this.draft.source.position(span.start).line
    }

    fn heading(&self, out: &mut String, severity: Severity, text: &str) {
        _ = writeln!(out, "\n{}", self.style.paint(Some(severity), text));
    }

    fn line(&self, out: &mut String, text: &str) {
        wrap::fill(out, text, self.style.text_width(), "    ", "    ");
    }

    fn copies(&self, out: &mut String) {
        let copies = &self.found.copies;
        if copies.passages.is_empty() {
            return;
        }
        let share = format!("两年相同的文字占{:.1}%", copies.share);
        let threshold = self.this.book.book().copying.threshold;
        let judged = if copies.share < threshold {
            format!("不到{threshold}%，一般不要紧")
        } else {
            format!("超过{threshold}%")
        };
        let severity = if copies.share < threshold { Severity::Info } else { Severity::Warning };
        self.heading(out, severity, &format!("照抄去年的段落：{}处（{share}，{judged}）", copies.passages.len()));
        for passage in &copies.passages {
            let places = format!(
                "今年第{}行，去年第{}行，{}个字",
                self.new_line(passage.span()),
                self.old_line(passage.last.full_span()),
                passage.chars
            );
            if passage.changes.is_empty() {
                _ = writeln!(out, "  {places}，一字不差：");
                self.line(out, &shortened(passage.this.text()));
                continue;
            }
            let changed: Vec<String> = passage.changed().map(|(last, this)| swap(last, this)).collect();
            let places = format!("{places}，只改了：{}", changed.join("，"));
            wrap::fill(out, &places, self.style.text_width(), "  ", "    ");
            self.marked(out, "去年", passage.last.text(), Severity::Info, passage.changes.iter().map(|change| &change.last));
            self.marked(out, "今年", passage.this.text(), Severity::Warning, passage.changes.iter().map(|change| &change.this));
        }
    }

    /// Writes one of the two texts of a passage, its changed places in colour.
    fn marked<'c>(
        &self,
        out: &mut String,
        year: &str,
        text: &str,
        severity: Severity,
        changes: impl Iterator<Item = &'c Range<usize>>,
    ) {
        let (mut shown, mut marks, mut at) = (String::new(), Vec::new(), 0);
        for change in changes {
            shown.push_str(&shortened(&text[at..change.start]));
            let start = shown.len();
            shown.push_str(&text[change.clone()]);
            marks.push(start..shown.len());
            at = change.end;
        }
        shown.push_str(&shortened(&text[at..]));
        let width = self.style.text_width().saturating_sub(9);
        wrap::lines(&shown, width, width, |number, line| {
            _ = write!(out, "    {} ", if number == 0 { year } else { "    " });
            let mut at = line.start;
            for mark in &marks {
                let (start, end) = (mark.start.max(at), mark.end.min(line.end));
                if start < end {
                    out.push_str(&shown[at..start]);
                    out.push_str(&self.style.paint(Some(severity), &shown[start..end]));
                    at = end;
                }
            }
            out.push_str(&shown[at..line.end]);
            out.push('\n');
        });
    }

    fn shortcomings(&self, out: &mut String) {
        let repeated = &self.found.copies.repeated;
        if repeated.is_empty() {
            return;
        }
        self.heading(out, Severity::Warning, &format!("和去年一字不差的不足：{}条", repeated.len()));
        for (this, last) in repeated {
            _ = writeln!(out, "  今年第{}行，去年第{}行：", self.new_line(this.span), self.old_line(last.span));
            self.line(out, &shortened(&this.text));
        }
        _ = writeln!(out, "  改法：没改完的，写今年做到了哪一步、还差什么；改完了的，换成今年的不足");
    }

    fn plans(&self, out: &mut String) {
        let untraced = &self.found.untraced;
        if untraced.is_empty() {
            return;
        }
        self.heading(out, Severity::Warning, &format!("去年安排了、今年没有提到的事：{}件", untraced.len()));
        for one in untraced {
            let again = if one.again { "，又写进了今年的安排" } else { "" };
            _ = writeln!(out, "  去年第{}行{again}：", self.old_line(one.item.span));
            self.line(out, &shortened(&one.item.text));
        }
        _ = writeln!(out, "  改法：做了的，在主要举措里写上结果；没做的，说明原因");
    }

    fn figures(&self, out: &mut String) {
        let (same, changed): (Vec<&Moved>, Vec<&Moved>) = self.found.figures.iter().partition(|moved| moved.difference() == 0.0);
        let suspicious: Vec<&Moved> = same.into_iter().filter(|moved| moved.suspicious).collect();
        if !suspicious.is_empty() {
            self.heading(out, Severity::Warning, &format!("和去年一样的数据：{}个，请核对是不是忘了改", suspicious.len()));
            for moved in suspicious {
                let (this, last) = (self.new_line(moved.this.span), self.old_line(moved.last.span));
                _ = writeln!(out, "  {}{}（今年第{this}行，去年第{last}行）", moved.this.counts, moved.this.text);
            }
        }
        if !changed.is_empty() {
            self.heading(out, Severity::Info, &format!("变了的数据：{}个", changed.len()));
            for moved in changed {
                let line = self.new_line(moved.this.span);
                _ = writeln!(
                    out,
                    "  第{line}行 {}：{}→{}，{}",
                    moved.this.counts,
                    moved.last.text,
                    moved.this.text,
                    movement(moved)
                );
            }
        }
    }

    fn summary(&self, out: &mut String) {
        let Comparison { copies, untraced, figures } = self.found;
        let repeated = &copies.repeated;
        let same = figures.iter().filter(|moved| moved.suspicious).count();
        let copied = if copies.share < self.this.book.book().copying.threshold { 0 } else { copies.passages.len() };
        let nothing = copied == 0 && untraced.is_empty() && repeated.is_empty() && same == 0;
        let text = if nothing {
            self.style.paint(None, "✓ 没有发现照抄、没有变的数据或没有下文的安排")
        } else {
            let count = |number: usize, text: &str| (number > 0).then(|| text.replace('N', &number.to_string()));
            let counts = [
                count(copied, "照抄N处"),
                count(repeated.len(), "重复的不足N条"),
                count(untraced.len(), "没有下文的安排N件"),
                count(same, "没有变的数据N个"),
            ];
            format!(
                "{} 请核对：{}",
                self.style.paint(Some(Severity::Warning), "!"),
                counts.into_iter().flatten().collect::<Vec<_>>().join("，")
            )
        };
        _ = writeln!(out, "\n{text}");
    }
}

/// What was changed: `187改成204`.
fn swap(last: &str, this: &str) -> String {
    match (last.is_empty(), this.is_empty()) {
        (true, _) => format!("加了“{}”", shortened(this)),
        (_, true) => format!("删了“{}”", shortened(last)),
        _ => format!("“{}”改成“{}”", shortened(last), shortened(this)),
    }
}

/// By how much a figure changed: `多25件，增长0.6%`.
fn movement(moved: &Moved) -> String {
    let difference = moved.difference();
    let amount = write_scaled(difference.abs(), moved.this.scale);
    let unit = if moved.this.unit == "%" { "个百分点" } else { moved.this.unit.as_str() };
    let (more, grew) = if difference > 0.0 { ("多", "增长") } else { ("少", "下降") };
    match moved.percent() {
        // Of small numbers a percentage says little.
        Some(percent) if moved.last.value >= 10.0 => format!("{more}{amount}{unit}，{grew}{}%", percent.abs()),
        _ => format!("{more}{amount}{unit}"),
    }
}

/// A text with its middle left out where it is long.
fn shortened(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
    if chars.len() <= LONGEST {
        return chars.into_iter().collect();
    }
    chars[..ENDS].iter().chain(&['…', '…']).chain(&chars[chars.len() - ENDS..]).collect()
}
