//! A draft read with a rulebook: which parts it has, whose report it is and of which year.

mod hits;
mod identity;
mod items;
mod neighbours;
mod parts;
mod whole;
mod words;

pub use identity::{Identity, town_of, year_in};
pub use items::Item;
pub use neighbours::{Neighbour, Neighbours};
pub use parts::{Found, How, Parts};
pub use words::{Passage, any_of};

use std::sync::OnceLock;

use chrono::{Days, NaiveDate};

use crate::draft::{Block, DateText, Draft, Role};
use crate::figures::{Entry, Ledger};
use crate::finding::{Finding, Severity};
use crate::rulebook::{Hit, Rule, Rulebook};
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
    /// Reports of other towns, where they are checked in the same run.
    pub neighbours: Option<&'a Neighbours>,
    ledger: OnceLock<Ledger<'a>>,
    words: OnceLock<Words<'a>>,
    whole: OnceLock<whole::Whole>,
    /// Where the terms of the rulebook stand.
    terms: OnceLock<Vec<Hit>>,
}

/// The texts of a draft, and the literals of the rulebook in them.
#[derive(Clone, Debug)]
struct Words<'a> {
    passages: Vec<Passage<'a>>,
    hits: hits::Hits,
}

impl<'a> Report<'a> {
    /// Reads a draft with a rulebook.
    pub fn new(draft: &'a Draft, book: &'a Rulebook) -> Self {
        let identity = Identity::of(draft, &book.config);
        let parts = Parts::of(draft, book.book(), identity.year);
        Self {
            draft,
            book,
            parts,
            identity,
            last: None,
            neighbours: None,
            ledger: OnceLock::new(),
            words: OnceLock::new(),
            whole: OnceLock::new(),
            terms: OnceLock::new(),
        }
    }

    /// The same with last year's report beside it.
    #[must_use]
    pub fn beside(self, last: Option<&'a Draft>) -> Self {
        Self { last, ..self }
    }

    /// The same with reports of other towns beside it.
    #[must_use]
    pub fn among(self, neighbours: Option<&'a Neighbours>) -> Self {
        Self { neighbours, ..self }
    }

    /// A finding of `rule` at `span`, with the severity, help and basis that the rulebook gives the rule.
    pub fn finding(&self, rule: &str, span: Span, message: impl Into<String>) -> Finding {
        let (bare, entry) = self.bare_finding(rule, span, message);
        Finding {
            help: entry.and_then(|rule| rule.help.clone()),
            basis: entry.and_then(|rule| rule.basis.clone()),
            asked: entry.map(|rule| rule.place),
            ..bare
        }
    }

    /// The same without help, basis and place in the rulebook, and the rulebook's entry of the rule, which has them.
    pub(crate) fn bare_finding(&self, rule: &str, span: Span, message: impl Into<String>) -> (Finding, Option<&Rule>) {
        let entry = self.book.book().rules.get(rule);
        let severity = self.book.severity_of(rule, entry).unwrap_or(Severity::Info);
        (Finding::new(rule, severity, span, message), entry)
    }

    /// The figures of the draft and what it says about them, read when first asked for.
    pub fn ledger(&self) -> &Ledger<'a> {
        self.ledger.get_or_init(|| Ledger::of(self.draft, self.book.lexicon()))
    }

    /// The figures of the draft in words.
    pub fn entries(&self) -> &[Entry] {
        self.ledger().entries(self.book.lexicon())
    }

    /// The key of the required part in which a byte of the source stands.
    pub fn part_at(&self, span: Span) -> Option<&str> {
        self.parts.at(self.parts.starts.partition_point(|&start| start <= span.start).checked_sub(1)?)
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

    fn words(&self) -> &Words<'a> {
        self.words.get_or_init(|| {
            let passages = Passage::all(self.draft);
            let hits = hits::Hits::of(&passages, self.book.book());
            Words { passages, hits }
        })
    }

    /// All texts of the draft.
    pub fn passages(&self) -> &[Passage<'a>] {
        &self.words().passages
    }

    /// The texts that read as text: title, headings, paragraphs and tables.
    pub fn prose(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.passages().iter().filter(|passage| passage.is_prose)
    }

    /// The texts of a part.
    pub fn part_prose<'r>(&'r self, key: &'r str) -> impl Iterator<Item = &'r Passage<'a>> {
        self.prose().filter(move |passage| self.parts.at(passage.block) == Some(key))
    }

    /// The year that it tells of, where its title says so: that of a 政府工作报告 is the year of the meeting.
    pub fn told_year(&self) -> Option<u32> {
        let says = |block: &Block| any_of(block.text.text(), &["法治", "法制", "依法"]);
        // Without a title, the opening says it, or a part that no other report has.
        let opening = || self.draft.blocks.iter().filter(|block| matches!(block.role, Role::Paragraph(_))).take(2).any(says);
        let told = || self.parts.has("duties") || opening();
        self.identity.year.filter(|_| self.draft.title().map_or_else(told, says))
    }

    /// Whether an entry of the rulebook holds for the year of the report; a draft that does not tell its year is a present
    /// one.
    pub fn in_years(&self, from: Option<u32>, until: Option<u32>) -> bool {
        let year = self.identity.year.unwrap_or(u32::MAX);
        from.is_none_or(|from| year >= from) && until.is_none_or(|until| year <= until)
    }

    /// The day as of which the report speaks: its 成文日期, or else 90 days after its year.
    pub fn as_of(&self) -> Option<NaiveDate> {
        let end = || NaiveDate::from_ymd_opt(i32::try_from(self.told_year()?).ok()?, 12, 31)?.checked_add_days(Days::new(90));
        self.date().and_then(|date| date.calendar()).or_else(end)
    }

    /// The first day of its year.
    pub fn year_start(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::try_from(self.told_year()?).ok()?, 1, 1)
    }
}
