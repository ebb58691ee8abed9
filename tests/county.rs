//! Folders of drafts: the summary, drafts beside one another, what was found before, Ctrl-C, watching.

mod support;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use support::{command, folder, project, rlcheck, run, transcript};

const ONLY: &str = "shared-passage,shared-figures,foreign-place,missing-section,incomplete-section,rate-mismatch";

/// A report of a town with a sentence of its own.
fn report(town: &str, sentence: &str) -> String {
    format!(
        "{town}2025年法治政府建设年度报告\n\n县委、县政府：\n\n一、主要举措和成效\n\n{sentence}\n\n二、存在的不足和原因\n\n普法形式单一，原因是人手不足。\n\n\
         三、党政主要负责人履行推进法治建设第一责任人职责情况\n\n镇党委书记听取汇报四次，镇长出庭应诉一次。\n\n四、2026年主要安排\n\n每季度到村宣传一次。\n\n\
         中共{town}委员会\n\n{town}人民政府\n\n2026年1月20日\n"
    )
}

/// A folder of so many drafts, each of its own town.
fn many(count: usize) -> tempfile::TempDir {
    let texts: Vec<(String, String)> = (0..count)
        .map(|number| {
            let name = |at: usize| ["河", "湾", "岭", "坪", "渡", "泉", "桥", "禾", "谷", "峰"][at % 10];
            let town = format!("{}{}{}镇", name(number / 100), name(number / 10), name(number));
            let mut sentence = format!("受理信访事项{}件，办结{}件，办结率100%。", number + 20, number + 13);
            if number % 10 < 2 {
                _ = write!(
                    sentence,
                    "纠纷由窗口统一登记，当天研判，邻里口角交由调解员就近调处，超过{}天没有结果的提级会商，全年分流诉求{}件。",
                    number / 10 + 3,
                    number / 10 + 187
                );
            }
            (format!("{number:04}.md"), report(&town, &sentence))
        })
        .collect();
    folder(&texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

#[test]
fn a_county() {
    insta::assert_snapshot!("a_county", run(project(), &["check", "--only", ONLY, "examples/county"]));
}

#[test]
fn json_says_which_parts_there_are_and_names_the_other_draft() {
    let output = rlcheck(project(), &["--format", "json", "--only", ONLY, "examples/county"]);
    let all = json(&output.stdout);
    let draft = |name: &str| {
        let drafts = all["drafts"].as_array().expect("drafts").iter();
        drafts.into_iter().find(|draft| draft["path"].as_str().is_some_and(|path| path.contains(name))).expect("a draft").clone()
    };
    assert_eq!(draft("柏湾镇")["parts"]["duties"], "missing");
    assert_eq!(draft("青圩镇")["parts"]["shortcomings"], "incomplete");
    assert_eq!(draft("竹溪乡")["parts"]["plan"], "present");
    let shared = &draft("云渡镇")["findings"][0];
    assert_eq!(shared["rule"], "shared-passage");
    assert_eq!(shared["related"][0]["path"], "examples/county/石坪乡.txt");
    let other = std::fs::read_to_string(project().join("examples/county/石坪乡.txt")).expect("an example");
    let range = |key: &str| usize::try_from(shared["related"][0][key]["offset"].as_u64().expect("a number")).expect("small");
    assert_eq!(&other[range("start")..range("end")], shared["related"][0]["text"]);
    let rules: Vec<&str> =
        all["summary"]["rules"].as_array().expect("rules").iter().filter_map(|rule| rule["rule"].as_str()).collect();
    assert!(rules.contains(&"shared-figures") && all["summary"]["rules"][0]["drafts"] == 2, "{rules:?}");
}

#[test]
fn drafts_are_compared_in_folders_and_where_it_is_asked_for() {
    let count = |args: &[&str]| {
        let output = rlcheck(&project().join("examples/county"), args);
        String::from_utf8_lossy(&output.stdout).matches("和别的乡镇写得一样 shared-passage").count()
    };
    assert_eq!(count(&["."]), 2);
    assert_eq!(count(&["--no-siblings", "."]), 0);
    assert_eq!(count(&["云渡镇.md", "石坪乡.txt"]), 0);
    assert_eq!(count(&["--siblings", "云渡镇.md", "石坪乡.txt"]), 2);
    assert_eq!(count(&["--siblings", "云渡镇.md"]), 0);
}

#[test]
fn towns_of_the_settings_are_known() {
    let text = report("柏湾镇", "各村清理沟渠，望河街道坚持每月评比一次，望河街道积极兑现奖励。与望河街道联合巡查河道。");
    let plain = folder(&[("稿.md", text.as_bytes())]);
    let with = folder(&[("稿.md", text.as_bytes()), ("rlcheck.toml", "towns = [\"望河街道\", \"柏湾镇\"]\n".as_bytes())]);
    let found = |folder: &Path| {
        let all = json(&rlcheck(folder, &["--format", "json", "--only", "foreign-place", "稿.md"]).stdout);
        all["drafts"][0]["findings"].as_array().expect("findings").len()
    };
    assert_eq!((found(plain.path()), found(with.path())), (0, 2));
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let folder = many(12);
    std::fs::write(folder.path().join("0005.docx"), b"PK\x03\x04\x14\x00 word/document.xml").expect("a file");
    std::fs::write(folder.path().join("0007.md"), [0, 159, 146, 150, 0, 0, 7, 3]).expect("a file");
    let output = rlcheck(folder.path(), &["--format", "json", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(json(&output.stdout)["summary"]["drafts"], 11);
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 2);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = many(90);
    for format in ["human", "json"] {
        let of = |threads: &str| {
            let output =
                command(folder.path(), &["--format", format, "."]).env("RAYON_NUM_THREADS", threads).output().expect("it runs");
            (output.status.code(), output.stdout, output.stderr)
        };
        let one = of("1");
        assert_eq!(one.0, Some(1));
        assert!(String::from_utf8_lossy(&one.1).contains("shared-passage"), "{format}");
        for threads in ["2", "4", "7"] {
            assert!(of(threads) == one, "{format} on {threads} threads");
        }
    }
}

#[test]
fn what_was_found_before_is_left_out() {
    let text = report("石坪乡", "受理信访事项48件，办结46件，办结率100%。");
    let folder = folder(&[("甲/石坪乡.md", text.as_bytes()), ("甲/云渡镇.md", report("云渡镇", "清理沟渠三条。").as_bytes())]);
    let only = "rate-mismatch,missing-section,date-form";
    let mut all = String::new();
    let write = |text: &str| std::fs::write(folder.path().join("甲/石坪乡.md"), text).expect("a file");
    let mut step = |args: &[&str]| {
        let args: Vec<&str> = [args, &["--only", only, "甲"]].concat();
        let output = rlcheck(folder.path(), &args);
        all += &transcript(&args, &output);
        all.push('\n');
        output.status.code()
    };
    assert_eq!(step(&["--baseline", "上次.json"]), Some(2));
    assert_eq!(step(&["--baseline", "上次.json", "--accept-new"]), Some(0));
    assert_eq!(step(&["--baseline", "上次.json"]), Some(0));
    // Lines move, and something new comes.
    write(&text.replace("受理信访", "今年雨水多。\n\n受理信访").replace("2026年1月20日", "2026年01月20日"));
    assert_eq!(step(&["--baseline", "上次.json", "--fail-on", "warning"]), Some(1));
    // The old one is mended.
    write(&text.replace("100%", "95.8%"));
    assert_eq!(step(&["--baseline", "上次.json"]), Some(0));
    assert_eq!(step(&["--baseline", "上次.json", "--accept-new"]), Some(0));
    // It comes back, is taken in, and its draft goes.
    write(&text);
    assert_eq!(step(&["--baseline", "上次.json", "--accept-new"]), Some(0));
    std::fs::remove_file(folder.path().join("甲/石坪乡.md")).expect("it goes");
    assert_eq!(step(&["--baseline", "上次.json"]), Some(0));
    insta::assert_snapshot!("baseline", all);
}

#[test]
fn a_baseline_is_sorted_and_its_paths_start_from_it() {
    let folder = many(6);
    let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a baseline");
    std::fs::create_dir(folder.path().join("记录")).expect("a folder");
    let code = |dir: &Path, args: &[&str]| rlcheck(dir, args).status.code();
    assert_eq!(code(folder.path(), &["--baseline", "记录/b.json", "--accept-new", "--no-siblings", "."]), Some(0));
    let written = text("记录/b.json");
    let lines: Vec<&str> = written.lines().filter(|line| line.starts_with("{\"path\"")).collect();
    assert!(lines.len() >= 6 && lines.iter().all(|line| line.contains("\"../000")), "{written}");
    assert!(lines.windows(2).all(|pair| pair[0][..20] <= pair[1][..20]));
    // From another folder and in another order the drafts are the same.
    let inside = folder.path().join("记录");
    assert_eq!(code(&inside, &["--baseline", "b.json", "--accept-new", "--no-siblings", "../0003.md", "../0001.md"]), Some(0));
    assert_eq!(text("记录/b.json"), written);
    assert_eq!(code(&inside, &["--baseline", "b.json", "../0003.md"]), Some(0));
    assert_eq!(std::fs::read_dir(&inside).expect("a folder").count(), 1, "no temporary file is left");
}

#[test]
fn a_malformed_baseline_is_refused() {
    let cases =
        ["", "[]", "{\"tool\":\"rlcheck\",\"kind\":\"baseline\",\"version\":1,\"entries\":[\n{\"path\":\"a\"}\n]}\n", "\u{0}"];
    let mut all = String::new();
    for text in cases {
        let folder = folder(&[("稿.md", report("石坪乡", "清理沟渠三条。").as_bytes()), ("b.json", text.as_bytes())]);
        for args in [&["--baseline", "b.json", "稿.md"][..], &["--baseline", "b.json", "--accept-new", "稿.md"]] {
            let output = rlcheck(folder.path(), args);
            assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{text}");
            all += &String::from_utf8_lossy(&output.stderr);
        }
        assert_eq!(std::fs::read_to_string(folder.path().join("b.json")).expect("it stays"), text);
    }
    insta::assert_snapshot!("malformed_baseline", all);
}

/// Starts rlcheck with pipes.
fn start(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rlcheck"));
    command.current_dir(folder).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
    command.spawn().expect("the program starts")
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(status.success());
}

/// Waits for a child, not for ever.
fn wait(child: &mut Child) -> Option<i32> {
    for _ in 0..600 {
        if let Some(status) = child.try_wait().expect("it is a child") {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("it ends");
    panic!("the program does not end");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_run_with_what_is_done() {
    let folder = many(600);
    let mut child = start(folder.path(), &["--format", "json", "--no-siblings", "."]);
    let mut out = child.stdout.take().expect("a pipe");
    // The pipe fills up and holds the program until it is emptied.
    let mut text = vec![0; 1];
    out.read_exact(&mut text).expect("something is printed");
    std::thread::sleep(Duration::from_millis(300));
    interrupt(&child);
    std::thread::sleep(Duration::from_millis(300));
    out.read_to_end(&mut text).expect("the rest");
    assert_eq!(wait(&mut child), Some(2));
    let all = json(&text);
    let (drafts, left) =
        (all["summary"]["drafts"].as_u64().expect("a number"), all["summary"]["left"].as_u64().expect("a number"));
    assert!(drafts > 0 && left > 0 && drafts + left == 600, "{drafts} and {left}");
    assert_eq!(all["drafts"].as_array().map(Vec::len), Some(usize::try_from(drafts).expect("small")));
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert_eq!(said, format!("已中断，查了{drafts}份，剩{left}份\n"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_the_baseline_alone_and_a_second_one_ends_at_once() {
    let folder = many(600);
    let mut child = start(folder.path(), &["--no-siblings", "--baseline", "b.json", "--accept-new", "."]);
    let mut first = [0];
    child.stdout.as_mut().expect("a pipe").read_exact(&mut first).expect("something is printed");
    for _ in 0..2 {
        std::thread::sleep(Duration::from_millis(300));
        interrupt(&child);
    }
    // Nobody empties the pipe.
    assert_eq!(wait(&mut child), Some(2));
    assert!(!folder.path().join("b.json").exists());
}

/// Lines as they come.
fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || BufReader::new(from).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    receiver
}

/// Lines up to one that holds `word`.
fn until(lines: &Receiver<String>, word: &str) -> String {
    let mut all = String::new();
    loop {
        let line = lines.recv_timeout(Duration::from_secs(30)).unwrap_or_else(|_| panic!("no “{word}” comes, only:\n{all}"));
        all += &line;
        all.push('\n');
        if line.contains(word) {
            return all;
        }
    }
}

#[cfg(unix)]
#[test]
fn watching_checks_again_when_a_file_changes() {
    let wrong = report("石坪乡", "受理信访事项48件，办结46件，办结率100%。");
    let folder = folder(&[("稿/石坪乡.md", wrong.as_bytes())]);
    let path = folder.path().join("稿/石坪乡.md");
    let mut child = start(folder.path(), &["--watch", "--only", "rate-mismatch,date-form", "稿"]);
    let (out, said) = (lines(child.stdout.take().expect("a pipe")), lines(child.stderr.take().expect("a pipe")));
    assert!(until(&out, "✗").contains("rate-mismatch"));
    until(&said, "正在看着");
    // An editor that writes another file and renames it.
    let right = wrong.replace("100%", "95.8%");
    std::fs::write(folder.path().join("稿/石坪乡.md.tmp"), &right).expect("a file");
    std::fs::rename(folder.path().join("稿/石坪乡.md.tmp"), &path).expect("a name");
    until(&out, "没有发现问题");
    until(&said, "正在看着");
    // One that writes in place.
    std::fs::write(&path, right.replace("1月20日", "01月20日")).expect("a file");
    until(&out, "date-form");
    until(&said, "正在看着");
    // The settings change.
    std::fs::write(folder.path().join("稿/rlcheck.toml"), "[severity]\ndate-form = \"error\"\n").expect("a file");
    until(&out, "✗");
    until(&said, "正在看着");
    interrupt(&child);
    assert_eq!(wait(&mut child), Some(1));
    assert!(out.try_iter().all(|line| !line.contains('\u{1b}')), "no terminal, no clearing of the screen");
}

#[test]
fn standard_input_cannot_be_watched() {
    let folder = folder(&[]);
    insta::assert_snapshot!("watch_stdin", run(folder.path(), &["--watch", "-"]));
}
