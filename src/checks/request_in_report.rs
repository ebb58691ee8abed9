//! `request-in-report`: a report asks for a decision (条例 第十五条（四）).
//!
//! Bad: `以上报告妥否，请批示。` Good: `特此报告。`

use std::collections::BTreeSet;

use memchr::memmem::Finder;

use crate::finding::Finding;
use crate::report::Report;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let form = &report.book.book().request;
    let words: Vec<Finder<'_>> = form.words.iter().map(Finder::new).collect();
    let asks = |text: &str| words.iter().any(|word| word.find(text.as_bytes()).is_some());
    let asking: BTreeSet<usize> = words.iter().flat_map(|word| report.first_in_prose(word)).map(|(passage, _)| passage.block).collect();
    for block in asking.into_iter().flat_map(|block| report.draft.prose(block..block + 1)) {
        let text = block.text.text();
        let marks = block.text.signs().others.iter().filter(|(_, c)| matches!(c, '。' | '！' | '；'));
        let ends = marks.map(|(at, c)| *at as usize + c.len_utf8()).chain([text.len()]);
        let mut behind = 0;
        for end in ends {
            let start = std::mem::replace(&mut behind, end);
            let sentence = &text[start..end];
            if !asks(sentence) {
                continue;
            }
            let quoted = |at: usize| sentence[..at].matches(['“', '《']).count() > sentence[..at].matches(['”', '》']).count();
            if let Some(found) = form.phrases.find_iter(sentence).into_iter().find(|found| !quoted(found.start)) {
                let span = block.text.span(start + found.start..start + found.end);
                let phrase = &sentence[found];
                out.push(report.finding("request-in-report", span, format!("{}是请示用语，不能写进报告", cjk::quoted(phrase.trim_end_matches(['。', '！'])))));
            }
        }
    }
}
