//! Help and errors of the argument parser in Chinese; the parser itself speaks English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Command, Error};

use super::{Outcome, complain, print};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// Gives a command and its subcommands Chinese headings and a Chinese `--help`.
pub(super) fn command(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let has_version = command.get_version().is_some();
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .next_line_help(false)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("显示帮助")
                .help_heading("选项")
                .global(false),
        );
    if has_version {
        let version = clap::Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.arg(version.help("显示版本").help_heading("选项"));
    }
    for name in names {
        command = command.mut_subcommand(name, self::command);
    }
    command
}

/// Prints what the parser has to say.
pub(super) fn report(error: &Error) -> Outcome {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print(&error.to_string());
            Outcome::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            complain(error.to_string().trim_end());
            Outcome::Failed
        }
        _ => {
            complain(&format!("命令写错了：{}\n运行 rlcheck --help 查看用法", explain(error)));
            Outcome::Failed
        }
    }
}

fn explain(error: &Error) -> String {
    let get = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("、")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        _ => None,
    };
    let arg = || get(ContextKind::InvalidArg).unwrap_or_else(|| "这个选项".to_owned());
    let near = get(ContextKind::SuggestedArg)
        .or_else(|| get(ContextKind::SuggestedSubcommand))
        .or_else(|| get(ContextKind::SuggestedValue));
    let near = near.map(|near| format!("，是不是想写“{near}”？")).unwrap_or_default();
    let value = get(ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{}”这个选项{near}", arg()),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令{near}", get(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("还缺 {}", arg()),
        ErrorKind::InvalidValue if value.is_empty() => format!("{} 后面要写内容", arg()),
        ErrorKind::InvalidValue => {
            let valid = get(ContextKind::ValidValue).map(|valid| format!("，可以写：{valid}")).unwrap_or_default();
            format!("{} 不能写“{value}”{valid}{near}", arg())
        }
        ErrorKind::ValueValidation => format!("{} 不能写“{value}”", arg()),
        ErrorKind::ArgumentConflict => {
            format!("{} 不能和 {} 一起用", arg(), get(ContextKind::PriorArg).unwrap_or_else(|| "别的选项".to_owned()))
        }
        ErrorKind::InvalidUtf8 => "参数里有认不出的字符".to_owned(),
        ErrorKind::TooManyValues => format!("{} 多写了“{value}”", arg()),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{} 后面的内容不够", arg()),
        _ => "参数不对".to_owned(),
    }
}
