//! `unanswered-shortcoming`: a shortcoming of which no plan speaks.
//!
//! Bad: `数字化应用有待深化` and plans that never touch it. Good: a plan for each. Basis: practice of reviewers. A hint,
//! never more: any word in common with the plans is an answer, and any word of the same field.

use std::ops::Range;

use memchr::memmem;

use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::rulebook::Answers;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let merged = report.parts.merged.iter().any(|(_, keys)| keys.iter().any(|key| key == "plan" || key == "shortcomings"));
    if merged || !report.parts.has("plan") {
        return;
    }
    let held = report.parts.hold("plan", report.draft.blocks.len());
    let mut plan = String::new();
    for passage in report.prose().filter(|passage| held[passage.block]) {
        plan.push_str(passage.text());
        plan.push('\n');
    }
    if plan.chars().count() < 80 {
        return;
    }
    let answers = &report.book.book().answers;
    for passage in report.part_prose("shortcomings") {
        for range in leads(report, passage) {
            let lead = &passage.text()[range.clone()];
            if answers.fields.values().any(|field| field.are_in(lead) && field.are_in(&plan)) {
                continue;
            }
            let subject = subject(answers, lead);
            let mut words = words(answers, &subject).peekable();
            let planned = |word: &str| memmem::find(plan.as_bytes(), word.as_bytes()).is_some();
            if words.peek().is_some() && !words.any(planned) {
                let message = format!("“{lead}”这个不足，下一年度安排里没有提到");
                out.push(report.finding("unanswered-shortcoming", passage.span(range), message));
            }
        }
    }
}

/// What names a shortcoming: a numbered heading, or the clause behind `一是`.
fn leads(report: &Report<'_>, passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.text();
    let block = &report.draft.blocks[passage.block];
    if let crate::draft::Role::Heading(heading) = &block.role {
        let itemised = heading.level > 1 && heading.number.is_some();
        return itemised.then_some(0..text.len()).into_iter().collect();
    }
    memmem::find_iter(text.as_bytes(), "是")
        .filter_map(|at| {
            let (start, c) = text[..at].char_indices().next_back()?;
            let led = text[..start].chars().next_back().is_none_or(|c| "。；：，".contains(c));
            let from = at + '是'.len_utf8();
            let end = text[from..].find(['。', '；', '，']).map_or(text.len(), |end| from + end);
            (cjk::digit(c).is_some_and(|n| (1..=9).contains(&n)) && led && end > from).then_some(from..end)
        })
        .collect()
}

/// A shortcoming without the words of all of them. What is taken out leaves a line end, which no word holds.
fn subject(answers: &Answers, lead: &str) -> String {
    let without = |text: String, index: usize| text.replace(answers.common[index].as_str(), "\n");
    answers.common.indices_in(lead).into_iter().fold(lead.to_owned(), without)
}

/// The pairs of characters that name its subject.
fn words<'a>(answers: &Answers, subject: &'a str) -> impl Iterator<Item = &'a str> {
    let tells = |c: char| cjk::is_han(c) && !answers.particles.contain(c);
    let pairs = subject.char_indices().zip(subject.char_indices().skip(1));
    let pairs = pairs.filter(move |((_, one), (_, next))| tells(*one) && tells(*next));
    pairs.map(|((start, _), (at, next))| &subject[start..at + next.len_utf8()])
}
