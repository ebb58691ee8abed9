//! The examples of a rulebook, with what each is to prove.

use super::own::{Forbid, Mention};
use super::schema::{Book, Grade};
use crate::spanned::Place;

/// One rule's or one entry's examples.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The key of the rulebook under which it stands: `rules`, `terms`.
    pub family: &'static str,
    /// The rule's name, or the key of the entry.
    pub key: &'a str,
    /// The rules of which one must speak.
    pub rules: Vec<&'a str>,
    /// Texts in which one must.
    pub bad: &'a [String],
    /// Texts in which none may.
    pub good: &'a [String],
    /// The part of a report that a sentence stands in, where it matters.
    pub part: Option<&'a str>,
    /// The year of the report that a sentence is put into, where the entry does not hold for every year.
    pub year: Option<u32>,
    /// The entry; only what it asks for counts where its rules speak for other entries of the same book too.
    pub asked: Option<Place>,
    /// Whether its examples stand elsewhere: with the entries that the rule speaks for.
    pub borrowed: bool,
}

impl Case<'_> {
    /// Where it stands in the rulebook.
    pub fn path(&self) -> Vec<&str> {
        vec![self.family, self.key]
    }
}

impl Book {
    /// The examples of all rules and of all entries that are words.
    pub fn cases(&self) -> Vec<Case<'_>> {
        macro_rules! cases {
            ($($family:ident: $rules:expr),* $(,)?) => {{
                let mut cases = Vec::new();
                $(cases.extend(self.$family.iter().map(|(key, entry)| Case {
                    rules: $rules.to_vec(),
                    ..case(stringify!($family), key, &entry.bad, &entry.good)
                }));)*
                cases
            }};
        }
        let mut cases = self.cases_of_rules();
        cases.extend(cases! {
            names: ["misspelt-formula"],
            series: ["incomplete-formula"],
            sets: ["incomplete-formula"],
            laws: ["law-status"],
            periods: ["anachronism"],
            committees: ["anachronism", "incomplete-meetings"],
        });
        cases.extend(self.terms.iter().map(|(key, term)| {
            let forbidden = *term.rule == *Forbid::RULE;
            Case {
                rules: vec![term.rule.as_str()],
                part: term.part.as_deref(),
                year: year(term.from, term.until),
                asked: forbidden.then_some(key.place),
                ..case(if forbidden { "forbid" } else { "terms" }, key, &term.bad, &term.good)
            }
        }));
        let mentions = self.mentions.iter().filter(|(_, mention)| mention.severity != Grade::Off);
        cases.extend(mentions.map(|(key, mention)| Case {
            rules: vec![Mention::RULE],
            part: mention.part.as_deref(),
            year: year(mention.from, mention.until),
            asked: Some(key.place),
            ..case("mentions", key, &mention.bad, &mention.good)
        }));
        cases
    }

    fn cases_of_rules(&self) -> Vec<Case<'_>> {
        let rules = self.rules.iter().map(|(name, rule)| {
            let own = self.patterns.iter().find(|(key, _)| key.name == *name).map(|(_, pattern)| pattern);
            Case {
                rules: vec![name.as_str()],
                part: rule.part.as_deref(),
                year: own.and_then(|pattern| year(pattern.from, pattern.until)),
                borrowed: rule.needs.is_some(),
                ..case(if own.is_some() { "patterns" } else { "rules" }, name, &rule.bad, &rule.good)
            }
        });
        rules.collect()
    }
}

fn case<'a>(family: &'static str, key: &'a str, bad: &'a [String], good: &'a [String]) -> Case<'a> {
    Case { family, key, rules: Vec::new(), bad, good, part: None, year: None, asked: None, borrowed: false }
}

/// A year for which an entry holds, if the usual one is none.
fn year(from: Option<u32>, until: Option<u32>) -> Option<u32> {
    /// The year of the report that examples are put into.
    const USUAL: u32 = 2025;
    from.filter(|&from| from > USUAL).or(until.filter(|&until| until < USUAL))
}
