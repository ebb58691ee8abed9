//! Lists and their counts: 3个村（东村、西村、南村）, 东村、西村、南村3个村, “四个到位”：…, 《…》《…》等2部.

use std::ops::Range;

use super::claim::{Claim, Confidence, Kind, Verdict};
use super::code;
use super::members::{Members, alike, joints, last_char, members};
use super::passage::{Pair, Passage};
use super::refrain::refrain;
use super::words::{Lexicon, contains, starts_with};
use crate::text::cjk;

/// Verbs that make the last member of a list something else than a name: 在东村、西村建设3个广场.
const VERBS: [&str; 40] = [
    "建设", "建成", "开展", "实施", "完成", "新增", "打造", "设立", "组织", "举办", "创建", "配备", "查处", "化解", "排查",
    "整治", "培育", "引进", "推进", "建立", "成立", "发放", "制定", "出台", "解决", "办理", "收到", "申报", "获得", "获评",
    "入选", "新建", "改建", "投入", "形成", "落实", "梳理", "明确", "提出", "推出",
];

/// Units that name what they count, so that nothing need stand behind them.
const PLACES: [&str; 10] = ["村", "社区", "镇", "乡", "街道", "县", "区", "片区", "家", "所"];

/// Something that says how many members a list has.
pub(crate) struct Counted {
    /// The numbers that it may stand for: `一目录五清单` is 6, or 1 and 5.
    pub(crate) numbers: Vec<u32>,
    /// Where it stands, marks of quotation included.
    pub(crate) range: Range<usize>,
    /// Where the name behind it ends: `个行政村` of `12个行政村`.
    pub(crate) end: usize,
    /// What each member of a code repeats: 进 of “法律六进”.
    pub(crate) refrain: Option<String>,
    /// Whether it is a code in quotation marks.
    pub(crate) quoted: bool,
}

/// The claims of all counted lists of a passage.
pub(crate) fn claims(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    let mut counted: Vec<Counted> = passage.figures.iter().filter_map(|figure| of_figure(passage, lexicon, figure)).collect();
    counted.extend(code::codes(passage, lexicon));
    counted.sort_by_key(|counted| counted.range.start);
    for counted in &counted {
        if let Some(claim) = titles(passage, lexicon, counted) {
            out.push(claim);
            continue;
        }
        // A list that fits on one side settles it.
        let mut wrong = None;
        for read in [bracket, behind, refrain, ahead] {
            match read(passage, lexicon, counted) {
                Some(claim) if claim.is_wrong() => wrong = wrong.or(Some(claim)),
                Some(claim) => {
                    wrong = None;
                    out.push(claim);
                    break;
                }
                None => {}
            }
        }
        out.extend(wrong);
    }
}

fn of_figure(passage: &Passage, lexicon: &Lexicon, figure: &super::figure::Figure) -> Option<Counted> {
    let countable = figure.is_count() && figure.is_whole() && (2.0..=60.0).contains(&figure.value) && figure.listed;
    countable.then(|| Counted {
        numbers: vec![figure.value as u32],
        range: figure.range.clone(),
        end: name_end(passage, lexicon, figure.tail.clone()),
        refrain: None,
        quoted: passage.round(figure.digits.start).any(Pair::is_quote),
    })
}

/// Where the name of what is counted ends: before 即, 分别是, 包括.
pub(crate) fn name_end(passage: &Passage, lexicon: &Lexicon, tail: Range<usize>) -> usize {
    let words = &lexicon.words.lists;
    let text = passage.slice(tail.clone());
    let listed = || words.closed.iter().chain(&words.open).filter(|word| word.chars().count() > 1);
    let any = words.closed.are_in(text) || words.open.are_in(text);
    let at = if any { listed().filter_map(|word| text.find(word.as_str())).min() } else { None };
    let short = if closed_at(text, lexicon).is_some() { Some(0) } else { None };
    tail.start + short.or(at).unwrap_or(text.len())
}

/// The word that opens a whole list at the start of `text`: 即, 指, 分别是; not 即将, 指导.
fn closed_at<'a>(text: &str, lexicon: &'a Lexicon) -> Option<&'a str> {
    let word = starts_with(text, &lexicon.words.lists.closed)?;
    let next = text[word.len()..].chars().next()?;
    let other = word == "指" && "示引导标定数挥南纹".contains(next) || word == "即" && "将日可时使便刻报来".contains(next);
    (!other).then_some(word)
}

pub(super) fn verdict(counted: &Counted, found: &Members) -> bool {
    found.counts.iter().any(|count| counted.numbers.contains(&(*count as u32)))
}

pub(super) fn claim(passage: &Passage, counted: &Counted, found: &Members, list: Range<usize>, verdict: Verdict) -> Claim {
    let text = passage.text();
    let n = counted.numbers[0];
    let count = if verdict == Verdict::Consistent {
        found.counts.iter().copied().find(|c| counted.numbers.contains(&(*c as u32))).unwrap_or(found.plain)
    } else {
        found.plain
    };
    let end = counted.end.min(counted.range.end + 30);
    let end = (counted.range.end..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(counted.range.end);
    let name = &text[counted.range.start..end];
    let names: Vec<&str> = found.items.iter().take(12).map(|item| passage.slice(item.clone())).collect();
    let mut claim = Claim::new(Kind::Count, verdict, passage.span(counted.range.start..end), format!("列举{count}项"))
        .stated(n.to_string(), Some(count.to_string()))
        .fact("stated", n)
        .fact("counted", count)
        .fact("items", names);
    claim.grounds.push(super::claim::Ground {
        span: passage.span(list.clone()),
        role: "列举",
        text: passage.slice(list).to_owned(),
    });
    if verdict != Verdict::Consistent {
        let sum = if counted.numbers.len() > 1 { format!("合起来应为{n}个，") } else { String::new() };
        claim = claim.message(format!("写作{name}，{sum}列出的是{count}个"));
    }
    claim
}

/// `12个行政村（东村、西村…）`.
fn bracket(passage: &Passage, lexicon: &Lexicon, counted: &Counted) -> Option<Claim> {
    let pair = passage
        .pair_at(counted.end)
        .or_else(|| passage.pair_at(counted.range.end))
        .filter(|pair| pair.is_bracket() && pair.outer.start - counted.range.end <= 60)?;
    let mut list = pair.inner.clone();
    let inner = passage.slice(list.clone());
    if let Some(word) = closed_at(inner, lexicon) {
        list.start += word.len();
    }
    list.start += passage.slice(list.clone()).chars().take_while(|c| matches!(c, '：' | ':')).map(char::len_utf8).sum::<usize>();
    let inner = passage.slice(list.clone());
    let name = passage.slice(counted.range.end..pair.outer.start);
    if !inner.chars().any(cjk::is_han) || contains(name, &lexicon.words.lists.closed) || name.contains('，') {
        return None;
    }
    if starts_with(inner, &lexicon.words.lists.open).is_some()
        || inner.starts_with(['由', '含', '其', '注', '见', '详'])
        || inner.contains("其中")
        || inner.trim_end_matches('。').ends_with('等')
    {
        return None;
    }
    let figures = passage.figures_in(list.clone()).iter().any(|figure| figure.is_count() && figure.family.is_some());
    let found = members(passage, list.clone()).filter(|found| found.plain > 1)?;
    if verdict(counted, &found) {
        return Some(claim(passage, counted, &found, list, Verdict::Consistent));
    }
    let off = found.off(counted);
    let short = found.items.iter().all(|item| passage.slice(item.clone()).chars().count() <= 20);
    if figures || off == 0 || !found.sure || !short || inner.contains('等') || !alike(passage, &found.items) && off > 2 {
        return None;
    }
    let confidence = if alike(passage, &found.items) || off <= 1 { Confidence::Certain } else { Confidence::Likely };
    Some(claim(passage, counted, &found, list, Verdict::Inconsistent(confidence)))
}

/// `四个到位：…`, `3个村，分别是…`, `“六大工程”，即…`: the list follows.
fn behind(passage: &Passage, lexicon: &Lexicon, counted: &Counted) -> Option<Claim> {
    let text = passage.text();
    let mut at = counted.end;
    let depth = passage.depth_at(counted.range.start);
    let sentence_end = passage.sentence_end(counted.range.start);
    let limit = passage.round(counted.range.start).last().map_or(sentence_end, |pair| pair.inner.end.min(sentence_end));
    let next = passage.mark_after(at, depth).filter(|mark| mark.at() == at && mark.end() < limit);
    let mut closed = false;
    if let Some(mark) = next {
        if !matches!(mark.sign, '：' | '，') {
            return None;
        }
        closed = mark.sign == '：';
        at = mark.end();
    }
    let words = &lexicon.words.lists;
    let mut open = false;
    let mut led = closed;
    for _ in 0..2 {
        if let Some(word) = closed_at(&text[at..limit.max(at)], lexicon) {
            at += word.len();
            (closed, led) = (true, true);
        } else if let Some(word) = starts_with(&text[at..limit.max(at)], &words.open) {
            at += word.len();
            (open, led) = (!closed && !counted.quoted, true);
        }
        at += text[at..].chars().take_while(|c| matches!(c, '：' | ':')).map(char::len_utf8).sum::<usize>();
    }
    if !led || at >= limit {
        // “六大工程”：这是……的部署，包括……
        return None;
    }
    let end = passage
        .mark_after(limit.saturating_sub(3), depth)
        .filter(|mark| mark.sign == '。')
        .map_or(limit, |mark| mark.at().max(at));
    let list = inner_quote(passage, at..end.min(limit));
    let inner = passage.slice(list.clone());
    if inner.trim_start_matches(['“', '（', '*']).starts_with(['一', '第', '首'])
        && ["一是", "一要", "第一", "首先"].iter().any(|word| inner.contains(word))
    {
        return None;
    }
    let found = members(passage, list.clone())?;
    let etc = inner.contains('等');
    if verdict(counted, &found) {
        return Some(claim(passage, counted, &found, list, Verdict::Consistent));
    }
    if let Some(claim) = later_intro(passage, lexicon, counted, list.clone()) {
        return Some(claim);
    }
    let figures = passage.figures_in(list.clone()).iter().any(|figure| figure.is_count() && figure.family.is_some());
    let off = found.off(counted);
    let short = found.items.iter().all(|item| (2..=24).contains(&passage.slice(item.clone()).chars().count()));
    let ordinal = ["一是", "一要", "一、", "第一", "首先", "1.", "①", "（一）"].iter().any(|word| inner.contains(word));
    let more = found.plain as u32 > counted.numbers[0];
    let loose_commas = found.comma && !alike(passage, &found.items);
    let clause =
        passage.pair_at(list.start).is_some_and(|pair| pair.is_quote() && code::is_code(passage.slice(pair.inner.clone())))
            || inner.starts_with(['对', '在', '由', '从', '为', '以', '把', '将', '按']);
    if off == 0
        || loose_commas
        || clause
        || found.plain < 2
        || figures
        || etc
        || ordinal
        || !found.sure
        || !short
        || off > 2
        || open && more
    {
        return None;
    }
    let sure = alike(passage, &found.items) && !open;
    Some(claim(
        passage,
        counted,
        &found,
        list,
        Verdict::Inconsistent(if sure { Confidence::Certain } else { Confidence::Likely }),
    ))
}

/// A list that stands in quotation marks as a whole: 即“东村、西村”.
fn inner_quote(passage: &Passage, list: Range<usize>) -> Range<usize> {
    match passage.pair_at(list.start) {
        Some(pair) if pair.is_quote() && (pair.outer.end >= list.end || passage.slice(pair.inner.clone()).contains('、')) => {
            pair.inner.clone()
        }
        _ => list,
    }
}

/// “六大工程”：这是全省的部署，包括强核工程、立柱工程…: the list begins behind a later word.
fn later_intro(passage: &Passage, lexicon: &Lexicon, counted: &Counted, list: Range<usize>) -> Option<Claim> {
    let inner = passage.slice(list.clone());
    let (at, word) =
        ["包括", "分别是", "分别为", "即", "建设", "“"].iter().filter_map(|word| inner.find(word).map(|at| (at, *word))).min()?;
    let _ = lexicon;
    let rest = inner_quote(passage, list.start + at + if word == "“" { 0 } else { word.len() }..list.end);
    let found = members(passage, rest.clone())?;
    verdict(counted, &found).then(|| claim(passage, counted, &found, rest, Verdict::Consistent))
}

/// `东村、西村、南村3个村`, `计划、课时、教材、师资“四落实”`: the list stands before its count.
fn ahead(passage: &Passage, _: &Lexicon, counted: &Counted) -> Option<Claim> {
    let text = passage.text();
    let mut end = counted.range.start;
    let etc = ["等", "等等"].iter().rev().find(|word| text[..end].ends_with(**word)).map(|word| word.len());
    end -= etc.unwrap_or(0);
    for word in ["这", "共", "共计", "的", "为", "上述", "以上", "全部", "各"] {
        if text[..end].ends_with(word) {
            return None;
        }
    }
    if text[..end].ends_with(['、', '，', '。', '；', '：', '（', '(']) || end == 0 {
        return None;
    }
    let depth = passage.depth_at(counted.range.start);
    let weak = |from: usize| passage.marks_in(from..end, depth).filter(|mark| mark.sign == '、').count();
    let stop = passage.marks[..passage.marks.partition_point(|mark| mark.at() < end)]
        .iter()
        .rev()
        .take(120)
        .find(|mark| mark.depth() < depth || mark.depth() == depth && mark.sign != '、');
    let open = passage.round(end - 1).last().map_or(0, |pair| pair.inner.start);
    let from = stop.map_or(0, |mark| mark.end()).max(open);
    let mut figure = passage.indices_in(from..counted.range.start).map(|i| passage.figures[i].range.end).next_back();
    let mut start = figure.unwrap_or(from).max(from);
    // 4个市级区域和甲、乙、丙3个区级区域: the list begins behind the 和.
    let first = passage.marks_in(start..end, depth).next().map_or(end, |mark| mark.at());
    if let Some(joint) = text[start..first].find('和').filter(|at| figure.is_some() && *at > 3) {
        start += joint + '和'.len_utf8();
        figure = None;
    }
    if start >= end || weak(start) == 0 {
        return None;
    }
    let list = start..end;
    let mut found = members(passage, list.clone())?;
    // 甲、乙和丙、丁、戊三家: the list may begin behind the 和.
    let mut inner = Vec::new();
    if !found.comma {
        inner = (1..found.items.len())
            .rev()
            .filter(|&at| joints(passage.slice(found.items[at - 1].clone())) > 0)
            .map(|at| found.items.len() - at + 1)
            .filter(|count| *count > 1)
            .collect();
    }
    if verdict(counted, &found) || inner.iter().any(|count| counted.numbers.contains(&(*count as u32))) {
        found.counts.extend(inner);
        return Some(claim(passage, counted, &found, list, Verdict::Consistent));
    }
    // A list that runs on over a comma: 历洞村,内翰村、农林村3个村.
    if let Some(mark) = stop.filter(|mark| mark.sign == '，' && figure.is_none()) {
        let before = passage.marks[..passage.marks.partition_point(|m| m.at() < mark.at())]
            .iter()
            .rev()
            .take(60)
            .find(|m| m.depth() < depth || m.depth() == depth && m.sign != '、');
        let wider = before.map_or(0, |mark| mark.end()).max(open)..end;
        let all = passage.marks_in(wider.clone(), depth).count() + 1;
        if let Some(found) = members(passage, wider.clone()).filter(|_| counted.numbers.contains(&(all as u32))) {
            return Some(claim(passage, counted, &found, wider, Verdict::Consistent));
        }
    }
    if other_than_list(passage, counted) {
        return None;
    }
    let final_item = passage.slice(found.items.last()?.clone());
    let middle = found.items.iter().skip(1).rev().skip(1).map(|item| passage.slice(item.clone()).chars().count()).max();
    let off = found.off(counted);
    let verb = || VERBS.iter().any(|verb| final_item.contains(verb));
    let named = last_char(final_item).zip(text[counted.range.end..].chars().next());
    let of_a_kind = alike(passage, &found.items) || named.is_some_and(|(a, b)| a == b) && alike(passage, &found.items[1..]);
    let even = middle.is_some_and(|longest| final_item.chars().count() <= longest + 4)
        && found.items.iter().skip(1).all(|item| !passage.slice(item.clone()).is_empty());
    let too_few_for_etc = etc.is_some() && found.plain < counted.numbers[0] as usize;
    let several = counted.numbers.len() > 1;
    // 救助金、两项补贴、困境儿童补贴: the count is itself a member of a longer list.
    let listed = passage.mark_after(counted.range.end, depth).is_some_and(|mark| {
        mark.sign == '、' && mark.at() <= counted.end + 40 && !text[counted.range.end..mark.at()].contains(['和', '及', '与'])
    });
    let person = matches!(text[counted.range.clone()].chars().next_back(), Some('级' | '人' | '名' | '点' | '篇'));
    let inside = text[list.clone()].contains(['“', '”', '《']) && counted.quoted;
    let more = found.counts.first().is_some_and(|least| *least > counted.numbers[0] as usize) && found.plain > 3;
    let open = text[counted.end.min(text.len())..].starts_with('等') || text[counted.range.end..counted.end].contains('等');
    if off == 0
        || open
        || figure.is_some()
        || !found.sure
        || too_few_for_etc
        || person
        || inside
        || several
        || listed
        || !(even || of_a_kind)
        || verb()
    {
        return None;
    }
    if off > if of_a_kind || more && !counted.quoted { 4 } else { 2 } || counted.quoted && (off > 2 || found.plain < 3) {
        return None;
    }
    let confidence = if of_a_kind && etc.is_none() { Confidence::Certain } else { Confidence::Likely };
    Some(claim(passage, counted, &found, list, Verdict::Inconsistent(confidence)))
}

/// Whether a count behind a list is of something else: 司法所、经管站、村“两委”组成, where the name is itself the last member;
/// 防汛、防震预案5部, which are so many papers, not so many kinds.
fn other_than_list(passage: &Passage, counted: &Counted) -> bool {
    let behind = &passage.text()[counted.range.end..];
    let count = passage.slice(counted.range.clone());
    let member = counted.quoted && ["组成", "构成", "参与", "参加"].iter().any(|word| behind.starts_with(word));
    let postposed = !counted.quoted && !behind.starts_with(cjk::is_han) && !PLACES.iter().any(|word| count.ends_with(word));
    member || postposed
}

/// `《甲》《乙》等2部法律`: titles side by side.
fn titles(passage: &Passage, lexicon: &Lexicon, counted: &Counted) -> Option<Claim> {
    let text = passage.text();
    let mut end = counted.range.start;
    let etc = text[..end].ends_with('等');
    if etc {
        end -= '等'.len_utf8();
    }
    let mut items = Vec::new();
    let mut at = end;
    while let Some(pair) = passage.pair_before(at).filter(|pair| pair.is_title()) {
        items.push(pair.outer.clone());
        at = pair.outer.start;
        for joint in ["、", "和", "及", "以及", "与", "，"] {
            if text[..at].ends_with(joint) && passage.pair_before(at - joint.len()).is_some_and(Pair::is_title) {
                at -= joint.len();
                break;
            }
        }
    }
    items.reverse();
    let list = items.first()?.start..end;
    let count = items.len();
    if count < 2 || contains(passage.slice(list.clone()), &lexicon.words.sums.among) {
        return None;
    }
    let found = Members { counts: vec![count], plain: count, sure: true, comma: false, items };
    if verdict(counted, &found) {
        return Some(claim(passage, counted, &found, list, Verdict::Consistent));
    }
    let fewer = count < counted.numbers[0] as usize;
    if fewer && (etc || !text[counted.range.end..].starts_with(cjk::is_han)) {
        return None;
    }
    Some(claim(passage, counted, &found, list, Verdict::Inconsistent(Confidence::Certain)))
}
