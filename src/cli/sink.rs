//! Where output goes: standard output, or a file that is written whole or not at all.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::input::{self, Input};
use super::print;

/// Where output goes.
#[derive(Debug)]
pub(super) enum Sink {
    /// Standard output, at once.
    Stdout,
    /// A temporary file, which takes the name of the wanted one in the end.
    File {
        /// The wanted file.
        path: PathBuf,
        /// The one that is written until then.
        temporary: Temporary,
        /// What writes it.
        out: BufWriter<File>,
        /// What went wrong first.
        failed: Option<std::io::Error>,
    },
}

/// A file that goes away unless it is kept.
#[derive(Debug)]
pub(super) struct Temporary {
    path: PathBuf,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Gone already where it has taken its name.
        _ = std::fs::remove_file(&self.path);
    }
}

impl Sink {
    /// Opens a file, or standard output where none is named.
    ///
    /// # Errors
    /// A message that names the file: it is there already, or it is one of the drafts, or it cannot be written.
    pub(super) fn open(path: Option<&Path>, force: bool, drafts: &[Input]) -> Result<Self, String> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        let shown = path.display();
        if path.is_dir() {
            return Err(format!("{shown}：这是文件夹，请写文件名"));
        }
        if let Ok(real) = path.canonicalize() {
            let same =
                |draft: &Input| matches!(draft, Input::File(draft) if draft.canonicalize().is_ok_and(|draft| draft == real));
            if drafts.iter().any(same) {
                return Err(format!("{shown}：这是要检查的稿件，不能拿结果盖掉它；请换一个文件名"));
            }
        }
        if !force && std::fs::symlink_metadata(path).is_ok() {
            return Err(format!("{shown}：已经有这个文件，没有改动它；要覆盖它，加 --force"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(format!("{shown}：没有这个文件夹，请先建好"));
        }
        let temporary = folder.join(format!(".rlcheck-{}-out.tmp", std::process::id()));
        let file = File::create(&temporary).map_err(|error| format!("{shown}：{}", input::reason(&error)))?;
        let temporary = Temporary { path: temporary };
        Ok(Self::File { path: path.to_owned(), temporary, out: BufWriter::new(file), failed: None })
    }

    /// Writes. What goes wrong with a file is told in the end.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        match self {
            Self::Stdout => print(bytes),
            Self::File { out, failed, .. } => {
                if let (None, Err(error)) = (&failed, out.write_all(bytes)) {
                    *failed = Some(error);
                }
            }
        }
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// A message that names the file.
    pub(super) fn finish(self) -> Result<(), String> {
        let Self::File { path, temporary, mut out, failed } = self else { return Ok(()) };
        let written = failed.map_or(Ok(()), Err).and_then(|()| out.flush());
        // An open file cannot be renamed everywhere.
        drop(out);
        let kept = written.and_then(|()| std::fs::rename(&temporary.path, &path));
        kept.map_err(|error| format!("{}：没有写成：{}", path.display(), input::reason(&error)))
    }
}
