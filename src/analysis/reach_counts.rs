//! How many nodes each node reaches. What needs one another counts as one, and what follows from
//! the counts of others is added up; only for the rest are the reached marked and counted, many starts at once, a bit each.

use super::learning_order::components;
use crate::graph::Csr;
use crate::graph::{Flow, NodeIndex};
use crate::stop::{raised, until};
use petgraph::Direction;
use petgraph::visit::IntoNeighborsDirected;
use std::sync::atomic::AtomicBool;

/// How many words of marks a component has.
const WORDS: usize = 4;
/// How many starts are marked at once.
const BATCH: usize = WORDS * 64;

/// How many nodes each of `nodes` opens (outgoing) or needs (incoming), itself left out; `None` for
/// what was not counted before `stop` was raised. O(n + m) where what is reached is never reached in
/// two ways; otherwise O(k / 256 (n + m)) for k different starts.
#[must_use]
pub fn reached_counts(
    flow: &Flow<'_>,
    nodes: &[NodeIndex],
    direction: Direction,
    stop: &AtomicBool,
) -> Vec<Option<usize>> {
    let condensed = Condensed::new(flow, direction);
    let sums = ComponentSums::new(&condensed);
    let place = |node: &NodeIndex| condensed.place_of[node.index()] as usize;
    let mut starts: Vec<u32> = nodes.iter().filter_map(|node| sums.start[place(node)]).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut counted = vec![None; starts.len()];
    for (batch, counts) in until(stop, starts.chunks(BATCH).zip(counted.chunks_mut(BATCH))) {
        if let Some(found) = condensed.counted(batch, stop) {
            counts.iter_mut().zip(found).for_each(|(count, found)| *count = Some(found));
        }
    }
    let reached = |place: usize| match sums.start[place] {
        None => Some(sums.sum[place]),
        Some(start) => Some(sums.sum[place] + counted[starts.binary_search(&start).ok()?]?),
    };
    // Who is in a circle reaches the others of it.
    let count = |node: &NodeIndex| Some(reached(place(node))? + condensed.size[place(node)] - 1);
    nodes.iter().map(count).collect()
}

/// The components of a flow, in an order in which whatever one reaches stands behind it.
struct Condensed {
    place_of: Vec<u32>,
    /// How many nodes each has.
    size: Vec<usize>,
    /// The others that each leads to directly, each once.
    next: Csr,
}

impl Condensed {
    fn new(flow: &Flow<'_>, direction: Direction) -> Self {
        let mut place_of = components(flow);
        let count = place_of.iter().max().map_or(0, |last| *last as usize + 1);
        // Components are numbered along the arcs; against them the order is turned round.
        if direction == Direction::Incoming {
            for place in &mut place_of {
                *place = count as u32 - 1 - *place;
            }
        }
        let mut members = Csr::new();
        for place in &place_of {
            members.push([*place]);
        }
        let members = members.transpose(count);
        let (mut size, mut next) = (Vec::with_capacity(count), Csr::new());
        for place in 0..count {
            let own = members.row(place);
            let nodes = own.iter().map(|node| NodeIndex::new(*node as usize));
            let arcs = nodes.flat_map(|node| flow.neighbors_directed(node, direction));
            let mut ends: Vec<u32> = arcs.map(|end| place_of[end.index()]).collect();
            ends.sort_unstable();
            ends.dedup();
            ends.retain(|end| *end as usize != place);
            next.push(ends);
            size.push(own.len());
        }
        Self { place_of, size, next }
    }

    /// How many nodes each of at most [`BATCH`] components, ascending, reaches outside of itself;
    /// nothing if `stop` was raised.
    fn counted(&self, batch: &[u32], stop: &AtomicBool) -> Option<Vec<usize>> {
        let first = *batch.first()? as usize;
        let mut marks = vec![[0u64; WORDS]; self.size.len() - first];
        let mut tallies = Tallies::default();
        let mut starts = batch.iter().enumerate().peekable();
        for place in first..self.size.len() {
            if raised(stop) {
                return None;
            }
            let mut mark = marks[place - first];
            // Before its own bit is set: a component does not reach itself.
            if mark != [0; WORDS] {
                tallies.add(mark, self.size[place]);
            }
            if let Some((bit, _)) = starts.next_if(|(_, start)| **start as usize == place) {
                mark[bit / 64] |= 1 << (bit % 64);
            }
            if mark != [0; WORDS] {
                for end in self.next.row(place) {
                    let other = &mut marks[*end as usize - first];
                    for (word, other) in mark.iter().zip(other) {
                        *other |= word;
                    }
                }
            }
        }
        Some((0..batch.len()).map(|bit| tallies.of(bit)).collect())
    }
}

/// What can be told without marks: of each component either how many it reaches, or how many more
/// than another one, `start`, reaches.
struct ComponentSums {
    sum: Vec<usize>,
    start: Vec<Option<u32>>,
}

impl ComponentSums {
    fn new(condensed: &Condensed) -> Self {
        let count = condensed.size.len();
        let mut arriving = vec![0u32; count];
        for end in (0..count).flat_map(|place| condensed.next.row(place)) {
            arriving[*end as usize] += 1;
        }
        let (mut sum, mut start) = (vec![0; count], vec![None; count]);
        // Is everything that it reaches reached in one way only?
        let mut tree = vec![false; count];
        for place in (0..count).rev() {
            // From behind: what a component leads to is worked out by then.
            let next = condensed.next.row(place);
            let whole = |end: &u32| sum[*end as usize] + condensed.size[*end as usize];
            tree[place] =
                next.iter().all(|end| tree[*end as usize] && arriving[*end as usize] == 1);
            // Who leads to one component only reaches that and what it reaches: nothing is marked.
            if let [only] = next {
                (sum[place], start[place]) = (whole(only), start[*only as usize]);
            } else if tree[place] {
                sum[place] = next.iter().map(whole).sum();
            } else {
                start[place] = Some(place as u32);
            }
        }
        Self { sum, start }
    }
}

/// A number for each bit of a mark, written upright: the bits of one rank in one word.
#[derive(Default)]
struct Tallies(Vec<[u64; WORDS]>);

impl Tallies {
    /// Adds `amount` to the numbers whose bits are set.
    fn add(&mut self, mark: [u64; WORDS], amount: usize) {
        let ranks = (0..usize::BITS).filter(|rank| amount >> rank & 1 == 1);
        for rank in ranks {
            // Bit-sliced counters: one addition with carries serves 64 numbers in each word.
            let mut carry = mark;
            for rank in rank as usize.. {
                if self.0.len() <= rank {
                    self.0.resize(rank + 1, [0; WORDS]);
                }
                for (word, carry) in self.0[rank].iter_mut().zip(&mut carry) {
                    (*word, *carry) = (*word ^ *carry, *word & *carry);
                }
                if carry == [0; WORDS] {
                    break;
                }
            }
        }
    }

    /// The number of a bit.
    fn of(&self, bit: usize) -> usize {
        let ranks = self.0.iter().enumerate();
        ranks.map(|(rank, words)| ((words[bit / 64] >> (bit % 64) & 1) as usize) << rank).sum()
    }
}
