//! A* (Hart, Nilsson and Raphael, 1968) from some states of a journey on, with some nodes excluded:
//! the spur paths of Yen's algorithm. What remains to be paid where nothing is excluded guides it, since
//! to exclude nodes makes no way cheaper. That estimate is searched backward from the ends by Dijkstra,
//! no farther than needed and once for all questions (resumable, after Silver, "Cooperative
//! pathfinding", 2005): a question much like the one before costs little.

use super::cost::{Cost, Rule};
use super::itinerary::has;
use super::path::first_by_ids;
use super::states::{Journey, State};
use crate::graph::NodeIndex;
use petgraph::Direction;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

/// The searches of one journey.
pub(super) struct AStar<'j, 'g> {
    pub(super) journey: &'j Journey<'g>,
    rule: Rule,
    /// What remains to be paid from a state: those that the backward search is done with.
    remaining: HashMap<State, Cost>,
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
        Self { journey, rule, remaining: HashMap::new(), waiting: ends.collect() }
    }

    /// The hops from one state, with what each costs.
    fn hops(
        &self,
        state: State,
        direction: Direction,
    ) -> impl Iterator<Item = (State, Cost)> + use<'_, 'j, 'g> {
        let hops = self.journey.hops(state, direction).into_iter();
        let (atlas, rule) = (self.journey.atlas(), self.rule);
        hops.map(move |(other, edges)| (other, Cost::of_hop(atlas, rule, &edges)))
    }

    /// The states that can follow any of some, with the cheapest hop to each.
    pub(super) fn successors(
        &self,
        states: &[State],
        excluded: Excluded<'_>,
    ) -> BTreeMap<State, Cost> {
        let mut found: BTreeMap<State, Cost> = BTreeMap::new();
        for state in states {
            for (next, cost) in self.hops(*state, Direction::Outgoing) {
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
            if other.is_some_and(|other| spent + *cost > other) || self.journey.stopped() {
                return Some(*cost);
            }
            self.settle();
        }
    }

    /// One step of the backward search.
    fn settle(&mut self) {
        let Some(Reverse((cost, state))) = self.waiting.pop() else { return };
        if self.remaining.contains_key(&state) {
            return;
        }
        self.remaining.insert(state, cost);
        let before = self.hops(state, Direction::Incoming);
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
        if may_end && let Some(state) = states.iter().find(|state| self.journey.arrived(**state)) {
            return Some((vec![state.node], Cost::default()));
        }
        let mut labels: HashMap<State, Label> = HashMap::new();
        labels.extend(states.iter().map(|state| (*state, Label::default())));
        let mut open: BinaryHeap<Reverse<(Cost, State)>> = BinaryHeap::new();
        open.extend(states.iter().map(|state| Reverse((Cost::default(), *state))));
        let mut done: HashSet<State> = HashSet::new();
        let mut ends: Vec<State> = Vec::new();
        let mut best: Option<Cost> = None;
        let mut back = BackwardReach::new(self.journey, excluded.prefix);
        while let Some(Reverse((whole, state))) = open.pop() {
            if best.is_some_and(|best| whole > best) || self.journey.stopped() {
                break;
            }
            let Label { distance, predecessors } = &labels[&state];
            let (distance, begins) = (*distance, predecessors.is_empty());
            let other = open.peek().map(|Reverse((other, _))| *other).into_iter().chain(best).min();
            if done.contains(&state) {
                continue;
            }
            // Where nothing leads from here to the end, what leads to the end is often little: it is
            // searched in step, and ends the search if it ends first.
            let cut_off = back.is_done_now()
                && !self.successors(states, excluded).keys().any(|head| back.has(head));
            if cut_off {
                break;
            }
            let Some(rest) = self.remaining_cost(state, distance, other) else { continue };
            if distance + rest > whole {
                // The estimate was too low: it waits for its turn.
                open.push(Reverse((distance + rest, state)));
                continue;
            }
            done.insert(state);
            if !begins && self.journey.arrived(state) {
                // What costs as much may come first by ids.
                best = Some(whole);
                ends.push(state);
                continue;
            }
            let heads = if begins { excluded.heads } else { &[] };
            for (next, hop) in self.successors(&[state], Excluded { heads, ..excluded }) {
                if relax(&mut labels, state, next, distance + hop) {
                    open.push(Reverse((distance + hop, next)));
                }
            }
        }
        Some((walked_back(states, &labels, ends), best?))
    }
}

/// Comes from one state to the next at a cost; is there no cheaper way to it so far?
fn relax(labels: &mut HashMap<State, Label>, state: State, next: State, distance: Cost) -> bool {
    let label = labels.entry(next).or_insert(Label { distance, predecessors: Vec::new() });
    if distance < label.distance {
        *label = Label { distance, predecessors: Vec::new() };
    }
    let cheapest = distance == label.distance;
    if cheapest {
        label.predecessors.push(state);
    }
    cheapest
}

/// What leads to the ends without the excluded prefix, found a step at a time.
struct BackwardReach<'a, 'g> {
    journey: &'a Journey<'g>,
    prefix: Prefix<'a>,
    found: HashSet<State>,
    open: Vec<State>,
    told: bool,
}

impl<'a, 'g> BackwardReach<'a, 'g> {
    fn new(journey: &'a Journey<'g>, prefix: Prefix<'a>) -> Self {
        let mut open = journey.ends();
        open.retain(|end| !prefix.has(end.node));
        Self { journey, prefix, found: open.iter().copied().collect(), open, told: false }
    }

    fn has(&self, state: &State) -> bool {
        self.found.contains(state)
    }

    /// Takes a step; has it just been the last one?
    fn is_done_now(&mut self) -> bool {
        if let Some(state) = self.open.pop() {
            for (_, before) in self.journey.moves(state, Direction::Incoming) {
                if !self.prefix.has(before.node) && self.found.insert(before) {
                    self.open.push(before);
                }
            }
        }
        self.open.is_empty() && !std::mem::replace(&mut self.told, true)
    }
}

/// The nodes of the way to one of `ends` that comes first by ids.
fn walked_back(
    states: &[State],
    labels: &HashMap<State, Label>,
    ends: Vec<State>,
) -> Vec<NodeIndex> {
    let mut onward: HashMap<State, Vec<State>> = HashMap::new();
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
    first_by_ids(
        starts,
        |state| state.node,
        |state| Some(onward[&state].clone()).filter(|next| !next.is_empty()),
    )
}
