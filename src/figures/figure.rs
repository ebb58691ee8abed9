//! A figure 数据: a number with its unit, what it counts, how exact it is and where it stands.

use std::ops::Range;

use crate::text::Span;

/// How exact a figure says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exactness {
    /// 35件.
    Exact,
    /// 约35件, 35件左右.
    About,
    /// 近300件.
    Near,
    /// 300余件, 超过300件.
    More,
    /// 300件以上, 不少于300件.
    AtLeast,
    /// 不超过300件.
    AtMost,
}

impl Exactness {
    /// The word shown to a drafter.
    pub fn title(self) -> &'static str {
        match self {
            Self::Exact => "确数",
            Self::About => "约数",
            Self::Near => "略少",
            Self::More => "略多",
            Self::AtLeast => "不少于",
            Self::AtMost => "不多于",
        }
    }
}

/// What a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// A count or an amount.
    Count,
    /// `94.3%`, `九成`: in hundredths.
    Percent,
    /// `0.4个百分点`.
    Points,
    /// `3.6倍`.
    Times,
    /// `1/4`.
    Fraction,
}

/// The period that a figure speaks of, as far as its sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// Nothing said: the year of the report.
    Unsaid,
    /// A year by its number.
    Year(u16),
    /// 上年.
    Last,
    /// 上半年, 三季度.
    Half,
    /// 累计, 以来.
    Cumulative,
    /// 明年, 力争.
    Next,
}

/// A number with its unit, what it counts, how exact it is and where it stands.
///
/// Ranges count bytes of the paragraph's text without blanks; [`Figure::span`] is the place in the source.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The numeral with its unit and its word of exactness (`约35件`).
    pub range: Range<usize>,
    /// The numeral alone (`35`), a per cent sign included.
    pub digits: Range<usize>,
    /// [`Figure::range`] in the source.
    pub span: Span,
    /// Its value; per cent in hundredths.
    pub value: f64,
    /// Unit of the last digit as written.
    pub step: f64,
    /// The multiplier written out (10 000 for 万).
    pub scale: f64,
    /// The other end of a range (`20至30名`).
    pub upto: Option<f64>,
    /// How exact it is.
    pub exactness: Exactness,
    /// What it measures.
    pub measure: Measure,
    /// The unit as written, empty if there is none.
    pub unit: String,
    /// Index of the unit's family in the lexicon.
    pub family: Option<u16>,
    /// The family of a second unit that stands with it: 批 of `217件（批）`.
    pub(crate) also: Option<u16>,
    /// Whether other units of the family stand for this one.
    pub(crate) mixed: bool,
    /// Whether a list can be counted against it: 个, 项, 名.
    pub(crate) listed: bool,
    /// What stands before it in its phrase: `已办结` of `已办结33件`.
    pub head: Range<usize>,
    /// What stands behind it in its phrase: `调委会` of `13个调委会`.
    pub tail: Range<usize>,
    /// Index of the sentence in the paragraph.
    pub sentence: usize,
    /// Index of the clause in the paragraph.
    pub clause: usize,
    /// How many brackets it stands in.
    pub depth: usize,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// 全镇, 各村 … as the sentence says before it.
    pub scope: Option<String>,
    /// The period it speaks of.
    pub period: Period,
}

impl Figure {
    /// Whether it is a count or an amount.
    pub fn is_count(&self) -> bool {
        self.measure == Measure::Count
    }

    /// Whether it is stated as exact and a single number.
    pub fn is_exact(&self) -> bool {
        self.exactness == Exactness::Exact && self.upto.is_none()
    }

    /// Whether it is written without decimals and without rounding to 万.
    pub fn is_whole(&self) -> bool {
        (self.step - 1.0).abs() < 1e-9 && self.is_exact()
    }

    /// The unit of its last digit that is not zero: 100 for 1200.
    fn round_unit(&self) -> f64 {
        let mut unit = self.step.max(1e-6);
        while self.value > 0.0 && (self.value / (unit * 10.0)).fract().abs() < 1e-9 && unit < self.value {
            unit *= 10.0;
        }
        unit
    }

    /// The least and the greatest true value that the writing allows: rounding and cutting at the last digit, 余, 约, 以上.
    pub fn bounds(&self) -> (f64, f64) {
        let (low, high) = if self.step > 1.0 + 1e-9 || self.step < 1.0 - 1e-9 || !self.is_count() {
            // 1.5倍 is never called 2倍.
            let times = if self.measure == Measure::Times { 0.5 } else { 1.0 };
            (self.value - self.step / 2.0 * times, self.value + self.step * times)
        } else {
            (self.value, self.value)
        };
        let (low, high) = match self.exactness {
            Exactness::Exact => (low, high),
            Exactness::About => (low - self.value * 0.1, high + self.value * 0.1),
            Exactness::Near => (low - self.round_unit().max(self.value * 0.05), high),
            Exactness::More => (self.value, self.value + self.round_unit().max(self.value * 0.1)),
            Exactness::AtLeast => (self.value, f64::INFINITY),
            Exactness::AtMost => (0.0, self.value),
        };
        (low, self.upto.map_or(high, |upto| high.max(upto)))
    }

    /// Whether the two can be added and compared.
    pub fn same_family(&self, other: &Self) -> bool {
        self.measure == other.measure
            && match (self.family, other.family) {
                (Some(a), Some(b)) => a == b && (self.mixed || self.unit == other.unit),
                (None, None) => !self.is_count(),
                _ => false,
            }
    }

    /// Whether `part` can be a part of this total, by its unit or by its second one.
    pub(crate) fn takes(&self, part: &Self) -> bool {
        self.same_family(part)
            || self.also.is_some() && part.is_count() && (part.family == self.also || part.family == self.family)
    }

    /// The number in its own writing unit, for arithmetic: `1.55万亿`.
    pub fn written(&self) -> String {
        let number = write_scaled(self.value, self.scale);
        if self.measure == Measure::Percent { number + "%" } else { number }
    }
}

/// Writes a value: at most four decimals, none that are zero.
pub(crate) fn write(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Writes a value in multiples of 万, 亿 …
pub(crate) fn write_scaled(value: f64, scale: f64) -> String {
    let word = match scale {
        s if s >= 1e12 => "万亿",
        s if s >= 1e8 => "亿",
        s if s >= 1e4 => "万",
        _ => return write(value),
    };
    let by = if scale >= 1e12 {
        1e12
    } else if scale >= 1e8 {
        1e8
    } else {
        1e4
    };
    write(value / by) + word
}

/// Writes a rate with as many decimals as `step` has, rounded.
pub(crate) fn write_rate(value: f64, step: f64) -> String {
    let decimals = (0..4).find(|d| step * 10f64.powi(*d) > 0.9999).unwrap_or(4) as usize;
    format!("{value:.decimals$}%")
}
