//! The shortest ways of a plain journey, all of them, never by enumeration: a search from both
//! ends meets in the middle (Pohl, "Bi-directional search", 1971), and what lies on a shortest
//! way then stands in layers, a hop apart. The ways' number and the best of them are sums and
//! minima over the layers.

use super::states::Journey;
use crate::analysis::seen::Seen;
use crate::analysis::sorted_unique;
use crate::graph::{EdgeIndex, NodeIndex};
use num_bigint::BigUint;
use petgraph::Direction;
use petgraph::visit::NodeIndexable;
use std::ops::Range;

/// What lies on the shortest ways, by hops from the start.
#[derive(Debug)]
pub(super) struct Layers<'j, 'g> {
    journey: &'j Journey<'g>,
    /// Layer after layer, each by id.
    nodes: Vec<NodeIndex>,
    /// Where each layer begins; one more, where the last one ends.
    starts: Vec<usize>,
}

/// One end's search: all nodes within some hops of it.
struct Side<'j, 'g> {
    journey: &'j Journey<'g>,
    direction: Direction,
    met: Seen,
    /// The nodes met, nearest first.
    nodes: Vec<NodeIndex>,
    /// Where each distance begins among them; the last is the border.
    starts: Vec<usize>,
}

impl<'j, 'g> Side<'j, 'g> {
    fn new(journey: &'j Journey<'g>, direction: Direction) -> Self {
        let ends = match direction {
            Direction::Outgoing => journey.from(),
            Direction::Incoming => journey.to(),
        };
        let mut met = Seen::new(journey.flow().node_bound());
        let mut nodes = ends.to_vec();
        nodes.retain(|node| journey.allows(*node) && met.insert(node.index()));
        Self { journey, direction, met, nodes, starts: vec![0] }
    }

    /// The nodes so many hops away.
    fn level(&self, hops: usize) -> Range<usize> {
        self.starts[hops]..self.starts.get(hops + 1).copied().unwrap_or(self.nodes.len())
    }

    fn border(&self) -> Range<usize> {
        self.level(self.starts.len() - 1)
    }

    /// About how many arcs the next hop has to look at.
    fn work(&self) -> usize {
        let flow = self.journey.flow();
        let border = self.nodes[self.border()].iter();
        border.map(|node| 1 + flow.degree(*node, self.direction)).sum()
    }

    /// Goes one hop farther.
    fn grow(&mut self) {
        let border = self.border();
        self.starts.push(border.end);
        for at in border {
            self.journey.ways(self.nodes[at], self.direction).for_each(|(_, next)| {
                if self.met.insert(next.index()) {
                    self.nodes.push(next);
                }
            });
        }
    }

    /// The nodes of the border that the other side has met, by id.
    fn common(&self, other: &Self) -> Vec<NodeIndex> {
        let border = self.nodes[self.border()].iter().copied();
        sorted_unique(border.filter(|node| other.met.has(node.index())).collect())
    }

    /// What leads to `middle`, on the border: layers back to this side's end, each by id,
    /// appended to `nodes`, and their lengths. As much work as the search was.
    fn trace(&self, middle: &[NodeIndex], nodes: &mut Vec<NodeIndex>, lengths: &mut Vec<usize>) {
        let mut on_way = Seen::new(self.journey.flow().node_bound());
        let mut found = nodes.len();
        for node in middle {
            on_way.insert(node.index());
        }
        for hops in (0..self.starts.len() - 1).rev() {
            // What is on a way already lies farther: no hop from here leads to more than the next.
            let leads = |node: &NodeIndex| {
                let mut ways = self.journey.ways(*node, self.direction);
                ways.any(|(_, other)| on_way.has(other.index()))
            };
            nodes.extend(self.nodes[self.level(hops)].iter().filter(|node| leads(node)));
            for node in &nodes[found..] {
                on_way.insert(node.index());
            }
            lengths.push(nodes.len() - found);
            found = nodes.len();
        }
    }
}

impl<'j, 'g> Layers<'j, 'g> {
    /// The layers of a journey without stops and `via`, if it has a way. Linear in what lies
    /// nearer to either end than where the searches meet.
    pub(super) fn new(journey: &'j Journey<'g>) -> Option<Self> {
        let mut forward = Side::new(journey, Direction::Outgoing);
        let mut backward = Side::new(journey, Direction::Incoming);
        let mut middle = forward.common(&backward);
        while middle.is_empty() {
            let (near, far) = if forward.work() <= backward.work() {
                (&mut forward, &backward)
            } else {
                (&mut backward, &forward)
            };
            if near.border().is_empty() || journey.stopped() {
                return None;
            }
            near.grow();
            // What is common first lies on the other side's border: were it nearer to its end,
            // the sides would have met before.
            middle = near.common(far);
        }
        let (mut nodes, mut lengths) = (Vec::new(), Vec::new());
        forward.trace(&middle, &mut nodes, &mut lengths);
        nodes.reverse();
        lengths.reverse();
        lengths.push(middle.len());
        nodes.extend(&middle);
        backward.trace(&middle, &mut nodes, &mut lengths);
        let mut starts = vec![0];
        for length in lengths {
            let start = starts[starts.len() - 1];
            nodes[start..start + length].sort_unstable();
            starts.push(start + length);
        }
        Some(Self { journey, nodes, starts })
    }

    /// The journey whose ways they are.
    pub(super) fn journey(&self) -> &'j Journey<'g> {
        self.journey
    }

    /// How many hops the shortest ways have.
    pub(super) fn hops(&self) -> usize {
        self.starts.len() - 2
    }

    /// The arcs from a node of a layer into the next one, as its place among all nodes and the
    /// edge, in order.
    fn arcs(&self, layer: usize, node: NodeIndex, into: &mut Vec<(usize, EdgeIndex)>) {
        into.clear();
        let start = self.starts[layer + 1];
        let next = &self.nodes[start..self.starts[layer + 2]];
        let ways = self.journey.ways(node, Direction::Outgoing);
        into.extend(ways.filter_map(|(edge, other)| {
            next.binary_search(&other).ok().map(|place| (start + place, edge))
        }));
        if !into.is_sorted() {
            into.sort_unstable();
        }
    }

    /// How many node sequences the shortest ways are. Exact.
    pub(super) fn count(&self) -> BigUint {
        let small = self.counted(1u128, |a, b| a.checked_add(*b)).map(BigUint::from);
        let large = || self.counted(BigUint::from(1u8), |a, b| Some(a + b));
        small.or_else(large).unwrap_or_default()
    }

    /// The number of ways that end in the last layer; `None` if a number cannot hold it.
    fn counted<N: Clone + Default>(&self, one: N, add: impl Fn(&N, &N) -> Option<N>) -> Option<N> {
        let mut counts = vec![N::default(); self.nodes.len()];
        counts[..self.starts[1]].fill(one);
        let mut arcs = Vec::new();
        for layer in 0..self.hops() {
            for place in self.starts[layer]..self.starts[layer + 1] {
                self.arcs(layer, self.nodes[place], &mut arcs);
                for hop in arcs.chunk_by(|a, b| a.0 == b.0) {
                    counts[hop[0].0] = add(&counts[hop[0].0], &counts[place])?;
                }
            }
        }
        let last = &counts[self.starts[self.hops()]..];
        last.iter().try_fold(N::default(), |sum, count| add(&sum, count))
    }

    /// The cheapest of the shortest ways by the sum of `cost` over its hops, of several the
    /// first by ids, and that sum.
    pub(super) fn cheapest(&self, cost: impl Fn(&[EdgeIndex]) -> i64) -> (Vec<NodeIndex>, i64) {
        let (mut arcs, mut edges) = (Vec::new(), Vec::new());
        // What remains to be paid from each place, and where to go on.
        let mut rest = vec![(0, 0); self.nodes.len()];
        for layer in (0..self.hops()).rev() {
            for place in self.starts[layer]..self.starts[layer + 1] {
                self.arcs(layer, self.nodes[place], &mut arcs);
                let hops = arcs.chunk_by(|a, b| a.0 == b.0).map(|hop| {
                    edges.clear();
                    edges.extend(hop.iter().map(|(_, edge)| *edge));
                    (cost(&edges) + rest[hop[0].0].0, hop[0].0)
                });
                rest[place] = hops.min().unwrap_or_default();
            }
        }
        let first = (0..self.starts[1]).min_by_key(|place| rest[*place].0).unwrap_or_default();
        let mut nodes = vec![self.nodes[first]];
        let mut place = first;
        for _ in 0..self.hops() {
            place = rest[place].1;
            nodes.push(self.nodes[place]);
        }
        (nodes, rest[first].0)
    }
}
