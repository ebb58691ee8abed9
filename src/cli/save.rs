//! Writing a new file: whole or not at all, and never over another.

use std::path::Path;

use super::input;

/// Writes `bytes` to a file that does not exist yet; `instead` says what to do where it does.
///
/// # Errors
/// A message that names the file.
pub(super) fn save(path: &Path, bytes: &[u8], instead: &str) -> Result<(), String> {
    let shown = path.display();
    if std::fs::symlink_metadata(path).is_ok() {
        return Err(format!("{shown}：已经有这个文件，没有改动它；{instead}"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(format!("{shown}：没有这个文件夹，请先建好"));
    }
    input::write(path, bytes)
}

/// A path as it is typed in a command.
pub(super) fn typed(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(char::is_whitespace) { format!("\"{shown}\"") } else { shown }
}
