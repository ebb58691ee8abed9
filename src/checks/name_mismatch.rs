//! `name-mismatch`: the town's own name is written in two ways.
//!
//! Bad: `柘水乡应急救援队伍` in a report of 柘水镇. Good: `原柘水乡`. Basis: 《党政机关公文处理工作条例》 第二十条（四）.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::finding::{Finding, Fix, Severity};
use crate::report::{Report, any_of, town_of};
use crate::rulebook::Places;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(town) = &report.identity.town else { return };
    let core = super::foreign_place::core(town);
    let unit = &town[core.len()..];
    signed(report, town, out);
    called(report, town, unit, out);
    above(report, out);
    bodies(report, town, unit, out);
    // A short or common core (城关) would stand in other names too.
    if core.chars().count() < 2 || ["民族乡", "苏木"].contains(&unit) {
        return;
    }
    shortened(report, town, core, unit, out);
    let initial = Finder::new(&core[..core.chars().next().map_or(0, char::len_utf8)]);
    for (passage, at) in report.find(&initial) {
        let text = passage.text();
        if !text[at..].starts_with(core) {
            continue;
        }
        let end = at + core.len();
        let Some(other) = UNITS.into_iter().find(|other| text[end..].starts_with(other)) else { continue };
        let behind = &text[end + other.len()..];
        if other == unit {
            continue;
        }
        let past = || any_of(&text[passage.sentence(&(at..end))], &["原", "撤", "更名", "改为", "并入", "合并", "前身", "设立"]);
        // 柘水镇村两级, 柘水乡村振兴: the character belongs to the next word.
        let word = match other {
            "乡" => behind.starts_with(['村', '镇', '贤', '土', '亲', '愁', '情', '风', '道', '友', '音', '里', '级', '规']),
            "镇" => behind.starts_with(['村', '街', '区', '域']),
            _ => behind.starts_with(['社', '两']) || unit == "镇" || unit == "乡",
        };
        // 新城镇化, 新城乡: after 城 the character is another word's.
        let city = core.ends_with('城') && other != "街道";
        if !word && !city && !past() {
            let range = at..end + other.len();
            let span = passage.span(range.clone());
            let written = &text[range];
            let fix = Fix::replace(format!("改为{town}"), false, span, town.clone());
            let finding = report.finding("name-mismatch", span, format!("“{written}”与标题、署名里的“{town}”不一致"));
            out.push(finding.help(format!("改为“{town}”")).fix(fix));
        }
    }
}

/// A signature whose name has one other character than the title: 石岩街道 under a report of 石崖街道.
fn signed(report: &Report<'_>, town: &str, out: &mut Vec<Finding>) {
    for block in report.draft.signatures() {
        let Some(name) = town_of(&cjk::squeeze(block.text.text())) else { continue };
        let others = name.chars().zip(town.chars()).filter(|(one, other)| one != other).count();
        if others == 1 && name.chars().count() == town.chars().count() {
            let message = format!("署名写作“{name}”，标题里是“{town}”");
            out.push(report.finding("name-mismatch", block.span(), message).help("核对哪一个写错了"));
        }
    }
}

/// `我街道`, `全乡` in the report of a 镇: what the report calls its own.
fn called(report: &Report<'_>, town: &str, unit: &str, out: &mut Vec<Finding>) {
    static OWN: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| ["我", "全"].map(Finder::new));
    if !UNITS.contains(&unit) {
        return;
    }
    for own in OWN.iter() {
        for (passage, start) in report.find_in_prose(own).map(|(passage, at)| (passage, at + own.needle().len())) {
            let (before, rest) = (&passage.text()[..start - own.needle().len()], &passage.text()[start..]);
            let Some(other) = UNITS.into_iter().find(|other| *other != unit && rest.starts_with(other)) else { continue };
            // 健全镇村体系, 安全乡村: the word before takes it.
            if own.needle() == "全".as_bytes() && before.ends_with(cjk::is_han) {
                continue;
            }
            // 我乡村, 我街道路: the character belongs to the next word.
            let word = rest[other.len()..].starts_with(['村', '镇', '亲', '土', '音', '愁', '贤', '街', '域', '路']);
            let sentence = &passage.text()[passage.sentence(&(start..start))];
            let past = any_of(sentence, &["撤乡", "撤镇", "撤并", "更名", "改为", "改设", "并入", "合并", "前身"]);
            if !word && !past {
                let span = passage.span(before.len()..start + other.len());
                let written = &passage.text()[before.len()..start + other.len()];
                let right = written.replace(other, unit);
                let finding = report.finding("name-mismatch", span, format!("写作“{written}”，但这是{town}的报告")).at_most(Severity::Warning);
                out.push(finding.help(format!("改为“{right}”")).fix(Fix::replace(format!("改为{right}"), false, span, right)));
            }
        }
    }
}

/// `在区委、区政府领导下` in a report to 县委、县政府.
fn above(report: &Report<'_>, out: &mut Vec<Finding>) {
    const KINDS: [&str; 3] = ["县", "区", "旗"];
    let Some(recipient) = report.draft.recipient().map(|block| block.text.text()) else { return };
    let to = |kind: &&str| recipient.contains(&format!("{kind}委")) || recipient.contains(&format!("{kind}政府"));
    let mut own = KINDS.into_iter().filter(to);
    let (Some(own), None) = (own.next(), own.next()) else { return };
    for other in KINDS.into_iter().filter(|other| *other != own) {
        let (party, government) = (format!("{other}委"), format!("{other}政府"));
        for (passage, at) in report.find_in_prose(&Finder::new(&party)) {
            let (before, behind) = (&passage.text()[..at], &passage.text()[at + party.len()..]);
            if !behind.trim_start_matches(['、', '和']).starts_with(&government) {
                continue;
            }
            // 云山区委、区政府 are another's.
            let led = before.chars().next_back().is_none_or(|c| !cjk::is_han(c) || "在市向受经按照和由以".contains(c));
            if led {
                let message = format!("写作“{party}、{government}”，主送的是{own}委、{own}政府");
                let finding = report.finding("name-mismatch", passage.span(at..at + party.len()), message).at_most(Severity::Warning);
                out.push(finding.help("核对哪一个写错了，是不是别处的稿子留下的"));
            }
        }
    }
}

/// `镇党委书记`, `接受乡人大监督` in the report of a 街道: bodies of another kind of town, told of as one's own.
fn bodies(report: &Report<'_>, town: &str, unit: &str, out: &mut Vec<Finding>) {
    let places = &report.book.book().places;
    if !UNITS.contains(&unit) {
        return;
    }
    let changed = || any_of(report.draft.source.text(), &["撤乡", "撤镇", "撤并", "设镇", "改设"]);
    let told = report.prose().flat_map(|passage| ['镇', '乡', '街'].map(|first| passage.units(first).map(move |at| (passage, at)))).flatten();
    for (passage, at) in told {
        let text = passage.text();
        let Some(body) = places.bodies.at_start(&text[at..]).filter(|body| !body.starts_with(unit)) else { continue };
        let sentence = &text[passage.sentence(&(at..at))];
        let led = text[..at].is_empty() || text[..at].ends_with(['，', '；', '：', '。', '、']) || places.own_before.at_end(&text[..at]).is_some();
        // 各镇党委、街道党工委: of the whole county.
        if led && !places.elsewhere.are_in(sentence) && !places.all_towns.are_in(sentence) && !names_town(places, sentence) && !changed() {
            let message = format!("写作“{body}”，但这是{town}的报告");
            let finding = report.finding("name-mismatch", passage.span(at..at + body.len()), message).at_most(Severity::Warning);
            out.push(finding.help(format!("核对是不是别处的稿子留下的，改为{unit}的机构")));
        }
    }
}

/// Whether a sentence names towns besides one's own: 与青檀镇, 石崖乡.
fn names_town(places: &Places, sentence: &str) -> bool {
    let named = |at: usize| sentence[..at].ends_with(|c| places.endings.contain(c));
    ["镇党委", "镇政府", "镇人民政府", "乡党委", "乡政府", "乡人民政府"].iter().any(|body| sentence.match_indices(body).any(|(at, _)| named(at)))
}

/// What a town is, by the end of its name.
const UNITS: [&str; 3] = ["镇", "乡", "街道"];

/// `柳溪镇` for `柳溪口镇`: a name of three or more characters that lost one.
fn shortened(report: &Report<'_>, town: &str, core: &str, unit: &str, out: &mut Vec<Finding>) {
    let chars: Vec<char> = core.chars().collect();
    if chars.len() < 3 {
        return;
    }
    let without = |lost: usize| chars.iter().enumerate().filter(|(at, _)| *at != lost).map(|(_, c)| c).collect::<String>() + unit;
    let names: BTreeSet<String> = (0..chars.len()).map(without).collect();
    let finders: Vec<_> = names.iter().map(|name| (name, Finder::new(name))).collect();
    for passage in report.prose() {
        let text = passage.text();
        for (name, finder) in &finders {
            for at in finder.find_iter(text.as_bytes()) {
                let behind = &text[at + name.len()..];
                let own = ["党委", "政府", "人民政府", "综治中心", "司法所", "综合行政执法", "便民服务中心", "法治", "将", "坚持", "全面", "人民调解"];
                let told = own.iter().any(|word| behind.starts_with(word));
                let bounded = text[..at].is_empty() || text[..at].ends_with(|c: char| !cjk::is_han(c));
                let sentence = &text[passage.sentence(&(at..at))];
                let other = any_of(sentence, &["原", "邻", "接壤", "毗", "赴", "考察", "学习", "交流", "联合", "联动", "合并", "并入", "东接", "西接"]);
                if bounded && told && !other && !text.contains(&format!("{}{name}", chars[0])) {
                    let span = passage.span(at..at + name.len());
                    let fix = Fix::replace(format!("改为{town}"), false, span, town);
                    let message = format!("“{name}”与标题、署名里的“{town}”不一致，是不是漏了一个字");
                    let finding = report.finding("name-mismatch", span, message).at_most(Severity::Warning);
                    out.push(finding.help(format!("改为“{town}”")).fix(fix));
                }
            }
        }
    }
}
