//! `rlcheck rules lint`: what is wrong with a rulebook though it can be read.

use chrono::Datelike;
use rlcheck::lint;
use rlcheck::output::problems;
use rlcheck::rulebook::RulebookError;

use super::named;
use crate::cli::{Outcome, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 规则库的名称或 .yaml 文件；不写就用 rlcheck.toml 里的规则库，没有就用 township
    #[arg(value_name = "规则库", help_heading = "参数")]
    books: Vec<String>,
    /// 要写哪一年的报告（不写就是今年），用来看会议、规划、法律的表有没有过期
    #[arg(long, value_name = "年份", help_heading = "选项", value_parser = clap::value_parser!(u32).range(1990..2100))]
    year: Option<u32>,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let Some(books) = named(&args.books) else { return Outcome::Failed };
    let style = style(&std::io::stdout());
    let year = args.year.unwrap_or_else(|| chrono::Local::now().year().unsigned_abs());
    let mut outcome = Outcome::Clean;
    for (name, book) in &books {
        let found = lint::lint(book.book(), year);
        if found.is_empty() {
            print(&format!("✓ {name}：没有发现问题\n"));
            continue;
        }
        let count = found.len();
        print(&problems(&RulebookError { files: book.book().files.clone(), problems: found }, style));
        print(&format!("! {name}：{count}处值得看一看\n"));
        outcome = Outcome::Findings;
    }
    outcome
}
