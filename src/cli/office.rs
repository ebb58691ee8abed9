//! `--convert`: files of other office programs, turned into Word files by the LibreOffice that is on the machine.
//!
//! Everything happens in a temporary folder that goes away again: the copy that is converted, the result, and a profile
//! of its own, in which macros do not run and nothing is fetched from the net.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rlcheck::Draft;
use rlcheck::draft::MAX_PACKAGE;
use rlcheck::text::OfficeFormat;

use super::input;

/// Endings of the files that are drafts with `--convert` only.
pub(super) const ENDINGS: [&str; 4] = ["doc", "wps", "odt", "rtf"];

/// How long one file may take.
const LIMIT: Duration = Duration::from_mins(2);

/// How often it is looked whether LibreOffice has finished.
const PAUSE: Duration = Duration::from_millis(40);

/// The settings of LibreOffice's profile: no macros, no pictures from elsewhere, no update of links.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

/// Reads a draft, by way of LibreOffice where `convert` says so and the file needs it. With it comes the Word file that
/// it was read from, if that is not `bytes`.
///
/// # Errors
/// A message that names the file and says what to do.
pub(super) fn parse(name: &str, bytes: &[u8], convert: bool) -> Result<(Draft, Option<Vec<u8>>), String> {
    let Some(format) = OfficeFormat::of(bytes).filter(|_| convert) else {
        return input::parse(name, bytes).map(|draft| (draft, None));
    };
    let program = program().ok_or_else(|| {
        format!("{name}：没有找到 LibreOffice，不能用 --convert；请装上 LibreOffice，或者用 Word、WPS 另存为 .docx 再检查")
    })?;
    let word = converted(&program, format, bytes).map_err(|message| format!("{name}：{message}"))?;
    Ok((input::parse(name, &word)?, Some(word)))
}

/// Where the comments on a converted draft are written: beside it, as `稿.批注.docx`; as `稿.doc.批注.docx` where another
/// draft bears the same name.
pub(super) fn beside(path: &Path) -> PathBuf {
    let twin = |ending: &&str| {
        let other = path.with_extension(ending);
        other != path && other.exists()
    };
    if ENDINGS.iter().chain(&["docx"]).any(twin) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.with_file_name(format!("{name}.批注.docx"))
    } else {
        input::beside(path, ".批注")
    }
}

/// A file as a Word file.
fn converted(program: &Path, format: OfficeFormat, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let folder = tempfile::Builder::new().prefix("rlcheck-").tempdir().map_err(|error| input::reason(&error))?;
    let (profile, from) = (folder.path().join("profile"), folder.path().join(format!("draft.{}", format.ending())));
    let prepared = std::fs::create_dir_all(profile.join("user"))
        .and_then(|()| std::fs::write(profile.join("user/registrymodifications.xcu"), PROFILE))
        .and_then(|()| std::fs::write(&from, bytes));
    prepared.map_err(|error| format!("临时文件夹写不进去：{}", input::reason(&error)))?;
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation={}", url(&profile)))
        .args(["--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"])
        .args(["--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(folder.path())
        .arg(&from)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    own_group(&mut command);
    let mut child = command.spawn().map_err(|error| format!("LibreOffice 启动不了：{}", input::reason(&error)))?;
    if !ended(&mut child, LIMIT) {
        end(&mut child);
        return Err(format!(
            "LibreOffice 转换超过{}秒还没有完成，已经停止；请用 Word 或 WPS 另存为 .docx 再检查",
            LIMIT.as_secs()
        ));
    }
    let to = folder.path().join("draft.docx");
    let failed = || "LibreOffice 打不开这个文件，可能已经损坏或者加了密码；请用 Word 或 WPS 另存为 .docx 再检查".to_owned();
    match std::fs::metadata(&to) {
        Ok(data) if data.len() <= MAX_PACKAGE => std::fs::read(&to).map_err(|_| failed()),
        _ => Err(failed()),
    }
}

/// Waits for a program, no longer than `limit`; whether it has ended.
fn ended(child: &mut Child, limit: Duration) -> bool {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(None) if begun.elapsed() < limit => std::thread::sleep(PAUSE),
            Ok(None) => return false,
            // What it wrote is looked at anyway.
            Ok(Some(_)) | Err(_) => return true,
        }
    }
}

/// Gives the program a process group of its own: it starts others, which have to end with it.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Ends a program and all that it has started.
fn end(child: &mut Child) {
    let id = child.id().to_string();
    let mut killer = if cfg!(windows) {
        let mut killer = Command::new("taskkill");
        killer.args(["/T", "/F", "/PID", &id]);
        killer
    } else {
        let mut killer = Command::new("kill");
        killer.args(["-KILL", "--", &format!("-{id}")]);
        killer
    };
    _ = killer.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    _ = child.kill();
    _ = child.wait();
}

/// Where LibreOffice is: on the path, or where it is usually put.
fn program() -> Option<PathBuf> {
    let names: &[&str] = if cfg!(windows) { &["soffice.com", "soffice.exe"] } else { &["soffice", "libreoffice"] };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
    if cfg!(windows) {
        let roots = ["ProgramFiles", "ProgramFiles(x86)", "ProgramW6432"];
        folders.extend(roots.iter().filter_map(std::env::var_os).map(|root| PathBuf::from(root).join("LibreOffice/program")));
    } else if cfg!(target_os = "macos") {
        folders.push(PathBuf::from("/Applications/LibreOffice.app/Contents/MacOS"));
    }
    folders.iter().flat_map(|folder| names.iter().map(move |name| folder.join(name))).find(|program| program.is_file())
}

/// A path as LibreOffice wants it.
fn url(path: &Path) -> String {
    use std::fmt::Write;
    let path = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'-' | b'_' | b'.' | b'~' => url.push(char::from(byte)),
            _ => _ = write!(url, "%{byte:02X}"),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_urls() {
        assert_eq!(url(Path::new("/tmp/稿 1/a")), "file:///tmp/%E7%A8%BF%201/a");
        assert_eq!(url(Path::new(r"C:\Users\王\Temp")), "file:///C:/Users/%E7%8E%8B/Temp");
    }

    #[test]
    #[cfg(unix)]
    fn what_takes_too_long_is_ended() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & sleep 60"]);
        own_group(&mut command);
        let mut child = command.spawn().expect("sh starts");
        let begun = Instant::now();
        assert!(!ended(&mut child, Duration::from_millis(50)));
        end(&mut child);
        assert!(child.try_wait().expect("a status").is_some());
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
