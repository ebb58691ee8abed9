//! `rlcheck convert`: a finished draft as a Word file in the form of GB/T 9704.

use std::path::{Path, PathBuf};

use rlcheck::scaffold::paper;

use super::input::{self, Input};
use super::save::save;
use super::{Outcome, complain, print};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 写好的稿件（.md、.txt），或 - 表示标准输入
    #[arg(value_name = "稿件", help_heading = "参数")]
    from: PathBuf,
    /// 写到哪个 .docx 文件（不写就和稿件同名）
    #[arg(value_name = "Word 文件", help_heading = "参数")]
    to: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    match write(args) {
        Ok(path) => {
            print(&format!("已写好 {}，按公文格式排了版；打开后请看一遍分页\n", path.display()));
            Outcome::Clean
        }
        Err(message) => {
            complain(&message);
            Outcome::Failed
        }
    }
}

fn write(args: &Args) -> Result<PathBuf, String> {
    let input = Input::of(&args.from);
    let draft = input::read(&input)?;
    if draft.word.is_some() {
        return Err(format!("{}：已经是 Word 文件", args.from.display()));
    }
    let path = match (&args.to, &input) {
        (Some(path), _) => path.clone(),
        (None, Input::File(path)) => path.with_extension("docx"),
        (None, Input::Stdin) => return Err("从标准输入读的时候，请写明写到哪个文件".to_owned()),
    };
    write_paper(&path, &paper(&draft))?;
    Ok(path)
}

/// Writes a Word file that does not exist yet.
///
/// # Errors
/// A message that names the file.
pub(super) fn write_paper(path: &Path, bytes: &[u8]) -> Result<(), String> {
    save(path, bytes, "请另写一个文件名")
}
