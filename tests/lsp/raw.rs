//! Raw bytes: messages that are none, requests out of order, clients that die.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

struct Raw {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Raw {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rlcheck"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("piped")));
        Self { child, input, output }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.input.as_mut().expect("open").write_all(bytes).expect("written");
    }

    fn body(&mut self, body: &[u8]) {
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        self.bytes(&[head.as_bytes(), body].concat());
    }

    fn send(&mut self, message: &Value) {
        self.body(message.to_string().as_bytes());
    }

    fn ask(&mut self, id: i32, method: &str, params: &Value) -> Value {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.answer()
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The next message that answers something.
    fn answer(&mut self) -> Value {
        loop {
            let mut size = 0;
            loop {
                let mut line = String::new();
                assert!(self.output.read_line(&mut line).expect("read") > 0, "the server has ended");
                match line.trim().strip_prefix("Content-Length: ") {
                    Some(number) => size = number.parse().expect("a number"),
                    None => break,
                }
            }
            let mut body = vec![0; size];
            self.output.read_exact(&mut body).expect("read");
            let message: Value = serde_json::from_slice(&body).expect("JSON");
            if message.get("method").is_none() {
                return message;
            }
        }
    }

    fn code(&mut self) -> i64 {
        self.answer()["error"]["code"].as_i64().expect("an error")
    }

    fn greet(&mut self) {
        let welcome = self.ask(
            0,
            "initialize",
            &json!({"processId": null, "rootUri": null, "capabilities": {"textDocument": {"diagnostic": {}}}}),
        );
        assert_eq!(welcome["result"]["serverInfo"]["name"], "rlcheck");
        self.tell("initialized", &json!({}));
    }

    fn open(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", &json!({"textDocument": item}));
    }

    fn diagnostics(&mut self, id: i32, uri: &str) -> Value {
        self.ask(id, "textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}))["result"]["items"].clone()
    }

    /// Closes the server's input; its exit code, and that nothing but messages came out.
    fn end(mut self) -> Option<i32> {
        drop(self.input.take());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("read");
        assert!(rest.is_empty() || rest.starts_with("Content-Length: "), "{rest}");
        self.child.wait().expect("ended").code()
    }
}

const TEXT: &str = "# 柳川镇2025年法治政府建设年度报告\n\n## 一、主要举措和成效\n\n受理40件，办结37件，办结率达100%。\n";

#[test]
fn what_is_no_message_is_answered_and_the_session_goes_on() {
    let mut raw = Raw::start();
    raw.greet();
    for (body, code) in [
        (b"{not json".as_slice(), -32700),
        (b"\xff\xfe\x00", -32700),
        (b"[]", -32600),
        (b"{\"jsonrpc\":\"2.0\",\"id\":7}", -32600),
        (b"{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"shutdown\"}", -32600),
        (b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"no/such\"}", -32601),
        (b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"textDocument/hover\",\"params\":{\"position\":3}}", -32602),
        (b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"workspace/executeCommand\",\"params\":{\"command\":\"rm\"}}", -32602),
        (b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"codeAction/resolve\",\"params\":{\"title\":\"x\"}}", -32602),
        (b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\",\"params\":{}}", -32600),
    ] {
        raw.body(body);
        assert_eq!(raw.code(), code, "{}", String::from_utf8_lossy(body));
    }
    raw.bytes(b"Content-Type: nonsense\r\n\r\n");
    assert_eq!(raw.code(), -32700);
    // Notifications about what is not there, or with wrong parameters, are passed over.
    raw.tell(
        "textDocument/didChange",
        &json!({"textDocument": {"uri": "file:///no.md", "version": 2}, "contentChanges": [{"text": "x"}]}),
    );
    raw.tell("textDocument/didClose", &json!({"textDocument": {"uri": "file:///no.md"}}));
    raw.tell("textDocument/didOpen", &json!({"textDocument": 5}));
    raw.tell("$/whatever", &json!(null));
    raw.tell("$/cancelRequest", &json!({"id": 12345}));
    raw.send(&json!({"jsonrpc": "2.0", "id": 99, "result": "nobody asked"}));
    raw.open("file:///a.md", TEXT);
    assert!(!raw.diagnostics(1, "file:///a.md").as_array().expect("a list").is_empty());
    assert_eq!(raw.diagnostics(2, "file:///no.md"), json!([]));
    assert_eq!(raw.ask(3, "shutdown", &Value::Null)["result"], Value::Null);
    raw.tell("exit", &Value::Null);
    assert_eq!(raw.end(), Some(0));
}

#[test]
fn requests_out_of_order_are_refused() {
    let mut raw = Raw::start();
    assert_eq!(raw.ask(1, "textDocument/hover", &json!({}))["error"]["code"], -32002);
    assert_eq!(raw.ask(2, "shutdown", &Value::Null)["error"]["code"], -32002);
    raw.open("file:///a.md", TEXT);
    raw.greet();
    // What was opened before the greeting was not taken.
    assert_eq!(raw.diagnostics(3, "file:///a.md"), json!([]));
    assert_eq!(raw.ask(4, "shutdown", &Value::Null)["result"], Value::Null);
    assert_eq!(raw.ask(5, "textDocument/hover", &json!({}))["error"]["code"], -32600);
    raw.tell("exit", &Value::Null);
    assert_eq!(raw.end(), Some(0));
}

#[test]
fn a_client_that_goes_without_goodbye_ends_the_server() {
    let mut raw = Raw::start();
    raw.greet();
    raw.open("file:///a.md", TEXT);
    assert_eq!(raw.end(), Some(1));
    let mut raw = Raw::start();
    raw.tell("exit", &Value::Null);
    assert_eq!(raw.end(), Some(1));
    assert_eq!(Raw::start().end(), Some(1));
    // In the middle of a message.
    let mut raw = Raw::start();
    raw.bytes(b"Content-Length: 400\r\n\r\n{\"jsonrpc\"");
    assert_eq!(raw.end(), Some(1));
}

#[test]
fn places_outside_the_text_are_drawn_to_it() {
    let mut raw = Raw::start();
    raw.greet();
    raw.open("file:///a.md", "𠮷一\r\n二\r三\n");
    let change = |start: [u32; 2], end: [u32; 2], text: &str| {
        let place = |at: [u32; 2]| json!({"line": at[0], "character": at[1]});
        json!({"range": {"start": place(start), "end": place(end)}, "text": text})
    };
    let changes = json!([
        change([0, 1], [0, 1], "甲"),
        change([1, 77], [1, 4_000_000_000], "乙"),
        change([9, 0], [4_000_000_000, 3], "丙"),
        change([2, 1], [2, 0], ""),
    ]);
    raw.tell(
        "textDocument/didChange",
        &json!({"textDocument": {"uri": "file:///a.md", "version": 2}, "contentChanges": changes}),
    );
    let answer = raw.ask(1, "workspace/executeCommand", &json!({"command": "rlcheck.text", "arguments": ["file:///a.md"]}));
    assert_eq!(answer["result"], json!({"text": "甲𠮷一\r\n二乙\r\n丙", "version": 2}));
    let hover = raw.ask(
        2,
        "textDocument/hover",
        &json!({"textDocument": {"uri": "file:///a.md"}, "position": {"line": 88, "character": 88}}),
    );
    assert_eq!(hover["result"], Value::Null);
    assert_eq!(raw.end(), Some(1));
}

#[test]
fn a_file_over_the_limit_is_not_checked_and_says_so() {
    let mut raw = Raw::start();
    raw.greet();
    raw.open("file:///大.md", &"办结率达一百。\n".repeat(1_000_000));
    let found = raw.diagnostics(1, "file:///大.md");
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["message"], "文件超过20 MB，没有检查");
    raw.open("file:///a.md", TEXT);
    assert!(raw.diagnostics(2, "file:///a.md").as_array().expect("a list").len() > 1);
    assert_eq!(raw.end(), Some(1));
}

#[test]
fn a_cancelled_request_is_answered_once() {
    let mut raw = Raw::start();
    raw.greet();
    raw.open("file:///a.md", &TEXT.repeat(400));
    raw.send(&json!({"jsonrpc": "2.0", "id": "甲", "method": "textDocument/diagnostic", "params": {"textDocument": {"uri": "file:///a.md"}}}));
    raw.tell("$/cancelRequest", &json!({"id": "甲"}));
    let answer = raw.answer();
    assert_eq!((answer["id"].as_str(), answer["error"]["code"].as_i64()), (Some("甲"), Some(-32800)));
    // The next answer is that of the next request.
    assert!(raw.diagnostics(5, "file:///a.md").is_array());
    assert_eq!(raw.end(), Some(1));
}

#[test]
fn requests_about_a_text_that_has_gone_are_told_so() {
    let mut raw = Raw::start();
    raw.greet();
    raw.open("file:///a.md", &TEXT.repeat(400));
    let about = json!({"uri": "file:///a.md"});
    raw.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "textDocument/diagnostic", "params": {"textDocument": about}}));
    let at = json!({"line": 4, "character": 3});
    raw.send(
        &json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {"textDocument": about, "position": at}}),
    );
    let version = json!({"uri": "file:///a.md", "version": 2});
    raw.tell("textDocument/didChange", &json!({"textDocument": version, "contentChanges": [{"text": TEXT}]}));
    let first = raw.answer();
    assert_eq!((first["id"].as_i64(), first["error"]["code"].as_i64()), (Some(1), Some(-32802)));
    assert_eq!(first["error"]["data"]["retriggerRequest"], true);
    let second = raw.answer();
    assert_eq!((second["id"].as_i64(), second["error"]["code"].as_i64()), (Some(2), Some(-32801)));
    assert!(raw.diagnostics(3, "file:///a.md").is_array());
    assert_eq!(raw.end(), Some(1));
}
