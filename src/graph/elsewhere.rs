//! What an atlas says of itself where only a part of the graph is here, and what it notes that is
//! asked for and may not be here.

use super::NodeIndex;
use super::atlas::Atlas;
use super::partial::{Partial, ROW, key_of};

impl Atlas {
    /// What is here of a graph that is held elsewhere, if this is a part of one.
    pub(crate) fn partial(&self) -> Option<&Partial> {
        self.store.partial.as_deref()
    }

    /// Has anything been asked for that is not here? Then it is fetched, and what was found so far
    /// is found again.
    pub(crate) fn is_lacking(&self) -> bool {
        self.partial().is_some_and(Partial::is_lacking)
    }

    /// Is it known of a graph that is held elsewhere that nothing in it stands in for another?
    pub(crate) fn has_no_alternatives(&self) -> bool {
        self.overlay.is_none() && self.partial().is_some_and(Partial::has_no_alternatives)
    }

    /// The rows of a verb's answer that were kept when a graph was saved, if nothing has changed.
    pub(crate) fn kept_rows(&self, verb: &str) -> Option<&Vec<Vec<serde_json::Value>>> {
        self.partial().filter(|_| self.overlay.is_none())?.kept_rows(verb)
    }

    /// How many nodes there are in a graph that is held elsewhere, if nothing has changed.
    pub(crate) fn kept_count(&self) -> Option<u64> {
        self.partial().filter(|_| self.overlay.is_none()).map(|partial| partial.counts()[0])
    }

    /// Every node or edge is asked for, which may not be here.
    pub(super) fn note_everything(&self) {
        if let Some(partial) = &self.store.partial {
            partial.want_everything();
        }
    }

    pub(super) fn note_row(&self, node: NodeIndex) {
        if let Some(partial) = &self.store.partial {
            partial.want(node, ROW);
        }
    }

    pub(super) fn note_name(&self, name: &str) {
        if let Some(partial) = &self.store.partial {
            partial.want_name(key_of(name));
        }
    }
}
