//! The words that tie figures: plain data of the rulebook, and its compiled form.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::Period;
use crate::text::WordList;

/// 数据核对用词, as `rules/figures.yaml` lists them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Units and their families.
    pub units: Vec<Unit>,
    /// Words of exactness before and behind a number.
    pub exactness: ExactnessWords,
    /// Rates, each with the words of its numerator and of its denominator.
    pub rates: Vec<Rate>,
    /// 占比, 占 …
    pub shares: Vec<String>,
    /// What may follow 占 where the base is the total named before: 总数, 比 …
    pub share_of_total: Vec<String>,
    /// Words of totals and parts.
    pub sums: SumWords,
    /// The sides from which a total can be divided, with the words of their labels: parts of different sides overlap.
    pub aspects: BTreeMap<String, Vec<String>>,
    /// Labels that exhaust a total when all stand in one list: 男 and 女.
    pub complements: Vec<Vec<String>>,
    /// 正在办理, 尚未 …
    pub pending: Vec<String>,
    /// 已全部 …
    pub completed: Vec<String>,
    /// Words of change.
    pub changes: ChangeWords,
    /// Words of lists.
    pub lists: ListWords,
    /// The township as a whole: 全镇, 我镇, 全年.
    pub whole: Vec<String>,
    /// Words round a quantity that do not name it: 今年, 已, 累计.
    pub fillers: Vec<String>,
    /// Headings of what is planned: their figures are no results.
    pub plans: Vec<String>,
    /// 全镇, 各村 …
    pub scopes: Vec<String>,
    /// Words of periods.
    pub periods: PeriodWords,
    /// Expressions that look like a figure and count nothing.
    pub idioms: Vec<String>,
}

/// A family of units that can be added and compared.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Name of the family.
    pub family: String,
    /// The units.
    pub words: Vec<String>,
    /// A total in this unit may be split by other units.
    #[serde(default)]
    pub generic: bool,
    /// The units of the family stand for one another: 件, 起, 宗.
    #[serde(default)]
    pub mixed: bool,
    /// Measures rather than counts: money, area, time.
    #[serde(default)]
    pub measure: bool,
}

/// Words of exactness, before and behind a number.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExactnessWords {
    /// 约, 近, 超过 …
    pub before: Bounds,
    /// 余, 左右, 以上 …
    pub after: Bounds,
}

/// Words of exactness by what they say.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Bounds {
    /// 约, 左右.
    pub about: Vec<String>,
    /// 近, 接近.
    pub near: Vec<String>,
    /// 余, 多, 超过.
    pub more: Vec<String>,
    /// 不低于, 以上.
    pub at_least: Vec<String>,
    /// 不超过, 以内.
    pub at_most: Vec<String>,
}

/// Rates that share numerator and denominator.
#[allow(clippy::struct_excessive_bools, reason = "each says one thing of a rate")]
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// 办结率, 办复率 …
    pub words: Vec<String>,
    /// Words of the numerator: 办结.
    pub done: Vec<String>,
    /// Words of the denominator: 受理.
    pub base: Vec<String>,
    /// Cannot pass 100 %.
    #[serde(default)]
    pub bounded: bool,
    /// Its base is often another than the counts beside it: never wrong by them alone.
    #[serde(default)]
    pub loose: bool,
    /// Its base may be the answers to a survey: only few cases can contradict it.
    #[serde(default)]
    pub survey: bool,
    /// What was cut away over what was there: 精简率.
    #[serde(default)]
    pub cut: bool,
}

/// Words of totals and parts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SumWords {
    /// 共, 合计.
    pub total: Vec<String>,
    /// 其中.
    pub among: Vec<String>,
    /// 包括.
    pub include: Vec<String>,
    /// 分别为.
    pub each: Vec<String>,
    /// 由…组成.
    pub compose: Vec<String>,
    /// 其余.
    pub rest: Vec<String>,
    /// 等.
    pub open: Vec<String>,
    /// 交叉: the parts overlap.
    pub overlap: Vec<String>,
    /// 上年结转: cases that came over from before.
    pub carried: Vec<String>,
}

/// Words of change.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWords {
    /// 增至.
    pub rise_to: Vec<String>,
    /// 降至.
    pub fall_to: Vec<String>,
    /// 变为.
    pub turn_to: Vec<String>,
    /// 增长.
    pub rise: Vec<String>,
    /// 下降.
    pub fall: Vec<String>,
    /// 比上年.
    pub compare: Vec<String>,
    /// 年均.
    pub yearly: Vec<String>,
    /// Quantities whose nominal ends do not give the real growth.
    pub nominal: Vec<String>,
    /// 上年, 去年.
    pub last: Vec<String>,
}

/// Words of lists.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListWords {
    /// 即, 分别是: the whole list follows.
    pub closed: Vec<String>,
    /// 包括, 如: a list follows, perhaps not the whole.
    pub open: Vec<String>,
    /// Units whose number a list can be counted against.
    pub units: Vec<String>,
}

/// Words of periods.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodWords {
    /// 上年.
    pub last: Vec<String>,
    /// 上半年.
    pub half: Vec<String>,
    /// 累计.
    pub cumulative: Vec<String>,
    /// 明年.
    pub next: Vec<String>,
}

/// What a unit of the lexicon is.
#[derive(Clone, Debug)]
pub(crate) struct UnitEntry {
    pub(crate) word: String,
    pub(crate) family: u16,
}

/// The words, compiled for reading.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The words themselves.
    pub words: Words,
    units: WordList,
    unit_entries: Vec<UnitEntry>,
    idioms: WordList,
    rates: HashMap<String, usize>,
    markers: WordList,
    tags: Vec<Tag>,
    settings: WordList,
    setting_tags: Vec<Setting>,
}

/// A word that says what time or place a figure speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Scope,
    Period(Period),
}

/// What a marker word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Total,
    Among,
    Include,
    Each,
    Compose,
    RiseTo,
    FallTo,
}

/// A marker found in a text.
#[derive(Clone, Debug)]
pub(crate) struct Marker {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) tag: Tag,
}

impl Lexicon {
    /// Compiles the words.
    pub fn new(words: &Words) -> Self {
        let families = words.units.iter().enumerate();
        let unit_entries: Vec<UnitEntry> = families
            .flat_map(|(family, unit)| unit.words.iter().map(move |word| UnitEntry { word: word.clone(), family: family as u16 }))
            .collect();
        let units = unit_entries.iter().map(|entry| &entry.word).collect();
        let idioms = words.idioms.iter().collect();
        let rates =
            words.rates.iter().enumerate().flat_map(|(index, rate)| rate.words.iter().map(move |w| (w.clone(), index))).collect();
        let sums = &words.sums;
        let groups: [(&[String], Tag); 7] = [
            (&sums.total, Tag::Total),
            (&sums.among, Tag::Among),
            (&sums.include, Tag::Include),
            (&sums.each, Tag::Each),
            (&sums.compose, Tag::Compose),
            (&words.changes.rise_to, Tag::RiseTo),
            (&words.changes.fall_to, Tag::FallTo),
        ];
        let (markers, tags) = listed(&groups);
        let (settings, setting_tags) = listed(&[
            (&words.scopes, Setting::Scope),
            (&words.periods.last, Setting::Period(Period::Last)),
            (&words.periods.half, Setting::Period(Period::Half)),
            (&words.periods.cumulative, Setting::Period(Period::Cumulative)),
            (&words.periods.next, Setting::Period(Period::Next)),
        ]);
        Self { words: words.clone(), units, unit_entries, idioms, rates, markers, tags, settings, setting_tags }
    }

    /// The longest unit that begins at byte `at`.
    pub(crate) fn unit(&self, text: &str, at: usize) -> Option<&UnitEntry> {
        let mut longest: Option<&UnitEntry> = None;
        self.units.each_at(text, at, |index, _| {
            let entry = &self.unit_entries[index];
            longest = longest.filter(|other| other.word.len() >= entry.word.len()).or(Some(entry));
        });
        longest
    }

    /// The length of the idiom that begins at byte `at`.
    pub(crate) fn idiom(&self, text: &str, at: usize) -> Option<usize> {
        let mut first: Option<(usize, usize)> = None;
        self.idioms.each_at(text, at, |index, range| {
            first = first.filter(|(other, _)| *other < index).or(Some((index, range.len())));
        });
        first.map(|(_, length)| length)
    }

    /// The rate of that name.
    pub(crate) fn rate(&self, name: &str) -> Option<&Rate> {
        self.rates.get(name).map(|index| &self.words.rates[*index])
    }

    /// The family of that number.
    pub(crate) fn family(&self, family: Option<u16>) -> Option<&Unit> {
        self.words.units.get(usize::from(family?))
    }

    /// All markers of a text in order, none overlapping another.
    pub(crate) fn markers(&self, text: &str) -> Vec<Marker> {
        let marker = |(index, range): (usize, std::ops::Range<usize>)| Marker {
            start: range.start,
            end: range.end,
            tag: self.tags[index],
        };
        self.markers.apart(text).into_iter().map(marker).collect()
    }

    /// All words of scope and period of a text in order, with their ends.
    pub(crate) fn settings(&self, text: &str) -> Vec<(usize, usize, Setting)> {
        self.settings.apart(text).into_iter().map(|(index, range)| (range.start, range.end, self.setting_tags[index])).collect()
    }
}

/// Several lists of words as one, with what each word means.
fn listed<T: Copy>(groups: &[(&[String], T)]) -> (WordList, Vec<T>) {
    let words = groups.iter().flat_map(|(list, _)| list.iter()).collect();
    let tags = groups.iter().flat_map(|(list, tag)| list.iter().map(|_| *tag)).collect();
    (words, tags)
}

/// The longest of `words` that `text` ends with.
pub(crate) fn ends_with<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    words.iter().filter(|word| text.ends_with(word.as_str())).max_by_key(|word| word.len()).map(String::as_str)
}

/// The longest of `words` that `text` begins with.
pub(crate) fn starts_with<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    words.iter().filter(|word| text.starts_with(word.as_str())).max_by_key(|word| word.len()).map(String::as_str)
}

/// Whether `text` contains one of `words`.
pub(crate) fn contains(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}
