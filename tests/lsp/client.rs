//! A client that is not ours: async-lsp's, over the pipes of the real binary.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{ExitStatus, Stdio};
use std::task::{Context, Poll};
use std::time::Duration;

use async_lsp::lsp_types::{
    Diagnostic, InitializeResult, Position, PublishDiagnosticsParams, Range, TextEdit, Url, notification, request,
};
use async_lsp::router::Router;
use async_lsp::{MainLoop, ServerSocket};
use futures::StreamExt;
use futures::channel::mpsc;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

/// How a client counts columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Units {
    Utf8,
    Utf16,
    Utf32,
}

impl Units {
    pub(crate) const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// The byte at a place of a text whose lines end in `\n` or `\r\n`: counted one character after the other.
    pub(crate) fn offset(self, text: &str, at: Position) -> usize {
        let start: usize = text.split_inclusive('\n').take(at.line as usize).map(str::len).sum();
        let mut left = at.character as usize;
        for (index, c) in text[start..].char_indices() {
            if left == 0 {
                return start + index;
            }
            left = left.checked_sub(self.width(c)).expect("a place between characters");
        }
        assert_eq!(left, 0, "a place in the text");
        text.len()
    }

    /// The place of a byte.
    pub(crate) fn position(self, text: &str, offset: usize) -> Position {
        let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
        let line = text[..start].matches('\n').count();
        let column: usize = text[start..offset].chars().map(|c| self.width(c)).sum();
        Position::new(line as u32, column as u32)
    }

    pub(crate) fn range(self, text: &str, start: usize, end: usize) -> Range {
        Range::new(self.position(text, start), self.position(text, end))
    }

    pub(crate) fn slice(self, text: &str, range: Range) -> &str {
        &text[self.offset(text, range.start)..self.offset(text, range.end)]
    }

    /// A text after edits that do not overlap, as the protocol has a client apply them.
    pub(crate) fn apply(self, text: &str, edits: &[TextEdit]) -> String {
        let mut places: Vec<(usize, usize, &str)> = edits
            .iter()
            .map(|edit| (self.offset(text, edit.range.start), self.offset(text, edit.range.end), edit.new_text.as_str()))
            .collect();
        places.sort_by_key(|(start, end, _)| (*start, *end));
        let mut out = text.to_owned();
        for (start, end, new) in places.into_iter().rev() {
            out.replace_range(start..end, new);
        }
        out
    }
}

/// A pipe of tokio's as the client library reads and writes it.
struct Pipe<T>(T);

impl<T: tokio::io::AsyncRead + Unpin> futures::io::AsyncRead for Pipe<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &mut [u8]) -> Poll<std::io::Result<usize>> {
        let mut buffer = tokio::io::ReadBuf::new(bytes);
        Pin::new(&mut self.0).poll_read(cx, &mut buffer).map_ok(|()| buffer.filled().len())
    }
}

impl<T: tokio::io::AsyncWrite + Unpin> futures::io::AsyncWrite for Pipe<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// What a client tells of itself.
#[derive(Clone, Debug)]
pub(crate) struct Abilities {
    pub(crate) units: Option<Units>,
    pub(crate) pulls: bool,
    pub(crate) settings: Value,
}

impl Abilities {
    pub(crate) fn pulling(units: Units) -> Self {
        Self { units: Some(units), pulls: true, settings: json!({}) }
    }

    pub(crate) fn pushed(units: Units) -> Self {
        Self { pulls: false, ..Self::pulling(units) }
    }

    fn capabilities(&self) -> Value {
        let mut capabilities = json!({
            "general": {},
            "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}},
            "workspace": {"workspaceEdit": {}},
        });
        if let Some(units) = self.units {
            let others = if units == Units::Utf16 { vec![units.name()] } else { vec!["utf-16", units.name()] };
            capabilities["general"]["positionEncodings"] = json!(others);
        }
        if self.pulls {
            capabilities["textDocument"]["diagnostic"] = json!({});
        }
        capabilities
    }
}

/// A session with the server.
pub(crate) struct Session {
    pub(crate) server: ServerSocket,
    pub(crate) welcome: InitializeResult,
    pub(crate) units: Units,
    published: mpsc::UnboundedReceiver<PublishDiagnosticsParams>,
    child: Child,
    client: tokio::task::JoinHandle<()>,
    root: PathBuf,
    version: i32,
}

/// How long anything may take, on a busy machine too.
const LONG: Duration = Duration::from_mins(1);

struct State {
    published: mpsc::UnboundedSender<PublishDiagnosticsParams>,
}

impl Session {
    /// Starts the server in a folder.
    pub(crate) async fn start(root: &Path, abilities: &Abilities) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rlcheck"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the server starts");
        let (input, output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let (sender, published) = mpsc::unbounded();
        let (main, server) = MainLoop::new_client(|_| {
            let mut router = Router::new(State { published: sender });
            router
                .notification::<notification::PublishDiagnostics>(|state, params| {
                    _ = state.published.unbounded_send(params);
                    ControlFlow::Continue(())
                })
                .notification::<notification::LogMessage>(|_, _| ControlFlow::Continue(()));
            router
        });
        // Ends with the server's output.
        let client = tokio::spawn(async move { _ = main.run_buffered(Pipe(output), Pipe(input)).await });
        let params = json!({
            "processId": null,
            "rootUri": Url::from_file_path(root).expect("absolute"),
            "capabilities": abilities.capabilities(),
            "initializationOptions": abilities.settings,
        });
        let params = serde_json::from_value(params).expect("parameters");
        let welcome = server.request::<request::Initialize>(params).await.expect("welcome");
        server.notify::<notification::Initialized>(serde_json::from_value(json!({})).expect("nothing")).expect("sent");
        let units = abilities.units.unwrap_or(Units::Utf16);
        Self { server, welcome, units, published, child, client, root: root.to_owned(), version: 0 }
    }

    pub(crate) fn url(&self, name: &str) -> Url {
        Url::from_file_path(self.root.join(name)).expect("absolute")
    }

    /// Sends a notification.
    pub(crate) fn notify<N: notification::Notification>(&self, params: Value)
    where
        N::Params: serde::de::DeserializeOwned,
    {
        self.server.notify::<N>(serde_json::from_value(params).expect("parameters")).expect("sent");
    }

    /// Sends a request and waits for its answer.
    pub(crate) async fn ask<R: request::Request>(&self, params: Value) -> Result<Value, async_lsp::Error>
    where
        R::Params: serde::de::DeserializeOwned,
        R::Result: serde::Serialize,
    {
        let params = serde_json::from_value(params).expect("parameters");
        let answer = tokio::time::timeout(LONG, self.server.request::<R>(params)).await.expect("in time")?;
        Ok(serde_json::to_value(answer).expect("JSON"))
    }

    pub(crate) fn open(&mut self, name: &str, language: &str, text: &str) {
        self.version += 1;
        let item = json!({"uri": self.url(name), "languageId": language, "version": self.version, "text": text});
        self.notify::<notification::DidOpenTextDocument>(json!({"textDocument": item}));
    }

    /// Sends an edit of a text and applies it.
    pub(crate) fn edit(&mut self, name: &str, text: &mut String, start: usize, end: usize, new: &str) {
        self.version += 1;
        let change = json!({"range": self.units.range(text, start, end), "text": new});
        text.replace_range(start..end, new);
        let document = json!({"uri": self.url(name), "version": self.version});
        self.notify::<notification::DidChangeTextDocument>(json!({"textDocument": document, "contentChanges": [change]}));
    }

    /// Sends a whole new text.
    pub(crate) fn replace(&mut self, name: &str, text: &str) {
        self.version += 1;
        let document = json!({"uri": self.url(name), "version": self.version});
        self.notify::<notification::DidChangeTextDocument>(json!({"textDocument": document, "contentChanges": [{"text": text}]}));
    }

    /// The diagnostics that are pushed for the newest version of a document; every list that comes before them has an older version.
    pub(crate) async fn pushed(&mut self, name: &str) -> Vec<Diagnostic> {
        let url = self.url(name);
        loop {
            let published = tokio::time::timeout(LONG, self.published.next()).await.expect("in time").expect("published");
            if published.uri == url && published.version == Some(self.version) {
                return published.diagnostics;
            }
            assert!(published.version.is_none_or(|version| version < self.version), "{:?}", published.version);
        }
    }

    /// The next list that is pushed, of whatever document.
    pub(crate) async fn next_pushed(&mut self) -> PublishDiagnosticsParams {
        tokio::time::timeout(LONG, self.published.next()).await.expect("in time").expect("published")
    }

    /// The diagnostics that the server gives when it is asked.
    pub(crate) async fn pulled(&self, name: &str) -> Vec<Diagnostic> {
        let report = self.report(name, None).await;
        serde_json::from_value(report["items"].clone()).expect("diagnostics")
    }

    pub(crate) async fn report(&self, name: &str, known: Option<&str>) -> Value {
        let mut params = json!({"textDocument": {"uri": self.url(name)}});
        if let Some(known) = known {
            params["previousResultId"] = known.into();
        }
        loop {
            match self.ask::<request::DocumentDiagnosticRequest>(params.clone()).await {
                Ok(report) => return report,
                // The text has changed in between: ask again, as the protocol says.
                Err(async_lsp::Error::Response(error)) if error.code == async_lsp::ErrorCode::SERVER_CANCELLED => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// The code actions for a range, only those of a kind if one is named.
    pub(crate) async fn actions(&self, name: &str, range: Range, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({"textDocument": {"uri": self.url(name)}, "range": range, "context": context});
        let answer = self.ask::<request::CodeActionRequest>(params).await.expect("actions");
        answer.as_array().cloned().unwrap_or_default()
    }

    /// A text after the edit of an action.
    pub(crate) fn applied(&self, name: &str, text: &str, action: &Value) -> String {
        let edits = &action["edit"]["changes"][self.url(name).as_str()];
        let edits: Vec<TextEdit> = serde_json::from_value(edits.clone()).unwrap_or_else(|_| panic!("edits: {action}"));
        self.units.apply(text, &edits)
    }

    pub(crate) async fn command(&self, command: &str, arguments: Value) -> Value {
        let params = json!({"command": command, "arguments": arguments});
        self.ask::<request::ExecuteCommand>(params).await.expect("a result")
    }

    /// The text that the server has.
    pub(crate) async fn text(&self, name: &str) -> String {
        let answer = self.command("rlcheck.text", json!([self.url(name)])).await;
        answer["text"].as_str().expect("a text").to_owned()
    }

    pub(crate) fn close(&self, name: &str) {
        self.notify::<notification::DidCloseTextDocument>(json!({"textDocument": {"uri": self.url(name)}}));
    }

    pub(crate) fn save(&self, name: &str) {
        self.notify::<notification::DidSaveTextDocument>(json!({"textDocument": {"uri": self.url(name)}}));
    }

    /// Says goodbye as the protocol has it.
    pub(crate) async fn end(mut self) -> ExitStatus {
        self.server.request::<request::Shutdown>(()).await.expect("shut down");
        self.server.notify::<notification::Exit>(()).expect("sent");
        let status = tokio::time::timeout(LONG, self.child.wait()).await.expect("in time").expect("ended");
        _ = self.client.await;
        status
    }
}
