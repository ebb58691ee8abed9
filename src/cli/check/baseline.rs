//! `--baseline` and `--accept-new`: what was found before is left out, or taken in.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use rlcheck::baseline::{Baseline, Entry};

use super::super::input::{self, Input};
use super::Args;

/// What was found before, and what a run finds of it.
pub(super) struct Known {
    path: PathBuf,
    /// The folder of the file, whole.
    folder: PathBuf,
    pub(super) baseline: Baseline,
}

/// What a run finds of what was found before.
#[derive(Default)]
pub(super) struct Notes {
    /// What `--accept-new` writes.
    accepted: Option<Baseline>,
    /// What was mended.
    fixed: usize,
    /// What is new and was taken in.
    taken: usize,
}

impl Known {
    /// Reads the baseline, if one is asked for.
    ///
    /// # Errors
    /// A message that names the file: it is not there, or it is no baseline.
    pub(super) fn load(args: &Args) -> Result<Option<Self>, String> {
        let Some(path) = &args.baseline else { return Ok(None) };
        let shown = path.display();
        let baseline = match std::fs::read(path) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).map_err(|_| format!("{shown}：不是 rlcheck 写的基线文件"))?;
                Baseline::parse(&text).map_err(|message| format!("{shown}：{message}"))?
            }
            Err(error) if error.kind() == ErrorKind::NotFound && args.accept_new => Baseline::default(),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(format!("{shown}：找不到这个基线文件；第一次用，加 --accept-new 写一份"));
            }
            Err(error) => return Err(format!("{shown}：{}", input::reason(&error))),
        };
        let whole = std::path::absolute(path).map_err(|error| format!("{shown}：{}", input::reason(&error)))?;
        let folder = normal(whole.parent().unwrap_or(Path::new("")));
        Ok(Some(Self { path: path.clone(), folder, baseline }))
    }

    /// The name of a draft in the baseline: its path from the folder of the baseline, with strokes as on every system.
    pub(super) fn name(&self, input: &Input) -> String {
        let Input::File(path) = input else { return "-".to_owned() };
        let whole = normal(&std::path::absolute(path).unwrap_or_else(|_| path.clone()));
        let shared = whole.components().zip(self.folder.components()).take_while(|(one, other)| one == other).count();
        let up = self.folder.components().skip(shared).map(|_| "..".to_owned());
        let down = whole.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    /// Notes for a run, which `--accept-new` has written in the end.
    pub(super) fn notes(&self, accept: bool) -> Notes {
        Notes { accepted: accept.then(|| self.baseline.clone()), ..Notes::default() }
    }

    /// What there is to say in the end: what was mended, and which drafts are gone.
    pub(super) fn stale(&self, notes: &Notes) -> Vec<String> {
        let mut said = Vec::new();
        if notes.fixed > 0 && notes.accepted.is_none() {
            said.push(format!("{}：里面有{}处已经改好；加 --accept-new 去掉它们", self.path.display(), notes.fixed));
        }
        let gone: Vec<&str> = self.baseline.paths().filter(|path| *path != "-" && !self.folder.join(path).exists()).collect();
        if let Some(first) = gone.first() {
            let more = if gone.len() > 1 { format!("等{}份稿件", gone.len()) } else { String::new() };
            said.push(format!("{}：里面的 {first}{more}已经不在", self.path.display()));
        }
        said
    }

    /// Writes the new baseline, if it is asked for; says what it did.
    ///
    /// # Errors
    /// A message that names the file.
    pub(super) fn write(&self, notes: &Notes) -> Result<Option<String>, String> {
        let Some(accepted) = &notes.accepted else { return Ok(None) };
        input::write(&self.path, accepted.write().as_bytes())?;
        let fixed = if notes.fixed > 0 { format!("，去掉已经改好的{}处", notes.fixed) } else { String::new() };
        Ok(Some(format!("{}：记下新的{}处{fixed}，现有{}处", self.path.display(), notes.taken, accepted.len())))
    }
}

impl Notes {
    /// Notes what a draft has and what of before it has no more.
    pub(super) fn note(&mut self, name: &str, found: Vec<Entry>, fixed: &[Entry], new: usize) {
        self.fixed += fixed.len();
        self.taken += new;
        if let Some(accepted) = &mut self.accepted {
            accepted.accept(name, found, fixed);
        }
    }
}

/// A path without `.` and `..`, as far as its words tell.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
