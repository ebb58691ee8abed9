//! `rlcheck compare`: this year's report beside last year's.

use std::path::PathBuf;

use clap::ValueEnum;
use rlcheck::compare::Comparison;
use rlcheck::output::comparison;
use rlcheck::report::Report;

use super::input::{self, Input};
use super::settings::{self, Settings};
use super::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 去年的报告
    #[arg(value_name = "去年的报告", help_heading = "参数")]
    last: PathBuf,
    /// 今年的报告
    #[arg(value_name = "今年的报告", help_heading = "参数")]
    this: PathBuf,
    /// 输出形式：human 给人看，json 给程序用
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
    settings: settings::Choice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    match compare(args) {
        Ok(text) => {
            print(&text);
            Outcome::Clean
        }
        Err(error) => {
            complain(&error.show(style(&std::io::stderr())));
            Outcome::Failed
        }
    }
}

fn compare(args: &Args) -> Result<String, settings::Error> {
    let [last, this] = [&args.last, &args.this].map(|path| Input::of(path));
    let choice = settings::Args::of(args.settings.clone());
    let book = Settings::new(&choice).rulebook(&this)?;
    let read = |input: &Input| input::read(input).map_err(settings::Error::Message);
    let (last, this) = (read(&last)?, read(&this)?);
    // The year that the settings give is this year's; last year's report bears its own.
    let own = book.with_config(rlcheck::rulebook::Config { year: None, ..book.config.clone() });
    let (last, this) = (Report::new(&last, &own), Report::new(&this, &book));
    let found = Comparison::of(&last, &this);
    let style = (args.format == Format::Human).then(|| style(&std::io::stdout()));
    Ok(comparison(&last, &this, &found, style))
}
