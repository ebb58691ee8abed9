//! `duty-detail`: the part on the first responsible persons does not name the heads of both party and government, or
//! counts nothing that they did.
//!
//! Bad: `高度重视，认真履职。` Good: `镇党委书记听取汇报4次，镇长出庭应诉1次。` Basis: 党政主要负责人履行推进法治建设第一责任人职责
//! 规定 第四至六条, which townships follow by analogy.

use memchr::memmem;

use crate::finding::{Finding, Severity};
use crate::report::{Passage, Report, any_of};
use crate::rulebook::Heads;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(found) = report.parts.get("duties").next() else { return };
    let text: String = report.part_prose("duties").map(Passage::text).collect::<Vec<_>>().join("\n");
    if text.chars().count() < 80 {
        return;
    }
    let heading = report.draft.blocks[found.heading].span();
    let heads = &report.book.book().heads;
    // The heading names both, whoever is told of below.
    let below = report.part_prose("duties").filter(|passage| passage.block != found.heading);
    let told = below.map(Passage::text).collect::<Vec<_>>().join("\n");
    let both = heads.single || names_both(heads, &told);
    let one = || Some(any_of(&told, &heads.party)).filter(|party| *party != any_of(&told, &heads.government));
    if !both && let Some(party) = one() {
        let (there, lacking) = if party { ("党委", "政府") } else { ("政府", "党委") };
        let message = format!("只写了{there}主要负责人，没有写{lacking}主要负责人");
        let finding = report.finding("duty-detail", heading, message);
        out.push(match &heads.help {
            Some(help) => finding.help(help.clone()),
            None => finding,
        });
    }
    // A count that is still to be filled in (【待填：次数】次) is the placeholder's business.
    let blanks = memmem::find_iter(text.as_bytes(), "】").map(|at| at + '】'.len_utf8());
    let counted = cjk::numbers(&text).map(|number| number.end).chain(blanks).any(|end| {
        let units = ["次", "场", "个", "件", "项", "期", "起", "条", "篇", "余次", "堂", "轮"];
        units.iter().any(|unit| text[end..].starts_with(unit))
    });
    let worded = || ["一", "两", "三", "四", "五", "六", "七", "八", "九", "十"].iter().any(|n| any_of(&text, &[format!("{n}次"), format!("{n}场")]));
    if !counted && !worded() {
        let message = "没有一件写明次数的履职事实";
        let finding = report.finding("duty-detail", heading, message).at_most(Severity::Info);
        out.push(finding.help("写明听取汇报、专题研究、讲法治课、批示督办、出庭应诉各几次"));
    }
}

/// Whether a text speaks of both heads at once; 政府主要负责人 is one of them.
fn names_both(heads: &Heads, text: &str) -> bool {
    let places = heads.both.iter().flat_map(|word| memmem::find_iter(text.as_bytes(), word.as_str()));
    places.map(|at| &text[..at]).any(|before| !heads.of_one.iter().any(|body| before.ends_with(body.as_str())))
}
