//! `missing-mention`: the report does not speak of something that its rulebook asks for, an item of the county's plan
//! of work for instance.
//!
//! Bad: a report of a county that asks for 履职事项清单 without a word of it. Good: one sentence that tells of it.

use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::rulebook::Mention;
use crate::text::{Span, cjk};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for (key, mention) in &report.book.book().mentions {
        let Some(severity) = mention.severity.severity().filter(|_| report.in_years(mention.from, mention.until)) else {
            continue;
        };
        // A part that is not there at all is the business of another rule.
        let (place, title) = match &mention.part {
            Some(part) => {
                let Some(found) = report.parts.get(part).next() else { continue };
                let title = report.book.book().parts.iter().find(|(key, _)| key == part).map(|(_, part)| part.title.as_str());
                (report.draft.blocks[found.heading].span(), title)
            }
            None => (report.head(), None),
        };
        if report.prose().filter(|passage| is_part(report, passage, mention)).any(|passage| says(passage, mention)) {
            continue;
        }
        let message = mention.message.clone().unwrap_or_else(|| match title {
            Some(title) => format!("“{title}”里没有写{}", cjk::quoted(key)),
            None => format!("没有写{}", cjk::quoted(key)),
        });
        let mut finding =
            report.finding(Mention::RULE, place, message).asked(key.place).at_most(severity).data("mention", key.as_str());
        finding.part.clone_from(&mention.part);
        if let Some(help) = &mention.help {
            finding = finding.help(help.clone());
        }
        if let Some(basis) = &mention.basis {
            finding = finding.basis(basis.clone());
        }
        out.push(finding);
    }
}

/// Whether a text stands where the mention is sought: in any of the places of its part.
fn is_part(report: &Report<'_>, passage: &Passage<'_>, mention: &Mention) -> bool {
    let holds =
        |part: &String| report.parts.get(part).any(|found| found.heading == passage.block || found.body.contains(&passage.block));
    mention.part.as_ref().is_none_or(holds)
}

/// Whether a sentence of a text speaks of it: a match of `any` that no match of `not` touches.
fn says(passage: &Passage<'_>, mention: &Mention) -> bool {
    passage.text().split(['。', '；']).any(|sentence| {
        let found = mention.any.find_iter(sentence);
        let not = if found.is_empty() { Vec::new() } else { mention.not.find_iter(sentence) };
        found.iter().any(|found| !not.iter().any(|not| not.start < found.end && found.start < not.end))
    })
}

impl Report<'_> {
    /// Where something is said of the report as a whole: its title, or its first character.
    pub(super) fn head(&self) -> Span {
        let start = self.draft.blocks.first().map_or(0, |block| block.span().start);
        self.draft.title().map_or(Span::new(start, start), crate::draft::Block::span)
    }
}
