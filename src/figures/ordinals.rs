//! Counted points: 做了四方面工作：一是…二是…三是…四是…, over sentences and paragraphs.

use super::claim::{Claim, Confidence, Ground, Kind, Verdict};
use super::numeral;
use super::passage::Passage;
use super::words::Lexicon;
use crate::text::Span;

/// What may be said to have so many points.
const POINTS: [&str; 18] = [
    "方面", "工作", "问题", "不足", "措施", "任务", "举措", "做法", "特点", "亮点", "短板", "要求", "建议", "转变", "实事",
    "原因", "困难", "重点",
];

/// A count that a run of 一是, 二是 … is to fill.
struct Intro {
    number: u32,
    span: Span,
    text: String,
    sure: bool,
}

/// Reads runs of points through a draft, paragraph after paragraph.
#[derive(Default)]
pub(crate) struct Runs {
    intro: Option<Intro>,
    /// An intro at the end of a paragraph, for a run that begins in the next.
    waiting: Option<Intro>,
    reached: u32,
    last: Option<Span>,
    broken: bool,
}

impl Runs {
    /// Takes the next paragraph.
    pub(crate) fn read(&mut self, passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
        let mut waiting = self.waiting.take();
        for (n, at, end) in points(passage) {
            let span = passage.span(at..end);
            if n == 1 {
                self.close(out);
                self.intro = intro(passage, lexicon, at).or_else(|| if at <= 6 { waiting.take() } else { None });
                (self.reached, self.broken) = (1, false);
            } else if n == self.reached + 1 {
                self.reached = n;
            } else {
                self.broken = true;
            }
            self.last = Some(span);
        }
        let text = passage.text();
        self.waiting = if text.ends_with(['：', ':']) { intro(passage, lexicon, text.len()) } else { None };
    }

    /// Whether a paragraph begins with a point.
    pub(crate) fn opens_with_point(passage: &Passage) -> bool {
        points(passage).next().is_some_and(|point| point.1 == 0)
    }

    /// A heading or the end of the draft: the run is over.
    pub(crate) fn close(&mut self, out: &mut Vec<Claim>) {
        self.waiting = None;
        let (reached, broken) = (self.reached, self.broken);
        self.reached = 0;
        let Some((intro, last)) = self.intro.take().zip(self.last.take()) else { return };
        if reached < 2 || broken {
            return;
        }
        let verdict = if reached == intro.number {
            Verdict::Consistent
        } else if !intro.sure {
            return;
        } else {
            Verdict::Inconsistent(Confidence::Certain)
        };
        let mut claim = Claim::new(Kind::Count, verdict, intro.span, format!("列到第{reached}项"))
            .stated(intro.number.to_string(), Some(reached.to_string()))
            .fact("stated", intro.number)
            .fact("counted", reached);
        claim.grounds.push(Ground {
            span: last,
            role: "最后一项",
            text: format!("{}是", crate::text::cjk::write_numeral(reached)),
        });
        if claim.is_wrong() {
            claim = claim.message(format!(
                "写作{}，下面列到“{}是”，共{reached}项",
                intro.text,
                crate::text::cjk::write_numeral(reached)
            ));
        }
        out.push(claim);
    }
}

/// 一是, 二要 … that begin a clause: number, start, end.
fn points<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = (u32, usize, usize)> + use<'p> {
    let text = passage.text();
    passage.numerals.iter().map(|at| *at as usize).filter_map(move |start| {
        let opens = |c| {
            matches!(c, '。' | '；' | '：' | '，' | '、' | ';' | ':' | ',' | '（' | '“' | '”' | '）' | '*' | '》' | '!' | '！')
        };
        if !text[..start].chars().next_back().is_none_or(opens) {
            return None;
        }
        let behind = text[start..].char_indices().take(4).find(|(_, c)| !numeral::starts(*c));
        let (at, _) = behind.filter(|(_, c)| matches!(c, '是' | '要'))?;
        let n = crate::text::cjk::numeral(&text[start..start + at])?;
        (1..=40).contains(&n).then_some((n, start, start + at + '是'.len_utf8()))
    })
}

/// The count right before byte `at`: 四方面工作：, 以下三个问题。
fn intro(passage: &Passage, lexicon: &Lexicon, at: usize) -> Option<Intro> {
    let text = passage.text();
    let before = text[..at].trim_end_matches(['“', '（', '*']);
    let colon = before.ends_with(['：', ':']);
    if !colon && !before.ends_with('。') {
        return None;
    }
    let end = before.len() - before.chars().next_back()?.len_utf8();
    let sentence = passage.sentence(passage.sentence_at(end.saturating_sub(1)));
    if let Some(code) = coded(passage, lexicon, before, end) {
        return Some(code);
    }
    let figure = passage.figures_in(sentence.start..end).iter().rev().find(|figure| figure.is_count())?;
    let countable = figure.is_whole() && (2.0..=40.0).contains(&figure.value) && (figure.unit == "件" || figure.listed);
    let name = &text[figure.range.end..end];
    if !countable || name.chars().count() > 24 {
        return None;
    }
    let said = &text[figure.range.start..end];
    let named =
        POINTS.iter().any(|word| said.contains(word)) && !name.contains(['，', '。']) && (colon || name.chars().count() <= 5);
    let direct = colon && !name.contains(['，', '、']) && (named || name.chars().count() <= 10);
    let text = said.chars().take(20).collect();
    (named || direct).then(|| Intro {
        number: figure.value as u32,
        span: passage.span(figure.range.start..end),
        text,
        sure: named && (colon || said.contains("方面") || said.contains("以下")) || direct,
    })
}

/// “三个亲自”。 or “四个到位”： right before the first point.
fn coded(passage: &Passage, lexicon: &Lexicon, before: &str, end: usize) -> Option<Intro> {
    let pair = passage.pair_before(end).filter(|pair| pair.is_quote())?;
    let code = super::code::code(passage, lexicon, pair).filter(|code| code.numbers.len() == 1)?;
    let text = passage.slice(code.range.clone()).to_owned();
    Some(Intro { number: code.numbers[0], span: passage.span(code.range), text, sure: !before.is_empty() })
}
