//! Best paths of a journey, and the K best.
//!
//! The K best acyclic paths follow Yen ("Finding the K shortest loopless paths in a network", 1971) with Lawler's
//! partition: each answer splits what is left into disjoint classes, each with its own best.

use super::journey::{Journey, Rule, State};
use super::layers::Layers;
use super::onward::{Ban, Search};
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
    let ban = Ban { removed: &nothing, barred: &nothing };
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

/// The `limit` best acyclic paths, best first, and whether the search was left to finish.
/// K · length searches in the worst case, fewer where paths share beginnings.
#[must_use]
pub fn best_paths(journey: &Journey<'_>, rule: Rule, limit: usize) -> (Vec<Path>, bool) {
    let mut search = Search::new(journey, rule);
    let mut found: Vec<Path> = Vec::new();
    // Candidates by cost, then ids; each knows from where on its class is free to differ.
    let mut candidates = BTreeMap::new();
    if let Some(path) = best_path(journey, rule) {
        candidates.insert((path.cost, path.nodes), Class::default());
    }
    while let Some(((cost, nodes), class)) = candidates.pop_first() {
        if found.len() == limit {
            break;
        }
        if journey.stopped() {
            return (found, false);
        }
        let acyclic_until = first_repeat(&nodes);
        if acyclic_until == nodes.len() && found.len() + 1 == limit {
            // The last one asked for: what is left need not be divided.
            found.push(Path { nodes, cost });
            break;
        }
        for (path, class) in search.split(&nodes, &class, acyclic_until) {
            candidates.insert((path.cost, path.nodes), class);
        }
        if acyclic_until == nodes.len() {
            found.push(Path { nodes, cost });
        }
    }
    (found, true)
}

/// All paths that begin with a candidate's first `fixed` nodes and do not go on to `barred`.
#[derive(Debug, Clone, Default)]
struct Class {
    fixed: usize,
    barred: HashSet<NodeIndex>,
    barred_end: bool,
}

fn first_repeat(nodes: &[NodeIndex]) -> usize {
    let mut seen = HashSet::new();
    nodes.iter().position(|node| !seen.insert(*node)).unwrap_or(nodes.len())
}

impl Search<'_, '_> {
    /// The classes into which a path's own splits once it has been taken, each with its best.
    fn split(&mut self, nodes: &[NodeIndex], class: &Class, until: usize) -> Vec<(Path, Class)> {
        let mut classes = Vec::new();
        let mut states: Vec<State> = Vec::new();
        let (mut removed, nothing) = (HashSet::new(), HashSet::new());
        let mut spent = Cost::default();
        for fixed in 0..=until.min(nodes.len()) {
            if self.journey.stopped() {
                break;
            }
            if fixed > 0 {
                let (here, hop) = self.step(&states, nodes[fixed - 1], fixed == 1);
                spent = spent.plus(hop);
                states = here;
                removed.insert(nodes[fixed - 1]);
            }
            if fixed < class.fixed {
                continue;
            }
            let mut barred = Class { fixed, ..Class::default() };
            if fixed == class.fixed {
                barred.barred.clone_from(&class.barred);
                barred.barred_end = class.barred_end;
            }
            match nodes.get(fixed) {
                Some(next) => drop(barred.barred.insert(*next)),
                None => barred.barred_end = true,
            }
            let rest = if fixed == 0 {
                let starts = self.journey.starts();
                let free: Vec<State> = starts
                    .into_iter()
                    .filter(|state| !barred.barred.contains(&state.node))
                    .collect();
                self.onward(&free, true, Ban { removed: &nothing, barred: &nothing })
            } else {
                let ban = Ban { removed: &removed, barred: &barred.barred };
                self.onward(&states, !barred.barred_end, ban)
            };
            if let Some(rest) = rest {
                let head = nodes[..fixed.saturating_sub(1)].iter().copied();
                let path =
                    Path { nodes: head.chain(rest.nodes).collect(), cost: spent.plus(rest.cost) };
                classes.push((path, barred));
            }
        }
        classes
    }

    /// The states after going from `states` to `node`, and the cost of the hop.
    fn step(&self, states: &[State], node: NodeIndex, first: bool) -> (Vec<State>, Cost) {
        if first {
            let starts = self.journey.starts();
            return (
                starts.into_iter().filter(|state| state.node == node).collect(),
                Cost::default(),
            );
        }
        let nothing = HashSet::new();
        let options = self.heads(states, Ban { removed: &nothing, barred: &nothing });
        let cheapest =
            options.iter().filter(|(state, _)| state.node == node).map(|(_, cost)| *cost).min();
        let there = options.into_iter().filter(|(state, _)| state.node == node);
        (there.map(|(state, _)| state).collect(), cheapest.unwrap_or_default())
    }
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
