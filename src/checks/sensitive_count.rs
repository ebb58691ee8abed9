//! `sensitive-count`: the number of people of a group that is under watch, in a report that is published.
//!
//! Bad: `稳控重点对象7人` Good: `对重点对象落实帮扶措施`. Basis: 政府信息公开条例 第十四条、第十六条.

use crate::finding::Finding;
use crate::report::Report;
use crate::rulebook::Family;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for (passage, groups) in report.prose_with(Family::Group) {
        let text = passage.text();
        let mut spoken = 0;
        for group in groups.iter().map(|group| group.range()) {
            if group.start < spoken {
                continue;
            }
            let counted = |text: &str| {
                text.char_indices().any(|(at, c)| {
                    c.is_ascii_digit() && text[at + 1..].trim_start_matches('余').starts_with(['人', '名', '户', '例'])
                        && !text[at + 1..].starts_with("人次") && !text[at + 1..].starts_with("名志") && !text[at+1..].starts_with("人民")
                })
            };
            let behind: String = text[group.end..].chars().take(8).take_while(|c| !"，。；、：".contains(*c)).collect();
            let before: String = {
                let chars: Vec<char> = text[..group.start].chars().rev().take(6).take_while(|c| !"，。；、：".contains(*c)).collect();
                chars.into_iter().rev().collect()
            };
            if counted(&behind) || counted(&format!("{before}人").replace("名人", "名").replace("人人", "人")) {
                spoken = group.end;
                let name = &text[group.clone()];
                let message = format!("写出了“{name}”的人数，公开前要删去或者概括");
                out.push(report.finding("sensitive-count", passage.span(group), message));
            }
        }
    }
}
