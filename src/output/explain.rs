//! What a rule is, in full: the text of `rlcheck explain` and of the page of all rules.

use std::fmt::Write as _;

use super::human::Style;
use super::wrap::fill;
use crate::examples::dated;
use crate::finding::Severity;
use crate::rulebook::{Grade, Rule, Rulebook};
use crate::spanned::by_nearness;

/// A rule, told to a drafter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// Its name.
    pub rule: &'a str,
    /// Its Chinese title.
    pub title: &'a str,
    /// How much it matters, or that it is off.
    pub grade: Grade,
    /// What it finds and why that matters.
    pub why: &'a str,
    /// The article or standard that it rests on.
    pub basis: Option<&'a str>,
    /// How to mend what it finds.
    pub help: Option<&'a str>,
    /// Texts in which it finds something.
    pub bad: &'a [String],
    /// Texts in which it finds nothing.
    pub good: &'a [String],
    /// How many entries of the rulebook speak in its name: terms, laws, names.
    pub entries: usize,
    /// The file of the rulebook that writes it, and the line.
    pub place: (&'a str, usize),
}

/// Explains a rule; `None` where the rulebook has none of that name.
pub fn explain<'a>(book: &'a Rulebook, rule: &str) -> Option<Explanation<'a>> {
    let (name, Rule { title, severity, why, place, help, basis, bad, good, .. }) = book.book().rules.get_key_value(rule)?;
    let entries = book.book().cases().iter().filter(|case| case.key != name && case.rules.contains(&name.as_str())).count();
    let files = &book.book().files;
    Some(Explanation {
        rule: name,
        title,
        grade: book.config.severity.get(rule).map_or(*severity, |grade| grade.value),
        why,
        basis: basis.as_deref(),
        help: help.as_deref(),
        bad,
        good,
        entries,
        place: (files.source(*place).name(), files.position(*place).line),
    })
}

/// Names and titles of the rules that somebody may have meant who wrote `word`: the nearest names first, then those
/// that have the word in their name or title.
pub fn suggestions<'a>(book: &'a Rulebook, word: &str) -> Vec<(&'a str, &'a str)> {
    const MOST: usize = 5;
    let rules = &book.book().rules;
    let mut names = by_nearness(word, rules.keys().map(String::as_str));
    for (name, rule) in rules {
        if (name.contains(word) || rule.title.contains(word)) && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.iter().take(MOST).map(|&name| (name, rules[name].title.as_str())).collect()
}

impl Grade {
    /// The word shown to a drafter.
    pub fn title(self) -> &'static str {
        self.severity().map_or("不查", Severity::title)
    }

    /// The word of the contract: `off`, `info`, `warning`, `error`.
    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }
}

impl Explanation<'_> {
    /// The explanation as Markdown, without a heading.
    pub fn markdown(&self) -> String {
        let mut out = self.summary();
        let (file, line) = self.place;
        // Writing to a String does not fail.
        _ = writeln!(out, "\n确认没有问题的，在那一段前面写一行：\n\n```text\n{}\n```", self.comment());
        _ = writeln!(out, "\n或者写进 `rlcheck.toml`：\n\n```toml\n{}\n```", self.allow());
        _ = writeln!(out, "\n不想查这条规则，或者想改轻重：\n\n```toml\n{}\n```", self.severity());
        _ = writeln!(out, "\n规则：{file}第{line}行");
        out
    }

    /// What it is, why, on what basis, an example of each kind: the Markdown without what is the same for all rules.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        // Writing to a String does not fail.
        _ = writeln!(out, "**{}**（{}）\n\n{}\n", self.title, self.grade.title(), self.why);
        for (label, text) in self.facts() {
            _ = writeln!(out, "- {label}：{text}");
        }
        for (label, text) in self.examples() {
            _ = writeln!(out, "\n{label}：\n\n```text\n{}\n```", text.trim_end());
        }
        out
    }

    /// The explanation for a terminal.
    pub fn text(&self, style: Style) -> String {
        let mut out = String::new();
        let grade = style.paint(self.grade.severity(), self.grade.title());
        let (file, line) = self.place;
        // Writing to a String does not fail.
        _ = writeln!(out, "{} {}（{grade}）\n", self.rule, self.title);
        out += &wrapped(self.why, "", style);
        out.push('\n');
        for (label, text) in self.facts() {
            out += &wrapped(&format!("{label}：{text}"), "", style);
        }
        if self.entries > 0 {
            _ = writeln!(out, "词条：规则库里有{}条归这条规则", self.entries);
        }
        _ = writeln!(out, "规则：{file}第{line}行");
        for (label, text) in self.examples() {
            _ = writeln!(out, "\n{label}：");
            text.trim_end().lines().for_each(|line| out += &wrapped(line, "    ", style));
        }
        _ = writeln!(out, "\n确认没有问题的，在那一段前面写一行（Markdown 稿件）：\n{}", indented(&self.comment()));
        _ = writeln!(out, "或者写进 rlcheck.toml：\n{}", indented(&self.allow()));
        _ = write!(out, "不想查这条规则，或者想改轻重，在 rlcheck.toml 里写：\n{}", indented(&self.severity()));
        out
    }

    /// What is said in a line each.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        facts.push(("改法", self.help.unwrap_or("按提示里说的改").to_owned()));
        facts.extend(self.basis.map(|basis| ("依据", basis.to_owned())));
        facts
    }

    /// The first example of each kind, with its label.
    fn examples(&self) -> impl Iterator<Item = (String, String)> {
        let first = |(label, examples): (&'static str, &[String])| examples.first().map(|example| told(label, example));
        [("错例", self.bad), ("正例", self.good)].into_iter().filter_map(first)
    }

    fn comment(&self) -> String {
        format!("<!-- rlcheck: allow {} 写明原因 -->", self.rule)
    }

    fn allow(&self) -> String {
        format!("[[allow]]\nrule = \"{}\"\ntext = \"那一处的文字\"\nreason = \"写明原因\"", self.rule)
    }

    fn severity(&self) -> String {
        format!("[severity]\n{} = \"off\"     # off 不查，info 供参考，warning 建议修改，error 必须修改", self.rule)
    }
}

fn wrapped(text: &str, indent: &str, style: Style) -> String {
    let mut out = String::new();
    fill(&mut out, text, style.text_width(), indent, indent);
    out
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |out, line| out + "    " + line + "\n")
}

/// An example as people read it, with what must be known of it in its label.
fn told(label: &str, example: &str) -> (String, String) {
    if let Some((year, sentence)) = dated(example) {
        return (format!("{label}（{year}年度的报告）"), sentence.to_owned());
    }
    if let Some(elements) = example.strip_prefix("Word稿件\n") {
        return (format!("{label}（Word 稿件，每行一个要素）"), elements.to_owned());
    }
    match example.split_once("=====\n") {
        Some((last, this)) => (label.to_owned(), format!("去年：{}\n今年：{}", last.trim_end(), this.trim_end())),
        None => (label.to_owned(), example.to_owned()),
    }
}
