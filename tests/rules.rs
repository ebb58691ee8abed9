//! The examples that stand in the rulebook are its tests.

use rlcheck::examples::{self, Failure};
use rlcheck::rulebook::{Config, embedded_names, load};
use rlcheck::{Rulebook, lint};

/// The shipped rulebooks that stand by themselves; the national layer leaves to others whom a report is addressed to.
fn names() -> impl Iterator<Item = &'static str> {
    embedded_names().filter(|name| *name != "national")
}

fn shipped(name: &str) -> Rulebook {
    let book = load(name, &|name, _| Err(name.to_owned())).unwrap_or_else(|error| panic!("{error}"));
    Rulebook::new(book, Config::default())
}

/// Every rule, term, formula, law, period and pattern brings examples of both kinds, and they hold.
#[test]
fn examples_hold() {
    for name in names() {
        let failures: Vec<Failure> = examples::test(&shipped(name)).failures;
        assert!(failures.is_empty(), "{name}: {failures:#?}");
    }
}

/// Nothing shipped is idle, hidden or contradicts itself, and the tables reach the year of the examples.
#[test]
fn shipped_rulebooks_are_in_order() {
    for name in embedded_names() {
        let found = lint::lint(shipped(name).book(), 2025);
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn messages_are_in_chinese_and_short() {
    let book = Rulebook::township();
    for (name, rule) in &book.book().rules {
        assert!(rule.title.chars().count() <= 16, "{name}: {}", rule.title);
        for example in &rule.bad {
            for finding in examples::findings(&book, example).expect("an example is a draft") {
                let english = finding.message.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 3);
                assert!(!english && finding.message.chars().count() <= 120, "{name}: {}", finding.message);
                assert!(finding.help.is_some(), "{} says how to mend it", finding.rule);
                assert!(finding.basis.is_some(), "{} says what it rests on", finding.rule);
            }
        }
    }
}

/// Only where a mark itself is spoken of does one stand within quotation marks of the same kind.
#[test]
fn messages_quote_once() {
    let book = Rulebook::township();
    let rules = book.book().rules.iter().flat_map(|(_, rule)| &rule.bad);
    let terms = book.book().terms.iter().flat_map(|(_, term)| &term.bad);
    for example in rules.chain(terms) {
        let findings = examples::findings(&book, example).expect("an example is a draft");
        for finding in findings.iter().filter(|finding| !["unpaired-mark", "punctuation"].contains(&finding.rule.as_str())) {
            for text in [Some(&finding.message), finding.help.as_ref()].into_iter().flatten() {
                let marks: String = text.chars().filter(|c| matches!(c, '“' | '”')).collect();
                assert_eq!(marks, "“”".repeat(marks.chars().count() / 2), "{}: {text}", finding.rule);
            }
        }
    }
}
