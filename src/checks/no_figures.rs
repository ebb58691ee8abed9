//! `no-figures`: the measures and results are told without a single number.
//!
//! Bad: `普法活动丰富多彩。` Good: `开展普法活动12场。` Basis: 规定 第二十五条（一）, 成效.

use crate::finding::Finding;
use crate::report::{Passage, Report, any_of};
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(found) = report.parts.get("measures").next() else { return };
    let holds = |block: usize| report.parts.get("measures").any(|found| found.heading == block || found.body.contains(&block));
    let texts = || report.prose().filter(|passage| holds(passage.block));
    let unit = |c: char| cjk::is_han(c) && !"年月日号届中".contains(c) || c == '%';
    let counted = |passage: &Passage<'_>| passage.numbers().any(|number| passage.text()[number.end..].starts_with(unit));
    let worded = |passage: &Passage<'_>| any_of(passage.text(), &["两次", "三次", "四次", "百余", "千余"]);
    let length = || texts().map(|passage| passage.text().chars().count()).sum::<usize>();
    if !texts().any(counted) && !texts().any(worded) && length() >= 200 {
        let message = "主要举措和成效里没有一个数字";
        out.push(report.finding("no-figures", report.draft.blocks[found.heading].span(), message).help("用有来源的数字说明做了多少、效果怎样"));
    }
}
