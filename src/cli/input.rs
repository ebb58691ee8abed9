//! Finding and reading the files that the user names.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rlcheck::Draft;
use rlcheck::draft::MAX_PACKAGE;
use rlcheck::text::{MAX_BYTES, OfficeFormat, is_package};

/// Where a draft comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// Standard input (`-`).
    Stdin,
    /// A file, by the path as the user wrote it.
    File(PathBuf),
}

impl Input {
    /// What an argument names: a file, or standard input for `-`.
    pub(super) fn of(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path.to_owned()) }
    }
}

/// Endings of the files that a folder's drafts have.
const ENDINGS: [&str; 5] = ["md", "markdown", "txt", "text", "docx"];

/// The drafts that the arguments name, in a stable order, and a message for each argument that names none. In folders,
/// files that have to be converted are drafts only if `convert` says so.
pub(super) fn collect(paths: &[PathBuf], convert: bool) -> (Vec<Input>, Vec<String>) {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let drafts = folder(path, convert, &mut errors);
            if drafts.is_empty() {
                errors.push(format!("{}：文件夹里没有稿件（.docx、.md 或 .txt 文件）", path.display()));
            }
            inputs.extend(drafts.into_iter().map(Input::File));
        } else {
            inputs.push(Input::of(path));
        }
    }
    let mut seen = std::collections::HashSet::new();
    inputs.retain(|input| match input {
        Input::Stdin => true,
        Input::File(path) => seen.insert(path.clone()),
    });
    (inputs, errors)
}

fn folder(root: &Path, convert: bool, errors: &mut Vec<String>) -> Vec<PathBuf> {
    let mut drafts = Vec::new();
    for entry in ignore::WalkBuilder::new(root).require_git(false).sort_by_file_path(Ord::cmp).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_draft(entry.path(), convert) => {
                drafts.push(entry.into_path());
            }
            Ok(_) => {}
            Err(_) => errors.push(format!("{}：里面有打不开的文件夹，已跳过", root.display())),
        }
    }
    drafts
}

/// A file with a draft's ending that is no README, no lock file of Word's (`~$稿.docx`) and nothing that rlcheck wrote
/// beside a draft.
fn is_draft(path: &Path, convert: bool) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let own = stem.starts_with("~$") || BESIDE.iter().any(|kind| stem.ends_with(kind));
    let known =
        |ending: String| ENDINGS.contains(&ending.as_str()) || convert && super::office::ENDINGS.contains(&ending.as_str());
    ending.is_some_and(known) && !own && !["README", "CHANGELOG", "LICENSE"].contains(&stem)
}

/// What stands before the ending of a Word file that rlcheck writes beside a draft: comments, tracked changes, changes.
pub(super) const BESIDE: [&str; 3] = [".批注", ".修订", ".已改"];

/// Where the answer to a Word draft is written: beside it, with one of [`BESIDE`] in its name. An answer that is
/// checked again is written anew.
pub(super) fn beside(path: &Path, kind: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{}{kind}.docx", stem.strip_suffix(kind).unwrap_or(&stem)))
}

/// Writes the answer to a Word draft. What stands there already is replaced if rlcheck wrote it and nobody has changed
/// it since, or if the user insists.
///
/// # Errors
/// A message that names the file.
pub(super) fn write_beside(path: &Path, bytes: &[u8], force: bool) -> Result<(), String> {
    let own = || std::fs::read(path).is_ok_and(|old| rlcheck::word::is_own(&old));
    if !force && path.exists() && !own() {
        return Err(format!("{}：已经有这个文件，而且改动过，没有覆盖；确实要覆盖请加 --force", path.display()));
    }
    write(path, bytes)
}

/// Reads a draft.
///
/// # Errors
/// A message that names the file and says what to do.
pub(super) fn read(input: &Input) -> Result<Draft, String> {
    let name = name(input);
    let bytes = bytes(input).map_err(|message| format!("{name}：{message}"))?;
    parse(&name, &bytes)
}

/// Reads a draft from the bytes of a file.
///
/// # Errors
/// A message that names the file and says what to do.
pub(super) fn parse(name: &str, bytes: &[u8]) -> Result<Draft, String> {
    Draft::parse(name, bytes).map_err(|error| format!("{name}：{error}"))
}

/// The bytes of a draft, no more of them than can be a draft's.
///
/// # Errors
/// A message without the name of the file.
pub(super) fn bytes(input: &Input) -> Result<Vec<u8>, String> {
    match input {
        Input::Stdin => take(std::io::stdin().lock(), 0),
        Input::File(path) => std::fs::File::open(path).and_then(|file| {
            let length = file.metadata()?.len();
            take(file, length)
        }),
    }
    .map_err(|error| reason(&error))
}

/// As much of a file as can be a draft's, and a byte more, which tells that it is too large. So long a file is read in few pieces.
fn take(mut from: impl Read, length: u64) -> std::io::Result<Vec<u8>> {
    let most = MAX_BYTES + 1;
    let mut bytes = Vec::with_capacity(most.min(length as usize + 1));
    from.by_ref().take(most as u64).read_to_end(&mut bytes)?;
    if (is_package(&bytes) || OfficeFormat::of(&bytes).is_some()) && bytes.len() == most {
        // Pictures make a Word file large.
        from.take(MAX_PACKAGE + 1 - most as u64).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The name of a draft to show.
pub(super) fn name(input: &Input) -> String {
    match input {
        Input::Stdin => "标准输入".to_owned(),
        Input::File(path) => path.display().to_string(),
    }
}

/// Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
///
/// # Errors
/// A message that names the file.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    /// Files are written side by side, each in a temporary one of its own.
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = folder.join(format!(".rlcheck-{}-{count}.tmp", std::process::id()));
    let written = std::fs::write(&temporary, bytes)
        .and_then(|()| match std::fs::metadata(path) {
            Ok(old) => std::fs::set_permissions(&temporary, old.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| std::fs::rename(&temporary, path));
    written.map_err(|error| {
        _ = std::fs::remove_file(&temporary);
        format!("{}：没有写成，原文件没有动：{}", path.display(), reason(&error))
    })
}

/// Why a file cannot be read, in Chinese.
pub(super) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "找不到这个文件，请检查路径和文件名".to_owned(),
        ErrorKind::PermissionDenied => "没有权限打开；如果正在 Word 或 WPS 里编辑，请先关闭".to_owned(),
        ErrorKind::IsADirectory => "这是文件夹".to_owned(),
        ErrorKind::NotADirectory => "找不到这个文件：路径里有一段是文件，不是文件夹".to_owned(),
        ErrorKind::StorageFull => "磁盘满了，腾出地方再试".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "这个磁盘只能读，不能写，换一个地方再试".to_owned(),
        ErrorKind::AlreadyExists => "已经有同名文件".to_owned(),
        _ => format!(
            "读写出错（{}）",
            error.raw_os_error().map_or_else(|| "未知原因".to_owned(), |code| format!("系统错误 {code}"))
        ),
    }
}
