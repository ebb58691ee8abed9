//! `placeholder`: a blank that was to be filled in.
//!
//! Bad: `XX村被评为示范村` Good: `枣林村被评为示范村`. Basis: 《党政机关公文处理工作条例》 第二十条（四）.

use memchr::memmem;

use crate::finding::Finding;
use crate::report::{Passage, Report, any_of};
use crate::text::{Span, cjk};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check_all(report, "placeholder", out);
    for passage in report.passages() {
        let (others, mut crossed) = (passage.others(), 0);
        for (number, &(at, c)) in others.iter().enumerate() {
            let at = at as usize;
            match c {
                '（' | '【' => note(report, passage, at, &others[number + 1..], out),
                'X' | 'x' | '×' | '_' | '✕' | '╳' if at >= crossed => crossed = cross(report, passage, (at, c), out),
                _ => {}
            }
        }
    }
    blanks(report, out);
}

/// How many blanks are named; of the others, the count is told.
const NAMED: usize = 5;

/// `【待填：化解件数】`, as blank reports have them: one finding for all.
fn blanks(report: &Report<'_>, out: &mut Vec<Finding>) {
    let text = report.draft.source.text();
    let commented = |at: usize| report.draft.comments.iter().any(|comment| comment.contains(at));
    let spans: Vec<Span> = memmem::find_iter(text.as_bytes(), "【待填：")
        .filter(|&at| !commented(at))
        .filter_map(|at| Some(Span::new(at, at + text[at..].find('】')? + '】'.len_utf8())))
        .collect();
    let Some((first, others)) = spans.split_first() else { return };
    let finding = report.finding("placeholder", *first, format!("有{}处没有填上内容", spans.len())).data("count", spans.len());
    let finding = finding.help("把【待填：……】换成实际情况；没有的事，整句删掉");
    out.push(others.iter().take(NAMED).fold(finding, |finding, span| finding.related(*span, "没有填上")));
}

/// `（此处补充参加人数）`, `（待核实）`, with what stands behind the bracket besides common 汉字: what a drafter notes down to do later.
fn note(report: &Report<'_>, passage: &Passage<'_>, at: usize, behind: &[(u32, char)], out: &mut Vec<Finding>) {
    let inside = at + '（'.len_utf8();
    let Some(end) = behind.iter().position(|(_, c)| matches!(c, '）' | '】')) else { return };
    let note = &passage.text()[inside..behind[end].0 as usize];
    let matter = |(_, c): &(u32, char)| c.is_ascii_digit() || matches!(c, '。' | '；' | '《' | '（' | '【');
    let here = note.starts_with("此处") || note.starts_with("这里");
    let asked = note.starts_with('请') && !note.starts_with("请示");
    let told = here || asked || note.contains('待');
    if !told || behind[..end].iter().any(matter) || note.chars().count() > 24 {
        return;
    }
    let to_do = |words: &[&str]| any_of(note, words);
    let later = ["补充", "填", "填写", "填报", "核实", "核对", "确认", "更新", "完善"];
    let left = later.iter().any(|word| note.strip_suffix(word).is_some_and(|rest| rest.ends_with('待') || rest.ends_with("待进一步")));
    let plain = note.chars().count() <= 10 && (note.starts_with('待') || any_of(note, &["数据待", "数字待", "内容待", "情况待", "人数待"]));
    if here && to_do(&["补", "填", "写", "插入", "加上", "核"]) || asked && to_do(&["补充", "填写", "核实", "核对", "更新数"]) || left && plain {
        let range = at..inside + note.len() + '）'.len_utf8();
        let message = format!("{}是写稿时留给自己的话，还没有处理", cjk::quoted(note));
        out.push(report.finding("placeholder", passage.span(range), message).help("补上内容，删去这句话"));
    }
}

/// `XX`, `××`, `____`: where they end that begin at a byte.
fn cross(report: &Report<'_>, passage: &Passage<'_>, (start, mark): (usize, char), out: &mut Vec<Finding>) -> usize {
    let text = passage.text();
    let length = text[start..].len() - text[start..].trim_start_matches(mark).len();
    let end = start + length;
    let count = text[start..end].chars().count();
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '@' | '×' | '_'));
    let least = if mark == '_' { 3 } else { 2 };
    // 李XX is a person whose name is kept back.
    let person = || mark != '_' && before.is_some_and(|c| report.book.book().private.surnames.contain(c)) && !after.is_some_and(|c| "村镇乡县市区月日年".contains(c));
    let blank = mark == '_' || before.is_some_and(cjk::is_han) || after.is_some_and(cjk::is_han);
    if count >= least && !latin(before) && !latin(after) && blank && !person() {
        let span = passage.span(start..end);
        out.push(report.finding("placeholder", span, format!("{}没有填上内容", cjk::quoted(report.draft.source.slice(span)))));
    }
    end
}
