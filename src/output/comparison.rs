//! `rlcheck compare`: two reports beside one another, for a person and for programs.

mod human;
mod json;

use super::Style;
use crate::compare::Comparison;
use crate::report::Report;

/// What a comparison of last year's report and this year's has found: for a person in that style, else as JSON.
pub fn comparison(last: &Report<'_>, this: &Report<'_>, found: &Comparison, style: Option<Style>) -> String {
    match style {
        Some(style) => human::comparison(last, this, found, style),
        None => json::comparison(last, this, found),
    }
}
