//! `--format human`: findings with their place in the text, drawn by miette, and a summary.

use std::fmt::Write as _;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::excerpt::Excerpt;
use super::form::{Page, Writer};
use super::summary::Summary;
use super::{Checked, Tally};
use crate::finding::{Finding, Severity};
use crate::rulebook::RulebookError;
use crate::text::Span;

/// How the output looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Style {
    fn handler(self) -> GraphicalReportHandler {
        let theme = if self.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        GraphicalReportHandler::new_themed(theme).with_width(self.width).with_context_lines(0).with_links(false)
    }

    /// Text in one of the terminal's colours.
    pub(super) fn paint(self, severity: Option<Severity>, text: &str) -> String {
        let code = match severity {
            _ if !self.color => return text.to_owned(),
            Some(Severity::Error) => "31;1",
            Some(Severity::Warning) => "33;1",
            Some(Severity::Info) => "36",
            None => "32;1",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// One finding as miette sees it.
#[derive(Debug)]
struct Shown {
    code: Option<String>,
    severity: Severity,
    message: String,
    excerpt: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
}

impl std::fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Excerpt")
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code(&self) -> Option<Box<dyn std::fmt::Display + '_>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn std::fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// A finding's block of output.
fn render(shown: &Shown, footer: &[String], style: Style) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    _ = style.handler().render_report(&mut out, shown);
    for line in footer {
        out.push_str(&hanging(line, style.width));
    }
    out.push('\n');
    out
}

/// Wraps a line such as `改法：…` with its further lines hanging under the text.
fn hanging(line: &str, width: usize) -> String {
    let options = textwrap::Options::new(width.saturating_sub(2)).initial_indent("  ").subsequent_indent("        ");
    textwrap::fill(line, options) + "\n"
}

/// Everything found in one draft.
pub(super) fn draft(checked: &Checked<'_>, style: Style) -> String {
    let mut out = String::new();
    let (infos, rest): (Vec<&Finding>, Vec<&Finding>) =
        checked.findings.iter().partition(|finding| finding.severity == Severity::Info);
    for finding in rest {
        out.push_str(&self::finding(checked, finding, style));
    }
    if !infos.is_empty() {
        _ = writeln!(out, "{}", style.paint(Some(Severity::Info), "供参考："));
        for finding in infos {
            let position = checked.draft.source.position(finding.span.start);
            let help = finding.help.as_ref().map(|help| format!("（{help}）")).unwrap_or_default();
            out.push_str(&hanging(&format!("第{}行 {}{help} [{}]", position.line, finding.message, finding.rule), style.width));
        }
        out.push('\n');
    }
    _ = writeln!(out, "{}", summary(checked, style));
    out
}

fn finding(checked: &Checked<'_>, finding: &Finding, style: Style) -> String {
    let source = &checked.draft.source;
    let title = checked.title(finding);
    let excerpt = Excerpt::new(source, finding.span, style.width.saturating_sub(12).max(30));
    let mut labels: Vec<LabeledSpan> = Vec::new();
    if let Some(span) = excerpt.locate(finding.span) {
        labels.push(LabeledSpan::new_primary_with_span(None, span));
    }
    let mut footer = Vec::new();
    for (related, there) in finding.related.iter().filter_map(|related| Some((related, related.elsewhere.as_ref()?))) {
        footer.push(format!("另见：{} 第{}行“{}”，{}", there.path, there.start.line, shorten(&there.text), related.message));
    }
    let within = |span: Span| finding.span.start <= span.start && span.end <= finding.span.end;
    for related in finding.related.iter().filter(|related| related.elsewhere.is_none() && !within(related.span)) {
        let overlaps = related.span.touches(finding.span);
        if let Some(span) = excerpt.locate(related.span).filter(|_| !overlaps && shown_whole(&excerpt, related.span)) {
            labels.push(LabeledSpan::new_with_span(Some(related.message.clone()), span));
        } else {
            let position = source.position(related.span.start);
            let text = shorten(source.slice(related.span));
            footer.push(format!("另见：第{}行“{text}”，{}", position.line, related.message));
        }
    }
    footer.extend(finding.help.iter().map(|help| format!("改法：{help}")));
    footer.extend(finding.basis.iter().map(|basis| format!("依据：{basis}")));
    footer.extend(finding.asked.map(|place| {
        let files = &checked.book.book().files;
        format!("规则：{}第{}行", files.source(place).name(), files.position(place).line)
    }));
    let shown = Shown {
        code: Some(format!("{} {title} {}", finding.severity.title(), finding.rule)),
        severity: finding.severity,
        message: finding.message.clone(),
        excerpt: Some(excerpt),
        labels,
    };
    render(&shown, &footer, style)
}

fn shown_whole(excerpt: &Excerpt, span: Span) -> bool {
    excerpt.locate(span).is_some_and(|found| found.len() == span.end - span.start)
}

/// A text on one line, of at most 24 characters.
fn shorten(text: &str) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(24).collect();
    if text.chars().count() > 24 {
        short.push('…');
    }
    short
}

/// One line on what a draft needs.
fn summary(checked: &Checked<'_>, style: Style) -> String {
    let tally = checked.tally();
    let name = checked.draft.source.name();
    let since = checked.since.as_ref().map_or(String::new(), |since| {
        let known = (!since.known.is_empty()).then(|| format!("上次的{}处没有再列", since.known.len()));
        let fixed = (!since.fixed.is_empty()).then(|| format!("上次的{}处已经改好", since.fixed.len()));
        let said: Vec<String> = known.into_iter().chain(fixed).collect();
        if said.is_empty() { String::new() } else { format!("（{}）", said.join("，")) }
    });
    let nothing = if checked.since.is_some() { "没有发现新的问题" } else { "没有发现问题" };
    match tally.worst() {
        None => style.paint(None, &format!("✓ {name}：{nothing}{since}")),
        worst => format!(
            "{} {name}：{}{since}",
            style.paint(worst, if worst == Some(Severity::Error) { "✗" } else { "!" }),
            counts(tally, style)
        ),
    }
}

pub(super) fn counts(tally: Tally, style: Style) -> String {
    let count = |(severity, number): (Severity, usize)| style.paint(Some(severity), &format!("{}{number}处", severity.title()));
    tally.counts().map(count).collect::<Vec<_>>().join("，")
}

/// Writes the drafts, a blank line between them, and the sum where there are several.
pub(super) struct Human {
    style: Style,
    /// Whether a draft has been written.
    begun: bool,
    summary: Summary,
}

impl Human {
    pub(super) fn new(style: Style) -> Self {
        Self { style, begun: false, summary: Summary::default() }
    }
}

impl Writer for Human {
    fn draft(&mut self, page: Page) -> String {
        let between = if std::mem::replace(&mut self.begun, true) { "\n" } else { "" };
        if let Some(overview) = page.overview {
            self.summary.add(*overview);
        }
        between.to_owned() + &page.text
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        Ok(self.summary.text(tally, self.style).into_bytes())
    }
}

/// What is wrong with a rulebook or a configuration.
pub fn problems(error: &RulebookError, style: Style) -> String {
    let mut out = String::new();
    for problem in &error.problems {
        let excerpt = problem.place.map(|place| {
            let span = Span::new(place.start, place.end.max(place.start));
            let excerpt = Excerpt::new(error.files.source(place), span, style.width.saturating_sub(12).max(30));
            let label = excerpt.locate(span).map(|found| LabeledSpan::new_primary_with_span(None, found));
            (excerpt, label)
        });
        let (excerpt, label) = excerpt.map_or((None, None), |(excerpt, label)| (Some(excerpt), label));
        let shown = Shown {
            code: None,
            severity: Severity::Error,
            message: problem.message.clone(),
            excerpt,
            labels: label.into_iter().collect(),
        };
        let footer: Vec<String> = problem.help.iter().map(|help| format!("改法：{help}")).collect();
        out.push_str(&render(&shown, &footer, style));
    }
    out
}
