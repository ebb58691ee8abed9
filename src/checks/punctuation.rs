//! `punctuation`: marks of the wrong width, or doubled. One finding for each kind, with the count and the first places.
//!
//! Bad: `坚持依法行政,提升水平` Good: `坚持依法行政，提升水平`. Basis: GB/T 15834.

use crate::draft::Role;
use crate::finding::{Edit, Finding, Fix, Severity};
use crate::report::Report;
use crate::text::{Span, cjk};

/// How many places a finding shows.
const SHOWN: usize = 5;

/// The places of one kind of fault.
#[derive(Default)]
struct Kind {
    places: Vec<Span>,
    edits: Vec<Edit>,
}

impl Kind {
    fn add(&mut self, span: Span, replacement: impl Into<String>) {
        self.places.push(span);
        self.edits.push(Edit { span, replacement: replacement.into() });
    }
}

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let mut half: Vec<(char, char, Kind)> =
        [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')].map(|(half, full)| (half, full, Kind::default())).into();
    let (mut brackets, mut doubled, mut listed) = (Kind::default(), Kind::default(), Kind::default());
    for block in &report.draft.blocks {
        if !matches!(block.role, Role::Title | Role::Heading(_) | Role::Paragraph(_)) {
            continue;
        }
        let text = block.text.text();
        let others = &block.text.signs().others;
        for (number, &(at, c)) in others.iter().enumerate() {
            let at = at as usize;
            let end = || at + c.len_utf8();
            let before = || text[..at].chars().rev().find(|c| !cjk::is_blank(*c));
            let next = || text[end()..].chars().find(|c| !cjk::is_blank(*c));
            let span = || block.text.span(at..end());
            match c {
                ',' | ';' | ':' | '?' | '!' => {
                    let kind = half.iter_mut().find(|(half, ..)| *half == c);
                    if let Some((_, full, kind)) = kind.filter(|_| is_chinese(before(), next())) {
                        kind.add(span(), full.to_string());
                    }
                }
                '(' | ')' => {
                    let (outside, inside) = if c == '(' { (before(), next()) } else { (next(), before()) };
                    if inside.is_some_and(cjk::is_han) || outside.is_some_and(cjk::is_han) && !inside.is_some_and(|c| c.is_ascii_alphabetic()) {
                        brackets.add(span(), if c == '(' { "（" } else { "）" });
                    }
                }
                '，' | '、' | '；' | '：' | '。' => {
                    let other = others.get(number + 1).filter(|(other, _)| *other as usize == end()).map(|(_, other)| *other);
                    let right = match (c, other) {
                        ('，' | '、' | '；' | '：', Some('，' | '、' | '；' | '：' | '。')) => other,
                        ('。', Some('。' | '；' | '，' | '、')) => Some('。'),
                        _ => None,
                    };
                    if let Some(right) = right {
                        let length = 2 * c.len_utf8();
                        let pair = Some(block.text.span(at..at + length)).filter(|pair| pair.end - pair.start == length);
                        if let Some(pair) = pair {
                            doubled.add(pair, right);
                        }
                    }
                    let quoted = other.is_some_and(|c| matches!(c, '《' | '“') || cjk::is_blank(c));
                    if c == '、' && quoted && matches!((before(), next()), (Some('》'), Some('《')) | (Some('”'), Some('“'))) {
                        listed.add(span(), "");
                    }
                }
                _ => {}
            }
        }
    }
    for (half, full, kind) in half.into_iter().filter(|(.., kind)| !kind.places.is_empty()) {
        let message = |count| format!("用了半角的“{half}”，共{count}处，应为全角的“{full}”");
        // A question mark within a sentence may stand for a character that was lost.
        push(report, kind, message, &format!("改为全角“{full}”"), half != '?', Severity::Warning, out);
    }
    let message = |count| format!("用了半角括号，共{count}处，应为全角的“（）”");
    push(report, brackets, message, "改为全角括号", true, Severity::Warning, out);
    let message = |count| format!("两个标点连在一起，共{count}处");
    push(report, doubled, message, "只留一个标点", false, Severity::Warning, out);
    let message = |count| format!("并列的书名号、引号之间通常不用顿号，共{count}处");
    push(report, listed, message, "删去顿号", false, Severity::Info, out);
}

fn push(
    report: &Report<'_>,
    kind: Kind,
    message: impl Fn(usize) -> String,
    title: &str,
    safe: bool,
    severity: Severity,
    out: &mut Vec<Finding>,
) {
    let Some(&first) = kind.places.first() else { return };
    let count = kind.places.len();
    let mut finding = report.finding("punctuation", first, message(count)).at_most(severity).help(title).data("count", count);
    for &span in kind.places.iter().skip(1).take(SHOWN - 1) {
        finding = finding.related(span, "还有这里");
    }
    out.push(finding.fix(Fix { title: title.to_owned(), safe, edits: kind.edits }));
}

/// Whether a mark stands in Chinese text: a 汉字 or a Chinese mark on one side, and on the other no Latin word.
fn is_chinese(before: Option<char>, next: Option<char>) -> bool {
    let chinese = |c: Option<char>| c.is_some_and(|c| cjk::is_han(c) || matches!(c, '”' | '》' | '）' | '“' | '《' | '（'));
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '\\'));
    (chinese(before) || chinese(next)) && !latin(before) && !latin(next)
}
