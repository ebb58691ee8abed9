//! `--format jsonl`: one JSON object a draft, each on its line, and the sum on the last line.

use serde_json::json;

use super::Tally;
use super::form::{Page, Writer};
use super::json::{sum, tool};
use super::summary::Summary;

/// Writes the lines.
#[derive(Default)]
pub(super) struct Jsonl {
    summary: Summary,
}

impl Writer for Jsonl {
    fn draft(&mut self, page: Page) -> String {
        if let Some(overview) = page.overview {
            self.summary.add(*overview);
        }
        page.text + "\n"
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        format!("{}\n", json!({"path": name, "error": why}))
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        Ok(format!("{{\"tool\":{},\"summary\":{}}}\n", tool(), sum(tally, &self.summary)).into_bytes())
    }
}
