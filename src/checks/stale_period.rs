//! `stale-period`: a part of the year, or another year, is told as if it were the year of the report.
//!
//! Bad: `上半年公开信息86条。` Good: `全年公开信息186条，其中上半年86条。` Basis: 规定 第二十五条（上一年度）.

use std::ops::Range;

use crate::draft::Block;
use crate::finding::{Finding, Severity};
use crate::report::{Passage, Report, any_of};
use crate::rulebook::{Family, Times};

use super::times;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(year) = report.told_year() else { return };
    let words = &report.book.book().times;
    headings(report, words, out);
    let is_done = |passage: &Passage<'_>| matches!(report.parts.at(passage.block), Some("measures" | "duties"));
    for (passage, hits) in report.prose_with(Family::PartOfYear).filter(|(passage, _)| is_done(passage)) {
        for hit in hits {
            let range = hit.range();
            if is_partial(words, passage, &range, year) {
                let message = format!("年度报告写了“{}”的数字，应为全年的数字", words.parts[hit.index()]);
                out.push(report.finding("stale-period", passage.span(range), message).help("核对后换成全年的数字"));
            }
        }
    }
    for passage in report.prose().filter(|passage| is_done(passage)) {
        for (range, other) in times::years_of(passage).filter(|(_, other)| *other < year && *other + 4 > year) {
            if is_old_count(words, passage, &range) {
                let message = format!("这里的数字截至{other}年底，不是{year}年的");
                let finding = report.finding("stale-period", passage.span(range), message);
                out.push(finding.help("换成全年的数字；确属背景的，写清楚"));
            } else if other + 1 == year && is_old_paper(words, passage, &range) {
                let message = format!("这里的文件是{other}年的，不是{year}年的");
                out.push(report.finding("stale-period", passage.span(range), message).help("核对年份是不是去年的稿子留下的"));
            } else if is_old_work(words, passage, &range) {
                let message = format!("这里写的是{other}年的工作，不是{year}年的");
                let finding = report.finding("stale-period", passage.span(range), message);
                out.push(finding.help("核对是不是去年的稿子留下的；确属背景的，写清楚").at_most(Severity::Info));
            }
        }
    }
}

/// `一、上半年主要举措和成效`, `三、下半年工作打算`: parts of a half-yearly report. Where both halves have headings, the year is told.
fn headings(report: &Report<'_>, words: &Times, out: &mut Vec<Finding>) {
    let top = || report.draft.headings().filter(|(_, _, heading)| heading.level == 1).map(|(index, block, _)| (index, block));
    let planned = |index: usize, text: &str| report.parts.at(index) == Some("plan") && text.contains("下半年");
    let partial = |(index, block): (usize, &'_ Block)| {
        let text = block.text.text();
        let part = words.parts.iter().map(String::as_str).find(|part| text.contains(part));
        let part = part.or_else(|| planned(index, text).then_some("下半年"))?;
        Some((block.span(), part))
    };
    let partial: Vec<_> = top().filter_map(partial).collect();
    let titled = || report.draft.title().is_some_and(|title| any_of(title.text.text(), &words.parts));
    let rest = |(index, block): (usize, &Block)| words.rest.is_match(block.text.text()) && !planned(index, block.text.text());
    if partial.is_empty() || titled() || top().any(rest) {
        return;
    }
    for (span, part) in partial {
        let finding = report.finding("stale-period", span, format!("标题写的是“{part}”，年度报告应写全年"));
        out.push(finding.help("多半是年中材料留下的：核对下面的内容和数字，换成全年的"));
    }
}

/// Whether a counted fact of a part of the year stands alone, without that of the rest or of the whole year.
fn is_partial(words: &Times, passage: &Passage<'_>, range: &Range<usize>, year: u32) -> bool {
    let text = passage.text();
    let sentence = &text[passage.sentence(range)];
    let clause = &text[range.end..passage.sentence(range).end];
    let counted = clause.char_indices().any(|(at, c)| c.is_ascii_digit() && words.units.iter().any(|unit| clause[at + 1..].starts_with(unit.as_str())));
    counted
        && !any_of(sentence, &words.whole)
        && !any_of(&text[passage.clause(range)], &words.events)
        && !words.rest.is_match(text)
        && times::years(sentence).all(|(_, other)| other == year)
}

/// `印发《柳川镇2022年法治建设工作要点》` in a report on 2023.
fn is_old_paper(words: &Times, passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let text = passage.text();
    let Some(open) = text[..range.start].rfind('《').filter(|open| !text[*open..range.start].contains('》')) else { return false };
    let Some(close) = text[range.end..].find('》').map(|at| range.end + at) else { return false };
    let sentence = passage.sentence(range);
    let issued = words.issued.at_end(&text[..open]).is_some() && words.papers.at_end(&text[..close]).is_some();
    // 《2023—2025年行动计划》 is one of several years, 《2022年督察问题整改方案》 of what was found then.
    let of_years = text[open..close].contains(['—', '～', '至']) || text[open..close].contains("整改");
    let looked_back = ["未尽", "完成情况", "落实情况", "执行情况"].iter().any(|word| text[close + '》'.len_utf8()..].starts_with(word));
    issued && !of_years && !looked_back && times::years(&text[sentence.start..open]).next().is_none()
}

/// `截至2021年12月底，全镇共排查……134件` in a report on 2022.
fn is_old_count(words: &Times, passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let text = passage.text();
    let sentence = passage.sentence(range);
    let whole = &text[sentence.clone()];
    let rest = &text[range.end..sentence.end];
    let ends = words.ends.iter().any(|end| rest.strip_prefix(end.as_str()).is_some_and(|rest| rest.starts_with('，')));
    ["截至", "截止", "截止到"].contains(&&text[sentence.start..range.start])
        && ends
        && any_of(rest, &words.work)
        && rest.bytes().filter(u8::is_ascii_digit).count() > 2
        && times::years(whole).count() == 1
        && !any_of(whole, &words.standing)
}

/// Whether a sentence begins with a year and tells counted work of that year alone.
fn is_old_work(words: &Times, passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let text = passage.text();
    let sentence = passage.sentence(range);
    let whole = &text[sentence.clone()];
    let rest = &text[range.end..sentence.end];
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    range.start == sentence.start
        && rest.starts_with(['，', '我', '全', '共', '累'])
        && any_of(rest, &words.work)
        && rest.bytes().any(|b| b.is_ascii_digit())
        && times::years(whole).count() == 1
        && !any_of(whole, &words.compared)
}
