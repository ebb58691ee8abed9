//! Transcripts of the commands for those who keep a rulebook.

mod support;

use std::path::Path;

use support::{folder, project, rlcheck};

/// A transcript without the numbers that change whenever a rule is added: lines of shipped files, and counts.
fn run(folder: &Path, args: &[&str]) -> String {
    let moving = [(r"(rules/[a-z-]+\.yaml)第\d+行", "$1第…行"), (r"\d+(条|句)", "…$1")];
    moving.iter().fold(support::run(folder, args), |text, (find, put)| {
        regex::Regex::new(find).expect("an expression").replace_all(&text, *put).into_owned()
    })
}

#[test]
fn a_rule_is_explained() {
    insta::assert_snapshot!("explain", run(project(), &["explain", "rate-mismatch"]));
    insta::assert_snapshot!("explain_words", run(project(), &["explain", "--format", "md", "wrong-term"]));
}

#[test]
fn a_rule_is_explained_as_the_settings_have_it() {
    let folder = folder(&[("rlcheck.toml", b"[severity]\ndate-form = \"off\"\n")]);
    let shown = run(folder.path(), &["explain", "date-form"]);
    assert!(shown.contains("date-form 成文日期写法不合要求（不查）"), "{shown}");
}

#[test]
fn rules_are_listed_and_filtered() {
    let folder = folder(&[]);
    let all: Vec<String> = [
        &["rules", "日期"][..],
        &["rules", "--severity", "off"],
        &["rules", "--file", "page"],
        &["rules", "--file", "pages"],
        &["rules", "没有这个词"],
    ]
    .iter()
    .map(|args| run(folder.path(), args))
    .collect();
    insta::assert_snapshot!("rules", all.join("\n"));
    let json = rlcheck(folder.path(), &["rules", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let rules = json["rules"].as_array().expect("rules");
    let whole = |rule: &serde_json::Value| {
        let text = |key: &str| rule[key].as_str().is_some_and(|text| !text.is_empty());
        ["rule", "title", "severity", "why"].into_iter().all(text) && rule["rulebook"]["line"].as_u64().is_some()
    };
    assert!(rules.len() > 60 && rules.iter().all(whole));
}

#[test]
fn every_value_tells_its_layer() {
    let county = "extends: township\nrules:\n  late-date: {severity: error, help: 按县里的期限报送}\nparts:\n  plan: {headings: [明年怎么干]}\n";
    let folder = folder(&[("我县.yaml", county.as_bytes()), ("rlcheck.toml", "rulebook = \"我县.yaml\"\n".as_bytes())]);
    let all: Vec<String> = [
        &["rules", "show", "late-date"][..],
        &["rules", "show", "parts.plan"],
        &["rules", "show", "terms.截止目前"],
        &["rules", "show", "terms.截止"],
    ]
    .iter()
    .map(|args| run(folder.path(), args))
    .collect();
    insta::assert_snapshot!("show", all.join("\n"));
}

const FAULTY: &str = "\
extends: township
terms:
  渠边说事亭: {right: 渠畔说事亭, bad: [在渠畔说事亭化解纠纷36件。], good: [在渠边说事亭化解纠纷36件。]}
  说事凉亭: {right: 说事亭}
mentions:
  扫码入企: {any: [扫码入企], from: 2026, bad: [全年入企检查126次。], good: [推行扫码入企。]}
forbid:
  再接再厉: {message: 空话, bad: [' '], good: [总结经验。]}
patterns:
  plan-number: {title: 要点文号, find: 要点（\\d+号）, message: “$0”要写全, bad: [落实县工作要点（三号）。], good: [落实县工作要点。]}
";

#[test]
fn examples_that_fail_say_which_sentence_and_what_was_found() {
    let folder = folder(&[("我县.yaml", FAULTY.as_bytes())]);
    insta::assert_snapshot!("test_fails", run(folder.path(), &["rules", "test", "我县.yaml"]));
}

#[test]
fn examples_that_hold() {
    let folder = folder(&[]);
    insta::assert_snapshot!("test", run(folder.path(), &["rules", "test", "--coverage", "township", "street"]));
}

/// What a county has changed on purpose is told, and is no fault as long as its own examples prove the rule.
#[test]
fn shipped_examples_that_a_county_overrules_are_told() {
    let county = "extends: township\nterms:\n  截止目前: {not_in: [截止目前，]}\n";
    let folder = folder(&[("我县.yaml", county.as_bytes())]);
    insta::assert_snapshot!("test_overruled", run(folder.path(), &["rules", "test", "我县.yaml"]));
}

const IDLE: &str = "\
extends: township
rules:
  my-rule: {title: 我的规则, severity: error, why: 没有检查}
parts:
  highlights: {title: 工作亮点, required: false, headings: [亮点工作, ^特色$]}
  plan: {headings: [工作安排]}
terms:
  渠边说事亭: {right: 渠畔说事亭, not_in: [说事亭, 渠边说事亭管理办法]}
  建渠边说事亭: {right: 建渠畔说事亭}
  说事凉亭: {right: 渠边说事亭}
  村民 说事: {right: 村民议事}
  村民说事: {right: 村民议事}
  空地: {right: 空地块, not_in: [空地]}
  夜市普法: {right: 普法夜市, near: [夜市], not_near: [市]}
  法制夜市: {right: 法治夜市, near: ['(一)']}
  村民自制: {right: 村民自治}
  自制章程: {right: 自拟章程}
";

#[test]
fn idle_entries_are_told() {
    let folder = folder(&[("我县.yaml", IDLE.as_bytes())]);
    insta::assert_snapshot!("lint", run(folder.path(), &["rules", "lint", "--year", "2025", "我县.yaml"]));
}

/// What is over is not recommended where something is behind it.
#[test]
fn the_successor_is_one_that_is_not_over() {
    let township = rlcheck::Rulebook::township();
    let book = township.book();
    let old = book.period("“六五”普法").expect("in the rulebook");
    for (year, wanted) in [(2022, "“八五”普法"), (2026, "“九五”普法"), (2040, "“九五”普法")] {
        let start = chrono::NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        assert_eq!(book.successor(old, start), Some(wanted), "{year}");
    }
    let shown = run(folder(&[]).path(), &["rules", "lint", "--year", "2026", "township"]);
    assert!(!shown.contains("也过期了"), "{shown}");
}

#[test]
fn tables_that_end_are_told() {
    let folder = folder(&[]);
    let shown = run(folder.path(), &["rules", "lint", "--year", "2040", "township"]).replace("\n  │ ", "");
    for told in [
        "committees（大会和全会）这张表到2026年为止（最新的是二十届五中全会，2026-10-29）",
        "periods（规划和活动）这张表到2030年为止",
        "laws（法律法规）这张表到2026年为止",
        "“八五”普法过期以后改写成“九五”普法，可是“九五”普法到2030-12-31也过期了",
    ] {
        assert!(shown.replace(['“', '”'], "").contains(&told.replace(['“', '”'], "")), "{told}\n{shown}");
    }
}

#[test]
fn a_new_rulebook_passes_its_test_and_is_not_overwritten() {
    let folder = folder(&[]);
    let all: Vec<String> = [
        &["rules", "new", "云砚县"][..],
        &["rules", "test", "云砚县.yaml"],
        &["rules", "lint", "--year", "2025", "云砚县.yaml"],
        &["rules", "new", "云砚县"],
    ]
    .iter()
    .map(|args| run(folder.path(), args))
    .collect();
    insta::assert_snapshot!("new", all.join("\n"));
    let written = std::fs::read_to_string(folder.path().join("云砚县.yaml")).expect("a rulebook");
    assert!(written.contains("\nname: 云砚县\n") && written.contains("\nextends: township\n"), "{written}");
}

#[test]
fn completions_know_the_commands() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = rlcheck(folder.path(), &["completions", shell]);
        let script = String::from_utf8(output.stdout).expect("text");
        assert_eq!(output.status.code(), Some(0), "{shell}");
        for word in ["explain", "completions", "rulebook"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn schemas_are_printed() {
    let folder = folder(&[]);
    for (args, word) in [(&["schema"][..], "extends"), (&["schema", "rulebook"], "extends"), (&["schema", "config"], "villages")]
    {
        let output = rlcheck(folder.path(), args);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(json["properties"][word]["description"].as_str().is_some_and(|text| !text.is_ascii()), "{args:?}");
    }
}

#[test]
fn wrong_usage_is_explained_in_chinese() {
    let folder = folder(&[("坏.yaml", "extends: township\nterm: {}\n".as_bytes())]);
    let all: Vec<String> = [
        &["explain"][..],
        &["explain", "rate-mismach"],
        &["explain", "日期"],
        &["explain", "没有这条"],
        &["rules", "--severity", "high"],
        &["rules", "show"],
        &["rules", "show", "late-dat"],
        &["rules", "tset"],
        &["rules", "test", "没有.yaml"],
        &["rules", "test", "坏.yaml"],
        &["rules", "lint", "--year", "今年"],
        &["rules", "new"],
        &["rules", "new", "../外面"],
        &["rules", "new", "我县", "--extends", "townshp"],
        &["schema", "rulebok"],
        &["completions"],
        &["completions", "cmd"],
    ]
    .iter()
    .map(|args| {
        let output = rlcheck(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        run(folder.path(), args)
    })
    .collect();
    insta::assert_snapshot!("wrong_usage", all.join("\n"));
    assert!(!folder.path().join("我县.yaml").exists());
}
