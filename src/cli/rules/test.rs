//! `rlcheck rules test`: runs the examples of a rulebook.

use rlcheck::examples;
use rlcheck::output::trials;

use super::named;
use crate::cli::{Outcome, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 规则库的名称或 .yaml 文件；不写就用 rlcheck.toml 里的规则库，没有就用 township
    #[arg(value_name = "规则库", help_heading = "参数")]
    books: Vec<String>,
    /// 另外列出每一类有多少条、多少错例和正例，哪些没有例子
    #[arg(long, help_heading = "选项")]
    coverage: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let Some(books) = named(&args.books) else { return Outcome::Failed };
    let style = style(&std::io::stdout());
    let mut outcome = Outcome::Clean;
    for (name, book) in &books {
        let tested = examples::test(book);
        print(&trials::failures(book.book(), &tested, style));
        if args.coverage {
            print(&trials::coverage(&examples::coverage(book.book())));
        }
        print(&trials::summary(name, &tested, style));
        if tested.fails() {
            outcome = Outcome::Findings;
        }
    }
    outcome
}
