//! The shortest walks of a journey, all of them, never by enumeration: a search from both ends meets in
//! the middle (Pohl, "Bi-directional search", 1971), and what lies on a shortest walk then stands
//! in layers, a hop apart. The walks' number and the best of them are sums and minima over layers.

use super::path::first_by_ids;
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
}

impl<'j, 'g> ShortestWalks<'j, 'g> {
    /// The layers of a journey, if it has a walk. Linear in what lies nearer to either end than where
    /// the searches meet.
    pub(super) fn new(journey: &'j Journey<'g>) -> Option<Self> {
        let mut forward = BreadthFirst::new(journey, journey.starts());
        let mut backward = BreadthFirst::new(Reversed(journey), journey.ends());
        let work = |border: &[State], direction| -> usize {
            let flow = journey.flow();
            border.iter().map(|state| 1 + flow.degree(state.node, direction)).sum()
        };
        let mut ahead = work(forward.border(), Direction::Outgoing);
        let mut back = work(backward.border(), Direction::Incoming);
        let mut middle = common(&forward, &backward);
        while middle.is_empty() {
            // What is common first lies on the other side's border: were it nearer to its end, the
            // sides would have met before.
            middle = if ahead <= back {
                let common = forward.grow().then(|| common(&forward, &backward))?;
                ahead = work(forward.border(), Direction::Outgoing);
                common
            } else {
                let common = backward.grow().then(|| common(&backward, &forward))?;
                back = work(backward.border(), Direction::Incoming);
                common
            };
        }
        middle.sort_unstable();
        let (before, starts) = trace(journey, Direction::Outgoing, &forward, &middle);
        let (behind, ends) = trace(journey, Direction::Incoming, &backward, &middle);
        let mut walks = Self { journey, states: Vec::new(), layers: vec![0] };
        let before = starts.windows(2).rev().map(|layer| &before[layer[0]..layer[1]]);
        let behind = ends.windows(2).map(|layer| &behind[layer[0]..layer[1]]);
        for layer in before.chain([middle.as_slice()]).chain(behind) {
            walks.states.extend_from_slice(layer);
            walks.layers.push(walks.states.len());
        }
        Some(walks)
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

    /// What lies on the walks, layer after layer.
    pub(super) fn states(&self) -> &[State] {
        &self.states
    }

    /// The moves from a place of a layer into the next layer, as a place and an edge, in order.
    pub(super) fn moves(&self, layer: usize, place: usize, into: &mut Vec<(usize, EdgeIndex)>) {
        into.clear();
        let next = self.layer(layer + 1);
        let states = &self.states[next.clone()];
        self.journey.moves(self.states[place], Direction::Outgoing).for_each(|(edge, state)| {
            into.extend(states.binary_search(&state).ok().map(|at| (next.start + at, edge)));
        });
        if !into.is_sorted() {
            into.sort_unstable();
        }
    }

    /// The nodes of any of the walks.
    pub(super) fn any(&self) -> Vec<NodeIndex> {
        let first = self.states[0];
        let hops = (0..self.hops()).scan(first, |here, layer| {
            let next = &self.states[self.layer(layer + 1)];
            let mut moves = self.journey.moves(*here, Direction::Outgoing);
            let (_, state) = moves.find(|(_, state)| next.binary_search(state).is_ok())?;
            *here = state;
            Some(state.node)
        });
        std::iter::once(first.node).chain(hops).collect()
    }

    /// The nodes of the cheapest of the walks by the sum of `cost` over its hops, of several the
    /// first by ids, and that sum.
    pub(super) fn cheapest(&self, cost: impl Fn(&[EdgeIndex]) -> i64) -> (Vec<NodeIndex>, i64) {
        let (mut moves, mut edges) = (Vec::new(), Vec::new());
        // What a hop from a place and the rest of the way cost together, and where it leads.
        let mut wholes = |layer, place, remaining: &[i64], each: &mut dyn FnMut(i64, usize)| {
            self.moves(layer, place, &mut moves);
            for hop in moves.chunk_by(|a, b| a.0 == b.0) {
                edges.clear();
                edges.extend(hop.iter().map(|(_, edge)| *edge));
                each(cost(&edges) + remaining[hop[0].0], hop[0].0);
            }
        };
        let mut remaining = vec![0; self.states.len()];
        for layer in (0..self.hops()).rev() {
            for place in self.layer(layer) {
                let mut least = i64::MAX;
                wholes(layer, place, &remaining, &mut |whole, _| least = least.min(whole));
                remaining[place] = least;
            }
        }
        let least = self.layer(0).map(|place| remaining[place]).min();
        let starts = self.layer(0).filter(|place| Some(remaining[*place]) == least).collect();
        let mut layer = 0;
        let nodes = first_by_ids(
            starts,
            |place| self.states[place].node,
            |place| {
                layer += usize::from(place >= self.layers[layer + 1]);
                let mut next = Vec::new();
                (layer < self.hops()).then(|| {
                    let fits =
                        &mut |whole, to| next.extend((whole == remaining[place]).then_some(to));
                    wholes(layer, place, &remaining, fits);
                    next
                })
            },
        );
        (nodes, least.unwrap_or_default())
    }
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
