//! How far running goes before it stops and says so.

use crate::analysis::SEARCH_LIMIT;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a run may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'a> {
    /// Set from outside to stop at the next occasion.
    pub stop: &'a AtomicBool,
    /// How many paths are listed at most.
    pub paths: usize,
    /// How many search nodes a plan may take.
    pub search: usize,
}

/// The default of [`Limits::paths`].
pub const PATH_LIMIT: usize = 10_000;

impl Limits<'_> {
    /// Is it time to stop? What takes long asks now and then, and tells what it has.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

static NEVER: AtomicBool = AtomicBool::new(false);

impl Default for Limits<'_> {
    fn default() -> Self {
        Self { stop: &NEVER, paths: PATH_LIMIT, search: SEARCH_LIMIT }
    }
}
