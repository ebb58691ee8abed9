//! Synonyms of headings that another pattern takes first. Only plain words are judged, for which it is certain.

use regex::Regex;

use super::place_of;
use crate::rulebook::{Book, Part};
use crate::spanned::{Key, Problem, Spanned};

/// One alternative of a pattern that is nothing but words.
struct Literal<'a> {
    words: &'a str,
    /// Whether it must be the whole heading (`^…$`).
    whole: bool,
}

pub(super) fn lint(book: &Book, found: &mut Vec<Problem>) {
    for (index, (key, part)) in book.parts.iter().enumerate() {
        for (at, item) in part.headings.items().iter().enumerate() {
            for literal in alternatives(&item.value).into_iter().filter_map(literal) {
                let within = same_part(part, at, item, &literal).map(|other| (key, part, other));
                let taken = book.parts[..index].iter().find_map(|(key, part)| Some((key, part, takes(part, &literal)?)));
                let Some((other_key, other, pattern)) = taken.or(within) else { continue };
                found.push(dead(book, (key, item), &literal, (other_key, other), pattern));
            }
        }
    }
}

fn dead(
    book: &Book,
    (key, item): (&Key, &Spanned<String>),
    literal: &Literal<'_>,
    (other_key, other): (&Key, &Part),
    pattern: &Spanned<String>,
) -> Problem {
    let at = place_of(book, pattern.place, item.place);
    if key == other_key {
        let message = format!("标题里的“{}”，前面的“{}”（{at}）已经认得出，这里不用再写", literal.words, pattern.value);
        return Problem::new(item.place, message).help("删去这一个");
    }
    let message = format!("标题里有“{}”的，先被认成“{}”（{at}的“{}”），轮不到这里", literal.words, other.title, pattern.value);
    Problem::new(item.place, message).help(format!("写得更具体，并在 parts 的 {} 下面的 not 里加上它", other_key.name))
}

/// A pattern of an earlier part that matches every heading with the literal.
fn takes<'a>(part: &'a Part, literal: &Literal<'_>) -> Option<&'a Spanned<String>> {
    // What the part excludes may stand in a longer heading.
    let excluded = if literal.whole { part.not.is_match(literal.words) } else { !part.not.is_empty() };
    if excluded { None } else { part.headings.items().iter().find(|item| covers(item, literal)) }
}

/// Another pattern of the same part that does.
fn same_part<'a>(part: &'a Part, at: usize, item: &Spanned<String>, literal: &Literal<'_>) -> Option<&'a Spanned<String>> {
    let others = part.headings.items().iter().enumerate();
    let mut others = others.filter(|(index, other)| *index != at && other.value != item.value);
    // Of two that match the same, the later is the idle one.
    others.find(|(index, other)| covers(other, literal) && *index < at).map(|(_, other)| other)
}

fn covers(item: &Spanned<String>, literal: &Literal<'_>) -> bool {
    let anchored = item.value.contains(['^', '$']);
    (!anchored || literal.whole) && Regex::new(&item.value).is_ok_and(|regex| regex.is_match(literal.words))
}

/// An alternative as words, if it is nothing else.
fn literal(alternative: &str) -> Option<Literal<'_>> {
    let inner = alternative.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    let words = inner.unwrap_or(alternative);
    let plain = !words.is_empty() && !words.contains(['.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '^', '$', '|', '\\']);
    plain.then_some(Literal { words, whole: inner.is_some() })
}

/// The alternatives of an expression on its top level.
fn alternatives(expression: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut escaped) = (Vec::new(), 0, 0_u32, false);
    for (at, c) in expression.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                parts.push(&expression[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&expression[start..]);
    parts
}
