//! The rulebook: what a report must have and how it must be written, as data that a county can change.
//!
//! Layers of YAML are laid over one another ([`load`]), checked, and made into a typed [`Book`]; a draft's own
//! `rlcheck.toml` ([`Config`]) is the topmost layer.

mod cases;
mod catalogue;
mod config;
mod embedded;
mod keys;
mod layer;
mod letters;
mod lexicon;
mod load;
mod own;
mod pattern;
mod phrases;
mod private;
mod required;
mod schema;
pub mod schemas;
mod valid;
mod words;

pub use cases::Case;
pub use catalogue::Rules;
pub use config::{Allow, Config};
pub use embedded::names as embedded_names;
pub use keys::{config_keys, rulebook_keys};
pub use letters::Letters;
pub use lexicon::{Family, Hit};
pub use load::{Fetch, Fetched, KEYS, RulebookError, load, load_to_check};
pub use own::{Count, Counted, Forbid, Length, Mention, Pattern};
pub use pattern::{Expression, Groups, Patterns};
pub use phrases::Phrases;
pub use private::Private;
pub use schema::{
    Book, Copying, County, Entries, FontForm, Grade, Must, PageForm, Part, RecipientForm, RequestForm, Rule, SignatureForm,
    TitleForm, Usual,
};
pub use words::{
    Answers, Citing, Committee, Dates, Day, Heads, Law, Leftover, MonthDay, Name, Period, Places, Repeated, Series, Set, Term,
    Times, Topic,
};

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::figures::Lexicon;
use crate::finding::Severity;

/// Everything a check knows besides the draft.
#[derive(Clone, Debug)]
pub struct Rulebook {
    book: Arc<Book>,
    lexicon: Arc<OnceLock<Lexicon>>,
    /// Whether the rule of each check is on, as the book alone has it.
    checks: Arc<OnceLock<Vec<bool>>>,
    /// What the drafter's own `rlcheck.toml` and the command line say.
    pub config: Config,
}

impl Rulebook {
    /// The shipped rulebook for townships.
    ///
    /// # Panics
    /// Never: the shipped rulebook is checked by a test.
    pub fn township() -> Self {
        match load("township", &|name, _| Err(format!("规则库里没有“{name}”"))) {
            Ok(book) => Self::new(book, Config::default()),
            Err(error) => panic!("the shipped rulebook is broken: {error}"),
        }
    }

    /// A rulebook with a configuration over it.
    pub fn new(book: Book, config: Config) -> Self {
        Self { book: Arc::new(book), lexicon: Arc::default(), checks: Arc::default(), config }
    }

    /// The same rulebook with another configuration over it.
    #[must_use]
    pub fn with_config(&self, config: Config) -> Self {
        Self { book: self.book.clone(), lexicon: self.lexicon.clone(), checks: self.checks.clone(), config }
    }

    /// The rules as data.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The words that tie figures, compiled when first asked for.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::new(&self.book.figures))
    }

    /// Builds now what searches fast. One draft is checked sooner without; a process that stays, and checks a text again with every
    /// key that is pressed, does this first, on the side.
    pub fn hasten(&self) {
        self.book.hasten();
        _ = self.lexicon();
    }

    /// Whether a rule is on.
    pub fn wants(&self, rule: &str) -> bool {
        self.severity(rule).is_some()
    }

    /// Whether the rule of each check is on; `rules` are those of all checks, in their order.
    pub(crate) fn wanted(&self, rules: impl Iterator<Item = &'static str>) -> Cow<'_, [bool]> {
        let Config { only, except, severity, .. } = &self.config;
        let list = || rules.map(|rule| self.wants(rule)).collect();
        let plain = only.is_none() && except.is_empty() && severity.is_empty();
        if plain { Cow::Borrowed(self.checks.get_or_init(list)) } else { Cow::Owned(list()) }
    }

    /// How much a rule's findings matter; `None` for a rule that is switched off or that nobody knows.
    pub fn severity(&self, rule: &str) -> Option<Severity> {
        self.severity_of(rule, self.book.rules.get(rule))
    }

    /// The same of a rule whose entry has been looked up.
    pub(crate) fn severity_of(&self, rule: &str, entry: Option<&Rule>) -> Option<Severity> {
        if self.config.only.as_ref().is_some_and(|only| !only.contains(rule)) || self.config.except.contains(rule) {
            return None;
        }
        let own = self.config.severity.get(rule).map(|grade| grade.value);
        own.or_else(|| entry.map(|rule| rule.severity)).and_then(Grade::severity)
    }
}
