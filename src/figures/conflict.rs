//! Conflicts: the same quantity stated twice with different values; 已全部办结 against 正在办理.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::claim::{Claim, Confidence, Kind, Verdict};
use super::figure::{Exactness, Figure, Measure, Period};
use super::passage::Passage;
use super::words::{Lexicon, contains};
use crate::text::{Span, WordList, cjk};

/// What says that nothing is left.
static ALL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("全部"));

/// Words in a name that make the quantity a part or a change of one.
static PARTIAL: LazyLock<WordList> = LazyLock::new(|| {
    ["新增", "增加", "减少", "其中", "每", "各", "另", "又", "再", "拟", "分别", "超", "占", "前", "后"].into_iter().collect()
});

/// Names shorter than this (in characters) are too common to be one quantity.
const SHORTEST: usize = 4;

struct Seen {
    value: f64,
    span: Span,
    text: String,
    paragraph: usize,
}

/// What a figure counts, with its unit and its period: one for one quantity of the whole township.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    /// The words before it, its unit and the words behind it.
    name: String,
    measure: Measure,
    exactness: Exactness,
    cumulative: bool,
}

/// All quantities that a draft has named so far.
#[derive(Default)]
pub(crate) struct Quantities {
    seen: FxHashMap<Key, Seen>,
    /// What the cells of tables hold, by the label of the row and the head of the column.
    cells: FxHashMap<(String, String), Seen>,
    /// The greatest number of all there are, by unit and name: 全镇现有调解员46名.
    wholes: FxHashMap<String, Seen>,
}

/// Verbs between the township and what it has: 全镇共培养…56名.
const HAVING: [&str; 14] =
    ["现有", "共有", "拥有", "培养", "培育", "选聘", "聘请", "配备", "选任", "设有", "建有", "组建", "有", "聘任"];
/// Words that make a number one of the year's.
const THIS_YEAR: [&str; 6] = ["全年", "今年", "本年", "年内", "一年来", "年度"];
/// What such a group is counted over: one may come twice.
const REPEATED: [&str; 8] = ["培训", "轮训", "新", "县", "市", "省", "区", "每"];
/// The longest name of what is counted, in characters.
const LONGEST: usize = 14;

impl Quantities {
    /// Takes the next paragraph of what was done.
    pub(crate) fn read(&mut self, passage: &Passage, lexicon: &Lexicon, paragraph: usize, out: &mut Vec<Claim>) {
        for figure in quantities(passage) {
            let whole = contains(passage.slice(figure.head.clone()), &lexicon.words.whole);
            if let Some(key) = whole.then(|| of_all(passage, lexicon, figure)).flatten()
                && self.wholes.get(&key).is_none_or(|seen| seen.value < figure.value)
            {
                let text = passage.slice(figure.range.clone()).to_owned();
                self.wholes.insert(key, Seen { value: figure.value, span: figure.span, text, paragraph });
            }
            let Some(key) = key(passage, lexicon, figure, whole) else { continue };
            let text = passage.slice(figure.range.clone()).to_owned();
            let Some(seen) = self.seen.get(&key) else {
                self.seen.insert(key, Seen { value: figure.value, span: figure.span, text, paragraph });
                continue;
            };
            if seen.paragraph == paragraph {
                continue;
            }
            let same = (seen.value - figure.value).abs() < 1e-9 * seen.value.max(1.0);
            if !same && !figure.is_exact() {
                continue;
            }
            let verdict = if same { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Likely) };
            let arithmetic = format!("{} {} {}", seen.text, if same { "=" } else { "≠" }, text);
            let mut claim =
                Claim::new(Kind::Conflict, verdict, figure.span, arithmetic).stated(text.clone(), Some(seen.text.clone()));
            claim.grounds.push(super::claim::Ground { span: seen.span, role: "前文", text: seen.text.clone() });
            if !same {
                claim = claim.message(format!("这里写作{text}，前文同一项写作{}", seen.text));
            }
            out.push(claim);
        }
    }
}

/// The figures of a passage that count or measure something by themselves.
fn quantities<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = &'p Figure> {
    passage.figures.iter().filter(|figure| {
        (figure.is_count() && figure.family.is_some() || figure.measure == Measure::Percent)
            && figure.upto.is_none()
            && figure.depth == 0
    })
}

/// What is counted, without the words before it that say that there is so much of it.
fn thing_had<'a>(head: &'a str, lexicon: &Lexicon) -> &'a str {
    let mut name = head;
    loop {
        let lead = lexicon.leads.first_at_start(name, 0).map(|(_, word)| &name[word.len()..]);
        match lead.or_else(|| HAVING.iter().find_map(|word| name.strip_prefix(word))) {
            Some(rest) => name = rest,
            None => return name,
        }
    }
}

/// Whether a figure counts things, of this year or of now.
fn counts_things(lexicon: &Lexicon, figure: &Figure) -> bool {
    let things = || lexicon.family(figure.family).is_some_and(|unit| !unit.measure && !unit.generic);
    figure.is_whole() && matches!(figure.period, Period::Unsaid | Period::Year(_)) && things()
}

/// Unit and name of what a figure says there are so many of in all: 全镇现有调解员46名.
fn of_all(passage: &Passage, lexicon: &Lexicon, figure: &Figure) -> Option<String> {
    let (head, tail) = (passage.slice(figure.head.clone()), passage.slice(figure.tail.clone()));
    if !counts_things(lexicon, figure) || head.contains("全年") || !HAVING.iter().any(|word| head.contains(word)) {
        return None;
    }
    let name = thing_had(head, lexicon);
    let of = unquoted(if name.is_empty() { tail } else { name });
    // 今年培养20名 are those of a year, not all there are.
    let so_far = || passage.slice(passage.sentence(figure.sentence).start..figure.range.start);
    let yearly = || matches!(figure.period, Period::Year(_)) || THIS_YEAR.iter().any(|word| so_far().contains(word));
    let stated = (name.is_empty() || tail.is_empty())
        && !REPEATED.iter().any(|word| name.contains(word))
        && (head.contains('有') || head.contains('共') && !yearly());
    let named = (SHORTEST..=LONGEST).contains(&of.chars().count()) && of.chars().all(cjk::is_han);
    (stated && named).then(|| format!("{}{of}", figure.unit))
}

/// Unit and name of what a figure says there are some of, with what stands behind: 52名调解员…….
fn of_some(passage: &Passage, lexicon: &Lexicon, figure: &Figure) -> Option<String> {
    let (head, tail) = (passage.slice(figure.head.clone()), passage.slice(figure.tail.clone()));
    let some = counts_things(lexicon, figure) && !tail.is_empty() && !REPEATED.iter().any(|word| head.contains(word));
    let whole = || contains(head, &lexicon.words.whole) && of_all(passage, lexicon, figure).is_some();
    (some && !whole()).then(|| figure.unit.chars().chain(unquoted(tail).chars().take(LONGEST)).collect())
}

/// A name without quotation marks.
fn unquoted(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '“' | '”')).collect()
}

impl Quantities {
    /// Takes the numbers of a table.
    pub(crate) fn table(&mut self, table: &crate::draft::Table) {
        for (label, head, cell) in super::table::cells(table) {
            let (Some(label), Some(head), Some(value)) = (label, head, super::table::value(cell)) else { continue };
            let head = head.text().split(['（', '(']).next().unwrap_or_default().trim();
            let (label, head) = (label.text().trim().to_owned(), head.to_owned());
            let seen = Seen { value, span: cell.full_span(), text: cell.text().trim().to_owned(), paragraph: 0 };
            // A label that stands twice names neither.
            if label.chars().count() > 1 && head.chars().count() > 1 {
                self.cells.entry((label, head)).and_modify(|old| old.paragraph += 1).or_insert(seen);
            }
        }
    }

    /// 东村排查纠纷35件 against the row 东村 and the column 排查纠纷 of a table.
    fn against_tables(&self, passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
        let mut labels: Vec<&(String, String)> = self.cells.keys().collect();
        labels.sort();
        for figure in quantities(passage) {
            let exact = figure.is_whole() && figure.is_count() && matches!(figure.period, Period::Unsaid | Period::Year(_));
            let said = passage.slice(figure.head.clone());
            if !exact || !(4..=30).contains(&said.chars().count()) {
                continue;
            }
            let found = labels.iter().take(400).find(|(label, head)| {
                let Some((before, rest)) = said.split_once(label.as_str()) else { return false };
                let Some((between, behind)) = rest.split_once(head.as_str()) else { return false };
                let mut other = format!("{before}{between}{behind}");
                for word in lexicon
                    .words
                    .fillers
                    .iter()
                    .chain(&lexicon.words.whole)
                    .map(String::as_str)
                    .chain(["其中", "的", "共", "案件", "为"])
                {
                    other = other.replace(word, "");
                }
                other.is_empty()
            });
            let Some(cell) = found.and_then(|key| self.cells.get(*key)).filter(|cell| cell.paragraph == 0) else { continue };
            let same = (cell.value - figure.value).abs() < 1e-9 * figure.value.max(1.0);
            let text = passage.slice(figure.range.clone());
            let verdict = if same { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Likely) };
            let arithmetic = format!("{text} {} {}", if same { "=" } else { "≠" }, cell.text);
            let mut claim = Claim::new(Kind::Conflict, verdict, figure.span, arithmetic).stated(text, Some(cell.text.clone()));
            claim.grounds.push(super::claim::Ground { span: cell.span, role: "表中", text: cell.text.clone() });
            out.push(if same { claim } else { claim.message(format!("这里写作{text}，表中写作{}", cell.text)) });
        }
    }

    /// Some of them cannot be more than all of them.
    fn against_wholes(&self, passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
        for figure in quantities(passage) {
            let Some(name) = of_some(passage, lexicon, figure) else { continue };
            let ends = name.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let Some((of, whole)) = ends.map(|end| &name[..end]).find_map(|of| self.wholes.get_key_value(of)) else { continue };
            if figure.value <= whole.value {
                continue;
            }
            let text = passage.slice(figure.range.clone());
            let arithmetic = format!("{text} > {}", whole.text);
            let message = format!(
                "这里写作{text}{}，别处写全部只有{}，{arithmetic}",
                of.trim_start_matches(|c| text.ends_with(c)),
                whole.text
            );
            let verdict = Verdict::Inconsistent(Confidence::Likely);
            let mut claim = Claim::new(Kind::Conflict, verdict, figure.span, arithmetic).message(message);
            claim.grounds.push(super::claim::Ground { span: whole.span, role: "全部", text: whole.text.clone() });
            out.push(claim.stated(text, Some(whole.text.clone())));
        }
    }

    /// Closes a draft: holds the paragraphs of what was done against its tables and against all there is.
    pub(crate) fn close<'a>(self, done: impl Iterator<Item = &'a Passage<'a>>, lexicon: &Lexicon, out: &mut Vec<Claim>) {
        if self.cells.is_empty() && self.wholes.is_empty() {
            return;
        }
        for passage in done {
            if !self.cells.is_empty() {
                self.against_tables(passage, lexicon, out);
            }
            self.against_wholes(passage, lexicon, out);
        }
    }
}

/// What the figure counts. `whole` says whether such a word
/// stands before it.
fn key(passage: &Passage, lexicon: &Lexicon, figure: &Figure, whole: bool) -> Option<Key> {
    let settled = matches!(figure.period, Period::Unsaid | Period::Year(_) | Period::Cumulative);
    if !settled || !(whole || matches!(figure.period, Period::Year(_))) {
        return None;
    }
    let head = passage.slice(figure.head.clone());
    let clause =
        passage.mark_before(figure.head.start, 0).is_none_or(|mark| mark.end() == figure.head.start && mark.sign != '、')
            || figure.head.start == 0;
    let changes = &lexicon.words.changes;
    // 2023年，全镇…: the time may stand in a clause of its own.
    let head = head
        .split_once('）')
        .filter(|(number, _)| number.starts_with('（') && number.chars().count() <= 4)
        .map_or(head, |(_, rest)| rest);
    let sentence = passage.sentence(figure.sentence);
    let dated = matches!(figure.period, Period::Year(_)) && figure.clause <= passage.clause_at(sentence.start) + 1;
    if !clause || !(dated || contains(head, &lexicon.words.whole)) {
        return None;
    }
    let mut name = head;
    loop {
        let before = name;
        let mut from = 0;
        while let Some((index, word)) = lexicon.leads.first_at_start(name, from) {
            (name, from) = (&name[word.len()..], index + 1);
        }
        name = name.trim_start_matches(|c: char| c.is_ascii_digit());
        if name.len() < before.len() && name.starts_with('年') {
            name = name.trim_start_matches("年度").trim_start_matches('年');
        }
        if name == before {
            break;
        }
    }
    for word in ["达到", "达", "有", "为", "共", "了", "的"] {
        name = name.strip_suffix(word).unwrap_or(name);
    }
    let tail: String = passage.slice(figure.tail.clone()).chars().take(6).collect();
    let length = name.chars().chain(tail.chars()).filter(|c| cjk::is_han(*c)).count();
    let plain = name.chars().all(|c| cjk::is_han(c) || c.is_ascii_digit() || matches!(c, '“' | '”'));
    let partial = || PARTIAL.is_in(name) || contains(name, &changes.compare) || contains(name, &changes.rise);
    if length < SHORTEST || !plain || partial() {
        return None;
    }
    Some(Key {
        name: [name, &figure.unit, &tail].join("|"),
        measure: figure.measure,
        exactness: figure.exactness,
        cumulative: figure.period == Period::Cumulative,
    })
}

/// `35件已全部办结，……正在办理2件`.
pub(crate) fn all_done(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    let text = passage.text();
    let Some(last) = passage.figures.last() else { return };
    for at in ALL.find_iter(&text.as_bytes()[..last.digits.start]) {
        let after: String = text[at + ALL.needle().len()..].chars().take(6).collect();
        let rule = lexicon.words.rates.iter().find(|rule| {
            rule.bounded && rule.done.iter().any(|done| done.chars().count() > 1 && after.starts_with(done.as_str()))
        });
        let Some(rule) = rule else { continue };
        let done = rule.done.iter().filter(|done| after.starts_with(done.as_str())).max_by_key(|done| done.len());
        let sentence = passage.sentence(passage.sentence_at(at));
        let goes_on = text[sentence.end..].starts_with("其中");
        let reach = if goes_on { passage.sentence(passage.sentence_at(sentence.end)).end } else { sentence.end };
        // 已全部化解；其中调解成功18件，成功率90%，另有2件正在调处
        let split =
            ["；其中", "，其中", "。其中"].iter().any(|word| text[at..].chars().take(8).collect::<String>().contains(word));
        let clause = passage.clause_at(at) + if split { 4 } else { 2 };
        let left = passage.figures_in(at..reach).iter().take_while(|figure| figure.clause <= clause).find(|figure| {
            let head = passage.slice(figure.head.clone());
            figure.is_count()
                && figure.value > 0.0
                && (contains(head, &lexicon.words.pending)
                    || contains(passage.slice(figure.tail.clone()), &lexicon.words.pending))
                && !head.contains('无')
        });
        let between: f64 = left.map_or(0.0, |left| {
            passage.figures_in(at..left.digits.start).iter().filter(|f| f.same_family(left)).map(|f| f.value).sum()
        });
        let before = passage
            .figures_in(sentence.start..at)
            .iter()
            .rev()
            .take(12)
            .find(|figure| figure.is_count() && left.is_some_and(|left| left.same_family(figure)));
        let Some((left, whole)) = left.zip(before) else { continue };
        // What stands between is of the same total only where it makes it up together with what is left.
        if between > 0.0 && (between + left.value - whole.value).abs() > 1e-6 {
            continue;
        }
        let done = done.map_or("", String::as_str);
        let message = format!("前面写“全部{done}”，后面又有{}没有了结", passage.slice(left.range.clone()));
        let claim = Claim::new(
            Kind::Conflict,
            Verdict::Inconsistent(Confidence::Likely),
            passage.span(at..left.range.end),
            "全部 ≠ 还有未了结的",
        )
        .message(message);
        out.push(claim.on("总数", whole, text).on("未了结", left, text).stated(passage.slice(left.range.clone()), None));
    }
}

/// 约100余件, 283余件: one inexactness too many.
pub(crate) fn approximations(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    for figure in passage.figures.iter().filter(|figure| figure.is_count() && figure.upto.is_none()) {
        let text = passage.text();
        let words = &lexicon.words.exactness;
        let (before, after) = (&text[figure.range.start..figure.digits.start], &text[figure.digits.end..figure.range.end]);
        let behind = words
            .after
            .more
            .iter()
            .chain(&words.after.about)
            .find(|word| after.starts_with(word.as_str()) || after.ends_with(word.as_str()));
        let Some(behind) = behind else { continue };
        let ahead = ["约", "大约", "近", "大概"]
            .iter()
            .find(|word| before.ends_with(**word) || text[..figure.range.start].ends_with(**word) && **word == "大约");
        let odd = (behind == "余" || behind == "多")
            && figure.scale < 2.0
            && figure.step > 0.9
            && figure.value > 10.0
            && figure.value % 10.0 != 0.0;
        let twice = ["左右", "上下"]
            .iter()
            .find(|word| behind == "余" && (after.ends_with(**word) || text[figure.range.end..].starts_with(**word)));
        let (message, expected) = match ahead.or(twice) {
            Some(ahead) => {
                (format!("“{ahead}”和“{behind}”都表示约数，留一个就够"), text[figure.range.clone()].replacen(ahead, "", 1))
            }
            None if odd => (
                format!("{}已是确数，后面不再用“{behind}”", &text[figure.digits.clone()]),
                text[figure.range.clone()].replacen(behind.as_str(), "", 1),
            ),
            None => continue,
        };
        let confidence = if odd { Confidence::Likely } else { Confidence::Certain };
        let claim = Claim::new(Kind::Approximation, Verdict::Inconsistent(confidence), figure.span, String::new())
            .message(message)
            .mend(figure.span, expected.clone());
        out.push(claim.stated(&text[figure.range.clone()], Some(expected)));
    }
}
