//! What is left of the paths once one is taken: classes of those that leave it at one node. Each is told
//! at first by what its best path costs at least and how it begins, and that path is sought only
//! when its turn comes (after Martins and Pascoal, "A new implementation of Yen's ranking loopless
//! paths algorithm", 2003).

use super::astar::{AStar, Excluded, Prefix};
use super::cost::{Cost, Rule};
use super::itinerary::has;
use super::states::{Journey, State};
use crate::graph::NodeIndex;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

/// All paths that begin with the first `fixed` nodes of one and do not go on to what is `excluded`.
#[derive(Debug, Clone, Default)]
pub(super) struct Class {
    pub(super) fixed: usize,
    /// What may not come next, by id.
    excluded: Vec<NodeIndex>,
    /// Is the path of the fixed nodes alone none of them?
    excludes_end: bool,
    /// Where one is after the fixed nodes, and what they cost.
    states: Vec<State>,
    spent: Cost,
}

/// What comes next: a path, or a class that may have it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// What the best path of the class costs at least.
    pub(super) cost: Cost,
    /// A path that begins so, whole if there is no `head`.
    trail: Rc<Trail>,
    fixed: usize,
    /// The first node by id that the best path can have behind the fixed ones.
    head: Option<NodeIndex>,
}

/// The nodes of a path, and where each stands first.
#[derive(Debug, Clone)]
struct Trail {
    nodes: Vec<NodeIndex>,
    places: HashMap<NodeIndex, usize>,
}

impl Trail {
    fn prefix(&self, count: usize) -> Prefix<'_> {
        Prefix { places: Some(&self.places), count }
    }
}

impl Candidate {
    /// A path that is found.
    pub(super) fn of(nodes: Vec<NodeIndex>, cost: Cost) -> Self {
        let fixed = nodes.len();
        let mut places = HashMap::with_capacity(fixed);
        for (place, node) in nodes.iter().enumerate() {
            places.entry(*node).or_insert(place);
        }
        let trail = Rc::new(Trail { nodes, places });
        Self { cost, trail, fixed, head: None }
    }

    /// The nodes that it begins with, all if it is found.
    pub(super) fn nodes(&self) -> &[NodeIndex] {
        &self.trail.nodes[..self.fixed]
    }

    /// Is the path found, or only known to be in a class?
    pub(super) fn is_found(&self) -> bool {
        self.head.is_none()
    }

    fn known(&self) -> impl Iterator<Item = NodeIndex> + '_ {
        self.nodes().iter().copied().chain(self.head)
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    /// By cost, then by ids; a class before a path that begins as its paths may.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_ids = || {
            if !Rc::ptr_eq(&self.trail, &other.trail) {
                return self.known().cmp(other.known());
            }
            // Two that leave the same path compare where the first of them does.
            let next = |one: &Self, at: usize| match at.cmp(&one.fixed) {
                Ordering::Less => one.trail.nodes.get(at).copied(),
                Ordering::Equal => one.head,
                Ordering::Greater => None,
            };
            let at = self.fixed.min(other.fixed);
            let here = next(self, at).cmp(&next(other, at));
            here.then_with(|| self.known().count().cmp(&other.known().count()))
        };
        let by_cost = self.cost.cmp(&other.cost);
        by_cost.then_with(by_ids).then_with(|| self.is_found().cmp(&other.is_found()))
    }
}

/// What is left of the paths of one journey.
pub(super) struct Deviations<'j, 'g> {
    journey: &'j Journey<'g>,
    search: AStar<'j, 'g>,
}

impl<'j, 'g> Deviations<'j, 'g> {
    pub(super) fn new(journey: &'j Journey<'g>, rule: Rule) -> Self {
        Self { journey, search: AStar::new(journey, rule) }
    }

    /// The classes into which a path's own splits once it has been taken.
    pub(super) fn split(
        &mut self,
        path: &Candidate,
        class: &Class,
        until: usize,
    ) -> Vec<(Candidate, Class)> {
        let nodes = path.nodes();
        let mut classes = Vec::new();
        let (mut states, mut spent) = (class.states.clone(), class.spent);
        // Lawler: to leave the path before the class's own fixed nodes belongs to other classes.
        // Behind the first repeated node (`until`) nothing acyclic is left.
        for fixed in class.fixed..=until.min(nodes.len()) {
            if self.journey.stopped() {
                break;
            }
            if fixed > class.fixed {
                let (here, hop) = self.step(&states, nodes[fixed - 1], fixed == 1);
                (states, spent) = (here, spent + hop);
            }
            let mut own = Class { fixed, states: states.clone(), spent, ..Class::default() };
            // What was excluded at this node stays so; farther on the class has excluded nothing
            // yet.
            if fixed == class.fixed {
                own.excluded.clone_from(&class.excluded);
                own.excludes_end = class.excludes_end;
            }
            match nodes.get(fixed) {
                Some(next) => {
                    let place = own.excluded.partition_point(|known| known < next);
                    own.excluded.insert(place, *next);
                }
                None => own.excludes_end = true,
            }
            let candidate = self.candidate(&path.trail, &own, path.cost);
            classes.extend(candidate.map(|candidate| (candidate, own)));
        }
        classes
    }

    /// A class by what its best path costs at least, exactly unless that is more than `other`.
    fn candidate(&mut self, trail: &Rc<Trail>, class: &Class, other: Cost) -> Option<Candidate> {
        if self.may_end(class) {
            let nodes = trail.nodes[..class.fixed].to_vec();
            return Some(Candidate::of(nodes, class.spent));
        }
        let excluded = Excluded { prefix: trail.prefix(class.fixed), heads: &class.excluded };
        let heads: Vec<(State, Cost)> = if class.fixed == 0 {
            let starts = self.starts(class).into_iter();
            starts.map(|state| (state, Cost::default())).collect()
        } else {
            self.search.successors(&class.states, excluded).into_iter().collect()
        };
        let bounds = heads.into_iter().filter_map(|(head, hop)| {
            let spent = class.spent + hop;
            Some((spent + self.search.remaining_cost(head, spent, Some(other))?, head.node))
        });
        let (cost, head) = bounds.min()?;
        Some(Candidate { cost, trail: Rc::clone(trail), fixed: class.fixed, head: Some(head) })
    }

    /// What has its turn: nearer bounds, or the best path of the class.
    pub(super) fn nearer(&mut self, candidate: &Candidate, class: &Class) -> Option<Candidate> {
        let again = self.candidate(&candidate.trail, class, candidate.cost)?;
        // Its bound has risen, so that others may have their turn before it.
        if again > *candidate {
            return Some(again);
        }
        self.best_of(candidate, class).map(|(nodes, cost)| Candidate::of(nodes, cost))
    }

    /// Is the journey complete with the fixed nodes of a class, and may it be?
    fn may_end(&self, class: &Class) -> bool {
        !class.excludes_end && class.states.iter().any(|state| self.journey.arrived(*state))
    }

    /// The best path of a class.
    fn best_of(&mut self, candidate: &Candidate, class: &Class) -> Option<(Vec<NodeIndex>, Cost)> {
        if class.fixed == 0 {
            let starts = self.starts(class);
            return self.search.spur_path(&starts, true, Excluded::NOTHING);
        }
        let prefix = candidate.trail.prefix(class.fixed);
        let excluded = Excluded { prefix, heads: &class.excluded };
        let left = candidate.cost - class.spent;
        let (spur, left) = match self.straight(&class.states, left, excluded) {
            Some(nodes) => (nodes, left),
            None => self.search.spur_path(&class.states, !class.excludes_end, excluded)?,
        };
        // The spur begins with the last of the fixed nodes.
        let root = candidate.nodes()[..class.fixed - 1].iter().copied();
        Some((root.chain(spur).collect(), class.spent + left))
    }

    /// Where the paths of a class without fixed nodes can begin.
    fn starts(&self, class: &Class) -> Vec<State> {
        let mut starts = self.journey.starts();
        starts.retain(|state| !has(&class.excluded, state.node));
        starts
    }

    /// The first way on by ids that costs exactly `left`, if one can take the first node everywhere
    /// from which nothing but the rest remains to be paid; beginning where one is. Whoever finds such a
    /// way need not look at the others.
    fn straight(
        &mut self,
        states: &[State],
        mut left: Cost,
        mut excluded: Excluded<'_>,
    ) -> Option<Vec<NodeIndex>> {
        let mut here = states.to_vec();
        let mut nodes = vec![here.first()?.node];
        loop {
            let mut next: Option<(NodeIndex, Cost, Vec<State>)> = None;
            for (head, hop) in self.search.successors(&here, excluded) {
                if next.as_ref().is_some_and(|(node, ..)| *node < head.node) {
                    continue;
                }
                let rest = self.search.remaining_cost(head, hop, Some(left));
                if rest.is_none_or(|rest| hop + rest != left) {
                    continue;
                }
                match &mut next {
                    Some((node, cost, states)) if *node == head.node => {
                        // Two states of one node that were come to at different costs.
                        if *cost != hop {
                            return None;
                        }
                        states.push(head);
                    }
                    _ => next = Some((head.node, hop, vec![head])),
                }
            }
            let (node, hop, states) = next?;
            nodes.push(node);
            (here, left) = (states, left - hop);
            // Only the first hop is restricted.
            excluded.heads = &[];
            if here.iter().any(|state| self.journey.arrived(*state)) {
                return (left == Cost::default()).then_some(nodes);
            }
        }
    }

    /// The states after going from `states` to `node`, and the cost of the hop.
    fn step(&self, states: &[State], node: NodeIndex, first: bool) -> (Vec<State>, Cost) {
        if first {
            let starts = self.journey.starts().into_iter();
            return (starts.filter(|state| state.node == node).collect(), Cost::default());
        }
        let options = self.search.successors(states, Excluded::NOTHING);
        let cheapest =
            options.iter().filter(|(state, _)| state.node == node).map(|(_, cost)| *cost).min();
        let there = options.into_iter().filter(|(state, _)| state.node == node);
        (there.map(|(state, _)| state).collect(), cheapest.unwrap_or_default())
    }
}
