//! `rlcheck compare`: two reports beside one another, for a person and for programs.

mod human;
mod json;

use super::Form;
use crate::compare::Comparison;
use crate::report::Report;

impl Form {
    /// What a comparison of last year's report and this year's has found.
    pub fn comparison(self, last: &Report<'_>, this: &Report<'_>, found: &Comparison) -> String {
        match self {
            Self::Human(style) => human::comparison(last, this, found, style),
            Self::Json | Self::Lsp => json::comparison(last, this, found),
        }
    }
}
