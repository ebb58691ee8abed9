//! `request-in-report`: a report asks for a decision (条例 第十五条（四）).
//!
//! Bad: `以上报告妥否，请批示。` Good: `特此报告。`

use crate::finding::Finding;
use crate::report::Report;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let form = &report.book.book().request;
    for block in report.draft.prose(0..report.draft.blocks.len()) {
        let text = block.text.text();
        if !form.phrases.may_match(text) {
            continue;
        }
        let mut start = 0;
        for sentence in text.split_inclusive(['。', '！', '；']) {
            let quoted = |at: usize| sentence[..at].matches(['“', '《']).count() > sentence[..at].matches(['”', '》']).count();
            if form.words.are_in(sentence)
                && let Some(found) = form.phrases.find_iter(sentence).into_iter().find(|found| !quoted(found.start)) {
                let span = block.text.span(start + found.start..start + found.end);
                let phrase = &sentence[found];
                out.push(report.finding("request-in-report", span, format!("“{}”是请示用语，不能写进报告", phrase.trim_end_matches(['。', '！']))));
            }
            start += sentence.len();
        }
    }
}
