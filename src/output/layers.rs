//! What the layers of a rulebook together say, every value with the line of the layer that it comes from.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::human::Style;
use crate::rulebook::Book;
use crate::spanned::{Node, Place, Value};

/// How wide the values are shown before their places.
const WIDEST: usize = 64;

/// All that a rulebook says under a name: a rule's, or a path into the rulebook (`parts.plan`). Empty where it says
/// nothing.
pub fn show(book: &Book, what: &str, style: Style) -> String {
    let mut out = String::new();
    let rule = [vec!["rules", what]].into_iter();
    for path in rule.chain(std::iter::once(path(book, what))) {
        let (Some(node), Some(place)) = (book.value(&path), book.origin(&path)) else { continue };
        let mut shown = Shown { book, lines: Vec::new() };
        shown.node(&path.join("."), node, place, 0);
        out += &shown.text(style);
    }
    out
}

/// `parts.plan.headings` as steps; a key may hold points itself.
fn path<'a>(book: &Book, what: &'a str) -> Vec<&'a str> {
    let mut steps = Vec::new();
    let mut rest = what;
    while !rest.is_empty() {
        let found = |&(at, _): &(usize, char)| {
            let mut longer = steps.clone();
            longer.push(&rest[..at]);
            book.value(&longer).is_some()
        };
        let ends = rest.char_indices().filter(|&(_, c)| c == '.').chain([(rest.len(), '.')]);
        let end = ends.collect::<Vec<_>>().into_iter().rev().find(found).map_or(rest.len(), |(at, _)| at);
        steps.push(&rest[..end]);
        rest = rest[end..].strip_prefix('.').unwrap_or_default();
    }
    steps
}

struct Shown<'a> {
    book: &'a Book,
    lines: Vec<(String, Place)>,
}

impl Shown<'_> {
    fn node(&mut self, label: &str, node: &Node, place: Place, depth: usize) {
        let indent = "  ".repeat(depth);
        match &node.value {
            Value::Map(entries) => {
                self.lines.push((format!("{indent}{label}:"), place));
                for (key, node) in entries {
                    self.node(key, node, key.place, depth + 1);
                }
            }
            Value::List(items) => {
                self.lines.push((format!("{indent}{label}:"), place));
                for node in items {
                    match plain(&node.value) {
                        Some(text) => self.lines.push((format!("{indent}  - {text}"), node.place)),
                        None => self.node("-", node, node.place, depth + 1),
                    }
                }
            }
            value => self.lines.push((format!("{indent}{label}: {}", plain(value).unwrap_or_default()), place)),
        }
    }

    fn text(&self, style: Style) -> String {
        let widest = self.lines.iter().map(|(text, _)| text.width()).max().unwrap_or_default().min(WIDEST.min(style.width));
        let mut out = String::new();
        for (text, place) in &self.lines {
            let text = shortened(text, widest);
            let (file, line) = (self.book.files.source(*place).name(), self.book.files.position(*place).line);
            // Writing to a String does not fail.
            _ = writeln!(out, "{text}{}  {file}第{line}行", " ".repeat(widest.saturating_sub(text.width())));
        }
        out
    }
}

/// A value that fits a line.
fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "（关闭）".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => text.trim_end().replace('\n', " ⏎ "),
        Value::List(_) | Value::Map(_) => return None,
    })
}

/// A text cut to a width.
fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if short.width() + 1 > width {
            short.pop();
            break;
        }
    }
    short + "…"
}
