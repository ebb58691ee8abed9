//! `incomplete-section`: a part is there but does not say what it must, most often the causes (规定 第二十五条（二）); or it
//! has less of something than its rulebook asks for, or is not set apart into items.
//!
//! Bad: `一是普法形式单一。二是人员业务不熟。` Good: `普法形式单一，原因是专职人员少。`

use crate::draft::{Block, Role, Section};
use crate::finding::{Finding, Severity};
use crate::report::{Found, Report};
use crate::rulebook::{Count, Counted, Grade, Must, Part};
use crate::spanned::Key;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for (key, part) in &report.book.book().parts {
        let places: Vec<&Found> = report.parts.get(key).collect();
        let Some(first) = places.first() else { continue };
        let texts: Vec<&Block> = places.iter().flat_map(|found| report.draft.prose(found.body.clone())).collect();
        if texts.is_empty() {
            continue;
        }
        let heading = &report.draft.blocks[first.heading];
        let asking = Asking { report, key, part, heading };
        for (name, must) in part.must.iter().filter(|(_, must)| must.severity != Some(Grade::Off)) {
            let said = |block: &&Block| !names(block, must) && says(block.text.text(), must);
            if !texts.iter().any(said) && !is_titled(report, &places, must) {
                out.push(asking.must(name, must));
            }
        }
        for (name, count) in &part.count {
            let counted = counted(report, key, &texts, count);
            if counted < count.at_least {
                out.extend(asking.count(name, count, counted));
            }
        }
        if part.itemised && report.item_marks(key) < 2 {
            let finding = asking.finding(&["itemised"], format!("“{}”没有分条写", part.title));
            out.push(finding.at_most(Severity::Warning).help("分条写：用（一）（二）的小标题，或者一是……二是……"));
        }
    }
}

/// A part that is asked for something.
struct Asking<'a, 'r> {
    report: &'a Report<'r>,
    key: &'a Key,
    part: &'a Part,
    heading: &'a Block,
}

impl Asking<'_, '_> {
    /// A finding at the heading, asked for by an entry under the part.
    fn finding(&self, path: &[&str], message: String) -> Finding {
        let path: Vec<&str> = ["parts", self.key.as_str()].into_iter().chain(path.iter().copied()).collect();
        let asked = self.report.book.book().origin(&path).unwrap_or(self.key.place);
        let finding = self.report.finding("incomplete-section", self.heading.span(), message).asked(asked);
        let finding = finding.data("section", self.key.as_str());
        match &self.part.basis {
            Some(basis) => finding.basis(basis.clone()),
            None => finding,
        }
    }

    fn must(&self, name: &str, must: &Must) -> Finding {
        let promised = self.heading.text.text().contains(name);
        let message = if promised {
            format!("标题写了“{name}”，下面却没有写{name}")
        } else {
            format!("“{}”里没有写{name}", self.part.title)
        };
        let mut finding = self.finding(&["must", name], message).data("missing", name);
        if let Some(severity) = must.severity.and_then(Grade::severity) {
            finding = finding.at_most(severity);
        }
        if let Some(help) = &must.help {
            finding = finding.help(help.clone());
        }
        if let Some(basis) = &must.basis {
            finding = finding.basis(basis.clone());
        }
        finding
    }

    fn count(&self, name: &str, count: &Count, counted: usize) -> Option<Finding> {
        let unit = match count.of {
            Counted::Words => "处",
            Counted::Figures => "个",
            Counted::Items => "条",
        };
        let message = format!("“{}”里“{name}”有{counted}{unit}，至少要{}{unit}", self.part.title, count.at_least);
        let mut finding = self.finding(&["count", name], message).at_most(count.severity.severity()?).data("counted", counted);
        finding = finding.help(count.help.clone().unwrap_or_else(|| format!("补到{}{unit}", count.at_least)));
        if let Some(basis) = &count.basis {
            finding = finding.basis(basis.clone());
        }
        Some(finding)
    }
}

fn counted(report: &Report<'_>, key: &str, texts: &[&Block], count: &Count) -> usize {
    match count.of {
        Counted::Words => texts.iter().map(|block| count.any.find_iter(block.text.text()).len()).sum(),
        Counted::Items => report.items(key).len(),
        Counted::Figures => {
            let within = |block: usize| report.parts.get(key).any(|found| found.body.contains(&block));
            report.ledger().figures().filter(|(block, _)| within(*block)).count()
        }
    }
}

/// Whether a heading of a part or within it says that it stands below, and text does.
fn is_titled(report: &Report<'_>, places: &[&Found], must: &Must) -> bool {
    let opens = |section: &&Section| places.iter().any(|found| found.heading == section.heading || found.body.contains(&section.heading));
    let has_text = |section: &Section| report.draft.prose(section.body.clone()).next().is_some();
    let sections = report.draft.sections.iter().filter(opens).filter(|section| has_text(section));
    sections.map(|section| &report.draft.blocks[section.heading]).any(|heading| names(heading, must))
}

/// Whether a block is a heading for what must be said.
pub(super) fn names(block: &Block, must: &Must) -> bool {
    matches!(block.role, Role::Heading(_)) && must.headings.is_match(&cjk::squeeze(block.text.text()))
}

/// Whether a sentence of a text says it: a match of `any` that no match of `not` touches.
fn says(text: &str, must: &Must) -> bool {
    must.any.may_match(text)
        && text.split(['。', '；']).any(|sentence| {
            if !must.not.may_match(sentence) {
                return must.any.is_match(sentence);
            }
            let found = must.any.find_iter(sentence);
            let not = if found.is_empty() { Vec::new() } else { must.not.find_iter(sentence) };
            found.iter().any(|found| !not.iter().any(|not| not.start < found.end && found.start < not.end))
        })
}
