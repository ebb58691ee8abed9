//! The tables of the page: overview, commonest faults, all findings.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{NUMBER, escape, label, letter};
use crate::finding::Severity;
use crate::output::csv::one_line;
use crate::output::overview::{Commonest, Overview, State};
use crate::output::{Checked, Tally};

/// Characters of a marked text that a table shows.
const MOST: usize = 60;

/// The counts of the run.
pub(super) fn tiles(tally: Tally, overviews: &[Overview]) -> String {
    let clean = overviews.iter().filter(|overview| overview.tally.worst().is_none()).count();
    let tiles = [
        ("", "稿件", tally.drafts),
        ("e", Severity::Error.title(), tally.errors),
        ("w", Severity::Warning.title(), tally.warnings),
        ("i", Severity::Info.title(), tally.infos),
        ("ok", "没有发现问题的稿件", clean),
    ];
    let tile = |(class, title, count)| format!("<div class=\"{class}\"><dt>{title}</dt><dd>{count}</dd></div>");
    format!("<dl class=\"tiles\">{}</dl>", tiles.map(tile).concat())
}

/// A column's head that sorts when it is pressed.
fn sorter(class: &str, title: &str) -> String {
    // A button is not printed again on the next page, the head's own text is.
    let title = escape(title);
    format!(
        "<th scope=\"col\" class=\"{class}\" data-h=\"{title}\" aria-sort=\"none\"><button type=\"button\">{title}</button></th>"
    )
}

/// A cell with a count.
fn count(count: usize) -> String {
    let class = if count == 0 { "n zero" } else { "n" };
    format!("<td class=\"{class}\" data-v=\"{count}\">{count}</td>")
}

/// Drafts and their required parts.
pub(super) fn overview(overviews: &[Overview], unread: &[(String, String)]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (title, _) in overviews.iter().flat_map(|overview| &overview.parts) {
        if !parts.contains(&title.as_str()) {
            parts.push(title);
        }
    }
    let mut head: String = [("", "稿件"), ("", "镇"), ("n", "年度")].map(|(class, title)| sorter(class, title)).concat();
    head.extend(parts.iter().map(|part| sorter("part c", part)));
    for title in [Severity::Error, Severity::Warning, Severity::Info].map(Severity::title) {
        head += &sorter("n", title);
    }
    let mut body = String::new();
    for (number, overview) in (1..).zip(overviews) {
        let year = overview.year.map(|year| year.to_string()).unwrap_or_default();
        _ = write!(
            body,
            "<tr><th scope=\"row\" class=\"name\"><a href=\"#d{number}\">{}</a></th><td class=\"town\">{}</td><td class=\"n\">{year}</td>",
            escape(&overview.name),
            escape(overview.town.as_deref().unwrap_or("—"))
        );
        for part in &parts {
            body += overview
                .parts
                .iter()
                .find(|(title, _)| title == part)
                .map_or("<td class=\"c\">—</td>", |(_, state)| cell(*state));
        }
        body.extend([overview.tally.errors, overview.tally.warnings, overview.tally.infos].map(count));
        body += "</tr>\n";
    }
    let list: Vec<String> = unread.iter().map(|(name, why)| format!("<li>{}：{}</li>", escape(name), escape(why))).collect();
    let list = list.concat();
    let list = if list.is_empty() {
        list
    } else {
        format!("<p class=\"bad\">没有检查的文件</p><ul class=\"unread\">{list}</ul>\n")
    };
    format!(
        "{list}<div class=\"scroll\"><table id=\"matrix\" class=\"sortable\"><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>\
         <p class=\"hint\">✓ 有这一部分；不全：写得太少、缺原因，或者和别的部分合在一个标题下；缺：没有这一部分。</p>"
    )
}

fn cell(state: State) -> &'static str {
    match state {
        State::Whole => "<td class=\"c yes\" data-v=\"2\">✓</td>",
        State::Partial => "<td class=\"c part-state\" data-v=\"1\">不全</td>",
        State::Missing => "<td class=\"c no\" data-v=\"0\">缺</td>",
    }
}

/// The rules that found something, the commonest first.
pub(super) fn faults(faults: &Commonest) -> String {
    let sorted = faults.sorted();
    let Some(most) = sorted.iter().map(|fault| fault.drafts).max() else {
        return "<p class=\"hint\">没有发现问题。</p>".to_owned();
    };
    let mut body = String::new();
    for fault in &sorted {
        _ = writeln!(
            body,
            "<tr><td><button type=\"button\" class=\"link\" data-rule=\"{0}\">{1}</button> <code>{0}</code></td><td>{2}</td>{3}{4}\
             <td><svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{5}\" height=\"10\"/></svg></td></tr>",
            escape(&fault.rule),
            escape(&fault.title),
            label(fault.severity),
            count(fault.count),
            count(fault.drafts),
            fault.drafts * 100 / most
        );
    }
    let head = "<th scope=\"col\">问题</th><th scope=\"col\">程度</th><th scope=\"col\" class=\"n\">处数</th><th scope=\"col\" class=\"n\">稿件数</th><th></th>";
    format!("<div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>")
}

/// The findings of a draft as rows of the list.
pub(super) fn rows(checked: &Checked<'_>) -> String {
    let source = &checked.draft.source;
    let town = checked.identity.town.as_deref().unwrap_or_default();
    let mut rows = String::new();
    for (number, finding) in (1..).zip(&checked.findings) {
        let letter = letter(finding.severity);
        let line = source.line_index(finding.span.start) + 1;
        let text = one_line(source.slice(finding.span), MOST);
        let quote = if text.is_empty() { String::new() } else { format!("<q>{}</q>", escape(&text)) };
        let rank = 3 - finding.severity as usize;
        _ = writeln!(
            rows,
            "<tr id=\"t{NUMBER}-{number}\" data-s=\"{letter}\" data-r=\"{rule}\" data-t=\"{town}\"><td class=\"s\" data-v=\"{rank}\">{label}</td>\
             <td class=\"name\">{whose}</td><td class=\"n\" data-v=\"{line}\">{line}</td><td>{title}</td><td>{quote}</td>\
             <td class=\"m\"><a href=\"#n{NUMBER}-{number}\">{message}</a></td></tr>",
            rule = escape(&finding.rule),
            town = escape(town),
            label = label(finding.severity),
            whose = escape(source.name()),
            title = escape(checked.title(&finding.rule)),
            message = escape(&finding.message),
        );
    }
    rows
}

/// The list of all findings with its filters.
pub(super) fn findings(overviews: &[Overview], faults: &Commonest, rows: &str, (listed, left): (usize, usize)) -> String {
    if listed + left == 0 {
        return "<p class=\"hint\">没有发现问题。</p>".to_owned();
    }
    let boxes = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| {
        format!("<label><input type=\"checkbox\" name=\"s\" value=\"{}\" checked> {}</label>", letter(severity), severity.title())
    });
    let option = |value: &str, title: &str| format!("<option value=\"{}\">{}</option>", escape(value), escape(title));
    let rules: String =
        faults.sorted().iter().map(|fault| option(&fault.rule, &format!("{}（{}）", fault.title, fault.count))).collect();
    let towns: BTreeSet<&str> = overviews.iter().filter_map(|overview| overview.town.as_deref()).collect();
    let towns: String = towns.iter().map(|town| option(town, town)).collect();
    let head: String = [("", "程度"), ("", "稿件"), ("n", "行"), ("", "规则"), ("", "原文"), ("m", "问题")]
        .map(|(class, title)| sorter(class, title))
        .concat();
    let left = match left {
        0 => String::new(),
        left => format!("<p class=\"hint\">问题太多，这里列出{listed}处，还有{left}处没有列出；全部问题请用 csv 形式。</p>"),
    };
    format!(
        "<form id=\"filter\" class=\"filters\"><fieldset><legend>程度</legend>{}</fieldset>\
         <label>规则<select name=\"rule\"><option value=\"\">全部</option>{rules}</select></label>\
         <label>镇<select name=\"town\"><option value=\"\">全部</option>{towns}</select></label>\
         <label>查找<input type=\"search\" name=\"q\" autocomplete=\"off\"></label>\
         <button type=\"reset\">全部显示</button><span id=\"shown\" class=\"shown\" role=\"status\"></span></form>\n\
         {left}<div class=\"scroll\"><table id=\"list\" class=\"sortable\"><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>\
         <p id=\"none\" class=\"hint\" hidden>没有符合的问题。</p>",
        boxes.concat()
    )
}
