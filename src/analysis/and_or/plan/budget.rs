//! How much a search may do: counted, not timed, so that answers repeat.

use crate::stop::raised;
use std::sync::atomic::AtomicBool;

/// How many items or clauses may be looked at for each search node.
const WORK_EACH: usize = 100_000;

/// How many search nodes may still be visited. What takes much work counts as several.
pub(super) struct Budget<'a> {
    left: usize,
    work: usize,
    stop: &'a AtomicBool,
}

impl<'a> Budget<'a> {
    /// So many search nodes, unless `stop` is raised before.
    pub(super) fn new(left: usize, stop: &'a AtomicBool) -> Self {
        Self { left, work: 0, stop }
    }

    /// Is nothing left, or shall the search stop?
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0 || raised(self.stop)
    }

    /// How many search nodes are left.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Grants one search node if there is none: one yields a plan, without any there would be none
    /// to tell.
    pub(super) fn grant_one(&mut self) {
        self.left = self.left.max(1);
    }

    /// Takes one search node off.
    pub(super) fn visit(&mut self) {
        self.left = self.left.saturating_sub(1);
    }

    /// Takes work off.
    pub(super) fn spend(&mut self, work: usize) {
        self.work += work;
        self.left = self.left.saturating_sub(self.work / WORK_EACH);
        // The rest is carried on: many small pieces of work count like a large one.
        self.work %= WORK_EACH;
    }
}
