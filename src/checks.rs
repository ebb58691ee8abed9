//! The checks. Each is a small file that reads like its rule; this is the list of all of them.

use crate::draft::Draft;
use crate::finding::Finding;
use crate::report::Report;
use crate::rulebook::Rulebook;

mod figures;
mod known_towns;
mod meetings;
mod milestones;
mod numbering;
mod own_patterns;
mod page_grid;
mod page_number;
mod persons;
mod suppress;
mod terms;
mod times;
mod topics;

/// Declares the checks: a file each, named like the rule.
macro_rules! checks {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// Every check with its rule.
        const CHECKS: &[(&str, fn(&Report<'_>, &mut Vec<Finding>))] = &[$({
            const RULE: [u8; stringify!($name).len()] = kebab(stringify!($name));
            (text(&RULE), $name::check)
        }),*];
    };
}

/// The name of a rule, from that of the file.
const fn kebab<const LENGTH: usize>(file: &str) -> [u8; LENGTH] {
    let (mut rule, mut at) = ([b'-'; LENGTH], 0);
    while at < LENGTH {
        if file.as_bytes()[at] != b'_' {
            rule[at] = file.as_bytes()[at];
        }
        at += 1;
    }
    rule
}

/// A name as a text; names are all ASCII.
const fn text(name: &[u8]) -> &str {
    match std::str::from_utf8(name) {
        Ok(name) => name,
        Err(_) => panic!("a name that is no text"),
    }
}

checks! {
    missing_section,
    incomplete_section,
    merged_section,
    empty_section,
    thin_section,
    missing_title,
    title_form,
    recipient,
    missing_signature,
    missing_date,
    date_form,
    document_number,
    request_in_report,
    rate_mismatch,
    unreachable_rate,
    impossible_figure,
    sum_mismatch,
    count_mismatch,
    change_mismatch,
    figure_conflict,
    approximation,
    misspelt_formula,
    incomplete_formula,
    wrong_term,
    law_name,
    law_status,
    anachronism,
    incomplete_meetings,
    wrong_year,
    stale_period,
    invalid_date,
    early_date,
    late_date,
    foreign_place,
    name_mismatch,
    copied_claim,
    personal_data,
    secrecy_mark,
    sensitive_count,
    numbering_gap,
    numbering_style,
    punctuation,
    unpaired_mark,
    numeral_form,
    leftover_text,
    placeholder,
    repeated_text,
    broken_paragraph,
    annotation_form,
    unfinished_edits,
    metadata,
    page_layout,
    page_fonts,
    duty_detail,
    duty_coverage,
    dimension_coverage,
    no_figures,
    unanswered_shortcoming,
    copied_passage,
    shared_passage,
    shared_figures,
    missing_mention,
    forbidden_wording,
    word_limit,
    section_order,
}

/// Checks a draft against a rulebook: the findings in the order of the text.
pub fn check(draft: &Draft, book: &Rulebook) -> Vec<Finding> {
    check_report(&Report::new(draft, book))
}

/// Checks a draft that has already been read with its rulebook.
pub fn check_report(report: &Report<'_>) -> Vec<Finding> {
    check_reports(std::slice::from_ref(report)).pop().unwrap_or_default()
}

/// Checks several drafts, each check over all of them in turn: the processor then holds its code, and has learnt its ways.
pub fn check_reports(reports: &[Report<'_>]) -> Vec<Vec<Finding>> {
    let wanted: Vec<_> = reports.iter().map(|report| report.book.wanted(CHECKS.iter().map(|(rule, _)| *rule))).collect();
    // More than most drafts have.
    let mut lists: Vec<Vec<Finding>> = reports.iter().map(|_| Vec::with_capacity(24)).collect();
    for (index, (rule, check)) in CHECKS.iter().enumerate() {
        for ((report, list), _) in reports.iter().zip(&mut lists).zip(&wanted).filter(|(_, wanted)| wanted[index]) {
            let first = list.len();
            check(report, list);
            // A few checks speak in the name of other rules too.
            if list[first..].iter().any(|finding| finding.rule != *rule) {
                keep_wanted(report, list, first);
            }
        }
    }
    for (report, list) in reports.iter().zip(&mut lists) {
        let first = list.len();
        own_patterns::check(report, list);
        keep_wanted(report, list, first);
        for finding in &mut *list {
            if finding.part.is_none() {
                finding.part = report.part_at(finding.span).map(str::to_owned);
            }
        }
        suppress::apply(report, list);
        list.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
        list.dedup();
    }
    lists
}

/// Leaves out what was found from number `first` on in the name of rules that are switched off.
fn keep_wanted(report: &Report<'_>, list: &mut Vec<Finding>, first: usize) {
    let found = list.split_off(first);
    list.extend(found.into_iter().filter(|finding| report.book.wants(&finding.rule)));
}

/// Whether a check speaks in the name of a rule.
pub fn is_known(rule: &str) -> bool {
    rule == suppress::RULE || CHECKS.iter().any(|(known, _)| *known == rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file, its rule and the rulebook's entry bear one name.
    #[test]
    fn every_check_has_its_rule() {
        let book = Rulebook::township();
        for (rule, _) in CHECKS {
            assert!(book.book().rules.contains_key(rule), "{rule}");
        }
    }
}
