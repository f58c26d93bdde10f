//! The product graph of a journey: a flow times what a traveller remembers. Paths, their number and
//! all walks are questions about moves between its states, so that searches need not know of stops,
//! of nodes to pass or of entries.

use super::bounds::Bounds;
use super::itinerary::{Itinerary, has};
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex};
use crate::number_hash::ByNumber;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::iter::successors;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A journey along a flow.
#[derive(Debug, Clone)]
pub struct Journey<'g> {
    flow: Flow<'g>,
    itinerary: Itinerary,
    /// By node: which of the sets to pass hold it, a bit each.
    passes: HashMap<NodeIndex, u8>,
    /// Are any of the relations travelled entries?
    has_entries: bool,
    /// The edges it may travel, if not all.
    only: Option<Arc<HashSet<EdgeIndex>>>,
    /// Between which levels its nodes lie, if that is known.
    bounds: Option<Bounds<'g>>,
    /// Set from outside to give up.
    stop: Option<&'g AtomicBool>,
}

/// Where a traveller is: the node, the leg, what has been passed, and whether the leg has just begun
/// so that an entry may be its first step (never set where no relation is an entry).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub(super) node: NodeIndex,
    pub(super) leg: u16,
    pub(super) passed: u8,
    pub(super) fresh: bool,
}

impl State {
    /// All of it in one number, so that it is compared and hashed at once.
    #[inline]
    fn key(self) -> u64 {
        // 32 bits of node, 16 of leg, 8 of what has been passed, 1 for a fresh leg: none overlap.
        let behind = u64::from(self.leg) << 16 | u64::from(self.passed) << 8;
        (self.node.index() as u64) << 32 | behind | u64::from(self.fresh)
    }
}

impl Ord for State {
    /// By node, then by what is remembered.
    #[inline]
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for State {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.key());
    }
}

/// By state.
pub(super) type ByState<T> = ByNumber<State, T>;

impl<'g> Journey<'g> {
    /// A journey over a flow.
    #[must_use]
    pub fn new(flow: Flow<'g>, itinerary: Itinerary) -> Self {
        let has_entries = flow.relations(|relation| relation.entry);
        let journey = Self {
            flow,
            itinerary: Itinerary::default(),
            passes: HashMap::new(),
            has_entries,
            only: None,
            bounds: None,
            stop: None,
        };
        journey.with(itinerary)
    }

    /// A journey through an atlas, by the relations that paths follow.
    #[must_use]
    pub fn through(atlas: &'g Atlas, itinerary: Itinerary) -> Self {
        Self::new(Flow::of_paths(atlas, &itinerary.over), itinerary)
    }

    /// Another journey over the same flow.
    #[must_use]
    pub fn with(&self, itinerary: Itinerary) -> Self {
        debug_assert!(itinerary.stops.len() >= 2 && itinerary.via.len() <= Itinerary::VIA_LIMIT);
        let itinerary = itinerary.in_order();
        let mut passes = HashMap::new();
        for (at, set) in itinerary.via.iter().enumerate() {
            for node in set {
                *passes.entry(*node).or_default() |= 1 << at;
            }
        }
        let bounds = Bounds::new(&self.flow, &itinerary);
        Self { itinerary, passes, bounds, ..self.clone() }
    }

    /// The same by no other edges than these.
    #[must_use]
    pub fn only(self, edges: HashSet<EdgeIndex>) -> Self {
        Self { only: Some(Arc::new(edges)), ..self }
    }

    /// Is there an edge that can only begin a way?
    #[must_use]
    pub fn has_entries(&self) -> bool {
        self.has_entries
    }

    /// The same where an entry may be any step: needs, rather than a way to travel.
    #[must_use]
    pub fn entered_anywhere(self) -> Self {
        Self { has_entries: false, ..self }
    }

    /// The same where a search looks at what leads nowhere, too.
    #[must_use]
    pub(super) fn unbounded(&self) -> Self {
        Self { bounds: None, ..self.clone() }
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

    /// The atlas travelled.
    #[must_use]
    pub fn atlas(&self) -> &'g Atlas {
        self.flow.atlas()
    }

    /// The flow travelled.
    #[must_use]
    pub fn flow(&self) -> &Flow<'g> {
        &self.flow
    }

    /// What is asked for, each set by id.
    #[must_use]
    pub fn itinerary(&self) -> &Itinerary {
        &self.itinerary
    }

    /// Does it travel relations that are recommended ways?
    pub(super) fn has_routes(&self) -> bool {
        self.flow.relations(|relation| relation.route)
    }

    /// Does a sequence of nodes have one sequence of states? Not where it can be divided into legs in
    /// several ways: without entries one ends as soon as it can, which is never worse.
    pub(super) fn is_deterministic(&self) -> bool {
        !self.has_entries || self.itinerary.stops.len() == 2
    }

    /// The states that one starts in, by node.
    pub(super) fn starts(&self) -> Vec<State> {
        let mut states = Vec::new();
        for node in self.itinerary.from().iter().filter(|node| self.allows(**node)) {
            let passed = self.passed_at(*node);
            let start = State { node: *node, leg: 0, passed, fresh: self.has_entries };
            self.settle(start, |state| states.push(state));
        }
        states
    }

    /// The states in which the journey is complete.
    pub(super) fn ends(&self) -> Vec<State> {
        let leg = self.last_leg();
        let nodes = self.itinerary.to().iter().filter(|node| self.allows(**node));
        let states = nodes.flat_map(|node| {
            let end = State { node: *node, leg, passed: self.all_passed(), fresh: false };
            let begins = self.begins(leg, *node).then_some(State { fresh: true, ..end });
            std::iter::once(end).chain(begins)
        });
        states.collect()
    }

    /// Is the journey complete in this state?
    pub(super) fn arrived(&self, state: State) -> bool {
        state.leg == self.last_leg()
            && state.passed == self.all_passed()
            && has(self.itinerary.to(), state.node)
    }

    /// The states that an arc to `node` leads to.
    #[inline]
    pub(super) fn after(
        &self,
        state: State,
        (edge, node): (EdgeIndex, NodeIndex),
        each: impl FnMut(State),
    ) {
        if self.allows(node) && self.travels(edge) && (state.fresh || !self.is_entry(edge)) {
            let passed = state.passed | self.passed_at(node);
            self.settle(State { node, passed, fresh: false, ..state }, each);
        }
    }

    /// The states from which an arc from `node` leads to a state: the inverse of [`Self::after`].
    #[inline]
    pub(super) fn before(
        &self,
        state: State,
        (edge, node): (EdgeIndex, NodeIndex),
        mut each: impl FnMut(State),
    ) {
        // Without entries nobody stays in a leg that has ended, so nothing leads to such a state.
        let settled = self.has_entries || self.next_leg(state).is_none();
        if !settled || !self.allows(node) || !self.travels(edge) {
            return;
        }
        let is_entry = self.is_entry(edge);
        let (arrived_at, from) = (self.passed_at(state.node), self.passed_at(node));
        for leg in self.legs_ended(state) {
            // What had been passed before is forgotten: each set that the node completes is
            // possible.
            for passed in subsets(state.passed, arrived_at, from) {
                let before = State { node, leg, passed, fresh: false };
                if self.begins(leg, node) {
                    each(State { fresh: true, ..before });
                }
                // Without entries, a state that could have gone on to the next leg has.
                if !is_entry && (self.has_entries || self.next_leg(before).is_none()) {
                    each(before);
                }
            }
        }
    }

    /// The legs in which one can have come to where a state is: its own, or one before that ended
    /// there.
    fn legs_ended(&self, state: State) -> std::ops::Range<u16> {
        if self.has_entries && !state.fresh {
            return state.leg..state.leg + 1;
        }
        let mut first = state.leg;
        while first > 0 && has(&self.itinerary.stops[usize::from(first)], state.node) {
            first -= 1;
        }
        first..state.leg + u16::from(!self.has_entries)
    }

    /// The states of one who comes to a state: the next leg begins where one ends, or has to where no
    /// entry makes waiting worth while.
    #[inline]
    fn settle(&self, mut state: State, mut each: impl FnMut(State)) {
        while let Some(next) = self.next_leg(state) {
            if self.has_entries {
                each(state);
            }
            state = next;
        }
        each(state);
    }

    #[inline]
    fn next_leg(&self, state: State) -> Option<State> {
        let ends = state.leg < self.last_leg()
            && has(&self.itinerary.stops[usize::from(state.leg) + 1], state.node);
        ends.then_some(State { leg: state.leg + 1, fresh: self.has_entries, ..state })
    }

    /// May an entry be taken from here in a leg, if that has just begun?
    #[inline]
    fn begins(&self, leg: u16, node: NodeIndex) -> bool {
        self.has_entries && has(&self.itinerary.stops[usize::from(leg)], node)
    }

    /// May this node be on the way?
    #[inline]
    pub(super) fn allows(&self, node: NodeIndex) -> bool {
        (self.itinerary.avoid.is_empty() || !self.itinerary.avoid.contains(&node))
            && self.bounds.as_ref().is_none_or(|bounds| bounds.hold(&self.itinerary, node))
    }

    /// May this edge be travelled at all?
    #[inline]
    fn travels(&self, edge: EdgeIndex) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&edge))
    }

    /// Can the edge be a first step only?
    #[inline]
    pub(super) fn is_entry(&self, edge: EdgeIndex) -> bool {
        self.has_entries && self.atlas().relation_of(edge).entry
    }

    #[inline]
    fn passed_at(&self, node: NodeIndex) -> u8 {
        self.passes.get(&node).copied().unwrap_or_default()
    }

    fn all_passed(&self) -> u8 {
        // In 16 bits, as all eight bits of eight sets would not fit before the 1 is taken off.
        ((1u16 << self.itinerary.via.len()) - 1) as u8
    }

    #[inline]
    fn last_leg(&self) -> u16 {
        (self.itinerary.stops.len() - 2) as u16
    }
}

/// What may have been passed before a node that passes `bits` made it `passed`, given that the
/// node before passes `own`.
fn subsets(passed: u8, bits: u8, own: u8) -> impl Iterator<Item = u8> {
    let fixed = passed & !bits;
    // Each part of `bits`, the whole first: one less, as if the other bits were not there.
    let whole = (passed & bits == bits).then_some(bits);
    let parts = successors(whole, move |part| part.checked_sub(1).map(|less| less & bits));
    parts.map(move |part| fixed | part).filter(move |before| before & own == own)
}
