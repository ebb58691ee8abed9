//! `placeholder`: a blank that was to be filled in.
//!
//! Bad: `XX村被评为示范村` Good: `枣林村被评为示范村`. Basis: 《党政机关公文处理工作条例》 第二十条（四）.

use memchr::memmem;

use crate::draft::Role;
use crate::finding::Finding;
use crate::report::{Passage, Report, any_of};
use crate::text::{Span, cjk};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check_all(report, "placeholder", out);
    let wide = ["  ", "\u{3000}"].map(memmem::Finder::new);
    let dated = |passage: &&Passage<'_>| matches!(report.draft.blocks[passage.block].role, Role::BlankDate);
    for passage in report.passages().iter().filter(|passage| !dated(passage)) {
        let (others, mut crossed) = (passage.others(), 0);
        for (number, &(at, c)) in others.iter().enumerate() {
            let (at, behind) = (at as usize, &others[number + 1..]);
            match c {
                '（' | '【' | '《' | '“' | '〔' if is_closed(c, at, behind) => empty(report, passage, at, c, out),
                '（' | '【' => note(report, passage, at, behind, out),
                'X' | 'x' | '×' | '_' | '✕' | '╳' if at >= crossed => crossed = cross(report, passage, (at, c), out),
                'N' | 'n' | '○' | '？' | '…' if at >= crossed => crossed = lone(report, passage, (at, c), out),
                _ => {}
            }
        }
        if wide.iter().any(|blank| blank.find(passage.mapped().text().as_bytes()).is_some()) {
            gaps(report, passage, out);
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
    let told = here || asked || note.contains('待') || note.ends_with("可删") || note.ends_with("再核");
    if !told || behind[..end].iter().any(matter) || note.chars().count() > 24 {
        return;
    }
    let to_do = |words: &[&str]| any_of(note, words);
    let later = ["补充", "填", "填写", "填报", "核", "核实", "核对", "确认", "更新", "完善", "定"];
    let left = later.iter().any(|word| note.strip_suffix(word).is_some_and(|rest| rest.ends_with('待') || rest.ends_with("待进一步")));
    let plain = note.chars().count() <= 10 && (note.starts_with('待') || any_of(note, &["数据待", "数字待", "内容待", "情况待", "人数待"]));
    if here && to_do(&["补", "填", "写", "插", "加", "配", "需", "核"]) || note.ends_with("可删") || note.ends_with("再核") || asked && to_do(&["补充", "填写", "核实", "核对", "更新数"]) || left && plain {
        let range = at..inside + note.len() + '）'.len_utf8();
        let message = format!("{}是写稿时留给自己的话，还没有处理", cjk::quoted(note));
        out.push(report.finding("placeholder", passage.span(range), message).help("补上内容，删去这句话"));
    }
}

/// Whether a place stands in what is quoted of a case or a form, whose names are kept back: `“××公司诉镇政府案”`.
fn is_sample(report: &Report<'_>, passage: &Passage<'_>, at: usize) -> bool {
    let text = passage.text();
    let open = text[..at].rfind(['“', '《', '〔']);
    let quoted = open.is_some_and(|open| !text[open..at].contains(['”', '》']));
    quoted && any_of(&text[passage.sentence(&(at..at))], &report.book.book().leftover.samples)
}

/// Whether a bracket or quotation mark is closed at once.
fn is_closed(open: char, at: usize, behind: &[(u32, char)]) -> bool {
    let close = match open {
        '（' => '）',
        '【' => '】',
        '《' => '》',
        '“' => '”',
        _ => '〕',
    };
    behind.first() == Some(&((at + open.len_utf8()) as u32, close))
}

/// `《》`, `（）名`: brackets that hold nothing.
fn empty(report: &Report<'_>, passage: &Passage<'_>, at: usize, open: char, out: &mut Vec<Finding>) {
    let span = passage.span(at..at + 2 * open.len_utf8());
    let written = report.draft.source.slice(span);
    // A tag of a web page may have stood inside.
    if written.chars().filter(|c| !cjk::is_blank(*c)).count() == 2 {
        out.push(report.finding("placeholder", span, format!("{}里没有填上内容", cjk::quoted(written))));
    }
}

/// The unit at a byte of a text, if a mark follows it: `件，`.
fn unit<'t>(report: &Report<'_>, text: &'t str, at: usize) -> Option<&'t str> {
    let unit = report.book.lexicon().unit(text, at)?;
    let end = at + unit.word.len();
    text[end..].starts_with(['，', '。', '；', '、', '）', ',', ';']).then(|| &text[at..end])
}

/// Whether a text begins with a unit that stands behind numbers only: 选派N名执法人员; 1个平台N个站点 is a way to speak.
fn is_counted(text: &str) -> bool {
    ["名", "件", "次", "场", "起", "条", "期", "份"].iter().any(|unit| text.starts_with(unit))
}

/// `开展活动N场，`, `培训○○人，`, `化解？件。`: where what stands for a number ends.
fn lone(report: &Report<'_>, passage: &Passage<'_>, (start, mark): (usize, char), out: &mut Vec<Finding>) -> usize {
    let text = passage.text();
    let end = text.len() - text[start..].trim_start_matches(mark).len();
    let before = text[..start].chars().next_back();
    let told = before.is_some_and(|c| cjk::is_han(c) && cjk::digit(c).is_none());
    if told && (unit(report, text, end).is_some() || mark == 'N' && is_counted(&text[end..])) {
        let span = passage.span(start..end);
        let message = format!("{}没有填上数字", cjk::quoted(report.draft.source.slice(span)));
        out.push(report.finding("placeholder", span, message));
    }
    end
}

/// `开展活动　　场，`: blanks where a number is to stand.
fn gaps(report: &Report<'_>, passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let (mapped, mut end) = (passage.mapped(), 0);
    let text = mapped.text();
    for (start, _) in mapped.signs().others.iter().filter(|(_, c)| cjk::is_blank(*c)) {
        let start = *start as usize;
        if start < end {
            continue;
        }
        end = text.len() - text[start..].trim_start_matches(cjk::is_blank).len();
        let wide = text[start..end].chars().count() > 1 || text[start..].starts_with('\u{3000}');
        let told = text[..start].chars().next_back().is_some_and(cjk::is_han);
        if wide && told && let Some(unit) = unit(report, text, end) {
            let message = format!("“{unit}”前面空着，没有填上数字");
            out.push(report.finding("placeholder", mapped.span(start..end + unit.len()), message));
        }
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
    let slot = before.is_some_and(cjk::is_han) && (unit(report, text, end).is_some() || mark == 'X' && is_counted(&text[end..]));
    let least = match mark {
        _ if slot => 1,
        '_' => 3,
        _ => 2,
    };
    // 李XX is a person whose name is kept back.
    let person = || mark != '_' && before.is_some_and(|c| report.book.book().private.surnames.contain(c)) && !after.is_some_and(|c| "村镇乡县市区月日年".contains(c));
    let blank = mark == '_' || before.is_some_and(cjk::is_han) || after.is_some_and(cjk::is_han);
    let sample = || matches!(mark, '×' | '_' | '✕' | '╳') && is_sample(report, passage, start);
    if count >= least && !latin(before) && !latin(after) && blank && !person() && !sample() {
        let span = passage.span(start..end);
        out.push(report.finding("placeholder", span, format!("{}没有填上内容", cjk::quoted(report.draft.source.slice(span)))));
    }
    end
}
