//! Congresses and plenums in a text: `党的二十大`, `二十届二中、三中全会`.

use std::ops::Range;

use chrono::NaiveDate;

use crate::report::{Passage, Report};
use crate::rulebook::Literal;

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
pub(super) fn plenums(passage: &Passage<'_>) -> Vec<Named> {
    let text = passage.text();
    let mut named = Vec::new();
    for hit in &passage.hits {
        let Literal::Committee(committee) = hit.literal else { continue };
        let mut at = hit.range.end;
        if ["历次", "历届", "中央委员会历次"].iter().any(|all| text[at..].starts_with(all)) {
            named.push(Named { committee, plenum: String::new(), range: hit.range.clone() });
            continue;
        }
        loop {
            let mut rest = text[at..].char_indices();
            let (Some((_, ordinal)), Some((_, '中')), end) = (rest.next(), rest.next(), rest.next()) else { break };
            if !"一二三四五六七八".contains(ordinal) {
                break;
            }
            let stop = end.map_or(text.len(), |(length, _)| at + length);
            named.push(Named { committee, plenum: format!("{ordinal}中"), range: hit.range.start..stop });
            let next = text[stop..].trim_start_matches(['、', '和', '及', '与', '，']);
            let next = next.strip_prefix("全会").map_or(next, |next| next.trim_start_matches(['、', '和', '及', '与']));
            let next = text[text.len() - next.len()..].trim_start_matches("党的").trim_start_matches(&text[hit.range.clone()]);
            at = text.len() - next.len();
        }
    }
    named
}

/// Every congress and plenum that a text names, with the day on which it ended.
pub(super) fn all(report: &Report<'_>, passage: &Passage<'_>) -> Vec<(Range<usize>, String, NaiveDate)> {
    let is_one = |literal| matches!(literal, Literal::Congress(_) | Literal::Committee(_));
    if !passage.hits.iter().any(|hit| is_one(hit.literal)) {
        return Vec::new();
    }
    let committees = &report.book.book().committees;
    let congresses = passage.hits.iter().filter_map(|hit| match hit.literal {
        Literal::Congress(index) => {
            let committee = &committees[index].1;
            Some((hit.range.clone(), committee.congress.clone(), committee.held.0))
        }
        _ => None,
    });
    let plenums = plenums(passage).into_iter().filter_map(|named| {
        let (name, committee) = &committees[named.committee];
        let day = committee.plenums.get(&named.plenum)?.0;
        Some((named.range, format!("{name}{}全会", named.plenum), day))
    });
    congresses.chain(plenums).collect()
}
