//! The command line: one file a command.

mod ask;
mod check;
mod chinese;
mod compare;
mod completions;
mod convert;
mod explain;
mod figures;
mod fix;
mod init;
mod input;
mod lsp;
mod new;
mod office;
mod rules;
mod save;
mod schema;
mod settings;
mod sink;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use rlcheck::output::Style;

/// How a command ended; the numbers are part of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// 0: nothing at or above `--fail-on`.
    Clean,
    /// 1: findings at or above `--fail-on`.
    Findings,
    /// 2: the job could not be done, or not on every file.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

#[derive(Debug, Parser)]
#[command(
    name = "rlcheck",
    version,
    about = "检查乡镇法治政府建设年度报告",
    long_about = "检查乡镇法治政府建设年度报告：必备部分齐不齐、数字对不对、写法合不合规范。\n稿件只在本机读取，不联网、不上传。",
    override_usage = "rlcheck [选项] <稿件或文件夹>…\n      rlcheck <命令> [选项]",
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: check::Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查稿件（可以省去 check，直接写 rlcheck 稿件）
    #[command(override_usage = "rlcheck check [选项] <稿件或文件夹>…")]
    Check(check::Args),
    /// 把今年的报告和去年的放在一起看：照抄的段落、没变的数字、没有下文的安排
    #[command(override_usage = "rlcheck compare [选项] <去年的报告> <今年的报告>")]
    Compare(compare::Args),
    /// 写一份新年度的空白报告，照着填
    #[command(override_usage = "rlcheck new [选项]")]
    New(new::Args),
    /// 把写好的 .md 稿件排成公文格式的 Word 文件
    #[command(override_usage = "rlcheck convert <稿件> [Word 文件]")]
    Convert(convert::Args),
    /// 写设置文件 rlcheck.toml，记下镇名、县名、村名
    #[command(override_usage = "rlcheck init [选项]")]
    Init(init::Args),
    /// 直接改掉有把握的问题，先显示改了什么
    #[command(override_usage = "rlcheck fix [选项] <稿件>…")]
    Fix(fix::Args),
    /// 列出稿件里的全部数据和核对结果，供各部门确认
    #[command(override_usage = "rlcheck figures [选项] <稿件或文件夹>…")]
    Figures(figures::Args),
    /// 列出规则；看、试、检查规则库，写新的规则库
    #[command(override_usage = "rlcheck rules [选项] [词]\n      rlcheck rules <show|test|lint|new> [选项] …")]
    Rules(rules::Args),
    /// 说明一条规则：查什么、为什么、依据、例子、怎么改、怎么关掉
    #[command(override_usage = "rlcheck explain [选项] <规则>")]
    Explain(explain::Args),
    /// 输出规则库或 rlcheck.toml 的 JSON Schema，给编辑器作提示用
    #[command(override_usage = "rlcheck schema [rulebook|config]")]
    Schema(schema::Args),
    /// 输出命令行的自动补全脚本
    #[command(override_usage = "rlcheck completions <bash|zsh|fish|powershell>")]
    Completions(completions::Args),
    /// 编辑器里边写边查：语言服务，由编辑器启动
    #[command(override_usage = "rlcheck lsp")]
    Lsp(lsp::Args),
}

/// Runs the program with its arguments.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let parsed =
        chinese::command(Args::command()).try_get_matches_from(args).and_then(|matches| Args::from_arg_matches(&matches));
    match parsed {
        Ok(Args { command: Some(Command::Check(args)), .. } | Args { command: None, check: args }) => check::run(&args),
        Ok(Args { command: Some(Command::Compare(args)), .. }) => compare::run(&args),
        Ok(Args { command: Some(Command::New(args)), .. }) => new::run(&args),
        Ok(Args { command: Some(Command::Convert(args)), .. }) => convert::run(&args),
        Ok(Args { command: Some(Command::Init(args)), .. }) => init::run(&args),
        Ok(Args { command: Some(Command::Fix(args)), .. }) => fix::run(&args),
        Ok(Args { command: Some(Command::Figures(args)), .. }) => figures::run(&args),
        Ok(Args { command: Some(Command::Rules(args)), .. }) => rules::run(&args),
        Ok(Args { command: Some(Command::Explain(args)), .. }) => explain::run(&args),
        Ok(Args { command: Some(Command::Schema(args)), .. }) => schema::run(&args),
        Ok(Args { command: Some(Command::Completions(args)), .. }) => completions::run(&args, chinese::command(Args::command())),
        Ok(Args { command: Some(Command::Lsp(args)), .. }) => lsp::run(&args),
        Err(error) => chinese::report(&error),
    }
}

/// How to write for the stream that a person reads.
pub(crate) fn style(stream: &impl IsTerminal) -> Style {
    let terminal = stream.is_terminal();
    let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let width = if terminal { terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)) } else { 100 };
    Style { color, width: width.clamp(60, 120) }
}

/// Writes to standard output. A reader that has gone away (`rlcheck … | head`) ends the output, not the program.
pub(crate) fn print(text: &(impl AsRef<[u8]> + ?Sized)) {
    let mut out = std::io::stdout().lock();
    _ = out.write_all(text.as_ref()).and_then(|()| out.flush());
}

/// Writes a message for the user to standard error.
pub(crate) fn complain(message: &str) {
    _ = writeln!(std::io::stderr().lock(), "{message}");
}
