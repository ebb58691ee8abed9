//! `numbering-style`: a number bears the wrong mark, or is written unlike its neighbours.
//!
//! Bad: `三. 坚持依法行政` Good: `三、坚持依法行政`. Basis: GB/T 9704 7.3.3 (一、 （一） 1. （1）).

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::draft::{NumberStyle, Role, Section};
use crate::finding::{Finding, Fix, Severity};
use crate::report::{Passage, Report};
use crate::text::{Span, cjk};

use super::numbering;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    static OPENING: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("首先，"));
    let source = &report.draft.source;
    let (mut half, mut full) = (Vec::new(), 0usize);
    for numbered in numbering::all(report) {
        let span = numbered.number.span;
        let written = source.slice(span).trim_end_matches(cjk::is_blank);
        let span = Span::new(span.start, span.start + written.len());
        match numbered.number.style {
            NumberStyle::Han if written.ends_with(['.', '．', '，', ',', '。']) => {
                let digits = written.trim_end_matches(['、', '.', '．', '，', ',', ':', '：', '。']);
                out.push(wrong(report, span, written, &format!("{digits}、")));
            }
            NumberStyle::HanBracket => {
                if written.contains(['）', ')']) && !written.contains(['（', '(']) {
                    // 一）加强学习: the other bracket is lost.
                    out.push(wrong(report, span, written, &format!("（{}", written.replace(')', "）"))));
                } else if written.ends_with(['、', '.', '，']) {
                    let right = written.trim_end_matches(['、', '.', '，']);
                    out.push(wrong(report, span, written, right).at_most(Severity::Info));
                }
                if written.starts_with('(') || written.ends_with(')') {
                    half.push(span);
                } else if written.starts_with('（') {
                    full += 1;
                }
            }
            _ => {}
        }
    }
    skipped(report, out);
    report.first_in_prose(&OPENING).for_each(|(passage, first)| mixed(report, passage, first, out));
    if let (Some(&first), true) = (half.first(), full > 0) {
        let message = format!("序号的括号有{}处用半角，{full}处用全角，写法不一致", half.len());
        let mut finding = report.finding("numbering-style", first, message).at_most(Severity::Info).help("统一用全角括号“（一）”");
        for &span in half.iter().skip(1).take(4) {
            finding = finding.related(span, "半角括号");
        }
        out.push(finding);
    }
}

/// `（1）` right below `一、`: the standard lets a report go from 一、 to 1., and no further.
fn skipped(report: &Report<'_>, out: &mut Vec<Finding>) {
    let draft = report.draft;
    let number = |section: &Section| match &draft.blocks[section.heading].role {
        Role::Heading(heading) => heading.number,
        _ => None,
    };
    let skips = draft.sections.iter().find_map(|section| {
        let (own, above) = (number(section)?, number(&draft.sections[section.parent?])?);
        (own.style == NumberStyle::ArabicBracket && above.style == NumberStyle::Han).then_some((own.span, above.span))
    });
    if let Some((own, above)) = skips {
        let message = "“一、”下面直接用了“（1）”，跳过了“（一）”“1.”两层";
        let finding = report.finding("numbering-style", own, message).at_most(Severity::Info);
        out.push(finding.help("层次序号依次用“一、”“（一）”“1.”“（1）”，可以从“一、”跳到“1.”").related(above, "上一层"));
    }
}

/// `首先……其次……第三……`.
fn mixed(report: &Report<'_>, passage: &Passage<'_>, first: usize, out: &mut Vec<Finding>) {
    let text = passage.text();
    let Some(second) = text[first..].find("其次，").map(|at| first + at) else { return };
    let Some(third) = text[second..].find("第三，").map(|at| second + at) else { return };
    if !text.contains("第一，") && !text.contains("第二，") {
        let message = "“首先”“其次”后面用了“第三”，两套序号混在一起";
        let finding = report.finding("numbering-style", passage.span(third..third + "第三".len()), message).at_most(Severity::Info);
        out.push(finding.help("统一为“第一、第二、第三”，或者“首先、其次、再次”").related(passage.span(first..first + "首先".len()), "从这里开始"));
    }
}

fn wrong(report: &Report<'_>, span: Span, written: &str, right: &str) -> Finding {
    let finding = report.finding("numbering-style", span, format!("序号“{written}”应写成“{right}”"));
    finding.help(format!("改为“{right}”")).fix(Fix::replace(format!("改为{right}"), true, span, right))
}
