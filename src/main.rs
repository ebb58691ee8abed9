//! The door: parse the arguments, call one command, turn its outcome into an exit code.

mod cli;
mod lsp;

use std::collections::HashSet;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // What fails among several drafts is tried again with each by itself, and fails again.
    let told = Mutex::new(HashSet::new());
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or_else(String::new, |place| format!("（{}:{}）", place.file(), place.line()));
        if told.lock().unwrap_or_else(PoisonError::into_inner).insert(place.clone()) {
            cli::complain(&format!("程序内部出错{place}，请把这一行和稿件发给维护者"));
        }
    }));
    std::panic::catch_unwind(|| cli::run(std::env::args_os())).unwrap_or(cli::Outcome::Failed).into()
}
