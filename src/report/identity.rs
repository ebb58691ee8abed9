//! Whose report it is and of which year: from the configuration, the title, the signature.

use crate::draft::Draft;
use crate::rulebook::Config;
use crate::text::cjk;

/// Whose report it is, and of which year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The year that it is about.
    pub year: Option<u32>,
    /// The town (`青溪镇`), street or township.
    pub town: Option<String>,
    /// Its county or district, where it is known.
    pub county: Option<String>,
}

impl Identity {
    /// Works it out. What the configuration says comes first.
    pub fn of(draft: &Draft, config: &Config) -> Self {
        let title = draft.title().map(|block| cjk::squeeze(block.text.text())).unwrap_or_default();
        let opening = || -> String {
            let texts = draft.prose(0..draft.blocks.len()).take(2);
            let begins = texts.flat_map(|block| block.text.text().chars().take(60).chain(['。']));
            begins.filter(|c| !cjk::is_blank(*c)).collect()
        };
        let year = config
            .year
            .or_else(|| year_in(&title).map(|year| outvoting(draft, year, opening).unwrap_or(year)))
            .or_else(|| year_in(&opening()))
            .or_else(|| draft.date().filter(|(_, date)| date.month.is_some()).map(|(_, date)| date.year - 1));
        let (mut town, mut county) = (config.town.clone(), config.county.clone());
        let signed = draft.signatures().map(|block| cjk::squeeze(block.text.text()));
        for name in std::iter::once(title).chain(signed) {
            if town.is_some() && county.is_some() {
                break;
            }
            let named = town_of(&name);
            county = county.or_else(|| county_of(&name, named.as_deref()?));
            town = town.or(named);
        }
        Self { year, town, county }
    }
}

/// The year that the opening, the date and the headings agree on, where the title tells another: then that was forgotten.
fn outvoting(draft: &Draft, title: u32, opening: impl Fn() -> String) -> Option<u32> {
    let (_, date) = draft.date().filter(|(_, date)| date.year != title + 1 && date.month.is_some_and(|month| month <= 6))?;
    let year = year_in(&opening()).filter(|year| *year != title && date.year == year + 1)?;
    let told = |heading: &str| {
        let begins = heading.starts_with(|c| any_digit(c).is_some()).then(|| year_in(heading)).flatten()?;
        Some(if PLANS.iter().any(|word| heading.contains(word)) { begins - 1 } else { begins })
    };
    let agreed = || draft.headings().filter_map(|(_, block, _)| told(block.text.text())).all(|told| told == year);
    agreed().then_some(year)
}

/// What a heading over next year's plans says.
const PLANS: [&str; 4] = ["安排", "打算", "计划", "思路"];

/// The first year (`2023年`, `二〇二三年`, `2023 年度`) in a text.
pub fn year_in(text: &str) -> Option<u32> {
    text.match_indices('年').find_map(|(at, _)| {
        let digits: Vec<u32> = text[..at].chars().rev().map_while(any_digit).take(4).collect();
        let year = digits.iter().rev().fold(0, |year, digit| year * 10 + digit);
        (digits.len() == 4 && (1990..2100).contains(&year)).then_some(year)
    })
}

fn any_digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10).or_else(|| cjk::digit(c)),
    }
}

/// What ends the name of a place above a town.
const ABOVE: [char; 7] = ['省', '市', '县', '区', '州', '旗', '盟'];

/// What the name of a town ends with.
const UNITS: [&str; 5] = ["街道", "民族乡", "苏木", "镇", "乡"];

/// What follows the name of a town, where that is not at its end.
const FOLLOWING: [&str; 15] = [
    "人民政府",
    "政府",
    "委员会",
    "党委",
    "党工委",
    "委",
    "办事处",
    "关于",
    "年",
    "中共",
    "20",
    "２０",
    "二〇",
    "法治",
    "司法所",
];

/// The town, township or street that a title or a signature names: `中共固原市原州区官厅镇委员会` → `官厅镇`.
pub fn town_of(name: &str) -> Option<String> {
    let name = name.trim_start_matches("中国共产党").trim_start_matches("中共");
    let begins = name.char_indices().filter(|(_, c)| matches!(c, '街' | '民' | '苏' | '镇' | '乡'));
    let ends = begins.flat_map(|(at, _)| {
        let units = UNITS.iter().filter(move |unit| name[at..].starts_with(**unit));
        units.map(move |unit| at + unit.len())
    });
    let is_last = |end: &usize| {
        let rest = &name[*end..];
        rest.chars().next().is_none_or(|c| !cjk::is_han(c)) || FOLLOWING.iter().any(|next| rest.starts_with(next))
    };
    let end = ends.filter(is_last).min()?;
    let before = &name[..end];
    // The first two characters can be part of the name (县, 区 and 市 stand in names of towns too).
    let own = before.char_indices().rev().skip(3).find(|(_, c)| ABOVE.contains(c)).map_or(0, |(at, c)| at + c.len_utf8());
    let town = before[own..].trim_start_matches("关于");
    let length = town.chars().count();
    ((2..=10).contains(&length) && town.chars().all(cjk::is_han)).then(|| town.to_owned())
}

/// The county or district that a title or a signature names before the town.
fn county_of(name: &str, town: &str) -> Option<String> {
    let name = name.trim_start_matches("中国共产党").trim_start_matches("中共");
    let chain = &name[..name.find(town)?];
    let end = chain.char_indices().next_back().filter(|(_, c)| ['县', '区', '市', '旗'].contains(c))?;
    let start =
        chain[..end.0].char_indices().rev().skip(1).find(|(_, c)| ABOVE.contains(c)).map_or(0, |(at, c)| at + c.len_utf8());
    let county = &chain[start..];
    (2..=8).contains(&county.chars().count()).then(|| county.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_found_in_titles_and_signatures() {
        for (name, town, county) in [
            ("贺川县金桂镇2021年法治政府建设年度报告", "金桂镇", Some("贺川县")),
            ("中共固山市原台区官亭镇委员会", "官亭镇", Some("原台区")),
            ("官亭镇关于2022年度法治政府建设情况的报告", "官亭镇", None),
            ("关于柳溪口镇2022年度法治政府建设情况的报告", "柳溪口镇", None),
            ("云砚县望河街道办事处", "望河街道", Some("云砚县")),
            ("中共云砚县栖禾镇委员会云砚县栖禾镇人民政府关于2025年度法治政府建设情况的报告", "栖禾镇", Some("云砚县")),
            ("乡宁里乡人民政府", "乡宁里乡", None),
        ] {
            assert_eq!(town_of(name).as_deref(), Some(town), "{name}");
            assert_eq!(county_of(name, town).as_deref(), county, "{name}");
        }
        assert_eq!(town_of("云砚县司法局"), None);
    }

    #[test]
    fn years_in_every_writing() {
        for text in ["2023年度", "２０２３年", "二〇二三年"] {
            assert_eq!(year_in(text), Some(2023), "{text}");
        }
        assert_eq!(year_in("三年来，自1年前"), None);
    }
}
