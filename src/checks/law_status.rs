//! `law-status`: a law is cited that was no longer, or not yet, in force.
//!
//! Bad: `依据《婚姻法》调解离婚纠纷19件。` Good: `依据民法典调解离婚纠纷19件。` Basis: the law's own last article.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use crate::finding::Finding;
use crate::report::{Passage, Report, any_of};
use crate::rulebook::{Citing, Family, Law};

use super::times;

/// How many days a law is known before it comes into force, where the rulebook does not say when it was passed.
const MADE_KNOWN: i64 = 120;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let (Some(as_of), Some(start)) = (report.as_of(), report.year_start()) else { return };
    let words = &report.book.book().citing;
    for (passage, hits) in report.prose_with(Family::Law) {
        for hit in hits {
            let (name, law) = &report.book.book().laws[hit.index()];
            let range = hit.range();
            if !is_cited(words, passage, &range, law) {
                continue;
            }
            let sentence = &passage.text()[passage.sentence(&range)];
            let span = passage.span(range.clone());
            // 1998年的纠纷适用《婚姻法》, 从《婚姻法》到民法典: told of its own time, or of how another followed it.
            let of_its_time = |until: NaiveDate| times::years(sentence).any(|(_, year)| year < until.year_ce().1);
            let follows = |by: &String| ["到", "至"].iter().any(|word| sentence.contains(&[word, by.as_str()].concat()));
            let followed = law.by.as_ref().is_some_and(follows);
            if law.until.is_some_and(|day| day.0 <= start && !of_its_time(day.0)) && !followed && !any_of(sentence, &words.repealed) {
                let message = format!("《{name}》已经废止{}", law.by.as_ref().map(|by| format!("，现行的是{by}")).unwrap_or_default());
                let mut finding = report.finding("law-status", span, message).asked(name.place);
                if let Some(by) = &law.by {
                    finding = finding.help(format!("改引{by}"));
                }
                out.push(finding);
            } else if let Some(day) = law.from.filter(|day| day.0 > as_of)
                && !times::looks_ahead(&report.book.book().times, sentence)
                && !any_of(sentence, &words.coming)
                && !(is_passed(law, day.0, as_of) && is_learned(words, passage, &range))
            {
                    let message = format!("《{name}》自{}起施行，写报告时还没有施行", day.0.format("%Y年%-m月%-d日"));
                    out.push(report.finding("law-status", span, message).asked(name.place).help("核对报告年度，删去或改引当时有效的规定"));
            }
        }
    }
}

/// Whether a law that comes into force on `day` was passed by `as_of`, as far as is known.
fn is_passed(law: &Law, day: NaiveDate, as_of: NaiveDate) -> bool {
    law.passed.map_or(day - TimeDelta::days(MADE_KNOWN), |passed| passed.0) <= as_of
}

/// Whether the sentence tells how the law was learned and made known: `宣传《法律援助法》2次`.
fn is_learned(words: &Citing, passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let (text, sentence) = (passage.text(), passage.sentence(range));
    any_of(&text[sentence.start..range.start], &words.learning) || any_of(&text[range.end..sentence.end], &words.learning)
}

/// Whether the words are the name of the law and not a piece of something longer.
fn is_cited(words: &Citing, passage: &Passage<'_>, range: &Range<usize>, law: &Law) -> bool {
    let text = passage.text();
    if passage.is_within(range, &law.not_in) {
        return false;
    }
    let (before, after) = (&text[..range.start], &text[range.end..]);
    if after.starts_with(|c| words.not_before.contains(c)) {
        return false;
    }
    // 省信访条例 and the like are other laws; what no mark or verb parts from the name may be one.
    before.is_empty()
        || before.ends_with(|c: char| !crate::text::cjk::is_han(c) && c != '》')
        || words.verbs.iter().any(|verb| before.ends_with(verb.as_str()))
}
