//! A claim 表述: what the text says about figures, whether that holds, and the arithmetic that shows it.

use serde_json::Value;

use super::figure::Figure;
use crate::text::Span;

/// What a claim says about its figures. Each kind is read by the module of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A rate is the quotient of two counts. Good: 受理20件，办结19件，办结率95%。 Bad: 受理20件，办结19件，办结率100%。
    Rate,
    /// A rate can be reached by whole numbers. Good: 培训17人，合格率94.1%。 Bad: 培训17人，合格率96%。
    Unreachable,
    /// A figure is possible at all. Good: 满意率98%。 Bad: 满意率108%。
    Impossible,
    /// Parts make their total. Good: 共9件，其中民事5件、行政4件。 Bad: 共9件，分别为民事5件、行政3件。
    Sum,
    /// A list has as many items as it says. Good: 3个村（东村、西村、南村）。 Bad: 4个村（东村、西村、南村）。
    Count,
    /// From here to there is that change. Good: 由20件减至15件，下降25%。 Bad: 由20件减至15件，下降30%。
    Change,
    /// The same quantity is stated once only, or twice alike. Good: 共办结9件…办结9件。 Bad: 全年办结信访9件…全年办结信访8件。
    Conflict,
    /// One word of inexactness is enough. Good: 约100件。 Bad: 约100余件。
    Approximation,
}

impl Kind {
    /// The word shown to a drafter.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rate => "比率",
            Self::Unreachable => "比率可否得出",
            Self::Impossible => "数值可否成立",
            Self::Sum => "合计",
            Self::Count => "列举",
            Self::Change => "增减",
            Self::Conflict => "前后一致",
            Self::Approximation => "约数",
        }
    }

    /// The rule that reports it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Rate => "rate-mismatch",
            Self::Unreachable => "unreachable-rate",
            Self::Impossible => "impossible-figure",
            Self::Sum => "sum-mismatch",
            Self::Count => "count-mismatch",
            Self::Change => "change-mismatch",
            Self::Conflict => "figure-conflict",
            Self::Approximation => "approximation",
        }
    }
}

/// How surely a claim is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// It rests on a reading that the wording suggests but does not force.
    Likely,
    /// The words tie the figures, and they contradict one another.
    Certain,
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It does.
    Consistent,
    /// It does not.
    Inconsistent(Confidence),
    /// The words do not tie the figures closely enough to say; why.
    NotComparable(&'static str),
}

impl Verdict {
    /// The word shown to a drafter.
    pub fn title(self) -> &'static str {
        match self {
            Self::Consistent => "相符",
            Self::Inconsistent(_) => "不符",
            Self::NotComparable(_) => "不作比较",
        }
    }
}

/// A place that a claim rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Where it stands.
    pub span: Span,
    /// What it is in the claim: 分母, 总数 …
    pub role: &'static str,
    /// Its text as written.
    pub text: String,
}

/// What the text says about some figures.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it says.
    pub kind: Kind,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Where it is said.
    pub span: Span,
    /// What is wrong, in one sentence with its arithmetic; empty unless inconsistent.
    pub message: String,
    /// `33 ÷ 35 = 94.3%`.
    pub arithmetic: String,
    /// The figures that it rests on.
    pub grounds: Vec<Ground>,
    /// The figure as stated.
    pub stated: String,
    /// The figure as it should be, where that is clear.
    pub expected: Option<String>,
    /// Facts for other programs.
    pub facts: Vec<(&'static str, Value)>,
    /// A replacement that would mend it.
    pub mend: Option<(Span, String)>,
}

impl Claim {
    /// A claim of `kind` at `span`.
    pub(crate) fn new(kind: Kind, verdict: Verdict, span: Span, arithmetic: impl Into<String>) -> Self {
        let arithmetic = arithmetic.into();
        Self {
            kind,
            verdict,
            span,
            message: String::new(),
            arithmetic,
            grounds: Vec::new(),
            stated: String::new(),
            expected: None,
            facts: Vec::new(),
            mend: None,
        }
    }

    /// Says what is wrong.
    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Names a figure that it rests on.
    pub(crate) fn on(mut self, role: &'static str, figure: &Figure, text: &str) -> Self {
        let text = text.get(figure.range.clone()).unwrap_or_default().to_owned();
        self.grounds.push(Ground { span: figure.span, role, text });
        self
    }

    /// Names what is stated and what it should be.
    pub(crate) fn stated(mut self, stated: impl Into<String>, expected: Option<String>) -> Self {
        self.stated = stated.into();
        self.expected = expected;
        self
    }

    /// Adds a fact.
    pub(crate) fn fact(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push((key, value.into()));
        self
    }

    /// Adds a replacement.
    pub(crate) fn mend(mut self, span: Span, text: impl Into<String>) -> Self {
        self.mend = Some((span, text.into()));
        self
    }

    /// Whether it is wrong.
    pub fn is_wrong(&self) -> bool {
        matches!(self.verdict, Verdict::Inconsistent(_))
    }
}

/// A value as a JSON number: whole where it is whole.
pub(crate) fn number(value: f64) -> Value {
    let value = if value.abs() > 1e3 { (value * 1e3).round() / 1e3 } else { value };
    if value.fract() == 0.0 && value.abs() < 9e15 { Value::from(value as i64) } else { Value::from(value) }
}
