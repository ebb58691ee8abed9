//! A passage: one paragraph without blanks, its marks, brackets, sentences and clauses, and the figures in it.

use std::borrow::Cow;
use std::ops::Range;

use super::figure::Figure;
use super::reader;
use super::words::{Lexicon, Marker, contains, ends_with};
use crate::text::{Mapped, Span, cjk};

/// Brackets and quotation marks longer than this (in bytes) are taken for unpaired ones.
const LONGEST_PAIR: usize = 1500;
/// How far (in bytes) words of a sentence still bear on a figure.
const REACH: usize = 900;

/// A punctuation mark. There are hundreds in a paragraph: they are kept small.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    at: u32,
    depth: u16,
    width: u8,
    /// The mark, of full width.
    pub(crate) sign: char,
}

impl Mark {
    fn new(at: usize, c: char) -> Self {
        Self { at: at as u32, depth: 0, width: c.len_utf8() as u8, sign: c }
    }

    /// The byte at which it stands.
    pub(crate) fn at(self) -> usize {
        self.at as usize
    }

    /// The byte behind it.
    pub(crate) fn end(self) -> usize {
        self.at() + usize::from(self.width)
    }

    /// How many pairs of brackets or quotation marks it stands in.
    pub(crate) fn depth(self) -> usize {
        usize::from(self.depth)
    }
}

/// A pair of brackets or quotation marks: `inner` is what stands between.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) open: char,
    pub(crate) outer: Range<usize>,
    pub(crate) inner: Range<usize>,
}

impl Pair {
    /// （…） or […].
    pub(crate) fn is_bracket(&self) -> bool {
        matches!(self.open, '（' | '(' | '[' | '［' | '【')
    }

    /// “…”.
    pub(crate) fn is_quote(&self) -> bool {
        matches!(self.open, '“' | '‘' | '「')
    }

    /// 《…》.
    pub(crate) fn is_title(&self) -> bool {
        matches!(self.open, '《' | '〈')
    }
}

/// One paragraph, read.
#[derive(Clone, Debug)]
pub(crate) struct Passage<'a> {
    pub(crate) source: Cow<'a, Mapped>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) pairs: Vec<Pair>,
    sentences: Vec<u32>,
    clauses: Vec<u32>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) markers: Vec<Marker>,
    /// The characters with which a numeral may begin.
    pub(super) numerals: Vec<u32>,
}

impl<'a> Passage<'a> {
    /// Reads a paragraph.
    pub(crate) fn new(text: Cow<'a, Mapped>, lexicon: &Lexicon) -> Self {
        if text.signs().numerals.is_empty() {
            return Self::without_numerals();
        }
        let Signs { marks, brackets, numerals, blanks } = Signs::of(&text);
        let source = if blanks.is_empty() { text } else { Cow::Owned(text.without(&blanks)) };
        let pairs = pairs(&brackets);
        let mut passage = Self {
            markers: Vec::new(),
            marks,
            pairs,
            sentences: Vec::new(),
            clauses: Vec::new(),
            figures: Vec::new(),
            numerals,
            source,
        };
        passage.punctuate();
        (passage.figures, passage.markers) = reader::figures(&passage, lexicon);
        passage
    }

    /// What is read of a paragraph in which no numeral stands: nothing.
    fn without_numerals() -> Self {
        Self {
            source: Cow::default(),
            marks: Vec::new(),
            pairs: Vec::new(),
            sentences: vec![0],
            clauses: vec![0],
            figures: Vec::new(),
            markers: Vec::new(),
            numerals: Vec::new(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        self.source.text()
    }

    pub(crate) fn slice(&self, range: Range<usize>) -> &str {
        self.text().get(range).unwrap_or("")
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.source.span(range)
    }

    /// Finds sentences and clauses, and tells the depth of the marks; those that part nothing go.
    fn punctuate(&mut self) {
        let Self { source, marks, pairs, sentences, clauses, .. } = self;
        let text = source.text().as_bytes();
        let mut open: Vec<usize> = Vec::new();
        let mut next = 0;
        sentences.reserve(marks.len() / 4 + 1);
        clauses.reserve(marks.len() + 1);
        sentences.push(0);
        clauses.push(0);
        marks.retain_mut(|mark| {
            let (at, end) = (mark.at(), mark.end());
            while let Some(pair) = pairs.get(next).filter(|pair| pair.outer.start < at) {
                leave(&mut open, pair.outer.start);
                open.push(pair.outer.end);
                next += 1;
            }
            leave(&mut open, at);
            let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
            let inside_number = || at > 0 && digit(at - 1) && digit(end);
            match mark.sign {
                '。' | '！' | '？' | '!' | '?' | '\n' if open.is_empty() => {
                    sentences.push(end as u32);
                    clauses.push(end as u32);
                }
                ',' | ':' if inside_number() => return false,
                // 15，326件: the comma of a number, in the wrong width.
                '，' if inside_number() && parts_digits(text, at..end) => return false,
                '，' | '；' | '：' | ';' | ',' | ':' if open.is_empty() => clauses.push(end as u32),
                '！' | '？' | '!' | '?' | '\n' => return false,
                _ => {}
            }
            (mark.sign, mark.depth) = (unify(mark.sign), open.len() as u16);
            true
        });
    }

    /// Index of the sentence at byte `at`.
    pub(crate) fn sentence_at(&self, at: usize) -> usize {
        self.sentences.partition_point(|start| *start as usize <= at) - 1
    }

    /// Index of the clause at byte `at`.
    pub(crate) fn clause_at(&self, at: usize) -> usize {
        self.clauses.partition_point(|start| *start as usize <= at) - 1
    }

    /// Where the sentence of that number stands.
    pub(crate) fn sentence(&self, index: usize) -> Range<usize> {
        let end = self.sentences.get(index + 1).map_or(self.text().len(), |end| *end as usize);
        self.sentences[index] as usize..end
    }

    /// The sentence round a range, cut where it is longer than anyone writes.
    pub(crate) fn around(&self, range: Range<usize>) -> &str {
        let sentence = self.sentence(self.sentence_at(range.start));
        let (mut start, mut end) = (sentence.start.max(range.start.saturating_sub(REACH)), sentence.end.min(range.end + REACH));
        while !self.text().is_char_boundary(start) {
            start -= 1;
        }
        while !self.text().is_char_boundary(end) {
            end += 1;
        }
        self.slice(start..end)
    }

    /// The end of the sentence at byte `at`, or a place within reach before it.
    pub(crate) fn sentence_end(&self, at: usize) -> usize {
        let end = self.sentence(self.sentence_at(at)).end;
        let mut near = end.min(at + 4 * REACH);
        while !self.text().is_char_boundary(near) {
            near += 1;
        }
        near
    }

    /// The pairs that stand round byte `at`, outermost first. Few stand before a place and still reach it.
    pub(crate) fn round(&self, at: usize) -> impl Iterator<Item = &Pair> {
        let end = self.pairs.partition_point(|pair| pair.inner.start <= at);
        let (far, before) = (|pair: &Pair| pair.outer.start + LONGEST_PAIR < at, &self.pairs[..end]);
        let start = if before.first().is_some_and(far) { before.partition_point(far) } else { 0 };
        before[start..].iter().filter(move |pair| at < pair.inner.end)
    }

    /// How many pairs stand round byte `at`.
    pub(crate) fn depth_at(&self, at: usize) -> usize {
        self.round(at).count()
    }

    /// The pair that begins at byte `at`.
    pub(crate) fn pair_at(&self, at: usize) -> Option<&Pair> {
        self.pairs.binary_search_by_key(&at, |pair| pair.outer.start).ok().map(|index| &self.pairs[index])
    }

    /// The pairs that begin within `range`.
    pub(crate) fn pairs_in(&self, range: Range<usize>) -> impl Iterator<Item = &Pair> {
        let first = self.pairs.partition_point(|pair| pair.outer.start < range.start);
        self.pairs[first..].iter().take_while(move |pair| pair.outer.start < range.end)
    }

    /// The pair that ends at byte `at`.
    pub(crate) fn pair_before(&self, at: usize) -> Option<&Pair> {
        let end = self.pairs.partition_point(|pair| pair.outer.start < at);
        self.pairs[..end].iter().rev().take(8).find(|pair| pair.outer.end == at)
    }

    /// Marks within `range` that stand at `depth`.
    pub(crate) fn marks_in(&self, range: Range<usize>, depth: usize) -> impl Iterator<Item = &Mark> {
        let first = self.marks.partition_point(|mark| mark.at() < range.start);
        self.marks[first..].iter().take_while(move |mark| mark.at() < range.end).filter(move |mark| mark.depth() == depth)
    }

    /// The last mark before byte `at` at `depth` or outside of it.
    pub(crate) fn mark_before(&self, at: usize, depth: usize) -> Option<&Mark> {
        let end = self.marks.partition_point(|mark| mark.at() < at);
        self.marks[..end].iter().rev().take(200).find(|mark| mark.depth() <= depth)
    }

    /// The first mark from byte `at` on at `depth` or outside of it.
    pub(crate) fn mark_after(&self, at: usize, depth: usize) -> Option<&Mark> {
        let first = self.marks.partition_point(|mark| mark.at() < at);
        self.marks[first..].iter().take(200).find(|mark| mark.depth() <= depth)
    }

    /// Whether the words before a figure make it a change, a comparison or an amount for one of many: no part and no total.
    pub(super) fn is_change(&self, figure: &Figure, lexicon: &Lexicon) -> bool {
        let (head, changes) = (self.slice(figure.head.clone()), &lexicon.words.changes);
        head.contains('每')
            || head.contains("人均")
            || contains(head, &changes.compare)
            || contains(head, &changes.last)
            || ends_with(head, &changes.rise).is_some()
            || ends_with(head, &changes.fall).is_some()
    }

    /// Figures that begin within `range`.
    pub(crate) fn figures_in(&self, range: Range<usize>) -> &[Figure] {
        &self.figures[self.indices_in(range)]
    }

    /// Whether a bracket that begins at byte `at` holds a count.
    pub(super) fn counted_behind(&self, at: usize) -> bool {
        let bracket = self.pair_at(at).filter(|pair| pair.is_bracket());
        bracket.is_some_and(|pair| self.figures_in(pair.inner.clone()).iter().any(Figure::is_count))
    }

    /// Markers that begin within `range`.
    pub(crate) fn markers_in(&self, range: Range<usize>) -> impl Iterator<Item = &Marker> {
        let first = self.markers.partition_point(|marker| marker.start < range.start);
        self.markers[first..].iter().take_while(move |marker| marker.start < range.end)
    }

    /// Indices of the figures that begin within `range`.
    pub(crate) fn indices_in(&self, range: Range<usize>) -> Range<usize> {
        let first = self.figures.partition_point(|figure| figure.digits.start < range.start);
        let last = self.figures.partition_point(|figure| figure.digits.start < range.end);
        first..last.max(first)
    }
}

/// Takes off the ends of pairs that have ended at byte `at`, the inmost of which stands last.
fn leave(open: &mut Vec<usize>, at: usize) {
    while open.last().is_some_and(|end| *end <= at) {
        open.pop();
    }
}

/// Whether a mark stands between up to three digits and exactly three.
fn parts_digits(text: &[u8], mark: Range<usize>) -> bool {
    let before = text[..mark.start].iter().rev().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let behind = text[mark.end..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    before <= 3 && behind == 3
}

/// Whether a blank parts the thousands of a number (GB/T 15835): `15 326件`. One to three digits stand before it, no zero first, and three
/// behind it.
fn parts_thousands(text: &str, blank: Range<usize>) -> bool {
    let is_digit = |c: &char| c.is_ascii_digit();
    let behind: Vec<char> = text[blank.end..].chars().take(4).collect();
    let three = behind.len() == 4 && behind[..3].iter().all(is_digit);
    let before: Vec<char> = text[..blank.start].chars().rev().take(4).collect();
    let length = before.iter().take_while(|c| is_digit(c)).count();
    let first = length.checked_sub(1).map_or('0', |last| before[last]);
    let opens = before.get(length).is_none_or(|c| cjk::is_han(*c) || cjk::is_blank(*c) || "，、。；：（".contains(*c));
    let goes_on = |c: char| {
        let next = blank.end + "000".len();
        cjk::is_han(c) || c == '.' || cjk::is_blank(c) && parts_thousands(text, next..next + c.len_utf8())
    };
    three && (1..=3).contains(&length) && first != '0' && opens && goes_on(behind[3])
}

/// Half-width marks as full-width ones.
fn unify(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' | '！' | '?' | '？' | '\n' => '。',
        _ => c,
    }
}

/// What is needed of the signs of a paragraph, with the places that they have when the blanks are left out.
struct Signs {
    /// Marks that part sentences and clauses.
    marks: Vec<Mark>,
    /// Brackets and quotation marks.
    brackets: Vec<(usize, char)>,
    /// The characters with which a numeral may begin.
    numerals: Vec<u32>,
    /// The blanks of the text that say nothing: all but those between two digits or letters.
    blanks: Vec<Range<usize>>,
}

impl Signs {
    fn of(text: &Mapped) -> Self {
        let (bytes, signs) = (text.text().as_bytes(), text.signs());
        let latin = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        let (mut marks, mut brackets) = (Vec::with_capacity(signs.others.len()), Vec::new());
        let (mut blanks, mut gone) = (Vec::new(), 0);
        for &(at, c) in &signs.others {
            let at = at as usize;
            if cjk::is_blank(c) {
                let end = at + c.len_utf8();
                if !(latin(at.checked_sub(1)) && latin(Some(end))) || parts_thousands(text.text(), at..end) {
                    blanks.push(at..end);
                    gone += c.len_utf8();
                    continue;
                }
            }
            if parts(c) {
                marks.push(Mark::new(at - gone, c));
            } else if is_bracket(c) {
                brackets.push((at - gone, c));
            }
        }
        let mut numerals = signs.numerals.clone();
        if gone > 0 {
            let (mut next, mut gone) = (0, 0);
            for at in &mut numerals {
                while let Some(blank) = blanks.get(next).filter(|blank| blank.start < *at as usize) {
                    (next, gone) = (next + 1, gone + blank.len());
                }
                *at -= gone as u32;
            }
        }
        Self { marks, brackets, numerals, blanks }
    }
}

/// Whether a character parts sentences, clauses or members.
fn parts(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '，' | '；' | '：' | ';' | ',' | ':' | '、')
}

/// Whether a character opens or closes a pair.
fn is_bracket(c: char) -> bool {
    matches!(c, '（' | '）' | '〈'..='】' | '〔' | '〕' | '‘'..='”' | '［' | '］' | '(' | ')' | '[' | ']' | '{' | '}')
}

/// All pairs that close, in order of their opening marks.
fn pairs(signs: &[(usize, char)]) -> Vec<Pair> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found = Vec::with_capacity(signs.len() / 4);
    for &(at, c) in signs {
        if cjk::closing(c).is_some() {
            open.push((c, at));
        } else if let Some(index) = open.iter().rposition(|(o, from)| closes(*o, c) && at - from <= LONGEST_PAIR) {
            let (sign, from) = open[index];
            open.truncate(index);
            found.push(Pair { open: sign, outer: from..at + c.len_utf8(), inner: from + sign.len_utf8()..at });
        }
        if open.len() > 32 {
            open.remove(0);
        }
    }
    found.sort_by_key(|pair| pair.outer.start);
    found
}

/// Whether `close` belongs to `open`, in full or half width.
fn closes(open: char, close: char) -> bool {
    cjk::closing(open) == Some(close) || matches!((open, close), ('（', ')') | ('(', '）'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_and_places_stay() {
        let mut text = Mapped::default();
        text.push("办结 33 件，2021 12", 0);
        let signs = Signs::of(&text);
        let bare = text.without(&signs.blanks);
        assert_eq!(bare.text(), "办结33件，2021 12");
        let at = bare.text().find("33件").expect("there");
        assert_eq!(bare.span(at..at + "33件".len()), Span::new("办结 ".len(), "办结 33 件".len()));
        assert_eq!(signs.numerals, bare.signs().numerals);
        let marks: Vec<_> = signs.marks.iter().map(|mark| (mark.at(), mark.sign)).collect();
        assert_eq!(marks, [(bare.text().find('，').expect("there"), '，')]);
    }

    #[test]
    fn an_open_bracket_swallows_nothing() {
        let mut text = Mapped::default();
        text.push("全镇（含社区、“三会一课”）共“12个", 0);
        let found = pairs(&Signs::of(&text).brackets);
        assert_eq!(found.len(), 2);
        assert!(found[0].is_bracket() && found[1].is_quote());
    }
}
