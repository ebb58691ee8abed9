//! Topics of the rulebook ([`Topic`]) that a part of the report speaks of.

use crate::report::Report;
use crate::rulebook::{Literal, Topic};
use crate::spanned::Key;

/// The titles of the topics that no text of a part speaks of.
pub(super) fn missing<'r>(
    report: &'r Report<'_>,
    part: &str,
    topics: &'r [(Key, Topic)],
    index_of: impl Fn(Literal) -> Option<usize>,
) -> Vec<&'r str> {
    let held = report.parts.hold(part, report.draft.blocks.len());
    let mut spoken = vec![false; topics.len()];
    for passage in report.prose().filter(|passage| held[passage.block]) {
        passage.hits.iter().filter_map(|hit| index_of(hit.literal)).for_each(|index| spoken[index] = true);
    }
    topics.iter().zip(spoken).filter(|(_, spoken)| !spoken).map(|((_, topic), _)| topic.title.as_str()).collect()
}
