//! The language server: the real binary, driven over its standard input and output by the client of another library.

#[path = "../support/mod.rs"]
mod support;

mod actions;
mod client;
mod raw;
mod reading;
mod settings;

use client::{Abilities, Session, Units};
use serde_json::{Value, json};
use support::{folder, project, rlcheck};

/// A draft with characters of every width before its faults.
const DRAFT: &str = "# 柳川镇2025年法治政府建设年度报告\n\n县委、县政府：\n\n## 一、主要举措和成效\n\n\
                     𠮷祥村👨‍👩‍👧全年受理信访件40件，办结37件，办结率达100%。🎉𠮷认真落实法制政府建设，增强“四个意识”、做到“两个维护”。\n\n\
                     ## 二、存在的不足及原因\n\n一是普法形式单一,因为人手不足。𠮷二是法制建设力量薄弱。\n\n## 三、2026年工作安排\n\n每季度到村宣传一次。\n\n\
                     中共柳川镇委员会\n柳川镇人民政府\n2026年01月20日\n";

/// What the command line finds in a text: rule, first byte, byte behind the last, message.
pub(crate) fn found(text: &str, name: &str) -> Vec<(String, usize, usize, String)> {
    let folder = folder(&[(name, text.as_bytes())]);
    let output = rlcheck(folder.path(), &["--format", "json", name]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let offset = |place: &Value| place["offset"].as_u64().expect("a number") as usize;
    let findings = json["drafts"][0]["findings"].as_array().expect("findings");
    findings.iter().map(|f| (text(&f["rule"]), offset(&f["start"]), offset(&f["end"]), text(&f["message"]))).collect()
}

/// Diagnostics as [`found`] tells them, converted by the client's own counting.
pub(crate) fn told(diagnostics: &[Value], text: &str, units: Units) -> Vec<(String, usize, usize, String)> {
    let one = |diagnostic: &Value| {
        let range: async_lsp::lsp_types::Range = serde_json::from_value(diagnostic["range"].clone()).expect("a range");
        let message = diagnostic["message"].as_str().expect("a message").lines().next().unwrap_or_default().to_owned();
        let rule = diagnostic["code"].as_str().expect("a rule").to_owned();
        (rule, units.offset(text, range.start), units.offset(text, range.end), message)
    };
    diagnostics.iter().map(one).collect()
}

pub(crate) fn values<T: serde::Serialize>(list: &[T]) -> Vec<Value> {
    list.iter().map(|item| serde_json::to_value(item).expect("JSON")).collect()
}

/// Open, type, fix, save, close, in every encoding and with either line end: at each step what the command line finds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_finds_what_the_command_line_finds() {
    for units in Units::ALL {
        for pulls in [true, false] {
            for end in ["\n", "\r\n"] {
                whole_session(units, pulls, &DRAFT.replace('\n', end)).await;
            }
        }
    }
}

async fn whole_session(units: Units, pulls: bool, draft: &str) {
    let name = "稿 件.md";
    let folder = folder(&[(name, draft.as_bytes())]);
    let abilities = Abilities { pulls, ..Abilities::pulling(units) };
    let mut session = Session::start(folder.path(), &abilities).await;
    let encoding = session.welcome.capabilities.position_encoding.clone().expect("an encoding");
    assert_eq!(encoding.as_str(), units.name());
    let mut text = draft.to_owned();
    session.open(name, "markdown", &text);
    let opened = diagnostics(&mut session, name, pulls).await;
    assert_eq!(told(&opened, &text, units), found(&text, name), "{units:?}, opened");
    assert!(opened.iter().any(|found| found["code"] == "rate-mismatch"), "{opened:?}");

    // Typing before a fault, on its line, moves it.
    let at = text.find("全年受理").expect("there");
    session.edit(name, &mut text, at, at, "𠮷今年👍");
    let at = text.find("薄弱").expect("there");
    session.edit(name, &mut text, at, at + "薄弱".len(), "不𠮷足");
    let typed = diagnostics(&mut session, name, pulls).await;
    assert_eq!(told(&typed, &text, units), found(&text, name), "{units:?}, typed");

    // A quick fix of one finding.
    let wrong = typed.iter().find(|found| found["code"] == "wrong-term").expect("法制政府");
    let range = serde_json::from_value(wrong["range"].clone()).expect("a range");
    assert_eq!(units.slice(&text, range), "法制政府");
    let actions = session.actions(name, range, Some("quickfix")).await;
    let preferred = actions.iter().find(|action| action["isPreferred"] == true).expect("a safe fix");
    assert_eq!(preferred["diagnostics"][0]["code"], "wrong-term");
    let fixed = session.applied(name, &text, preferred);
    let expected = {
        let at = units.offset(&text, range.start);
        format!("{}法治政府{}", &text[..at], &text[at + "法制政府".len()..])
    };
    assert_eq!(fixed, expected, "{units:?}");

    // All safe fixes: what `rlcheck fix` makes of the file.
    let all = session.actions(name, range, Some("source.fixAll")).await;
    let [all] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(all["kind"], "source.fixAll.rlcheck");
    let fixed = session.applied(name, &text, all);
    std::fs::write(folder.path().join(name), &text).expect("written");
    assert_eq!(rlcheck(folder.path(), &["fix", name]).status.code(), Some(0));
    assert_eq!(fixed, std::fs::read_to_string(folder.path().join(name)).expect("read"), "{units:?}");

    text = fixed;
    session.replace(name, &text);
    let mended = diagnostics(&mut session, name, pulls).await;
    assert_eq!(told(&mended, &text, units), found(&text, name), "{units:?}, fixed");
    assert!(mended.len() < typed.len());
    session.save(name);
    assert_eq!(session.text(name).await, text);
    session.close(name);
    if !pulls {
        let last = session.next_pushed().await;
        assert_eq!((last.diagnostics, last.version), (vec![], None));
    }
    assert_eq!(session.end().await.code(), Some(0));
}

async fn diagnostics(session: &mut Session, name: &str, pulls: bool) -> Vec<Value> {
    if pulls { values(&session.pulled(name).await) } else { values(&session.pushed(name).await) }
}

#[tokio::test]
async fn a_client_that_says_nothing_counts_in_utf16() {
    let folder = folder(&[]);
    let session = Session::start(folder.path(), &Abilities { units: None, ..Abilities::pulling(Units::Utf16) }).await;
    let encoding = session.welcome.capabilities.position_encoding.clone().expect("an encoding");
    assert_eq!(encoding.as_str(), "utf-16");
    assert_eq!(session.end().await.code(), Some(0));
}

/// 10,200 edits over the wire: now and then the server is asked for its text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_edits_leave_the_servers_text_equal_to_the_clients() {
    for (seed, units) in Units::ALL.into_iter().enumerate() {
        let folder = folder(&[]);
        let mut session = Session::start(folder.path(), &Abilities::pulling(units)).await;
        let mut text = DRAFT.replace('\n', "\r\n");
        session.open("稿.md", "markdown", &text);
        let mut state = seed as u64 + 1;
        // xorshift: the same edits in every run.
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below.max(1) as u64) as usize
        };
        let pieces = ["办", "𠮷", "👨‍👩‍👧", "a", "\r\n", "\n", "办结率达100%。", "", "“", "## 三、", "<!--", "|", " "];
        for step in 0..3400 {
            let boundary = |text: &str, near: usize| {
                let at = (near..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
                if text[..at].ends_with('\r') && text[at..].starts_with('\n') { at + 1 } else { at }
            };
            let start = boundary(&text, random(text.len() + 1));
            let length = if text.len() > 3000 { random(60) } else { random(8) };
            let end = boundary(&text, (start + length).min(text.len()));
            session.edit("稿.md", &mut text, start, end, pieces[random(pieces.len())]);
            if step % 170 == 0 {
                assert_eq!(session.text("稿.md").await, text, "{units:?}, step {step}");
            }
        }
        assert_eq!(session.text("稿.md").await, text, "{units:?}");
        assert_eq!(session.end().await.code(), Some(0));
    }
}

/// Edits faster than checks: what is pushed is of the newest text in the end, and never an empty list in between.
#[tokio::test]
async fn fast_edits_do_not_flicker() {
    let folder = folder(&[]);
    let mut session = Session::start(folder.path(), &Abilities::pushed(Units::Utf16)).await;
    let mut text = DRAFT.to_owned();
    session.open("稿.md", "markdown", &text);
    let before = session.pushed("稿.md").await;
    assert!(!before.is_empty());
    for _ in 0..60 {
        let at = text.find("。").expect("there");
        session.edit("稿.md", &mut text, at, at, "好");
    }
    let mut lists = 0;
    loop {
        let next = session.next_pushed().await;
        lists += 1;
        assert!(!next.diagnostics.is_empty(), "{:?}", next.version);
        if next.version == Some(61) {
            break;
        }
    }
    assert!(lists <= 60);
    assert_eq!(session.end().await.code(), Some(0));
}

#[tokio::test]
async fn unchanged_diagnostics_are_not_sent_again() {
    let folder = folder(&[("别.md", DRAFT.as_bytes()), ("rlcheck.toml", b"town = \"\xe6\x9f\xb3\xe5\xb7\x9d\xe9\x95\x87\"\n")]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    session.open("稿.md", "markdown", DRAFT);
    let first = session.report("稿.md", None).await;
    assert_eq!(first["kind"], "full");
    let id = first["resultId"].as_str().expect("an id").to_owned();
    let again = session.report("稿.md", Some(&id)).await;
    assert_eq!((again["kind"].as_str(), again.get("items")), (Some("unchanged"), None));

    // All drafts of the folder, those that are not open too.
    let all = session.ask::<async_lsp::lsp_types::request::WorkspaceDiagnosticRequest>(json!({"previousResultIds": []})).await;
    let all = all.expect("a report");
    let items = all["items"].as_array().expect("items");
    let uris: Vec<&str> = items.iter().filter_map(|item| item["uri"].as_str()).collect();
    assert_eq!(uris, [session.url("稿.md").as_str(), session.url("别.md").as_str()]);
    let other = &items[1];
    let list = other["items"].as_array().expect("diagnostics");
    assert_eq!(told(list, DRAFT, Units::Utf16), found(DRAFT, "别.md"));
    let known = json!([{"uri": other["uri"], "value": other["resultId"]}, {"uri": session.url("没有.md"), "value": "x"}]);
    let again =
        session.ask::<async_lsp::lsp_types::request::WorkspaceDiagnosticRequest>(json!({"previousResultIds": known})).await;
    let again = again.expect("a report");
    assert_eq!(again["items"][1]["kind"], "unchanged");
    assert_eq!(again["items"][2]["items"], json!([]));
    assert_eq!(session.end().await.code(), Some(0));
}

/// `--format lsp` prints what the server says.
#[tokio::test]
async fn the_command_line_prints_the_same_diagnostics() {
    let text = DRAFT.replace('\n', "\r\n");
    let folder = folder(&[("稿.md", text.as_bytes()), ("二.md", b"")]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    session.open("稿.md", "markdown", &text);
    let report = session.report("稿.md", None).await;
    let output = rlcheck(folder.path(), &["--format", "lsp", "稿.md"]);
    let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(printed[0]["uri"], session.url("稿.md").as_str());
    let typed =
        |list: &Value| -> Vec<async_lsp::lsp_types::Diagnostic> { serde_json::from_value(list.clone()).expect("diagnostics") };
    assert_eq!(typed(&printed[0]["diagnostics"]), typed(&report["items"]));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(session.end().await.code(), Some(0));
    let two = rlcheck(project(), &["--format", "lsp", "examples/clean.md", "examples/faulty.md"]);
    let two: Value = serde_json::from_slice(&two.stdout).expect("JSON");
    assert_eq!(two.as_array().map(Vec::len), Some(2));
}
