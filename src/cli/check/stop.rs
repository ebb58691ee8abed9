//! Ctrl-C: the first ends the run with what is done, the second ends the program at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::super::Outcome;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C from now on. Where that cannot be had, Ctrl-C ends the program as it always did.
pub(super) fn listen() {
    _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            at_once();
        }
    });
}

/// Whether the run is to end.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

#[expect(clippy::exit, reason = "whoever presses Ctrl-C twice wants no more waiting")]
fn at_once() -> ! {
    std::process::exit(Outcome::Failed as i32)
}
