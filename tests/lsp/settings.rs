//! Settings: the client's, `rlcheck.toml` and rulebooks, on disk and while they are edited.

use async_lsp::lsp_types::notification::{DidChangeConfiguration, DidChangeWatchedFiles};
use serde_json::{Value, json};

use crate::client::{Abilities, Session, Units};
use crate::support::{folder, rlcheck};
use crate::{DRAFT, values};

fn rules(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(|found| found["code"].as_str()).collect()
}

async fn found(session: &Session, name: &str) -> Vec<Value> {
    values(&session.pulled(name).await)
}

#[tokio::test]
async fn the_clients_settings_choose_rules_and_year() {
    let folder = folder(&[]);
    let settings = json!({"only": ["rate-mismatch", "wrong-term"]});
    let mut session = Session::start(folder.path(), &Abilities { settings, ..Abilities::pulling(Units::Utf16) }).await;
    session.open("稿.md", "markdown", DRAFT);
    let mut first = rules(&found(&session, "稿.md").await).into_iter().map(str::to_owned).collect::<Vec<_>>();
    first.sort();
    first.dedup();
    assert_eq!(first, ["rate-mismatch", "wrong-term"]);
    session.notify::<DidChangeConfiguration>(json!({"settings": {"rlcheck": {"except": ["rate-mismatch"]}}}));
    let second = found(&session, "稿.md").await;
    assert!(!rules(&second).contains(&"rate-mismatch") && rules(&second).contains(&"missing-section"));
    session.notify::<DidChangeConfiguration>(json!({"settings": {"rlcheck": {"only": ["no-such"]}}}));
    let broken = found(&session, "稿.md").await;
    // What was found before stays, and the mistake is told.
    assert!(broken[0]["message"].as_str().expect("a message").contains("没有“no-such”这条规则"), "{broken:?}");
    assert_eq!(broken.len(), second.len() + 1);
    assert_eq!(session.end().await.code(), Some(0));
}

#[tokio::test]
async fn what_is_checked_on_save_waits_for_it() {
    let folder = folder(&[]);
    let settings = json!({"run": "onSave"});
    let mut session = Session::start(folder.path(), &Abilities { settings, ..Abilities::pulling(Units::Utf16) }).await;
    let mut text = DRAFT.to_owned();
    session.open("稿.md", "markdown", &text);
    let before = found(&session, "稿.md").await;
    let at = text.find("37件").expect("there");
    session.edit("稿.md", &mut text, at, at + 2, "40");
    assert_eq!(found(&session, "稿.md").await, before);
    session.save("稿.md");
    assert!(!rules(&found(&session, "稿.md").await).contains(&"rate-mismatch"));
    assert_eq!(session.end().await.code(), Some(0));
}

#[tokio::test]
async fn settings_hold_while_they_are_edited_and_when_they_change_on_disk() {
    let folder = folder(&[("稿.md", DRAFT.as_bytes())]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    session.open("稿.md", "markdown", DRAFT);
    assert!(rules(&found(&session, "稿.md").await).contains(&"rate-mismatch"));
    // A file that is not saved yet.
    session.open("rlcheck.toml", "toml", "[severity]\nrate-mismatch = \"off\"\n");
    assert!(!rules(&found(&session, "稿.md").await).contains(&"rate-mismatch"));
    session.replace("rlcheck.toml", "[severity]\nrate-mismatch = \"of\"\n");
    let wrong = found(&session, "rlcheck.toml").await;
    assert_eq!(
        wrong[0]["range"],
        json!({"start": {"line": 1, "character": 16}, "end": {"line": 1, "character": 20}}),
        "{wrong:?}"
    );
    // While it is broken, what held before holds.
    let meanwhile = found(&session, "稿.md").await;
    assert!(!rules(&meanwhile).contains(&"rate-mismatch"));
    assert!(meanwhile[0]["message"].as_str().expect("a message").starts_with("设置或者规则库有错"));
    session.close("rlcheck.toml");
    assert!(rules(&found(&session, "稿.md").await).contains(&"rate-mismatch"));
    // On disk.
    std::fs::write(folder.path().join("rlcheck.toml"), "[severity]\nrate-mismatch = \"info\"\n").expect("written");
    session.notify::<DidChangeWatchedFiles>(json!({"changes": [{"uri": session.url("rlcheck.toml"), "type": 1}]}));
    let list = found(&session, "稿.md").await;
    let rate = list.iter().find(|found| found["code"] == "rate-mismatch").expect("a rate");
    assert_eq!(rate["severity"], 3);
    assert_eq!(session.end().await.code(), Some(0));
}

/// Files with mistakes: the places in the editor are those of the command line.
#[tokio::test]
async fn mistakes_in_settings_and_rulebooks_stand_where_the_command_line_says() {
    let toml = "town = \"柳川镇\"\n\n[severity]\nrate-mismach = \"off\"\n\n[[allow]]\nrule = \"rate-mismatch\"\nreson = \"x\"\n";
    let yaml = "extends: township\n# 县里的规则\nrules:\n  rate-mismatch:\n    severity: 二级\nterms:\n  法治建色:\n    rigth: 法治建设\npatern: 1\n";
    let folder = folder(&[("稿.md", DRAFT.as_bytes()), ("rlcheck.toml", toml.as_bytes()), ("县.yaml", yaml.as_bytes())]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf32)).await;
    for (name, language, text, args) in [
        ("rlcheck.toml", "toml", toml, vec!["稿.md"]),
        ("县.yaml", "yaml", yaml, vec!["--config", "/dev/null", "--rulebook", "县.yaml", "稿.md"]),
    ] {
        session.open(name, language, text);
        let list = found(&session, name).await;
        assert!(!list.is_empty(), "{name}");
        let output = rlcheck(folder.path(), &args);
        assert_eq!(output.status.code(), Some(2));
        let printed = String::from_utf8_lossy(&output.stderr).into_owned();
        for found in &list {
            let place = |key: &str| found["range"]["start"][key].as_u64().expect("a number") + 1;
            let told = format!("{name}:{}:{}", place("line"), place("character"));
            assert!(printed.contains(&told), "{told}\n{printed}");
            let message = found["message"].as_str().expect("a message").lines().next().unwrap_or_default();
            assert!(printed.contains(message), "{message}\n{printed}");
        }
    }
    assert_eq!(session.end().await.code(), Some(0));
}

/// A rulebook of the county's own: its line is named in the findings, and an edit of it holds at once.
#[tokio::test]
async fn a_rulebook_holds_while_it_is_edited() {
    let toml = "rulebook = \"县.yaml\"\n";
    let yaml = |wrong: &str| format!("extends: township\nterms:\n  {wrong}:\n    right: 定期\n    bad: [{wrong}到村宣传]\n");
    let folder = folder(&[("rlcheck.toml", toml.as_bytes()), ("县.yaml", yaml("每季度").as_bytes())]);
    let mut session = Session::start(folder.path(), &Abilities::pulling(Units::Utf16)).await;
    session.open("稿.md", "markdown", DRAFT);
    let list = found(&session, "稿.md").await;
    let own =
        list.iter().find(|found| found["message"].as_str().is_some_and(|message| message.contains("每季度"))).expect("ours");
    let asked = own["relatedInformation"].as_array().expect("related").last().expect("the rulebook");
    assert_eq!(asked["location"]["uri"], session.url("县.yaml").as_str());
    assert_eq!(asked["location"]["range"]["start"], json!({"line": 2, "character": 2}));
    session.open("县.yaml", "yaml", &yaml("到村"));
    assert_eq!(found(&session, "县.yaml").await, Vec::<Value>::new());
    let list = found(&session, "稿.md").await;
    let said = |text: &str| list.iter().any(|found| found["message"].as_str().is_some_and(|message| message.contains(text)));
    assert!(said("到村") && !said("每季度"), "{list:?}");
    assert_eq!(session.end().await.code(), Some(0));
}
