//! What is counted by `benches/instructions.sh`: each stage of a check by itself, run under callgrind, which counts
//! only what [`counted`] does. Everything that a run over a folder does once is done before that.
//!
//! `instructions STAGE ROUNDS DRAFT…`

#![allow(clippy::print_stderr, reason = "a wrong call is told where it was made")]

use std::hint::black_box;
use std::process::ExitCode;

use rlcheck::checks::check_report;
use rlcheck::output::{Checked, Form};
use rlcheck::report::Report;
use rlcheck::{Draft, Rulebook};

/// The only function that callgrind looks into.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [stage, rounds, paths @ ..] = args.as_slice() else {
        // `cargo bench` without a stage has nothing to count.
        return ExitCode::SUCCESS;
    };
    let rounds: usize = rounds.parse().unwrap_or(1);
    let texts: Vec<Vec<u8>> = paths.iter().filter_map(|path| std::fs::read(path).ok()).collect();
    let drafts: Vec<Draft> = texts.iter().filter_map(|text| Draft::parse("", text).ok()).collect();
    let book = Rulebook::township();
    let all = |work: &dyn Fn(&Draft)| drafts.iter().for_each(work);
    // What is built when it is first worth it, is built now.
    for _ in 0..3 {
        all(&|draft| _ = black_box(Checked::new(draft, &book)));
    }
    for _ in 0..rounds {
        match stage.as_str() {
            "start" => counted(&mut || _ = black_box(Rulebook::township())),
            // A single draft, checked by a program that has just started.
            "first" => {
                let fresh = Rulebook::township();
                counted(&mut || _ = black_box(Checked::new(&drafts[0], &fresh)));
            }
            "parse" => counted(&mut || texts.iter().for_each(|text| _ = black_box(Draft::parse("", text)))),
            "words" => counted(&mut || all(&|draft| _ = black_box(Report::new(draft, &book).passages().len()))),
            "figures" => counted(&mut || all(&|draft| _ = black_box(Report::new(draft, &book).ledger().claims.len()))),
            "check" => counted(&mut || all(&|draft| _ = black_box(check_report(&Report::new(draft, &book))))),
            "output" => {
                let checked: Vec<Checked<'_>> = drafts.iter().map(|draft| Checked::new(draft, &book)).collect();
                counted(&mut || checked.iter().for_each(|checked| _ = black_box(Form::Json.page(checked))));
            }
            other => {
                eprintln!("no stage {other}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
