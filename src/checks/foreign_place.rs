//! `foreign-place`: another town, or another county, is told of as if it were the report's own: the trace of a text
//! taken over from elsewhere.
//!
//! Bad: `有力维护了青檀镇和谐稳定的社会局面` in a report of 柘水镇. Good: `东接青檀镇`, `赴青檀镇学习`. Basis: 《党政机关公文
//! 处理工作条例》 第二十条（四）. Only what a town says of itself counts; neighbours, hosts and examples do not.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::report::{Passage, Report, any_of};
use crate::text::cjk;

/// What can stand before the name of a town that is spoken of as one's own.
const BEFORE: [&str; 26] = [
    "了", "推动", "推进", "维护", "提升", "促进", "建设", "保障", "打造", "实现", "展现", "建成", "制定", "落实", "关于", "成为", "加快",
    "现将", "增强", "助力", "构建", "《", "由", "助推", "确保", "为",
];
/// What follows the name of a town that is spoken of as one's own.
const BEHIND: [&str; 40] = [
    "党委", "政府", "人民政府", "党政", "坚持", "积极", "认真", "严格", "全面", "持续", "深入", "法治", "依法", "各项", "经济", "社会", "和谐",
    "平安", "稳定", "始终", "高度", "紧紧", "不断", "切实", "辖", "将", "高质量", "治理", "纪委", "人大", "综治", "司法所", "普法", "综合行政",
    "便民", "政务", "机关", "行政", "20", "干部",
];
/// What a town calls itself by.
const PRAISED: [&str; 4] = ["打造法治", "建设法治", "建设平安", "打造平安"];
/// Words of a sentence in which another town has its place.
const ELSEWHERE: [&str; 44] = [
    "毗邻", "接壤", "相邻", "相连", "相接", "交界", "邻近", "东接", "西接", "南接", "北接", "东临", "西临", "南临", "北临", "东邻", "西邻", "南邻", "北邻",
    "东与", "西与", "南与", "北与", "东至", "西至", "考察", "学习", "借鉴", "参观", "交流", "对接", "联合", "协同", "共建", "联动", "原", "撤", "并入", "合并", "例如",
    "结对", "跨区域", "调任", "挂职",
];
/// What ends like the name of a town and is none.
const GENERIC: [&str; 22] = [
    "乡", "城", "集", "小城", "各", "全", "我", "本", "该", "县", "市", "区", "村", "两", "强", "特色小", "重点", "中心", "建制", "示范", "等", "个",
];

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(town) = &report.identity.town else { return };
    let mut found: Vec<(&Passage<'_>, Range<usize>, bool)> = Vec::new();
    let county = report.identity.county.clone().or_else(|| addressed(report));
    for passage in report.prose() {
        for unit in ["镇", "乡", "街道"] {
            for (at, _) in passage.text().match_indices(unit) {
                if let Some((start, led)) = foreign(report, passage, at, unit, town) {
                    found.push((passage, start..at + unit.len(), led));
                }
            }
        }
        if let Some(county) = &county {
            other_county(report, passage, county, out);
        }
    }
    for (passage, range, led) in &found {
        let name = &passage.text()[range.clone()];
        let often = found.iter().filter(|(passage, range, _)| &passage.text()[range.clone()] == name).count() > 1;
        // Where no word before it takes a place, one mention alone may be no name.
        if *led || often {
            let behind = &passage.text()[range.end..];
            let ruled = ["党委", "政府", "人民政府", "党政"].iter().any(|body| behind.starts_with(body));
            let message = format!("写的是“{name}”，报告是{town}的");
            let finding = report.finding("foreign-place", passage.span(range.clone()), message);
            out.push(if ruled && often { finding } else { finding.at_most(Severity::Warning) });
        }
    }
    super::known_towns::check(report, out);
}

/// Whether another town has its place in a sentence.
pub(super) fn elsewhere(sentence: &str) -> bool {
    any_of(sentence, &ELSEWHERE)
}

/// The name of a town without its unit.
pub(super) fn core(town: &str) -> &str {
    ["街道", "民族乡", "苏木", "镇", "乡"].iter().find_map(|unit| town.strip_suffix(unit)).unwrap_or(town)
}

/// The byte at which the name of another town begins whose unit stands at `at`, if it is told as one's own, and
/// whether a word before it takes a place.
fn foreign(report: &Report<'_>, passage: &Passage<'_>, at: usize, unit: &str, town: &str) -> Option<(usize, bool)> {
    let text = passage.text();
    let behind = &text[at + unit.len()..];
    // 街道 is also a plain word: only its bodies tell of one.
    let bodies = ["党工委", "办事处"];
    let told = if unit == "街道" { bodies.iter().any(|word| behind.starts_with(word)) } else { BEHIND.iter().any(|word| behind.starts_with(word)) };
    let sentence = passage.sentence(&(at..at));
    if any_of(&text[sentence.clone()], &ELSEWHERE) {
        return None;
    }
    // The name: two or three 汉字 behind a mark, the start, or a word that takes a town as its object.
    let before = &text[sentence.start..at];
    let no_names = &report.book.book().places.not_names;
    let (start, led) = [2, 3].into_iter().find_map(|count| {
        let (offset, _) = before.char_indices().rev().nth(count - 1)?;
        let (left, name) = before.split_at(offset);
        // 法治柏川镇, 平安柏川镇: one's own, whatever follows.
        let praised = PRAISED.iter().any(|word| left.ends_with(word));
        let led = praised || left.is_empty() || left.ends_with('《') || BEFORE.iter().any(|word| left.ends_with(word));
        let bounded = praised || told && (led || left.ends_with(['，', '；', '：', '（', '“']));
        let word = no_names.iter().any(|word| name.ends_with(word.as_str()) || name.starts_with(word.as_str()));
        (bounded && is_name(name) && !word).then_some((sentence.start + offset, led))
    })?;
    let (name, core) = (&text[start..at], core(town));
    let own = town.contains(name) || name.contains(core) || core.ends_with(name);
    (!own).then_some((start, led))
}

/// The county that the report is sent to: `湘川县人民政府：`.
fn addressed(report: &Report<'_>) -> Option<String> {
    let name: String = report.draft.recipient()?.text.text().chars().filter(|c| !cjk::is_blank(*c)).collect();
    let (county, body) = name.split_once('县')?;
    let body = body.starts_with("人民政府") || body.starts_with("政府") || body.starts_with('委') || body.starts_with("党委");
    let county = county.trim_start_matches("中共");
    ((2..=3).contains(&county.chars().count()) && county.chars().all(cjk::is_han) && body).then(|| format!("{county}县"))
}

/// Whether the 汉字 before 镇 or 乡 can be a name.
fn is_name(name: &str) -> bool {
    const NEVER: &str = "的了和与及在是为将对各全我本该每两几多等个县市区村乡镇街城集有从到向由把被让使并或第一二三四五六七八九十建设推进美丽特色小强";
    name.chars().all(|c| cjk::is_han(c) && !NEVER.contains(c)) && !GENERIC.iter().any(|generic| name.ends_with(generic))
}

/// `在云砚县委、县政府的坚强领导下` in a report of another county.
fn other_county(report: &Report<'_>, passage: &Passage<'_>, county: &str, out: &mut Vec<Finding>) {
    let text = passage.text();
    for unit in ['县', '区'].into_iter().filter(|unit| county.ends_with(*unit)) {
        for (at, _) in text.match_indices(&format!("{unit}委、{unit}政府")) {
            let Some((offset, _)) = text[..at].char_indices().rev().nth(1) else { continue };
            let (left, name) = text[..at].split_at(offset);
            let led = left.ends_with('在') && is_name(name) && !name.contains(['中', '上', '地', '新', '自', '治']);
            if led && !county.contains(name) {
                let range = offset..at + unit.len_utf8();
                let message = format!("写的是“{}”，报告是{county}的", &text[range.clone()]);
                out.push(report.finding("foreign-place", passage.span(range), message));
            }
        }
    }
    // `为推动云砚县法治建设` in a report of another county.
    for (at, unit) in text.match_indices('县') {
        let end = at + unit.len();
        let told = ["法治", "平安", "高质量", "经济", "社会", "和谐"].iter().any(|word| text[end..].starts_with(word));
        let Some((offset, _)) = text[..at].char_indices().rev().nth(1) else { continue };
        let (left, name) = text[..at].split_at(offset);
        let led = ["推动", "推进", "维护", "提升", "促进", "助推", "助力"].iter().any(|word| left.ends_with(word));
        let word = report.book.book().places.not_names.iter().any(|word| name == word.as_str());
        let named = || report.draft.signatures().chain(report.draft.title()).any(|block| block.text.text().contains(&text[offset..end]));
        let sentence = &text[passage.sentence(&(at..end))];
        let own = county.contains(name) || name.contains(['中', '自', '治', '地', '新', '邻', '周', '边', '他', '外']);
        if told && led && !word && !own && is_name(name) && !any_of(sentence, &ELSEWHERE) && !named() {
            let message = format!("写的是“{}”，报告是{county}的", &text[offset..end]);
            out.push(report.finding("foreign-place", passage.span(offset..end), message).at_most(Severity::Warning));
        }
    }
}
