//! Best paths of a journey, and the K best.
//!
//! The K best acyclic paths follow Yen ("Finding the K shortest loopless paths in a network", 1971) with Lawler's
//! partition: each answer splits what is left into disjoint classes, each with its own best
//! (`deviations`).

use super::astar::{Ban, Removed, Search};
use super::bidirectional::Layers;
use super::deviations::{Candidate, Class};
use super::states::{Journey, Rule};
use super::walks::shortest;
use crate::graph::{Atlas, EdgeIndex, NodeIndex};
use num_bigint::BigUint;
use std::collections::{BTreeMap, HashSet};

/// What a path costs, compared in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Hops outside route relations; 0 where that does not count.
    pub off_route: u32,
    /// Hops.
    pub hops: u32,
    /// Distinct sources of each hop, summed, and negated: more is better.
    pub unsourced: i64,
}

impl Cost {
    /// What is left of it.
    pub(super) fn less(self, other: Self) -> Self {
        Self {
            off_route: self.off_route - other.off_route,
            hops: self.hops - other.hops,
            unsourced: self.unsourced - other.unsourced,
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            off_route: self.off_route + other.off_route,
            hops: self.hops + other.hops,
            unsourced: self.unsourced + other.unsourced,
        }
    }
}

/// A path: its nodes in order, and what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The nodes.
    pub nodes: Vec<NodeIndex>,
    /// The cost.
    pub cost: Cost,
}

/// The best path, if there is one. O((n + m) log n) in the part of the graph that is nearer to
/// the end than the start is; linear, and from both ends, where nothing but hops and sources
/// counts.
#[must_use]
pub fn best_path(journey: &Journey<'_>, rule: Rule) -> Option<Path> {
    if hops_decide(journey, rule) {
        return Layers::new(journey).map(|layers| best_of(&layers, rule));
    }
    let nothing = HashSet::new();
    let ban = Ban { removed: Removed::default(), barred: &nothing };
    Search::new(journey, rule).onward(&journey.starts(), true, ban)
}

/// The best path, and [`shortest`].
#[must_use]
pub fn best_and_shortest(journey: &Journey<'_>, rule: Rule) -> Option<(Path, (usize, BigUint))> {
    if hops_decide(journey, rule) {
        let layers = Layers::new(journey)?;
        return Some((best_of(&layers, rule), (layers.hops(), layers.count())));
    }
    Some((best_path(journey, rule)?, shortest(journey).unwrap_or_default()))
}

/// Is a best path one of the shortest ones of a plain journey?
fn hops_decide(journey: &Journey<'_>, rule: Rule) -> bool {
    journey.is_plain() && (rule == Rule::Shortest || !journey.has_routes())
}

fn best_of(layers: &Layers<'_, '_>, rule: Rule) -> Path {
    let atlas = layers.journey().atlas();
    let (nodes, unsourced) = layers.cheapest(|hop| hop_cost(atlas, rule, hop).unsourced);
    let hops = layers.hops() as u32;
    let off_route = if rule == Rule::RouteFirst { hops } else { 0 };
    Path { nodes, cost: Cost { off_route, hops, unsourced } }
}

/// How many nodes all listed paths may have together; the first one may have more.
pub(crate) const LISTED_NODES: usize = 500_000;

/// The `limit` best acyclic paths, best first, and whether all of them were found: not so if the
/// journey was stopped, or they have too many nodes. A search for each path, and one more wherever a
/// bound turns out too low.
#[must_use]
pub fn best_paths(journey: &Journey<'_>, rule: Rule, limit: usize) -> (Vec<Path>, bool) {
    let mut search = Search::new(journey, rule);
    let mut found: Vec<Path> = Vec::new();
    let mut listed = 0;
    // Each knows from where on its class is free to differ.
    let mut candidates = BTreeMap::new();
    if let Some(path) = best_path(journey, rule) {
        candidates.insert(Candidate::of(path), Class::default());
    }
    while let Some((candidate, class)) = candidates.pop_first() {
        if found.len() == limit {
            break;
        }
        if journey.stopped() {
            return (found, false);
        }
        if !candidate.is_found() {
            candidates.extend(search.nearer(&candidate, &class).map(|nearer| (nearer, class)));
            continue;
        }
        let nodes = candidate.nodes().to_vec();
        let acyclic_until = first_repeat(&nodes);
        let is_last = acyclic_until == nodes.len() && found.len() + 1 == limit;
        if !is_last {
            // After the last one asked for, what is left need not be divided.
            candidates.extend(search.split(&candidate, &class, acyclic_until));
        }
        if acyclic_until == nodes.len() {
            listed += nodes.len();
            if listed > LISTED_NODES && !found.is_empty() {
                return (found, false);
            }
            found.push(Path { nodes, cost: candidate.cost });
        }
    }
    (found, true)
}

fn first_repeat(nodes: &[NodeIndex]) -> usize {
    let mut seen = HashSet::new();
    nodes.iter().position(|node| !seen.insert(*node)).unwrap_or(nodes.len())
}

/// What a hop by these edges costs.
pub(super) fn hop_cost(atlas: &Atlas, rule: Rule, edges: &[EdgeIndex]) -> Cost {
    let route = rule == Rule::RouteFirst && edges.iter().any(|edge| atlas.relation_of(*edge).route);
    let counted = edges.iter().filter(|edge| !route || atlas.relation_of(**edge).route);
    let cited = counted.flat_map(|edge| atlas.edge(*edge).sources.iter());
    let mut sources: Vec<&str> = cited.map(|cite| cite.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    Cost {
        off_route: u32::from(rule == Rule::RouteFirst && !route),
        hops: 1,
        unsourced: -(sources.len() as i64),
    }
}
