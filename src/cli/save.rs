//! Writing a new file: whole or not at all, and never over another.

use std::io::Write;
use std::path::Path;

use super::input::reason;

/// Writes `text` to a file that does not exist yet.
///
/// # Errors
/// A message that names the file.
pub(super) fn save(path: &Path, text: &str) -> Result<(), String> {
    let taken = |path: &Path| std::fs::symlink_metadata(path).is_ok();
    let shown = path.display();
    if taken(path) {
        return Err(format!("{shown}：已经有这个文件，没有改动它；要另存请用 -o 换个名字"));
    }
    let name = path.file_name().ok_or_else(|| format!("{shown}：要写文件名"))?.to_string_lossy();
    let aside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&aside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&aside, path)
    };
    write().map_err(|error| {
        _ = std::fs::remove_file(&aside);
        match error.kind() {
            std::io::ErrorKind::NotFound => format!("{shown}：没有这个文件夹，请先建好"),
            std::io::ErrorKind::PermissionDenied => format!("{shown}：这个文件夹不让写，请换个地方"),
            _ => format!("{shown}：{}", reason(&error)),
        }
    })
}

/// A path as it is typed in a command.
pub(super) fn typed(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(char::is_whitespace) { format!("\"{shown}\"") } else { shown }
}
