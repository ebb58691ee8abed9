//! The blank report for a year: a template, filled with what is known of the town and of last year's report.
//!
//! Whoever writes a template needs no Rust: the names in it are Chinese, and its mistakes are told with their lines.

mod blank;
mod last;
mod paper;
mod template;

pub use blank::blank_paper;
pub use last::LastYear;
pub use paper::paper;
pub use template::{Template, TemplateError, embedded_template, part_template, render};

/// What a blank report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The year that it reports on.
    pub year: u32,
    /// 镇、乡 or 街道, its name in full.
    pub town: String,
    /// Its county or district.
    pub county: String,
    /// Its villages and communities.
    pub villages: Vec<String>,
}

impl Facts {
    /// What the town is called for short: 镇, 乡 or 街道.
    pub fn short(&self) -> &'static str {
        ["街道", "乡"].into_iter().find(|end| self.town.ends_with(end)).unwrap_or("镇")
    }
}
