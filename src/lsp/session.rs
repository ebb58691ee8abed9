//! The session: what the client says, in its order, and what it is answered.

mod checks;
mod options;
mod texts;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::TextDocumentIdentifier;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::analysis::Analysis;
use super::client::Client;
use super::diagnostics::Cache;
use super::documents::Documents;
use super::settings::Settings;
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
pub(super) fn run(desk: Arc<dyn Desk>, inbox: &Receiver<Incoming>, (outbox, writer): (Sender<String>, JoinHandle<()>)) -> bool {
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
    let goodbye = session.serve(inbox, &results);
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
