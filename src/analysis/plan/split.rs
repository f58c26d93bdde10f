//! A puzzle after its forced decisions, in parts that have nothing to do with one another.

use super::puzzle::Puzzle;
use super::state::{State, Status};
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
    let cycle = cycles(state);
    let on_cycle = |item: u32| cycle[item as usize] != 0;
    // What takes part in a part: open items, and decided ones that lie on a cycle with others.
    let own = |item: u32| {
        !state.is(item, Status::Out) && (state.is(item, Status::Open) || on_cycle(item))
    };
    let given = |item: u32, owner: u32| {
        state.is(item, Status::In)
            && (!on_cycle(item) || cycle[item as usize] != cycle[owner as usize])
    };
    let mut groups = UnionFind::<u32>::new(puzzle.len());
    let mut first_on: BTreeMap<u32, u32> = BTreeMap::new();
    for item in (0..puzzle.len() as u32).filter(|item| own(*item) && on_cycle(*item)) {
        groups.union(item, *first_on.entry(cycle[item as usize]).or_insert(item));
    }
    let mut clauses: Vec<(u32, Vec<u32>)> = Vec::new();
    for clause in 0..puzzle.owner.len() {
        let (owner, options) = (puzzle.owner[clause], puzzle.options.get(clause));
        let settled = options.iter().any(|option| given(*option, owner));
        if settled || state.is(owner, Status::Out) {
            continue;
        }
        let options: Vec<u32> = options.iter().copied().filter(|option| own(*option)).collect();
        let ends = options.iter().skip(1).chain(own(owner).then_some(&owner));
        for end in ends {
            groups.union(options[0], *end);
        }
        clauses.push((owner, options));
    }
    for (a, b, _) in &puzzle.pairs {
        if own(*a) && own(*b) {
            groups.union(*a, *b);
        }
    }
    let mut parts: BTreeMap<u32, Draft> = BTreeMap::new();
    let mut local = vec![0; puzzle.len()];
    for item in (0..puzzle.len() as u32).filter(|item| own(*item)) {
        let draft = parts.entry(groups.find(item)).or_default();
        draft.items.push(item);
        local[item as usize] = draft.items.len() as u32;
    }
    for (owner, options) in clauses {
        if let Some(draft) = options.first().and_then(|o| parts.get_mut(&groups.find(*o))) {
            let options = options.iter().map(|option| local[*option as usize]).collect();
            draft.clauses.push((if own(owner) { local[owner as usize] } else { 0 }, options));
        }
    }
    for (a, b, sources) in &puzzle.pairs {
        if state.is(*a, Status::Out) || state.is(*b, Status::Out) {
            continue;
        }
        // A pair with something decided speaks for the other end alone.
        let Some(end) = [*a, *b].into_iter().find(|end| own(*end)) else { continue };
        let [a, b] = [a, b].map(|end| if own(*end) { local[*end as usize] } else { 0 });
        if let Some(draft) = parts.get_mut(&groups.find(end)) {
            draft.pairs.push((a, b, *sources));
        }
    }
    parts.into_values().map(|draft| draft.finish(state)).collect()
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
        for option in puzzle.options.get(clause) {
            if !state.is(*option, Status::Out) && !state.is(*owner, Status::Out) {
                graph.add_edge((*option).into(), (*owner).into(), ());
            }
        }
    }
    let mut number = vec![0; puzzle.len()];
    for (at, cycle) in (1..).zip(kosaraju_scc(&graph).into_iter().filter(|cycle| cycle.len() > 1)) {
        for item in cycle.into_iter() {
            number[item.index()] = at;
        }
    }
    number
}
