//! Threads that do what takes time: one for the open documents, one for everything else.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::{Sender, unbounded};

/// A thread with its work.
#[derive(Debug)]
pub(super) struct Worker {
    sender: Sender<Box<dyn FnOnce() + Send>>,
}

impl Worker {
    /// Starts a thread. It ends when the worker is dropped.
    pub(super) fn new(name: &str) -> std::io::Result<Self> {
        let (sender, receiver) = unbounded::<Box<dyn FnOnce() + Send>>();
        std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            for job in receiver {
                // What fails reports itself by its answer; the thread goes on.
                _ = catch_unwind(AssertUnwindSafe(job));
            }
        })?;
        Ok(Self { sender })
    }

    /// Does something after everything that was asked for before.
    pub(super) fn after(&self, job: impl FnOnce() + Send + 'static) {
        _ = self.sender.send(Box::new(job));
    }
}

/// Does something that must not fail, and says whether it did.
pub(super) fn guarded<T>(job: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(job)).ok()
}
