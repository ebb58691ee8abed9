//! `rlcheck rules show`: what the layers of a rulebook together say of a rule, and which line each value comes from.

use rlcheck::Rulebook;
use rlcheck::output::layers;

use super::chosen;
use crate::cli::explain::unknown;
use crate::cli::settings::Choice;
use crate::cli::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 规则的名称，或规则库里的一项，例如 recipient、parts.plan、terms.截止目前
    #[arg(value_name = "规则或路径", required = true, help_heading = "参数")]
    what: String,
    #[command(flatten)]
    choice: Choice,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let Some(book) = chosen(&args.choice) else { return Outcome::Failed };
    let shown = layers::show(book.book(), &args.what, style(&std::io::stdout()));
    if shown.is_empty() {
        complain(&nothing(&book, &args.what));
        return Outcome::Failed;
    }
    print(&shown);
    Outcome::Clean
}

fn nothing(book: &Rulebook, what: &str) -> String {
    match what.split_once('.') {
        Some((family, key)) => format!("规则库的 {family} 里没有“{key}”"),
        None => unknown(book, what),
    }
}
