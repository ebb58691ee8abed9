//! A draft read with a rulebook: which parts it has, whose report it is and of which year.

mod identity;
mod items;
mod parts;

pub use identity::{Identity, town_of};
pub use items::Item;
pub use parts::{Found, How, Parts};

use std::sync::OnceLock;

use crate::draft::{DateText, Draft};
use crate::figures::Ledger;
use crate::finding::{Finding, Severity};
use crate::rulebook::Rulebook;
use crate::text::Span;

/// A draft as the checks see it.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// The rulebook it is read with.
    pub book: &'a Rulebook,
    /// Its required parts.
    pub parts: Parts,
    /// Whose it is, and of which year.
    pub identity: Identity,
    /// Last year's report, where it lies beside this one.
    pub last: Option<&'a Draft>,
    ledger: OnceLock<Ledger>,
}

impl<'a> Report<'a> {
    /// Reads a draft with a rulebook.
    pub fn new(draft: &'a Draft, book: &'a Rulebook) -> Self {
        let parts = Parts::of(draft, &book.book().parts);
        let identity = Identity::of(draft, &book.config);
        Self { draft, book, parts, identity, last: None, ledger: OnceLock::new() }
    }

    /// The same with last year's report beside it.
    #[must_use]
    pub fn beside(self, last: Option<&'a Draft>) -> Self {
        Self { last, ..self }
    }

    /// A finding of `rule` at `span`, with the severity, help and basis that the rulebook gives the rule.
    pub fn finding(&self, rule: &str, span: Span, message: impl Into<String>) -> Finding {
        let severity = self.book.severity(rule).unwrap_or(Severity::Info);
        let entry = self.book.book().rules.get(rule);
        Finding {
            help: entry.and_then(|rule| rule.help.clone()),
            basis: entry.and_then(|rule| rule.basis.clone()),
            ..Finding::new(rule, severity, span, message)
        }
    }

    /// The figures of the draft and what it says about them, read when first asked for.
    pub fn ledger(&self) -> &Ledger {
        self.ledger.get_or_init(|| Ledger::of(self.draft, self.book.lexicon()))
    }

    /// The key of the required part in which a byte of the source stands.
    pub fn part_at(&self, span: Span) -> Option<&str> {
        let block = self.draft.blocks.partition_point(|block| block.span().start <= span.start).checked_sub(1)?;
        self.parts.at(block)
    }

    /// Text of the rulebook with `{year}` and `{next}` filled in: `2025年度`, or `上一年度` where the year is not known.
    pub fn fill(&self, text: &str) -> String {
        let year = |year: u32| format!("{year}年度");
        let this = self.identity.year.map_or_else(|| "上一年度".to_owned(), year);
        let next = self.identity.year.map_or_else(|| "下一年度".to_owned(), |this| year(this + 1));
        text.replace("{year}", &this).replace("{next}", &next)
    }

    /// 成文日期, if the draft bears one.
    pub fn date(&self) -> Option<DateText> {
        self.draft.date().map(|(_, date)| date)
    }
}
