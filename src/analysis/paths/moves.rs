//! A journey as a graph of petgraph's: its nodes are states, its neighbours what a move leads to. A
//! journey that has been given up has no neighbours any more, so that every search over it ends.

use super::cost::{Cost, Rule};
use super::states::{Journey, State};
use crate::graph::{Arcs, EdgeIndex, NodeIndex};
use fixedbitset::FixedBitSet;
use petgraph::Direction;
use petgraph::visit::{GraphBase, IntoNeighbors, IntoNeighborsDirected, VisitMap, Visitable};

/// The moves from a state, or those into it.
#[derive(Debug, Clone)]
pub(super) struct Moves<'a, 'g> {
    journey: &'a Journey<'g>,
    state: State,
    direction: Direction,
    arcs: Arcs<'a>,
    /// What the last arc leads to besides what was told of it.
    more: Vec<(EdgeIndex, State)>,
}

impl<'g> Journey<'g> {
    /// The moves from a state, or those into it: the edge of each, and the state.
    #[inline]
    pub(super) fn moves(&self, state: State, direction: Direction) -> Moves<'_, 'g> {
        let arcs = self.flow().arcs(state.node, direction);
        Moves { journey: self, state, direction, arcs, more: Vec::new() }
    }

    /// The hops from a state or into it: the other states in order, each with what all edges that lead
    /// there cost together.
    pub(super) fn hops(
        &self,
        state: State,
        direction: Direction,
        rule: Rule,
    ) -> Vec<(State, Cost)> {
        let moves = self.moves(state, direction).map(|(edge, other)| (other, edge));
        let mut moves: Vec<(State, EdgeIndex)> = moves.collect();
        moves.sort_unstable();
        let hops = moves.chunk_by(|a, b| a.0 == b.0).map(|hop| {
            let edges = hop.iter().map(|(_, edge)| *edge);
            (hop[0].0, Cost::of_hop(self.atlas(), rule, edges))
        });
        hops.collect()
    }
}

impl Iterator for Moves<'_, '_> {
    type Item = (EdgeIndex, State);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let mut found = self.more.pop();
        while found.is_none() {
            let (edge, node) = self.arcs.next()?;
            // Nearly always an arc leads to one state, for which no list is made.
            let more = &mut self.more;
            let each = |state| match found {
                None => found = Some((edge, state)),
                Some(_) => more.push((edge, state)),
            };
            match self.direction {
                Direction::Outgoing => self.journey.after(self.state, (edge, node), each),
                Direction::Incoming => self.journey.before(self.state, (edge, node), each),
            }
        }
        found
    }

    /// Who takes all at once needs no list of what is still to come.
    #[inline]
    fn for_each<F: FnMut(Self::Item)>(self, mut each: F) {
        let Self { journey, state, direction, arcs, more } = self;
        more.into_iter().rev().for_each(&mut each);
        arcs.for_each(|(edge, node)| match direction {
            Direction::Outgoing => journey.after(state, (edge, node), |to| each((edge, to))),
            Direction::Incoming => journey.before(state, (edge, node), |from| each((edge, from))),
        });
    }
}

/// The states that moves lead to.
#[derive(Debug, Clone)]
pub struct Neighbors<'a, 'g>(Option<Moves<'a, 'g>>);

impl Iterator for Neighbors<'_, '_> {
    type Item = State;

    #[inline]
    fn next(&mut self) -> Option<State> {
        self.0.as_mut()?.next().map(|(_, state)| state)
    }

    #[inline]
    fn for_each<F: FnMut(State)>(self, mut each: F) {
        if let Some(moves) = self.0 {
            moves.for_each(|(_, state)| each(state));
        }
    }
}

impl GraphBase for Journey<'_> {
    type NodeId = State;
    type EdgeId = EdgeIndex;
}

impl<'a, 'g> IntoNeighbors for &'a Journey<'g> {
    type Neighbors = Neighbors<'a, 'g>;

    #[inline]
    fn neighbors(self, state: State) -> Neighbors<'a, 'g> {
        self.neighbors_directed(state, Direction::Outgoing)
    }
}

impl<'a, 'g> IntoNeighborsDirected for &'a Journey<'g> {
    type NeighborsDirected = Neighbors<'a, 'g>;

    #[inline]
    fn neighbors_directed(self, state: State, direction: Direction) -> Neighbors<'a, 'g> {
        Neighbors((!self.stopped()).then(|| self.moves(state, direction)))
    }
}

impl Visitable for Journey<'_> {
    type Map = StateSet;

    fn visit_map(&self) -> StateSet {
        let nodes = self.atlas().node_bound();
        StateSet { nodes, via: self.itinerary().via.len(), stages: Vec::new() }
    }

    fn reset_map(&self, map: &mut StateSet) {
        *map = self.visit_map();
    }
}

/// A set of states: a bit for each node, for each stage of the journey that any of them is in.
#[derive(Debug, Clone)]
pub struct StateSet {
    nodes: usize,
    /// How many bits tell what has been passed.
    via: usize,
    stages: Vec<FixedBitSet>,
}

impl StateSet {
    #[inline]
    fn stage(&self, state: State) -> usize {
        let stage = usize::from(state.leg) << self.via | usize::from(state.passed);
        stage << 1 | usize::from(state.fresh)
    }

    /// The states of a node that are in the set.
    pub(super) fn at(&self, node: NodeIndex) -> impl Iterator<Item = State> {
        let stages = self.stages.iter().enumerate();
        let stages = stages.filter(move |(_, nodes)| nodes.contains(node.index()));
        stages.map(move |(stage, _)| State {
            node,
            leg: (stage >> (self.via + 1)) as u16,
            passed: (stage >> 1 & ((1 << self.via) - 1)) as u8,
            fresh: stage & 1 == 1,
        })
    }

    /// The nodes of the states, by id.
    pub(super) fn nodes(&self) -> Vec<NodeIndex> {
        self.nodes_in(0..self.stages.len())
    }

    /// The nodes of those that are not fresh, by id.
    pub(super) fn moved_nodes(&self) -> Vec<NodeIndex> {
        // The lowest bit of a stage says whether it is fresh.
        self.nodes_in((0..self.stages.len()).step_by(2))
    }

    fn nodes_in(&self, stages: impl Iterator<Item = usize>) -> Vec<NodeIndex> {
        let mut nodes = FixedBitSet::with_capacity(self.nodes);
        stages.for_each(|stage| nodes.union_with(&self.stages[stage]));
        nodes.ones().map(NodeIndex::new).collect()
    }
}

impl VisitMap<State> for StateSet {
    #[inline]
    fn visit(&mut self, state: State) -> bool {
        let stage = self.stage(state);
        // A stage gets its bits when it is first entered: a plain journey has one.
        if stage >= self.stages.len() {
            self.stages.resize(stage + 1, FixedBitSet::new());
        }
        let nodes = &mut self.stages[stage];
        if nodes.is_empty() {
            nodes.grow(self.nodes);
        }
        !nodes.put(state.node.index())
    }

    #[inline]
    fn is_visited(&self, state: &State) -> bool {
        let stage = self.stages.get(self.stage(*state));
        stage.is_some_and(|nodes| nodes.contains(state.node.index()))
    }

    fn unvisit(&mut self, state: State) -> bool {
        let stage = self.stage(state);
        let known = self.is_visited(&state);
        if known {
            self.stages[stage].remove(state.node.index());
        }
        known
    }
}
