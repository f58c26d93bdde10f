//! Why there is no path: which leg fails, what its start reaches and its end needs, and whether it
//! goes the other way round.

use crate::analysis::{
    Itinerary, Journey, Path, Rule, best_path, in_learning_order, needed_by, reached, reaching,
};
use crate::answer::edge_as_stored;
use crate::graph::{EdgeIndex, Flow, NodeIndex, quoted_if_needed};
use crate::query::explain::naming::{all_names, names};
use std::collections::BTreeSet;

/// How many nodes of a path a note tells one by one.
const LONG: usize = 12;
/// How many nodes are counted that a leg's start reaches, or that reach its end.
const COUNTED: usize = 10_000;

/// The notes of an empty answer.
pub(crate) fn why_none(journey: &Journey<'_>) -> Vec<String> {
    if journey.stopped() {
        return vec!["stopped before a path was found; there may be one".to_owned()];
    }
    // Of a part of a graph it is not known yet that there is none.
    if journey.atlas().is_lacking() {
        return Vec::new();
    }
    let Some(leg) = failing_leg(journey) else {
        let asked = journey.itinerary();
        let ends = format!("{} to {}", all(journey, asked.from()), all(journey, asked.to()));
        return vec![format!(
            "no path from {ends} passes all that `via` names; without it there is one"
        )];
    };
    let asked = leg.itinerary();
    let (from, to) = (all(&leg, asked.from()), all(&leg, asked.to()));
    let avoided: Vec<NodeIndex> = asked.avoid.iter().copied().collect();
    let without = if avoided.is_empty() {
        String::new()
    } else {
        format!(" without {}", all(&leg, &avoided))
    };
    let mut notes = vec![
        format!("no path leads from {from} to {to}{without}"),
        format!("{from} leads to {}", counted(&leg, reached(&leg, COUNTED))),
    ];
    let before = reaching(&leg, COUNTED);
    let stop = before.as_ref().and_then(|before| known_stop(&leg, before));
    notes.push(format!("{to} is reached from {}", counted(&leg, before)));
    notes.extend(entered(&leg).map(|path| beginnings(&leg, &path)));
    notes.extend(stop);
    notes.extend(reversed(&leg));
    notes
}

/// The last milestone that the start of a leg needs, of those `before` its end.
fn known_stop(leg: &Journey<'_>, before: &[NodeIndex]) -> Option<String> {
    let (atlas, asked) = (leg.atlas(), leg.itinerary());
    let ([start], [end]) = (asked.from(), asked.to()) else { return None };
    let milestones = before.iter().filter(|node| *node != end && atlas.is_milestone(**node));
    let milestones: BTreeSet<NodeIndex> = milestones.copied().collect();
    if milestones.is_empty() {
        return None;
    }
    let mut stops = needed_by(&Flow::new(atlas, &None, true), &[*start], usize::MAX);
    stops.retain(|node| milestones.contains(node));
    let stop = *in_learning_order(atlas, stops).last()?;
    let [from, to, name] = [*start, *end, stop].map(|node| atlas.name(node));
    let [stop, end] = [stop, *end].map(|node| quoted_if_needed(atlas.id(node)));
    Some(format!("{from} needs {name}, from which one reaches {to}: path {stop} -> {end}"))
}

/// The way from the end of a leg to its start, if there is one.
pub(crate) fn reversed(leg: &Journey<'_>) -> Option<String> {
    let path = best_path(&leg.with(leg.itinerary().reversed()), Rule::Shortest)?;
    Some(format!("the other way round there is one: {}", along(leg, &path.nodes)))
}

/// The first leg of a journey that has no path.
pub(crate) fn failing_leg<'g>(journey: &Journey<'g>) -> Option<Journey<'g>> {
    let asked = journey.itinerary();
    if asked.is_plain() {
        return Some(journey.clone());
    }
    // Legs are tried without `via`: if each of them has a way, what fails is to pass what it names.
    let mut legs = asked.legs().map(|leg| journey.with(leg));
    legs.find(|leg| best_path(leg, Rule::Shortest).is_none())
}

/// The way there would be if an entry could be taken anywhere.
pub(crate) fn entered(leg: &Journey<'_>) -> Option<Path> {
    if !leg.has_entries() {
        return None;
    }
    best_path(&leg.clone().entered_anywhere(), Rule::Shortest)
}

/// Where such a way is entered in its middle, and that stops there would make it one.
fn beginnings(leg: &Journey<'_>, path: &Path) -> String {
    let atlas = leg.atlas();
    let is_entry = |edge: &EdgeIndex| atlas.relation_of(*edge).entry;
    let steps = path.nodes.iter().zip(&path.hops).skip(1);
    let entries: Vec<_> = steps.filter(|(_, hop)| hop.iter().all(is_entry)).collect();
    let stored: Vec<String> = entries
        .iter()
        .filter_map(|(left, hop)| Some(edge_as_stored(atlas, *hop.first()?, **left)))
        .collect();
    let told = format!(
        "{} leads there, but only as a beginning: {}",
        some(leg, entries.iter().map(|(node, _)| **node).collect()),
        stored.join(", ")
    );
    let ends = [path.nodes.first(), path.nodes.last()].map(|end| end.into_iter().copied());
    let [from, to] = ends;
    let stops = from.chain(entries.iter().map(|(node, _)| **node)).chain(to);
    let stops: Vec<NodeIndex> = stops.collect();
    let sets = stops.iter().map(|stop| vec![*stop]).collect();
    let by_stops = Itinerary { stops: sets, ..leg.itinerary().clone() };
    // Advice is tried before it is given.
    if best_path(&leg.with(by_stops), Rule::Shortest).is_none() {
        return told;
    }
    let typed = stops.iter().map(|stop| quoted_if_needed(&atlas.node(*stop).id));
    format!("{told}; as a stop it is one: path {}", typed.collect::<Vec<String>>().join(" -> "))
}

/// A path, or its ends where it is long.
fn along(journey: &Journey<'_>, nodes: &[NodeIndex]) -> String {
    const ENDS: usize = 4;
    let told = |part: &[NodeIndex]| all_names(journey.atlas(), part, " → ");
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

/// The same of what was counted.
fn counted(journey: &Journey<'_>, nodes: Option<Vec<NodeIndex>>) -> String {
    nodes.map_or_else(|| format!("more than {COUNTED} nodes"), |nodes| some(journey, nodes))
}

/// The first few in learning order, and how many more there are.
fn some(journey: &Journey<'_>, nodes: Vec<NodeIndex>) -> String {
    names(journey.atlas(), &in_learning_order(journey.atlas(), nodes))
}
