//! Words as data: terms, formulas, laws, periods, private matters, residue.
//!
//! Every entry brings sentences in which it must speak (`bad`) and must not (`good`); they are run as tests.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::letters::Letters;
use super::pattern::Patterns;
use super::phrases::Phrases;
use super::schema::Grade;

/// A day of the calendar, written `2022-10-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub NaiveDate);

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let day = || {
            let (year, rest) = text.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        };
        day().map(Self).ok_or_else(|| format!("“{text}”不是日期，应当像2022-10-22这样写"))
    }
}

/// A wording that is wrong as it stands. Its key is the wording.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What it should be.
    pub right: Option<String>,
    /// The rule that speaks.
    #[serde(default = "wrong_term")]
    pub rule: String,
    /// How much it matters, at most as much as the rule.
    #[serde(default = "warning")]
    pub severity: Grade,
    /// Whether the right wording can be put in without asking.
    #[serde(default)]
    pub safe: bool,
    /// What is wrong with it, where more is to be said than the right wording.
    pub why: Option<String>,
    /// What it rests on.
    pub basis: Option<String>,
    /// Longer texts in which it is no fault.
    #[serde(default)]
    pub not_in: Vec<String>,
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
    /// Whether it is wrong within 《》 too, where names of older papers stand as they are.
    #[serde(default)]
    pub in_titles: bool,
    /// Sentences in which it must be found.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub good: Vec<String>,
}

fn wrong_term() -> String {
    "wrong-term".to_owned()
}

pub(super) fn warning() -> Grade {
    Grade::Warning
}

/// A fixed name in which not a character may be wrong. Its key is the name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// How many characters may be wrong, lacking or too many for a text to be meant for the name.
    pub within: usize,
    /// How much it matters.
    #[serde(default = "error")]
    pub severity: Grade,
    /// Texts that are near the name and are something else.
    #[serde(default)]
    pub accept: Vec<String>,
    /// Sentences in which it must be found misspelt.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub good: Vec<String>,
}

fn error() -> Grade {
    Grade::Error
}

/// Members that stand in a fixed order.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The members, in their order. Where two stand in one sentence, all of them must.
    pub members: Vec<String>,
    /// How the whole is written.
    pub right: String,
    /// How many different members must stand in a sentence for it to mean the series: two, if not said.
    pub least: Option<usize>,
    /// Words of a sentence that tell a member in other words.
    #[serde(default)]
    pub not_near: Vec<String>,
    /// The first report year for which the series is complete as it stands here.
    pub from: Option<u32>,
    /// What it rests on.
    pub basis: Option<String>,
    /// Sentences in which something is wrong with it.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which nothing is.
    #[serde(default)]
    pub good: Vec<String>,
}

/// A set of names that are listed together.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// For each member, how it can be written.
    pub members: Vec<Vec<String>>,
    /// The full names, for messages, in the order of the members.
    pub names: Vec<String>,
    /// What it rests on.
    pub basis: Option<String>,
    /// Sentences in which a member lacks.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which none does.
    #[serde(default)]
    pub good: Vec<String>,
}

/// A law or regulation. Its key is its short name, as it stands in running text.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The day on which it was passed: from then on it is learned and made known.
    pub passed: Option<Day>,
    /// The day on which it comes into force.
    pub from: Option<Day>,
    /// The day on which it ceases to be in force.
    pub until: Option<Day>,
    /// What takes its place.
    pub by: Option<String>,
    /// Longer texts in which it is no such law.
    #[serde(default)]
    pub not_in: Vec<String>,
    /// Sentences in which it must be found.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub good: Vec<String>,
}

/// A congress, plan or campaign with the time in which it can be spoken of as of today. Its key is what it is called.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day on which a text may treat it as a fact.
    pub from: Option<Day>,
    /// The last day on which it is current.
    pub until: Option<Day>,
    /// What to say instead once it is over.
    pub by: Option<String>,
    /// Other ways to write it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Its years, for a text that names them behind it: `[2016, 2020]`.
    pub years: Option<(u32, u32)>,
    /// The years of others of the same name: `[[2015, 2020]]`.
    #[serde(default)]
    pub other_years: Vec<(u32, u32)>,
    /// Words of which one must stand in the same sentence.
    #[serde(default)]
    pub near: Vec<String>,
    /// Words of which none may stand in the same sentence.
    #[serde(default)]
    pub not_near: Vec<String>,
    /// Longer texts in which it is something else.
    #[serde(default)]
    pub not_in: Vec<String>,
    /// Sentences in which it must be found.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub good: Vec<String>,
}

/// A central committee and its plenums. Its key is `二十届`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// Its congress: `党的二十大`.
    pub congress: String,
    /// The day on which the congress ended.
    pub held: Day,
    /// The plenums with their closing days: `二中: 2023-02-28`. The first is by convention not listed.
    #[serde(default)]
    pub plenums: std::collections::BTreeMap<String, Day>,
    /// Sentences in which something is wrong with its meetings.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Sentences in which nothing is.
    #[serde(default)]
    pub good: Vec<String>,
}

/// What helps to tell names of places.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Words that stand before 镇 or 乡 and are no names.
    #[serde(default)]
    pub not_names: Phrases,
    /// What can stand before the name of a town that is spoken of as one's own.
    #[serde(default)]
    pub before: Phrases,
    /// What follows the name of a town that is spoken of as one's own.
    #[serde(default)]
    pub behind: Phrases,
    /// The same, where the name must stand so more than once: what stands before it may be a verb.
    #[serde(default)]
    pub behind_often: Phrases,
    /// What follows 街道 where it is part of a name.
    #[serde(default)]
    pub street_bodies: Phrases,
    /// What follows the name of a town that rules: such a name that stands twice was left over.
    #[serde(default)]
    pub rulers: Phrases,
    /// What a town calls itself by, whatever follows.
    #[serde(default)]
    pub praised: Phrases,
    /// What a sentence begins with before the town that it tells of: `2025年，`.
    #[serde(default)]
    pub openings: Phrases,
    /// What a clause says behind 在 and the body of a town that leads: 领导下.
    #[serde(default)]
    pub led: Phrases,
    /// Words of a sentence in which another town has its place.
    #[serde(default)]
    pub elsewhere: Phrases,
    /// The same, unless the sentence tells of that town alone.
    #[serde(default)]
    pub shared: Phrases,
    /// What ends like the name of a town and is none.
    #[serde(default)]
    pub generic: Phrases,
    /// What can stand before the name of a county that is spoken of as one's own.
    #[serde(default)]
    pub county_before: Phrases,
    /// What follows the name of a county that is spoken of as one's own.
    #[serde(default)]
    pub county_behind: Phrases,
    /// Bodies of one kind of town, which no other kind has: 镇党委, 街道办事处.
    #[serde(default)]
    pub bodies: Phrases,
    /// What stands before a body of one's own within a clause: 接受.
    #[serde(default)]
    pub own_before: Phrases,
    /// Words of a sentence that speaks of several towns: 各镇.
    #[serde(default)]
    pub all_towns: Phrases,
    /// Characters that names end with: behind others 镇 follows a verb.
    #[serde(default)]
    pub endings: Letters,
    /// Characters that stand in no name.
    #[serde(default)]
    pub never: Letters,
    /// Characters that stand in no name of a county behind 在.
    #[serde(default)]
    pub never_led: Letters,
    /// Characters that stand in no name of another county.
    #[serde(default)]
    pub never_county: Letters,
}

/// Words that tell how a sentence stands in time, what is counted in a part of a year, and how laws are cited.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// Words of a sentence that looks back.
    pub back: Phrases,
    /// Words of a sentence that looks back at a plan, in its last year and the one behind it.
    pub closing: Phrases,
    /// What the first year of a plan is called: 开局之年.
    pub first_years: Phrases,
    /// What the last year of a plan is called: 收官之年.
    pub last_years: Phrases,
    /// What stands between a year and the name of the plan whose first or last year it is: 是.
    pub is_year: Vec<String>,
    /// What a clause begins with that tells so of the year of the report: 今年是.
    pub this_year: Vec<String>,
    /// Words of a sentence that looks ahead.
    pub ahead: Phrases,
    /// What tells a part of a year: 上半年.
    pub parts: Vec<String>,
    /// Words of a sentence that gives the whole year beside its part.
    pub whole: Vec<String>,
    /// What tells the rest of the year, in the same paragraph: 7月至12月.
    pub rest: Patterns,
    /// Words of a clause that dates an event by a part of the year: 高峰期间.
    pub events: Vec<String>,
    /// Units of what is counted.
    pub units: Vec<String>,
    /// Words of counted work.
    pub work: Vec<String>,
    /// How the last day of a year is written behind it: 年底.
    pub ends: Vec<String>,
    /// Words of a sentence in which the count of another year has its place.
    pub standing: Vec<String>,
    /// Words of a sentence in which the work of another year has its place.
    pub compared: Vec<String>,
    /// Verbs before a paper that the town issues.
    pub issued: Phrases,
    /// What the title of a paper ends with that is issued for one year: 工作要点.
    pub papers: Phrases,
    /// What tells of plans; 将 alone may mean 把.
    pub plans: Vec<String>,
    /// What follows the year of a plan of one's own: 我镇, 将.
    pub whose: Vec<String>,
    /// Words of a sentence that tells what was done.
    pub done: Vec<String>,
}

/// A day of every year, written `3月1日`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl MonthDay {
    /// The day in a year.
    pub fn of(self, year: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, self.month, self.day)
    }
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = || {
            let (month, rest) = text.split_once('月')?;
            Some(Self { month: month.parse().ok()?, day: rest.strip_suffix('日')?.parse().ok()? })
        };
        // Any common year tells whether there is such a day.
        parts().filter(|day: &Self| day.of(2023).is_some()).ok_or_else(|| format!("“{text}”不是日期，应当像3月1日这样写"))
    }
}

/// By when the report is due, in the year that follows its own.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// The last day for sending it in.
    pub report_by: Option<MonthDay>,
    /// The last day for making it public.
    pub publish_by: Option<MonthDay>,
}

/// How laws are cited.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Citing {
    /// What can stand before the name of a law: 依据, 宣传.
    pub verbs: Vec<String>,
    /// Characters behind what only looks like the name of a law: 法律, 法治.
    pub not_before: String,
    /// Words of a sentence that speaks of a repeal.
    pub repealed: Vec<String>,
    /// Words of a sentence that speaks of a law to come.
    pub coming: Vec<String>,
    /// Words of a sentence that tells how a law was made known, as is done before it comes into force.
    pub learning: Vec<String>,
}

/// What tells that a plan answers a shortcoming.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Answers {
    /// Words of every shortcoming, and none of its subject.
    pub common: Phrases,
    /// Words of one field each, by the name of the field.
    pub fields: std::collections::BTreeMap<String, Phrases>,
    /// Characters that stand in no word of a subject.
    pub particles: Letters,
    /// What stands before the first of several causes: 主要原因：.
    pub reasons: Patterns,
}

/// What is repeated and is no fault.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Repeated {
    /// Words that stand twice in good Chinese, or that end one word and begin the next.
    pub words: Vec<String>,
    /// Words that nobody writes twice, wherever else they stand.
    pub never: Vec<String>,
    /// Words whose beginning may stand twice, because a longer one ends with it: 村民会议|会议记录.
    pub begun: Vec<String>,
}

/// What programs leave behind.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Leftover {
    /// Tags of web pages that no drafter writes.
    pub tags: Vec<String>,
    /// Words of a sentence that quotes a case or a form, where ×× is no blank: 案, 示范文本.
    pub samples: Vec<String>,
}

/// The persons who lead, and their duties.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Heads {
    /// Words for both heads at once: 党政主要负责人.
    pub both: Vec<String>,
    /// Bodies: behind them, a word for both heads means that of the body only (政府主要负责人).
    pub of_one: Vec<String>,
    /// Words for the head of the party committee.
    pub party: Vec<String>,
    /// Words for the head of the government.
    pub government: Vec<String>,
    /// Whether there is one head only, as in a department.
    pub single: bool,
    /// What to do where one of the two is not spoken of.
    pub help: Option<String>,
}

/// A topic that a part of the report is expected to speak of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What it is called in messages.
    pub title: String,
    /// Words of which any shows that it is spoken of.
    pub any: Vec<String>,
}
