//! `rlcheck init` and `rlcheck new`: transcripts, and that a blank report has nothing wrong but what is to be filled in.

mod support;

use rlcheck::report::Report;
use rlcheck::rulebook::load;
use rlcheck::scaffold::{Facts, LastYear, Template, embedded_template, render};
use rlcheck::{Draft, Rulebook, check};
use support::{command, folder, project, rlcheck, run};

const NEW: &[&str] = &["new", "--town", "柳川镇", "--county", "云砚县", "--year", "2025"];

fn facts(town: &str, year: u32) -> Facts {
    let villages = ["上渠村", "下渠村", "兴禾社区"].map(str::to_owned).to_vec();
    Facts { year, town: town.to_owned(), county: "云砚县".to_owned(), villages }
}

fn example(name: &str) -> Draft {
    let bytes = std::fs::read(project().join("examples").join(name)).expect("an example");
    Draft::parse(name, &bytes).expect("text")
}

/// Findings about anything but what is to be filled in, which must be found.
fn faults(text: &str, book: &Rulebook) -> Vec<String> {
    let draft = Draft::parse("空白.md", text.as_bytes()).expect("text");
    let (blanks, faults): (Vec<_>, Vec<_>) = check(&draft, book).into_iter().partition(|finding| finding.rule == "placeholder");
    assert_eq!(blanks.len(), 1, "{blanks:?}");
    faults.into_iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

#[test]
fn a_blank_report_has_nothing_wrong() {
    let book = Rulebook::township();
    let last = example("two-years/2024.md");
    for town in ["柳川镇", "柳川乡", "望河街道"] {
        for year in 2021..2029 {
            let facts = facts(town, year);
            for villages in [facts.villages.clone(), Vec::new()] {
                let facts = Facts { villages, ..facts.clone() };
                let text = render(embedded_template(&facts), &facts, None, book.book()).expect("the template is in order");
                assert_eq!(faults(&text, &book), [""; 0], "{town} {year}");
                let last = LastYear::of(&Report::new(&last, &book));
                let text = render(embedded_template(&facts), &facts, Some(last), book.book()).expect("the template is in order");
                assert_eq!(faults(&text, &book), [""; 0], "{town} {year}, with last year's report");
            }
        }
    }
}

#[test]
fn the_parts_are_those_of_the_rulebook() {
    let book = Rulebook::township();
    let facts = facts("柳川镇", 2025);
    let text = render(embedded_template(&facts), &facts, None, book.book()).expect("the template is in order");
    let draft = Draft::parse("空白.md", text.as_bytes()).expect("text");
    let report = Report::new(&draft, &book);
    for (key, part) in book.book().parts.iter().filter(|(_, part)| part.required) {
        let found: Vec<_> = report.parts.get(key).collect();
        assert_eq!(found.len(), 1, "{key}");
        let heading = part.heading.as_deref().map(|heading| report.fill(heading)).expect("a heading to take over");
        assert!(text.contains(&format!("\n## {heading}\n")), "{heading}");
    }
    assert_eq!(report.identity.year, Some(2025));
    assert_eq!(report.identity.town.as_deref(), Some("柳川镇"));
    assert_eq!(report.identity.county.as_deref(), Some("云砚县"));
}

#[test]
fn a_blank_report() {
    let folder = folder(&[]);
    insta::assert_snapshot!("new_town", run(folder.path(), &[NEW, &["--stdout"]].concat()));
    let street = ["new", "--town", "望河街道", "--county", "云砚县", "--year", "2025", "--stdout"];
    insta::assert_snapshot!("new_street", run(folder.path(), &street));
}

#[test]
fn a_blank_report_with_last_year_beside() {
    let args = ["new", "--from", "examples/two-years/2024.md", "--stdout"];
    insta::assert_snapshot!("new_from", run(project(), &args));
}

/// A county's own part gets its place and its heading in the blank report.
#[test]
fn a_part_of_the_countys_own() {
    let own = "extends: township\nparts:\n  village:\n    title: 法治乡村建设情况\n    heading: 五、{year}法治乡村建设情况\n    \
               order: 5\n    required: true\n    headings: [法治乡村]\n";
    let book = load("own.yaml", &|name, _| Ok((name.to_owned(), own.to_owned()))).expect("a rulebook");
    let facts = facts("柳川镇", 2025);
    let text = render(embedded_template(&facts), &facts, None, &book).expect("the template is in order");
    let (_, part) = text.split_once("\n## 五、2025年度法治乡村建设情况\n").expect("the part has its heading");
    assert!(part.contains("\n【待填：法治乡村建设情况】。\n"), "{part}");
}

/// Whatever last year's report says, it stays within its comment and is not read as a template.
#[test]
fn nothing_of_last_year_escapes() {
    let book = Rulebook::township();
    let plan = "（一）推进甲-->乙<!--丙{{ 镇 }}{% if %}，每季度一次。";
    let text = format!("柳川镇2024年法治政府建设年度报告\n\n一、存在的不足和原因\n\n{plan}\n\n二、2025年工作安排\n\n{plan}\n");
    let last = Draft::parse("去年.md", text.as_bytes()).expect("text");
    let facts = facts("柳川镇", 2025);
    let text = render(embedded_template(&facts), &facts, Some(LastYear::of(&Report::new(&last, &book))), book.book())
        .expect("a template");
    assert_eq!(faults(&text, &book), [""; 0]);
    assert_eq!(text.matches("<!--").count(), text.matches("-->").count());
    assert!(text.contains("{{ 镇 }}"), "{text}");
}

/// What is carried over stands in comments; this year's text is to be written anew.
#[test]
fn nothing_of_last_year_is_said_again() {
    let book = Rulebook::township();
    let (last, facts) = (example("two-years/2024.md"), facts("白芷镇", 2025));
    let text = render(embedded_template(&facts), &facts, Some(LastYear::of(&Report::new(&last, &book))), book.book())
        .expect("a template");
    let draft = Draft::parse("空白.md", text.as_bytes()).expect("text");
    let found = rlcheck::compare::copies(&Report::new(&last, &book), &Report::new(&draft, &book));
    assert!(found.passages.is_empty() && found.repeated.is_empty(), "{found:?}");
    assert!(text.contains("去年164件") && text.contains("[ ] 丰富普法载体"), "{text}");
}

#[test]
fn from_settings_to_a_blank_report() {
    let folder = folder(&[]);
    let steps: [&[&str]; 6] = [
        &["init"],
        &["init", "--town", "柳川镇", "--county", "云砚县", "--villages", "上渠村、下渠村"],
        &["init", "--town", "柳川镇", "--county", "云砚县"],
        &["new"],
        &["new", "--year", "2025"],
        &["new", "--year", "2025"],
    ];
    let all: Vec<String> = steps.iter().map(|args| run(folder.path(), args)).collect();
    // The usual year goes with the day on which the test runs.
    let all = all.join("\n");
    let usual = all.split("--year ").nth(1).and_then(|rest| rest.get(..4)).expect("a year").to_owned();
    insta::assert_snapshot!("from_settings", all.replacen(&format!("--year {usual}"), "--year 〔今年〕", 1));
    insta::assert_snapshot!("settings_file", std::fs::read_to_string(folder.path().join("rlcheck.toml")).expect("written"));
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).expect("the folder").map(|entry| entry.expect("a file").file_name()).collect();
    assert_eq!(names.len(), 2, "no temporary file is left: {names:?}");
    let blank = std::fs::read_to_string(folder.path().join("柳川镇2025年法治政府建设年度报告.md")).expect("written");
    assert!(blank.contains("柳川镇辖2个行政村（上渠村、下渠村）。"), "{blank}");
    assert!(faults(&blank, &Rulebook::township()).is_empty());
}

/// A person who fills in what is asked for gets a clean report.
#[test]
fn a_filled_report_is_clean() {
    let folder = folder(&[]);
    run(folder.path(), &[NEW, &["-o", "报告.md"]].concat());
    let path = folder.path().join("报告.md");
    let filled = fill(&std::fs::read_to_string(&path).expect("written"));
    std::fs::write(&path, filled).expect("a file");
    let output = command(folder.path(), &["check", "--fail-on", "warning", "报告.md"]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Fills in a blank report as a drafter would, each placeholder by what it asks for.
fn fill(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("【待填：") {
        let (what, after) = after.split_once('】').expect("the bracket is closed");
        out.push_str(before);
        let count = after.starts_with(['件', '份', '条', '次', '期', '个', '场', '名', '人', '万']);
        out.push_str(match what {
            "序号" => "3",
            "月" => "1",
            "日" | "普通程序件数" => "20",
            "受理件数" | "转办件数" | "排查件数" | "信访件数" | "案件件数" => "50",
            "办结件数" | "按期办结件数" | "化解件数" | "信访办结件数" => "49",
            "简易程序件数" => "30",
            "办结÷受理" | "化解÷排查" => "98",
            _ if count => "2",
            _ if what.contains("不足，一句话") => "普法到户次数偏少",
            "为什么会这样" => "人手少、分工不细",
            "第一件事，对应第一条不足" => "增加普法到户次数",
            _ => "由司法所牵头逐项落实，村干部和群众都说得清",
        });
        rest = after;
    }
    out + rest
}

#[test]
fn a_template_of_the_countys_own() {
    let own = "{% include \"township.md\" %}\n抄送：{{ 县 }}司法局。\n";
    let files: [(&str, &str); 5] = [
        ("模板.md", own),
        ("错词.md", "# {{ 镇 }}\n\n{{ 镇长姓名 }}\n"),
        ("没完.md", "{% if 去年 %}\n去年\n"),
        ("没有.md", "一\n{% include \"别处.md\" %}\n"),
        ("写法.md", "{{ 填写(\"件数\") }}\n"),
    ];
    let bytes: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = folder(&bytes);
    let output = rlcheck(folder.path(), &[NEW, &["--template", "模板.md", "--stdout"]].concat());
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("（此件公开发布）\n抄送：云砚县司法局。\n"));
    let others = ["错词.md", "没完.md", "没有.md", "写法.md", "不在.md"];
    let all: Vec<String> = others.iter().map(|name| run(folder.path(), &[NEW, &["--template", name]].concat())).collect();
    insta::assert_snapshot!("broken_templates", all.join("\n"));
}

/// A template that never comes to an end is stopped.
#[test]
fn a_template_cannot_run_away() {
    let book = Rulebook::township();
    let text = "{% for a in range(10000) %}{% for b in range(10000) %}{{ b }}{% endfor %}{% endfor %}";
    let error = render(Template { name: "长.md", text }, &facts("柳川镇", 2025), None, book.book()).expect_err("too long");
    assert_eq!(error.to_string(), "模板 长.md第1行：重复的次数太多，停下来了");
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = folder(&[("去年.md", "柳川镇2021年法治政府建设年度报告\n\n一、主要举措\n\n做了事。\n".as_bytes())]);
    let cases: [&[&str]; 7] = [
        &["new", "--town", "柳川", "--county", "云砚县", "--year", "2025"],
        &["new", "--town", "柳川镇", "--county", "云砚县", "--year", "明年"],
        &["new", "--town", "青溪镇", "--county", "云砚县", "--year", "2025", "--from", "去年.md", "-o", "新.md"],
        &["new", "--from", "没有.md"],
        &["new", "--template", "没有.md"],
        &["new", "--town", "柳川镇", "--county", "云砚县", "--year", "2025", "-o", "没有/新.md"],
        &["new", "--town", "柳川镇", "--yes"],
    ];
    let all: Vec<String> = cases.iter().map(|args| run(folder.path(), args)).collect();
    insta::assert_snapshot!("new_wrong", all.join("\n"));
}

#[test]
fn help() {
    let all: Vec<String> = ["new", "init", "compare"].iter().map(|command| run(project(), &[command, "--help"])).collect();
    insta::assert_snapshot!("help_new_init_compare", all.join("\n"));
}
