//! The best way on from some states of a journey, with some nodes banned. What remains to be paid
//! without any ban is searched backward from the ends, no farther than needed and once for all
//! questions; no ban makes a way cheaper, so it guides a forward search that heeds them (A* after
//! Hart, Nilsson and Raphael, 1968, with a resumable search for its estimates, after Silver,
//! "Cooperative pathfinding", 2005). A question much like the one before costs little.

use super::states::{Journey, Rule, State};
use super::yen::{Cost, Path, hop_cost};
use crate::graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

/// The searches of one journey.
pub(super) struct Search<'j, 'g> {
    pub(super) journey: &'j Journey<'g>,
    rule: Rule,
    /// What remains to be paid from a state.
    remaining: HashMap<State, Cost>,
    /// States that a way to the end goes by, the cheapest first.
    waiting: BinaryHeap<Reverse<(Cost, State)>>,
}

/// Where a question may not go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ban<'a> {
    /// Never.
    pub(super) removed: Removed<'a>,
    /// Not first.
    pub(super) barred: &'a HashSet<NodeIndex>,
}

/// The first nodes of a path, or none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Removed<'a> {
    /// Where each node of the path stands first.
    pub(super) places: Option<&'a HashMap<NodeIndex, usize>>,
    /// How many of them it is.
    pub(super) count: usize,
}

impl Removed<'_> {
    fn has(&self, node: NodeIndex) -> bool {
        self.places.and_then(|places| places.get(&node)).is_some_and(|place| *place < self.count)
    }
}

/// A state met on the way from the start.
#[derive(Default)]
struct Met {
    spent: Cost,
    /// The states it was come from for that, none where the way begins.
    before: Vec<State>,
}

impl<'j, 'g> Search<'j, 'g> {
    pub(super) fn new(journey: &'j Journey<'g>, rule: Rule) -> Self {
        let ends = journey.ends().into_iter().map(|end| Reverse((Cost::default(), end)));
        Self { journey, rule, remaining: HashMap::new(), waiting: ends.collect() }
    }

    /// The cheapest hop into each state that can follow `states`.
    pub(super) fn heads(&self, states: &[State], ban: Ban<'_>) -> BTreeMap<State, Cost> {
        let mut heads: BTreeMap<State, Cost> = BTreeMap::new();
        for state in states.iter().flat_map(|state| self.journey.settled(*state)) {
            for (node, edges) in self.journey.hops(state) {
                if ban.removed.has(node) || ban.barred.contains(&node) {
                    continue;
                }
                let cost = hop_cost(self.journey.atlas(), self.rule, &edges);
                let next = self.journey.moved(state, node);
                heads.entry(next).and_modify(|known| *known = cost.min(*known)).or_insert(cost);
            }
        }
        heads
    }

    /// What remains from a state at least, `None` if it never comes to the end; exactly, unless
    /// that and what was `spent` are more than `other`.
    pub(super) fn least(&mut self, state: State, spent: Cost, other: Option<Cost>) -> Option<Cost> {
        loop {
            if let Some(cost) = self.remaining.get(&state) {
                return Some(*cost);
            }
            let Reverse((cost, _)) = self.waiting.peek()?;
            if other.is_some_and(|other| spent.plus(*cost) > other) || self.journey.stopped() {
                return Some(*cost);
            }
            self.go_back();
        }
    }

    /// One step of the backward search.
    fn go_back(&mut self) {
        let Some(Reverse((cost, state))) = self.waiting.pop() else { return };
        if self.remaining.contains_key(&state) {
            return;
        }
        self.remaining.insert(state, cost);
        let unmoved = self.journey.unsettled(state).into_iter().map(|before| (cost, before));
        let (atlas, rule) = (self.journey.atlas(), self.rule);
        let arrivals = self.journey.arrivals(state).into_iter();
        let moved =
            arrivals.map(|(before, edges)| (cost.plus(hop_cost(atlas, rule, &edges)), before));
        let open = unmoved.chain(moved).filter(|(_, before)| !self.remaining.contains_key(before));
        self.waiting.extend(open.map(Reverse));
    }

    pub(super) fn arrived(&self, state: State) -> bool {
        self.journey.settled(state).iter().any(|state| self.journey.arrived(*state))
    }

    /// The best way to go on from `states` (all at one node, or all starts) under a ban; its
    /// nodes begin with theirs. Of several the first by ids.
    pub(super) fn onward(&mut self, states: &[State], may_end: bool, ban: Ban<'_>) -> Option<Path> {
        if may_end && let Some(state) = states.iter().find(|state| self.arrived(**state)) {
            return Some(Path { nodes: vec![state.node], cost: Cost::default() });
        }
        let mut met: HashMap<State, Met> = HashMap::new();
        met.extend(states.iter().map(|state| (*state, Met::default())));
        let nowhere = HashSet::new();
        let mut open: BinaryHeap<Reverse<(Cost, State)>> = BinaryHeap::new();
        open.extend(states.iter().map(|state| Reverse((Cost::default(), *state))));
        let mut done: HashSet<State> = HashSet::new();
        let mut ends: Vec<State> = Vec::new();
        let mut best: Option<Cost> = None;
        let mut behind = Behind::new(self.journey, ban.removed);
        while let Some(Reverse((whole, state))) = open.pop() {
            if best.is_some_and(|best| whole > best) || self.journey.stopped() {
                break;
            }
            let (spent, begins) = (met[&state].spent, met[&state].before.is_empty());
            let other = open.peek().map(|Reverse((other, _))| *other).into_iter().chain(best).min();
            if done.contains(&state) {
                continue;
            }
            // What leads to the end is often little where the ban cuts it off.
            if behind.go_back() && !self.heads(states, ban).keys().any(|head| behind.has(head)) {
                break;
            }
            let Some(rest) = self.least(state, spent, other) else { continue };
            if spent.plus(rest) > whole {
                open.push(Reverse((spent.plus(rest), state)));
                continue;
            }
            done.insert(state);
            if !begins && self.arrived(state) {
                best = Some(whole);
                ends.push(state);
                continue;
            }
            let here = Ban { barred: if begins { ban.barred } else { &nowhere }, ..ban };
            for (next, cost) in self.heads(&[state], here) {
                let cost = spent.plus(cost);
                if come(&mut met, state, next, cost) {
                    open.push(Reverse((cost, next)));
                }
            }
        }
        Some(Path { nodes: first_by_ids(states, &met, ends), cost: best? })
    }
}

/// Comes from one state to the next at a cost; is there no cheaper way to it so far?
fn come(met: &mut HashMap<State, Met>, state: State, next: State, cost: Cost) -> bool {
    let known = met.entry(next).or_insert(Met { spent: cost, before: Vec::new() });
    if cost < known.spent {
        *known = Met { spent: cost, before: Vec::new() };
    }
    let cheapest = cost == known.spent;
    if cheapest {
        known.before.push(state);
    }
    cheapest
}

/// What leads to the ends without removed nodes, found a step at a time.
struct Behind<'a, 'g> {
    journey: &'a Journey<'g>,
    removed: Removed<'a>,
    met: HashSet<State>,
    open: Vec<State>,
    told: bool,
}

impl<'a, 'g> Behind<'a, 'g> {
    fn new(journey: &'a Journey<'g>, removed: Removed<'a>) -> Self {
        let mut open = journey.ends();
        open.retain(|end| !removed.has(end.node));
        Self { journey, removed, met: open.iter().copied().collect(), open, told: false }
    }

    fn has(&self, state: &State) -> bool {
        self.met.contains(state)
    }

    /// Takes a step; has it just been the last one?
    fn go_back(&mut self) -> bool {
        if let Some(state) = self.open.pop() {
            let moved = self.journey.arrivals(state).into_iter().map(|(before, _)| before);
            for before in self.journey.unsettled(state).into_iter().chain(moved) {
                if !self.removed.has(before.node) && self.met.insert(before) {
                    self.open.push(before);
                }
            }
        }
        self.open.is_empty() && !std::mem::replace(&mut self.told, true)
    }
}

/// The nodes of the way to one of `ends` that comes first by ids.
fn first_by_ids(states: &[State], met: &HashMap<State, Met>, ends: Vec<State>) -> Vec<NodeIndex> {
    let at_end: HashSet<State> = ends.iter().copied().collect();
    let mut onto: HashMap<State, Vec<State>> = HashMap::new();
    let mut open = ends;
    while let Some(state) = open.pop() {
        for before in &met[&state].before {
            let next = onto.entry(*before).or_insert_with(|| {
                open.push(*before);
                Vec::new()
            });
            next.push(state);
        }
    }
    let mut nodes = Vec::new();
    let mut here: Vec<State> =
        states.iter().copied().filter(|state| onto.contains_key(state)).collect();
    while let Some(node) = here.iter().map(|state| state.node).min() {
        nodes.push(node);
        here.retain(|state| state.node == node);
        if here.iter().any(|state| at_end.contains(state)) {
            break;
        }
        here = here.iter().flat_map(|state| onto[state].iter().copied()).collect();
        here.sort_unstable();
        here.dedup();
    }
    nodes
}
