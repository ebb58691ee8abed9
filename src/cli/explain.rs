//! `rlcheck explain`: what a rule is, in full.

use clap::ValueEnum;
use rlcheck::Rulebook;
use rlcheck::output::{explain, suggestions};

use super::input::Input;
use super::settings::{self, Choice, Settings};
use super::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 规则的名称，例如 rate-mismatch；rlcheck rules 列出全部
    #[arg(value_name = "规则", required = true, help_heading = "参数")]
    rule: String,
    /// 输出形式：human 给人看，md 是 Markdown
    #[arg(
        long,
        value_name = "形式",
        value_enum,
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    format: Format,
    #[command(flatten)]
    choice: Choice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Md,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let settings = settings::Args::of(args.choice.clone());
    let book = match Settings::new(&settings).rulebook(&Input::Stdin) {
        Ok(book) => book,
        Err(error) => {
            complain(&error.show(style(&std::io::stderr())));
            return Outcome::Failed;
        }
    };
    let Some(explanation) = explain(&book, &args.rule) else {
        complain(&unknown(&book, &args.rule));
        return Outcome::Failed;
    };
    print(&match args.format {
        Format::Human => explanation.text(style(&std::io::stdout())),
        Format::Md => explanation.markdown(),
    });
    Outcome::Clean
}

/// What to say where there is no such rule.
pub(super) fn unknown(book: &Rulebook, rule: &str) -> String {
    let near = suggestions(book, rule);
    let message = format!("没有“{rule}”这条规则");
    if near.is_empty() {
        return message + "；运行 rlcheck rules 列出全部规则";
    }
    let lines: Vec<String> = near.iter().map(|(name, title)| format!("  {name}（{title}）")).collect();
    format!("{message}，是不是想找：\n{}", lines.join("\n"))
}
