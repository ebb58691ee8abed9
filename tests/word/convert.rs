//! `--convert`: drafts of other office programs, by way of LibreOffice.

use std::path::Path;
use std::process::Command;

use rlcheck::Draft;
use rlcheck::scaffold::paper;

fn rlcheck(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("rlcheck").expect("the program is built");
    let output = command.current_dir(folder).args(args).output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

#[test]
fn without_the_flag_the_file_is_named_and_the_flag_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("稿.doc"), OLE).expect("a file");
    std::fs::write(folder.path().join("稿.rtf"), "{\\rtf1 报告}").expect("a file");
    for name in ["稿.doc", "稿.rtf"] {
        let (code, _, said) = rlcheck(folder.path(), &[name]);
        assert_eq!(code, Some(2));
        assert!(said.contains("另存为") && said.contains("--convert"), "{said}");
    }
}

#[test]
#[cfg(unix)]
fn without_libreoffice_the_message_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("稿.doc"), OLE).expect("a file");
    let mut command = assert_cmd::Command::cargo_bin("rlcheck").expect("the program is built");
    let output = command.current_dir(&folder).env("PATH", folder.path()).args(["稿.doc", "--convert"]).output();
    let output = output.expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("稿.doc：没有找到 LibreOffice"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_libreoffice_that_gives_nothing_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("稿.doc"), OLE).expect("a file");
    let program = folder.path().join("soffice");
    std::fs::write(&program, "#!/bin/sh\nexit 0\n").expect("a program");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let mut command = assert_cmd::Command::cargo_bin("rlcheck").expect("the program is built");
    let output = command.current_dir(&folder).env("PATH", folder.path()).args(["稿.doc", "--convert"]).output();
    let output = output.expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("LibreOffice 打不开这个文件"));
}

#[test]
fn old_files_are_checked_as_their_word_file_is() {
    if !crate::papers::has("soffice", "--version") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let markdown = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/faulty.md")).expect("an example");
    std::fs::write(file("稿.docx"), paper(&Draft::parse("稿.md", &markdown).expect("text"))).expect("a file");
    for kind in ["doc", "odt", "rtf"] {
        let profile = format!("-env:UserInstallation=file://{}", file(".profile").display());
        let mut command = Command::new("soffice");
        command.arg(profile).args(["--headless", "--convert-to", kind, "--outdir"]).arg(file("稿件")).arg(file("稿.docx"));
        assert!(command.output().expect("LibreOffice starts").status.success());
    }
    // WPS writes the same inside as Word did.
    std::fs::copy(file("稿件/稿.doc"), file("稿件/另一稿.wps")).expect("a file");
    let drafts = file("稿件");
    let before = names(&drafts);
    assert_eq!(before, ["另一稿.wps", "稿.doc", "稿.odt", "稿.rtf"]);

    let said = |name: &str| {
        let place = if name.ends_with("docx") { folder.path() } else { &drafts };
        let (code, out, err) = rlcheck(place, &["--format", "json", "--convert", name]);
        assert_eq!(code, Some(1), "{name}: {err}");
        let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(json["drafts"][0]["path"], name);
        let findings = json["drafts"][0]["findings"].as_array().expect("findings").clone();
        let form = |rule: &str| ["page-fonts", "page-layout", "metadata"].contains(&rule);
        let of = |found: &serde_json::Value| (found["rule"].as_str().unwrap_or_default().to_owned(), found["text"].to_string());
        findings.iter().map(of).filter(|(rule, _)| !form(rule)).collect::<Vec<_>>()
    };
    let wanted = said("稿.docx");
    assert!(wanted.len() > 10);
    for name in &before {
        assert_eq!(said(name), wanted, "{name}");
    }
    assert_eq!(names(&drafts), before, "nothing is written beside the drafts");

    let (code, _, err) = rlcheck(&drafts, &["."]);
    assert_eq!((code, err.contains("没有稿件")), (Some(2), true), "{err}");
    let (code, out, err) = rlcheck(folder.path(), &["稿件", "--convert", "--comments"]);
    assert_eq!(code, Some(1), "{err}");
    assert!(before.iter().all(|name| out.contains(name.as_str())), "{out}");
    let written = ["另一稿.批注.docx", "稿.doc.批注.docx", "稿.odt.批注.docx", "稿.rtf.批注.docx"];
    for name in written {
        let bytes = std::fs::read(drafts.join(name)).expect("the commented file");
        assert!(rlcheck::word::is_own(&bytes), "{name}");
    }
}
