//! The drafts of a run beside one another: a first pass makes fingerprints of all, so that the second knows which to compare.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rlcheck::county::{Index, Print};
use rlcheck::report::{Identity, Neighbour, Neighbours};
use rlcheck::{Draft, Rulebook};

use super::super::input::{self, Input};
use super::progress::Progress;
use super::{Job, stream};

/// So many bytes of text at most are kept read from the first pass to the second: more than a county has.
const KEPT: usize = 1024 * 1024;

/// What the first pass found.
pub(super) struct Siblings<'a> {
    jobs: &'a [Job],
    index: Index,
    /// The drafts that were kept.
    drafts: Vec<Option<Arc<Draft>>>,
}

impl<'a> Siblings<'a> {
    /// Reads all drafts once. Those that cannot be read are told of when they are checked.
    pub(super) fn survey(jobs: &'a [Job]) -> Option<Self> {
        let words = &jobs.first()?.book.book().county;
        let (mut index, mut drafts, room) = (Index::default(), Vec::with_capacity(jobs.len()), AtomicUsize::new(KEPT));
        let mut progress = Progress::new("通读", jobs.len());
        stream::each(
            jobs.len(),
            |numbers| read(&jobs[numbers], &room),
            |number, read| {
                let (print, kept) = read.unzip();
                index.push(print);
                drafts.push(kept.flatten());
                progress.step(number + 1);
            },
        );
        index.finish(words);
        Some(Self { jobs, index, drafts })
    }

    /// A draft, if it was kept.
    pub(super) fn draft(&self, number: usize) -> Option<Arc<Draft>> {
        self.drafts.get(number)?.clone()
    }

    /// What lies beside a draft.
    pub(super) fn beside(&self, number: usize, draft: &Draft, book: &Rulebook) -> Neighbours {
        let identity = || Identity::of(draft, &book.config);
        let towns = match self.index.identity(number) {
            Some(identity) => self.index.towns(identity),
            None => self.index.towns(&identity()),
        };
        let wanted = ["shared-passage", "shared-figures"].iter().any(|rule| book.wants(rule));
        let like = if wanted && self.index.suspects(number) {
            let print = self.index.print(number).unwrap_or_else(|| Print::of(draft, identity()));
            self.index.like(number, &print)
        } else {
            Vec::new()
        };
        let drafts = like.into_iter().filter_map(|like| {
            let read = || input::read(&self.jobs.get(like.draft)?.input).ok().map(Arc::new);
            Some(Neighbour { draft: self.draft(like.draft).or_else(read)?, town: like.town, shared: like.shared })
        });
        Neighbours { towns, drafts: drafts.collect() }
    }
}

/// The fingerprint of a draft, and the draft itself while there is room.
type Read = (Print, Option<Arc<Draft>>);

/// Reads some drafts together, or each by itself where that fails.
fn read(jobs: &[Job], room: &AtomicUsize) -> Vec<Option<Read>> {
    let together = |jobs| catch_unwind(AssertUnwindSafe(|| try_read(jobs, room)));
    let one_by_one = |_| jobs.iter().map(|job| together(std::slice::from_ref(job)).ok()?.pop()?).collect();
    together(jobs).unwrap_or_else(one_by_one)
}

/// Does each step for all of the drafts before the next one. A draft that is not kept is dropped on the thread that made it.
fn try_read(jobs: &[Job], room: &AtomicUsize) -> Vec<Option<Read>> {
    // Standard input can be read only once.
    let draft = |job: &Job| matches!(job.input, Input::File(_)).then(|| input::read(&job.input).ok())?;
    let drafts: Vec<Option<Draft>> = jobs.iter().map(draft).collect();
    let print = |(job, draft): (&Job, Option<Draft>)| {
        let draft = draft?;
        let print = Print::of(&draft, Identity::of(&draft, &job.book.config));
        let length = draft.source.text().len();
        let kept = room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(length)).is_ok();
        Some((print, kept.then(|| Arc::new(draft))))
    };
    jobs.iter().zip(drafts).map(print).collect()
}
