//! `--format jsonl`: one JSON object a draft, each on its line, and the sum on the last line.

use serde_json::json;

use super::Tally;
use super::form::{Page, Writer};
use super::json::tool;

/// Writes the lines.
pub(super) struct Jsonl;

impl Writer for Jsonl {
    fn draft(&mut self, page: Page) -> String {
        page.text + "\n"
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        format!("{}\n", json!({"path": name, "error": why}))
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        Ok(format!("{}\n", json!({"tool": tool(), "summary": tally})).into_bytes())
    }
}
