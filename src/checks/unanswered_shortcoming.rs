//! `unanswered-shortcoming`: a shortcoming of which no plan speaks.
//!
//! Bad: `数字化应用有待深化` and plans that never touch it. Good: a plan for each. Basis: practice of reviewers. A hint,
//! never more: any word in common with the plans is an answer.

use std::ops::Range;

use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::text::cjk;

/// Characters that make up the words of every shortcoming, and none of its subject.
const COMMON: &str = "的了在和与及有待还需仍不够足强高低弱深入提升加强完善进一步存在短板薄弱工作方面水平能力意识问题部分个别少数法治建设推进力度面度性化上中对于是较尚未到位全新镇乡村政府";

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let merged = report.parts.merged.iter().any(|(_, keys)| keys.iter().any(|key| key == "plan" || key == "shortcomings"));
    if merged || !report.parts.has("plan") {
        return;
    }
    let text_of = |key: &str| -> String {
        let holds = |block: usize| report.parts.get(key).any(|found| found.heading == block || found.body.contains(&block));
        report.prose().filter(|passage| holds(passage.block)).map(|passage| passage.text().to_owned() + "\n").collect()
    };
    let plan = text_of("plan");
    if plan.chars().count() < 80 {
        return;
    }
    for passage in report.part_prose("shortcomings") {
        for range in leads(report, passage) {
            let lead = &passage.text()[range.clone()];
            let words = words(lead);
            if !words.is_empty() && !words.iter().any(|word| plan.contains(word.as_str())) {
                let message = format!("不足“{lead}”在下一年度安排里没有回应");
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
        return if heading.level > 1 && heading.number.is_some() { vec![0..text.len()] } else { Vec::new() };
    }
    text.match_indices('是')
        .filter_map(|(at, _)| {
            let (start, c) = text[..at].char_indices().next_back()?;
            let led = text[..start].chars().next_back().is_none_or(|c| "。；：，".contains(c));
            let from = at + '是'.len_utf8();
            let end = text[from..].find(['。', '；', '，']).map_or(text.len(), |end| from + end);
            (cjk::digit(c).is_some_and(|n| (1..=9).contains(&n)) && led && end > from).then_some(from..end)
        })
        .collect()
}

/// The pairs of characters that name its subject.
fn words(lead: &str) -> Vec<String> {
    let chars: Vec<char> = lead.chars().collect();
    chars
        .windows(2)
        .filter(|pair| pair.iter().all(|c| cjk::is_han(*c) && !COMMON.contains(*c)))
        .map(|pair| pair.iter().collect())
        .collect()
}
