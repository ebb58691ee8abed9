//! `rlcheck compare` and `check --last-year`: transcripts, and that reports of different towns are not alike.

mod support;

use std::path::{Path, PathBuf};

use rlcheck::compare::Comparison;
use rlcheck::report::Report;
use rlcheck::{Draft, Rulebook};
use support::{folder, project, rlcheck, run};

const LAST: &str = "examples/two-years/2024.md";
const THIS: &str = "examples/two-years/2025.md";

#[test]
fn two_years_of_one_town() {
    insta::assert_snapshot!("compare", run(project(), &["compare", LAST, THIS]));
}

#[test]
fn two_years_for_programs() {
    let output = rlcheck(project(), &["compare", "--format", "json", LAST, THIS]);
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    insta::assert_snapshot!("compare_json", serde_json::to_string_pretty(&json).expect("JSON"));
}

#[test]
fn last_year_beside_a_check() {
    insta::assert_snapshot!("last_year", run(project(), &["check", "--last-year", LAST, "--only", "copied-passage", THIS]));
}

#[test]
fn copies_can_be_allowed_like_anything_else() {
    let this = std::fs::read_to_string(project().join(THIS)).expect("an example");
    let allowed = this.replace("## 二、", "<!-- rlcheck: allow copied-passage 问题没有解决 -->\n\n## 二、");
    let folder = folder(&[("今年.md", format!("<!-- rlcheck: allow copied-passage 试验 -->\n{allowed}").as_bytes())]);
    let last = project().join(LAST);
    let output = rlcheck(folder.path(), &["--last-year", last.to_str().expect("a path"), "--only", "copied-passage", "今年.md"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("没有发现问题"));
}

#[test]
fn a_report_is_not_last_years_of_another_town() {
    let output = rlcheck(project(), &["compare", "--format", "json", "examples/clean.md", LAST]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["copied"]["passages"], serde_json::json!([]));
    assert!(json["copied"]["share"].as_f64().is_some_and(|share| share < 5.0), "{}", json["copied"]["share"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = folder(&[("空.md", b""), ("a.md", "柳川镇2025年报告".as_bytes())]);
    let cases: [&[&str]; 5] = [
        &["compare", "a.md"],
        &["compare", "没有.md", "a.md"],
        &["compare", "空.md", "a.md"],
        &["check", "--last-year", "没有.md", "a.md"],
        &["check", "--last-year", "a.md", "a.md", "空.md"],
    ];
    let all: Vec<String> = cases.iter().map(|args| run(folder.path(), args)).collect();
    insta::assert_snapshot!("compare_wrong", all.join("\n"));
}

/// Real reports of different towns, where they are at hand.
#[test]
fn unrelated_reports_are_not_alike() {
    let corpus = std::env::var_os("RLCHECK_CORPUS").map_or_else(|| project().join("../shared"), PathBuf::from);
    let Ok(folder) = std::fs::read_dir(corpus.join("drafts")) else { return };
    let mut paths: Vec<PathBuf> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "md"));
    paths.extend(["examples/clean.md", LAST].map(|path| project().join(path)));
    paths.sort();
    let read = |path: &PathBuf| Draft::parse(&path.display().to_string(), &std::fs::read(path).expect("a draft")).expect("text");
    let drafts: Vec<Draft> = paths.iter().map(read).collect();
    let book = Rulebook::township();
    for last in &drafts {
        for this in drafts.iter().filter(|this| this.source.name() != last.source.name()) {
            let (last, this) = (Report::new(last, &book), Report::new(this, &book));
            let found = Comparison::of(&last, &this).copies;
            let names =
                [&last, &this].map(|report| Path::new(report.draft.source.name()).file_name().unwrap_or_default().to_owned());
            assert!(found.share < book.book().copying.threshold && found.repeated.is_empty(), "{names:?}: {}", found.share);
        }
    }
}
