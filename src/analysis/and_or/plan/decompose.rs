//! A problem after its forced decisions, in parts that have nothing to do with one another.

use super::problem::{Problem, Weight};
use super::propagate::{Assignment, Status};
use crate::analysis::and_or::instance::Instance;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

/// A part that can be solved by itself.
pub(super) struct Component {
    /// Its problem; item 0 stands for all that is decided, weighs nothing and is the goal.
    pub(super) problem: Problem,
    /// The item of the whole problem that each item is; the first one is none.
    pub(super) items: Vec<u32>,
}

/// The parts that the decisions leave, by their first item.
///
/// A clause that a decided item satisfies is settled, unless the two lie on a cycle, since then
/// something else may have to found it. So items on a cycle with open ones belong together, as do
/// the options of one open clause with one another and with an open item that asks for it, and
/// items that sources speak for together. O(size).
pub(super) fn decompose(assignment: &Assignment<'_>) -> Vec<Component> {
    let problem = assignment.problem;
    let rest = Rest { assignment, cycle: cycles(assignment) };
    let clauses = rest.open_clauses();
    let groups = rest.groups(&clauses);
    let mut parts: BTreeMap<u32, PartDraft> = BTreeMap::new();
    // What takes no part is all that is decided: item 0 of each part.
    let mut local = vec![0; problem.instance.len()];
    for item in rest.items() {
        let part = parts.entry(groups.find(item)).or_default();
        part.items.push(item);
        local[item as usize] = part.items.len() as u32;
    }
    for (owner, options) in clauses {
        if let Some(part) = parts.get_mut(&groups.find(options[0])) {
            let options = options.iter().map(|option| local[*option as usize]).collect();
            part.clauses.push((local[owner as usize], options));
        }
    }
    for (a, b, sources) in &problem.pairs {
        let possible = ![a, b].iter().any(|end| assignment.is(**end, Status::Out));
        // A pair with something decided speaks for the other end alone.
        let end = [a, b].into_iter().copied().find(|end| possible && rest.takes_part(*end));
        if let Some(part) = end.and_then(|end| parts.get_mut(&groups.find(end))) {
            part.pairs.push((local[*a as usize], local[*b as usize], *sources));
        }
    }
    parts.into_values().map(|part| part.finish(assignment)).collect()
}

/// What the decisions leave.
struct Rest<'s, 'p> {
    assignment: &'s Assignment<'p>,
    /// The number of each item's cycle, from 1; 0 where it is on none.
    cycle: Vec<u32>,
}

impl Rest<'_, '_> {
    fn on_cycle(&self, item: u32) -> bool {
        self.cycle[item as usize] != 0
    }

    /// Open items, and decided ones that lie on a cycle with others.
    fn takes_part(&self, item: u32) -> bool {
        match self.assignment.status[item as usize] {
            Status::Open => true,
            Status::In => self.on_cycle(item),
            Status::Out => false,
        }
    }

    fn items(&self) -> impl Iterator<Item = u32> {
        self.assignment.problem.instance.items().filter(|item| self.takes_part(*item))
    }

    /// The clauses that nothing decided settles, each with its options that take part.
    fn open_clauses(&self) -> Vec<(u32, Vec<u32>)> {
        let instance = &self.assignment.problem.instance;
        // A decided option that is on no cycle with its owner can be derived before it.
        let settles = |item: u32, owner: u32| {
            self.assignment.is(item, Status::In)
                && (!self.on_cycle(item) || self.cycle[item as usize] != self.cycle[owner as usize])
        };
        let mut clauses = Vec::new();
        for (clause, owner) in instance.owner.iter().enumerate() {
            let options = instance.options.row(clause).iter().copied();
            let settled = options.clone().any(|option| settles(option, *owner));
            let options: Vec<u32> = options.filter(|option| self.takes_part(*option)).collect();
            if !settled && !self.assignment.is(*owner, Status::Out) && !options.is_empty() {
                clauses.push((*owner, options));
            }
        }
        clauses
    }

    /// What belongs together.
    fn groups(&self, clauses: &[(u32, Vec<u32>)]) -> UnionFind<u32> {
        let problem = self.assignment.problem;
        let mut groups = UnionFind::new(problem.instance.len());
        // What founds a cycle founds all of it: its items are decided in one search.
        let mut first_on: BTreeMap<u32, u32> = BTreeMap::new();
        for item in self.items().filter(|item| self.on_cycle(*item)) {
            groups.union(item, *first_on.entry(self.cycle[item as usize]).or_insert(item));
        }
        // To take one option frees the others, so that they cannot be decided apart.
        for (owner, options) in clauses {
            let owner = self.takes_part(*owner).then_some(owner);
            for end in options.iter().skip(1).chain(owner) {
                groups.union(options[0], *end);
            }
        }
        for (a, b, _) in &problem.pairs {
            if self.takes_part(*a) && self.takes_part(*b) {
                groups.union(*a, *b);
            }
        }
        groups
    }
}

/// A part while it is put together.
#[derive(Default)]
struct PartDraft {
    items: Vec<u32>,
    clauses: Vec<(u32, Vec<u32>)>,
    pairs: Vec<(u32, u32, u32)>,
}

impl PartDraft {
    fn finish(self, assignment: &Assignment<'_>) -> Component {
        let weights = self.items.iter().map(|item| assignment.problem.weight[*item as usize]);
        let weight: Vec<Weight> = [0].into_iter().chain(weights).collect();
        // Decided items on a cycle with open ones are goals once more: here they are not founded
        // yet.
        let decided = (1..).zip(&self.items).filter(|(_, item)| assignment.is(**item, Status::In));
        let goals = [0].into_iter().chain(decided.map(|(at, _)| at)).collect();
        let instance = Instance::new(weight.len(), self.clauses);
        let problem = Problem { instance, weight, goals, pairs: self.pairs };
        let items = [u32::MAX].into_iter().chain(self.items).collect();
        Component { problem, items }
    }
}

/// The number of each item's cycle: strongly connected components of what is not out.
fn cycles(assignment: &Assignment<'_>) -> Vec<u32> {
    let instance = &assignment.problem.instance;
    let mut graph = DiGraph::<(), ()>::with_capacity(instance.len(), instance.owner.len());
    for _ in instance.items() {
        graph.add_node(());
    }
    for (clause, owner) in instance.owner.iter().enumerate() {
        for option in instance.options.row(clause) {
            if !assignment.is(*option, Status::Out) && !assignment.is(*owner, Status::Out) {
                graph.add_edge((*option).into(), (*owner).into(), ());
            }
        }
    }
    let mut number = vec![0; instance.len()];
    for (at, cycle) in (1..).zip(kosaraju_scc(&graph).into_iter().filter(|cycle| cycle.len() > 1)) {
        for item in cycle {
            number[item.index()] = at;
        }
    }
    number
}
