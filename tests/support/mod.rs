//! What the tests of the command line share: a program run with a scrubbed environment, its transcript, folders of drafts.

#![allow(dead_code)]

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

/// Runs rlcheck in `folder` with nothing of the environment that changes its output.
pub(crate) fn rlcheck(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("the program starts")
}

pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("rlcheck").expect("the program is built");
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("COLUMNS").args(args);
    command
}

pub(crate) fn transcript(args: &[&str], output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut out = format!("$ rlcheck {}\n{}", args.join(" "), text(&output.stdout));
    if !output.stderr.is_empty() {
        out += "--- stderr\n";
        out += &text(&output.stderr);
    }
    format!("{out}--- exit {}\n", output.status.code().map_or_else(|| "signal".to_owned(), |code| code.to_string()))
}

pub(crate) fn run(folder: &Path, args: &[&str]) -> String {
    transcript(args, &rlcheck(folder, args))
}

pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the given files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("in the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}
