//! What a rulebook says, as types. The YAML keys are the names of these fields.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::catalogue::Rules;
use super::lexicon::{Family, Hit, Lexicon};
use super::own::{Count, Forbid, Length, Mention, Pattern};
use super::pattern::Patterns;
use super::private::Private;
use super::required::Common;
use super::words::{
    Answers, Citing, Committee, Dates, Heads, Law, Leftover, Name, Period, Places, Repeated, Series, Set, Term, Times, Topic,
};
use crate::figures::Words;
use crate::finding::Severity;
use crate::spanned::{Files, Key, Node, Place, Value};

/// Entries of a rulebook in their order, each with its key and the place where the topmost layer that speaks of it
/// writes that key.
pub type Entries<T> = Vec<(Key, T)>;

/// A whole rulebook, its layers laid over one another.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Name by which it is loaded.
    pub name: String,
    /// The catalogue of rules, by name.
    pub rules: Rules,
    /// The parts of a report, in the order in which headings are compared with them.
    pub parts: Entries<Part>,
    /// How the report is titled.
    pub title: TitleForm,
    /// To whom it is sent.
    pub recipient: RecipientForm,
    /// Who signs it.
    pub signature: SignatureForm,
    /// Phrases that ask for a decision, which a report must not.
    pub request: RequestForm,
    /// What may be the same as last year.
    pub copying: Copying,
    /// What tells that two towns share what only one of them can have lived.
    pub county: County,
    /// The page of a Word draft.
    pub page: PageForm,
    /// The words that tie figures.
    pub figures: Words,
    /// Names that stand in quotes throughout a text, or nowhere.
    pub quoted: Vec<String>,
    /// Rules of a county's own; each stands in [`Book::rules`] too.
    pub patterns: Entries<Pattern>,
    /// What a report must speak of.
    pub mentions: Entries<Mention>,
    /// Wordings that a report must not hold; each stands in [`Book::terms`] too.
    pub forbid: Entries<Forbid>,
    /// How long a report may be.
    pub length: Option<Length>,
    /// Wordings that are wrong.
    pub terms: Entries<Term>,
    /// Fixed names.
    pub names: Entries<Name>,
    /// Members that stand in a fixed order.
    pub series: Entries<Series>,
    /// Names that are listed together.
    pub sets: Entries<Set>,
    /// Laws and regulations.
    pub laws: Entries<Law>,
    /// Names of laws and regulations in force, for names that nearly are one of them.
    pub known_laws: Vec<String>,
    /// Congresses, plans and campaigns.
    pub periods: Entries<Period>,
    /// Central committees and their plenums.
    pub committees: Entries<Committee>,
    /// What tells that something private is told.
    pub private: Private,
    /// What helps to tell names of places.
    pub places: Places,
    /// How sentences stand in time.
    pub times: Times,
    /// How laws are cited.
    pub citing: Citing,
    /// What tells that a plan answers a shortcoming.
    pub answers: Answers,
    /// What may be repeated.
    pub repeated: Repeated,
    /// What programs leave behind.
    pub leftover: Leftover,
    /// Those who lead.
    pub heads: Heads,
    /// By when the report is due.
    pub dates: Dates,
    /// The duties of the heads of party and government.
    pub duties: Entries<Topic>,
    /// The fields of work that the national outline names.
    pub dimensions: Entries<Topic>,
    /// The files it was read from.
    pub files: Files,
    /// The layers laid over one another, as they were read.
    pub(super) tree: Option<Node>,
    pub(super) lexicon: OnceLock<Lexicon>,
    /// What the headings of the parts must hold.
    pub(super) headings: OnceLock<Common>,
}

impl Book {
    /// What the layers together say at a path of keys (`["rules", "date-form", "severity"]`), every value with its own
    /// place; an item of a list is named by its index. What a layer switched off is [`Value::Null`].
    pub fn value(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self.tree.as_ref()?, |node, step| match &node.value {
            Value::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(step),
        })
    }

    /// Where the topmost layer that speaks of a path writes its key, or its item of a list: the file tells the layer.
    pub fn origin(&self, path: &[&str]) -> Option<Place> {
        let (last, above) = path.split_last()?;
        match &self.value(above)?.value {
            Value::Map(entries) => entries.iter().find(|(key, _)| key.name == *last).map(|(key, _)| key.place),
            _ => self.value(path).map(|node| node.place),
        }
    }

    /// The period that a text calls so, if the rulebook knows one.
    pub fn period(&self, name: &str) -> Option<&Period> {
        let named = |other: &str| name == other || name.trim_matches(['《', '》']) == other;
        let is_it = |(key, period): &&(Key, Period)| named(key) || period.also.iter().any(|also| named(also));
        self.periods.iter().find(is_it).map(|(_, period)| period)
    }

    /// What to say on a day instead of a period that was over by then: its successor, or where that is over too, the one
    /// behind it.
    pub fn successor<'b>(&'b self, mut period: &'b Period, day: NaiveDate) -> Option<&'b str> {
        let mut seen = Vec::new();
        loop {
            let by = period.by.as_deref()?;
            let over = self.period(by).filter(|next| next.by.is_some() && next.until.is_some_and(|until| until.0 < day));
            match over {
                Some(next) if !seen.contains(&by) => {
                    seen.push(by);
                    period = next;
                }
                _ => return Some(by),
            }
        }
    }

    /// Builds now what searches fast, in a process that will search more than one draft: the search for literal texts and the
    /// expressions.
    pub(super) fn hasten(&self) {
        self.lexicon.get_or_init(|| Lexicon::new(self));
        super::load::patterns(self).for_each(Patterns::hasten);
    }

    /// Takes in the literal texts of the rulebook in the folded text of that number, by their ends.
    pub(crate) fn find(&self, number: usize, text: &str, found: &mut Vec<(Family, Hit)>) {
        self.lexicon.get_or_init(|| Lexicon::new(self)).find(number, text, found);
    }

    /// The part that a heading names: the first whose expressions match it.
    pub fn part_named(&self, heading: &str) -> Option<&(Key, Part)> {
        let common = self.headings.get_or_init(|| Common::of(self.parts.iter().map(|(_, part)| part.headings.items())));
        let parts = common.held(heading).filter_map(|(index, held)| Some((self.parts.get(index)?, held)));
        let named = |(_, part): &(Key, Part), held| part.headings.is_match_of(heading, held) && !part.not.is_match(heading);
        parts.filter(|(part, held)| named(part, *held)).map(|(part, _)| part).next()
    }
}

/// How much a rule matters, or that it is off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Switched off.
    #[default]
    Off,
    /// 供参考.
    Info,
    /// 建议修改.
    Warning,
    /// 必须修改.
    Error,
}

impl Grade {
    /// The severity of the findings; `None` for [`Grade::Off`].
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// One rule of the catalogue.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its Chinese title.
    pub title: String,
    /// How much its findings matter.
    pub severity: Grade,
    /// What it finds and why that matters.
    pub why: String,
    /// Where the topmost layer that speaks of it writes its name.
    #[serde(skip)]
    pub place: Place,
    /// How to mend what it finds, where the check has nothing better to say.
    pub help: Option<String>,
    /// The article or standard that it rests on.
    pub basis: Option<String>,
    /// Texts in which it must find something: sentences, or whole drafts of several lines.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Texts in which it must find nothing.
    #[serde(default)]
    pub good: Vec<String>,
    /// The part of a report that the examples stand in, where it matters.
    #[serde(default)]
    pub part: Option<String>,
    /// What a rulebook must hold for this rule to speak (`mentions`, `forbid`, `length`): the examples are there.
    #[serde(default)]
    pub needs: Option<String>,
}

/// A part of the report and how its heading is recognised.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it is called in messages.
    pub title: String,
    /// The item of 规定 第二十五条 that asks for it.
    pub article: Option<String>,
    /// A heading that a draft can take over.
    pub heading: Option<String>,
    /// Its usual place among the required parts, from 1.
    #[serde(default)]
    pub order: u32,
    /// Whether a report must have it.
    pub required: bool,
    /// What its headings look like.
    pub headings: Patterns,
    /// What looks like such a heading and is none.
    #[serde(default)]
    pub not: Patterns,
    /// What a first-level heading looks like that names it in other words, if its text tells what belongs there.
    #[serde(default)]
    pub loose: Patterns,
    /// What the text under such a heading says twice at least.
    #[serde(default)]
    pub told: Patterns,
    /// Whether first-level headings of the town's own that belong to no part stand for it.
    #[serde(default)]
    pub own_themes: bool,
    /// What its text must say, by name.
    #[serde(default)]
    pub must: BTreeMap<String, Must>,
    /// What its text must have so many of, by name.
    #[serde(default)]
    pub count: BTreeMap<String, Count>,
    /// Whether its text must be set apart into items: numbered headings, or 一是…二是….
    #[serde(default)]
    pub itemised: bool,
    /// The least number of characters that says anything.
    #[serde(default)]
    pub min_chars: usize,
    /// The most characters that it may have.
    pub max_chars: Option<usize>,
    /// How to write it.
    pub help: Option<String>,
    /// What asks for it.
    pub basis: Option<String>,
}

/// Something that the text of a part must say.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Must {
    /// What says it.
    pub any: Patterns,
    /// What looks as if it said it, and does not.
    #[serde(default)]
    pub not: Patterns,
    /// Headings under which it is said, whatever the words.
    #[serde(default)]
    pub headings: Patterns,
    /// How much it matters, at most as much as the rule.
    pub severity: Option<Grade>,
    /// How to say it.
    pub help: Option<String>,
    /// What it rests on, where that is not what the part rests on.
    pub basis: Option<String>,
}

/// How the report is titled.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TitleForm {
    /// Kinds of text that are no 报告.
    #[serde(default)]
    pub not_a_report: Vec<String>,
}

/// To whom the report is sent.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipientForm {
    /// Names of party committees.
    pub party: Patterns,
    /// Names of governments.
    pub government: Patterns,
    /// Bodies that get a copy and are not addressed.
    pub copy_only: Patterns,
    /// What the party committee is called in messages.
    #[serde(default)]
    pub party_called: String,
    /// What the government is called in messages.
    #[serde(default)]
    pub government_called: String,
    /// Whom to address.
    pub help: Option<String>,
    /// What to write where nobody is addressed.
    pub missing_help: Option<String>,
}

/// Who signs the report.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureForm {
    /// Names of party committees.
    pub party: Patterns,
    /// Names of governments.
    pub government: Patterns,
    /// Whether both are expected to sign.
    #[serde(default)]
    pub joint: bool,
    /// What to do where the government alone signs.
    pub help: Option<String>,
}

/// What asks for a decision.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestForm {
    /// A sentence without any of these is not looked at.
    pub words: Vec<String>,
    /// Closing phrases.
    pub phrases: Patterns,
}

/// What of two years' reports may be the same, and how much.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Copying {
    /// The share of the text, in per cent, from which copied passages are reported.
    #[serde(default)]
    pub threshold: f64,
    /// Words that every report of every year bears.
    #[serde(default)]
    pub fixed: Patterns,
    /// Units of what is counted anew each year.
    #[serde(default)]
    pub yearly_units: Vec<String>,
}

/// What tells that two towns share what only one of them can have lived.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct County {
    /// What stands in more than this many per cent of the drafts is nobody's own …
    #[serde(default)]
    pub common_share: usize,
    /// … nor what stands in more drafts than this.
    #[serde(default)]
    pub common_most: usize,
    /// The fewest shared characters, with figures among them.
    #[serde(default)]
    pub shortest: usize,
    /// The fewest shared characters without any figure.
    #[serde(default)]
    pub longest: usize,
    /// The fewest figures that are the same in the same order, words round them differing.
    #[serde(default)]
    pub figures: usize,
    /// Words of a sentence that tells of what towns did together.
    #[serde(default)]
    pub joint: Vec<String>,
    /// Words of a sentence that tells of what is above the towns.
    #[serde(default)]
    pub above: Vec<String>,
    /// What stands behind the name of a town that is spoken of as one's own.
    #[serde(default)]
    pub own_behind: Vec<String>,
    /// What stands before the name of a town that is spoken of as another's.
    #[serde(default)]
    pub other_before: Vec<String>,
}

/// The page of a Word draft, in millimetres, and its fonts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageForm {
    /// The paper.
    pub paper: Paper,
    /// What is left blank round the text.
    pub margins: Margins,
    /// By how much a length may differ.
    pub tolerance: f64,
    /// How many lines a page usually has.
    #[serde(default)]
    pub lines: Usual,
    /// How many characters a line usually has.
    #[serde(default)]
    pub characters: Usual,
    /// The font of page numbers.
    #[serde(default)]
    pub number: Option<FontForm>,
    /// Fonts by the element that is set in them: title, heading1, heading2, heading3 (and deeper), body.
    pub fonts: BTreeMap<String, FontForm>,
    /// Authors that are nobody: names which programs write.
    #[serde(default)]
    pub no_names: Vec<String>,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

/// Blank margins.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// Above the text.
    pub top: f64,
    /// Below it.
    pub bottom: f64,
    /// On its left.
    pub left: f64,
    /// On its right.
    pub right: f64,
}

/// A usual number, and what is taken for it. Nothing is said where `usual` is 0.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Usual {
    /// What the standard says.
    pub usual: u32,
    /// The least that is taken for it.
    pub least: u32,
    /// The most that is taken for it.
    pub most: u32,
}

/// The font of an element.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FontForm {
    /// Font and size as drafters call them.
    pub called: String,
    /// In points.
    pub size: f64,
    /// The names under which programs know the font.
    pub names: Vec<String>,
}
