//! The cheapest walk of a journey, searched by Dijkstra from both ends (Pohl, "Bi-directional
//! search", 1971): each side takes what is nearest to it, until no walk that is still unknown can
//! be as cheap as the cheapest one known. What lies on any of the cheapest is then known, too, so that
//! of several the first by ids can be told.

use super::cost::{Cost, Rule};
use super::path::first_by_ids;
use super::states::{ByState, Journey, State};
use crate::graph::NodeIndex;
use crate::number_hash::BuildNumberHasher;
use petgraph::Direction;
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// The nodes of the cheapest walk, of several the first by ids, and its cost. O((n + m) log n) in
/// what lies nearer to either end than where the searches meet.
pub(super) fn cheapest(journey: &Journey<'_>, rule: Rule) -> Option<(Vec<NodeIndex>, Cost)> {
    let starts = journey.starts();
    if let Some(state) = starts.iter().find(|state| journey.arrived(**state)) {
        return Some((vec![state.node], Cost::default()));
    }
    let mut ahead = SearchSide::new(Direction::Outgoing, &starts);
    let mut back = SearchSide::new(Direction::Incoming, &journey.ends());
    let mut least: Option<Cost> = None;
    while !journey.stopped() {
        // Where one side has come to its end, all that leads anywhere is known.
        let (Some(near), Some(far)) = (ahead.next(), back.next()) else { break };
        // Not where it is equal: all of the cheapest walks are wanted, as ids decide between them.
        if least.is_some_and(|least| near + far > least) {
            break;
        }
        // The side with the shorter queue goes on: it is likely to have less before it.
        let found = if ahead.queue.len() <= back.queue.len() {
            ahead.settle(journey, rule, &back)
        } else {
            back.settle(journey, rule, &ahead)
        };
        least = least.into_iter().chain(found).min();
    }
    let least = least?;
    Some((first_of(&starts, &ahead, &back, least), least))
}

/// What a side knows of a state.
struct SideLabel {
    /// What the way between it and the side's end costs.
    cost: Cost,
    /// The states next to it on the cheapest ways to that end; none at the end itself.
    next: Vec<State>,
    settled: bool,
}

struct SearchSide {
    direction: Direction,
    labels: ByState<SideLabel>,
    queue: BinaryHeap<Reverse<(Cost, State)>>,
}

impl SearchSide {
    fn new(direction: Direction, ends: &[State]) -> Self {
        let label = || SideLabel { cost: Cost::default(), next: Vec::new(), settled: false };
        Self {
            direction,
            labels: ends.iter().map(|state| (*state, label())).collect(),
            queue: ends.iter().map(|state| Reverse((Cost::default(), *state))).collect(),
        }
    }

    /// What the nearest of its states costs that is not settled.
    fn next(&mut self) -> Option<Cost> {
        loop {
            let Reverse((cost, state)) = self.queue.peek()?;
            if !self.labels[state].settled {
                return Some(*cost);
            }
            self.queue.pop();
        }
    }

    /// Settles that state; tells the cheapest walk through what it leads to, if the other side
    /// knows one.
    fn settle(&mut self, journey: &Journey<'_>, rule: Rule, other: &Self) -> Option<Cost> {
        let Reverse((cost, state)) = self.queue.pop()?;
        if let Some(label) = self.labels.get_mut(&state) {
            label.settled = true;
        }
        let mut found = None;
        for (next, hop) in journey.hops(state, self.direction, rule) {
            let whole = cost + hop;
            match self.labels.entry(next) {
                Entry::Vacant(free) => {
                    free.insert(SideLabel { cost: whole, next: vec![state], settled: false });
                }
                Entry::Occupied(mut known) if whole < known.get().cost => {
                    *known.get_mut() = SideLabel { cost: whole, next: vec![state], settled: false };
                }
                Entry::Occupied(mut known) => {
                    if whole == known.get().cost && !known.get().next.contains(&state) {
                        known.get_mut().next.push(state);
                    }
                    continue;
                }
            }
            self.queue.push(Reverse((whole, next)));
            // The rest may still be too dear. If the other side finds less, it tells of it itself.
            if let Some(rest) = other.labels.get(&next) {
                found = found.into_iter().chain([whole + rest.cost]).min();
            }
        }
        found
    }
}

/// The nodes of the first of the walks that cost so little. On each of them is a state that one
/// side has met and the other one is done with; from there the sides know all ways on.
fn first_of(
    starts: &[State],
    ahead: &SearchSide,
    back: &SearchSide,
    least: Cost,
) -> Vec<NodeIndex> {
    let is_between = |state: &State, label: &SideLabel| {
        // An end costs nothing from the beginning, settled or not.
        let rest = back.labels.get(state).filter(|rest| rest.settled || rest.next.is_empty());
        rest.is_some_and(|rest| label.cost + rest.cost == least)
    };
    let between = ahead.labels.iter().filter(|(state, label)| is_between(state, label));
    let between: Vec<State> = between.map(|(state, _)| *state).collect();
    let mut onward: ByState<Vec<State>> = HashMap::default();
    let mut open = between.clone();
    while let Some(state) = open.pop() {
        if let Entry::Vacant(free) = onward.entry(state) {
            let next = back.labels.get(&state).map(|label| label.next.clone()).unwrap_or_default();
            open.extend(&next);
            free.insert(next);
        }
    }
    let mut open = between;
    let mut led: HashSet<State, BuildNumberHasher> = open.iter().copied().collect();
    while let Some(state) = open.pop() {
        for before in &ahead.labels[&state].next {
            let next = onward.entry(*before).or_default();
            if !next.contains(&state) {
                next.push(state);
            }
            if led.insert(*before) {
                open.push(*before);
            }
        }
    }
    let starts = starts.iter().copied().filter(|state| led.contains(state)).collect();
    let onto =
        |state: State, next: &mut Vec<State>| next.extend(onward.get(&state).into_iter().flatten());
    first_by_ids(starts, |state| state.node, onto)
}
