//! `rlcheck completions`: completion of the command line, for a shell.

use clap::ValueEnum;
use clap_complete::Shell;

use super::{Outcome, print};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 哪一种：bash、zsh、fish 或 powershell
    #[arg(value_name = "终端", value_enum, required = true, hide_possible_values = true, help_heading = "参数")]
    shell: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl From<Kind> for Shell {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Bash => Self::Bash,
            Kind::Zsh => Self::Zsh,
            Kind::Fish => Self::Fish,
            Kind::Powershell => Self::PowerShell,
        }
    }
}

/// Runs the command, completing `command`.
pub(super) fn run(args: &Args, mut command: clap::Command) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(Shell::from(args.shell), &mut command, "rlcheck", &mut script);
    print(&script);
    Outcome::Clean
}
