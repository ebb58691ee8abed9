//! rlcheck reads a township's 法治政府建设年度报告 and says what a sharp reviewer would say of it.
//!
//! The library is pure: text and rulebook in, findings out. It touches no files, no clock and no environment.

pub mod baseline;
pub mod checks;
pub mod compare;
pub mod county;
pub mod draft;
pub mod examples;
pub mod figures;
pub mod finding;
pub mod fix;
pub mod lint;
pub mod output;
pub mod report;
pub mod rulebook;
pub mod scaffold;
pub mod spanned;
pub mod text;
pub mod word;

pub use checks::check;
pub use draft::Draft;
pub use finding::{Finding, Severity};
pub use rulebook::Rulebook;
