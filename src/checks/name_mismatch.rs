//! `name-mismatch`: the town's own name is written in two ways.
//!
//! Bad: `柘水乡应急救援队伍` in a report of 柘水镇. Good: `原柘水乡`. Basis: 《党政机关公文处理工作条例》 第二十条（四）.

use crate::finding::{Finding, Fix};
use crate::report::{Report, any_of};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(town) = &report.identity.town else { return };
    let core = super::foreign_place::core(town);
    let unit = &town[core.len()..];
    // A short or common core (城关) would stand in other names too.
    if core.chars().count() < 2 || ["民族乡", "苏木"].contains(&unit) {
        return;
    }
    for passage in report.passages() {
        let text = passage.text();
        for (at, _) in text.match_indices(core) {
            let end = at + core.len();
            let Some(other) = ["镇", "乡", "街道"].into_iter().find(|other| text[end..].starts_with(other)) else { continue };
            let behind = &text[end + other.len()..];
            let sentence = &text[passage.sentence(&(at..end))];
            let past = any_of(sentence, &["原", "撤", "更名", "改为", "并入", "合并", "前身", "设立"]);
            // 柘水镇村两级, 柘水乡村振兴: the character belongs to the next word.
            let word = match other {
                "乡" => behind.starts_with(['村', '镇', '贤', '土', '亲', '愁', '情', '风', '道', '友', '音', '里', '级', '规']),
                "镇" => behind.starts_with(['村', '街', '区', '域']),
                _ => behind.starts_with(['社', '两']) || unit == "镇" || unit == "乡",
            };
            // 新城镇化, 新城乡: after 城 the character is another word's.
            let city = core.ends_with('城') && other != "街道";
            if other != unit && !past && !word && !city {
                let range = at..end + other.len();
                let span = passage.span(range.clone());
                let written = &text[range];
                let fix = Fix::replace(format!("改为{town}"), false, span, town.clone());
                let finding = report.finding("name-mismatch", span, format!("“{written}”与标题、署名里的“{town}”不一致"));
                out.push(finding.help(format!("改为“{town}”")).fix(fix));
            }
        }
    }
}
