//! Transcripts of the command line: what is typed, what is printed, the exit code.

mod support;

use support::{command, folder, project, rlcheck, run, transcript};

const DRAFT: &str = "柳川镇2025年法治政府建设年度报告\n\n县委、县政府：\n\n一、主要举措和成效\n\n全年开展普法活动十二场，培训执法人员，审查合同，化解纠纷。\n\n\
                     二、存在的不足及原因\n\n一是普法形式单一。二是执法力量薄弱。\n\n三、2026年工作安排\n\n每季度到村宣传一次。\n\n\
                     中共柳川镇委员会\n柳川镇人民政府\n2026年01月20日\n";

#[test]
fn a_draft_with_faults() {
    let folder = folder(&[("稿.md", DRAFT.as_bytes())]);
    insta::assert_snapshot!("draft_with_faults", run(folder.path(), &["稿.md"]));
}

#[test]
fn a_clean_draft() {
    insta::assert_snapshot!("clean_draft", run(project(), &["examples/clean.md"]));
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let folder = folder(&[("稿.md", DRAFT.as_bytes())]);
    let output = rlcheck(folder.path(), &["--format", "json", "--only", "date-form,missing-section", "稿.md"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&json).expect("JSON"));
}

#[test]
fn files_that_are_no_drafts_are_named_and_the_others_are_checked() {
    let folder = folder(&[
        ("好.md", DRAFT.as_bytes()),
        ("空.md", b" \n"),
        ("图.txt", &[0, 159, 146, 150, 0, 0, 7, 3]),
        ("报告.docx", b"PK\x03\x04\x14\x00 word/document.xml"),
        ("旧报告.txt", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        ("定稿.pdf", b"%PDF-1.7 x"),
    ]);
    let args = ["--only", "date-form", "没有.md", "空.md", "图.txt", "报告.docx", "旧报告.txt", "定稿.pdf", "好.md"];
    insta::assert_snapshot!("no_drafts", run(folder.path(), &args));
}

#[test]
fn every_encoding_gives_the_same_findings() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(DRAFT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let gbk = encoding_rs::GB18030.encode(DRAFT).0.into_owned();
    let bom = [b"\xef\xbb\xbf", DRAFT.as_bytes()].concat();
    let crlf = DRAFT.replace('\n', "\r\n");
    let folder =
        folder(&[("a.md", DRAFT.as_bytes()), ("b.md", &gbk), ("c.txt", &utf16), ("d.md", &bom), ("e.md", crlf.as_bytes())]);
    let of = |name: &str| {
        let output = rlcheck(folder.path(), &["--format", "json", name]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let place = |finding: &serde_json::Value| {
            format!("{} {} {} {}", finding["rule"], finding["start"]["line"], finding["start"]["column"], finding["message"])
        };
        json["drafts"][0]["findings"].as_array().expect("findings").iter().map(place).collect::<Vec<_>>()
    };
    let plain = of("a.md");
    assert!(plain.len() > 3);
    for name in ["b.md", "c.txt", "d.md", "e.md"] {
        assert_eq!(of(name), plain, "{name}");
    }
}

#[test]
fn a_folder_means_every_draft_in_it() {
    let folder = folder(&[
        ("甲镇/报告.md", DRAFT.as_bytes()),
        ("乙镇/报告.txt", DRAFT.as_bytes()),
        ("乙镇/README.md", b"x"),
        ("乙镇/.隐藏.md", b"x"),
        ("丙镇/说明.csv", b"x"),
    ]);
    insta::assert_snapshot!("folder", run(folder.path(), &["--only", "date-form", "."]));
    std::fs::create_dir(folder.path().join("空")).expect("a folder");
    insta::assert_snapshot!("empty_folder", run(folder.path(), &["空"]));
}

#[test]
fn standard_input() {
    let folder = folder(&[]);
    let args = ["--only", "date-form", "-"];
    let output = command(folder.path(), &args).write_stdin(DRAFT).output().expect("the program starts");
    insta::assert_snapshot!("stdin", transcript(&args, &output));
}

#[test]
fn exit_codes_follow_fail_on() {
    let folder = folder(&[("稿.md", DRAFT.as_bytes())]);
    let code = |args: &[&str]| rlcheck(folder.path(), args).status.code();
    assert_eq!(code(&["稿.md"]), Some(1));
    assert_eq!(code(&["--only", "date-form", "稿.md"]), Some(0));
    assert_eq!(code(&["--only", "date-form", "--fail-on", "warning", "稿.md"]), Some(1));
    assert_eq!(code(&["check", "--except", "missing-section,incomplete-section", "稿.md"]), Some(0));
    assert_eq!(code(&["没有.md", "稿.md"]), Some(2));
}

#[test]
fn wrong_usage_is_explained_in_chinese() {
    let folder = folder(&[("稿.md", DRAFT.as_bytes())]);
    let all: Vec<String> = [
        &["--formt", "json", "稿.md"][..],
        &["--format", "xml", "稿.md"],
        &["--year", "去年", "稿.md"],
        &["--only", "missing-sektion", "稿.md"],
        &["--rulebook", "townshp", "稿.md"],
        &["--rulebook", "没有.yaml", "稿.md"],
        &["--config", "没有.toml", "稿.md"],
        &["--fail-on"],
    ]
    .iter()
    .map(|args| run(folder.path(), args))
    .collect();
    insta::assert_snapshot!("wrong_usage", all.join("\n"));
}

#[test]
fn help() {
    insta::assert_snapshot!("help", run(project(), &["-h"]));
}

#[test]
fn settings_are_found_above_the_draft() {
    let settings = "town = \"柳川镇\"\nyear = 2025\n\n[severity]\ndate-form = \"error\"\nmissing-section = \"off\"\n\n\
                    [[allow]]\nrule = \"incomplete-section\"\nreason = \"县里同意今年不写\"\n";
    let folder = folder(&[("rlcheck.toml", settings.as_bytes()), ("2025/稿.md", DRAFT.as_bytes())]);
    insta::assert_snapshot!("settings", run(folder.path(), &["2025/稿.md"]));
}

#[test]
fn comments_allow_what_they_name() {
    let text = DRAFT.replace("二、存在", "<!-- rlcheck: allow incomplete-section 县里同意今年不写 -->\n\n二、存在");
    let folder = folder(&[("稿.md", text.as_bytes())]);
    let output = run(folder.path(), &["稿.md"]);
    assert!(!output.contains("incomplete-section") && output.contains("missing-section"), "{output}");
}

#[test]
fn a_folder_of_rulebooks_is_one() {
    let folder = folder(&[
        ("稿.md", DRAFT.as_bytes()),
        ("县/总.yaml", "extends: [township, 规则/]\n".as_bytes()),
        ("县/规则/1-程度.yaml", b"rules:\n  date-form: info\n"),
        ("县/规则/2-用词.yaml", "rules:\n  date-form: error\nterms:\n  合同: {right: 协议}\n".as_bytes()),
        ("县/规则/说明.txt", b"x"),
        ("空/说明.txt", b"x"),
    ]);
    let all = [
        run(folder.path(), &["--rulebook", "县/总.yaml", "--only", "date-form,wrong-term", "稿.md"]),
        run(folder.path(), &["--rulebook", "空/", "稿.md"]),
        run(folder.path(), &["--rulebook", "street+guizhou", "--only", "missing-mention", "稿.md"]),
    ];
    insta::assert_snapshot!("folder_of_rulebooks", all.join("\n"));
}

#[test]
fn broken_settings_and_rulebooks_point_at_the_place() {
    let cases: &[(&str, &str)] = &[
        ("rlcheck.toml", "tonw = \"柳川镇\"\n"),
        ("rlcheck.toml", "year = \"二〇二五\"\n"),
        ("rlcheck.toml", "town = 柳川镇\n"),
        ("rlcheck.toml", "[severity]\ndate-from = \"error\"\n"),
        ("rlcheck.toml", "[severity]\ndate-form = \"eror\"\n"),
        ("rlcheck.toml", "[[allow]]\nrule = \"date-form\"\n"),
        ("r.yaml", "extends: townshp\n"),
        ("r.yaml", "extends: ../没有.yaml\n"),
        ("r.yaml", "extends: r.yaml\n"),
        ("r.yaml", "extends: township\nparst:\n  plan: {}\n"),
        ("r.yaml", "extends: township\nparts:\n  plan:\n    min_chars: 很多\n"),
        ("r.yaml", "extends: township\nparts:\n  plan:\n    heading：四、打算\n"),
        ("r.yaml", "extends: township\nparts:\n  plan:\n    headings: ['(下一步']\n"),
        ("r.yaml", "extends: township\nparts:\n  plan:\n    headings: ['(?=下一步)']\n"),
        ("r.yaml", "extends: township\nrules:\n  date-form: {severity: eror}\n  missing-date: {severity: high}\n"),
        ("r.yaml", "extends: township\nrules:\n  date-form:\n    severity: error\n    severity: off\n"),
        ("r.yaml", "extends: township\nrules:\n  my-rule: {title: 我的规则}\n"),
        ("r.yaml", "extends: township\nrules:\n\tdate-form: {severity: off}\n"),
        ("r.yaml", "- township\n"),
        ("r.yaml", "extends: township\nrules: [a, b]\n"),
        ("r.yaml", "extends: township\npatterns:\n  我的规则: {title: 我的, find: 甲, message: 乙}\n"),
        ("r.yaml", "extends: township\npatterns:\n  date-form: {title: 我的, find: 甲, message: 乙}\n"),
        ("r.yaml", "extends: township\npatterns:\n  my-rule: {title: 我的, find: '(甲', message: 乙}\n"),
        ("r.yaml", "extends: township\npatterns:\n  my-rule: {title: 我的, find: '甲*', message: 乙}\n"),
        ("r.yaml", "extends: township\npatterns:\n  my-rule: {title: 我的, find: '甲,乙', message: 乙}\n"),
        ("r.yaml", "extends: township\npatterns:\n  my-rule: {title: 我的, find: '(甲)乙', message: 乙, replacement: $9丙}\n"),
        ("r.yaml", "extends: township\npatterns:\n  my-rule: {title: 我的, find: 甲, message: 乙, safe: true}\n"),
        ("r.yaml", "extends: township\npatterns:\n  my-rule: {title: 我的, find: 甲, message: 乙, bad: [甲。]}\n"),
        ("r.yaml", "extends: township\npatterns:\n  my-rule: {find: 甲, message: 乙}\n"),
        ("r.yaml", "extends: township\nmentions:\n  履职事项清单: {part: measure, any: [清单]}\n"),
        ("r.yaml", "extends: township\nmentions:\n  履职事项清单: {any: [], from: 2026, until: 2025}\n"),
        ("r.yaml", "extends: township\nforbid:\n  走在前列: {mesage: 不写排名}\n"),
        ("r.yaml", "extends: township\nforbid:\n  走在前列: {message: 不写排名, from: 25}\n"),
        ("r.yaml", "extends: township\nterms:\n  坝坝会: {right: 院坝会, rule: wrong-tern}\n"),
        ("r.yaml", "extends: township\nterms:\n  台账账: off\n"),
        ("r.yaml", "extends: township\nremove:\n  known_laws: [乡镇企业条例]\n"),
        ("r.yaml", "extends: township\nremove:\n  recipient: 全部\n"),
        ("r.yaml", "extends: township\nlength: {min: 5000, max: 3000}\n"),
        ("r.yaml", "extends: township\nlength: {}\n"),
        ("r.yaml", "extends: township\nlength: 5000\n"),
        ("r.yaml", "extends: township\nparts:\n  measures:\n    max_chars: 100\n    count: {数据: {of: figure, at_least: 2}}\n"),
        ("r.yaml", "extends: township\nparts:\n  measures:\n    max_chars: 100\n    count: {数据: {at_least: 2}}\n"),
        ("r.yaml", "extends: township\nparts:\n  plan:\n    must: {经费: {any: []}}\n"),
        ("r.yaml", "extends: township\ndates: {report_by: 2月30日}\n"),
        ("r.yaml", "extends: township\nfigures:\n  rates:\n    - {words: 调停率, done: [调停], base: [受理]}\n"),
        ("r.yaml", "extends: [township, 没有这个文件夹/]\n"),
        ("r.yaml", "extends: township\nparts:\n  plan:\n    loose: ['(下一年']\n"),
        ("r.yaml", "extends: township\nparts:\n  plan:\n    told: 5\n"),
        ("r.yaml", "extends: township\nprivate:\n  hiden: [某]\n"),
        ("r.yaml", "extends: township\nperiods:\n  法治中国建设规划:\n    other_years: [2015, 2020]\n"),
        ("r.yaml", "extends: township\nperiods:\n  法治中国建设规划:\n    other_years: [[2015]]\n"),
        ("r.yaml", "extends: township\nperiods:\n  法治中国建设规划:\n    years: [2020, 2021, 2025]\n"),
    ];
    let mut all = String::new();
    for (name, text) in cases {
        let folder = folder(&[("稿.md", DRAFT.as_bytes()), (name, text.as_bytes())]);
        let args: &[&str] = if *name == "r.yaml" { &["--rulebook", "r.yaml", "稿.md"] } else { &["稿.md"] };
        let output = rlcheck(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(output.stdout.is_empty(), "{text}");
        all += &[text, "====================\n"].concat();
        all.push_str(&String::from_utf8_lossy(&output.stderr));
        all.push('\n');
    }
    insta::assert_snapshot!("broken_files", all);
}
