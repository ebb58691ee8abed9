//! Rules of a rulebook's own ([`Pattern`]): one function for all of them.

use std::ops::Range;

use crate::finding::{Finding, Fix};
use crate::report::{Passage, Report, any_of};
use crate::rulebook::{Groups, Pattern};
use crate::text::cjk;

/// Finds what the own rules that are on are looking for.
pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for (name, pattern) in report.book.book().patterns.iter().filter(|(name, _)| report.book.wants(name)) {
        if !report.in_years(pattern.from, pattern.until) {
            continue;
        }
        for passage in report.prose() {
            if pattern.part.as_ref().is_some_and(|part| report.parts.at(passage.block) != Some(part)) {
                continue;
            }
            for groups in pattern.find.matches(passage.text()) {
                if let Some(Some(range)) = groups.first().cloned()
                    && applies(passage, &range, pattern)
                {
                    out.push(finding(report, passage, name, pattern, &range, &groups));
                }
            }
        }
    }
}

fn applies(passage: &Passage<'_>, range: &Range<usize>, pattern: &Pattern) -> bool {
    let text = passage.text();
    if range.is_empty() || !pattern.in_titles && passage.in_title(range.start) || passage.is_within(range, &pattern.not_in) {
        return false;
    }
    let clause = &text[passage.clause(range)];
    (pattern.near.is_empty() || any_of(clause, &pattern.near))
        && !any_of(&text[passage.sentence(range)], &pattern.not_near)
        && !pattern.not.find_iter(text).iter().any(|not| not.start < range.end && range.start < not.end)
}

fn finding(
    report: &Report<'_>,
    passage: &Passage<'_>,
    name: &str,
    pattern: &Pattern,
    range: &Range<usize>,
    groups: &Groups,
) -> Finding {
    let span = passage.span(range.clone());
    let written = |text: &str| filled(text, passage.text(), groups);
    // Rule, severity, help, basis and place are those of the rule in the catalogue.
    let finding = report.finding(name, span, written(&pattern.message));
    let Some(replacement) = &pattern.replacement else { return finding };
    let right = written(replacement);
    let title = if right.is_empty() { "删去".to_owned() } else { format!("改为{right}") };
    // Where the source has something between the characters (a line end, marks of Markdown), the drafter looks.
    let whole = report.draft.source.slice(span).chars().count() == passage.text()[range.clone()].chars().count();
    let help = pattern
        .help
        .clone()
        .unwrap_or_else(|| if right.is_empty() { "删去".to_owned() } else { format!("改为{}", cjk::quoted(&right)) });
    finding.help(help).fix(Fix::replace(title, pattern.safe && whole, span, right))
}

/// A text with `$0`, `$1` … filled in; `$$` is a `$`.
fn filled(text: &str, found: &str, groups: &Groups) -> String {
    let (mut filled, mut chars) = (String::new(), text.chars().peekable());
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().filter(|_| c == '$');
        match (next, next.and_then(|next| next.to_digit(10))) {
            (_, Some(number)) => {
                chars.next();
                let group = groups.get(number as usize).cloned().flatten();
                filled.push_str(group.map_or("", |range| &found[range]));
            }
            (Some('$'), _) => {
                chars.next();
                filled.push('$');
            }
            _ => filled.push(c),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_filled_in() {
        let groups: Groups = vec![Some(0..9), Some(0..3), None];
        assert_eq!(filled("“$0”里的$1$2，$$5", "甲乙丙", &groups), "“甲乙丙”里的甲，$5");
    }
}
