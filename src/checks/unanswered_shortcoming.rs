//! `unanswered-shortcoming`: a shortcoming of which no plan speaks.
//!
//! Bad: `数字化应用有待深化` and plans that never touch it. Good: a plan for each. Basis: practice of reviewers. A hint,
//! never more: any word in common with the plans is an answer, and any word of the same field.

use std::ops::Range;

use crate::finding::Finding;
use crate::report::{Passage, Report, any_of};
use crate::text::cjk;

/// Words of every shortcoming, and none of its subject.
const COMMON: [&str; 54] = [
    "有待", "进一步", "还需", "仍需", "需要", "不够", "不足", "不强", "不高", "不深", "不实", "不全", "不到位", "欠缺", "薄弱", "短板", "存在", "提升",
    "提高", "加强", "完善", "深化", "深入", "强化", "增强", "健全", "规范", "有所", "较为", "相对", "比较", "仍然", "还有", "尚未", "部分", "个别", "少数",
    "一些", "方面", "问题", "工作", "法治", "建设", "政府", "推进", "情况", "差距", "全镇", "全乡", "我镇",
    "我乡", "单一", "滞后", "充分",
];
/// Words of one field each: a plan in the field of a shortcoming answers it, whatever its words.
const FIELDS: [&[&str]; 6] = [
    &["普法", "法治宣传", "法治意识", "法律意识", "法治观念", "法治思维", "法治素养", "知晓", "法治氛围", "法律明白人", "法治阵地", "法治文化", "学法", "民主法治示范"],
    &["执法", "持证", "案卷", "处罚", "裁量", "三项制度"],
    &["人员", "人才", "人手", "力量", "队伍", "编制", "培训", "招录", "兼职", "专业", "能力", "业务"],
    &["纠纷", "调解", "信访", "综治", "枫桥", "诉源", "矛盾", "化解"],
    &["决策", "合法性审查", "规范性文件", "合同", "法律顾问", "公职律师", "法制审核"],
    &["数字", "信息化", "平台", "智慧", "系统", "数据", "网格"],
];
/// Characters that stand in no word of a subject.
const PARTICLES: &str = "的了在和与及有是对于中上下不还仍较等";

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let merged = report.parts.merged.iter().any(|(_, keys)| keys.iter().any(|key| key == "plan" || key == "shortcomings"));
    if merged || !report.parts.has("plan") {
        return;
    }
    let text_of = |key: &str| -> String {
        let holds = |block: usize| report.parts.get(key).any(|found| found.heading == block || found.body.contains(&block));
        report.prose().filter(|passage| holds(passage.block)).map(|passage| passage.text().to_owned() + "\n").collect()
    };
    let plan = text_of("plan");
    if plan.chars().count() < 80 {
        return;
    }
    for passage in report.part_prose("shortcomings") {
        for range in leads(report, passage) {
            let lead = &passage.text()[range.clone()];
            let words = words(lead);
            let same_field = FIELDS.iter().any(|field| any_of(lead, field) && any_of(&plan, field));
            if !words.is_empty() && !same_field && !any_of(&plan, &words) {
                let message = format!("“{lead}”这个不足，下一年度安排里没有提到");
                out.push(report.finding("unanswered-shortcoming", passage.span(range), message));
            }
        }
    }
}

/// What names a shortcoming: a numbered heading, or the clause behind `一是`.
fn leads(report: &Report<'_>, passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.text();
    let block = &report.draft.blocks[passage.block];
    if let crate::draft::Role::Heading(heading) = &block.role {
        let itemised = heading.level > 1 && heading.number.is_some();
        return itemised.then_some(0..text.len()).into_iter().collect();
    }
    text.match_indices('是')
        .filter_map(|(at, _)| {
            let (start, c) = text[..at].char_indices().next_back()?;
            let led = text[..start].chars().next_back().is_none_or(|c| "。；：，".contains(c));
            let from = at + '是'.len_utf8();
            let end = text[from..].find(['。', '；', '，']).map_or(text.len(), |end| from + end);
            (cjk::digit(c).is_some_and(|n| (1..=9).contains(&n)) && led && end > from).then_some(from..end)
        })
        .collect()
}

/// The pairs of characters that name its subject.
fn words(lead: &str) -> Vec<String> {
    let subject = COMMON.iter().fold(lead.to_owned(), |text, word| text.replace(word, "，"));
    let chars: Vec<char> = subject.chars().collect();
    chars
        .windows(2)
        .filter(|pair| pair.iter().all(|c| cjk::is_han(*c) && !PARTICLES.contains(*c)))
        .map(|pair| pair.iter().collect())
        .collect()
}
