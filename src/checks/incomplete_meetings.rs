//! `incomplete-meetings`: the list of plenums ends before the newest of the year, or the list of congresses does.
//!
//! Bad: `贯彻党的二十大和二十届二中全会精神` in a report on 2024. Good: `…二十届二中、三中全会精神`,
//! `二十届历次全会精神`. Basis: the dates in rules/periods.yaml.

use crate::finding::Finding;
use crate::report::{Passage, Report};
use crate::rulebook::{Committee, Family};

use super::meetings::{self, Named};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let committees = &report.book.book().committees;
    let end = report.year_start().and_then(|day| day.checked_add_months(chrono::Months::new(12)));
    // A report written before the end of its year can know no more than its day does.
    let Some(year_end) = end.into_iter().chain(report.as_of()).min() else { return };
    let named: Vec<(&Passage<'_>, Named)> = meetings::plenums(report).collect();
    let speaks_of = |index: usize| {
        let mut congresses = report.prose_with(Family::Congress).flat_map(|(_, hits)| hits);
        congresses.any(|hit| hit.index() == index) || named.iter().any(|(_, named)| named.committee == index)
    };
    for (index, (name, committee)) in committees.iter().enumerate() {
        let of_it = || named.iter().filter(|(_, named)| named.committee == index);
        let spirit = of_it().find(|(passage, named)| passage.text()[passage.sentence(&named.range)].contains("精神"));
        let Some((passage, first)) = spirit else { continue };
        let newer = committees
            .iter()
            .enumerate()
            .find(|(other, (_, newer))| newer.held > committee.held && newer.held.0 < year_end && !speaks_of(*other));
        // A list is whole by itself; what the plans take up does not make it so.
        let sentence = passage.sentence(&first.range);
        let is_list = of_it().filter(|(other, named)| std::ptr::eq(*other, *passage) && sentence.contains(&named.range.start)).count() > 1;
        let planned = |passage: &Passage<'_>| is_list && report.parts.at(passage.block) == Some("plan");
        let missing = match newer {
            Some((_, (_, newer))) => newer.congress.clone(),
            None => match newest(committee, year_end) {
                Some(plenum)
                    if of_it()
                        .filter(|(other, _)| !planned(other) || std::ptr::eq(*other, *passage))
                        .all(|(_, named)| named.plenum != plenum && !named.plenum.is_empty()) =>
                {
                    format!("{name}{plenum}全会")
                }
                _ => continue,
            },
        };
        if newer.is_none() && committees.iter().enumerate().any(|(other, (_, newer))| newer.held > committee.held && speaks_of(other)) {
            continue;
        }
        let message = format!("会议列举不完整，没有写{missing}");
        let finding = report.finding("incomplete-meetings", passage.span(first.range.clone()), message).asked(name.place);
        out.push(finding.help(format!("补上{missing}，或者写“{name}历次全会”")));
    }
}

/// The newest plenum before a day.
fn newest(committee: &Committee, before: chrono::NaiveDate) -> Option<&str> {
    committee.plenums.iter().filter(|(_, day)| day.0 < before).max_by_key(|(_, day)| **day).map(|(name, _)| name.as_str())
}
