//! This year's report beside last year's: what was copied, which figures changed, what became of last year's plan.

mod copied;
mod figures;
mod plans;

pub use copied::{Change, Copied, Copies, changes, copies, paragraphs, passages_between};
pub use figures::{Moved, Stated, moved, stated};
pub use plans::{Untraced, untraced};

use crate::report::Report;

/// Two reports of one town, compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What this year's report has taken over from last year's.
    pub copies: Copies,
    /// Figures of both years that count the same.
    pub figures: Vec<Moved>,
    /// What last year planned and this year's report does not speak of.
    pub untraced: Vec<Untraced>,
}

impl Comparison {
    /// Compares this year's report with last year's, both read with one rulebook.
    pub fn of(last: &Report<'_>, this: &Report<'_>) -> Self {
        let copying = &this.book.book().copying;
        Self { copies: copies(last, this), figures: moved(last, this, &copying.yearly_units), untraced: untraced(last, this) }
    }
}
