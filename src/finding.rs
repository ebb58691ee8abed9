//! What a check says: findings, their places and their fixes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::spanned::Place;
use crate::text::{Position, Source, Span};

/// How much a finding matters. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 供参考: worth knowing.
    Info,
    /// 建议修改: worth a look.
    Warning,
    /// 必须修改: contradicts a central rule or itself.
    Error,
}

impl Severity {
    /// The word shown to a drafter.
    pub fn title(self) -> &'static str {
        match self {
            Self::Info => "供参考",
            Self::Warning => "建议修改",
            Self::Error => "必须修改",
        }
    }

    /// The word of the contract: `info`, `warning`, `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that a check found in a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Name of the rule, in kebab-case: part of the contract.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence, with its arithmetic.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The article or standard that the rule rests on.
    pub basis: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// Required part (`measures`, `shortcomings`, `duties`, `plan`) in which it stands.
    pub part: Option<String>,
    /// Facts of this finding for other programs.
    pub data: Map<String, Value>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// The line of the rulebook that asked for it: a place in [`crate::rulebook::Book::files`].
    pub asked: Option<Place>,
}

impl Finding {
    /// A finding of `rule` at `span`. Severity, help and basis are those of the rulebook unless a check sets them.
    pub fn new(rule: impl Into<String>, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            severity,
            message: message.into(),
            help: None,
            basis: None,
            span,
            part: None,
            data: Map::new(),
            related: Vec::new(),
            fixes: Vec::new(),
            asked: None,
        }
    }

    /// What is wrong, how to mend it and on what basis, a line each.
    pub fn said(&self) -> String {
        let help = self.help.iter().map(|help| format!("\n改法：{help}"));
        let basis = self.basis.iter().map(|basis| format!("\n依据：{basis}"));
        std::iter::once(self.message.clone()).chain(help).chain(basis).collect()
    }

    /// Lowers the severity where this finding is surer of less than its rule.
    #[must_use]
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.severity = self.severity.min(severity);
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what it rests on.
    #[must_use]
    pub fn basis(mut self, basis: impl Into<String>) -> Self {
        self.basis = Some(basis.into());
        self
    }

    /// Adds a fact for other programs.
    #[must_use]
    pub fn data(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.data.insert(key.to_owned(), value.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into(), elsewhere: None });
        self
    }

    /// Adds a place in another draft. In this one it stands where the finding does.
    pub fn elsewhere_too(&mut self, message: impl Into<String>, elsewhere: Elsewhere) {
        self.related.push(Related { span: self.span, message: message.into(), elsewhere: Some(elsewhere) });
    }

    /// Says which entry of the rulebook asked for it.
    #[must_use]
    pub fn asked(mut self, place: Place) -> Self {
        self.asked = Some(place);
        self
    }

    /// Adds a way to mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub span: Span,
    /// What it has to do with the finding.
    pub message: String,
    /// The other draft that it stands in, if it does not stand in this one.
    pub elsewhere: Option<Elsewhere>,
}

/// A place in another draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The name of that draft.
    pub path: String,
    /// What stands there.
    pub text: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl Elsewhere {
    /// A span of another draft.
    pub fn new(source: &Source, span: Span) -> Self {
        Self {
            path: source.name().to_owned(),
            text: source.slice(span).to_owned(),
            start: source.position(span.start),
            end: source.position(span.end),
        }
    }
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for a menu.
    pub title: String,
    /// Whether it can be applied without asking.
    pub safe: bool,
    /// What it changes; the edits do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of one edit.
    pub fn replace(title: impl Into<String>, safe: bool, span: Span, replacement: impl Into<String>) -> Self {
        Self { title: title.into(), safe, edits: vec![Edit { span, replacement: replacement.into() }] }
    }
}

/// One replacement in the source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}
