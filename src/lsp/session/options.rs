//! Settings: the client's and those of its folders.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_server::Response;
use rlcheck::output::lsp::file_path;
use serde_json::{Value, json};

use super::super::Choice;
use super::super::settings::Settings;
use super::{Question, Session, View};

impl Session {
    /// Builds what searches fast, on the side, before the first key is pressed.
    pub(super) fn warm_up(&self) {
        let (desk, settings) = (self.desk.clone(), self.base.clone());
        self.aside.after(move || {
            if let Ok(book) = desk.rulebook(None, &settings.choice) {
                book.hasten();
            }
        });
    }

    /// Takes over the settings that hold where no folder has its own.
    pub(super) fn take_settings(&mut self, section: &Value) {
        let (settings, wrong) = Settings::read(section);
        for message in wrong {
            self.log(2, &message);
        }
        self.base = Arc::new(settings);
    }

    pub(super) fn initialized(&mut self) {
        let mut registrations = Vec::new();
        if self.client.watches {
            let watchers = ["**/rlcheck.toml", "**/*.yaml", "**/*.yml"].map(|pattern| json!({"globPattern": pattern}));
            let options = json!({"watchers": watchers});
            registrations
                .push(json!({"id": "rlcheck-files", "method": "workspace/didChangeWatchedFiles", "registerOptions": options}));
        }
        if self.client.registers_settings {
            let options = json!({"section": "rlcheck"});
            registrations.push(
                json!({"id": "rlcheck-settings", "method": "workspace/didChangeConfiguration", "registerOptions": options}),
            );
        }
        if !registrations.is_empty() {
            self.ask("client/registerCapability", json!({"registrations": registrations}), Question::Other);
        }
        self.ask_settings();
    }

    pub(super) fn ask_settings(&mut self) {
        if !self.client.configures {
            return;
        }
        let mut items: Vec<Value> = self.folders.iter().map(|uri| json!({"scopeUri": uri, "section": "rlcheck"})).collect();
        items.push(json!({"section": "rlcheck"}));
        self.ask("workspace/configuration", json!({"items": items}), Question::Settings(self.folders.clone()));
    }

    pub(super) fn response(&mut self, response: Response) {
        let id: Option<i32> = response.id.to_string().parse().ok();
        let Some(Question::Settings(folders)) = id.and_then(|id| self.questions.remove(&id)) else { return };
        let Ok(Value::Array(sections)) = response.response_result else { return };
        let before = (self.base.clone(), self.settings.clone());
        self.settings.clear();
        for (at, section) in sections.iter().enumerate().filter(|(_, section)| section.is_object()) {
            match folders.get(at) {
                Some(folder) => {
                    let (settings, wrong) = Settings::read(section);
                    for message in &wrong {
                        self.log(2, message);
                    }
                    self.settings.insert(folder.clone(), Arc::new(settings));
                }
                None => self.take_settings(section),
            }
        }
        if before != (self.base.clone(), self.settings.clone()) {
            self.anew(false);
        }
    }

    pub(super) fn configured(&mut self, params: &Value) {
        let section = params.get("settings").unwrap_or(&Value::Null);
        let section = section.get("rlcheck").unwrap_or(section);
        if self.client.configures {
            self.ask_settings();
        } else if section.is_object() {
            self.take_settings(section);
            self.anew(false);
        }
    }

    pub(super) fn watched(&mut self, params: &Value) {
        let uris = params.get("changes").and_then(Value::as_array).into_iter().flatten();
        let uris: Vec<&str> = uris.filter_map(|change| change.get("uri")?.as_str()).collect();
        if !uris.is_empty() {
            self.anew(uris.iter().any(|uri| !uri.ends_with("rlcheck.toml")));
        }
    }

    pub(super) fn moved(&mut self, params: &Value) {
        let uris = |key: &str| -> Vec<String> {
            let list = params.pointer(&format!("/event/{key}")).and_then(Value::as_array).into_iter().flatten();
            list.filter_map(|folder| Some(folder.get("uri")?.as_str()?.to_owned())).collect()
        };
        let (added, removed) = (uris("added"), uris("removed"));
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.ask_settings();
        self.anew(false);
    }

    /// Settings have changed: everything open is checked anew, and clients that ask are told to ask again.
    pub(super) fn anew(&mut self, books: bool) {
        self.desk.forget(books);
        self.cache.forget();
        if books {
            self.warm_up();
        }
        for document in self.documents.iter_mut() {
            document.stamp += 1;
            document.wanted = true;
        }
        let refreshes = [
            (self.client.pulls && self.client.refreshes_diagnostics, "workspace/diagnostic/refresh"),
            (self.client.refreshes_lenses, "workspace/codeLens/refresh"),
            (self.client.refreshes_hints, "workspace/inlayHint/refresh"),
        ];
        for (_, method) in refreshes.into_iter().filter(|(able, _)| *able) {
            self.ask(method, Value::Null, Question::Other);
        }
    }

    /// The settings that hold for a document: those of the innermost folder that it lies in.
    pub(super) fn settings_of(&self, uri: &str) -> Arc<Settings> {
        let holds = |folder: &&String| uri.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'));
        let folder = self.folders.iter().filter(holds).max_by_key(|folder| folder.len());
        folder.and_then(|folder| self.settings.get(folder)).unwrap_or(&self.base).clone()
    }

    /// The choice of rules for a document. A rulebook's path is relative to the folder.
    pub(super) fn choice_of(&self, uri: &str) -> Choice {
        let mut choice = self.settings_of(uri).choice.clone();
        let holds = |folder: &&String| uri.starts_with(folder.as_str());
        let folder = self.folders.iter().filter(holds).max_by_key(|folder| folder.len()).or_else(|| self.folders.first());
        let root = folder.and_then(|folder| file_path(folder));
        if let (Some(book), Some(root)) = (&choice.rulebook, root)
            && (book.contains(['/', '\\']) || [".yaml", ".yml"].iter().any(|ending| book.ends_with(ending)))
        {
            choice.rulebook = Some(Path::new(&root).join(book).display().to_string());
        }
        choice
    }

    pub(super) fn view(&self, uri: &str, path: Option<PathBuf>, version: i32) -> View {
        let mut settings = (*self.settings_of(uri)).clone();
        settings.choice = self.choice_of(uri);
        View { uri: uri.to_owned(), path, version, client: self.client, settings: Arc::new(settings), desk: self.desk.clone() }
    }
}
