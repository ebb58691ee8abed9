//! Completion: missing headings and fixed formulas in drafts, names of rules where they are allowed, keys of rulebooks and settings.

use std::ops::Range;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionItemTextEdit, Position, TextEdit};
use rlcheck::Rulebook;
use rlcheck::rulebook::{Book, config_keys, embedded_names, rulebook_keys};
use rlcheck::text::{Span, cjk};

use super::analysis::{Analysis, Checkup};
use super::documents::Kind;
use super::session::View;

/// The grades of a rule.
const GRADES: [&str; 4] = ["off", "info", "warning", "error"];

/// `textDocument/completion`.
pub(super) fn completion(analysis: &Analysis, view: &View, at: Position) -> Vec<CompletionItem> {
    let place = Place::of(analysis, analysis.offset(at));
    match (analysis.kind, &analysis.draft) {
        (Kind::Draft, Some(checkup)) => draft(&place, checkup),
        (Kind::Rulebook, _) => rulebook(&place, view),
        (Kind::Config, _) => config(&place, view),
        _ => Vec::new(),
    }
}

/// Where something is to be completed.
struct Place<'a> {
    analysis: &'a Analysis,
    at: usize,
    /// The line up to there.
    before: &'a str,
    /// The lines above.
    above: &'a str,
    /// The rest of the line.
    behind: &'a str,
}

impl<'a> Place<'a> {
    fn of(analysis: &'a Analysis, at: usize) -> Self {
        let text = &analysis.text;
        let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
        Self { analysis, at, before: &text[start..at], above: &text[..start], behind: &text[at..end] }
    }

    /// What is being typed of a name in ASCII.
    fn word(&self) -> &'a str {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        &self.before[self.before.trim_end_matches(is_part).len()..]
    }

    /// An item that takes the place of the last `typed` bytes.
    fn item(&self, typed: usize, label: &str, kind: CompletionItemKind, detail: Option<&str>, text: &str) -> CompletionItem {
        let range = self.analysis.range(Span::new(self.at - typed, self.at));
        let typed = &self.before[self.before.len() - typed..];
        // A client that compares with what is typed keeps what is offered.
        let filter = if text.starts_with(typed) || label.starts_with(typed) { None } else { Some(format!("{typed}{text}")) };
        CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            detail: detail.map(str::to_owned),
            filter_text: filter,
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text: text.to_owned() })),
            ..CompletionItem::default()
        }
    }

    /// Names, each with what it means, in place of the word that is being typed.
    fn names<'n>(&self, names: impl Iterator<Item = (&'n str, Option<&'n str>)>, behind: &str) -> Vec<CompletionItem> {
        let typed = self.word().len();
        names
            .map(|(name, detail)| self.item(typed, name, CompletionItemKind::Property, detail, &format!("{name}{behind}")))
            .collect()
    }

    /// Keys, each with what it is.
    fn told(&self, keys: Vec<(&str, &str)>, behind: &str) -> Vec<CompletionItem> {
        self.names(keys.into_iter().map(|(key, about)| (key, Some(about))), behind)
    }
}

fn rules(book: &Book) -> impl Iterator<Item = (&str, Option<&str>)> {
    book.rules.iter().map(|(name, rule)| (name.as_str(), Some(rule.title.as_str())))
}

fn draft(place: &Place<'_>, checkup: &Checkup) -> Vec<CompletionItem> {
    let open = place.before.rfind("<!--").map(|at| &place.before[at + "<!--".len()..]).filter(|rest| !rest.contains("-->"));
    if let Some(comment) = open {
        let told =
            comment.trim_start().strip_prefix("rlcheck").map(str::trim_start).and_then(|rest| rest.strip_prefix([':', '：']));
        return match told.map(str::trim_start).and_then(|rest| rest.strip_prefix("allow")) {
            Some(rest) if rest.starts_with(' ') && rest.is_ascii() => place.names(rules(checkup.book.book()), ""),
            _ => Vec::new(),
        };
    }
    let mut items = headings(place, checkup);
    items.extend(formulas(place, checkup.book.book()));
    items
}

/// Missing headings, on a line that has nothing but marks and a number.
fn headings(place: &Place<'_>, checkup: &Checkup) -> Vec<CompletionItem> {
    let line = place.before.trim_start();
    let marks = line.len() - line.trim_start_matches('#').len();
    let typed = line[marks..].trim_start();
    let number: String = typed.chars().take_while(|c| cjk::numeral(&c.to_string()).is_some()).collect();
    let rest = typed[number.len()..].strip_prefix('、');
    let bare = typed.is_empty() || !number.is_empty() && rest.is_none_or(str::is_empty);
    if !bare || !place.behind.trim().is_empty() {
        return Vec::new();
    }
    let report = checkup.report();
    let missing = checkup.book.book().parts.iter().filter(|(key, part)| part.required && !report.parts.has(key));
    missing
        .filter_map(|(_, part)| {
            let heading = report.fill(part.heading.as_deref()?);
            let text = match heading.split_once('、') {
                Some((own, title)) if !number.is_empty() && cjk::numeral(own).is_some() => format!("{number}、{title}"),
                _ => heading,
            };
            Some(place.item(typed.len(), &text, CompletionItemKind::Module, Some(&part.title), &text))
        })
        .collect()
}

/// Fixed formulas of which the beginning is typed.
fn formulas(place: &Place<'_>, book: &Book) -> Vec<CompletionItem> {
    let names = book.names.iter().map(|(name, _)| (name.as_str(), "固定名称"));
    let series = book.series.iter().map(|(_, series)| (series.right.as_str(), "固定表述"));
    let known = book.known_laws.iter().map(|law| (law.as_str(), "法律法规"));
    let mut items: Vec<CompletionItem> = Vec::new();
    for (formula, detail) in names.chain(series).chain(known) {
        let bounds = formula.char_indices().skip(2).map(|(at, _)| at).collect::<Vec<_>>();
        let typed = bounds.into_iter().rev().find(|&end| place.before.ends_with(&formula[..end]));
        if let Some(typed) = typed.filter(|_| items.iter().all(|item| item.label != formula)) {
            items.push(place.item(typed, formula, CompletionItemKind::Text, Some(detail), formula));
        }
    }
    items
}

/// The rulebook that gives the names of rules.
fn known(view: &View) -> Rulebook {
    view.desk.rulebook(view.path.as_deref(), &view.settings.choice).unwrap_or_else(|_| Rulebook::township())
}

/// Where in a line a value begins, and the key before it.
fn key(line: &str, mark: char) -> Option<(&str, Range<usize>)> {
    let at = line.find(mark)?;
    Some((line[..at].trim_start_matches(['-', ' ']).trim(), at + 1..line.len()))
}

fn rulebook(place: &Place<'_>, view: &View) -> Vec<CompletionItem> {
    if place.before.trim_start().starts_with('#') {
        return Vec::new();
    }
    let book = known(view);
    if let Some((key, _)) = key(place.before, ':') {
        return match key {
            "severity" => place.names(GRADES.iter().map(|grade| (*grade, None)), ""),
            "rule" => place.names(rules(book.book()), ""),
            "extends" => place.names(embedded_names().map(|name| (name, None)), ""),
            _ => Vec::new(),
        };
    }
    let path = above(place);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["extends"] => place.names(embedded_names().map(|name| (name, None)), ""),
        ["rules"] => place.names(rules(book.book()), ":"),
        ["parts"] => place.names(book.book().parts.iter().map(|(key, part)| (key.as_str(), Some(part.title.as_str()))), ":"),
        path => place.told(rulebook_keys(path), ": "),
    }
}

/// The keys under which a line of YAML stands, by the indents of the lines above.
fn above(place: &Place<'_>) -> Vec<String> {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let mut least = indent(place.before);
    let mut path = Vec::new();
    for line in place.above.lines().rev() {
        let text = line.trim();
        if least == 0 {
            break;
        }
        if text.is_empty() || text.starts_with('#') || indent(line) >= least {
            continue;
        }
        if let Some((key, _)) = text.split_once(':') {
            path.push(key.trim_matches(['"', '\'', '-', ' ']).to_owned());
            least = indent(line);
        }
    }
    path.reverse();
    path
}

fn config(place: &Place<'_>, view: &View) -> Vec<CompletionItem> {
    if place.before.trim_start().starts_with('#') {
        return Vec::new();
    }
    let table = place.above.lines().rev().map(str::trim).find(|line| line.starts_with('['));
    let table = table.map_or("", |table| table.trim_matches(['[', ']', ' ']));
    let book = known(view);
    if let Some((key, value)) = key(place.before, '=') {
        if !place.before[value].contains('"') {
            return Vec::new();
        }
        return match (table, key) {
            ("severity", _) => place.names(GRADES.iter().map(|grade| (*grade, None)), ""),
            ("allow", "rule") => place.names(rules(book.book()), ""),
            ("", "rulebook") => place.names(embedded_names().map(|name| (name, None)), ""),
            _ => Vec::new(),
        };
    }
    match table {
        "" => place.told(config_keys(&[]), " = "),
        "severity" => place.names(rules(book.book()), " = "),
        "allow" => place.told(config_keys(&["allow"]), " = "),
        _ => Vec::new(),
    }
}
