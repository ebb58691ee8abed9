//! A draft on the page: its text with what was found marked, notes beside it, the ledger of its figures.

use std::fmt::Write as _;

use super::{NUMBER, escape, label, letter};
use crate::draft::{Draft, Role};
use crate::finding::Finding;
use crate::output::csv::one_line;
use crate::output::{Checked, ledger};
use crate::text::Span;

/// A draft with everything that the page shows of it.
pub(super) fn article(checked: &Checked<'_>, texts: bool) -> String {
    let name = checked.draft.source.name();
    let mut out =
        format!("<article class=\"draft\" id=\"d{NUMBER}\" tabindex=\"-1\">\n<h3>{}</h3>\n{}", escape(name), meta(checked));
    if texts {
        out += &text(checked);
        out += &figures(checked);
    } else if !checked.findings.is_empty() {
        out += "<div class=\"notes\">";
        out.extend((1..).zip(&checked.findings).map(|(number, finding)| note(checked, number, finding)));
        out += "</div>\n";
    }
    out + "</article>\n"
}

/// The line under a draft's name: whose it is, what was found.
fn meta(checked: &Checked<'_>) -> String {
    let mut spans = Vec::new();
    spans.extend(checked.identity.town.as_ref().map(|town| escape(town)));
    spans.extend(checked.identity.year.map(|year| format!("{year}年度")));
    let counts: Vec<String> =
        checked.tally().counts().map(|(severity, count)| format!("{} {count}处", label(severity))).collect();
    spans.push(if counts.is_empty() { "没有发现问题".to_owned() } else { counts.join(" ") });
    let spans: String = spans.iter().flat_map(|span| ["<span>", span, "</span>"]).collect();
    format!("<p class=\"meta\">{spans}</p>\n")
}

/// A finding with its number in the draft.
type Numbered<'a> = (usize, &'a Finding);

/// The lines of a draft, each with its number, the findings marked and the notes behind the line in which they begin.
fn text(checked: &Checked<'_>) -> String {
    let source = &checked.draft.source;
    let looks = Looks::of(checked.draft);
    let mut on: Vec<Vec<Numbered<'_>>> = vec![Vec::new(); source.line_count()];
    for (number, finding) in (1..).zip(&checked.findings) {
        let lines = source.line_index(finding.span.start)..=source.line_index(finding.span.end);
        on[lines].iter_mut().for_each(|line| line.push((number, finding)));
    }
    let mut out = String::from("<div class=\"text\">\n");
    for (index, on) in on.iter().enumerate() {
        let span = source.line_span(index);
        let begins = |finding: &Finding| source.line_index(finding.span.start) == index;
        let notes: Vec<&Numbered<'_>> = on.iter().filter(|(_, finding)| begins(finding)).collect();
        // The empty line behind the last line end is none of the draft's.
        if index + 1 == source.line_count() && span.is_empty() && notes.is_empty() {
            break;
        }
        let blank = source.slice(span).trim().is_empty();
        let class = if blank && notes.is_empty() { " b" } else { looks.class(span) };
        _ = writeln!(out, "<p class=\"l{class}\" data-l=\"{}\">{}</p>", index + 1, line(checked, span, on));
        out.extend(notes.into_iter().map(|(number, finding)| note(checked, *number, finding)));
    }
    out + "</div>\n"
}

/// A line with its marks: cut wherever a finding begins or ends, each piece marked by the worst finding that covers it.
fn line(checked: &Checked<'_>, span: Span, on: &[Numbered<'_>]) -> String {
    let source = &checked.draft.source;
    let mut cuts: Vec<usize> = on.iter().flat_map(|(_, finding)| [finding.span.start, finding.span.end]).collect();
    cuts.extend([span.start, span.end]);
    cuts.retain(|&cut| span.start <= cut && cut <= span.end);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for (at, &from) in cuts.iter().enumerate() {
        // A finding that begins behind the line's characters (in its line end) belongs to the line too.
        for (number, finding) in on.iter().filter(|(_, finding)| finding.span.start == from) {
            _ = write!(
                out,
                "<a class=\"ref {}\" id=\"r{NUMBER}-{number}\" href=\"#n{NUMBER}-{number}\" aria-label=\"第{number}处问题\">{number}</a>",
                letter(finding.severity)
            );
        }
        let Some(&to) = cuts.get(at + 1) else { break };
        let over: Vec<&(usize, &Finding)> =
            on.iter().filter(|(_, finding)| finding.span.start <= from && to <= finding.span.end).collect();
        let piece = source.slice(Span::new(from, to));
        let written = if from == span.start { opening(piece) } else { escape(piece) };
        match over.iter().map(|(_, finding)| finding.severity).max() {
            None => out += &written,
            Some(worst) => {
                let numbers: Vec<String> = over.iter().map(|(number, _)| format!("{NUMBER}-{number}")).collect();
                _ = write!(out, "<mark class=\"{}\" data-n=\"{}\">{written}</mark>", letter(worst), numbers.join(" "));
            }
        }
    }
    out
}

/// The beginning of a line, its marks of a Markdown heading held back.
fn opening(text: &str) -> String {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let (marks, rest) = text.split_at(hashes);
    if marks.is_empty() || !rest.starts_with(' ') {
        return escape(text);
    }
    format!("<span class=\"md\">{marks}</span>{}", escape(rest))
}

/// What is said of a finding, with the way back to its place and to the list.
fn note(checked: &Checked<'_>, number: usize, finding: &Finding) -> String {
    let source = &checked.draft.source;
    let line = |span: Span| source.line_index(span.start) + 1;
    let quote = |span: Span| match one_line(source.slice(span), 40) {
        text if text.is_empty() => String::new(),
        text => format!("<q>{}</q>", escape(&text)),
    };
    let mut out = format!(
        "<div class=\"note {class}\" id=\"n{NUMBER}-{number}\" role=\"note\"><p class=\"k\"><a class=\"back\" href=\"#t{NUMBER}-{number}\" title=\"回到问题列表\">列表</a>\
         <a class=\"ref {class}\" href=\"#r{NUMBER}-{number}\">{number}</a> {} {}</p><p>第{}行{}：{}</p>",
        label(finding.severity),
        escape(checked.title(&finding.rule)),
        line(finding.span),
        quote(finding.span),
        escape(&finding.message),
        class = letter(finding.severity),
    );
    for related in &finding.related {
        _ = write!(out, "<p class=\"also\">第{}行{}：{}</p>", line(related.span), quote(related.span), escape(&related.message));
    }
    if let Some(help) = &finding.help {
        _ = write!(out, "<p class=\"how\">改法：{}</p>", escape(help));
    }
    if let Some(basis) = &finding.basis {
        _ = write!(out, "<p class=\"basis\">依据：{}</p>", escape(basis));
    }
    out + "</div>\n"
}

/// The ledger of the draft's figures, folded up.
fn figures(checked: &Checked<'_>) -> String {
    let rows = ledger::rows(&checked.report);
    if rows.is_empty() {
        return String::new();
    }
    let mut body = String::new();
    for row in &rows {
        let claims: Vec<String> = row
            .claims
            .iter()
            .map(|(wrong, said)| if *wrong { format!("<span class=\"bad\">✗ {}</span>", escape(said)) } else { escape(said) })
            .collect();
        _ = writeln!(
            body,
            "<tr><td>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&row.part),
            row.line,
            escape(&row.text),
            escape(&row.counts),
            row.exactness,
            claims.join("<br>")
        );
    }
    format!(
        "<details><summary>数据台账（{}个数据）</summary><div class=\"scroll\"><table><thead><tr><th>部分</th><th class=\"n\">行</th><th>数据</th>\
         <th>说的是什么</th><th>确切程度</th><th>核对</th></tr></thead><tbody>\n{body}</tbody></table></div></details>\n",
        rows.len()
    )
}

/// What the lines of a draft are.
struct Looks(Vec<(Span, &'static str)>);

impl Looks {
    fn of(draft: &Draft) -> Self {
        let class = |role: &Role| match role {
            Role::Title => Some(" t"),
            Role::Heading(heading) if heading.level == 1 && !heading.run_in => Some(" h1"),
            Role::Heading(heading) if !heading.run_in => Some(" h2"),
            Role::Signature | Role::Date(_) | Role::BlankDate => Some(" r"),
            _ => None,
        };
        Self(draft.blocks.iter().filter_map(|block| Some((block.span(), class(&block.role)?))).collect())
    }

    fn class(&self, line: Span) -> &'static str {
        let on = |(span, _): &&(Span, &'static str)| span.touches(line);
        self.0.iter().find(on).map_or("", |(_, class)| class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::text::Encoding;
    use crate::{Draft, Rulebook};

    #[test]
    fn overlapping_findings_are_cut_and_nothing_of_a_draft_is_markup() {
        let draft = Draft::from_text("稿<1>.md", "甲<b>乙\u{0}丙&丁\n", Encoding::Utf8);
        let book = Rulebook::township();
        let mut checked = Checked::new(&draft, &book);
        let found = |start, end, severity| Finding::new("x", severity, Span::new(start, end), "<i>");
        // 甲<b> and b>乙
        checked.findings = vec![found(0, 6, Severity::Info), found(4, 9, Severity::Error)];
        let html = article(&checked, true);
        let line = &html[html.find("<p class=\"l").expect("a line")..];
        assert!(
            line.contains(
                "<mark class=\"i\" data-n=\"\0-1\">甲&lt;</mark><a class=\"ref e\" id=\"r\0-2\" href=\"#n\0-2\" aria-label=\"第2处问题\">2</a>\
                 <mark class=\"e\" data-n=\"\0-1 \0-2\">b&gt;</mark><mark class=\"e\" data-n=\"\0-2\">乙</mark>丙&amp;丁</p>"
            ),
            "{line}"
        );
        assert!(!html.contains("<b>") && !html.contains("<i>") && !html.contains("<1>"), "{html}");
    }
}
