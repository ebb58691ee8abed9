//! What is read and not changed: hover, outline, completion, hints, lenses, and what stands in a diagnostic.

use async_lsp::lsp_types::request::{CodeLensRequest, Completion, DocumentSymbolRequest, HoverRequest, InlayHintRequest};
use serde_json::{Value, json};

use crate::client::{Abilities, Session, Units};
use crate::support::{folder, project};
use crate::{DRAFT, values};

async fn opened(settings: Value, name: &str, language: &str, text: &str) -> (Session, tempfile::TempDir) {
    let folder = folder(&[]);
    let mut session = Session::start(folder.path(), &Abilities { settings, ..Abilities::pulling(Units::Utf16) }).await;
    session.open(name, language, text);
    (session, folder)
}

async fn hover(session: &Session, text: &str, needle: &str) -> (String, String) {
    let at = session.units.position(text, text.find(needle).expect("there"));
    let answer =
        session.ask::<HoverRequest>(json!({"textDocument": {"uri": session.url("稿.md")}, "position": at})).await.expect("hover");
    let range = serde_json::from_value(answer["range"].clone()).expect("a range");
    (answer["contents"]["value"].as_str().expect("Markdown").to_owned(), session.units.slice(text, range).to_owned())
}

#[tokio::test]
async fn hover_tells_the_rule_and_the_arithmetic() {
    let (session, _folder) = opened(json!({}), "稿.md", "markdown", DRAFT).await;
    let (rule, place) = hover(&session, DRAFT, "法制政府").await;
    assert_eq!(place, "法制政府");
    insta::assert_snapshot!("hover_rule", rule);
    let (figure, place) = hover(&session, DRAFT, "37件").await;
    assert_eq!(place, "37件");
    insta::assert_snapshot!("hover_figure", figure);
    assert_eq!(session.end().await.code(), Some(0));
}

#[tokio::test]
async fn the_outline_marks_the_required_parts() {
    let (session, _folder) = opened(json!({}), "稿.md", "markdown", DRAFT).await;
    let answer =
        session.ask::<DocumentSymbolRequest>(json!({"textDocument": {"uri": session.url("稿.md")}})).await.expect("symbols");
    let names: Vec<(String, String)> = answer
        .as_array()
        .expect("a list")
        .iter()
        .map(|symbol| {
            (symbol["name"].as_str().unwrap_or_default().to_owned(), symbol["detail"].as_str().unwrap_or_default().to_owned())
        })
        .collect();
    insta::assert_debug_snapshot!("outline", names);
    let lenses = session.ask::<CodeLensRequest>(json!({"textDocument": {"uri": session.url("稿.md")}})).await.expect("lenses");
    let first = lenses[0]["command"]["title"].as_str().expect("a title");
    assert_eq!(first, "必备部分 3/4，缺：党政主要负责人履行推进法治建设第一责任人职责情况");
    assert!(lenses[1]["command"]["title"].as_str().expect("a title").starts_with("必须修改 "));
    assert_eq!(session.end().await.code(), Some(0));
}

#[tokio::test]
async fn hints_are_off_until_asked_for() {
    for on in [false, true] {
        let (session, _folder) = opened(json!({"inlayHints": on}), "稿.md", "markdown", DRAFT).await;
        let range = session.units.range(DRAFT, 0, DRAFT.len());
        let params = json!({"textDocument": {"uri": session.url("稿.md")}, "range": range});
        let hints = session.ask::<InlayHintRequest>(params).await.expect("hints");
        let labels: Vec<&str> = hints.as_array().expect("a list").iter().filter_map(|hint| hint["label"].as_str()).collect();
        assert_eq!(labels, if on { vec!["37 ÷ 40 = 92.5%"] } else { vec![] });
        if on {
            let at = serde_json::from_value(hints[0]["position"].clone()).expect("a place");
            assert!(DRAFT[..session.units.offset(DRAFT, at)].ends_with("100%"));
        }
        assert_eq!(session.end().await.code(), Some(0));
    }
}

/// What is offered where `▮` stands, each with the text that it gives.
async fn offered(name: &str, language: &str, text: &str) -> Vec<(String, String)> {
    let at = text.find('▮').expect("a mark");
    let text = text.replace('▮', "");
    let (session, _folder) = opened(json!({}), name, language, &text).await;
    let params = json!({"textDocument": {"uri": session.url(name)}, "position": session.units.position(&text, at)});
    let answer = session.ask::<Completion>(params).await.expect("items");
    let items = answer.as_array().cloned().unwrap_or_default();
    let one = |item: &Value| {
        let edit = serde_json::from_value(item["textEdit"].clone()).expect("an edit");
        let after = session.units.apply(&text, &[edit]);
        let line = after.lines().nth(text[..at].matches('\n').count()).unwrap_or_default().to_owned();
        (item["label"].as_str().expect("a label").to_owned(), line)
    };
    let items = items.iter().map(one).collect();
    assert_eq!(session.end().await.code(), Some(0));
    items
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn completion_knows_what_belongs_where() {
    let draft = |line: &str| DRAFT.replace("每季度到村宣传一次。", &format!("每季度到村宣传一次。\n\n{line}"));
    let duties = "2025年度党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况";
    for (typed, line) in [
        ("## ▮", format!("## 三、{duties}")),
        ("## 四、▮", format!("## 四、{duties}")),
        ("四▮", format!("四、{duties}")),
        ("▮", format!("三、{duties}")),
    ] {
        let items = offered("稿.md", "markdown", &draft(typed)).await;
        assert_eq!(items.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>(), [line], "{typed}");
    }
    let items = offered("稿.md", "markdown", &draft("认真增强“四个▮")).await;
    let whole = "认真增强“四个意识”、坚定“四个自信”、做到“两个维护”";
    assert!(items.iter().any(|(_, line)| line == whole), "{items:?}");
    let items = offered("稿.md", "markdown", &draft("<!-- rlcheck: allow rate▮ -->")).await;
    assert!(items.iter().any(|(_, line)| line == "<!-- rlcheck: allow rate-mismatch -->"), "{items:?}");
    assert_eq!(offered("稿.md", "markdown", &draft("<!-- 说明▮ -->")).await, []);
    assert_eq!(offered("稿.md", "markdown", &draft("全年开展▮")).await, []);

    let labels = |items: Vec<(String, String)>| items.into_iter().map(|(label, _)| label).collect::<Vec<_>>();
    let top = labels(offered("县.yaml", "rlcheck-rulebook", "extends: township\nte▮\n").await);
    assert!(top.contains(&"terms".to_owned()) && top.contains(&"parts".to_owned()), "{top:?}");
    let rules = labels(offered("县.yaml", "rlcheck-rulebook", "extends: township\nrules:\n  ra▮\n").await);
    assert!(rules.contains(&"rate-mismatch".to_owned()));
    let keys = labels(offered("县.yaml", "rlcheck-rulebook", "extends: township\nterms:\n  法制:\n    ▮\n").await);
    assert!(keys.contains(&"right".to_owned()) && keys.contains(&"not_in".to_owned()), "{keys:?}");
    let grades =
        labels(offered("县.yaml", "rlcheck-rulebook", "extends: township\nrules:\n  rate-mismatch:\n    severity: ▮\n").await);
    assert_eq!(grades, ["off", "info", "warning", "error"]);

    let keys = labels(offered("rlcheck.toml", "toml", "▮\n").await);
    assert!(keys.contains(&"town".to_owned()) && keys.contains(&"severity".to_owned()));
    let rules = labels(offered("rlcheck.toml", "toml", "town = \"柳川镇\"\n\n[severity]\n▮\n").await);
    assert!(rules.contains(&"rate-mismatch".to_owned()));
    let rules = labels(offered("rlcheck.toml", "toml", "[[allow]]\nrule = \"▮\"\n").await);
    assert!(rules.contains(&"rate-mismatch".to_owned()));
    let keys = labels(offered("rlcheck.toml", "toml", "[[allow]]\n▮\n").await);
    assert_eq!(keys, ["reason", "rule", "text"]);
}

#[tokio::test]
async fn diagnostics_bear_all_that_a_finding_knows() {
    let text = std::fs::read_to_string(project().join("examples/faulty.md")).expect("an example");
    let (session, _folder) = opened(json!({"docsUrl": "https://例.test/docs/"}), "稿.md", "markdown", &text).await;
    let list = values(&session.pulled("稿.md").await);
    let severities: std::collections::BTreeSet<i64> = list.iter().filter_map(|found| found["severity"].as_i64()).collect();
    assert_eq!(severities.into_iter().collect::<Vec<_>>(), [1, 2, 3]);
    for found in &list {
        let rule = found["code"].as_str().expect("a rule");
        assert_eq!(found["source"], "rlcheck");
        assert_eq!(found["data"]["rule"], rule);
        assert!(found["codeDescription"]["href"].as_str().expect("a page").ends_with(&format!("/docs/rules.html#{rule}")));
    }
    let related = |found: &&Value| found["relatedInformation"].is_array();
    let places: Vec<&Value> = list.iter().filter(related).collect();
    assert!(places.iter().any(|found| found["code"] == "rate-mismatch"), "{places:?}");
    assert!(list.iter().any(|found| found["tags"] == json!([1])), "something can be deleted");
    assert_eq!(session.end().await.code(), Some(0));
}
