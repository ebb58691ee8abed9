//! `title-form`: the 标题 lacks the body, the year or the word 报告, or calls the report something else
//! (条例 第八条、第九条（七）).
//!
//! Bad: `柳川镇2025年法治政府建设工作总结`. Good: `柳川镇人民政府关于2025年度法治政府建设情况的报告`.

use crate::finding::Finding;
use crate::report::Report;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(title) = report.draft.title() else { return };
    let form = &report.book.book().title;
    let plain = cjk::squeeze(title.text.text());
    let ends_as_report = plain.trim_end_matches(['）', ')']).contains("报告");
    let mut lacks = Vec::new();
    if !plain.contains("法治") && !plain.contains("法制") {
        lacks.push("事由“法治政府建设”");
    }
    if !has_year(&plain) {
        lacks.push("年度");
    }
    if !names_body(&plain) {
        lacks.push("发文机关");
    }
    let wrong = form.not_a_report.iter().find(|word| plain.contains(word.as_str()) && !ends_as_report);
    let message = match wrong {
        Some(word) => format!("标题把报告写成了“{word}”"),
        None if !ends_as_report => "标题没有写明文种“报告”".to_owned(),
        None if !lacks.is_empty() => format!("标题缺少{}", lacks.join("、")),
        None => return,
    };
    out.push(report.finding("title-form", title.span(), message).data("title", plain));
}

fn has_year(plain: &str) -> bool {
    plain.split('年').any(|before| {
        let digits = before.chars().rev().take_while(|c| c.is_numeric() || cjk::digit(*c).is_some()).count();
        digits >= 4
    })
}

/// Whether a title names who reports. 关于 alone, and the 政府 of 法治政府, name nobody.
fn names_body(plain: &str) -> bool {
    let rest = plain.replace("法治政府", "").replace("法制政府", "");
    let before = rest.split(['2', '２', '二', '关', '法']).next().unwrap_or_default();
    cjk::length(before) >= 2 || ["镇", "乡", "街道", "政府", "委员会", "办事处", "局", "党委"].iter().any(|unit| rest.contains(unit))
}
