//! What a figure counts, in words that a drafter reads at a glance: `全年受理群众来信来访` for the 40 of `全年共受理群众来信来访40件`.

use super::figure::{Figure, Measure};
use super::passage::Passage;
use super::words::{Lexicon, ends_with};

/// Words between what is counted and its number that say nothing of it.
const LINKS: [&str; 26] = [
    "由上年的",
    "较上年的",
    "由",
    "从",
    "由上年",
    "较上年",
    "仅",
    "高",
    "分别",
    "达到",
    "达",
    "共计",
    "合计",
    "共",
    "有",
    "为",
    "是",
    "均",
    "了",
    "的",
    "已",
    "约",
    "：",
    "保持在",
    "占",
    "计",
];
/// Words at the beginning that say nothing of it.
const LEADS: [&str; 12] = ["其中，", "其中", "共计", "共有", "共", "并", "同时", "由", "从", "即", "使", "和"];
/// The longest name, in characters.
const LONGEST: usize = 24;

/// The name of what a figure counts: the noun behind it where there is one, the phrase before it; a figure whose own phrase says
/// nothing borrows that of the figure before it.
pub(super) fn name(passage: &Passage, figure: &Figure, lexicon: &Lexicon) -> String {
    let changes = &lexicon.words.changes;
    let written = passage.slice(figure.head.clone());
    let course = ends_with(written, &changes.rise_to).is_some() || ends_with(written, &changes.fall_to).is_some();
    let head = if course { String::new() } else { head(passage, figure) };
    let change = changes.rise.iter().chain(&changes.fall).any(|word| *word == head);
    let family = lexicon.family(figure.family);
    let vague = head.is_empty() || family.is_some_and(|unit| unit.generic || ["人", "家", "村"].contains(&unit.family.as_str()));
    let tail = if figure.measure == Measure::Count && vague && !change { tail(passage, figure) } else { String::new() };
    let total = head.is_empty() && ends_with(written, &lexicon.words.sums.total).is_some();
    let mut name = match (head.is_empty(), tail.is_empty()) {
        (true, true) if total => "合计".to_owned(),
        (true, true) => borrowed(passage, figure),
        (_, true) if change => borrowed(passage, figure) + &head,
        (_, true) => head,
        (true, false) => tail,
        (false, false) => format!("{head}（{tail}）"),
    };
    let length = name.chars().count();
    if length > LONGEST {
        name = format!("…{}", name.chars().skip(length - LONGEST).collect::<String>());
    }
    name
}

/// The phrase before it, without words that say nothing and without marks.
fn head(passage: &Passage, figure: &Figure) -> String {
    let text: String = passage.slice(figure.head.clone()).chars().filter(|c| !matches!(c, '“' | '”' | '‘' | '’')).collect();
    let mut head = text.trim_matches(MARKS);
    loop {
        let before = head;
        for word in LINKS.iter().filter(|word| **word != "为" || !head.ends_with("行为")) {
            head = head.strip_suffix(word).unwrap_or(head);
        }
        for word in LEADS {
            head = head.strip_prefix(word).unwrap_or(head);
        }
        head = head.trim_matches(MARKS);
        if head == before {
            return head.to_owned();
        }
    }
}

/// The noun behind it: up to a mark, without what belongs to the next figure.
fn tail(passage: &Passage, figure: &Figure) -> String {
    let text = passage.slice(figure.tail.clone());
    // Where another figure ends the phrase, its words are the next one's.
    let next = passage.figures.get(passage.figures.partition_point(|f| f.digits.start <= figure.digits.start));
    let shared = next.is_some_and(|next| next.range.start == figure.tail.end && !next.head.is_empty());
    if shared {
        return String::new();
    }
    let plain: String = text.chars().filter(|c| !matches!(c, '“' | '”' | '‘' | '’')).collect();
    let plain = plain.trim_matches(MARKS);
    let plain = plain.split(['（', '(', '《']).next().unwrap_or_default();
    let predicate = ["全部", "均", "已", "正在", "尚未", "未", "以", "在", "由", "并", "都"];
    let end = predicate.iter().filter_map(|word| plain.find(word)).min().unwrap_or(plain.len());
    plain[..end].chars().take(14).collect()
}

/// A figure that says nothing of itself is of what the figure before it in the sentence is.
fn borrowed(passage: &Passage, figure: &Figure) -> String {
    let at = passage.figures.partition_point(|f| f.digits.start < figure.digits.start);
    passage.figures[..at]
        .iter()
        .rev()
        .take(4)
        .take_while(|before| before.sentence == figure.sentence)
        .map(|before| head(passage, before))
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}

const MARKS: [char; 10] = ['，', '。', '、', '（', '）', '；', '：', '(', ')', ','];
