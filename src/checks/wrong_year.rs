//! `wrong-year`: a year that was left from last year's file.
//!
//! Bad: under the plans of a report on 2024, `2024年，我镇将……`. Good: `2025年，我镇将……`. Also where a heading, the
//! opening or the date disagrees with the title. Basis: 规定 第二十五条 (上一年度, 下一年度).

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::draft::Role;
use crate::finding::{Finding, Fix, Severity};
use crate::report::{Passage, Report, any_of, year_in};

use super::times;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(year) = report.told_year() else { return };
    for passage in report.prose() {
        match report.draft.blocks[passage.block].role {
            Role::Heading(_) => heading(report, passage, year, out),
            Role::Paragraph(_) if times::years_of(passage).next().is_some() && is_planned(report, passage.block) => {
                plan(report, passage, year, out);
            }
            _ => {}
        }
    }
    for (passage, at) in told(report) {
        opening(report, passage, at, year, out);
    }
    begins(report, year, out);
    title(report, year, out);
    if let Some((block, date)) = report.draft.date().filter(|(_, date)| date.year < year) {
        let message = format!("成文日期是{}年，报告写的却是{year}年", date.year);
        out.push(report.finding("wrong-year", block.span(), message));
    }
}

/// A title of another year than all else, as `Identity::year` weighs it.
fn title(report: &Report<'_>, year: u32, out: &mut Vec<Finding>) {
    let told = report.draft.title().and_then(|title| Some((title, year_in(title.text.text())?)));
    let Some((title, other)) = told.filter(|(_, other)| *other != year && report.book.config.year.is_none()) else { return };
    let message = format!("标题写的是{other}年，正文和成文日期是按{year}年写的");
    let digits = times::years(title.text.text()).find(|(_, told)| *told == other).map(|(range, _)| title.text.span(range.start..range.start + 4));
    let finding = report.finding("wrong-year", digits.unwrap_or(title.span()), message).help("核对标题的年份");
    out.push(match digits {
        Some(digits) => finding.fix(Fix::replace(format!("改为{year}"), false, digits, year.to_string())),
        None => finding,
    });
}

/// `2024年，柳川镇坚持……` before the first part of a report on 2025, which that paragraph never names.
fn begins(report: &Report<'_>, year: u32, out: &mut Vec<Finding>) {
    let is_paragraph = |passage: &&Passage<'_>| matches!(report.draft.blocks[passage.block].role, Role::Paragraph(_));
    let Some(passage) = report.prose().find(is_paragraph).filter(|passage| report.parts.at(passage.block).is_none()) else { return };
    let mut years = times::years_of(passage);
    let (Some((range, other)), true) = (years.next(), years.all(|(_, other)| other < year)) else { return };
    let rest = &passage.text()[range.end..];
    let Some(rest) = rest.strip_prefix('度').unwrap_or(rest).strip_prefix('，') else { return };
    let whose = report.book.book().times.whose.iter().chain(&report.identity.town).any(|word| rest.starts_with(word.as_str()));
    if range.start == 0 && other + 1 == year && (whose || rest.starts_with('在')) {
        let digits = passage.span(0..range.start + 4);
        let message = format!("开头写的是{other}年，标题写的是{year}年");
        let fix = Fix::replace(format!("改为{year}"), false, digits, year.to_string());
        let finding = report.finding("wrong-year", passage.span(range), message).at_most(Severity::Warning);
        out.push(finding.help("核对是不是去年的稿子留下的").fix(fix));
    }
}

/// Where paragraphs say that the report follows: `报告如下`, or else `汇报如下`, each the first time.
fn told<'r, 'a>(report: &'r Report<'a>) -> impl Iterator<Item = (&'r Passage<'a>, usize)> {
    static BELOW: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("如下"));
    let is_paragraph = |passage: &Passage<'_>| matches!(report.draft.blocks[passage.block].role, Role::Paragraph(_));
    let paragraphs = report.first_in_prose(&BELOW).filter(move |(passage, _)| is_paragraph(passage));
    let place = |text: &str| ["报告如下", "汇报如下"].iter().find_map(|told| text.find(told));
    paragraphs.filter_map(move |(passage, _)| Some((passage, place(passage.text())?)))
}

/// Whether a block stands among the plans: in their part, or where a heading stands for several parts, under a
/// heading of their own.
fn is_planned(report: &Report<'_>, block: usize) -> bool {
    if !report.parts.merged.iter().any(|(_, keys)| keys.iter().any(|key| key == "plan")) {
        return report.parts.at(block) == Some("plan");
    }
    let above = report.draft.blocks[..block].iter().rev().find(|block| matches!(block.role, Role::Heading(_)));
    above.is_some_and(|heading| {
        let title = heading.text.text();
        any_of(title, &["下一步", "下步", "下一年", "打算", "安排", "计划"]) && !any_of(title, &["问题", "不足", "原因", "成效", "举措"])
    })
}

/// `2024年，我镇将……` in the plans of a report on 2024.
fn plan(report: &Report<'_>, passage: &Passage<'_>, year: u32, out: &mut Vec<Finding>) {
    let (text, words) = (passage.text(), &report.book.book().times);
    for (range, other) in times::years_of(passage).filter(|(_, other)| (year - 1..=year).contains(other)) {
        let sentence = passage.sentence(&range);
        if range.start != sentence.start {
            continue;
        }
        let rest = &text[range.end..sentence.end];
        let rest = rest.strip_prefix('度').unwrap_or(rest).trim_start_matches(['，', '、']);
        let own = words.whose.iter().any(|word| rest.starts_with(word.as_str())) || report.identity.town.as_ref().is_some_and(|town| rest.starts_with(town.as_str()));
        if own && any_of(rest, &words.plans) && !any_of(rest, &words.done) {
            let next = year + 1;
            let digits = passage.span(range.start..range.start + 4);
            let message = format!("下一年度的安排写成了{other}年，应为{next}年");
            let fix = Fix::replace(format!("改为{next}"), false, digits, next.to_string());
            out.push(report.finding("wrong-year", passage.span(range), message).help(format!("改为“{next}年”")).fix(fix));
        }
    }
}

/// A heading that names another year than the report.
fn heading(report: &Report<'_>, passage: &Passage<'_>, year: u32, out: &mut Vec<Finding>) {
    let text = passage.text();
    let mut years = times::years_of(passage);
    let (Some((range, other)), None) = (years.next(), years.next()) else { return };
    let Some(found) = report.parts.found.iter().find(|found| found.heading == passage.block) else { return };
    let merged = report.parts.merged.iter().any(|(heading, _)| *heading == passage.block);
    if merged || range.start > 0 || report.parts.found.iter().filter(|other| other.heading == passage.block).count() > 1 {
        return;
    }
    let rest = &text[range.end..];
    let right = match found.key.as_str() {
        "plan" if any_of(rest, &["下一步", "下步", "下一年", "存在", "问题", "今后", "及"]) => return,
        "plan" => year + 1,
        "background" => return,
        _ => year,
    };
    let near = other + 3 >= year && other <= year + 1;
    if other != right && near && !rest.starts_with(['以', '至', '—', '底', '末']) && !any_of(rest, &["规划", "纲要", "方案", "创建", "反馈"]) {
        let message = format!("标题写的是{other}年，按报告年度应为{right}年");
        let fix = Fix::replace(format!("改为{right}"), false, passage.span(range.start..range.start + 4), right.to_string());
        out.push(report.finding("wrong-year", passage.span(range), message).help(format!("改为“{right}年”")).fix(fix));
    }
}

/// `现将我镇2021年度法治政府建设情况报告如下` in a report on 2022.
fn opening(report: &Report<'_>, passage: &Passage<'_>, at: usize, year: u32, out: &mut Vec<Finding>) {
    let text = passage.text();
    let sentence = passage.sentence(&(at..at));
    let Some(now) = text[sentence.start..at].find("现将").or_else(|| text[sentence.start..at].find("现就")) else { return };
    let mut years = times::years(&text[sentence.start + now..at]);
    let (Some((range, other)), None) = (years.next(), years.next()) else { return };
    if other != year {
        let start = sentence.start + now + range.start;
        let message = format!("这里写的是{other}年，标题写的是{year}年");
        let mut finding = report.finding("wrong-year", passage.span(start..start + range.len()), message);
        if let Some(title) = report.draft.title() {
            finding = finding.related(title.span(), "标题");
        }
        out.push(finding);
    }
}
