//! Why there is no path: which leg fails, what its start reaches and its end needs, and whether it
//! goes the other way round.

use super::path::names;
use crate::analysis::{Journey, Rule, best_path, in_learning_order, reached, reaching};
use crate::graph::NodeIndex;

/// How many names a note lists.
const SHOWN: usize = 5;
/// How many nodes of a path a note tells one by one.
const LONG: usize = 12;

/// The notes of an empty answer.
pub(super) fn why_none(journey: &Journey<'_>) -> Vec<String> {
    if journey.stopped() {
        return vec!["stopped before a path was found; there may be one".to_owned()];
    }
    let fails = |leg: &Journey<'_>| best_path(leg, Rule::Shortest).is_none();
    let Some(leg) = journey.legs().into_iter().find(fails) else {
        let ends = format!("{} to {}", all(journey, journey.from()), all(journey, journey.to()));
        return vec![format!(
            "no path from {ends} passes all that `via` names; without it there is one"
        )];
    };
    let (from, to) = (all(&leg, leg.from()), all(&leg, leg.to()));
    let avoided = leg.avoided();
    let without = if avoided.is_empty() {
        String::new()
    } else {
        format!(" without {}", all(&leg, &avoided))
    };
    let mut notes = vec![
        format!("no path leads from {from} to {to}{without}"),
        format!("{from} leads to {}", some(&leg, reached(&leg))),
        format!("{to} is reached from {}", some(&leg, reaching(&leg))),
    ];
    if let Some(path) = best_path(&leg.reversed(), Rule::Shortest) {
        let back = along(&leg, &path.nodes);
        notes.push(format!("the other way round there is one: {back}"));
    }
    notes
}

/// A path, or its ends where it is long.
fn along(journey: &Journey<'_>, nodes: &[NodeIndex]) -> String {
    const ENDS: usize = 4;
    let told = |part: &[NodeIndex]| names(journey.atlas(), part, " → ");
    if nodes.len() <= LONG {
        return told(nodes);
    }
    let (first, last) = (&nodes[..ENDS], &nodes[nodes.len() - ENDS..]);
    let hidden = nodes.len() - 2 * ENDS;
    format!("{} → … {hidden} more … → {}", told(first), told(last))
}

fn all(journey: &Journey<'_>, nodes: &[NodeIndex]) -> String {
    some(journey, nodes.to_vec())
}

/// The first few in learning order, and how many more there are.
fn some(journey: &Journey<'_>, nodes: Vec<NodeIndex>) -> String {
    let count = nodes.len();
    let nodes = in_learning_order(journey.atlas(), nodes);
    match count {
        0 => "nothing".to_owned(),
        _ if count <= SHOWN => names(journey.atlas(), &nodes, ", "),
        _ => {
            format!("{} and {} more", names(journey.atlas(), &nodes[..SHOWN], ", "), count - SHOWN)
        }
    }
}
