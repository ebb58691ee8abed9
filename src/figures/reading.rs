//! Readings of counts as the numerator and the denominator of a rate.

use super::figure::{Figure, Measure, write, write_rate};
use super::passage::Passage;
use super::words::Lexicon;

/// How many figures before a rate are looked at.
const REACH: usize = 10;

/// Whether `part ÷ whole` is the rate as written: rounded or cut at its last digit. 100% leaves no remainder.
pub(crate) fn fits(part: (f64, f64), whole: (f64, f64), rate: &Figure) -> bool {
    if whole.1 <= 0.0 || part.0 < 0.0 {
        return false;
    }
    let (low, high) = (part.0 / whole.1 * 100.0, if whole.0 > 0.0 { part.1 / whole.0 * 100.0 } else { f64::INFINITY });
    let (mut least, mut most) = rate.bounds();
    if rate.is_exact() {
        most -= 1e-9;
        if (rate.value - 100.0).abs() < 1e-9 {
            (least, most) = (100.0, 100.0);
        }
    }
    low <= most + 1e-9 && high >= least - 1e-9
}

/// A reading of counts as numerator and denominator; `left` where the numerator is what remains of the denominator.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) part: (f64, f64, f64),
    pub(super) whole: (f64, f64, f64),
    pub(super) parts: Vec<usize>,
    pub(super) wholes: Vec<usize>,
    pub(super) left: bool,
}

impl Reading {
    pub(super) fn of(figures: &[Figure], parts: Vec<usize>, wholes: Vec<usize>, left: bool) -> Self {
        let take = |list: &[usize]| {
            list.iter().fold((0.0, 0.0, 0.0), |(v, l, h), &i| {
                (v + figures[i].value, l + figures[i].bounds().0, h + figures[i].bounds().1)
            })
        };
        let (part, whole) = (take(&parts), take(&wholes));
        Self { part, whole, parts, wholes, left }
    }

    pub(super) fn fits(&self, rate: &Figure) -> bool {
        let part = if self.left {
            ((self.whole.1 - self.part.2).max(0.0), self.whole.2 - self.part.1)
        } else {
            (self.part.1, self.part.2)
        };
        fits(part, (self.whole.1, self.whole.2), rate)
    }

    /// The quotient in per cent.
    pub(super) fn quotient(&self) -> f64 {
        let part = if self.left { self.whole.0 - self.part.0 } else { self.part.0 };
        part / self.whole.0 * 100.0
    }

    pub(super) fn arithmetic(&self, rate: &Figure) -> String {
        let quotient = write_rate(self.quotient(), if rate.value >= 99.99 { 0.1 } else { rate.step });
        let (part, whole) = (write(self.part.0), write(self.whole.0));
        if self.left {
            format!("（{whole} − {part}） ÷ {whole} = {quotient}")
        } else {
            format!("{part} ÷ {whole} = {quotient}")
        }
    }
}

/// The counts that may belong to the rate at `index`: those of its part of the sentence, else of its sentence, else of the one before;
/// behind the rate where none stands before it.
pub(super) fn counts_for(passage: &Passage, lexicon: &Lexicon, index: usize) -> Vec<usize> {
    let figures = &passage.figures;
    let rate = &figures[index];
    let usable = |f: &Figure| {
        let measure = lexicon.family(f.family).is_some_and(|unit| unit.measure && unit.family != "元" && unit.family != "面积");
        f.is_count() && f.family.is_some() && f.upto.is_none() && f.depth <= rate.depth && !measure
    };
    let start = passage.sentence(rate.sentence).start;
    let within = |from: usize| -> Vec<usize> {
        let mut found: Vec<usize> = (0..index)
            .rev()
            .take(REACH * 2)
            .take_while(|&i| figures[i].digits.start >= from)
            .filter(|&i| usable(&figures[i]))
            .take(REACH)
            .collect();
        found.reverse();
        found
    };
    let depth = passage.depth_at(rate.digits.start);
    let pair = |list: &[usize]| list.iter().any(|&a| list.iter().any(|&b| a < b && comparable(&figures[a], &figures[b])));
    let segment = passage
        .marks_in(start..rate.digits.start, depth)
        .filter(|mark| mark.sign == '；')
        .last()
        .map_or(start, |mark| mark.end());
    for from in [segment, start] {
        let found = within(from);
        if pair(&found) {
            return found;
        }
    }
    let before = within(start);
    if before.is_empty() {
        let end = passage.sentence(rate.sentence).end;
        let stop = figures[index + 1..].iter().find(|f| f.measure == Measure::Percent).map_or(end, |f| f.digits.start.min(end));
        let behind: Vec<usize> = passage.indices_in(rate.range.end..stop).filter(|&i| usable(&figures[i])).take(REACH).collect();
        if pair(&behind) {
            return behind;
        }
    }
    let opened = before.iter().any(|&i| passage.slice(start..figures[i].range.start).starts_with("其中"));
    let Some(last) = rate.sentence.checked_sub(1).map(|last| passage.sentence(last)) else { return before };
    let wider = within(last.start);
    // 受理35件，办结33件。办结率达100%: a sentence that begins with the rate goes on with what was just counted.
    let goes_on = || {
        let only = !passage.figures_in(last).iter().any(|f| f.measure == Measure::Percent);
        before.is_empty() && only && wider.last().is_some_and(|&i| figures[i].clause + 1 == rate.clause)
    };
    if pair(&wider) && (opened || before.len() == 1 || goes_on()) {
        return wider;
    }
    before
}

/// Whether two counts are of one kind.
pub(super) fn comparable(a: &Figure, b: &Figure) -> bool {
    a.family.is_some() && a.same_family(b)
}
