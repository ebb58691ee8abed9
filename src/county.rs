//! The drafts of one run beside one another: what two towns share that only one of them can have lived.
//!
//! Two passes, so that memory holds no texts. The first makes a [`Print`] of each draft (hashes of a few of its runs of characters and of
//! figures) and an [`Index`] of them all. The second asks the index for the drafts that share something rare with a draft, reads those
//! again, and compares the texts themselves.

mod figures;
mod index;
mod print;
mod shared;
mod shingles;
mod signs;

pub use figures::{Twin, twins};
pub use index::{Index, Likeness};
pub use print::Print;
pub use shared::{Shared, shared};
