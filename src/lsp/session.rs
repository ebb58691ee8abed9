//! The session: what the client says, in its order, and what it is answered.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{DidChangeTextDocumentParams, DidOpenTextDocumentParams, TextDocumentIdentifier};
use rlcheck::output::lsp::file_path;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::analysis::{Analysis, Job, analyse};
use super::client::Client;
use super::diagnostics::{self, Cache};
use super::documents::{Document, Documents, Kind};
use super::settings::{Settings, When};
use super::wire::{self, Incoming};
use super::work::{Worker, guarded};

/// Why a request has no result.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: ErrorCode,
    pub(super) message: String,
    pub(super) data: Option<Value>,
}

impl Refusal {
    /// A refusal with a message for the user.
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None }
    }
}

/// What a request is answered.
pub(super) type Answer = Result<Value, Refusal>;

/// A document and the client that looks at it, as a request sees them.
#[derive(Clone)]
pub(super) struct View {
    pub(super) uri: String,
    pub(super) path: Option<PathBuf>,
    pub(super) version: i32,
    pub(super) client: Client,
    pub(super) settings: Arc<Settings>,
    pub(super) desk: Arc<dyn Desk>,
}

/// What a request does once its document is checked.
pub(super) type Act = Box<dyn FnOnce(&Analysis, &View) -> Answer + Send>;

/// A request that waits for its document to be checked.
pub(super) struct Waiting {
    id: RequestId,
    act: Act,
    /// Whether it asks for diagnostics.
    pull: bool,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.id.fmt(f)
    }
}

/// What a worker has done.
enum Done {
    /// A text is checked; nothing, where the check failed.
    Checked { uri: String, stamp: u64, analysis: Option<Arc<Analysis>> },
    /// A request is answered.
    Answered { id: RequestId, answer: Answer },
}

/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Before `initialize`.
    New,
    /// Between that and `shutdown`.
    Open,
    /// Behind it.
    Shut,
}

/// A question to the client.
enum Question {
    /// Its settings, of these folders; the last are those of no folder.
    Settings(Vec<String>),
    /// Something whose answer does not matter.
    Other,
}

/// The session.
pub(super) struct Session {
    phase: Phase,
    pub(super) client: Client,
    desk: Arc<dyn Desk>,
    outbox: Sender<String>,
    documents: Documents,
    folders: Vec<String>,
    base: Arc<Settings>,
    settings: HashMap<String, Arc<Settings>>,
    pending: HashSet<RequestId>,
    questions: HashMap<i32, Question>,
    asked: i32,
    done: Sender<Done>,
    checker: Worker,
    aside: Worker,
    cache: Arc<Cache>,
}

/// Serves the client; whether it said goodbye properly.
pub(super) fn run(desk: Arc<dyn Desk>, inbox: Receiver<Incoming>, (outbox, writer): (Sender<String>, JoinHandle<()>)) -> bool {
    let (done, results) = unbounded();
    let (Ok(checker), Ok(aside)) = (Worker::new("check"), Worker::new("aside")) else { return false };
    let mut session = Session {
        phase: Phase::New,
        client: Client::default(),
        desk,
        outbox,
        documents: Documents::default(),
        folders: Vec::new(),
        base: Arc::new(Settings::read(&Value::Null).0),
        settings: HashMap::new(),
        pending: HashSet::new(),
        questions: HashMap::new(),
        asked: 0,
        done,
        checker,
        aside,
        cache: Arc::default(),
    };
    let goodbye = session.serve(&inbox, &results);
    drop(session);
    _ = writer.join();
    goodbye
}

impl Session {
    /// Takes messages and results until the client is gone.
    fn serve(&mut self, inbox: &Receiver<Incoming>, results: &Receiver<Done>) -> bool {
        loop {
            select! {
                recv(inbox) -> incoming => {
                    // All that has come in belongs together: a text is checked when no edit of it waits any more.
                    let mut next = incoming.ok();
                    while let Some(incoming) = next {
                        if let Some(end) = self.incoming(incoming) {
                            return end;
                        }
                        next = inbox.try_recv().ok();
                    }
                }
                recv(results) -> done => if let Ok(done) = done {
                    self.done(done);
                },
            }
            self.schedule();
        }
    }

    /// Takes what came in; `Some` ends the session.
    fn incoming(&mut self, incoming: Incoming) -> Option<bool> {
        match incoming {
            Incoming::Closed => return Some(self.phase == Phase::Shut),
            Incoming::Malformed(answer) => self.write(answer.to_string()),
            Incoming::Message(Message::Notification(note)) if note.method == "exit" => return Some(self.phase == Phase::Shut),
            Incoming::Message(message) => {
                let id = if let Message::Request(request) = &message { Some(request.id.clone()) } else { None };
                if guarded(|| self.message(message)).is_none() {
                    self.log(1, "程序内部出错，这条消息没有处理");
                    if let Some(id) = id {
                        self.answer(id, Err(Refusal::new(ErrorCode::InternalError, "程序内部出错")));
                    }
                }
            }
        }
        None
    }

    fn message(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(note) if self.phase == Phase::Open => self.notification(note),
            Message::Notification(_) => {}
            Message::Response(response) => self.response(response),
        }
    }

    // What the session says.

    fn write(&self, text: String) {
        _ = self.outbox.send(text);
    }

    /// Tells the client something.
    pub(super) fn notify(&self, method: &str, params: Value) {
        self.write(wire::text(&Notification { method: method.to_owned(), params }.into()));
    }

    /// Leaves a line in the client's log: 1 for an error, 2 for a warning.
    fn log(&self, level: u8, message: &str) {
        self.notify("window/logMessage", json!({"type": level, "message": message}));
    }

    /// Answers a request.
    fn answer(&self, id: RequestId, answer: Answer) {
        let result = answer.map_err(|refusal| lsp_server::ResponseError {
            code: refusal.code as i32,
            message: refusal.message,
            data: refusal.data,
        });
        self.write(wire::text(&Response { id, response_result: result }.into()));
    }

    /// Asks the client something.
    fn ask(&mut self, method: &str, params: Value, question: Question) {
        self.asked += 1;
        self.questions.insert(self.asked, question);
        self.write(wire::text(&Request { id: self.asked.into(), method: method.to_owned(), params }.into()));
    }

    // What the client says.

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        match (self.phase, method.as_str()) {
            (Phase::New, "initialize") => {
                let welcome = self.initialize(&params);
                self.answer(id, Ok(welcome));
            }
            (Phase::New, _) => self.refuse(id, ErrorCode::ServerNotInitialized, "还没有 initialize"),
            (Phase::Shut, _) => self.refuse(id, ErrorCode::InvalidRequest, "已经 shutdown"),
            (Phase::Open, "initialize") => self.refuse(id, ErrorCode::InvalidRequest, "已经 initialize 过"),
            (Phase::Open, "shutdown") => {
                self.phase = Phase::Shut;
                for id in std::mem::take(&mut self.pending) {
                    self.refuse(id, ErrorCode::RequestCanceled, "已经 shutdown");
                }
                self.answer(id, Ok(Value::Null));
            }
            (Phase::Open, _) => {
                if let Err(refusal) = self.dispatch(&id, &method, params) {
                    self.answer(id, Err(refusal));
                }
            }
        }
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: &str) {
        self.answer(id, Err(Refusal::new(code, message)));
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.phase = Phase::Open;
        self.client = Client::of(params);
        let folder = |folder: &Value| folder.get("uri").and_then(Value::as_str).map(str::to_owned);
        self.folders = match params.get("workspaceFolders").and_then(Value::as_array) {
            Some(list) => list.iter().filter_map(folder).collect(),
            None => params.get("rootUri").and_then(Value::as_str).map(str::to_owned).into_iter().collect(),
        };
        let options = params.get("initializationOptions").unwrap_or(&Value::Null);
        self.take_settings(options.get("rlcheck").unwrap_or(options));
        self.warm_up();
        self.client.welcome()
    }

    /// Builds what searches fast, on the side, before the first key is pressed.
    fn warm_up(&self) {
        let (desk, settings) = (self.desk.clone(), self.base.clone());
        self.aside.after(move || {
            if let Ok(book) = desk.rulebook(None, &settings.choice) {
                book.hasten();
            }
        });
    }

    /// Takes over the settings that hold where no folder has its own.
    fn take_settings(&mut self, section: &Value) {
        let (settings, wrong) = Settings::read(section);
        for message in wrong {
            self.log(2, &message);
        }
        self.base = Arc::new(settings);
    }

    fn initialized(&mut self) {
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

    fn ask_settings(&mut self) {
        if !self.client.configures {
            return;
        }
        let mut items: Vec<Value> = self.folders.iter().map(|uri| json!({"scopeUri": uri, "section": "rlcheck"})).collect();
        items.push(json!({"section": "rlcheck"}));
        self.ask("workspace/configuration", json!({"items": items}), Question::Settings(self.folders.clone()));
    }

    fn response(&mut self, response: Response) {
        let id: Option<i32> = response.id.to_string().parse().ok();
        let Some(Question::Settings(folders)) = id.and_then(|id| self.questions.remove(&id)) else { return };
        let Ok(Value::Array(sections)) = response.response_result else { return };
        let before = (self.base.clone(), self.settings.clone());
        self.settings.clear();
        for (at, section) in sections.iter().enumerate().filter(|(_, section)| section.is_object()) {
            match folders.get(at) {
                Some(folder) => {
                    let (settings, wrong) = Settings::read(section);
                    wrong.iter().for_each(|message| self.log(2, message));
                    self.settings.insert(folder.clone(), Arc::new(settings));
                }
                None => self.take_settings(section),
            }
        }
        if before != (self.base.clone(), self.settings.clone()) {
            self.anew(false);
        }
    }

    fn notification(&mut self, note: Notification) {
        let Notification { method, params } = note;
        let read = match method.as_str() {
            "initialized" => {
                self.initialized();
                Ok(())
            }
            "textDocument/didOpen" => parse(params).map(|params| self.opened(params)),
            "textDocument/didChange" => parse(params).map(|params| self.changed(params)),
            "textDocument/didSave" => parse(params).map(|params: AboutDocument| self.saved(&params.text_document.uri.0)),
            "textDocument/didClose" => parse(params).map(|params: AboutDocument| self.closed(&params.text_document.uri.0)),
            "workspace/didChangeConfiguration" => {
                self.configured(&params);
                Ok(())
            }
            "workspace/didChangeWatchedFiles" => {
                self.watched(&params);
                Ok(())
            }
            "workspace/didChangeWorkspaceFolders" => {
                self.moved(&params);
                Ok(())
            }
            "$/cancelRequest" => {
                let id = params.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
                if let Some(id) = id {
                    self.cancel(&id);
                }
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(refusal) = read {
            self.log(2, &format!("{method}：{}", refusal.message));
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
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

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
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
    fn turn_away(&mut self, waiting: Vec<Waiting>) {
        for Waiting { id, pull, .. } in waiting {
            if self.pending.remove(&id) {
                self.answer(id, Err(if pull { diagnostics::again() } else { modified() }));
            }
        }
    }

    fn saved(&mut self, uri: &str) {
        if let Some(document) = self.documents.get_mut(uri) {
            document.wanted = true;
        }
    }

    fn closed(&mut self, uri: &str) {
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
    fn spread(&mut self, uri: &str) {
        let Some(document) = self.documents.get(uri) else { return };
        let kind = document.kind();
        if let (Kind::Config | Kind::Rulebook, Some(path)) = (kind, &document.path) {
            self.desk.open(path, Some(document.text.clone()));
            self.anew(kind == Kind::Rulebook);
        }
    }

    fn configured(&mut self, params: &Value) {
        let section = params.get("settings").unwrap_or(&Value::Null);
        let section = section.get("rlcheck").unwrap_or(section);
        if self.client.configures {
            self.ask_settings();
        } else if section.is_object() {
            self.take_settings(section);
            self.anew(false);
        }
    }

    fn watched(&mut self, params: &Value) {
        let uris = params.get("changes").and_then(Value::as_array).into_iter().flatten();
        let uris: Vec<&str> = uris.filter_map(|change| change.get("uri")?.as_str()).collect();
        if !uris.is_empty() {
            self.anew(uris.iter().any(|uri| !uri.ends_with("rlcheck.toml")));
        }
    }

    fn moved(&mut self, params: &Value) {
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
    fn anew(&mut self, books: bool) {
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
    fn settings_of(&self, uri: &str) -> Arc<Settings> {
        let holds = |folder: &&String| uri.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'));
        let folder = self.folders.iter().filter(holds).max_by_key(|folder| folder.len());
        folder.and_then(|folder| self.settings.get(folder)).unwrap_or(&self.base).clone()
    }

    /// The choice of rules for a document. A rulebook's path is relative to the folder.
    fn choice_of(&self, uri: &str) -> super::Choice {
        let mut choice = self.settings_of(uri).choice.clone();
        let holds = |folder: &&String| uri.starts_with(folder.as_str());
        let folder = self.folders.iter().filter(holds).max_by_key(|folder| folder.len()).or_else(|| self.folders.first());
        let root = folder.and_then(|folder| file_path(folder));
        if let (Some(book), Some(root)) = (&choice.rulebook, root)
            && (book.contains(['/', '\\']) || book.ends_with(".yaml") || book.ends_with(".yml"))
        {
            choice.rulebook = Some(Path::new(&root).join(book).display().to_string());
        }
        choice
    }

    fn view(&self, uri: &str, path: Option<PathBuf>, version: i32) -> View {
        let mut settings = (*self.settings_of(uri)).clone();
        settings.choice = self.choice_of(uri);
        View { uri: uri.to_owned(), path, version, client: self.client, settings: Arc::new(settings), desk: self.desk.clone() }
    }

    // Checks.

    /// Starts the checks that are wanted.
    fn schedule(&mut self) {
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

    fn check(&mut self, uri: &str) {
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

    fn done(&mut self, done: Done) {
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

    // Requests.

    fn dispatch(&mut self, id: &RequestId, method: &str, params: Value) -> Result<(), Refusal> {
        if method == "workspace/diagnostic" {
            let job = self.workspace_job(&parse(params)?);
            self.aside(id, move || Ok(job.run()));
            return Ok(());
        }
        if method == "workspace/executeCommand" {
            return self.command(id, parse(params)?);
        }
        let (uri, act) = super::requests::request(method, params)?;
        self.about(id, &uri, act, method == "textDocument/diagnostic");
        Ok(())
    }

    /// Answers a request about a document as soon as that is checked.
    fn about(&mut self, id: &RequestId, uri: &str, act: Act, pull: bool) {
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

    fn act(&mut self, id: RequestId, uri: &str, analysis: Arc<Analysis>, act: Act) {
        let Some(document) = self.documents.get(uri) else { return };
        let (view, done) = (self.view(uri, document.path.clone(), document.version), self.done.clone());
        self.checker.after(move || {
            let failed = || Err(Refusal::new(ErrorCode::InternalError, "程序内部出错"));
            let answer = guarded(|| act(&analysis, &view)).unwrap_or_else(failed);
            _ = done.send(Done::Answered { id, answer });
        });
    }

    /// Answers a request that is not about an open document.
    fn aside(&mut self, id: &RequestId, job: impl FnOnce() -> Answer + Send + 'static) {
        self.pending.insert(id.clone());
        let (id, done) = (id.clone(), self.done.clone());
        self.aside.after(move || {
            let answer = guarded(job).unwrap_or_else(|| Err(Refusal::new(ErrorCode::InternalError, "程序内部出错")));
            _ = done.send(Done::Answered { id, answer });
        });
    }

    fn cancel(&mut self, id: &RequestId) {
        if self.pending.remove(id) {
            for document in self.documents.iter_mut() {
                document.waiting.retain(|waiting| waiting.id != *id);
            }
            self.refuse(id.clone(), ErrorCode::RequestCanceled, "已经取消");
        }
    }

    fn workspace_job(&self, params: &lsp_types::WorkspaceDiagnosticParams) -> diagnostics::Everything {
        let open = self.documents.iter().map(|document| {
            let shown = document.analysis.as_ref().map(|(_, analysis)| analysis.clone());
            (document.uri.clone(), document.version, shown)
        });
        let folders =
            self.folders.iter().filter_map(|uri| Some((PathBuf::from(file_path(uri)?), self.view(uri, None, 0)))).collect();
        let known = params.previous_result_ids.iter().map(|known| (known.uri.0.clone(), known.value.clone())).collect();
        diagnostics::Everything { open: open.collect(), folders, known, cache: self.cache.clone() }
    }

    fn command(&mut self, id: &RequestId, params: lsp_types::ExecuteCommandParams) -> Result<(), Refusal> {
        let arguments = params.arguments.unwrap_or_default();
        let uri = super::commands::document(&params.command, &arguments);
        match uri.filter(|uri| self.documents.get(uri).is_some()) {
            Some(uri) => {
                let act = super::commands::on_document(&params.command, arguments)?;
                self.about(id, &uri, act, false);
            }
            None => {
                let view = self.view(self.folders.first().map_or("", String::as_str), None, 0);
                let act = super::commands::on_disk(&params.command, arguments)?;
                self.aside(id, move || act(&view));
            }
        }
        Ok(())
    }
}

/// The refusal of a request about a text that is no longer there.
fn modified() -> Refusal {
    Refusal::new(ErrorCode::ContentModified, "文字已经改动")
}

/// What a notification or request says, as its type.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::new(ErrorCode::InvalidParams, format!("参数不对（{error}）")))
}

/// Something about a document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AboutDocument {
    text_document: TextDocumentIdentifier,
}
