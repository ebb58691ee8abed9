//! `--format html`: one page that needs nothing but itself: overview, commonest faults, all findings, every draft with
//! its marked text.
//!
//! Drafts are hostile: all text goes through [`escape`], which also drops control characters, so that U+0000 can stand
//! for the number of a draft until the writer knows it. The page's policy lets one script run, by its hash.

mod article;
mod tables;

use super::form::{Page, Writer};
use super::overview::{Commonest, Overview};
use super::xml::escape;
use super::{Checked, Tally};
use crate::finding::Severity;

const PAGE: &str = include_str!("../../templates/html/page.html");
const STYLE: &str = include_str!("../../templates/html/page.css");
const SCRIPT: &str = include_str!("../../templates/html/page.js");
/// SHA-256 of [`SCRIPT`]; `tests/html/run.sh` says it.
const SCRIPT_HASH: &str = "sha256-qHKe7Ch78wjMHZB803tHmdUEGUxF+FzkoPvxJo7pvV8=";

/// How many findings the list has room for: browsers bear no more rows.
const MOST: usize = 20_000;

/// Stands for the number of a draft.
const NUMBER: char = '\0';

/// What the page shows of a draft: with its text, or with its findings alone.
pub(super) fn page(checked: &Checked<'_>, texts: bool) -> Page {
    Page {
        text: article::article(checked, texts),
        aside: tables::rows(checked),
        overview: Some(Box::new(Overview::of(checked))),
        ..Page::default()
    }
}

/// The letter of a severity, which names it in classes and filters.
fn letter(severity: Severity) -> char {
    match severity {
        Severity::Error => 'e',
        Severity::Warning => 'w',
        Severity::Info => 'i',
    }
}

/// A severity as a label, told by a sign and a word besides its colour.
fn label(severity: Severity) -> String {
    let sign = match severity {
        Severity::Error => '●',
        Severity::Warning => '▲',
        Severity::Info => '○',
    };
    format!("<span class=\"sev {}\">{sign} {}</span>", letter(severity), severity.title())
}

/// Writes the page, in the end.
pub(super) struct Html {
    texts: bool,
    overviews: Vec<Overview>,
    articles: String,
    rows: String,
    unread: Vec<(String, String)>,
    faults: Commonest,
    /// Findings that are listed, and ones that are not.
    listed: (usize, usize),
}

impl Html {
    pub(super) fn new(texts: bool) -> Self {
        Self {
            texts,
            overviews: Vec::new(),
            articles: String::new(),
            rows: String::new(),
            unread: Vec::new(),
            faults: Commonest::default(),
            listed: (0, 0),
        }
    }

    /// What the page is put together from, by the marks in its template, in their order.
    fn pieces(&mut self, tally: Tally) -> [(&'static str, String); 8] {
        let mut drafts = std::mem::take(&mut self.articles);
        if !self.texts && !self.overviews.is_empty() {
            drafts = format!(
                "<p class=\"hint\">这次的稿件多，没有带上全文和数据台账，只列出各处问题；要带上全文，检查时加 --full-text。</p>\n{drafts}"
            );
        }
        let said = if self.unread.is_empty() {
            tally.said()
        } else {
            format!("{}；另有{}个文件没有检查", tally.said(), self.unread.len())
        };
        let findings = tables::findings(&self.overviews, &self.faults, &std::mem::take(&mut self.rows), self.listed);
        [
            ("style", STYLE.to_owned()),
            ("said", escape(&said)),
            ("tiles", tables::tiles(tally, &self.overviews)),
            ("overview", tables::overview(&self.overviews, &self.unread)),
            ("faults", tables::faults(&self.faults)),
            ("findings", findings),
            ("drafts", drafts),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ]
    }
}

impl Writer for Html {
    fn draft(&mut self, page: Page) -> String {
        let Some(overview) = page.overview else { return String::new() };
        self.faults.add(&overview);
        self.overviews.push(*overview);
        let number = self.overviews.len().to_string();
        self.articles += &page.text.replace(NUMBER, &number);
        let count = page.aside.matches("<tr ").count();
        if self.listed.0 + count <= MOST {
            self.listed.0 += count;
            self.rows += &page.aside.replace(NUMBER, &number);
        } else {
            self.listed.1 += count;
        }
        String::new()
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        self.unread.push((name.to_owned(), why.to_owned()));
        String::new()
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        let (mut out, mut rest) = (String::new(), PAGE);
        for (name, text) in self.pieces(tally).into_iter().chain([("script", SCRIPT.to_owned())]) {
            let mark = format!("<!--{name}-->");
            let (before, after) = rest.split_once(&mark).unwrap_or((rest, ""));
            out += &before.replace("SCRIPT-HASH", SCRIPT_HASH);
            out += &text;
            rest = after;
        }
        Ok((out + rest).into_bytes())
    }
}
