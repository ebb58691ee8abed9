//! `rlcheck rules`: the rulebook for those who keep it: list, show, test, lint, and start a new one.

mod lint;
mod list;
mod new;
mod show;
mod test;

use std::sync::Arc;

use clap::Subcommand;
use rlcheck::Rulebook;

use super::input::Input;
use super::settings::{self, Choice, Error, Settings};
use super::{Outcome, complain, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: list::Args,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// 看一条规则（或规则库里的一项）的每个值来自哪个文件的哪一行
    #[command(override_usage = "rlcheck rules show [选项] <规则或路径>")]
    Show(show::Args),
    /// 运行规则库里的全部错例和正例
    #[command(override_usage = "rlcheck rules test [选项] [规则库]…")]
    Test(test::Args),
    /// 检查规则库本身：永远查不到的、互相遮住的、已经过期的
    #[command(override_usage = "rlcheck rules lint [选项] [规则库]…")]
    Lint(lint::Args),
    /// 写一个新的规则库，照着里面的说明改
    #[command(override_usage = "rlcheck rules new [选项] <名称>")]
    New(new::Args),
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    match &args.command {
        None => list::run(&args.list),
        Some(Command::Show(args)) => show::run(args),
        Some(Command::Test(args)) => test::run(args),
        Some(Command::Lint(args)) => lint::run(args),
        Some(Command::New(args)) => new::run(args),
    }
}

/// The rulebook that a choice names, with the settings of the folder where the command runs.
fn chosen(choice: &Choice) -> Option<Rulebook> {
    let args = settings::Args::of(choice.clone());
    shown(Settings::new(&args).rulebook(&Input::Stdin)).map(Arc::unwrap_or_clone)
}

/// The rulebooks of the given names; without names, the one that the settings choose.
fn named(names: &[String]) -> Option<Vec<(String, Rulebook)>> {
    if names.is_empty() {
        let book = chosen(&Choice::default())?;
        return Some(vec![(book.book().name.clone(), book)]);
    }
    let mut books = Vec::new();
    for name in names {
        books.push((name.clone(), shown(settings::bare(name))?));
    }
    Some(books)
}

fn shown<T>(book: Result<T, Error>) -> Option<T> {
    book.map_err(|error| complain(&error.show(style(&std::io::stderr())))).ok()
}
