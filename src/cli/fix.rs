//! `rlcheck fix`: applies safe fixes after showing what they change.

use std::path::PathBuf;

use rlcheck::fix::{Fixed, Wanted, fix};
use rlcheck::text::encode;
use rlcheck::{Rulebook, output};

use super::input::{self, Input, Text};
use super::settings::{self, Settings};
use super::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 要修改的稿件（.md、.txt）、文件夹，或 - 表示从标准输入读、改好后写到标准输出
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
    #[command(flatten)]
    settings: settings::Args,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let (inputs, errors) = input::collect(&args.paths);
    let mut outcome = Outcome::Clean;
    for error in &errors {
        complain(error);
        outcome = Outcome::Failed;
    }
    let mut settings = Settings::new(&args.settings);
    let wanted = Wanted { doubtful: args.doubtful, rules: args.rule.iter().cloned().collect() };
    for input in &inputs {
        let book = match settings.rulebook(input).and_then(|book| settings::known(&args.rule, &book).map(|()| book)) {
            Ok(book) => book,
            Err(error) => {
                complain(&error.show(style(&std::io::stderr())));
                return Outcome::Failed;
            }
        };
        match one(input, &book, &wanted, args.diff) {
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
fn one(input: &Input, book: &Rulebook, wanted: &Wanted, only_show: bool) -> Result<bool, String> {
    let Text { name, bytes, text, encoding } = input::text(input)?;
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let Fixed { text: fixed, applied, left } = fix(&name, &text, book, wanted);
    let changed = fixed != text;
    if changed && encode(&text, encoding, marked) != bytes {
        return Err(format!("{name}：文件里有认不出的字节，改了写不回原样；请先另存为 UTF-8 再改，文件没有动"));
    }
    match input {
        Input::Stdin if !only_show => print(&fixed),
        Input::Stdin => print(&output::diff(&name, &text, &fixed, style(&std::io::stdout()))),
        Input::File(path) => {
            print(&output::diff(&name, &text, &fixed, style(&std::io::stdout())));
            if changed && !only_show {
                input::write(path, &encode(&fixed, encoding, marked))?;
            }
        }
    }
    let rest =
        if left > 0 { format!("，还有{left}处请人工处理（运行 rlcheck {name} 查看）") } else { String::new() };
    complain(&match (changed, only_show) {
        (false, _) => format!("{name}：没有可以直接改的{rest}"),
        (true, true) => format!("{name}：可以直接改{applied}处{rest}；去掉 --diff 就写入文件"),
        (true, false) => format!("{name}：改了{applied}处{rest}"),
    });
    Ok(changed)
}
