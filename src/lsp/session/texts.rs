//! What the client says of its documents.

use lsp_types::DidChangeTextDocumentParams;
use lsp_types::DidOpenTextDocumentParams;
use serde_json::json;

use super::super::diagnostics;
use super::super::documents::{Document, Kind};
use super::super::settings::When;
use super::{Session, Waiting, modified};

impl Session {
    pub(super) fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let mut document = Document::new(params.text_document);
        document.wanted = true;
        if let Some(old) = self.documents.get(&document.uri) {
            document.stamp = old.stamp + 1;
        }
        let uri = document.uri.clone();
        if let Some(old) = self.documents.open(document) {
            self.turn_away(old.waiting);
        }
        self.spread(&uri);
    }

    pub(super) fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let (units, uri) = (self.client.units, params.text_document.text_document_identifier.uri.0);
        let on_type = self.settings_of(&uri).run == When::OnType;
        let Some(document) = self.documents.get_mut(&uri) else {
            return self.log(2, &format!("没有打开过 {uri}，它的改动没有管"));
        };
        document.change(params.text_document.version, params.content_changes, units);
        document.wanted |= on_type;
        let waiting = std::mem::take(&mut document.waiting);
        self.turn_away(waiting);
        self.spread(&uri);
    }

    /// Requests whose text has gone are told so.
    pub(super) fn turn_away(&mut self, waiting: Vec<Waiting>) {
        for Waiting { id, pull, .. } in waiting {
            if self.pending.remove(&id) {
                self.answer(id, Err(if pull { diagnostics::again() } else { modified() }));
            }
        }
    }

    pub(super) fn saved(&mut self, uri: &str) {
        if let Some(document) = self.documents.get_mut(uri) {
            document.wanted = true;
        }
    }

    pub(super) fn closed(&mut self, uri: &str) {
        let Some(document) = self.documents.close(uri) else { return };
        let kind = document.kind();
        self.turn_away(document.waiting);
        if !self.client.pulls {
            self.notify("textDocument/publishDiagnostics", json!({"uri": uri, "diagnostics": []}));
        }
        if let (Kind::Config | Kind::Rulebook, Some(path)) = (kind, &document.path) {
            self.desk.open(path, None);
            self.anew(kind == Kind::Rulebook);
        }
    }

    /// What is open of settings and rulebooks holds for the drafts at once.
    pub(super) fn spread(&mut self, uri: &str) {
        let Some(document) = self.documents.get(uri) else { return };
        let kind = document.kind();
        if let (Kind::Config | Kind::Rulebook, Some(path)) = (kind, &document.path) {
            self.desk.open(path, Some(document.text.clone()));
            self.anew(kind == Kind::Rulebook);
        }
    }
}
