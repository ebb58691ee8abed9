//! What a fix changes, as a unified diff with the changed characters marked.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::Style;

/// The difference between two texts as a unified diff, in colour if the style says so; empty where there is none.
pub fn diff(name: &str, before: &str, after: &str, style: Style) -> String {
    if before == after {
        return String::new();
    }
    let texts = TextDiff::from_lines(before, after);
    if !style.color {
        return texts.unified_diff().context_radius(0).header(name, name).missing_newline_hint(false).to_string();
    }
    let mut out = format!("\u{1b}[1m{name}\u{1b}[0m\n");
    for group in texts.grouped_ops(0) {
        for change in group.iter().flat_map(|op| texts.iter_inline_changes(op)) {
            let (mark, color) = match change.tag() {
                ChangeTag::Delete => ("-", "31"),
                ChangeTag::Insert => ("+", "32"),
                ChangeTag::Equal => (" ", "0"),
            };
            let number = change.old_index().or(change.new_index()).map_or(0, |index| index + 1);
            _ = write!(out, "\u{1b}[{color}m{number:>4} {mark} ");
            for (changed, text) in change.iter_strings_lossy() {
                let text = text.trim_end_matches(['\n', '\r']);
                _ = if changed { write!(out, "\u{1b}[7m{text}\u{1b}[27m") } else { write!(out, "{text}") };
            }
            out += "\u{1b}[0m\n";
        }
    }
    out
}
