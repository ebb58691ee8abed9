//! `rlcheck schema`: the JSON Schema of rulebooks and of `rlcheck.toml`, for editors.

use clap::ValueEnum;
use rlcheck::rulebook::schemas;

use super::{Outcome, print};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 哪一种文件：rulebook 是规则库（默认），config 是 rlcheck.toml
    #[arg(
        value_name = "文件",
        value_enum,
        default_value = "rulebook",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "参数"
    )]
    of: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Rulebook,
    Config,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let schema = match args.of {
        Kind::Rulebook => schemas::rulebook(),
        Kind::Config => schemas::config(),
    };
    print(&schema);
    Outcome::Clean
}
