//! Why no chain leads from one set to another: the nearest miss, and what would mend it.

use crate::analysis::{Fault, Miss, in_learning_order, nearest_miss, needed_by, opened_by};
use crate::answer::edge_as_stored;
use crate::graph::{Edit, Flow, NodeIndex};
use crate::query::explain::naming::{name, names};
use crate::query::explain::reason::Reason;
use crate::query::explain::remedy::{Remedy, TRIES, new_edges};

/// A chain that is missing.
pub(crate) struct Missing<'a> {
    pub(crate) flow: &'a Flow<'a>,
    pub(crate) from: &'a [NodeIndex],
    pub(crate) to: &'a [NodeIndex],
    pub(crate) avoid: &'a [NodeIndex],
    /// Would the question have what is asked for if it did without what makes this fault?
    pub(crate) mends: &'a dyn Fn(Fault) -> bool,
}

/// Why no chain leads from one set to another: the nearest miss with what would mend it, or what
/// lies on either side.
pub(crate) fn missed(missing: &Missing<'_>) -> Reason {
    let Missing { flow, from, to, avoid, .. } = missing;
    let atlas = flow.atlas();
    let (start, end) = (names(atlas, from), names(atlas, to));
    let mut reason =
        Reason::new(false, format!("no chain of requirements leads from {start} to {end}"));
    let miss = nearest_miss(flow, from, to, avoid).filter(|miss| miss.faults.len() == 1);
    if let Some(miss) = miss {
        reason = mended(reason, missing, &miss);
        reason = reason.by([miss.path]);
    } else {
        let opened = in_learning_order(atlas, opened_by(flow, from, usize::MAX));
        let needed = in_learning_order(atlas, needed_by(flow, to, usize::MAX));
        reason = reason
            .and(format!("{start} leads to {}", names(atlas, &opened)))
            .and(format!("{end} needs {}", names(atlas, &needed)));
    }
    if reason.hints.is_empty() {
        let edges = new_edges(flow, from, to).into_iter();
        let edges = edges.map(|edit| Remedy::new("a new edge would do", vec![edit]));
        reason.remedies.extend(edges);
    }
    reason
}

/// The one thing that would have to be different.
fn mended(reason: Reason, missing: &Missing<'_>, miss: &Miss) -> Reason {
    let atlas = missing.flow.atlas();
    let stored = |edge| edge_as_stored(atlas, edge, atlas.ends(edge).0);
    let Some(fault) = miss.faults.first() else { return reason };
    let would = (missing.mends)(*fault);
    let mut reason = reason;
    match *fault {
        Fault::LeftOut(edge) => {
            let stored = stored(edge);
            if would {
                reason.hints.push(format!("it would, if the question did not leave out {stored}"));
                return reason;
            }
            reason.and(format!("{stored} does not count here"))
        }
        Fault::Avoided(node) => {
            let own = name(atlas, node);
            if would {
                reason.hints.push(format!("it would, if {own} were not avoided"));
                return reason;
            }
            reason.and(format!("{own} is avoided"))
        }
        Fault::Reversed(edge) => {
            let (from, to) = atlas.ends(edge);
            let relation = atlas.edge(edge).relation;
            let edits = vec![Edit::Remove(from, relation, to), Edit::Add(to, relation, from)];
            reason.remedies.push(Remedy::new("the other way round it would do", edits));
            reason.and(format!("one edge goes the other way: {}", stored(edge)))
        }
        Fault::NoFlow(edge) => {
            let at = miss.path.hops.iter().position(|hop| hop.contains(&edge)).unwrap_or_default();
            let ends = (&miss.path.nodes[at..=at], &miss.path.nodes[at + 1..=at + 1]);
            let edges = new_edges(missing.flow, ends.0, ends.1).into_iter();
            let remedies =
                edges.map(|edit| Remedy::new("an edge that does would mend it", vec![edit]));
            reason.remedies.extend(remedies.take(TRIES / 2));
            let relation = &atlas.relation_of(edge).name;
            let stored = stored(edge);
            reason.and(format!(
                "{stored} does not count, since {relation} says nothing about what one needs first"
            ))
        }
    }
}
