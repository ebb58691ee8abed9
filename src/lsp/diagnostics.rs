//! Diagnostics that the client asks for: of one document, and of all drafts in its folders.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use lsp_server::ErrorCode;
use lsp_types::{Diagnostic, DocumentDiagnosticParams};
use rlcheck::output::lsp::file_uri;
use serde_json::{Value, json};

use super::analysis::{Analysis, file, result_id};
use super::session::{Act, Refusal, View};

/// The most drafts of a folder that are checked for an overview.
const MOST: usize = 2000;

/// The refusal of a request for diagnostics whose text has changed: the client asks again.
pub(super) fn again() -> Refusal {
    let message = "文字已经改动".to_owned();
    Refusal { code: ErrorCode::ServerCancelled, message, data: Some(json!({"retriggerRequest": true})) }
}

/// `textDocument/diagnostic`.
pub(super) fn document(params: &DocumentDiagnosticParams) -> Act {
    let known = params.previous_result_id.clone();
    Box::new(move |analysis: &Analysis, _: &View| Ok(report(&analysis.result_id, &analysis.diagnostics, known.as_deref())))
}

fn report(id: &str, diagnostics: &[Diagnostic], known: Option<&str>) -> Value {
    if known == Some(id) {
        json!({"kind": "unchanged", "resultId": id})
    } else {
        json!({"kind": "full", "resultId": id, "items": diagnostics})
    }
}

/// What was found in a file that has not changed since.
#[derive(Clone, Debug)]
struct Known {
    stamp: (u64, Option<SystemTime>),
    id: String,
    diagnostics: Arc<Vec<Diagnostic>>,
}

/// What was found in files that are not open.
#[derive(Debug, Default)]
pub(super) struct Cache {
    files: Mutex<HashMap<PathBuf, Known>>,
}

impl Cache {
    /// Forgets everything: settings have changed.
    pub(super) fn forget(&self) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn get(&self, path: &Path, stamp: (u64, Option<SystemTime>)) -> Option<Known> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(path).filter(|known| known.stamp == stamp).cloned()
    }

    fn put(&self, path: &Path, known: Known) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), known);
    }
}

/// `workspace/diagnostic`.
pub(super) struct Everything {
    /// The open documents, with what is shown of them.
    pub(super) open: Vec<(String, i32, Option<Arc<Analysis>>)>,
    /// The folders.
    pub(super) folders: Vec<(PathBuf, View)>,
    /// What the client knows.
    pub(super) known: HashMap<String, String>,
    pub(super) cache: Arc<Cache>,
}

impl Everything {
    /// Checks what has changed since it was checked last.
    pub(super) fn run(self) -> Value {
        let mut items = Vec::new();
        let mut seen = HashSet::new();
        for (uri, version, analysis) in &self.open {
            seen.insert(rlcheck::output::lsp::file_path(uri).map_or_else(|| PathBuf::from(uri), PathBuf::from));
            if let Some(analysis) = analysis {
                items.push(self.item(uri, Some(*version), &analysis.result_id, &analysis.diagnostics));
            }
        }
        for (folder, view) in &self.folders {
            for path in view.desk.drafts(folder).into_iter().take(MOST).filter(|path| seen.insert(path.clone())) {
                let uri = file_uri(&path.display().to_string());
                let known = self.known(&path, &uri, view);
                items.push(self.item(&uri, None, &known.id, &known.diagnostics));
            }
        }
        // What has gone has no diagnostics any more.
        let gone = self.known.keys().filter(|uri| !items.iter().any(|item| item["uri"] == ***uri));
        let gone: Vec<Value> = gone.map(|uri| json!({"uri": uri, "version": null, "kind": "full", "items": []})).collect();
        items.extend(gone);
        json!({ "items": items })
    }

    fn item(&self, uri: &str, version: Option<i32>, id: &str, diagnostics: &[Diagnostic]) -> Value {
        let mut item = report(id, diagnostics, self.known.get(uri).map(String::as_str));
        item["uri"] = uri.into();
        item["version"] = version.into();
        item
    }

    fn known(&self, path: &Path, uri: &str, view: &View) -> Known {
        let meta = std::fs::metadata(path).ok();
        let stamp = (meta.as_ref().map_or(0, std::fs::Metadata::len), meta.and_then(|meta| meta.modified().ok()));
        if let Some(known) = self.cache.get(path, stamp) {
            return known;
        }
        let check = || file(path, uri, &view.settings.choice, view.client.units, view.settings.docs_url.as_deref(), &*view.desk);
        let diagnostics = super::work::guarded(check).unwrap_or_default();
        let known = Known { stamp, id: result_id(&diagnostics), diagnostics: Arc::new(diagnostics) };
        self.cache.put(path, known.clone());
        known
    }
}
