//! `unanswered-shortcoming`: a shortcoming of which no plan speaks.
//!
//! Bad: `数字化应用有待深化` and plans that never touch it. Good: a plan for each. Basis: practice of reviewers. A hint,
//! never more: any word in common with the plans is an answer, and any word of the same field. What is said of a
//! shortcoming belongs to it; causes that are listed apart are no shortcomings.

use std::ops::Range;

use memchr::memmem;

use super::incomplete_section;
use crate::draft::{Block, Role};
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
    for Lead { passage, range, item } in leads(report) {
        let lead = &passage.text()[range.clone()];
        // What is said of it touches other fields too: they count where it names none itself.
        let told = if answers.fields.values().any(|field| field.are_in(lead)) { lead } else { &item };
        if answers.fields.values().any(|field| field.are_in(told) && field.are_in(&plan)) {
            continue;
        }
        let planned = |word: &str| memmem::find(plan.as_bytes(), word.as_bytes()).is_some();
        let named = subject(answers, lead);
        let mut named = words(answers, &named, 2).peekable();
        if named.peek().is_some() && !named.any(planned) && !words(answers, &subject(answers, &item), 3).any(planned) {
            let message = format!("{}这个不足，下一年度安排里没有提到", cjk::quoted(lead));
            out.push(report.finding("unanswered-shortcoming", passage.span(range), message));
        }
    }
}

/// What names a shortcoming: a numbered heading, or the clause behind `一是`.
struct Lead<'a> {
    passage: &'a Passage<'a>,
    range: Range<usize>,
    /// All that is said of it.
    item: String,
}

/// The shortcomings of a report, its causes left out.
fn leads<'r>(report: &'r Report<'_>) -> Vec<Lead<'r>> {
    let mut leads = Vec::new();
    // The level of the heading below which causes stand, and whether the points at hand are causes.
    let (mut below, mut causes, mut announced) = (None, false, false);
    for passage in report.part_prose("shortcomings") {
        let block = &report.draft.blocks[passage.block];
        if let Role::Heading(heading) = &block.role {
            if below.is_some_and(|level| heading.level > level) {
                continue;
            }
            below = is_of_causes(report, block).then_some(heading.level);
            (causes, announced) = (false, false);
            if below.is_none() && heading.level > 1 && heading.number.is_some() {
                leads.push(Lead { passage, range: 0..passage.text().len(), item: section(report, passage.block) });
            }
            continue;
        }
        let text = passage.text();
        let points = if below.is_none() { points(text) } else { Vec::new() };
        for (index, &(number, at, from)) in points.iter().enumerate() {
            if number == 1 {
                causes = if at == 0 { announced } else { announces(report, &text[..at]) };
            }
            if !causes {
                let end = text[from..].find(['。', '；', '，']).map_or(text.len(), |end| from + end);
                let next = points.get(index + 1).map_or(text.len(), |(_, next, _)| *next);
                leads.push(Lead { passage, range: from..end, item: text[from..next].to_owned() });
            }
        }
        announced = announces(report, text);
    }
    leads.retain(|lead| !lead.range.is_empty());
    leads
}

/// Where the points of a text (`一是`) stand: number, start, and the byte behind their mark.
fn points(text: &str) -> Vec<(u32, usize, usize)> {
    memmem::find_iter(text.as_bytes(), "是")
        .filter_map(|at| {
            let (start, c) = text[..at].char_indices().next_back()?;
            let led = text[..start].chars().next_back().is_none_or(|c| "。；：，".contains(c));
            let number = cjk::digit(c).filter(|number| led && (1..=9).contains(number))?;
            Some((number, start, at + '是'.len_utf8()))
        })
        .collect()
}

/// Whether a heading is one for causes.
fn is_of_causes(report: &Report<'_>, heading: &Block) -> bool {
    let parts = report.book.book().parts.iter().filter(|(key, _)| key == "shortcomings");
    parts.flat_map(|(_, part)| part.must.values()).any(|must| incomplete_section::names(heading, must))
}

/// Whether the last sentence of a text announces causes: `产生上述问题的主要原因：`.
fn announces(report: &Report<'_>, text: &str) -> bool {
    let start = text.trim_end_matches(['。', '；']).rfind(['。', '；']).map_or(0, |at| at + '。'.len_utf8());
    report.book.book().answers.reasons.is_match(&text[start..])
}

/// A heading and all that stands below it.
fn section(report: &Report<'_>, heading: usize) -> String {
    let body = report.draft.sections.iter().find(|section| section.heading == heading).map_or(heading..heading, |section| section.body.clone());
    let texts = report.prose().filter(|passage| passage.block == heading || body.contains(&passage.block));
    texts.flat_map(|passage| [passage.text(), "\n"]).collect()
}

/// A shortcoming without the words of all of them. What is taken out leaves a line end, which no word holds.
fn subject(answers: &Answers, lead: &str) -> String {
    let without = |text: String, index: usize| text.replace(answers.common[index].as_str(), "\n");
    answers.common.indices_in(lead).into_iter().fold(lead.to_owned(), without)
}

/// The runs of so many characters that name its subject.
fn words<'a>(answers: &'a Answers, subject: &'a str, length: usize) -> impl Iterator<Item = &'a str> {
    let tells = |c: char| cjk::is_han(c) && !answers.particles.contain(c);
    let word = move |(start, _)| {
        let rest: &str = &subject[start..];
        let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
        let word = &rest[..end];
        (word.chars().filter(|c| tells(*c)).count() == length).then_some(word)
    };
    subject.char_indices().filter_map(word)
}
