//! Messages over standard input and output.
//!
//! The library's own reader ends at the first message that it cannot read and makes room for whatever length a header claims; this one
//! answers, skips what is not to be read, and goes on.

use std::io::{self, BufRead, Read, Write};

use crossbeam_channel::{Receiver, Sender, bounded};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// The longest message that is read: a draft at its limit, every character of it escaped.
const LONGEST: u64 = 128 * 1024 * 1024;
/// The longest line of a header.
const LONGEST_LINE: u64 = 8 * 1024;
/// How many messages wait in either direction before the other side has to.
const WAITING: usize = 256;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, with the answer to it.
    Malformed(Value),
    /// Nothing more comes.
    Closed,
}

/// Reads messages in a thread of its own until the client goes away.
pub(super) fn reader(input: impl Read + Send + 'static) -> Receiver<Incoming> {
    let (sender, receiver) = bounded(WAITING);
    std::thread::spawn(move || {
        let mut input = io::BufReader::new(input);
        loop {
            let incoming = read(&mut input).unwrap_or(Incoming::Closed);
            let last = matches!(incoming, Incoming::Closed);
            if sender.send(incoming).is_err() || last {
                return;
            }
        }
    });
    receiver
}

/// Writes messages in a thread of its own; they are JSON texts. Ends when all senders are gone; the sender fails once the client is.
pub(super) fn writer(mut output: impl Write + Send + 'static) -> (Sender<String>, std::thread::JoinHandle<()>) {
    let (sender, receiver) = bounded::<String>(WAITING);
    let thread = std::thread::spawn(move || {
        for text in receiver {
            let whole = format!("Content-Length: {}\r\n\r\n{text}", text.len());
            if output.write_all(whole.as_bytes()).and_then(|()| output.flush()).is_err() {
                return;
            }
        }
    });
    (sender, thread)
}

/// A message as JSON text.
pub(super) fn text(message: &Message) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        jsonrpc: &'static str,
        #[serde(flatten)]
        message: &'a Message,
    }
    serde_json::to_string(&Whole { jsonrpc: "2.0", message }).unwrap_or_default()
}

/// An answer to what cannot be answered by its id.
fn complaint(id: &Value, code: ErrorCode, message: &str) -> Incoming {
    Incoming::Malformed(json!({"jsonrpc": "2.0", "id": id, "error": {"code": code as i32, "message": message}}))
}

fn read(input: &mut impl BufRead) -> io::Result<Incoming> {
    let size = match header(input)? {
        Header::Length(size) => size,
        Header::Without => return Ok(complaint(&Value::Null, ErrorCode::ParseError, "消息头里没有 Content-Length")),
        Header::End => return Ok(Incoming::Closed),
    };
    if size > LONGEST {
        io::copy(&mut input.take(size), &mut io::sink())?;
        return Ok(complaint(&Value::Null, ErrorCode::InvalidRequest, "消息太长，没有读"));
    }
    let mut body = Vec::new();
    // Grows with what arrives and not with what is claimed.
    if input.take(size).read_to_end(&mut body)? as u64 != size {
        return Ok(Incoming::Closed);
    }
    Ok(match serde_json::from_slice::<Value>(&body) {
        Ok(value) => message(value),
        Err(_) => complaint(&Value::Null, ErrorCode::ParseError, "消息不是 JSON"),
    })
}

/// What stands before a message.
enum Header {
    /// Its length in bytes.
    Length(u64),
    /// Something else.
    Without,
    /// The end of the input.
    End,
}

/// Reads a header. Lines that belong to none are skipped.
fn header(input: &mut impl BufRead) -> io::Result<Header> {
    let mut size = None;
    let mut seen = false;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(Header::End);
        }
        let line = line.trim_ascii();
        if line.is_empty() && !seen {
            continue;
        }
        if line.is_empty() {
            return Ok(size.map_or(Header::Without, Header::Length));
        }
        seen = true;
        let text = String::from_utf8_lossy(line);
        // What precedes it on its line is the rest of something that was no message.
        let name = "content-length:";
        if let Some(at) = text.to_ascii_lowercase().rfind(name) {
            size = text[at + name.len()..].trim().parse().ok();
        }
    }
}

/// A JSON value as a message.
fn message(mut value: Value) -> Incoming {
    let id = value.get("id").cloned();
    let known: Option<RequestId> = id.clone().and_then(|id| serde_json::from_value(id).ok());
    let params = value.get_mut("params").map(Value::take).unwrap_or_default();
    let method = value.get("method").and_then(Value::as_str).map(str::to_owned);
    let answer = value.get("result").is_some() || value.get("error").is_some();
    match (method, id, known) {
        (Some(method), None, _) => Incoming::Message(Notification { method, params }.into()),
        (Some(method), Some(_), Some(id)) => Incoming::Message(Request { id, method, params }.into()),
        (None, Some(id), Some(_)) if answer => match serde_json::from_value::<Response>(value) {
            Ok(response) => Incoming::Message(response.into()),
            Err(_) => complaint(&id, ErrorCode::InvalidRequest, "不是请求、通知或者答复"),
        },
        _ => complaint(&Value::Null, ErrorCode::InvalidRequest, "不是请求、通知或者答复"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut input = bytes;
        let mut out = Vec::new();
        loop {
            match read(&mut input).expect("memory") {
                Incoming::Message(message) => out.push(text(&message)),
                Incoming::Malformed(value) => out.push(value["error"]["code"].to_string()),
                Incoming::Closed => return out,
            }
        }
    }

    fn framed(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[test]
    fn what_is_no_message_is_answered_and_the_next_is_read() {
        let good = r#"{"jsonrpc":"2.0","method":"initialized"}"#;
        let bad = ["{", "[]", "null", r#"{"id":{},"method":"x"}"#, r#"{"id":1}"#, r#"{"method":5,"id":1}"#];
        let mut bytes = Vec::new();
        for body in bad {
            bytes.extend(framed(body));
            bytes.extend(framed(good));
        }
        let codes = ["-32700", "-32600", "-32600", "-32600", "-32600", "-32600"];
        let expected: Vec<String> = codes.iter().flat_map(|code| [(*code).to_owned(), good.to_owned()]).collect();
        assert_eq!(all(&bytes), expected);
    }

    #[test]
    fn headers_bear_what_clients_write() {
        let body = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let head =
            format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:{}\r\n\r\n{body}", body.len());
        assert_eq!(all(head.as_bytes()), [body]);
        let noise = [b"nonsense\r\n\r\n".as_slice(), &framed(body)].concat();
        assert_eq!(all(&noise), ["-32700", body]);
        assert_eq!(all(b"Content-Length: 18446744073709551615\r\n\r\n{}"), ["-32600"]);
        assert_eq!(all(b"Content-Length: 9\r\n\r\n{}"), Vec::<String>::new());
    }

    #[test]
    fn depth_is_bounded() {
        assert_eq!(all(&framed(&"[".repeat(100_000))), ["-32700"]);
    }
}
