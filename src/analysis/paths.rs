//! Best paths of a journey, and the K best.
//!
//! One backward Dijkstra search finds what remains to be paid from every state; going forward
//! along optimal moves by smallest id then makes the answer unique. The K best acyclic paths
//! follow Yen ("Finding the K shortest loopless paths in a network", 1971) with Lawler's
//! partition: each answer splits what is left into disjoint classes, each with its own best.

use super::journey::{Journey, Rule, State};
use super::layers::Layers;
use crate::graph::{Atlas, EdgeIndex, NodeIndex};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

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
    fn plus(self, other: Self) -> Self {
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
    if journey.is_plain() && (rule == Rule::Shortest || !journey.has_routes()) {
        let layers = Layers::new(journey)?;
        let atlas = journey.atlas();
        let (nodes, unsourced) = layers.cheapest(|hop| hop_cost(atlas, rule, hop).unsourced);
        let hops = layers.hops() as u32;
        let off_route = if rule == Rule::RouteFirst { hops } else { 0 };
        return Some(Path { nodes, cost: Cost { off_route, hops, unsourced } });
    }
    Search { journey, rule }.onward(&journey.starts(), true, &HashSet::new(), &HashSet::new())
}

/// The `limit` best acyclic paths, best first, and whether the search was left to finish.
/// K · length searches in the worst case, fewer where paths share beginnings.
#[must_use]
pub fn best_paths(journey: &Journey<'_>, rule: Rule, limit: usize) -> (Vec<Path>, bool) {
    let search = Search { journey, rule };
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

struct Search<'j, 'g> {
    journey: &'j Journey<'g>,
    rule: Rule,
}

impl Search<'_, '_> {
    /// The classes into which a path's own splits once it has been taken, each with its best.
    fn split(&self, nodes: &[NodeIndex], class: &Class, until: usize) -> Vec<(Path, Class)> {
        let mut classes = Vec::new();
        let mut states: Vec<State> = Vec::new();
        let mut removed = HashSet::new();
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
                self.onward(&free, true, &HashSet::new(), &HashSet::new())
            } else {
                self.onward(&states, !barred.barred_end, &removed, &barred.barred)
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
        let options = self.heads(states, &HashSet::new(), &HashSet::new());
        let cheapest =
            options.iter().filter(|(state, _)| state.node == node).map(|(_, cost)| *cost).min();
        let there = options.into_iter().filter(|(state, _)| state.node == node);
        (there.map(|(state, _)| state).collect(), cheapest.unwrap_or_default())
    }

    /// The cheapest hop into each state that can follow `states`.
    fn heads(
        &self,
        states: &[State],
        removed: &HashSet<NodeIndex>,
        barred: &HashSet<NodeIndex>,
    ) -> BTreeMap<State, Cost> {
        let mut heads: BTreeMap<State, Cost> = BTreeMap::new();
        for state in states.iter().flat_map(|state| self.journey.settled(*state)) {
            for (node, edges) in self.journey.hops(state) {
                if removed.contains(&node) || barred.contains(&node) {
                    continue;
                }
                let cost = self.hop(&edges);
                let next = self.journey.moved(state, node);
                heads.entry(next).and_modify(|known| *known = cost.min(*known)).or_insert(cost);
            }
        }
        heads
    }

    /// The best way to go on from `states` (all at one node, or all starts), never through
    /// `removed` and not first to `barred`; the node of the first state leads its nodes.
    fn onward(
        &self,
        states: &[State],
        may_end: bool,
        removed: &HashSet<NodeIndex>,
        barred: &HashSet<NodeIndex>,
    ) -> Option<Path> {
        let done = |state: &&State| {
            self.journey.settled(**state).iter().any(|state| self.journey.arrived(*state))
        };
        if may_end && let Some(state) = states.iter().find(done) {
            return Some(Path { nodes: vec![state.node], cost: Cost::default() });
        }
        let by_start: Vec<(NodeIndex, BTreeMap<State, Cost>)> = states
            .chunk_by(|a, b| a.node == b.node)
            .map(|here| (here[0].node, self.heads(here, removed, barred)))
            .collect();
        let heads = by_start.iter().flat_map(|(_, heads)| heads.iter());
        let mut wanted: HashMap<State, Cost> = HashMap::new();
        for (state, cost) in heads {
            wanted.entry(*state).and_modify(|known| *known = (*known).min(*cost)).or_insert(*cost);
        }
        if wanted.is_empty() {
            return None;
        }
        let remaining = self.remaining(&wanted, removed);
        let total = |heads: &BTreeMap<State, Cost>| {
            let totals =
                heads.iter().filter_map(|(state, cost)| Some(cost.plus(*remaining.get(state)?)));
            totals.min()
        };
        let cost = by_start.iter().filter_map(|(_, heads)| total(heads)).min()?;
        let (start, heads) = by_start.iter().find(|(_, heads)| total(heads) == Some(cost))?;
        Some(Path { nodes: self.follow(*start, heads, &remaining, removed, cost), cost })
    }

    /// Goes forward along moves that cost no more than what remains, by smallest id.
    fn follow(
        &self,
        start: NodeIndex,
        heads: &BTreeMap<State, Cost>,
        remaining: &HashMap<State, Cost>,
        removed: &HashSet<NodeIndex>,
        total: Cost,
    ) -> Vec<NodeIndex> {
        let fits = |heads: &BTreeMap<State, Cost>, left: Cost| -> Vec<(State, Cost)> {
            let rests = heads.iter().filter_map(|(state, hop)| {
                let rest = *remaining.get(state)?;
                (hop.plus(rest) == left).then_some((*state, rest))
            });
            rests.collect()
        };
        let mut nodes = vec![start];
        let mut options = fits(heads, total);
        while let Some(node) = options.iter().map(|(state, _)| state.node).min() {
            nodes.push(node);
            options.retain(|(state, _)| state.node == node);
            if options.iter().any(|(_, rest)| rest.hops == 0) {
                break;
            }
            let next = options.iter().flat_map(|(state, rest)| {
                fits(&self.heads(&[*state], removed, &HashSet::new()), *rest)
            });
            options = next.collect();
        }
        nodes
    }

    /// What remains to be paid from every state that matters for `heads`: a backward search
    /// from the ends that stops once no head can do better.
    fn remaining(
        &self,
        heads: &HashMap<State, Cost>,
        removed: &HashSet<NodeIndex>,
    ) -> HashMap<State, Cost> {
        let mut remaining: HashMap<State, Cost> = HashMap::new();
        let mut heap = BinaryHeap::new();
        let ends = self.journey.ends();
        let ends = ends.into_iter().filter(|end| !removed.contains(&end.node));
        heap.extend(ends.map(|end| Reverse((Cost::default(), end))));
        let at_end = |(state, head): (&State, &Cost)| self.journey.arrived(*state).then_some(*head);
        let mut best: Option<Cost> = heads.iter().filter_map(at_end).min();
        // No head is cheaper than this, so what costs more than the best less it cannot matter.
        let least =
            heads.values().map(|head| (head.off_route, head.hops)).min().unwrap_or_default();
        let matters = |cost: Cost, best: Option<Cost>| {
            best.is_none_or(|best| {
                (cost.off_route + least.0, cost.hops + least.1) <= (best.off_route, best.hops)
            })
        };
        while let Some(Reverse((cost, state))) = heap.pop() {
            if !matters(cost, best) || self.journey.stopped() {
                break;
            }
            if remaining.contains_key(&state) {
                continue;
            }
            remaining.insert(state, cost);
            let mut before: Vec<(Cost, State)> =
                self.journey.unsettled(state).into_iter().map(|state| (cost, state)).collect();
            // One more hop costs at least a hop: do not even look for it if that is too much.
            if matters(Cost { hops: cost.hops + 1, ..cost }, best) {
                let arrivals = self.journey.arrivals(state).into_iter();
                before.extend(arrivals.map(|(state, edges)| (cost.plus(self.hop(&edges)), state)));
            }
            before.retain(|(_, state)| {
                !removed.contains(&state.node) && !remaining.contains_key(state)
            });
            // What is reached costs at most this, so a head known here bounds the rest at once.
            let heads_here =
                before.iter().filter_map(|(cost, state)| Some(heads.get(state)?.plus(*cost)));
            best = best.into_iter().chain(heads_here).min();
            heap.extend(before.into_iter().map(Reverse));
        }
        remaining
    }

    fn hop(&self, edges: &[EdgeIndex]) -> Cost {
        hop_cost(self.journey.atlas(), self.rule, edges)
    }
}

/// What a hop by these edges costs.
fn hop_cost(atlas: &Atlas, rule: Rule, edges: &[EdgeIndex]) -> Cost {
    let route = rule == Rule::RouteFirst && edges.iter().any(|edge| atlas.relation_of(*edge).route);
    let counted = edges.iter().filter(|edge| !route || atlas.relation_of(**edge).route);
    let sources: BTreeSet<&str> = counted.flat_map(|edge| atlas.edge(*edge).source_ids()).collect();
    Cost {
        off_route: u32::from(rule == Rule::RouteFirst && !route),
        hops: 1,
        unsourced: -(sources.len() as i64),
    }
}
