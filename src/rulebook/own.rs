//! What a county asks for of its own: patterns, mentions, wordings it forbids, limits. No scripting: expressions,
//! words, numbers.

use schemars::JsonSchema;
use serde::Deserialize;

use super::pattern::{Expression, Patterns};
use super::schema::Grade;
use super::words::{Term, warning};

/// A rule of a rulebook's own: an expression that finds what is wrong. Its key is the name of the rule, in kebab-case;
/// with it the rule stands in the catalogue like any other.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Its Chinese title.
    pub title: String,
    /// What finds it, in text with full-width marks, half-width digits and no blanks.
    pub find: Expression,
    /// What is wrong, in one sentence; `$0` is what was found, `$1` the first group.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// What it rests on.
    pub basis: Option<String>,
    /// Why it matters.
    pub why: Option<String>,
    /// How much it matters.
    #[serde(default = "warning")]
    pub severity: Grade,
    /// Longer texts in which it is no fault.
    #[serde(default)]
    pub not_in: Vec<String>,
    /// Expressions of which no match may touch it.
    #[serde(default)]
    pub not: Patterns,
    /// Words of which one must stand in the same clause.
    #[serde(default)]
    pub near: Vec<String>,
    /// Words of which none may stand in the same sentence.
    #[serde(default)]
    pub not_near: Vec<String>,
    /// The part of the report in which alone it is wrong.
    pub part: Option<String>,
    /// The first report year for which it is wrong.
    pub from: Option<u32>,
    /// The last report year for which it is wrong.
    pub until: Option<u32>,
    /// Whether it is wrong within 《》 too.
    #[serde(default)]
    pub in_titles: bool,
    /// What takes its place; `$1` is the first group.
    pub replacement: Option<String>,
    /// Whether the replacement can be put in without asking.
    #[serde(default)]
    pub safe: bool,
    /// Sentences in which it must be found.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub good: Vec<String>,
}

/// Something that a report must speak of, an item of the county's plan of work for instance. Its key is what it is
/// called.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// What speaks of it.
    pub any: Patterns,
    /// What looks as if it did, and does not.
    #[serde(default)]
    pub not: Patterns,
    /// The part of the report in which it must stand; anywhere without one.
    pub part: Option<String>,
    /// The first report year for which it must.
    pub from: Option<u32>,
    /// The last report year for which it must.
    pub until: Option<u32>,
    /// How much it matters.
    #[serde(default = "warning")]
    pub severity: Grade,
    /// What to say where it lacks.
    pub message: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
    /// What it rests on.
    pub basis: Option<String>,
    /// Sentences that do not speak of it.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences that do.
    #[serde(default)]
    pub good: Vec<String>,
}

/// A wording that a report must not hold. Its key is the wording; nothing but the message may stand behind it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forbid {
    /// Why it must not.
    pub message: String,
    /// What it rests on.
    pub basis: Option<String>,
    /// How much it matters.
    #[serde(default = "warning")]
    pub severity: Grade,
    /// Longer texts in which it is no fault.
    #[serde(default)]
    pub not_in: Vec<String>,
    /// The part of the report in which alone it must not.
    pub part: Option<String>,
    /// The first report year for which it must not.
    pub from: Option<u32>,
    /// The last report year for which it must not.
    pub until: Option<u32>,
    /// Sentences in which it must be found.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub good: Vec<String>,
}

impl Mention {
    /// The rule that speaks of what lacks.
    pub const RULE: &str = "missing-mention";
}

impl Forbid {
    /// The rule that speaks of forbidden wordings.
    pub const RULE: &str = "forbidden-wording";

    /// The same as a term, which is how it is found.
    pub(super) fn term(&self) -> Term {
        Term {
            right: None,
            rule: Self::RULE.to_owned(),
            severity: self.severity,
            safe: false,
            why: Some(self.message.clone()),
            basis: self.basis.clone(),
            not_in: self.not_in.clone(),
            near: Vec::new(),
            not_near: Vec::new(),
            part: self.part.clone(),
            from: self.from,
            until: self.until,
            in_titles: false,
            bad: self.bad.clone(),
            good: self.good.clone(),
        }
    }
}

/// How long a report may be, in characters as an office program counts them: every 汉字 and mark is one, a number or a
/// word of letters is one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// The least.
    pub min: Option<usize>,
    /// The most.
    pub max: Option<usize>,
    /// How much it matters.
    #[serde(default = "warning")]
    pub severity: Grade,
    /// How to mend it.
    pub help: Option<String>,
    /// What it rests on.
    pub basis: Option<String>,
}

/// What is counted in a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// Places that match the expressions.
    #[default]
    Words,
    /// Figures with their units.
    Figures,
    /// Items: numbered headings or points (一是…二是…).
    Items,
}

/// How often a part must have something.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// What is counted.
    #[serde(default)]
    pub of: Counted,
    /// The words that are counted.
    #[serde(default)]
    pub any: Patterns,
    /// How many there must be.
    pub at_least: usize,
    /// How much it matters.
    #[serde(default = "warning")]
    pub severity: Grade,
    /// How to mend it.
    pub help: Option<String>,
    /// What it rests on.
    pub basis: Option<String>,
}
