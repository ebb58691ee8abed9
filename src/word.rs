//! Answers written into a Word file: comments in its margin, changes that its drafter accepts one by one.
//!
//! The main part is cut and spliced byte by byte; every part that need not change is copied as it is.

mod changes;
mod comments;
mod cut;
mod package;
mod splice;

pub use changes::{Mode, can_change, change};
pub use comments::{Remark, comment, remark};
pub use package::is_own;

/// Who writes comments and changes.
pub(crate) const AUTHOR: &str = "rlcheck";
