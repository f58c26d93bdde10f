//! Best paths of a journey, and the K best.
//!
//! The K best acyclic paths follow Yen ("Finding the K shortest loopless paths in a network", 1971) with
//! Lawler's partition: each answer splits what is left into disjoint classes, each with its own best
//! (`deviations`).

use super::bidirectional::ShortestWalks;
use super::both_ends::cheapest;
use super::cost::{Cost, Rule};
use super::counting::{number, shortest};
use super::deviations::{Candidate, Class, Deviations};
use super::path::Path;
use super::states::Journey;
use crate::graph::NodeIndex;
use num_bigint::BigUint;
use std::collections::{BTreeMap, HashSet};

/// The best path, if there is one. O((n + m) log n) in the part of the graph that is nearer to
/// the end than the start is; linear, and from both ends, where nothing but hops and sources
/// counts.
#[must_use]
pub fn best_path(journey: &Journey<'_>, rule: Rule) -> Option<Path> {
    if hops_decide(journey, rule) {
        return ShortestWalks::new(journey).map(|walks| walks.path(rule));
    }
    cheapest(journey, rule).map(|(nodes, _)| Path::along(journey, rule, nodes))
}

/// The nodes of a best path, and what it costs.
type Best = (Vec<NodeIndex>, Cost);

/// What [`shortest`] tells.
type Shortest = Option<(usize, BigUint)>;

fn best_nodes(journey: &Journey<'_>, rule: Rule) -> Option<Best> {
    if hops_decide(journey, rule) {
        return ShortestWalks::new(journey).map(|walks| walks.cheapest(rule));
    }
    cheapest(journey, rule)
}

/// The best path, and [`shortest`]: one search serves both where hops decide.
#[must_use]
pub fn best_and_shortest(journey: &Journey<'_>, rule: Rule) -> Option<(Path, (usize, BigUint))> {
    if hops_decide(journey, rule) {
        let walks = ShortestWalks::new(journey)?;
        return Some((walks.path(rule), (walks.hops(), number(&walks))));
    }
    Some((best_path(journey, rule)?, shortest(journey).unwrap_or_default()))
}

/// Is a best path one of the shortest?
fn hops_decide(journey: &Journey<'_>, rule: Rule) -> bool {
    rule == Rule::Shortest || !journey.has_routes()
}

/// How many nodes all listed paths may have together; the first one may have more.
const LISTED_NODES: usize = 500_000;

/// The `limit` best acyclic paths, best first, and whether all of them were found: not so if the
/// journey was stopped, or they have too many nodes. A search for each path, and one more wherever a
/// bound turns out too low.
#[must_use]
pub fn best_paths(journey: &Journey<'_>, rule: Rule, limit: usize) -> (Vec<Path>, bool) {
    from_best(journey, rule, limit, best_nodes(journey, rule))
}

/// [`best_paths`], and [`shortest`].
#[must_use]
pub fn best_paths_and_shortest(
    journey: &Journey<'_>,
    rule: Rule,
    limit: usize,
) -> ((Vec<Path>, bool), Shortest) {
    let (best, shortest) = if hops_decide(journey, rule) {
        let walks = ShortestWalks::new(journey);
        walks.map(|walks| (walks.cheapest(rule), (walks.hops(), number(&walks)))).unzip()
    } else {
        (cheapest(journey, rule), shortest(journey))
    };
    (from_best(journey, rule, limit, best), shortest)
}

/// The best paths, of which the first is known.
fn from_best(
    journey: &Journey<'_>,
    rule: Rule,
    limit: usize,
    best: Option<Best>,
) -> (Vec<Path>, bool) {
    let mut deviations = Deviations::new(journey, rule);
    let mut found: Vec<Path> = Vec::new();
    let mut listed = 0;
    // Each knows from where on its class is free to differ.
    let mut candidates = BTreeMap::new();
    if let Some((nodes, cost)) = best {
        candidates.insert(Candidate::of(nodes, cost), Class::default());
    }
    while let Some((candidate, class)) = candidates.pop_first() {
        if found.len() == limit {
            break;
        }
        if journey.stopped() {
            return (found, false);
        }
        if !candidate.is_found() {
            let nearer = deviations.nearer(&candidate, &class);
            candidates.extend(nearer.map(|nearer| (nearer, class)));
            continue;
        }
        let nodes = candidate.nodes().to_vec();
        let acyclic_until = first_repeat(&nodes);
        let is_last = acyclic_until == nodes.len() && found.len() + 1 == limit;
        if !is_last {
            // After the last one asked for, what is left need not be divided.
            candidates.extend(deviations.split(&candidate, &class, acyclic_until));
        }
        if acyclic_until == nodes.len() {
            listed += nodes.len();
            if listed > LISTED_NODES && !found.is_empty() {
                return (found, false);
            }
            found.push(Path::along(journey, rule, nodes));
        }
    }
    (found, true)
}

fn first_repeat(nodes: &[NodeIndex]) -> usize {
    let mut seen = HashSet::new();
    nodes.iter().position(|node| !seen.insert(*node)).unwrap_or(nodes.len())
}
