//! The drafts of a run beside one another: a first pass makes fingerprints of all, so that the second knows which to compare.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rlcheck::county::{Index, Print};
use rlcheck::report::{Identity, Neighbour, Neighbours};
use rlcheck::{Draft, Rulebook};

use super::super::input::{self, Input};
use super::progress::Progress;
use super::{Job, stream};

/// What the first pass found.
pub(super) struct Siblings<'a> {
    jobs: &'a [Job],
    index: Index,
}

impl<'a> Siblings<'a> {
    /// Reads all drafts once. Those that cannot be read are told of when they are checked.
    pub(super) fn survey(jobs: &'a [Job]) -> Option<Self> {
        let words = &jobs.first()?.book.book().county;
        let mut index = Index::default();
        let mut progress = Progress::new("通读", jobs.len());
        stream::each(
            jobs.len(),
            |number| print(&jobs[number]),
            |number, print| {
                index.push(print);
                progress.step(number + 1);
            },
        );
        index.finish(words);
        Some(Self { jobs, index })
    }

    /// What lies beside a draft.
    pub(super) fn beside(&self, number: usize, draft: &Draft, book: &Rulebook) -> Neighbours {
        let print = Print::of(draft, Identity::of(draft, &book.config));
        let towns = self.index.towns(&print.identity);
        let wanted = ["shared-passage", "shared-figures"].iter().any(|rule| book.wants(rule));
        let like = if wanted { self.index.like(number, &print) } else { Vec::new() };
        let drafts = like.into_iter().filter_map(|like| {
            let draft = input::read(&self.jobs.get(like.draft)?.input).ok()?;
            Some(Neighbour { draft, town: like.town, shared: like.shared })
        });
        Neighbours { towns, drafts: drafts.collect() }
    }
}

fn print(job: &Job) -> Option<Print> {
    // Standard input can be read only once.
    let Input::File(_) = &job.input else { return None };
    let print = || {
        let draft = input::read(&job.input).ok()?;
        let identity = Identity::of(&draft, &job.book.config);
        Some(Print::of(&draft, identity))
    };
    catch_unwind(AssertUnwindSafe(print)).unwrap_or_default()
}
