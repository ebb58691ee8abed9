//! Topics of the rulebook ([`Topic`]) that a part of the report speaks of.

use crate::report::Report;
use crate::rulebook::{Family, Topic};
use crate::spanned::Key;

/// The titles of the topics that no text of a part speaks of; `family` is that of their literals.
pub(super) fn missing<'r>(report: &'r Report<'_>, part: &str, topics: &'r [(Key, Topic)], family: Family) -> Vec<&'r str> {
    let held = report.parts.hold(part, report.draft.blocks.len());
    let mut spoken = vec![false; topics.len()];
    for (_, hits) in report.prose_with(family).filter(|(passage, _)| held[passage.block]) {
        for hit in hits {
            spoken[hit.index()] = true;
        }
    }
    topics.iter().zip(spoken).filter(|(_, spoken)| !spoken).map(|((_, topic), _)| topic.title.as_str()).collect()
}
