//! The forms of output over an invented folder: what each prints, and that hostile drafts stay text in it.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;

use serde_json::Value;
use support::{folder, rlcheck, run};

/// A draft with faults that have fixes, related places and a part that is missing.
const FAULTY: &str = "# 栖禾镇2025年法治政府建设年度报告\n\n云砚县人民政府：\n\n一、主要举措和成效\n\n\
    全年受理群众诉求40件，办结37件，办结率达100%。审查合同12份,化解纠纷58件。\n\n二、存在的不足及原因\n\n\
    一是普法形式单一。二是执法力量薄弱。\n\n三、2026年工作安排\n\n每季度到村宣传一次，培训执法人员。\n\n\
    中共栖禾镇委员会\n栖禾镇人民政府\n2026年01月20日\n";
/// A draft that tries to be something else than text in every form.
const HOSTILE: &str = "望溪镇2025年法治政府建设年度报告\r\n\r\n县委、县政府：\r\n\r\n一、主要举措\r\n\r\n\
    <script>alert(\"x\")</script> & ]]> <!--drafts--> 走访𠮷家村\u{2028}\u{7}群众，满意率108%。\r\n\r\n\
    ::error::=HYPERLINK(\"http://x\")开展普法3场，分别为进村2场、进校2场。\r\n";
/// The checks whose findings are shown, so that the transcripts stay as they are when other rules come.
const ONLY: &str = "rate-mismatch,missing-section,date-form,impossible-figure,sum-mismatch,punctuation";

fn county() -> tempfile::TempDir {
    folder(&[
        ("县/栖禾镇/报告.md", FAULTY.as_bytes()),
        ("县/望溪镇/稿 件#1,a.txt", HOSTILE.as_bytes()),
        ("县/空镇/空.md", b" \n"),
    ])
}

fn printed(form: &str) -> String {
    let output = rlcheck(county().path(), &["--only", ONLY, "--format", form, "县"]);
    assert_eq!(output.status.code(), Some(2), "one file cannot be read");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "县/空镇/空.md：文件是空的\n");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn github() {
    insta::assert_snapshot!("github", printed("github"));
}

#[test]
fn csv() {
    insta::assert_snapshot!("csv", printed("csv"));
}

#[test]
fn junit() {
    let text = printed("junit");
    insta::assert_snapshot!("junit", text);
    let (mut depth, mut cases) = (0, 0);
    let mut reader = quick_xml::Reader::from_str(&text);
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Start(tag) => {
                (depth, cases) = (depth + 1, cases + usize::from(tag.name().as_ref() == "testcase"));
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Empty(tag) => cases += usize::from(tag.name().as_ref() == "testcase"),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((depth, cases), (0, 2 * ONLY.split(',').count() + 1));
}

#[test]
fn junit_fails_as_the_exit_code_does() {
    let folder = folder(&[("稿.md", FAULTY.as_bytes())]);
    let failures = |fail_on: &str| {
        let output = rlcheck(folder.path(), &["--only", "date-form", "--fail-on", fail_on, "--format", "junit", "稿.md"]);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).matches("<failure ").count())
    };
    assert_eq!(failures("error"), (Some(0), 0));
    assert_eq!(failures("warning"), (Some(1), 1));
}

#[test]
fn jsonl_is_the_json_line_by_line() {
    let lines: Vec<Value> = printed("jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let whole: Value = serde_json::from_str(&printed("json")).expect("JSON");
    let (drafts, rest): (Vec<&Value>, Vec<&Value>) = lines.iter().partition(|line| line.get("findings").is_some());
    assert_eq!(drafts, whole["drafts"].as_array().expect("drafts").iter().collect::<Vec<_>>());
    assert_eq!(rest[0], &serde_json::json!({"path": "县/空镇/空.md", "error": "文件是空的"}));
    assert_eq!(lines.last(), Some(&serde_json::json!({"tool": whole["tool"], "summary": whole["summary"]})));
}

fn sarif(folder: &std::path::Path, args: &[&str]) -> Value {
    let output = rlcheck(folder, &[&["--format", "sarif"], args].concat());
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let schema: Value = serde_json::from_str(include_str!("data/sarif-2.1.0.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    log
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let log = sarif(county().path(), &["--only", ONLY, "县"]);
    let mut run = log["runs"][0].clone();
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let rules = run["tool"]["driver"]["rules"].take();
    let rules = rules.as_array().expect("rules");
    assert!(rules.iter().all(|rule| rule["help"]["text"].as_str().is_some_and(|help| !help.is_empty())));
    let known = |result: &Value| rules.iter().any(|rule| rule["id"] == result["ruleId"]);
    assert!(run["results"].as_array().expect("results").iter().all(known));
    run["tool"]["driver"]["rules"] = rules.iter().find(|rule| rule["id"] == "date-form").cloned().into_iter().collect();
    // Places in the rulebook move with the rules.
    for result in run["results"].as_array_mut().expect("results") {
        assert!(result["properties"]["rulebook"]["line"].as_u64().is_some_and(|line| line > 0));
        result["properties"]["rulebook"] = result["properties"]["rulebook"]["path"].take();
    }
    insta::assert_snapshot!("sarif", serde_json::to_string_pretty(&run).expect("JSON"));
    // With every rule, and with nothing to say.
    sarif(county().path(), &["县"]);
    sarif(support::project(), &["examples/clean.md", "examples/faulty.md"]);
}

#[test]
fn sarif_fixes_give_the_text_that_fix_gives() {
    let folder = folder(&[("稿.md", FAULTY.as_bytes())]);
    let log = sarif(folder.path(), &["--only", "date-form", "稿.md"]);
    let replacement = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    let at = |key: &str| replacement["deletedRegion"][key].as_u64().expect("a number") as usize;
    assert_eq!(at("startLine"), at("endLine"));
    let mut lines: Vec<Vec<char>> = FAULTY.split('\n').map(|line| line.chars().collect()).collect();
    let new = replacement["insertedContent"]["text"].as_str().expect("a text").chars();
    lines[at("startLine") - 1].splice(at("startColumn") - 1..at("endColumn") - 1, new);
    let mended = lines.iter().map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n");
    rlcheck(folder.path(), &["fix", "--only", "date-form", "稿.md"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("稿.md")).expect("a draft"), mended);
}

#[test]
fn sarif_places_in_word_files_are_those_of_the_text() {
    let folder = folder(&[("稿.md", FAULTY.as_bytes())]);
    assert_eq!(rlcheck(folder.path(), &["convert", "稿.md", "稿.docx"]).status.code(), Some(0));
    let log = sarif(folder.path(), &["--only", "rate-mismatch,date-form", "稿.docx"]);
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let length = region["snippet"]["text"].as_str().expect("a text").chars().count();
        assert_eq!(region["charLength"].as_u64(), Some(length as u64));
        assert!(region["properties"]["note"].is_string() && region.get("startLine").is_none());
        assert!(result.get("fixes").is_none());
    }
}

#[test]
fn a_workbook_needs_a_file_and_spares_what_is_there() {
    let folder = county();
    let transcript: Vec<String> = [
        &["--format", "xlsx", "县"][..],
        &["--only", ONLY, "--format", "xlsx", "-o", "结果.xlsx", "县"],
        &["--format", "xlsx", "-o", "结果.xlsx", "县"],
        &["--format", "csv", "-o", "没有/结果.csv", "县"],
        &["--format", "csv", "-o", "县", "县"],
        &["--format", "csv", "--force", "-o", "县/栖禾镇/报告.md", "县"],
    ]
    .iter()
    .map(|args| run(folder.path(), args))
    .collect();
    insta::assert_snapshot!("output_files", transcript.join("\n"));
    assert_eq!(std::fs::read_to_string(folder.path().join("县/栖禾镇/报告.md")).expect("a draft"), FAULTY);
    let names = std::fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    assert_eq!(names.filter(|name| name != "县" && name != "结果.xlsx").count(), 0);
}

/// The texts of the cells of each sheet, by its name, read without the library that writes them.
fn sheets(bytes: &[u8]) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).expect("a part").read_to_string(&mut text).expect("UTF-8");
        text
    };
    let between = |text: &str, open: &str, close: &str| -> Vec<String> {
        text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inner, _)| inner.to_owned()).collect()
    };
    let inner = |element: &str| element.split_once('>').map_or("", |(_, rest)| rest).to_owned();
    let shared: Vec<String> = between(&part("xl/sharedStrings.xml"), "<si><t", "</t>").iter().map(|si| inner(si)).collect();
    let names = between(&part("xl/workbook.xml"), "<sheet name=\"", "\"");
    let mut sheets = BTreeMap::new();
    for (number, name) in (1..).zip(names) {
        let sheet = part(&format!("xl/worksheets/sheet{number}.xml"));
        let cell = |cell: &String| {
            let value = between(cell, "<v>", "</v>").pop().unwrap_or_default();
            if cell.contains("t=\"s\"") { shared[value.parse::<usize>().expect("an index")].clone() } else { value }
        };
        let row = |row: &String| between(row, "<c ", "</c>").iter().map(cell).collect::<Vec<_>>();
        sheets.insert(name, between(&sheet, "<row ", "</row>").iter().map(row).collect());
    }
    sheets
}

#[test]
fn a_workbook_holds_overview_findings_and_commonest_faults() {
    let folder = county();
    let write = |name: &str| {
        rlcheck(folder.path(), &["--only", ONLY, "--format", "xlsx", "-o", name, "县"]);
        std::fs::read(folder.path().join(name)).expect("a workbook")
    };
    let bytes = write("a.xlsx");
    assert_eq!(bytes, write("b.xlsx"), "the same findings give the same bytes");
    let mut text = String::new();
    for (name, rows) in sheets(&bytes) {
        _ = writeln!(text, "【{name}】");
        for row in rows {
            _ = writeln!(text, "{}", row.join(" | "));
        }
    }
    insta::assert_snapshot!("xlsx", text);
}

#[test]
fn html_keeps_hostile_drafts_text() {
    let page = printed("html");
    insta::assert_snapshot!("html", page.split_once("<header").expect("a header").1.split_once("<script>").expect("a script").0);
    let scripts: Vec<&str> = page.match_indices("<script").map(|(at, _)| &page[at..at + 8]).collect();
    assert_eq!(scripts, ["<script>"], "no script but the page's own");
    assert!(!page.contains("href=\"http") && !page.contains("url(") && !page.contains("src="), "nothing from elsewhere");
    assert!(!page.contains(" style=") && !page.contains('\0') && !page.contains('\u{7}'));
    for mark in ["<!--style-->", "<!--drafts-->", "<!--script-->", "SCRIPT-HASH"] {
        assert!(!page.contains(mark), "{mark}");
    }
}

#[test]
fn html_names_every_id_once_and_links_lead_somewhere() {
    let page = printed("html");
    let values = |attribute: &str| -> Vec<&str> {
        page.split(attribute).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value).collect()
    };
    let mut ids = values(" id=\"");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let links = values("href=\"#");
    assert!(links.len() > 20);
    for link in links {
        assert!(ids.binary_search(&link).is_ok(), "{link}");
    }
}

#[test]
fn html_leaves_the_texts_of_many_drafts_out_unless_asked() {
    let names: Vec<String> = (0..201).map(|number| format!("县/{number:03}.md")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), FAULTY.as_bytes())).collect();
    let folder = folder(&files);
    let page = |args: &[&str]| {
        let output = rlcheck(folder.path(), &[&["--only", "rate-mismatch", "--format", "html"], args].concat());
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let text = "审查合同12份";
    let short = page(&["县"]);
    assert!(short.contains("没有带上全文") && !short.contains(text));
    assert_eq!(short.matches("id=\"n").count() - 1, 201);
    assert_eq!(page(&["--full-text", "县"]).matches(text).count(), 201);
}
