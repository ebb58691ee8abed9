//! The open documents: their texts as the client has them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem};
use rlcheck::output::lsp::file_path;
use rlcheck::text::{Cell, Grid, Units};

use super::analysis::Analysis;
use super::session::Waiting;

/// What a document is to rlcheck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A report.
    Draft,
    /// `rlcheck.toml`.
    Config,
    /// A rulebook in YAML.
    Rulebook,
    /// Nothing that it reads.
    Other,
}

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    /// Its address, as the client writes it.
    pub(super) uri: String,
    /// Where it lies, if it is a file.
    pub(super) path: Option<PathBuf>,
    /// What the client calls its language.
    pub(super) language: String,
    /// The version that the client gave it.
    pub(super) version: i32,
    /// Its text.
    pub(super) text: Arc<str>,
    /// Counts up with every change of the text or of the settings.
    pub(super) stamp: u64,
    /// The stamp that is being checked.
    pub(super) checking: Option<u64>,
    /// Whether a check of what is there now is wanted.
    pub(super) wanted: bool,
    /// What the last check gave, and its stamp.
    pub(super) analysis: Option<(u64, Arc<Analysis>)>,
    /// Requests that wait for the check.
    pub(super) waiting: Vec<Waiting>,
}

impl Document {
    /// A document that has just been opened.
    pub(super) fn new(item: TextDocumentItem) -> Self {
        let uri = item.uri.0;
        Self {
            path: file_path(&uri).map(PathBuf::from),
            language: item.language_id.into(),
            version: item.version,
            text: item.text.into(),
            uri,
            stamp: 0,
            checking: None,
            wanted: false,
            analysis: None,
            waiting: Vec::new(),
        }
    }

    /// The result of checking what is there now.
    pub(super) fn fresh(&self) -> Option<&Arc<Analysis>> {
        self.analysis.as_ref().filter(|(stamp, _)| *stamp == self.stamp).map(|(_, analysis)| analysis)
    }

    /// What the document is to rlcheck.
    pub(super) fn kind(&self) -> Kind {
        kind(self.path.as_deref(), &self.language, &self.text)
    }

    /// Takes over the changes of the client, one after the other.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, units: Units) {
        self.text = changed(&self.text, changes, units).into();
        self.version = version;
        self.stamp += 1;
    }
}

/// A text after changes.
fn changed(text: &str, changes: Vec<TextDocumentContentChangeEvent>, units: Units) -> String {
    let mut text = text.to_owned();
    for change in changes {
        match change {
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                let cell = |at: lsp_types::Position| Cell { line: at.line as usize, column: at.character as usize };
                let grid = Grid::new(&text, units);
                let span = grid.span(&text, cell(change.range.start), cell(change.range.end));
                text.replace_range(span.range(), &change.text);
            }
            TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => text = change.text,
        }
    }
    text
}

/// What a document is to rlcheck: by its name, by the language that the client gives it, and a rulebook by what stands in it.
pub(super) fn kind(path: Option<&Path>, language: &str, text: &str) -> Kind {
    let name = path.and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending = ending.to_ascii_lowercase();
    if name == "rlcheck.toml" {
        Kind::Config
    } else if language == "rlcheck-rulebook" || ["yaml", "yml"].contains(&ending.as_str()) && is_rulebook(text) {
        Kind::Rulebook
    } else if ["README", "CHANGELOG", "LICENSE"].contains(&stem) {
        Kind::Other
    } else if ["md", "markdown", "txt", "text"].contains(&ending.as_str())
        || path.is_none() && ["markdown", "plaintext", "text"].contains(&language)
        || ["markdown", "plaintext", "text"].contains(&language) && ending.is_empty()
    {
        Kind::Draft
    } else {
        Kind::Other
    }
}

/// Whether a YAML text has a rulebook's keys at its top level: one that no other kind of file has, or `extends` and `rules`.
fn is_rulebook(text: &str) -> bool {
    let top = |key: &str| text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    ["parts", "terms", "series", "known_laws", "periods", "committees", "dimensions", "copying", "figures"]
        .iter()
        .any(|key| top(key))
        || top("extends") && top("rules")
}

/// The open documents by their addresses.
#[derive(Debug, Default)]
pub(super) struct Documents {
    map: HashMap<String, Document>,
}

impl Documents {
    /// Opens a document; one that is open already is opened anew.
    pub(super) fn open(&mut self, document: Document) -> Option<Document> {
        self.map.insert(document.uri.clone(), document)
    }

    pub(super) fn close(&mut self, uri: &str) -> Option<Document> {
        self.map.remove(uri)
    }

    pub(super) fn get(&self, uri: &str) -> Option<&Document> {
        self.map.get(uri)
    }

    pub(super) fn get_mut(&mut self, uri: &str) -> Option<&mut Document> {
        self.map.get_mut(uri)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.map.values()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.map.values_mut()
    }
}

#[cfg(test)]
mod tests {
    use lsp_types::{Position, Range, TextDocumentContentChangePartial};
    use proptest::prelude::*;

    use super::*;

    /// What a client does: it cuts its text where its own counting says, unit by unit.
    fn client(text: &str, units: Units, at: usize) -> Position {
        let before = &text[..at];
        let ends = |at: usize| match text.as_bytes()[at] {
            b'\n' => true,
            b'\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let lines: Vec<usize> = (0..before.len()).filter(|&at| ends(at)).collect();
        let start = lines.last().map_or(0, |at| at + 1);
        let column: usize = text[start..at].chars().map(|c| units.width(c)).sum();
        Position { line: lines.len() as u32, character: column as u32 }
    }

    fn boundary(text: &str, near: usize) -> usize {
        let mut at = near % (text.len() + 1);
        while !text.is_char_boundary(at) || at > 0 && text.as_bytes().get(at) == Some(&b'\n') && text.as_bytes()[at - 1] == b'\r'
        {
            at -= 1;
        }
        at
    }

    proptest! {
        // 120 texts of 84 edits in each of three encodings: 30,240 edits.
        #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]
        #[test]
        fn edits_leave_the_texts_equal(
            start in "[汉办𠮷👍a1\r\n ]{0,60}",
            edits in proptest::collection::vec((any::<u16>(), any::<u16>(), "[汉结𠮷👩‍👧b2\r\n]{0,6}"), 84),
        ) {
            for units in [Units::Utf8, Units::Utf16, Units::Utf32] {
                let (mut ours, mut theirs) = (start.clone(), start.clone());
                for batch in edits.chunks(3) {
                    let mut changes = Vec::new();
                    for (a, b, new) in batch {
                        let (a, b) = (boundary(&theirs, usize::from(*a)), boundary(&theirs, usize::from(*b)));
                        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 24));
                        let to = boundary(&theirs, to).max(from);
                        let range = Range { start: client(&theirs, units, from), end: client(&theirs, units, to) };
                        theirs.replace_range(from..to, new);
                        #[allow(deprecated)]
                        let change = TextDocumentContentChangePartial { range, range_length: None, text: new.clone() };
                        changes.push(change.into());
                    }
                    ours = changed(&ours, changes, units);
                    prop_assert_eq!(&ours, &theirs);
                }
            }
        }
    }

    #[test]
    fn documents_are_told_apart() {
        let kind = |name: &str, language: &str, text: &str| kind(Some(Path::new(name)), language, text);
        assert_eq!(kind("/a/稿.MD", "markdown", ""), Kind::Draft);
        assert_eq!(kind("/a/稿.txt", "plaintext", ""), Kind::Draft);
        assert_eq!(kind("/a/README.md", "markdown", ""), Kind::Other);
        assert_eq!(kind("/a/rlcheck.toml", "toml", ""), Kind::Config);
        assert_eq!(kind("/a/county.yaml", "yaml", "extends: township\nrules:\n"), Kind::Rulebook);
        assert_eq!(kind("/a/ci.yaml", "yaml", "name: ci\non: push\n"), Kind::Other);
        assert_eq!(kind("/a/main.rs", "rust", ""), Kind::Other);
        assert_eq!(super::kind(None, "markdown", ""), Kind::Draft);
    }
}
