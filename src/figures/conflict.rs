//! Conflicts: the same quantity stated twice with different values; 已全部办结 against 正在办理.

use std::collections::HashMap;

use super::claim::{Claim, Confidence, Kind, Verdict};
use super::figure::{Figure, Period};
use super::passage::Passage;
use super::words::{Lexicon, contains};
use crate::text::{Span, cjk};

/// Names shorter than this (in characters) are too common to be one quantity.
const SHORTEST: usize = 7;

struct Seen {
    value: f64,
    span: Span,
    text: String,
    paragraph: usize,
}

/// All quantities that a draft has named so far.
#[derive(Default)]
pub(crate) struct Quantities {
    seen: HashMap<String, Seen>,
}

impl Quantities {
    /// Takes the next paragraph.
    pub(crate) fn read(&mut self, passage: &Passage, lexicon: &Lexicon, paragraph: usize, out: &mut Vec<Claim>) {
        for figure in passage.figures.iter().filter(|figure| figure.is_count() && figure.is_whole() && figure.family.is_some() && figure.depth == 0) {
            let Some(key) = key(passage, lexicon, figure) else { continue };
            let text = passage.slice(figure.range.clone()).to_owned();
            let Some(seen) = self.seen.get(&key) else {
                self.seen.insert(key, Seen { value: figure.value, span: figure.span, text, paragraph });
                continue;
            };
            if seen.paragraph == paragraph {
                continue;
            }
            let same = (seen.value - figure.value).abs() < 1e-9;
            let verdict = if same { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Likely) };
            let arithmetic = format!("{} {} {}", seen.text, if same { "=" } else { "≠" }, text);
            let mut claim = Claim::new(Kind::Conflict, verdict, figure.span, arithmetic).stated(text.clone(), Some(seen.text.clone()));
            claim.grounds.push(super::claim::Ground { span: seen.span, role: "前文", text: seen.text.clone() });
            if !same {
                claim = claim.message(format!("这里写作{text}，前文同一项写作{}", seen.text));
            }
            out.push(claim);
        }
        all_done(passage, lexicon, out);
    }
}

/// What the figure counts, with its scope, period and unit: one name for one quantity.
fn key(passage: &Passage, lexicon: &Lexicon, figure: &Figure) -> Option<String> {
    let head = passage.slice(figure.head.clone());
    let from_mark = figure.head.start == 0 || passage.mark_before(figure.head.end, 0).is_none_or(|mark| mark.end == figure.head.start);
    let mut name = head;
    for list in [&lexicon.words.sums.total, &lexicon.words.scopes, &lexicon.words.periods.cumulative] {
        for word in list {
            name = name.trim_start_matches(word.as_str()).trim_end_matches(word.as_str());
        }
    }
    for word in ["全年", "年内", "今年", "我镇", "我乡", "已", "一年来", "今年以来", "先后", "了", "的", "为"] {
        name = name.trim_start_matches(word).trim_end_matches(word);
    }
    let changes = &lexicon.words.changes;
    let length = name.chars().filter(|c| cjk::is_han(*c)).count();
    let whole = name.chars().all(|c| cjk::is_han(c) || matches!(c, '“' | '”' | '、'));
    let settled = matches!(figure.period, Period::Unsaid | Period::Year(_)) && figure.scope.is_none();
    let partial = ["新增", "增加", "减少", "其中", "每", "各", "另", "又", "再", "拟", "分别", "超"].iter().any(|word| name.contains(word)) || contains(name, &changes.compare);
    if !from_mark || length < SHORTEST || !whole || !settled || partial {
        return None;
    }
    let tail: String = passage.slice(figure.tail.clone()).chars().take(8).collect();
    Some(format!("{name}|{}|{tail}|{:?}", figure.unit, figure.period))
}

/// `35件已全部办结，……正在办理2件`.
fn all_done(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    let text = passage.text();
    for (at, word) in text.match_indices("全部") {
        let after: String = text[at + word.len()..].chars().take(6).collect();
        let rule = lexicon.words.rates.iter().find(|rule| rule.bounded && rule.done.iter().any(|done| done.chars().count() > 1 && after.starts_with(done.as_str())));
        if rule.is_none() {
            continue;
        }
        let sentence = passage.sentence(passage.sentence_at(at));
        let left = passage.figures_in(at..sentence.end).iter().find(|figure| {
            let head = passage.slice(figure.head.clone());
            figure.is_count() && figure.value > 0.0 && contains(head, &lexicon.words.pending) && !head.contains("无") && figure.clause <= passage.clause_at(at) + 2
        });
        let before = passage.figures_in(sentence.start..at).iter().rev().find(|figure| figure.is_count() && left.is_some_and(|left| left.same_family(figure)));
        let Some((left, whole)) = left.zip(before) else { continue };
        let message = format!("前面写“全部{after}”，后面又有{}没有了结", passage.slice(left.range.clone()));
        let claim = Claim::new(Kind::Conflict, Verdict::Inconsistent(Confidence::Likely), passage.span(at..left.range.end), "全部 ≠ 还有未了结的").message(message);
        out.push(claim.on("总数", whole, text).on("未了结", left, text).stated(passage.slice(left.range.clone()), None));
    }
}

/// 约100余件, 283余件: one inexactness too many.
pub(crate) fn approximations(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    for figure in passage.figures.iter().filter(|figure| figure.is_count() && figure.upto.is_none()) {
        let text = passage.text();
        let words = &lexicon.words.exactness;
        let (before, after) = (&text[figure.range.start..figure.digits.start], &text[figure.digits.end..figure.range.end]);
        let ahead = ["约", "大约", "近", "大概"].iter().find(|word| before.ends_with(**word) || text[..figure.range.start].ends_with(**word) && **word == "大约");
        let behind = words.after.more.iter().chain(&words.after.about).find(|word| after.starts_with(word.as_str()) || after.ends_with(word.as_str()));
        let odd = behind.is_some_and(|word| word == "余" || word == "多") && figure.scale < 2.0 && figure.step > 0.9 && figure.value > 10.0 && figure.value % 10.0 != 0.0;
        let (message, expected) = match (ahead, behind) {
            (Some(ahead), Some(behind)) => (format!("“{ahead}”和“{behind}”都表示约数，留一个就够"), text[figure.range.clone()].replacen(ahead, "", 1)),
            (None, Some(behind)) if odd => (format!("{}已是确数，后面不再用“{behind}”", &text[figure.digits.clone()]), text[figure.range.clone()].replacen(behind.as_str(), "", 1)),
            _ => continue,
        };
        let confidence = if odd { Confidence::Likely } else { Confidence::Certain };
        let claim = Claim::new(Kind::Approximation, Verdict::Inconsistent(confidence), figure.span, String::new()).message(message).mend(figure.span, expected.clone());
        out.push(claim.stated(&text[figure.range.clone()], Some(expected)));
    }
}
