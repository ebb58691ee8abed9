//! How far a long run over a folder is: a bar on a terminal, nothing anywhere else.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a run goes on before it says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// What shows how far a run is.
pub(super) struct Progress {
    label: &'static str,
    count: usize,
    begun: Instant,
    terminal: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins a run over so many drafts.
    pub(super) fn new(label: &'static str, count: usize) -> Self {
        Self { label, count, begun: Instant::now(), terminal: std::io::stderr().is_terminal(), bar: None }
    }

    /// Another draft is done.
    pub(super) fn step(&mut self, done: usize) {
        if self.bar.is_none() && self.terminal && self.begun.elapsed() > PATIENCE {
            let bar = ProgressBar::with_draw_target(Some(self.count as u64), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len}份") {
                bar.set_style(style);
            }
            bar.set_prefix(self.label);
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
        }
    }

    /// Prints something, the bar out of its way.
    pub(super) fn aside(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
