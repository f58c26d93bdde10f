//! The shortest walks of a journey, all of them, never by enumeration: a search from both ends meets in
//! the middle (Pohl, "Bi-directional search", 1971), and what lies on a shortest walk then stands
//! in layers, a hop apart. The walks' number and the best of them are sums and minima over layers.

use super::cost::{Cost, Rule};
use super::path::{Path, edges_along, first_by_ids};
use super::states::{Journey, State};
use crate::analysis::traverse::BreadthFirst;
use crate::graph::{EdgeIndex, NodeIndex};
use petgraph::Direction;
use petgraph::visit::{IntoNeighbors, Reversed, VisitMap, Visitable};
use std::ops::Range;

/// What lies on the shortest walks, by hops from the start.
#[derive(Debug)]
pub(super) struct ShortestWalks<'j, 'g> {
    journey: &'j Journey<'g>,
    /// Layer after layer, each in order.
    states: Vec<State>,
    /// Where each layer begins; one more, where the last one ends.
    layers: Vec<usize>,
    /// The moves from each state into the next layer, as a place and an edge, in order.
    moves: Vec<(u32, EdgeIndex)>,
    /// Where those of each state begin; one more, where the last ones end.
    begins: Vec<u32>,
}

impl<'j, 'g> ShortestWalks<'j, 'g> {
    /// The layers of a journey, if it has a walk. Linear in what lies nearer to either end than where
    /// the searches meet.
    pub(super) fn new(journey: &'j Journey<'g>) -> Option<Self> {
        let mut forward = BreadthFirst::new(journey, journey.starts());
        let mut backward = BreadthFirst::new(Reversed(journey), journey.ends());
        let (mut ahead, mut back) = (None, None);
        let mut middle = common(&forward, &backward);
        while middle.is_empty() {
            let works = (
                *ahead.get_or_insert_with(|| work(journey, forward.border(), Direction::Outgoing)),
                *back.get_or_insert_with(|| work(journey, backward.border(), Direction::Incoming)),
            );
            if works == (usize::MAX, usize::MAX) {
                // What both would look at is asked for.
                forward.grow();
                backward.grow();
                return None;
            }
            // What is common first lies on the other side's border: were it nearer to its end, the
            // sides would have met before.
            middle = if works.0 <= works.1 {
                ahead = None;
                forward.grow().then(|| common(&forward, &backward))?
            } else {
                back = None;
                backward.grow().then(|| common(&backward, &forward))?
            };
        }
        middle.sort_unstable();
        let (before, starts) = trace(journey, Direction::Outgoing, &forward, &middle);
        let (behind, ends) = trace(journey, Direction::Incoming, &backward, &middle);
        let (states, moves, begins) = (Vec::new(), Vec::new(), vec![0]);
        let mut walks = Self { journey, states, layers: vec![0], moves, begins };
        let before = starts.windows(2).rev().map(|layer| &before[layer[0]..layer[1]]);
        let behind = ends.windows(2).map(|layer| &behind[layer[0]..layer[1]]);
        for layer in before.chain([middle.as_slice()]).chain(behind) {
            walks.states.extend_from_slice(layer);
            walks.layers.push(walks.states.len());
        }
        (0..walks.hops()).for_each(|layer| walks.find_moves(layer));
        // From the last layer there are no moves.
        walks.begins.resize(walks.states.len() + 1, walks.moves.len() as u32);
        Some(walks)
    }

    /// Finds the moves from a layer into the next one: once, however many questions follow.
    fn find_moves(&mut self, layer: usize) {
        let Self { journey, states, layers, moves, begins } = self;
        let next = layers[layer + 1];
        let there = &states[next..layers[layer + 2]];
        for state in &states[layers[layer]..next] {
            let begin = moves.len();
            journey.moves(*state, Direction::Outgoing).for_each(|(edge, state)| {
                let place = there.binary_search(&state);
                moves.extend(place.map(|at| ((next + at) as u32, edge)));
            });
            if !moves[begin..].is_sorted() {
                moves[begin..].sort_unstable();
            }
            begins.push(moves.len() as u32);
        }
    }

    /// How many hops the shortest walks have.
    pub(super) fn hops(&self) -> usize {
        self.layers.len() - 2
    }

    /// The journey whose walks they are.
    pub(super) fn journey(&self) -> &'j Journey<'g> {
        self.journey
    }

    /// A layer, as places among all states.
    pub(super) fn layer(&self, hops: usize) -> Range<usize> {
        self.layers[hops]..self.layers[hops + 1]
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    /// The moves from a place into the next layer, as a place and an edge, in order.
    pub(super) fn moves(&self, place: u32) -> &[(u32, EdgeIndex)] {
        let place = place as usize;
        &self.moves[self.begins[place] as usize..self.begins[place + 1] as usize]
    }

    /// The hops from a place: each has the moves to one other.
    pub(super) fn hops_from(&self, place: u32) -> impl Iterator<Item = &[(u32, EdgeIndex)]> {
        self.moves(place).chunk_by(|a, b| a.0 == b.0)
    }

    /// The nodes of the cheapest of the walks, of several the first by ids, and its cost: sources
    /// decide, since hops do not.
    pub(super) fn cheapest(&self, rule: Rule) -> (Vec<NodeIndex>, Cost) {
        let atlas = self.journey.atlas();
        // What a hop and the rest of the way behind it cost together.
        let whole = |hop: &[(u32, EdgeIndex)], remaining: &[i64]| {
            let cost = Cost::of_hop(atlas, rule, hop.iter().map(|(_, edge)| *edge));
            cost.unsourced + remaining[hop[0].0 as usize]
        };
        let mut remaining = vec![0; self.states.len()];
        // From the end back: what lies a layer farther is known by then.
        for place in (0..self.layer(self.hops()).start).rev() {
            let wholes = self.hops_from(place as u32).map(|hop| whole(hop, &remaining));
            remaining[place] = wholes.min().unwrap_or_default();
        }
        let unsourced = self.layer(0).map(|place| remaining[place]).min().unwrap_or_default();
        let starts = self.layer(0).filter(|place| remaining[*place] == unsourced);
        let nodes = first_by_ids(
            starts.map(|place| place as u32).collect(),
            |place| self.node(place),
            |place, next| {
                let least = |hop: &&[_]| whole(hop, &remaining) == remaining[place as usize];
                next.extend(self.hops_from(place).filter(least).map(|hop| hop[0].0));
            },
        );
        let hops = self.hops() as u32;
        let off_route = if rule == Rule::RouteFirst { hops } else { 0 };
        (nodes, Cost { off_route, hops, unsourced })
    }

    /// That walk with the edges of each hop.
    pub(super) fn path(&self, rule: Rule) -> Path {
        let (nodes, _) = self.cheapest(rule);
        let starts = self.layer(0).map(|place| place as u32).collect();
        let moves = |place| self.moves(place).iter().map(|(to, edge)| (*edge, *to));
        let hops = edges_along(&nodes, (starts, |_| true), |place| self.node(place), moves);
        Path::ranked(self.journey.atlas(), rule, nodes, hops)
    }

    /// The node at a place.
    pub(super) fn node(&self, place: u32) -> NodeIndex {
        self.states[place as usize].node
    }
}

/// What it takes to grow a side, in arcs: the side with less to do goes on. Where only a part of a graph
/// is here, the side that is not has most to do.
fn work(journey: &Journey<'_>, border: &[State], direction: Direction) -> usize {
    let flow = journey.flow();
    if border.iter().any(|state| !flow.is_here(state.node, direction)) {
        return usize::MAX;
    }
    border.iter().map(|state| 1 + flow.degree(state.node, direction)).sum()
}

/// The states on one side's border that the other side has met.
fn common<G, H>(near: &BreadthFirst<G>, far: &BreadthFirst<H>) -> Vec<State>
where
    G: IntoNeighbors<NodeId = State> + Visitable,
    H: IntoNeighbors<NodeId = State> + Visitable,
{
    near.border().iter().copied().filter(|state| far.seen().is_visited(state)).collect()
}

/// What leads from a side's starts to `middle`, on its border: layers from there back to the starts,
/// each in order, one behind the other, and where each begins and the last ends. As much work as the
/// search was.
fn trace<G>(
    journey: &Journey<'_>,
    direction: Direction,
    side: &BreadthFirst<G>,
    middle: &[State],
) -> (Vec<State>, Vec<usize>)
where
    G: IntoNeighbors<NodeId = State> + Visitable,
{
    let mut on_way = journey.visit_map();
    // One list for all: there may be as many layers as states.
    let (mut states, mut layers) = (Vec::new(), vec![0]);
    for depth in (0..side.depth()).rev() {
        let last = if let [.., begin, end] = layers[..] { &states[begin..end] } else { middle };
        for state in last {
            on_way.visit(*state);
        }
        // What is on a way already lies farther: no hop from here leads to more than the next layer.
        let leads = |state: &State| {
            journey.moves(*state, direction).any(|(_, next)| on_way.is_visited(&next))
        };
        let begin = states.len();
        states.extend(side.at(depth).iter().copied().filter(leads));
        states[begin..].sort_unstable();
        layers.push(states.len());
    }
    (states, layers)
}
