//! A puzzle after its forced decisions, in parts that have nothing to do with one another.

use super::propagate::{State, Status};
use super::puzzle::Puzzle;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

/// A part that can be solved by itself.
pub(super) struct Part {
    /// Its puzzle; item 0 stands for all that is decided, weighs nothing and is the goal.
    pub(super) puzzle: Puzzle,
    /// The item of the whole puzzle that each item is; the first one is none.
    pub(super) items: Vec<u32>,
}

/// The parts that the decisions leave, by their first item.
///
/// A clause that a decided item satisfies is settled, unless the two lie on a cycle, since then
/// something else may have to found it. So items on a cycle with open ones belong together, as do
/// the options of one open clause with one another and with an open item that asks for it, and
/// items that sources speak for together. O(size).
pub(super) fn split(state: &State<'_>) -> Vec<Part> {
    let puzzle = state.puzzle;
    let rest = Rest { state, cycle: cycles(state) };
    let clauses = rest.open_clauses();
    let mut groups = UnionFind::<u32>::new(puzzle.len());
    let mut first_on: BTreeMap<u32, u32> = BTreeMap::new();
    for item in rest.items().filter(|item| rest.on_cycle(*item)) {
        groups.union(item, *first_on.entry(rest.cycle[item as usize]).or_insert(item));
    }
    for (owner, options) in &clauses {
        let owner = rest.takes_part(*owner).then_some(owner);
        for end in options.iter().skip(1).chain(owner) {
            groups.union(options[0], *end);
        }
    }
    for (a, b, _) in &puzzle.pairs {
        if rest.takes_part(*a) && rest.takes_part(*b) {
            groups.union(*a, *b);
        }
    }
    let mut parts: BTreeMap<u32, Draft> = BTreeMap::new();
    // What takes no part is all that is decided: item 0 of each part.
    let mut local = vec![0; puzzle.len()];
    for item in rest.items() {
        let draft = parts.entry(groups.find(item)).or_default();
        draft.items.push(item);
        local[item as usize] = draft.items.len() as u32;
    }
    for (owner, options) in clauses {
        if let Some(draft) = parts.get_mut(&groups.find(options[0])) {
            let options = options.iter().map(|option| local[*option as usize]).collect();
            draft.clauses.push((local[owner as usize], options));
        }
    }
    for (a, b, sources) in &puzzle.pairs {
        let possible = ![a, b].iter().any(|end| state.is(**end, Status::Out));
        // A pair with something decided speaks for the other end alone.
        let end = [*a, *b].into_iter().find(|end| possible && rest.takes_part(*end));
        if let Some(draft) = end.and_then(|end| parts.get_mut(&groups.find(end))) {
            draft.pairs.push((local[*a as usize], local[*b as usize], *sources));
        }
    }
    parts.into_values().map(|draft| draft.finish(state)).collect()
}

/// What the decisions leave.
struct Rest<'s, 'p> {
    state: &'s State<'p>,
    cycle: Vec<u32>,
}

impl Rest<'_, '_> {
    fn on_cycle(&self, item: u32) -> bool {
        self.cycle[item as usize] != 0
    }

    /// Open items, and decided ones that lie on a cycle with others.
    fn takes_part(&self, item: u32) -> bool {
        match self.state.status[item as usize] {
            Status::Open => true,
            Status::In => self.on_cycle(item),
            Status::Out => false,
        }
    }

    fn items(&self) -> impl Iterator<Item = u32> {
        (0..self.state.puzzle.len() as u32).filter(|item| self.takes_part(*item))
    }

    /// The clauses that nothing decided settles, each with its options that take part.
    fn open_clauses(&self) -> Vec<(u32, Vec<u32>)> {
        let puzzle = self.state.puzzle;
        let settles = |item: u32, owner: u32| {
            self.state.is(item, Status::In)
                && (!self.on_cycle(item) || self.cycle[item as usize] != self.cycle[owner as usize])
        };
        let mut clauses = Vec::new();
        for (clause, owner) in puzzle.owner.iter().enumerate() {
            let options = puzzle.options.row(clause).iter().copied();
            let settled = options.clone().any(|option| settles(option, *owner));
            let options: Vec<u32> = options.filter(|option| self.takes_part(*option)).collect();
            if !settled && !self.state.is(*owner, Status::Out) && !options.is_empty() {
                clauses.push((*owner, options));
            }
        }
        clauses
    }
}

#[derive(Default)]
struct Draft {
    items: Vec<u32>,
    clauses: Vec<(u32, Vec<u32>)>,
    pairs: Vec<(u32, u32, u32)>,
}

impl Draft {
    fn finish(self, state: &State<'_>) -> Part {
        let weights = self.items.iter().map(|item| state.puzzle.weight[*item as usize]);
        let weight = [0].into_iter().chain(weights).collect();
        let decided = (1..).zip(&self.items).filter(|(_, item)| state.is(**item, Status::In));
        let goals = [0].into_iter().chain(decided.map(|(at, _)| at)).collect();
        let puzzle = Puzzle::new(weight, goals, self.clauses, self.pairs);
        let items = [u32::MAX].into_iter().chain(self.items).collect();
        Part { puzzle, items }
    }
}

/// The number of each item's cycle, from 1; 0 where it is on none.
fn cycles(state: &State<'_>) -> Vec<u32> {
    let puzzle = state.puzzle;
    let mut graph = DiGraph::<(), ()>::with_capacity(puzzle.len(), puzzle.owner.len());
    for _ in 0..puzzle.len() {
        graph.add_node(());
    }
    for (clause, owner) in puzzle.owner.iter().enumerate() {
        for option in puzzle.options.row(clause) {
            if !state.is(*option, Status::Out) && !state.is(*owner, Status::Out) {
                graph.add_edge((*option).into(), (*owner).into(), ());
            }
        }
    }
    let mut number = vec![0; puzzle.len()];
    for (at, cycle) in (1..).zip(kosaraju_scc(&graph).into_iter().filter(|cycle| cycle.len() > 1)) {
        for item in cycle {
            number[item.index()] = at;
        }
    }
    number
}
