//! `rlcheck fix`: applies safe fixes after showing what they change.

use std::path::PathBuf;

use rlcheck::fix::{Fixed, FixedWord, Wanted, fix, fix_word};
use rlcheck::text::{decode, encode, is_package};
use rlcheck::word::Mode;
use rlcheck::{Rulebook, output};

use super::input::{self, Input};
use super::settings::{self, Settings};
use super::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
#[allow(clippy::struct_excessive_bools, reason = "switches of the command line")]
pub(super) struct Args {
    /// 要修改的稿件（.docx、.md、.txt）、文件夹，或 - 表示从标准输入读、改好后写到标准输出
    #[arg(value_name = "稿件或文件夹", required = true, help_heading = "参数")]
    paths: Vec<PathBuf>,
    /// 只显示会改什么，不动文件（有可改的退出码为 1）
    #[arg(long, help_heading = "选项")]
    diff: bool,
    /// 拿不准的修改也做，做完请逐处核对
    #[arg(long = "unsafe", help_heading = "选项")]
    doubtful: bool,
    /// 只改这些规则的问题，用逗号隔开
    #[arg(long, value_name = "规则,…", value_delimiter = ',', help_heading = "选项")]
    rule: Vec<String>,
    /// Word 稿件不用修订痕迹，直接改好，另存为“稿件.已改.docx”
    #[arg(long, help_heading = "选项")]
    accept: bool,
    /// 覆盖已经有的修订文件
    #[arg(long, help_heading = "选项")]
    force: bool,
    #[command(flatten)]
    settings: settings::Args,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let (inputs, errors) = input::collect(&args.paths, false);
    let mut outcome = Outcome::Clean;
    for error in &errors {
        complain(error);
        outcome = Outcome::Failed;
    }
    let mut settings = Settings::to_check(&args.settings);
    let wanted = Wanted { doubtful: args.doubtful, rules: args.rule.iter().cloned().collect() };
    for input in &inputs {
        let book = match settings.rulebook(input).and_then(|book| settings::known(&args.rule, &book).map(|()| book)) {
            Ok(book) => book,
            Err(error) => {
                complain(&error.show(style(&std::io::stderr())));
                return Outcome::Failed;
            }
        };
        match one(input, &book, &wanted, args) {
            Ok(changed) if changed && args.diff => outcome = outcome.max(Outcome::Findings),
            Ok(_) => {}
            Err(message) => {
                complain(&message);
                outcome = Outcome::Failed;
            }
        }
    }
    outcome
}

/// Fixes one draft; says whether there was anything to change.
fn one(input: &Input, book: &Rulebook, wanted: &Wanted, args: &Args) -> Result<bool, String> {
    let name = input::name(input);
    let bytes = input::bytes(input).map_err(|message| format!("{name}：{message}"))?;
    if is_package(&bytes) {
        return word(input, &bytes, book, wanted, args);
    }
    let (text, encoding) = decode(&bytes).map_err(|error| format!("{name}：{error}"))?;
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let Fixed { text: fixed, applied, left } = fix(&name, &text, book, wanted);
    let changed = fixed != text;
    if changed && encode(&text, encoding, marked) != bytes {
        return Err(format!("{name}：文件里有认不出的字节，改了写不回原样；请先另存为 UTF-8 再改，文件没有动"));
    }
    match input {
        Input::Stdin if !args.diff => print(&fixed),
        Input::Stdin => print(&output::diff(&name, &text, &fixed, style(&std::io::stdout()))),
        Input::File(path) => {
            print(&output::diff(&name, &text, &fixed, style(&std::io::stdout())));
            if changed && !args.diff {
                input::write(path, &encode(&fixed, encoding, marked))?;
            }
        }
    }
    let done = if args.diff { None } else { Some(format!("改了{applied}处")) };
    complain(&said(&name, changed, applied, left, done));
    Ok(changed)
}

/// Fixes a Word file: into another file beside it, as tracked changes unless they are to be accepted at once.
fn word(input: &Input, bytes: &[u8], book: &Rulebook, wanted: &Wanted, args: &Args) -> Result<bool, String> {
    let name = input::name(input);
    let Input::File(path) = input else {
        return Err(format!("{name}：Word 稿件请直接写文件名"));
    };
    let (mode, kind) = if args.accept { (Mode::Accepted, ".已改") } else { (Mode::Tracked, ".修订") };
    let FixedWord { bytes, before, after, applied, left } =
        fix_word(&name, bytes, book, wanted, mode).map_err(|error| format!("{name}：{error}"))?;
    print(&output::diff(&name, &before, &after, style(&std::io::stdout())));
    let path = input::beside(path, kind);
    if let Some(bytes) = bytes.as_ref().filter(|_| !args.diff) {
        input::write_beside(&path, bytes, args.force)?;
    }
    let how = if args.accept { "改好的" } else { "带修订痕迹的" };
    let done = format!("改了{applied}处，{how}稿件另存为 {}", path.display());
    complain(&said(&name, bytes.is_some(), applied, left, (!args.diff).then_some(done)));
    Ok(bytes.is_some())
}

/// What was done, or can be done, and what is left.
fn said(name: &str, changed: bool, applied: usize, left: usize, done: Option<String>) -> String {
    let rest =
        if left > 0 { format!("，还有{left}处请人工处理（运行 rlcheck {name} 查看）") } else { String::new() };
    match done {
        _ if !changed => format!("{name}：没有可以直接改的{rest}"),
        None => format!("{name}：可以直接改{applied}处{rest}；去掉 --diff 就写入文件"),
        Some(done) => format!("{name}：{done}{rest}"),
    }
}
