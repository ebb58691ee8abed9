//! `unpaired-mark`: a bracket, quotation mark or title mark without its partner.
//!
//! Bad: `落实“谁执法谁普法责任制` Good: `落实“谁执法谁普法”责任制`. Basis: GB/T 15834 4.8–4.10.

use crate::draft::Role;
use crate::finding::Finding;
use crate::report::Report;
use crate::text::{Span, cjk};

/// A mark and where it stands.
type Mark = (char, Span);

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    // What one paragraph opens and a later one closes is a quotation of several paragraphs.
    let mut open: Vec<Mark> = Vec::new();
    for block in &report.draft.blocks {
        let text = match block.role {
            Role::Title | Role::Heading(_) | Role::Paragraph(_) | Role::Annotation => &block.text,
            _ => continue,
        };
        let mark = |(at, c): (usize, char)| (c, text.span(around(text.text(), at, c)));
        let mut stack: Vec<(usize, char)> = Vec::new();
        for (at, c) in text.signs().others.iter().map(|&(at, c)| (at as usize, c)) {
            if opens(c) {
                stack.push((at, c));
            } else if let Some(opener) = opener(c) {
                let partner = stack.iter().rposition(|(_, other)| same(*other, opener));
                if let Some(index) = partner {
                    out.extend(stack.drain(index + 1..).map(|open| finding(report, mark(open))));
                    stack.pop();
                } else if let Some(index) = open.iter().rposition(|(other, _)| same(*other, opener)) {
                    open.remove(index);
                } else if !is_number_mark(c, &text.text()[..at]) {
                    out.push(finding(report, mark((at, c))));
                }
            }
        }
        open.extend(stack.into_iter().map(mark));
    }
    out.extend(open.into_iter().map(|mark| finding(report, mark)));
}

fn finding(report: &Report<'_>, (mark, span): Mark) -> Finding {
    let message = match opener(mark) {
        Some(opener) => format!("“{mark}”前面没有对应的“{opener}”"),
        None => format!("“{mark}”后面没有对应的“{}”", cjk::closing(mark).unwrap_or(mark)),
    };
    let message = message.replace("““”", "前引号").replace("“””", "后引号");
    report.finding("unpaired-mark", span, message).help("补上另一半，或者删去这一半")
}

fn opens(c: char) -> bool {
    matches!(c, '（' | '(' | '《' | '“' | '【' | '〔' | '「')
}

fn opener(c: char) -> Option<char> {
    Some(match c {
        '）' | ')' => '（',
        '》' => '《',
        '”' => '“',
        '】' => '【',
        '〕' => '〔',
        '」' => '「',
        _ => return None,
    })
}

/// Brackets of either width are partners; how they are written is another rule's matter.
fn same(open: char, opener: char) -> bool {
    open == opener || open == '(' && opener == '（'
}

/// A mark with the few characters that it was to enclose, so that the place can be told.
fn around(text: &str, at: usize, c: char) -> std::ops::Range<usize> {
    let end = at + c.len_utf8();
    let word = |c: &char| cjk::is_han(*c) || c.is_alphanumeric();
    if opens(c) {
        end - c.len_utf8()..end + text[end..].chars().take(4).take_while(word).map(char::len_utf8).sum::<usize>()
    } else {
        at - text[..at].chars().rev().take(4).take_while(word).map(char::len_utf8).sum::<usize>()..end
    }
}

/// The bracket of `1）` and `a)`, which has no partner.
fn is_number_mark(c: char, text: &str) -> bool {
    let before = text.chars().next_back();
    let short = text.rsplit(['。', '；', '：', '，', ' ']).next().is_some_and(|head| head.chars().count() <= 2);
    matches!(c, ')' | '）') && short && before.is_some_and(|c| c.is_ascii_alphanumeric() || ('①'..='⑳').contains(&c))
}
