//! Which edges make some nodes needed by others: a closure by clauses instead of by arcs.

use super::clauses::{Clause, clauses};
use crate::graph::{EdgeIndex, Flow, NodeIndex};
use std::collections::HashSet;

/// The edges by which `goals` need others, directly or not, of those that `follows` accepts: each
/// is asked with its clause and what it leads to. O(d log d) in the arcs of all that is met.
#[must_use]
pub fn supporting_edges(
    flow: &Flow<'_>,
    goals: &[NodeIndex],
    mut follows: impl FnMut(&Clause, NodeIndex, EdgeIndex) -> bool,
) -> HashSet<EdgeIndex> {
    let mut seen: HashSet<NodeIndex> = goals.iter().copied().collect();
    let mut open: Vec<NodeIndex> = seen.iter().copied().collect();
    let mut found = HashSet::new();
    while let Some(dependent) = open.pop() {
        for clause in clauses(flow, dependent) {
            for (need, edges) in &clause.alternatives {
                let followed = edges.iter().filter(|edge| follows(&clause, *need, **edge));
                let before = found.len();
                found.extend(followed);
                if found.len() > before && seen.insert(*need) {
                    open.push(*need);
                }
            }
        }
    }
    found
}
