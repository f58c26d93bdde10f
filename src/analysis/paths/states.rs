//! A journey asked for: from, stops, nodes to pass, nodes to avoid; and the states a traveller
//! can be in. Paths, their number and all walks are questions about moves between these states.

use crate::analysis::sorted_unique;
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex, Relations};
use petgraph::Direction;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How paths compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Fewest hops outside route relations, then fewest hops, then most sources, then ids.
    RouteFirst,
    /// Fewest hops, then most sources, then ids.
    Shortest,
}

/// A journey along the learning flow.
#[derive(Debug, Clone)]
pub struct Journey<'g> {
    flow: Flow<'g>,
    /// From, the stops between, to; each a set of which one suffices.
    legs: Vec<Vec<NodeIndex>>,
    /// What to pass on the way, in any order: of each set one.
    via: Vec<Vec<NodeIndex>>,
    avoid: BTreeSet<NodeIndex>,
    /// Are any of the relations travelled entries?
    has_entries: bool,
    /// The edges it may travel, if not all.
    only: Option<Arc<HashSet<EdgeIndex>>>,
    /// Set from outside to give up.
    stop: Option<&'g AtomicBool>,
}

/// What a journey was asked for, apart from the graph it goes through.
#[derive(Debug, Clone, Default)]
pub struct Trip {
    /// From, the stops between, to; each a set of which one suffices.
    pub stops: Vec<Vec<NodeIndex>>,
    /// What to pass on the way, in any order: of each set one.
    pub via: Vec<Vec<NodeIndex>>,
    /// What to avoid.
    pub avoid: Vec<NodeIndex>,
    /// By which relations.
    pub over: Relations,
}

impl Trip {
    /// The journey through a graph.
    #[must_use]
    pub fn through<'g>(&self, atlas: &'g Atlas) -> Journey<'g> {
        let flow = Flow::of_paths(atlas, &self.over);
        Journey::new(flow, self.stops.clone(), self.via.clone(), &self.avoid)
    }
}

/// Where a traveller is: the node, the leg, what has been passed, and whether the leg has just
/// begun, so that an entry relation may be its first step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct State {
    pub(super) node: NodeIndex,
    leg: u16,
    passed: u16,
    fresh: bool,
}

impl State {
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }
}

impl<'g> Journey<'g> {
    /// How many sets `via` may name.
    pub const VIA_LIMIT: usize = 8;

    /// A journey over `flow` through `stops`, at least two of them.
    #[must_use]
    pub fn new(
        flow: Flow<'g>,
        stops: Vec<Vec<NodeIndex>>,
        via: Vec<Vec<NodeIndex>>,
        avoid: &[NodeIndex],
    ) -> Self {
        debug_assert!(stops.len() >= 2 && via.len() <= Self::VIA_LIMIT);
        let sorted = |sets: Vec<Vec<NodeIndex>>| sets.into_iter().map(sorted_unique).collect();
        let avoid = avoid.iter().copied().collect();
        let has_entries = flow.relations(|relation| relation.entry);
        Self {
            flow,
            legs: sorted(stops),
            via: sorted(via),
            avoid,
            has_entries,
            only: None,
            stop: None,
        }
    }

    /// The atlas travelled.
    #[must_use]
    pub fn atlas(&self) -> &'g Atlas {
        self.flow.atlas()
    }

    /// Where it starts.
    #[must_use]
    pub fn from(&self) -> &[NodeIndex] {
        &self.legs[0]
    }

    /// Where it ends.
    #[must_use]
    pub fn to(&self) -> &[NodeIndex] {
        &self.legs[self.legs.len() - 1]
    }

    /// Has it neither stops on the way nor nodes to pass?
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.legs.len() == 2 && self.via.is_empty()
    }

    /// The same by no other edges than these.
    #[must_use]
    pub fn only(self, edges: HashSet<EdgeIndex>) -> Self {
        Self { only: Some(Arc::new(edges)), ..self }
    }

    /// The same where an entry may be any step: needs, rather than a way to travel.
    #[must_use]
    pub fn entered_anywhere(self) -> Self {
        Self { has_entries: false, ..self }
    }

    /// The same, given up as soon as `stop` is set: what is found then may be less than there is.
    #[must_use]
    pub fn stopped_by(self, stop: &'g AtomicBool) -> Self {
        Self { stop: Some(stop), ..self }
    }

    /// Has it been given up?
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// Each leg as a journey of its own, with what to avoid and without what to pass.
    #[must_use]
    pub fn legs(&self) -> Vec<Self> {
        let legs = self.legs.windows(2).map(|ends| Self {
            legs: ends.to_vec(),
            via: Vec::new(),
            ..self.clone()
        });
        legs.collect()
    }

    /// The way back, without what to pass.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let legs = self.legs.iter().rev().cloned().collect();
        Self { legs, via: Vec::new(), ..self.clone() }
    }

    /// The same without a node.
    #[must_use]
    pub fn without(&self, node: NodeIndex) -> Self {
        let mut journey = self.clone();
        journey.avoid.insert(node);
        journey
    }

    /// The same by way of one more node, unless it passes too many already.
    #[must_use]
    pub fn through(&self, node: NodeIndex) -> Self {
        let mut journey = self.clone();
        if journey.via.len() < Self::VIA_LIMIT {
            journey.via.push(vec![node]);
        }
        journey
    }

    /// What is avoided, by id.
    #[must_use]
    pub fn avoided(&self) -> Vec<NodeIndex> {
        self.avoid.iter().copied().collect()
    }

    /// May this node be on the way?
    pub(super) fn allows(&self, node: NodeIndex) -> bool {
        !self.avoid.contains(&node)
    }

    /// The states one starts in, by node.
    pub(super) fn starts(&self) -> Vec<State> {
        let nodes = self.from().iter().filter(|node| self.allows(**node));
        let start = |node: &NodeIndex| State {
            node: *node,
            leg: 0,
            passed: self.passes(*node),
            fresh: true,
        };
        nodes.map(start).collect()
    }

    /// The state and those one can be in without a move: the next leg begins where one ends.
    pub(super) fn settled(&self, state: State) -> Vec<State> {
        let mut states = vec![state];
        let mut last = state;
        while usize::from(last.leg) + 2 < self.legs.len()
            && has(&self.legs[usize::from(last.leg) + 1], last.node)
        {
            last = State { leg: last.leg + 1, fresh: true, ..last };
            states.push(last);
        }
        states
    }

    /// Is the journey complete in this state?
    pub(super) fn arrived(&self, state: State) -> bool {
        usize::from(state.leg) + 2 == self.legs.len()
            && has(self.to(), state.node)
            && state.passed == self.all_passed()
    }

    /// The states in which the journey is complete.
    pub(super) fn ends(&self) -> Vec<State> {
        let leg = (self.legs.len() - 2) as u16;
        let passed = self.all_passed();
        let mut ends = Vec::new();
        for node in self.to().iter().filter(|node| self.allows(**node)) {
            ends.push(State { node: *node, leg, passed, fresh: false });
            if has(&self.legs[usize::from(leg)], *node) {
                ends.push(State { node: *node, leg, passed, fresh: true });
            }
        }
        ends
    }

    /// The state after moving on to `node`.
    pub(super) fn moved(&self, state: State, node: NodeIndex) -> State {
        State { node, passed: state.passed | self.passes(node), fresh: false, ..state }
    }

    /// The moves from a state: each next node, by id, with the edges that lead there.
    pub(super) fn hops(&self, state: State) -> BTreeMap<NodeIndex, Vec<EdgeIndex>> {
        self.grouped(self.flow.opens(state.node), state.fresh)
    }

    /// The nodes that a journey can begin at.
    pub(super) fn starting(&self) -> Vec<NodeIndex> {
        self.starts().into_iter().map(|state| state.node).collect()
    }

    /// Is the node one of the journey's ends?
    pub(super) fn ends_at(&self, node: NodeIndex) -> bool {
        has(self.to(), node)
    }

    /// Where one can go from a node of a journey without stops, or have come from to it, with the
    /// edges. An entry can be taken wherever the journey may begin: a way that comes back there
    /// could have begun there.
    pub(super) fn ways(
        &self,
        node: NodeIndex,
        direction: Direction,
    ) -> impl Iterator<Item = (EdgeIndex, NodeIndex)> {
        self.flow.arcs(node, direction).filter(move |(edge, other)| {
            let from = if direction == Direction::Outgoing { node } else { *other };
            self.allows(*other)
                && self.travels(*edge)
                && (!self.is_entry(*edge) || has(self.from(), from))
        })
    }

    /// Is nothing avoided, no edge left out, and none an entry?
    pub(super) fn is_free(&self) -> bool {
        self.avoid.is_empty() && self.only.is_none() && !self.has_entries
    }

    /// May this edge be travelled at all?
    fn travels(&self, edge: EdgeIndex) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&edge))
    }

    /// Can the edge be a first step only?
    pub(super) fn is_entry(&self, edge: EdgeIndex) -> bool {
        self.has_entries && self.atlas().relation_of(edge).entry
    }

    /// The flow travelled.
    #[must_use]
    pub fn flow(&self) -> &Flow<'g> {
        &self.flow
    }

    /// Does it travel relations that are recommended ways?
    pub(super) fn has_routes(&self) -> bool {
        self.flow.relations(|relation| relation.route)
    }

    /// The states from which one can come into `state` by one hop, with the edges of the hop.
    pub(super) fn arrivals(&self, state: State) -> Vec<(State, Vec<EdgeIndex>)> {
        if state.fresh {
            return Vec::new();
        }
        let mut arrivals = Vec::new();
        let bits = self.passes(state.node);
        for (node, edges) in self.grouped(self.flow.needs(state.node), true) {
            for passed in subsets(state.passed, bits, self.passes(node)) {
                let before = State { node, passed, fresh: true, ..state };
                if has(&self.legs[usize::from(state.leg)], node) {
                    arrivals.push((before, edges.clone()));
                }
                let ordinary = self.without_entries(&edges);
                if !ordinary.is_empty() {
                    arrivals.push((State { fresh: false, ..before }, ordinary));
                }
            }
        }
        arrivals
    }

    /// The states that turn into `state` without a move: the leg before ends here.
    pub(super) fn unsettled(&self, state: State) -> Vec<State> {
        if !state.fresh || state.leg == 0 {
            return Vec::new();
        }
        let before = State { leg: state.leg - 1, fresh: false, ..state };
        let mut states = vec![before];
        if has(&self.legs[usize::from(before.leg)], state.node) {
            states.push(State { fresh: true, ..before });
        }
        states
    }

    fn grouped(
        &self,
        arcs: impl Iterator<Item = (EdgeIndex, NodeIndex)>,
        entries: bool,
    ) -> BTreeMap<NodeIndex, Vec<EdgeIndex>> {
        let mut hops: BTreeMap<NodeIndex, Vec<EdgeIndex>> = BTreeMap::new();
        for (edge, node) in arcs {
            if self.allows(node) && self.travels(edge) && (entries || !self.is_entry(edge)) {
                hops.entry(node).or_default().push(edge);
            }
        }
        for edges in hops.values_mut() {
            self.atlas().sort_edges(edges);
        }
        hops
    }

    fn without_entries(&self, edges: &[EdgeIndex]) -> Vec<EdgeIndex> {
        let ordinary = edges.iter().filter(|edge| !self.is_entry(**edge));
        ordinary.copied().collect()
    }

    fn passes(&self, node: NodeIndex) -> u16 {
        let sets = self.via.iter().enumerate();
        let hit = sets.filter(|(_, set)| has(set, node));
        hit.fold(0, |bits, (at, _)| bits | (1 << at))
    }

    fn all_passed(&self) -> u16 {
        (1 << self.via.len()) - 1
    }
}

/// Is the node in a set, which stands by id?
pub(super) fn has(set: &[NodeIndex], node: NodeIndex) -> bool {
    set.binary_search(&node).is_ok()
}

/// What may have been passed before a node that passes `bits` made it `passed`, given that the
/// node before passes `own`.
fn subsets(passed: u16, bits: u16, own: u16) -> Vec<u16> {
    if passed & bits != bits {
        return Vec::new();
    }
    let fixed = passed & !bits;
    let mut found = Vec::new();
    let mut part = bits;
    loop {
        let before = fixed | part;
        if before & own == own {
            found.push(before);
        }
        if part == 0 {
            return found;
        }
        part = (part - 1) & bits;
    }
}
