//! `rlcheck figures`: prints the ledger of a draft's figures.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use rlcheck::output::{ledger, problems};
use rlcheck::report::Report;

use super::input;
use super::settings::{self, Settings};
use super::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 稿件（.md、.txt）、文件夹，或 - 表示标准输入
    #[arg(value_name = "稿件或文件夹", required = true, help_heading = "参数")]
    paths: Vec<PathBuf>,
    /// 输出形式：table 在终端看，csv 用 Excel 或 WPS 打开，json 给程序用
    #[arg(
        long,
        value_name = "形式",
        value_enum,
        default_value = "table",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    format: Format,
    /// 写到这个文件，不在终端显示
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    output: Option<PathBuf>,
    /// 文件已经存在也照样写
    #[arg(long, requires = "output", help_heading = "选项")]
    force: bool,
    #[command(flatten)]
    settings: settings::Args,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
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
    let mut pages: Vec<String> = Vec::new();
    let mut drafts = Vec::new();
    for one in &inputs {
        let book = match settings.rulebook(one) {
            Ok(book) => book,
            Err(settings::Error::Message(message)) => {
                complain(&message);
                return Outcome::Failed;
            }
            Err(settings::Error::Places(error)) => {
                complain(problems(&error, style(&std::io::stderr())).trim_end());
                return Outcome::Failed;
            }
        };
        let draft = match input::read(one) {
            Ok(draft) => draft,
            Err(message) => {
                complain(&message);
                outcome = Outcome::Failed;
                continue;
            }
        };
        let report = Report::new(&draft, &book);
        match args.format {
            Format::Table => pages.push(ledger::table(&report, style(&std::io::stdout()).width)),
            Format::Csv => pages.push(ledger::csv(&report)),
            Format::Json => drafts.push(ledger::json(&report)),
        }
    }
    let text = match args.format {
        Format::Table => pages.join("\n"),
        Format::Csv => ledger::csv_head() + &pages.concat(),
        Format::Json => {
            let tool = serde_json::json!({"name": "rlcheck", "version": env!("CARGO_PKG_VERSION")});
            format!("{:#}\n", serde_json::json!({"tool": tool, "drafts": drafts}))
        }
    };
    match &args.output {
        None => print(&text),
        Some(_) if outcome == Outcome::Failed => {}
        Some(path) => {
            let mut options = std::fs::OpenOptions::new();
            options.write(true);
            if args.force {
                options.create(true).truncate(true)
            } else {
                options.create_new(true)
            };
            if let Err(error) = options.open(path).and_then(|mut file| file.write_all(text.as_bytes())) {
                let hint = if error.kind() == std::io::ErrorKind::AlreadyExists { "；要覆盖它，加 --force" } else { "" };
                complain(&format!("{}：{}{hint}", path.display(), input::reason(&error)));
                return Outcome::Failed;
            }
        }
    }
    outcome
}
