//! 数据核对, the heart: numerals → figures → claims → verdicts.
//!
//! A numeral is a number as it is written; a [`Figure`] is a numeral with its unit, what it counts, how exact it is and where it
//! stands; a [`Claim`] is what the words say about figures (this is a rate of those, these are the parts of that). Only words tie
//! figures: an accidental fit or misfit of neighbours says nothing. So a claim has three outcomes: consistent, inconsistent, not
//! comparable.

mod adding;
mod apiece;
mod change;
mod claim;
mod code;
mod composed;
mod conflict;
mod course;
mod done;
mod figure;
mod ledger;
mod list;
mod members;
mod naming;
mod numeral;
mod occasions;
mod ordinals;
mod outcome;
mod pairing;
mod passage;
mod rate;
mod reader;
mod reading;
mod refrain;
mod remainder;
mod share;
mod sum;
mod table;
mod unreachable;
mod villages;
mod words;

pub use claim::{Claim, Confidence, Ground, Kind, Verdict};
pub(crate) use figure::write_scaled;
pub use figure::{Exactness, Figure, Measure, Period};
pub use ledger::{Entry, Ledger};
pub use numeral::{Form, Numeral, numeral};
pub use reader::read;
pub use words::{Bounds, ChangeWords, ExactnessWords, Lexicon, ListWords, PeriodWords, Rate, SumWords, TableWords, Unit, Words};

#[cfg(test)]
pub(crate) mod tests_support {
    use std::sync::LazyLock;

    use super::{Lexicon, Words};

    /// The lexicon of the national rules.
    pub(crate) fn lexicon() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            #[derive(serde::Deserialize)]
            struct Book {
                figures: Words,
            }
            let book: Book = serde_yaml::from_str(include_str!("../rules/figures.yaml")).expect("the rules read");
            Lexicon::new(&book.figures)
        });
        &LEXICON
    }
}
