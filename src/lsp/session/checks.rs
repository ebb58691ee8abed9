//! Checks of documents, and the requests that wait for them.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_server::{ErrorCode, RequestId};
use lsp_types::{ExecuteCommandParams, WorkspaceDiagnosticParams};
use rlcheck::output::lsp::file_path;
use serde_json::{Value, json};

use super::super::analysis::{Analysis, Job, analyse};
use super::super::documents::Document;
use super::super::settings::When;
use super::super::work::guarded;
use super::super::{commands, diagnostics, requests};
use super::{Act, Answer, Done, Phase, Refusal, Session, Waiting, parse};

impl Session {
    /// Starts the checks that are wanted.
    pub(super) fn schedule(&mut self) {
        if self.phase != Phase::Open {
            return;
        }
        let due = |document: &&Document| {
            document.checking.is_none() && document.fresh().is_none() && (document.wanted || !document.waiting.is_empty())
        };
        let uris: Vec<String> = self.documents.iter().filter(due).map(|document| document.uri.clone()).collect();
        for uri in uris {
            self.check(&uri);
        }
    }

    pub(super) fn check(&mut self, uri: &str) {
        let (choice, docs) = (self.choice_of(uri), self.settings_of(uri).docs_url.clone());
        let (units, desk, done) = (self.client.units, self.desk.clone(), self.done.clone());
        let Some(document) = self.documents.get_mut(uri) else { return };
        let stamp = document.stamp;
        document.checking = Some(stamp);
        let before = document.analysis.as_ref().and_then(|(_, analysis)| analysis.draft.as_ref()).map(|draft| draft.book.clone());
        let job = Job {
            uri: uri.to_owned(),
            path: document.path.clone(),
            text: document.text.clone(),
            kind: document.kind(),
            choice,
            units,
            docs,
            before,
        };
        self.checker.after(move || {
            let analysis = guarded(|| Arc::new(analyse(&job, &*desk)));
            _ = done.send(Done::Checked { uri: job.uri, stamp, analysis });
        });
    }

    pub(super) fn done(&mut self, done: Done) {
        match done {
            Done::Answered { id, answer } => {
                if self.pending.remove(&id) {
                    self.answer(id, answer);
                }
            }
            Done::Checked { uri, stamp, analysis } => {
                let Some(document) = self.documents.get_mut(&uri) else { return };
                document.checking = None;
                if document.stamp != stamp {
                    return;
                }
                document.wanted = false;
                let waiting = std::mem::take(&mut document.waiting);
                let version = document.version;
                let Some(analysis) = analysis else {
                    // What was shown stays; the text is not checked again until it changes.
                    self.log(1, &format!("检查 {uri} 时程序出了错，显示的是以前的结果"));
                    for Waiting { id, .. } in waiting {
                        self.pending.remove(&id);
                        self.refuse(id, ErrorCode::InternalError, "检查时程序出了错");
                    }
                    return;
                };
                document.analysis = Some((stamp, analysis.clone()));
                if !self.client.pulls {
                    let params = json!({"uri": uri, "version": version, "diagnostics": analysis.diagnostics});
                    self.notify("textDocument/publishDiagnostics", params);
                }
                for Waiting { id, act, .. } in waiting {
                    self.act(id, &uri, analysis.clone(), act);
                }
            }
        }
    }

    pub(super) fn dispatch(&mut self, id: &RequestId, method: &str, params: Value) -> Result<(), Refusal> {
        if method == "workspace/diagnostic" {
            let job = self.workspace_job(&parse(params)?);
            self.aside(id, move || Ok(job.run()));
            return Ok(());
        }
        if method == "workspace/executeCommand" {
            return self.command(id, parse(params)?);
        }
        let (uri, act) = requests::request(method, params)?;
        self.about(id, &uri, act, method == "textDocument/diagnostic");
        Ok(())
    }

    /// Answers a request about a document as soon as that is checked.
    pub(super) fn about(&mut self, id: &RequestId, uri: &str, act: Act, pull: bool) {
        self.pending.insert(id.clone());
        let on_save = self.settings_of(uri).run == When::OnSave;
        let Some(document) = self.documents.get_mut(uri) else {
            let nothing = if pull { json!({"kind": "full", "items": []}) } else { Value::Null };
            self.pending.remove(id);
            return self.answer(id.clone(), Ok(nothing));
        };
        // What is checked when it is saved shows until then what it showed.
        let shown = document.analysis.as_ref().filter(|_| pull && on_save && !document.wanted).map(|(_, analysis)| analysis);
        match document.fresh().or(shown).cloned() {
            Some(analysis) => self.act(id.clone(), uri, analysis, act),
            None => document.waiting.push(Waiting { id: id.clone(), act, pull }),
        }
    }

    pub(super) fn act(&mut self, id: RequestId, uri: &str, analysis: Arc<Analysis>, act: Act) {
        let Some(document) = self.documents.get(uri) else { return };
        let (view, done) = (self.view(uri, document.path.clone(), document.version), self.done.clone());
        self.checker.after(move || {
            let failed = || Err(Refusal::new(ErrorCode::InternalError, "程序内部出错"));
            let answer = guarded(|| act(&analysis, &view)).unwrap_or_else(failed);
            _ = done.send(Done::Answered { id, answer });
        });
    }

    /// Answers a request that is not about an open document.
    pub(super) fn aside(&mut self, id: &RequestId, job: impl FnOnce() -> Answer + Send + 'static) {
        self.pending.insert(id.clone());
        let (id, done) = (id.clone(), self.done.clone());
        self.aside.after(move || {
            let answer = guarded(job).unwrap_or_else(|| Err(Refusal::new(ErrorCode::InternalError, "程序内部出错")));
            _ = done.send(Done::Answered { id, answer });
        });
    }

    pub(super) fn cancel(&mut self, id: &RequestId) {
        if self.pending.remove(id) {
            for document in self.documents.iter_mut() {
                document.waiting.retain(|waiting| waiting.id != *id);
            }
            self.refuse(id.clone(), ErrorCode::RequestCanceled, "已经取消");
        }
    }

    pub(super) fn workspace_job(&self, params: &WorkspaceDiagnosticParams) -> diagnostics::Everything {
        let open = self.documents.iter().map(|document| {
            let shown = document.analysis.as_ref().map(|(_, analysis)| analysis.clone());
            (document.uri.clone(), document.version, shown)
        });
        let folders =
            self.folders.iter().filter_map(|uri| Some((PathBuf::from(file_path(uri)?), self.view(uri, None, 0)))).collect();
        let known = params.previous_result_ids.iter().map(|known| (known.uri.0.clone(), known.value.clone())).collect();
        diagnostics::Everything { open: open.collect(), folders, known, cache: self.cache.clone() }
    }

    pub(super) fn command(&mut self, id: &RequestId, params: ExecuteCommandParams) -> Result<(), Refusal> {
        let arguments = params.arguments.unwrap_or_default();
        let uri = commands::document(&params.command, &arguments);
        if let Some(uri) = uri.filter(|uri| self.documents.get(uri).is_some()) {
            let act = commands::on_document(&params.command, &arguments)?;
            self.about(id, &uri, act, false);
        } else {
            let view = self.view(self.folders.first().map_or("", String::as_str), None, 0);
            let act = commands::on_disk(&params.command, arguments)?;
            self.aside(id, move || act(&view));
        }
        Ok(())
    }
}
