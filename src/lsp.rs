//! The editor's face: a server that speaks the Language Server Protocol.
//!
//! One thread reads messages, one writes them, the [`session`] in between keeps the texts of the open documents and answers. Texts are
//! checked in a worker thread, always the newest; edits that come while a text is being checked are checked together afterwards. What
//! the server needs of the machine (files, settings, rulebooks) it asks a [`Desk`] for.

mod actions;
mod analysis;
mod client;
mod commands;
mod completion;
mod diagnostics;
mod documents;
mod hints;
mod hover;
mod insert;
mod lenses;
mod requests;
mod session;
mod settings;
mod symbols;
mod wire;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rlcheck::rulebook::{Book, RulebookError};
use rlcheck::{Draft, Rulebook};

/// What the client's settings say about rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Choice {
    /// The report year.
    pub(crate) year: Option<u32>,
    /// The rulebook.
    pub(crate) rulebook: Option<String>,
    /// The rules to look at; all where there are none.
    pub(crate) only: Vec<String>,
    /// The rules to leave out.
    pub(crate) except: Vec<String>,
}

/// Why there is no rulebook for a draft.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// What is wrong.
    pub(crate) message: String,
    /// Where, if it is known.
    pub(crate) error: Option<RulebookError>,
}

/// A blank report as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Blank {
    /// Whose report it is.
    pub(crate) town: Option<String>,
    /// Its county.
    pub(crate) county: Option<String>,
    /// The year.
    pub(crate) year: Option<u32>,
    /// Last year's report.
    pub(crate) from: Option<PathBuf>,
    /// The folder that it is written for.
    pub(crate) folder: Option<PathBuf>,
}

/// The machine as the server sees it.
pub(crate) trait Desk: Send + Sync {
    /// The rulebook for a draft, with the settings of its folder.
    fn rulebook(&self, draft: Option<&Path>, choice: &Choice) -> Result<Rulebook, Trouble>;
    /// A rulebook by itself.
    fn book(&self, path: &Path) -> Result<Book, RulebookError>;
    /// What the client has open of settings and rulebooks stands for the files; `None` once it is closed.
    fn open(&self, path: &Path, text: Option<Arc<str>>);
    /// Settings have changed; with `books`, rulebooks too.
    fn forget(&self, books: bool);
    /// The drafts in a folder.
    fn drafts(&self, folder: &Path) -> Vec<PathBuf>;
    /// A draft on disk.
    fn read(&self, path: &Path) -> Result<Draft, String>;
    /// The `rlcheck.toml` that speaks for a draft: its path and its text.
    fn config(&self, draft: &Path) -> Option<(PathBuf, String)>;
    /// A blank report: its file's name and its text.
    fn blank(&self, blank: &Blank) -> Result<(String, String), String>;
}

/// Serves a client on standard input and output until it says goodbye or goes away; whether it said goodbye.
pub(crate) fn run(desk: Arc<dyn Desk>) -> bool {
    session::run(desk, &wire::reader(std::io::stdin()), wire::writer(std::io::stdout()))
}
