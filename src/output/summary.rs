//! What a reviewer needs of many drafts: a table of drafts, required parts and findings, the commonest faults, who shares what with whom,
//! who has not mended what. Columns are set by the width of the characters: a 汉字 takes two.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::overview::{Commonest, Overview, State};
use super::{Style, Tally};
use crate::finding::Severity;

/// Drafts in the table: the most urgent ones of more.
const MOST_DRAFTS: usize = 100;
/// Faults in the list of the commonest.
const MOST_FAULTS: usize = 10;
/// Pairs of drafts that are listed.
const MOST_PAIRS: usize = 20;
/// Pairs that are counted: enough to list, and no more memory for a whole country.
const COUNTED_PAIRS: usize = 2000;
/// The widest name of a draft in the table.
const WIDEST: usize = 36;
/// What the columns of the required parts are headed with.
const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// What is gathered while the drafts go by. It does not grow with their number.
#[derive(Debug, Default)]
pub(super) struct Summary {
    rows: Vec<Overview>,
    /// Drafts that are not in the table.
    dropped: usize,
    commonest: Commonest,
    pairs: BTreeMap<(String, String), [usize; 2]>,
}

impl Summary {
    /// Takes in the next draft.
    pub(super) fn add(&mut self, overview: Overview) {
        self.commonest.add(&overview);
        for sibling in &overview.siblings {
            let (pair, side) = if *sibling < overview.name {
                ((sibling.clone(), overview.name.clone()), 1)
            } else {
                ((overview.name.clone(), sibling.clone()), 0)
            };
            if self.pairs.len() < COUNTED_PAIRS || self.pairs.contains_key(&pair) {
                self.pairs.entry(pair).or_default()[side] += 1;
            }
        }
        self.rows.push(overview);
        if self.rows.len() >= MOST_DRAFTS * 2 {
            self.shorten();
        }
    }

    /// The most urgent drafts first, no more of them than are shown.
    fn shorten(&mut self) {
        let count = |row: &Overview, wanted: State| row.parts.iter().filter(|(_, state)| *state == wanted).count();
        let urgency = |row: &Overview| {
            (row.tally.errors, count(row, State::Missing), count(row, State::Partial), row.tally.warnings, row.tally.infos)
        };
        self.rows.sort_by(|a, b| urgency(b).cmp(&urgency(a)).then_with(|| a.name.cmp(&b.name)));
        self.dropped += self.rows.len().saturating_sub(MOST_DRAFTS);
        self.rows.truncate(MOST_DRAFTS);
    }

    /// The summary as it is printed behind the drafts.
    pub(super) fn text(&mut self, tally: Tally, style: Style) -> String {
        self.shorten();
        let mut out = String::new();
        if self.rows.len() > 1 {
            out += &self.table(style);
            out += &self.faults();
            out += &self.shared();
        }
        out += &self.unmended();
        _ = match tally.drafts {
            0 => Ok(()),
            1 if tally.left == 0 => Ok(()),
            n if tally.worst().is_none() => writeln!(out, "\n共{n}份稿件，{}", style.paint(None, self.nothing())),
            n => writeln!(out, "\n共{n}份稿件：{}", super::human::counts(tally, style)),
        };
        if tally.left > 0 {
            let text = format!("已中断，查了{}份，剩{}份", tally.drafts, tally.left);
            _ = writeln!(out, "{}", style.paint(Some(Severity::Warning), &text));
        }
        out
    }

    /// What is said where nothing was found.
    fn nothing(&self) -> &'static str {
        if self.rows.iter().any(|row| row.since.is_some()) { "没有发现新的问题" } else { "没有发现问题" }
    }

    fn table(&self, style: Style) -> String {
        let titles: Vec<&str> = self
            .rows
            .iter()
            .max_by_key(|row| row.parts.len())
            .map_or(Vec::new(), |row| row.parts.iter().map(|(title, _)| title.as_str()).collect());
        let since = self.rows.iter().any(|row| row.since.is_some());
        let mut head: Vec<String> = vec!["稿件".to_owned(), "乡镇".to_owned()];
        head.extend(NUMBERS.iter().take(titles.len()).map(|number| (*number).to_owned()));
        head.extend(["必须修改", "建议修改"].map(str::to_owned));
        head.extend(["上次未改", "已改好"].iter().filter(|_| since).map(|title| (*title).to_owned()));
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| cells(row, titles.len(), since)).collect();
        let width = |column: usize| rows.iter().chain([&head]).map(|row| row[column].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        let worst = std::iter::once(None).chain(self.rows.iter().map(|row| row.tally.worst()));
        let mut out = "\n汇总（最要紧的在前）\n".to_owned();
        for (row, worst) in std::iter::once(&head).chain(&rows).zip(worst) {
            let line: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
            let line = line.join("  ");
            let line = line.trim_end();
            _ = writeln!(out, "  {}", if worst == Some(Severity::Error) { style.paint(worst, line) } else { line.to_owned() });
        }
        if self.dropped > 0 {
            _ = writeln!(out, "  另有{}份没有列出", self.dropped);
        }
        for (number, title) in NUMBERS.iter().zip(&titles) {
            _ = writeln!(out, "  {number}：{title}");
        }
        out
    }

    fn faults(&self) -> String {
        let faults = self.commonest.sorted();
        if faults.is_empty() {
            return String::new();
        }
        let mut out = "\n常见问题\n".to_owned();
        let shown = &faults[..faults.len().min(MOST_FAULTS)];
        let width = shown.iter().map(|fault| fault.title.width()).max().unwrap_or(0);
        for fault in shown {
            _ = writeln!(out, "  {}  {}份稿件，{}处", padded(&fault.title, width), fault.drafts, fault.count);
        }
        if faults.len() > shown.len() {
            _ = writeln!(out, "  另有{}种", faults.len() - shown.len());
        }
        out
    }

    fn shared(&self) -> String {
        if self.pairs.is_empty() {
            return String::new();
        }
        let mut out = "\n写得一样的稿件\n".to_owned();
        for ((one, other), counts) in self.pairs.iter().take(MOST_PAIRS) {
            _ = writeln!(out, "  {one} 和 {other}：{}处", counts[0].max(counts[1]));
        }
        if self.pairs.len() > MOST_PAIRS {
            _ = writeln!(out, "  另有{}对", self.pairs.len() - MOST_PAIRS);
        }
        out
    }

    fn unmended(&self) -> String {
        let mut lines = String::new();
        for row in &self.rows {
            let Some((known, _)) = row.since.as_ref().filter(|(known, _)| !known.is_empty()) else { continue };
            let known: Vec<String> = known.iter().map(|(title, count)| format!("{title}{count}处")).collect();
            _ = writeln!(lines, "  {}：{}", row.name, known.join("，"));
        }
        if lines.is_empty() { lines } else { format!("\n上次的问题还没有改\n{lines}") }
    }

    /// The commonest faults for programs.
    pub(super) fn rules(&self) -> serde_json::Value {
        let fault = |fault: &super::overview::Fault| {
            serde_json::json!({
                "rule": fault.rule, "title": fault.title, "severity": fault.severity.name(), "drafts": fault.drafts, "count": fault.count,
            })
        };
        self.commonest.sorted().into_iter().map(fault).collect()
    }
}

/// The cells of a draft's row.
fn cells(row: &Overview, parts: usize, since: bool) -> Vec<String> {
    let count = |number: usize| if number == 0 { "0".to_owned() } else { number.to_string() };
    let states = (0..parts).map(|at| row.parts.get(at).map_or(String::new(), |(_, state)| state.title().to_owned()));
    let town = row.town.clone().unwrap_or_else(|| "（认不出）".to_owned());
    let mut cells: Vec<String> = [shortened(&row.name), town].into_iter().chain(states).collect();
    cells.extend([count(row.tally.errors), count(row.tally.warnings)]);
    if since {
        let (known, fixed) = row.since.as_ref().map_or((0, 0), |(known, fixed)| (known.values().sum(), *fixed));
        cells.extend([count(known), count(fixed)]);
    }
    cells
}

/// A name of at most [`WIDEST`] columns: its end tells more than its beginning.
fn shortened(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    if name.width() <= WIDEST {
        return name;
    }
    let mut room = WIDEST - 1;
    let fits = |c: &char| room.checked_sub(c.width().unwrap_or(0)).inspect(|rest| room = *rest).is_some();
    let end: Vec<char> = name.chars().rev().take_while(fits).collect();
    std::iter::once('…').chain(end.into_iter().rev()).collect()
}

/// A cell filled with blanks to its column's width.
fn padded(cell: &str, width: usize) -> String {
    format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overview(number: usize, errors: usize) -> Overview {
        Overview {
            name: format!("第{number:04}份.md"),
            town: Some("石坪乡".to_owned()),
            year: Some(2025),
            parts: vec![("主要举措和成效".to_owned(), State::Whole), ("主要安排".to_owned(), State::Missing)],
            tally: Tally { drafts: 1, errors, ..Tally::default() },
            since: None,
            siblings: vec![format!("第{:04}份.md", number + 1)],
            rules: Vec::new(),
        }
    }

    #[test]
    fn columns_stand_under_one_another() {
        let mut summary = Summary::default();
        for row in [overview(1, 0), overview(2, 12)] {
            summary.add(row);
        }
        let text = summary.text(Tally { drafts: 2, errors: 12, ..Tally::default() }, Style { color: false, width: 100 });
        let column = |line: &str, word: &str| line.find(word).map(|at| line[..at].width());
        let lines: Vec<&str> = text.lines().collect();
        let head = lines.iter().position(|line| line.contains("必须修改")).expect("a head");
        assert_eq!(column(lines[head], "必须修改"), column(lines[head + 1], "12"), "{text}");
        assert_eq!(column(lines[head], "二"), column(lines[head + 2], "缺"), "{text}");
        assert!(lines[head + 1].contains("第0002份"), "the most urgent first: {text}");
    }

    #[test]
    fn what_is_kept_does_not_grow_with_the_drafts() {
        let mut summary = Summary::default();
        (0..20_000).for_each(|number| summary.add(overview(number, number % 7)));
        assert!(summary.rows.len() < MOST_DRAFTS * 2 && summary.pairs.len() <= COUNTED_PAIRS);
        let text = summary.text(Tally { drafts: 20_000, errors: 1, ..Tally::default() }, Style { color: false, width: 100 });
        assert!(text.contains("另有19900份没有列出") && text.lines().count() < 200);
    }

    #[test]
    fn long_names_keep_their_ends() {
        let name = "云砚县/2025年/各镇报来的稿件/石坪乡2025年法治政府建设年度报告.docx";
        let short = shortened(name);
        assert!(short.width() <= WIDEST && short.ends_with("年度报告.docx") && short.starts_with('…'), "{short}");
    }
}
