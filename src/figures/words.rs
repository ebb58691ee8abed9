//! The words that tie figures: plain data of the rulebook, and its compiled form.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Deserialize;

use super::figure::Period;
use crate::rulebook::{Letters, Phrases};
use crate::text::{WordList, push_apart};

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
    /// Words before a numerator that make it a part of what was done: 当场.
    #[serde(default)]
    pub partly: Phrases,
    /// Words before the name of a rate that is of all that was done: 总.
    #[serde(default)]
    pub overall: Phrases,
    /// Papers behind the word of a numerator, which are counted for themselves: 通知书.
    #[serde(default)]
    pub papers: Phrases,
    /// Whatever the rate, it was done: 完成, 到位.
    #[serde(default)]
    pub finished: Phrases,
    /// Words before what is still to be done: 应.
    #[serde(default)]
    pub planned: Phrases,
    /// 占比, 占 …
    pub shares: Phrases,
    /// What may follow 占 where the base is the total named before: 总数, 比 …
    pub share_of_total: Phrases,
    /// Words of totals and parts.
    pub sums: SumWords,
    /// The sides from which a total can be divided, with the words of their labels: parts of different sides overlap.
    pub aspects: BTreeMap<String, Phrases>,
    /// Labels that exhaust a total when all stand in one list: 男 and 女.
    pub complements: Vec<Phrases>,
    /// 正在办理, 尚未 …
    pub pending: Phrases,
    /// All of it was done: 全部, 均已 …
    pub completed: Phrases,
    /// Words of change.
    pub changes: ChangeWords,
    /// Words of lists.
    pub lists: ListWords,
    /// Words of tables.
    #[serde(default)]
    pub tables: TableWords,
    /// Words of villages and communities.
    #[serde(default)]
    pub villages: VillageWords,
    /// The township as a whole: 全镇, 我镇, 全年.
    pub whole: Phrases,
    /// Words round a quantity that do not name it: 今年, 已, 累计.
    pub fillers: Phrases,
    /// Headings of what is planned: their figures are no results.
    pub plans: Phrases,
    /// 全镇, 各村 …
    pub scopes: Phrases,
    /// Words of periods.
    pub periods: PeriodWords,
    /// Expressions that look like a figure and count nothing.
    pub idioms: Phrases,
}

/// A family of units that can be added and compared.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Name of the family.
    pub family: String,
    /// The units.
    pub words: Phrases,
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
    pub about: Phrases,
    /// 近, 接近.
    pub near: Phrases,
    /// 余, 多, 超过.
    pub more: Phrases,
    /// 不低于, 以上.
    pub at_least: Phrases,
    /// 不超过, 以内.
    pub at_most: Phrases,
}

/// Rates that share numerator and denominator.
#[allow(clippy::struct_excessive_bools, reason = "each says one thing of a rate")]
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// 办结率, 办复率 …
    pub words: Phrases,
    /// Words of the numerator: 办结.
    pub done: Phrases,
    /// Words of the denominator: 受理.
    pub base: Phrases,
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
    /// Rates of different things: the numerator of each is named by the word that stands in its own name.
    #[serde(default)]
    pub own: bool,
}

/// Words of totals and parts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SumWords {
    /// 共, 合计.
    pub total: Phrases,
    /// 其中.
    pub among: Phrases,
    /// 包括.
    pub include: Phrases,
    /// 分别为.
    pub each: Phrases,
    /// 由…组成.
    pub compose: Phrases,
    /// 其余.
    pub rest: Phrases,
    /// 等.
    pub open: Phrases,
    /// 交叉: the parts overlap.
    pub overlap: Phrases,
    /// 上年结转: cases that came over from before.
    pub carried: Phrases,
    /// The steps of a course, in their order: what has come to one of them is among what came to those before it.
    #[serde(default)]
    pub steps: Vec<Phrases>,
    /// What stands before the count of those that went well, of all that were mediated: 成功.
    #[serde(default)]
    pub succeeded: Phrases,
    /// 各: the count behind it is that of each.
    #[serde(default)]
    pub apiece: Phrases,
    /// What stands behind 各 where it tells nothing of a count: 各类.
    #[serde(default)]
    pub apiece_not: Letters,
    /// Labels of parts that look at the ways in which a thing was done, several of which may go together: 网办.
    #[serde(default)]
    pub manners: Phrases,
}

/// Words of change.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWords {
    /// 增至.
    pub rise_to: Phrases,
    /// 降至.
    pub fall_to: Phrases,
    /// 变为.
    pub turn_to: Phrases,
    /// 增长.
    pub rise: Phrases,
    /// 下降.
    pub fall: Phrases,
    /// 比上年.
    pub compare: Phrases,
    /// 年均.
    pub yearly: Phrases,
    /// Quantities whose nominal ends do not give the real growth.
    pub nominal: Phrases,
    /// 上年, 去年.
    pub last: Phrases,
}

/// Words of lists.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListWords {
    /// 即, 分别是: the whole list follows.
    pub closed: Phrases,
    /// 包括, 如: a list follows, perhaps not the whole.
    pub open: Phrases,
    /// Units whose number a list can be counted against.
    pub units: Phrases,
    /// 分别于: the months of so many occasions follow.
    #[serde(default)]
    pub dated: Phrases,
}

/// Words of tables.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TableWords {
    /// 合计: the row or the column of totals.
    pub totals: Vec<String>,
    /// 小计, 其中: a table that holds them is not added up.
    pub nested: Phrases,
    /// 序号: what the first column is called where its numbers count nothing.
    pub labels: Phrases,
    /// 率, 平均: a row or column of this name is not added up.
    pub not_summed: Phrases,
    /// 人, 涉及: what may be counted in several rows.
    pub shared: Phrases,
}

/// Words of villages and communities.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VillageWords {
    /// 行政村, 村.
    pub village: Phrases,
    /// 社区, 居委会.
    pub community: Phrases,
    /// 村（社区）.
    pub both: Phrases,
    /// 下辖, 辖: so many the township has.
    pub governs: Phrases,
    /// What may stand before such a word: 镇, 现.
    pub governed_by: Phrases,
    /// 全镇: all there are, if a word of `all_behind` follows or one of `all_told` stands in the clause.
    pub own: Phrases,
    /// 均, 全部.
    pub all_behind: Phrases,
    /// 全覆盖.
    pub all_told: Phrases,
    /// In a sentence with one of these nothing is compared: 全县, 合并.
    pub not_near: Phrases,
}

/// Words of periods.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodWords {
    /// 上年.
    pub last: Phrases,
    /// 上半年.
    pub half: Phrases,
    /// 累计.
    pub cumulative: Phrases,
    /// 明年.
    pub next: Phrases,
}

/// What a unit of the lexicon is.
#[derive(Clone, Debug)]
pub(crate) struct UnitEntry {
    pub(crate) word: String,
    pub(crate) family: u16,
    /// Whether a list can be counted against it.
    pub(crate) listed: bool,
}

/// The words, compiled for reading.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The words themselves.
    pub words: Words,
    units: WordList,
    unit_entries: Vec<UnitEntry>,
    idioms: WordList,
    rates: FxHashMap<String, usize>,
    cues: WordList,
    cue_tags: Vec<Cue>,
    /// Words before a quantity that do not name it: 全镇, 共, 今年.
    pub(crate) leads: Phrases,
    /// Words behind a figure that say how exact it is: 左右, 以上, 以内.
    pub(super) limits: Phrases,
}

/// A word that says what time or place a figure speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Scope,
    Period(Period),
}

/// What a word that bears on figures is.
#[derive(Clone, Copy, Debug)]
enum Cue {
    Marker(Tag),
    Setting(Setting),
}

/// The words of a text that bear on its figures.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    pub(crate) markers: Vec<Marker>,
    /// Start, end and what it says.
    pub(crate) settings: Vec<(usize, usize, Setting)>,
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
        let listed: FxHashSet<&String> = words.lists.units.iter().collect();
        let units =
            words.units.iter().enumerate().flat_map(|(family, unit)| unit.words.iter().map(move |word| (family as u16, word)));
        let unit_entries: Vec<UnitEntry> =
            units.map(|(family, word)| UnitEntry { word: word.clone(), family, listed: listed.contains(word) }).collect();
        let units = unit_entries.iter().map(|entry| &entry.word).collect();
        let idioms = words.idioms.iter().collect();
        let rates =
            words.rates.iter().enumerate().flat_map(|(index, rate)| rate.words.iter().map(move |w| (w.clone(), index))).collect();
        let sums = &words.sums;
        let groups: [(&Phrases, Cue); 12] = [
            (&sums.total, Cue::Marker(Tag::Total)),
            (&sums.among, Cue::Marker(Tag::Among)),
            (&sums.include, Cue::Marker(Tag::Include)),
            (&sums.each, Cue::Marker(Tag::Each)),
            (&sums.compose, Cue::Marker(Tag::Compose)),
            (&words.changes.rise_to, Cue::Marker(Tag::RiseTo)),
            (&words.changes.fall_to, Cue::Marker(Tag::FallTo)),
            (&words.scopes, Cue::Setting(Setting::Scope)),
            (&words.periods.last, Cue::Setting(Setting::Period(Period::Last))),
            (&words.periods.half, Cue::Setting(Setting::Period(Period::Half))),
            (&words.periods.cumulative, Cue::Setting(Setting::Period(Period::Cumulative))),
            (&words.periods.next, Cue::Setting(Setting::Period(Period::Next))),
        ];
        let cues = groups.iter().flat_map(|(list, _)| list.iter()).collect();
        let cue_tags = groups.iter().flat_map(|(list, cue)| list.iter().map(|_| *cue)).collect();
        let leads = words.whole.iter().chain(&sums.total).chain(&words.fillers).cloned().collect::<Vec<_>>().into();
        let after = &words.exactness.after;
        let limits = after.about.iter().chain(&after.at_least).chain(&after.at_most).cloned().collect::<Vec<_>>().into();
        Self { words: words.clone(), leads, limits, units, unit_entries, idioms, rates, cues, cue_tags }
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

    /// The words of a text that bear on its figures: markers, and words of scope and period, each kind in order and none
    /// overlapping another of its kind.
    pub(crate) fn cues(&self, text: &str) -> Cues {
        let mut cues = Cues::default();
        self.cues.each(text, |index, range| {
            match self.cue_tags[index] {
                Cue::Marker(tag) => {
                    let marker = Marker { start: range.start, end: range.end, tag };
                    let place = |marker: &Marker| (marker.start, marker.end);
                    push_apart(&mut cues.markers, marker, place);
                }
                Cue::Setting(setting) => {
                    push_apart(&mut cues.settings, (range.start, range.end, setting), |&(start, end, _)| (start, end));
                }
            }
            true
        });
        cues
    }
}

/// The longest of `words` that `text` ends with.
pub(crate) fn ends_with<'a>(text: &str, words: &'a Phrases) -> Option<&'a str> {
    words.at_end(text)
}

/// The longest of `words` that `text` begins with.
pub(crate) fn starts_with<'a>(text: &str, words: &'a Phrases) -> Option<&'a str> {
    words.at_start(text)
}

/// Whether `text` contains one of `words`.
pub(crate) fn contains(text: &str, words: &Phrases) -> bool {
    words.are_in(text)
}
