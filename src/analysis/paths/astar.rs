//! A* (Hart, Nilsson and Raphael, 1968) from some states of a journey on, with some nodes excluded:
//! the spur paths of Yen's algorithm. What remains to be paid where nothing is excluded guides it, since
//! to exclude nodes makes no way cheaper. That estimate is searched backward from the ends by Dijkstra,
//! no farther than needed and once for all questions (resumable, after Silver, "Cooperative
//! pathfinding", 2005): a question much like the one before costs little.

use super::cost::{Cost, Rule};
use super::itinerary::has;
use super::path::first_by_ids;
use super::states::{ByState, Journey, State};
use crate::analysis::traverse::BreadthFirst;
use crate::graph::NodeIndex;
use crate::number_hash::BuildNumberHasher;
use petgraph::Direction;
use petgraph::visit::{NodeFiltered, Reversed, VisitMap};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

/// The searches of one journey.
pub(super) struct AStar<'j, 'g> {
    pub(super) journey: &'j Journey<'g>,
    rule: Rule,
    /// What remains to be paid from a state: those that the backward search is done with.
    remaining: ByState<Cost>,
    /// Its queue, the cheapest first.
    waiting: BinaryHeap<Reverse<(Cost, State)>>,
}

/// What a question may not pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excluded<'a> {
    /// What it may not pass at all.
    pub(super) prefix: Prefix<'a>,
    /// What it may not go to first, by id.
    pub(super) heads: &'a [NodeIndex],
}

impl Excluded<'_> {
    /// Nothing.
    pub(super) const NOTHING: Self = Self { prefix: Prefix { places: None, count: 0 }, heads: &[] };
}

/// The first nodes of a path, or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prefix<'a> {
    /// Where each node of the path stands first.
    pub(super) places: Option<&'a HashMap<NodeIndex, usize>>,
    /// How many of them it is.
    pub(super) count: usize,
}

impl Prefix<'_> {
    fn has(&self, node: NodeIndex) -> bool {
        self.places.and_then(|places| places.get(&node)).is_some_and(|place| *place < self.count)
    }
}

/// What is known of a state on the way from the start.
#[derive(Default)]
struct Label {
    distance: Cost,
    /// The states it was come from for that, none where the way begins.
    predecessors: Vec<State>,
}

impl<'j, 'g> AStar<'j, 'g> {
    pub(super) fn new(journey: &'j Journey<'g>, rule: Rule) -> Self {
        let ends = journey.ends().into_iter().map(|end| Reverse((Cost::default(), end)));
        Self { journey, rule, remaining: HashMap::default(), waiting: ends.collect() }
    }

    /// The states that can follow any of some, with the cheapest hop to each.
    pub(super) fn successors(
        &self,
        states: &[State],
        excluded: Excluded<'_>,
    ) -> BTreeMap<State, Cost> {
        let mut found: BTreeMap<State, Cost> = BTreeMap::new();
        for state in states {
            for (next, cost) in self.journey.hops(*state, Direction::Outgoing, self.rule) {
                if !excluded.prefix.has(next.node) && !has(excluded.heads, next.node) {
                    found.entry(next).and_modify(|known| *known = cost.min(*known)).or_insert(cost);
                }
            }
        }
        found
    }

    /// What remains from a state at least, `None` if it never comes to the end; exactly, unless
    /// that and what was `spent` are more than `other`.
    pub(super) fn remaining_cost(
        &mut self,
        state: State,
        spent: Cost,
        other: Option<Cost>,
    ) -> Option<Cost> {
        loop {
            if let Some(cost) = self.remaining.get(&state) {
                return Some(*cost);
            }
            let Reverse((cost, _)) = self.waiting.peek()?;
            // Whatever is not settled costs at least what is next in the queue: enough to know if
            // something else comes first anyway.
            if other.is_some_and(|other| spent + *cost > other) || self.journey.stopped() {
                return Some(*cost);
            }
            self.settle();
        }
    }

    /// One step of the backward search.
    fn settle(&mut self) {
        let Some(Reverse((cost, state))) = self.waiting.pop() else { return };
        // A state waits once for each way to it; the cheapest comes first, the others are stale.
        if self.remaining.contains_key(&state) {
            return;
        }
        self.remaining.insert(state, cost);
        let before = self.journey.hops(state, Direction::Incoming, self.rule).into_iter();
        let before = before.filter(|(before, _)| !self.remaining.contains_key(before));
        let before: Vec<_> = before.map(|(before, hop)| Reverse((cost + hop, before))).collect();
        self.waiting.extend(before);
    }

    /// The best way to go on from `states` (all at one node, or all starts) without what is excluded,
    /// and its cost; its nodes begin with theirs. Of several the first by ids.
    pub(super) fn spur_path(
        &mut self,
        states: &[State],
        may_end: bool,
        excluded: Excluded<'_>,
    ) -> Option<(Vec<NodeIndex>, Cost)> {
        let journey = self.journey;
        if may_end && let Some(state) = states.iter().find(|state| journey.arrived(**state)) {
            return Some((vec![state.node], Cost::default()));
        }
        let free = |state: State| !excluded.prefix.has(state.node);
        let left = NodeFiltered::from_fn(Reversed(journey), free);
        let mut back =
            BreadthFirst::new(&left, journey.ends().into_iter().filter(|end| free(*end)));
        let mut steps_back = 0;
        let mut open = Frontier::new(states);
        let (mut ends, mut best): (Vec<State>, Option<Cost>) = (Vec::new(), None);
        while let Some((whole, state, other)) = open.pop() {
            if best.is_some_and(|best| whole > best) || journey.stopped() {
                break;
            }
            // Where nothing leads from here to the end, what leads to the end is often little: it is
            // searched in step, and ends this search if it ends first.
            let is_whole = !back.step(steps_back) && steps_back == back.found().len();
            steps_back += 1;
            let leads = |head: &State| back.seen().is_visited(head);
            if is_whole && !self.successors(states, excluded).keys().any(leads) {
                break;
            }
            let (distance, begins) = open.distance(state);
            let other = other.into_iter().chain(best).min();
            let Some(rest) = self.remaining_cost(state, distance, other) else { continue };
            if distance + rest > whole {
                // The estimate was too low: the state waits for its turn.
                open.queue.push(Reverse((distance + rest, state)));
                continue;
            }
            open.done.insert(state);
            if !begins && journey.arrived(state) {
                // Another end that costs as much may come first by ids.
                best = Some(whole);
                ends.push(state);
                continue;
            }
            let heads = if begins { excluded.heads } else { &[] };
            for (next, hop) in self.successors(&[state], Excluded { heads, ..excluded }) {
                open.relax(state, next, distance + hop);
            }
        }
        Some((walked_back(states, &open.labels, ends), best?))
    }
}

/// What a forward search has met.
struct Frontier {
    labels: ByState<Label>,
    /// What is to be looked at, by what a way through it costs at least.
    queue: BinaryHeap<Reverse<(Cost, State)>>,
    done: HashSet<State, BuildNumberHasher>,
}

impl Frontier {
    fn new(starts: &[State]) -> Self {
        Self {
            labels: starts.iter().map(|state| (*state, Label::default())).collect(),
            queue: starts.iter().map(|state| Reverse((Cost::default(), *state))).collect(),
            done: HashSet::default(),
        }
    }

    /// The first of the queue that is not done with its estimate, and the next estimate.
    fn pop(&mut self) -> Option<(Cost, State, Option<Cost>)> {
        loop {
            let Reverse((whole, state)) = self.queue.pop()?;
            if !self.done.contains(&state) {
                let other = self.queue.peek().map(|Reverse((other, _))| *other);
                return Some((whole, state, other));
            }
        }
    }

    /// How far a state is, and whether the search begins there.
    fn distance(&self, state: State) -> (Cost, bool) {
        let Label { distance, predecessors } = &self.labels[&state];
        (*distance, predecessors.is_empty())
    }

    /// Comes from one state to the next, which is queued if there is no cheaper way to it so far.
    fn relax(&mut self, state: State, next: State, distance: Cost) {
        let label = self.labels.entry(next).or_insert(Label { distance, predecessors: Vec::new() });
        if distance < label.distance {
            *label = Label { distance, predecessors: Vec::new() };
        }
        // Ways that cost the same are all kept, since ids decide between them in the end.
        if distance == label.distance {
            label.predecessors.push(state);
            self.queue.push(Reverse((distance, next)));
        }
    }
}

/// The nodes of the way to one of `ends` that comes first by ids.
fn walked_back(states: &[State], labels: &ByState<Label>, ends: Vec<State>) -> Vec<NodeIndex> {
    let mut onward: ByState<Vec<State>> = HashMap::default();
    let mut open = ends;
    for end in &open {
        onward.insert(*end, Vec::new());
    }
    while let Some(state) = open.pop() {
        for before in &labels[&state].predecessors {
            let next = onward.entry(*before).or_insert_with(|| {
                open.push(*before);
                Vec::new()
            });
            next.push(state);
        }
    }
    let starts = states.iter().copied().filter(|state| onward.contains_key(state)).collect();
    first_by_ids(starts, |state| state.node, |state, next| next.extend(&onward[&state]))
}
