//! Code actions beyond the fixes: "allow here", "insert the missing part", commands.

use async_lsp::lsp_types::{Position, Range};
use serde_json::{Value, json};

use crate::client::{Abilities, Session, Units};
use crate::support::{folder, project};
use crate::{found, told, values};

fn example(name: &str) -> String {
    std::fs::read_to_string(project().join("examples").join(name)).expect("an example")
}

/// For every finding of an example there is a mark that takes this finding away and adds none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_allowed_is_no_longer_found() {
    let folder = folder(&[]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    let text = example("faulty.md");
    session.open("稿.md", "markdown", &text);
    let before = values(&session.pulled("稿.md").await);
    let mut seen = std::collections::HashSet::new();
    for finding in &before {
        // One of each rule.
        if !seen.insert(finding["code"].to_string()) {
            continue;
        }
        let range: Range = serde_json::from_value(finding["range"].clone()).expect("a range");
        let title = format!("此处允许（{}）", finding["code"].as_str().expect("a rule"));
        let actions = session.actions("稿.md", range, Some("quickfix")).await;
        let of = |action: &&Value| {
            action["title"] == title.as_str()
                && action["diagnostics"][0]["message"] == finding["message"]
                && action["diagnostics"][0]["range"] == finding["range"]
        };
        let action = actions.iter().find(of).unwrap_or_else(|| panic!("{finding}: {actions:?}"));
        let allowed = session.applied("稿.md", &text, action);
        session.replace("稿.md", &allowed);
        let after = values(&session.pulled("稿.md").await);
        let count = |list: &[Value]| {
            list.iter().filter(|other| other["code"] == finding["code"] && other["message"] == finding["message"]).count()
        };
        assert!(count(&after) < count(&before), "{finding}\n{action}");
        assert!(after.len() < before.len() + 1, "{finding}");
        assert!(!after.iter().any(|other| other["code"] == "unused-allow"), "{finding}");
        session.replace("稿.md", &text);
    }
    assert!(seen.len() > 15, "{seen:?}");
    assert_eq!(session.end().await.code(), Some(0));
}

/// A plain text bears no comments: its findings are allowed in `rlcheck.toml`.
#[tokio::test]
async fn a_plain_text_is_allowed_in_its_settings() {
    let text = "柳川镇2025年法治政府建设年度报告\n\n一、主要举措和成效\n\n全年受理信访件40件，办结37件，办结率达100%。\n";
    let folder = folder(&[("稿.txt", text.as_bytes()), ("rlcheck.toml", "town = \"柳川镇\"".as_bytes())]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    session.open("稿.txt", "plaintext", text);
    let before = session.pulled("稿.txt").await;
    let wrong = values(&before).into_iter().find(|found| found["code"] == "rate-mismatch").expect("a rate");
    let range: Range = serde_json::from_value(wrong["range"].clone()).expect("a range");
    let actions = session.actions("稿.txt", range, None).await;
    let action = actions.iter().find(|action| action["title"] == "此处允许（rate-mismatch）").expect("allowed");
    let edited = session.applied("rlcheck.toml", "town = \"柳川镇\"", action);
    insta::assert_snapshot!(edited, @r#"
    town = "柳川镇"

    [[allow]]
    rule = "rate-mismatch"
    text = "办结率达100%"
    reason = "理由：请写明"
    "#);
    session.open("rlcheck.toml", "toml", &edited);
    assert_eq!(session.pulled("rlcheck.toml").await, []);
    let after = session.pulled("稿.txt").await;
    assert_eq!(after.len(), before.len() - 1);
    assert_eq!(session.end().await.code(), Some(0));
}

const PARTS: [(&str, &str); 4] = [
    ("measures", "推进法治政府建设的主要举措和成效"),
    ("shortcomings", "存在的不足和原因"),
    ("duties", "党政主要负责人履行推进法治建设第一责任人职责情况"),
    ("plan", "2026年工作安排"),
];

/// A report that lacks one part, its headings written with `look`.
fn without(missing: &str, look: impl Fn(&str) -> String) -> String {
    let numbers = ["一", "二", "三"];
    let parts: Vec<String> = PARTS
        .iter()
        .filter(|(key, _)| *key != missing)
        .zip(numbers)
        .map(|((_, title), number)| {
            format!("{}\n\n做了一些事情，取得一些成效，还有一些打算。\n\n", look(&format!("{number}、{title}")))
        })
        .collect();
    format!(
        "# 柳川镇2025年法治政府建设年度报告\n\n县委、县政府：\n\n{}中共柳川镇委员会\n柳川镇人民政府\n2026年1月20日\n",
        parts.concat()
    )
}

/// Whichever part is missing, it is put in at its place, in the draft's own style, and the headings behind it are counted on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_part_is_put_in_at_its_place() {
    for (name, language, end) in [("稿.md", "markdown", "\n"), ("稿.md", "markdown", "\r\n"), ("稿.txt", "plaintext", "\n")] {
        for (key, _) in PARTS {
            let hashes = |title: &str| if language == "markdown" { format!("## {title}") } else { title.to_owned() };
            let text = without(key, hashes).replace('\n', end);
            let folder = folder(&[]);
            let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf8)).await;
            session.open(name, language, &text);
            let diagnostics = values(&session.pulled(name).await);
            let missing = diagnostics.iter().find(|found| found["code"] == "missing-section").expect("missing");
            assert_eq!(missing["data"]["facts"]["section"], key);
            let range: Range = serde_json::from_value(missing["range"].clone()).expect("a range");
            let actions = session.actions(name, range, None).await;
            let insert = actions.iter().find(|action| action["title"].as_str().is_some_and(|title| title.starts_with("补上")));
            let whole = session.applied(name, &text, insert.unwrap_or_else(|| panic!("{key}: {actions:?}")));
            session.replace(name, &whole);
            let after = session.pulled(name).await;
            let rules: Vec<String> = told(&values(&after), &whole, Units::Utf8).into_iter().map(|(rule, ..)| rule).collect();
            assert!(
                !rules.iter().any(|rule| ["missing-section", "numbering-gap", "merged-section"].contains(&rule.as_str())),
                "{key}\n{whole}\n{rules:?}"
            );
            let heads: Vec<&str> = whole
                .lines()
                .map(|line| line.trim_start_matches(['#', ' ']))
                .filter(|line| ["一、", "二、", "三、", "四、"].iter().any(|number| line.starts_with(number)))
                .map(|line| &line[.."一、".len()])
                .collect();
            assert_eq!(heads, ["一、", "二、", "三、", "四、"], "{key}\n{whole}");
            assert_eq!(whole.matches("\r\n").count() == whole.matches('\n').count(), end == "\r\n", "{key}");
            assert!(whole.ends_with(&format!("柳川镇人民政府{end}2026年1月20日{end}")));
            assert_eq!(language == "markdown", whole.contains("<!--"), "{whole}");
            assert_eq!(session.end().await.code(), Some(0));
        }
    }
}

#[tokio::test]
async fn commands_give_what_the_command_line_gives() {
    let last = std::fs::read(project().join("examples/two-years/2024.md")).expect("an example");
    let this = example("two-years/2025.md");
    let folder = folder(&[("去年.md", &last)]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    session.open("今年.md", "markdown", &this);
    let uri = session.url("今年.md");
    let figures = session.command("rlcheck.figures", json!([uri])).await;
    assert!(figures["markdown"].as_str().expect("a table").contains("|---|"));
    assert!(!figures["ledger"]["figures"].as_array().expect("figures").is_empty());
    let compared = session.command("rlcheck.compare", json!([uri, session.url("去年.md")])).await;
    assert!(compared["text"].as_str().expect("a text").contains("照抄去年的段落"));
    let blank =
        session.command("rlcheck.new", json!([{"town": "柳川镇", "county": "云砚县", "from": session.url("去年.md")}])).await;
    assert_eq!(blank["name"], "柳川镇2025年法治政府建设年度报告.md");
    let text = blank["text"].as_str().expect("a text");
    assert!(found(text, "空.md").iter().all(|(rule, ..)| rule != "missing-section"));
    let refused = session.server.request::<async_lsp::lsp_types::request::ExecuteCommand>(
        serde_json::from_value(json!({"command": "rlcheck.new", "arguments": [{"year": 2025}]})).expect("parameters"),
    );
    let refused = refused.await.expect_err("no town").to_string();
    assert!(refused.contains("缺少镇（乡、街道）的全称"), "{refused}");
    assert_eq!(session.end().await.code(), Some(0));
}

/// Kinds of actions are given as asked for.
#[tokio::test]
async fn actions_are_of_the_kinds_that_are_asked_for() {
    let folder = folder(&[]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    session.open("稿.md", "markdown", &example("faulty.md"));
    let all = Range::new(Position::new(0, 0), Position::new(999, 0));
    for (only, kinds) in [
        (Some("source"), vec!["source.fixAll.rlcheck"]),
        (Some("source.fixAll.rlcheck"), vec!["source.fixAll.rlcheck"]),
        (Some("source.organizeImports"), vec![]),
        (Some("refactor"), vec![]),
        (Some("quickfix"), vec!["quickfix"]),
        (None, vec!["quickfix", "source.fixAll.rlcheck"]),
    ] {
        let mut got: Vec<String> = session
            .actions("稿.md", all, only)
            .await
            .iter()
            .map(|action| action["kind"].as_str().expect("a kind").to_owned())
            .collect();
        got.sort();
        got.dedup();
        assert_eq!(got, kinds, "{only:?}");
    }
    session.open("净.md", "markdown", &example("clean.md"));
    assert_eq!(session.actions("净.md", all, Some("source.fixAll")).await, Vec::<Value>::new());
    assert_eq!(session.end().await.code(), Some(0));
}
