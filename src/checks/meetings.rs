//! Congresses and plenums in a text: `党的二十大`, `二十届二中、三中全会`.

use std::ops::Range;

use chrono::NaiveDate;

use crate::report::{Passage, Report};
use crate::rulebook::{Family, Hit};

/// One plenum that a text names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Index of the committee.
    pub(super) committee: usize,
    /// `二中`.
    pub(super) plenum: String,
    /// Where `二十届二中` stands.
    pub(super) range: Range<usize>,
}

/// The plenums that a text names, in order; `历次全会` and `历届全会` count as all of them (an empty name).
fn plenums_of(passage: &Passage<'_>, hits: &[Hit]) -> Vec<Named> {
    let text = passage.text();
    let mut named = Vec::new();
    for hit in hits {
        let (committee, range) = (hit.index(), hit.range());
        let mut at = range.end;
        if ["历次", "历届", "中央委员会历次"].iter().any(|all| text[at..].starts_with(all)) {
            named.push(Named { committee, plenum: String::new(), range });
            continue;
        }
        loop {
            let mut rest = text[at..].char_indices();
            let (Some((_, ordinal)), Some((_, '中')), end) = (rest.next(), rest.next(), rest.next()) else { break };
            if !"一二三四五六七八".contains(ordinal) {
                break;
            }
            let stop = end.map_or(text.len(), |(length, _)| at + length);
            named.push(Named { committee, plenum: format!("{ordinal}中"), range: range.start..stop });
            let next = text[stop..].trim_start_matches(['、', '和', '及', '与', '，']);
            let next = next
                .strip_prefix("全会")
                .map_or(next, |next| next.trim_start_matches("精神").trim_start_matches(['、', '和', '及', '与']));
            let next = text[text.len() - next.len()..].trim_start_matches("党的").trim_start_matches(&text[range.clone()]);
            at = text.len() - next.len();
        }
    }
    named
}

/// The plenums that a report names, with the texts that name them.
pub(super) fn plenums<'r, 'a>(report: &'r Report<'a>) -> impl Iterator<Item = (&'r Passage<'a>, Named)> {
    report
        .prose_with(Family::Committee)
        .flat_map(|(passage, hits)| plenums_of(passage, hits).into_iter().map(move |named| (passage, named)))
}

/// A congress or a plenum that a text names: the place, the name, and the day on which it ended.
pub(super) type Held<'r, 'a> = (&'r Passage<'a>, Range<usize>, String, NaiveDate);

/// Every congress and plenum that a report names.
pub(super) fn all<'r, 'a>(report: &'r Report<'a>) -> impl Iterator<Item = Held<'r, 'a>> {
    let committees = &report.book.book().committees;
    let congresses = report.prose_with(Family::Congress).flat_map(move |(passage, hits)| {
        hits.iter().map(move |hit| {
            let committee = &committees[hit.index()].1;
            (passage, hit.range(), committee.congress.clone(), committee.held.0)
        })
    });
    let plenums = plenums(report).filter_map(move |(passage, named)| {
        let (name, committee) = &committees[named.committee];
        let day = committee.plenums.get(&named.plenum)?.0;
        Some((passage, named.range, format!("{name}{}全会", named.plenum), day))
    });
    congresses.chain(plenums)
}
