//! From numerals to figures: what a number measures, how exact it is, what it counts; and which numbers are no figures.

use std::borrow::Cow;
use std::ops::Range;

use super::figure::{Exactness, Figure, Measure, Period};
use super::numeral::{self, Form, Numeral};
use super::passage::Passage;
use super::words::{Cues, Lexicon, Marker, Setting, ends_with, starts_with};
use crate::text::{Mapped, cjk};

/// All figures of a text.
///
/// ```
/// use rlcheck::{Rulebook, figures::read};
/// let figures = read("全年受理信访件35件，办结率达94.3%。", Rulebook::township().lexicon());
/// assert_eq!(figures.iter().map(|f| f.value).collect::<Vec<_>>(), [35.0, 94.3]);
/// ```
pub fn read(text: &str, lexicon: &Lexicon) -> Vec<Figure> {
    let mut mapped = Mapped::default();
    mapped.push(text, 0);
    Passage::new(Cow::Owned(mapped), lexicon).figures
}

/// All figures of a passage whose marks are known, and the markers that bear on them.
pub(super) fn figures(passage: &Passage, lexicon: &Lexicon) -> (Vec<Figure>, Vec<Marker>) {
    let text = passage.text();
    let mut setting = Settings { lexicon, cues: None, next: 0, sentence: 0, scope: None, period: Period::Unsaid };
    // A numeral has a few characters.
    let mut figures: Vec<Figure> = Vec::with_capacity(passage.numerals.len() / 3);
    let mut behind = 0;
    for at in passage.numerals.iter().map(|at| *at as usize) {
        if at < behind {
            continue;
        }
        match look(passage, lexicon, at, &mut figures) {
            Look::Figure(end, pairs) => {
                let Some((figure, before)) = figures.split_last_mut() else { continue };
                let since = before.iter().rev().take(4).find(|f| f.depth <= figure.depth).map_or(0, |f| f.range.end);
                figure.head = head(passage, figure, pairs, since);
                figure.sentence = passage.sentence_at(at);
                figure.clause = passage.clause_at(at);
                setting.advance(figure.sentence, passage.sentence(figure.sentence).start, at, text);
                figure.scope.clone_from(&setting.scope);
                figure.period = setting.period;
                behind = end;
            }
            Look::Year(year, end) => {
                let sentence = passage.sentence_at(at);
                setting.advance(sentence, passage.sentence(sentence).start, at, text);
                setting.period = Period::Year(year);
                behind = end;
            }
            Look::Nothing(end) => behind = end,
        }
    }
    for index in 0..figures.len() {
        let next = figures.get(index + 1).map_or(text.len(), |f| f.range.start);
        let figure = &figures[index];
        let (depth, inmost) = passage.round(figure.digits.start).fold((0, None), |(depth, _), pair| (depth + 1, Some(pair)));
        let end = passage.mark_after(figure.range.end, depth).map_or(text.len(), |mark| mark.at()).min(next);
        let end = inmost.map_or(end, |pair| end.min(pair.inner.end));
        let end = passage
            .pairs_in(figure.range.end..end)
            .find(|pair| pair.is_bracket() && pair.inner.len() > 9)
            .map_or(end, |pair| pair.outer.start);
        figures[index].tail = figures[index].range.end..end.max(figures[index].range.end);
    }
    let markers = setting.cues.filter(|_| !figures.is_empty()).map(|cues| cues.markers).unwrap_or_default();
    (figures, markers)
}

/// What begins with a numeral.
enum Look {
    /// Where it ends, and how many pairs stand round it.
    Figure(usize, usize),
    Year(u16, usize),
    Nothing(usize),
}

/// Scope and period as said so far in the sentence.
struct Settings<'a> {
    lexicon: &'a Lexicon,
    /// The words that bear on figures, sought when the first figure asks for them.
    cues: Option<Cues>,
    next: usize,
    sentence: usize,
    scope: Option<String>,
    period: Period,
}

impl Settings<'_> {
    fn advance(&mut self, sentence: usize, from: usize, at: usize, text: &str) {
        if sentence != self.sentence {
            (self.sentence, self.scope, self.period) = (sentence, None, Period::Unsaid);
        }
        let cues = self.cues.get_or_insert_with(|| self.lexicon.cues(text));
        while let Some(&(start, end, word)) = cues.settings.get(self.next).filter(|word| word.0 < at) {
            match word {
                // It stands in an earlier sentence.
                _ if start < from => {}
                Setting::Scope => self.scope = Some(text[start..end].to_owned()),
                Setting::Period(period) => self.period = period,
            }
            self.next += 1;
        }
    }
}

/// The phrase before a figure, from the last mark or figure on.
fn head(passage: &Passage, figure: &Figure, depth: usize, since: usize) -> Range<usize> {
    let at = figure.range.start;
    let mark = passage.mark_before(at, depth).map_or(0, |mark| mark.end());
    let open = passage.round(at).filter(|pair| !pair.is_quote()).last().map_or(0, |pair| pair.inner.start);
    mark.max(open).max(since.min(at))..at
}

/// Reads what begins with the numeral at byte `at`, and takes it in if it is a figure.
fn look(passage: &Passage, lexicon: &Lexicon, at: usize, figures: &mut Vec<Figure>) -> Look {
    let text = passage.text();
    if let Some(length) = lexicon.idiom(text, at) {
        return Look::Nothing((at + length).max(at + 1));
    }
    let (mut pairs, mut depth, mut quoted) = (0, 0, false);
    for pair in passage.round(at) {
        if pair.is_title() || pair.open == '〔' {
            return Look::Nothing(pair.outer.end);
        }
        pairs += 1;
        depth += usize::from(pair.is_bracket());
        quoted |= pair.is_quote();
    }
    let before = text[..at].chars().next_back();
    let joined = matches!(before, Some('第' | '·' | '•' | '+' | '＋' | '×' | '*' | '#'))
        || before.is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if !joined && let Some(end) = lone(text, lexicon, at) {
        return Look::Nothing(end);
    }
    let Some(mut read) = numeral::numeral(text, at) else { return Look::Nothing(run_end(text, at)) };
    if joined {
        return Look::Nothing(behind_unit(text, lexicon, read.range.end));
    }
    if let Some(look) = year_or_date(text, &read) {
        return look;
    }
    if is_mark(passage, &read) {
        return Look::Nothing(run_end(text, at).max(read.range.end));
    }
    let upto = range_end(text, &mut read);
    let mut end = read.range.end;
    let mut exactness = if read.more { Exactness::More } else { Exactness::Exact };
    let rest = |end: usize| &text[end..];
    if let Some(word) = starts_with(rest(end), &lexicon.words.exactness.after.more) {
        let unit = lexicon.unit(text, end + word.len()).is_some() || read.scale > 1.0;
        if unit && read.form == Form::Plain {
            exactness = Exactness::More;
            end += word.len();
        }
    }
    let entry = if read.form == Form::Plain { lexicon.unit(text, end) } else { None };
    let (measure, unit, entry) = match read.form {
        Form::Percent => (Measure::Percent, "", None),
        Form::Fraction => (Measure::Fraction, "", None),
        Form::Plain => match rest(end).chars().next() {
            Some('个') if rest(end).starts_with("个百分点") => (Measure::Points, "个百分点", None),
            Some('百') if rest(end).starts_with("百分点") => (Measure::Points, "百分点", None),
            Some('倍') => (Measure::Times, "倍", None),
            Some('番') => (Measure::Times, "番", None),
            _ => (Measure::Count, entry.map_or("", |entry| entry.word.as_str()), entry),
        },
    };
    let family = entry.map(|entry| entry.family);
    if read.chinese
        && read.form == Form::Plain
        && (unit.is_empty() && read.scale < 1e4 || &text[read.range.clone()] == "一" && unit != "番")
    {
        return Look::Nothing(run_end(text, at).max(read.range.end));
    }
    end += unit.len();
    let (behind, also) = doubled_unit(passage, lexicon, end);
    end = behind;
    if rest(end).starts_with('多') && matches!(unit, "年" | "个" | "天" | "倍" | "公里") && !unit.is_empty() {
        exactness = Exactness::More;
        end += '多'.len_utf8();
    }
    let (exactness, start, end) = exactness_round(text, lexicon, at, end, exactness);
    figures.push(Figure {
        range: start..end,
        digits: read.range.clone(),
        span: passage.span(start..end),
        value: read.value,
        step: read.step,
        scale: read.scale,
        upto,
        exactness,
        measure,
        unit: unit.to_owned(),
        family,
        also,
        mixed: lexicon.family(family).is_some_and(|unit| unit.mixed),
        listed: entry.is_some_and(|entry| entry.listed),
        head: start..start,
        tail: end..end,
        sentence: 0,
        clause: 0,
        depth,
        quoted,
        scope: None,
        period: Period::Unsaid,
    });
    Look::Figure(end, pairs)
}

/// Where a single 汉字 for a number ends that begins at a byte, counts nothing and goes on as no numeral does: 一 of 统一,
/// 三 of 三农.
fn lone(text: &str, lexicon: &Lexicon, at: usize) -> Option<usize> {
    let mut chars = text[at..].chars();
    let first = chars.next().filter(|c| cjk::is_han(*c))?;
    let end = at + first.len_utf8();
    let Some(next) = chars.next() else { return Some(end) };
    let goes_on = matches!(next, '亿' | '.' | '．' | '余' | '多' | '几' | '点' | '成' | '分' | '月' | '号' | '日' | '倍' | '番')
        || is_joint(next)
        || numeral::starts(next);
    let more = || starts_with(&text[end..], &lexicon.words.exactness.after.more).is_some();
    // 一 is a number before 番 only.
    (!goes_on && (first == '一' || next != '个' && lexicon.unit(text, end).is_none() && !more())).then_some(end)
}

/// Whether a character may stand between the ends of a range: `6.5-7%`, `20至30名`.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '－' | '~' | '～' | '至' | '到')
}

/// Where the run of digits or Chinese numerals ends that begins at a byte.
fn run_end(text: &str, at: usize) -> usize {
    let more = |c: char| numeral::starts(c) || c == '亿' || c == '.' || c == '．';
    text[at..].find(|c| !more(c)).map_or(text.len(), |length| at + length)
}

fn behind_unit(text: &str, lexicon: &Lexicon, end: usize) -> usize {
    end + lexicon.unit(text, end).map_or(0, |unit| unit.word.len())
}

/// 2021年, 2007—2021年, 6月, 12月4日, 16号线: calendar and numbers of things.
fn year_or_date(text: &str, read: &Numeral) -> Option<Look> {
    if read.form != Form::Plain || read.scale > 1.0 {
        return None;
    }
    let rest = &text[read.range.end..];
    let whole = read.value.fract() == 0.0;
    if whole && (1900.0..=2100.0).contains(&read.value) && text[read.range.clone()].chars().count() == 4 {
        if rest.starts_with('年') {
            return Some(Look::Year(read.value as u16, read.range.end + '年'.len_utf8()));
        }
        let joint = rest.chars().next().filter(|c| is_joint(*c) || *c == '、')?;
        let next = numeral::numeral(text, read.range.end + joint.len_utf8()).filter(|n| (1900.0..=2100.0).contains(&n.value))?;
        return Some(Look::Year(next.value as u16, next.range.end));
    }
    if whole && (1.0..=31.0).contains(&read.value) {
        if rest.starts_with('月') || rest.starts_with('号') {
            return Some(Look::Nothing(read.range.end + '月'.len_utf8()));
        }
        if rest.starts_with('日') && text[..read.range.start].ends_with(['月', '-', '—', '至', '、', '～']) {
            return Some(Look::Nothing(read.range.end + '日'.len_utf8()));
        }
        let joint = rest.chars().next().filter(|c| is_joint(*c))?;
        let next = numeral::numeral(text, read.range.end + joint.len_utf8())?;
        let unit = &text[next.range.end..];
        if unit.starts_with('月') || unit.starts_with('日') {
            return Some(Look::Nothing(next.range.end + '月'.len_utf8()));
        }
    }
    None
}

/// Whether the numeral is a number of a heading, a footnote, a code, a ratio, a telephone: no figure.
fn is_mark(passage: &Passage, read: &Numeral) -> bool {
    let text = passage.text();
    let (start, end) = (read.range.start, read.range.end);
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let (next, second) = (after.next(), after.next());
    if read.chinese {
        return false;
    }
    let digits = &text[read.range.clone()];
    let digit = |c: Option<char>| c.is_some_and(|c| numeral::fold(c).is_ascii_digit());
    let ratio = |c: Option<char>| matches!(c, Some(':' | '∶' | '：' | '·' | '+' | '＋' | '×' | '.' | '-'));
    if matches!(next, Some('+' | '＋' | '×' | '·')) || ratio(next) && digit(second) && next != Some('-') {
        return true;
    }
    if ratio(before) && before != Some('：') && before != Some('-') && digit(text[..start].chars().nth_back(1)) {
        return true;
    }
    if before == Some('：')
        && digit(text[..start].chars().nth_back(1))
        && read.form == Form::Plain
        && !matches!(next, Some('个' | '件'))
    {
        return true;
    }
    let heading = start == 0 || before.is_some_and(|c| matches!(c, '。' | '；' | '：'));
    if heading && (matches!(next, Some('.' | '．' | '、')) && !digit(second)) {
        return true;
    }
    if next.is_some_and(|c| c.is_ascii_alphabetic()) && read.scale < 2.0 {
        return true;
    }
    if digits.len() > 1 && digits.starts_with('0') && !digits.contains('.') {
        return true;
    }
    read.form == Form::Plain && passage.round(start).last().is_some_and(|pair| pair.inner == read.range)
}

/// The other end of `20至30名`, `6.5-7%`, `13～17万`; the numeral grows over it.
fn range_end(text: &str, read: &mut Numeral) -> Option<f64> {
    let joint = text[read.range.end..].chars().next().filter(|c| is_joint(*c))?;
    let behind = read.range.end + joint.len_utf8();
    if !text[behind..].chars().next().is_some_and(|c| numeral::fold(c).is_ascii_digit() || read.chinese) {
        return None;
    }
    let far = numeral::numeral(text, behind)?;
    if matches!(joint, '至' | '到') {
        let phrase = text[..read.range.start].chars().rev().take(12).take_while(|c| !"，。；、".contains(*c));
        if phrase.into_iter().any(|c| c == '由' || c == '从') || read.form != Form::Plain {
            return None;
        }
    }
    if far.form == Form::Fraction || read.form == Form::Fraction {
        return None;
    }
    if read.scale < far.scale && read.value < far.value / far.scale * 1.0001 {
        read.value *= far.scale;
        read.scale = far.scale;
    }
    if far.value <= read.value {
        return None;
    }
    (read.form, read.step) = (far.form, far.step);
    read.range.end = far.range.end;
    Some(far.value)
}

/// `场（次）`, `套（户）`, `件/次`: a second unit behind the first belongs to it.
fn doubled_unit(passage: &Passage, lexicon: &Lexicon, end: usize) -> (usize, Option<u16>) {
    let text = passage.text();
    if let Some(pair) = passage.pair_at(end).filter(|pair| pair.is_bracket())
        && let Some(unit) = lexicon.unit(text, pair.inner.start).filter(|unit| unit.word.len() == pair.inner.len())
    {
        return (pair.outer.end, Some(unit.family));
    }
    if text[end..].starts_with('/')
        && let Some(unit) = lexicon.unit(text, end + 1)
    {
        return (end + 1 + unit.word.len(), Some(unit.family));
    }
    (end, None)
}

/// Words of exactness before and behind the figure; the range grows over them.
fn exactness_round(text: &str, lexicon: &Lexicon, start: usize, end: usize, said: Exactness) -> (Exactness, usize, usize) {
    let words = &lexicon.words.exactness;
    let (head, tail) = (&text[..start], &text[end..]);
    let behind = [
        (&words.after.about, Exactness::About),
        (&words.after.at_least, Exactness::AtLeast),
        (&words.after.at_most, Exactness::AtMost),
    ];
    if lexicon.limits.at_start(tail).is_some()
        && let Some((word, exactness)) = behind.into_iter().find_map(|(list, e)| starts_with(tail, list).map(|w| (w, e)))
    {
        return (exactness, start, end + word.len());
    }
    let ahead = [
        (&words.before.at_least, Exactness::AtLeast),
        (&words.before.at_most, Exactness::AtMost),
        (&words.before.near, Exactness::Near),
        (&words.before.about, Exactness::About),
        (&words.before.more, Exactness::More),
    ];
    for (list, exactness) in ahead {
        let Some(word) = ends_with(head, list) else { continue };
        let inner = head[..head.len() - word.len()].chars().next_back();
        let part_of_word = match word {
            "约" => inner.is_some_and(|c| "节预合制公签契条续履违集民规".contains(c)),
            "近" => inner.is_some_and(|c| "附最邻就远亲".contains(c)),
            "超" => inner.is_some_and(|c| "赶反".contains(c)),
            _ => false,
        };
        if !part_of_word {
            return (exactness, start - word.len(), end);
        }
    }
    (said, start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::tests_support::lexicon;

    fn said(text: &str) -> Vec<String> {
        read(text, lexicon())
            .into_iter()
            .map(|f| {
                format!(
                    "{}{}{}",
                    crate::figures::figure::write(f.value),
                    f.unit,
                    if f.measure == Measure::Percent { "%" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn what_is_a_figure() {
        assert_eq!(said("受理转办件 35 件，办结率达 94.3%。"), ["35件", "94.3%"]);
        assert_eq!(said("宣传覆盖35000余人次，举办19 场（次）"), ["35000人次", "19场"]);
        assert_eq!(said("增长６.５-７%，引进20至30名"), ["6.5%", "20名"]);
        assert_eq!(said("四个方面、两级、三百二十件"), ["4个方面", "2级", "320件"]);
        assert_eq!(said("提高近10个百分点，增长3.6倍"), ["10个百分点", "3.6倍"]);
    }

    #[test]
    fn what_is_none() {
        for text in [
            "第七个五年规划",
            "“12·4”国家宪法日",
            "县政发〔2022〕1号",
            "2021年12月3日",
            "“1+1+3”工作机制",
            "（1）",
            "58.自觉",
            "PM2.5",
            "5G网络",
            "进一步统一思想",
            "三四天",
            "“十四五”规划",
            "《第35号决定》",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn words_of_exactness_are_those_of_the_rulebook() {
        let mut words = lexicon().words.clone();
        words.exactness.after.more = ["余", "来"].map(str::to_owned).to_vec().into();
        let figures = read("走访十来户、统一来访登记", &Lexicon::new(&words));
        assert_eq!(
            figures.iter().map(|f| (f.value, f.unit.as_str(), f.exactness)).collect::<Vec<_>>(),
            [(10.0, "户", Exactness::More)]
        );
    }

    #[test]
    fn how_exact_it_is() {
        let exactness = |text: &str| read(text, lexicon()).first().map(|f| f.exactness);
        assert_eq!(exactness("100余批次"), Some(Exactness::More));
        assert_eq!(exactness("近3000家"), Some(Exactness::Near));
        assert_eq!(exactness("23万元左右"), Some(Exactness::About));
        assert_eq!(exactness("不低于50%"), Some(Exactness::AtLeast));
        assert_eq!(exactness("控制在3%以内"), Some(Exactness::AtMost));
        assert_eq!(exactness("节约3万元"), Some(Exactness::Exact));
    }
}
