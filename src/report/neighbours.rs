//! Reports of other towns that lie beside a report.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::draft::Draft;

/// What lies beside a report in one run.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// The towns of the same county, its own among them.
    pub towns: Arc<BTreeSet<String>>,
    /// The drafts that share something with it, the one that shares most first.
    pub drafts: Vec<Neighbour>,
}

/// A draft of another town.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// The draft.
    pub draft: Arc<Draft>,
    /// Whose it is.
    pub town: String,
    /// Hashes of what both share and few others do, sorted.
    pub shared: Vec<u64>,
}
