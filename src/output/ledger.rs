//! The ledger of figures 数据台账, for a drafter to send round for confirmation: on the terminal, for Excel and WPS, for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::csv;
use crate::figures::{Claim, Entry, Ledger, Verdict};
use crate::report::Report;
use crate::text::Span;

/// The heads of the columns.
const HEADS: [&str; 9] = ["部分", "行", "数据", "数值", "单位", "说的是什么", "确切程度", "核对", "所在句子"];

/// One row of the ledger.
pub(super) struct Row {
    pub(super) part: String,
    pub(super) line: usize,
    pub(super) text: String,
    value: String,
    unit: String,
    pub(super) counts: String,
    pub(super) exactness: &'static str,
    /// The claims that rest on the figure: whether each is wrong, and how it is told.
    pub(super) claims: Vec<(bool, String)>,
    sentence: String,
}

impl Row {
    fn told(&self) -> impl Iterator<Item = &str> {
        self.claims.iter().map(|(_, said)| said.as_str())
    }
}

/// The rows of a draft, in reading order.
pub(super) fn rows(report: &Report<'_>) -> Vec<Row> {
    let ledger = report.ledger();
    let claims = by_place(ledger);
    let row = |entry: &Entry| Row {
        part: part(report, entry.figure.span),
        line: report.draft.source.line_index(entry.figure.span.start) + 1,
        text: entry.text.clone(),
        value: value(entry),
        unit: entry.figure.unit.clone(),
        counts: entry.counts.clone(),
        exactness: entry.figure.exactness.title(),
        claims: claims.get(&entry.figure.span.start).into_iter().flatten().map(|claim| (claim.is_wrong(), said(claim))).collect(),
        sentence: entry.sentence.clone(),
    };
    report.entries().iter().map(row).collect()
}

/// The claims that rest on a figure, by where it begins.
fn by_place<'l>(ledger: &'l Ledger<'_>) -> std::collections::HashMap<usize, Vec<&'l Claim>> {
    let mut places: std::collections::HashMap<usize, Vec<&Claim>> = std::collections::HashMap::new();
    for claim in &ledger.claims {
        let mut starts: Vec<usize> = claim.grounds.iter().map(|ground| ground.span.start).chain([claim.span.start]).collect();
        starts.sort_unstable();
        starts.dedup();
        for start in starts {
            places.entry(start).or_default().push(claim);
        }
    }
    places
}

/// `相符：33 ÷ 35 = 94.3%`.
fn said(claim: &Claim) -> String {
    let text = match claim.verdict {
        Verdict::NotComparable(why) => why,
        Verdict::Consistent | Verdict::Inconsistent(_) => claim.arithmetic.as_str(),
    };
    let title = format!("{}{}", claim.kind.title(), claim.verdict.title());
    if text.is_empty() { title } else { format!("{title}：{text}") }
}

fn part(report: &Report<'_>, span: Span) -> String {
    let key = report.part_at(span);
    let title =
        key.and_then(|key| report.book.book().parts.iter().find(|(name, _)| name == key)).map(|(_, part)| part.title.clone());
    title.unwrap_or_default()
}

fn value(entry: &Entry) -> String {
    let figure = &entry.figure;
    let write = |value: f64| {
        let text = format!("{value:.4}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    match figure.upto {
        Some(upto) => format!("{}～{}", write(figure.value), write(upto)),
        None => write(figure.value),
    }
}

/// The ledger as a table for the terminal.
pub fn table(report: &Report<'_>, width: usize) -> String {
    let rows = rows(report);
    let name = report.draft.source.name();
    if rows.is_empty() {
        return format!("{name}：没有数据\n");
    }
    let cell = |text: &str, width: usize| fit(text, width);
    let widest =
        |pick: &dyn Fn(&Row) -> usize, least: usize, most: usize| rows.iter().map(pick).max().unwrap_or(0).clamp(least, most);
    let line = rows.iter().map(|row| row.line.to_string().len()).max().unwrap_or(2).max(2);
    let text = widest(&|row| row.text.width(), 4, 18);
    let exact = 8;
    let rest = width.saturating_sub(line + text + exact + 8).max(40);
    let counts = widest(&|row| row.counts.width(), 10, rest * 2 / 5);
    let claims = rest - counts;

    let line_of = |cells: [&str; 5]| {
        let widths = [line, text, counts, exact, claims];
        let joined: Vec<String> = cells.iter().zip(widths).map(|(text, width)| cell(text, width)).collect();
        joined.join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line_of([HEADS[1], HEADS[2], HEADS[5], HEADS[6], HEADS[7]])];
    let mut part = "";
    for row in &rows {
        if row.part != part && !row.part.is_empty() {
            lines.push(format!("【{}】", row.part));
        }
        part = &row.part;
        let first = row.told().next().unwrap_or_default();
        lines.push(line_of([&row.line.to_string(), &row.text, &row.counts, row.exactness, first]));
        for claim in row.told().skip(1) {
            lines.push(line_of(["", "", "", "", claim]));
        }
    }
    format!("{name}：{}个数据\n\n{}\n", rows.len(), lines.join("\n"))
}

/// Cuts or pads a text to a width on the terminal; 汉字 are two wide.
fn fit(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    let cut = text.width() > width;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > if cut { width.saturating_sub(2) } else { width } {
            break;
        }
        out.push(c);
        used += wide;
    }
    if cut {
        out.push('…');
        used += '…'.width().unwrap_or(1);
    }
    out + &" ".repeat(width.saturating_sub(used))
}

/// The ledger of a draft as a Markdown table, for a page beside the draft.
pub fn markdown(report: &Report<'_>) -> String {
    let rows = rows(report);
    let name = report.draft.source.name();
    let cell = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ").replace('<', "&lt;");
    let mut out =
        format!("# 数据台账\n\n{}：{}个数据\n\n|{}|\n|{}\n", cell(name), rows.len(), HEADS.join("|"), "---|".repeat(HEADS.len()));
    for row in &rows {
        let line = row.line.to_string();
        let claims = row.told().collect::<Vec<_>>().join("；");
        let cells =
            [&row.part, &line, &row.text, &row.value, &row.unit, &row.counts, row.exactness, claims.as_str(), &row.sentence];
        _ = writeln!(out, "|{}|", cells.map(cell).join("|"));
    }
    out
}

/// The head of the ledger for Excel and WPS: a byte order mark and the names of the columns.
pub fn csv_head() -> String {
    format!("\u{feff}{}", csv::line(["稿件"].into_iter().chain(HEADS)))
}

/// The rows of a draft for Excel and WPS.
pub fn csv(report: &Report<'_>) -> String {
    let name = report.draft.source.name();
    let line = |row: &Row| {
        let cells = [
            name,
            &row.part,
            &row.line.to_string(),
            &row.text,
            &row.value,
            &row.unit,
            &row.counts,
            row.exactness,
            &row.told().collect::<Vec<_>>().join("；"),
            &row.sentence,
        ];
        csv::line(cells)
    };
    rows(report).iter().map(line).collect()
}

/// The ledger of a draft for programs.
pub fn json(report: &Report<'_>) -> Value {
    let ledger = report.ledger();
    let place = |span: Span| {
        let source = &report.draft.source;
        json!({"start": source.position(span.start), "end": source.position(span.end)})
    };
    let figures: Vec<Value> = rows(report)
        .iter()
        .zip(report.entries())
        .map(|(row, entry)| {
            json!({
                "text": row.text, "value": entry.figure.value, "upto": entry.figure.upto, "unit": row.unit,
                "exactness": row.exactness, "counts": row.counts, "part": report.part_at(entry.figure.span),
                "sentence": row.sentence, "place": place(entry.figure.span),
            })
        })
        .collect();
    let claims: Vec<Value> = ledger
        .claims
        .iter()
        .map(|claim| {
            let why = if let Verdict::NotComparable(why) = claim.verdict { Some(why) } else { None };
            let verdict = match claim.verdict {
                Verdict::Consistent => "consistent",
                Verdict::Inconsistent(_) => "inconsistent",
                Verdict::NotComparable(_) => "not-comparable",
            };
            let grounds: Vec<Value> = claim
                .grounds
                .iter()
                .map(|ground| json!({"role": ground.role, "text": ground.text, "place": place(ground.span)}))
                .collect();
            json!({
                "rule": claim.kind.rule(), "verdict": verdict, "why": why, "arithmetic": claim.arithmetic,
                "message": claim.message, "stated": claim.stated, "expected": claim.expected, "place": place(claim.span),
                "figures": grounds,
            })
        })
        .collect();
    json!({"path": report.draft.source.name(), "figures": figures, "claims": claims})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Encoding;
    use crate::{Draft, Rulebook};

    #[test]
    fn widths_are_right() {
        assert_eq!(fit("受理信访件", 6).width(), 6);
        assert_eq!(fit("受理", 6), "受理  ");
    }

    #[test]
    fn every_form_shows_the_arithmetic() {
        let draft =
            Draft::from_text("例", "一、主要举措和成效\n\n全年受理信访件40件，办结37件，办结率达100%。\n", Encoding::Utf8);
        let book = Rulebook::township();
        let report = Report::new(&draft, &book);
        for text in [table(&report, 120), csv(&report), json(&report).to_string()] {
            assert!(text.contains("37 ÷ 40 = 92.5%"), "{text}");
        }
    }
}
