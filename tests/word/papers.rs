//! Word files that rlcheck writes: blank reports and finished drafts.

use std::path::Path;
use std::process::Command;

use rlcheck::scaffold::paper;
use rlcheck::{Draft, Rulebook, check};

fn example(path: &str) -> Draft {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("an example");
    Draft::parse(path, &bytes).expect("text")
}

#[test]
fn a_converted_draft_has_the_same_findings_and_the_right_form() {
    let book = Rulebook::township();
    let said = |draft: &Draft| check(draft, &book).into_iter().map(|found| (found.rule, found.message)).collect::<Vec<_>>();
    for path in ["examples/clean.md", "examples/faulty.md", "examples/plain.txt", "examples/two-years/2025.md"] {
        let draft = example(path);
        let bytes = paper(&draft);
        assert_eq!(bytes, paper(&draft), "the same bytes each time");
        let word = Draft::parse(path, &bytes).expect("a Word file");
        // Paragraphs that the source had cut are whole now.
        let mended = |found: &(String, String)| !matches!(&*found.0, "broken-paragraph" | "repeated-text" | "leftover-text");
        let wanted: Vec<_> = said(&draft).into_iter().filter(mended).collect();
        let found: Vec<_> = said(&word).into_iter().filter(mended).collect();
        assert_eq!(found, wanted, "{path}\n{}", word.source.text());
    }
}

#[test]
fn blank_reports_and_converted_drafts_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let output =
            assert_cmd::Command::cargo_bin("rlcheck").expect("the program is built").current_dir(&folder).args(args).output();
        let output = output.expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
    };
    let (code, said) = run(&["new", "--year", "2025", "--town", "柳川镇", "--county", "云砚县", "--yes", "--docx"]);
    assert!(code == Some(0) && said.contains(".docx"), "{said}");
    let path = folder.path().join("柳川镇2025年法治政府建设年度报告.docx");
    let bytes = std::fs::read(path).expect("the file");
    let draft = Draft::parse("", &bytes).expect("a Word file");
    guidance_stands_in_the_margin(&bytes);
    assert!(draft.source.text().contains("【待填：") && !draft.source.text().contains("<!--"), "{}", draft.source.text());
    let form = ["page-layout", "page-fonts", "metadata", "unfinished-edits"];
    assert!(check(&draft, &Rulebook::township()).iter().all(|found| !form.contains(&found.rule.as_str())));
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clean.md"), folder.path().join("稿.md")).expect("a copy");
    assert_eq!(run(&["convert", "稿.md"]).0, Some(0));
    assert_eq!(run(&["--fail-on", "info", "稿.docx"]).0, Some(0));
    let (code, said) = run(&["convert", "稿.md"]);
    assert!(code == Some(2) && said.contains("已经有这个文件"), "{said}");
    let (code, said) = run(&["convert", "稿.docx", "新.docx"]);
    assert!(code == Some(2) && said.contains("已经是 Word 文件"), "{said}");
}

/// The guidance is in comments, each at the head or the paragraph that it is about.
fn guidance_stands_in_the_margin(bytes: &[u8]) {
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
        std::io::read_to_string(archive.by_name(name).expect("a part")).expect("its text")
    };
    let (comments, document) = (part("word/comments.xml"), part("word/document.xml"));
    assert!(comments.matches("<w:comment ").count() > 20 && !comments.contains("<!--"), "{comments}");
    for (words, near) in
        [("发文字号：代字", "〔2026〕"), ("写什么：履职事项清单", "对照履职事项清单"), ("附注：4月1日前公开", "此件公开发布")]
    {
        let before = comments.split_once(words).expect("the guidance").0;
        let id = before.rsplit_once("<w:comment w:id=\"").expect("a comment").1.split('"').next().expect("its id");
        let marked = document.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).expect("its place").1;
        let marked = marked.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).expect("its end").0;
        assert!(marked.contains(near), "{words}: {marked}");
    }
    assert!(!rlcheck::word::is_own(bytes), "the drafter's own from the start");
}

/// Whether a program is there; where it is not, its test is passed over.
pub(crate) fn has(program: &str, arg: &str) -> bool {
    Command::new(program).arg(arg).output().is_ok_and(|output| output.status.success())
}

/// The rules and messages of the rules that look at the text.
fn of_text(bytes: &[u8]) -> Vec<(String, String)> {
    let draft = Draft::parse("", bytes).expect("a draft");
    let found = check(&draft, &Rulebook::township()).into_iter();
    let form = |rule: &str| rule.starts_with("page-") || matches!(rule, "metadata" | "unfinished-edits");
    found.filter(|found| !form(&found.rule)).map(|found| (found.rule, found.message)).collect()
}

#[test]
fn pandoc_files_are_read() {
    if !has("pandoc", "--version") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for path in ["examples/clean.md", "examples/faulty.md"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let to = folder.path().join("稿.docx");
        assert!(Command::new("pandoc").arg(&from).arg("-o").arg(&to).status().expect("pandoc starts").success());
        let word = std::fs::read(&to).expect("the file");
        let kept = |found: &(String, String)| !matches!(&*found.0, "broken-paragraph" | "repeated-text" | "punctuation");
        let wanted: Vec<_> = of_text(&std::fs::read(&from).expect("an example")).into_iter().filter(kept).collect();
        assert_eq!(of_text(&word).into_iter().filter(kept).collect::<Vec<_>>(), wanted, "{path}");
    }
}

#[test]
fn python_docx_files_are_read() {
    const SCRIPT: &str = "import docx, sys\nd = docx.Document()\nfor line in open(sys.argv[1], encoding='utf-8'):\n    line = line.strip()\n    \
                          if line.startswith('#'):\n        d.add_heading(line.lstrip('# '), len(line) - len(line.lstrip('#')))\n    \
                          elif line and not line.startswith('|'):\n        p = d.add_paragraph()\n        \
                          [p.add_run(line[i:i + 5]) for i in range(0, len(line), 5)]\nd.save(sys.argv[2])\n";
    if !Command::new("python3").args(["-c", "import docx"]).output().is_ok_and(|output| output.status.success()) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clean.md");
    let to = folder.path().join("稿.docx");
    assert!(Command::new("python3").args(["-c", SCRIPT]).arg(&from).arg(&to).status().expect("python starts").success());
    assert_eq!(of_text(&std::fs::read(&to).expect("the file")), []);
}

const OUTLINE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:styles><text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."/><text:outline-level-style text:level="2" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/></text:outline-style></office:styles><office:body><office:text><text:p>柳川镇2025年法治政府建设年度报告</text:p><text:h text:outline-level="1">主要举措和成效</text:h><text:h text:outline-level="2">加强学习</text:h><text:p>全年<text:span>开展</text:span>普法活动12场。<text:note text:id="n" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>含线上3场。</text:p></text:note-body></text:note></text:p><text:h text:outline-level="2">公开政务</text:h><text:h text:outline-level="1">存在的不足和原因</text:h><text:h text:outline-level="2">不足</text:h></office:text></office:body></office:document>"#;

/// An office program opens what rlcheck wrote, finds the comments at their characters, and what it saves is read the same.
#[test]
fn libreoffice_opens_the_answers() {
    if !has("soffice", "--version") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let draft = example("examples/faulty.md");
    let bytes = paper(&draft);
    let word = Draft::parse("", &bytes).expect("a Word file");
    let findings = check(&word, &Rulebook::township());
    let commented = rlcheck::word::comment(&bytes, &findings).expect("a commented file");
    std::fs::write(file("批.docx"), &commented).expect("a file");
    std::fs::write(file("稿.docx"), &bytes).expect("a file");
    let convert = |kind: &str, name: &str| {
        let profile = format!("-env:UserInstallation=file://{}", file("profile").display());
        let mut command = Command::new("soffice");
        command.arg(profile).args(["--headless", "--convert-to", kind, "--outdir"]).arg(file("出")).arg(file(name));
        assert!(command.output().expect("LibreOffice starts").status.success());
    };
    convert("fodt", "批.docx");
    convert("docx", "稿.docx");
    std::fs::write(file("纲.fodt"), OUTLINE).expect("a file");
    convert("docx", "纲.fodt");
    let outline = Draft::parse("", &std::fs::read(file("出/纲.docx")).expect("the converted file")).expect("a Word file");
    let text = outline.source.text().replace([' ', '\t'], "");
    assert_eq!(
        text.trim_end(),
        "柳川镇2025年法治政府建设年度报告\n一、主要举措和成效\n（一）加强学习\n全年开展普法活动12场。\n含线上3场。\n（二）公开政务\n二、存在的不足和原因\n（一）不足"
    );
    let text = std::fs::read_to_string(file("出/批.fodt")).expect("the converted file");
    assert_eq!(text.matches("<office:annotation ").count(), findings.len());
    for found in findings.iter().filter(|found| found.rule == "wrong-term") {
        let words = word.source.slice(found.span);
        assert!(text.contains(&format!("</office:annotation>{words}<office:annotation-end")), "{words}");
    }
    let again = std::fs::read(file("出/稿.docx")).expect("the converted file");
    assert_eq!(of_text(&again), of_text(&bytes));
}
