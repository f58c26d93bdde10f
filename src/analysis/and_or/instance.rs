//! The clauses of many nodes with cycles of plain prerequisites condensed to joint steps, and
//! what can be derived from them step by step.

use super::clauses::{Clause, clauses};
use crate::analysis::learning_rank;
use crate::graph::Csr;
use crate::graph::{Flow, NodeIndex};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No step: known, left out, or out of reach.
pub(super) const NONE: u32 = u32::MAX;

/// Which nodes a question is about.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) flow: &'a Flow<'a>,
    /// What shall be reached.
    pub(super) goals: &'a [NodeIndex],
    /// By node: need not be learned.
    pub(super) known: &'a [bool],
    /// By node: cannot be learned.
    pub(super) barred: &'a [bool],
}

/// Steps and what each asks for. A clause holds if one of its steps has been made; clauses that
/// something known or the step itself satisfies are left out.
#[derive(Debug, Clone)]
pub(super) struct Requirements {
    /// The nodes of each step, by id.
    pub(super) members: Vec<Vec<NodeIndex>>,
    /// The step of each node, by index.
    pub(super) step_of: Vec<u32>,
    /// The steps that satisfy each clause.
    pub(super) options: Csr,
    /// The step that asks for each clause.
    pub(super) owner: Vec<u32>,
    /// Each clause's node, and its position among the node's clauses.
    pub(super) origin: Vec<(NodeIndex, u32)>,
    /// Is the clause only recommended?
    pub(super) soft: Vec<bool>,
    /// The clauses of each step.
    pub(super) asks: Csr,
    /// The clauses that each step satisfies.
    pub(super) serves: Csr,
    /// Each step's position in the learning order.
    pub(super) rank: Vec<u32>,
}

/// What can be derived, in the order it was.
pub(super) struct Derivation {
    pub(super) order: Vec<u32>,
    /// By step.
    pub(super) done: Vec<bool>,
    /// The step that satisfied each clause first, or [`NONE`].
    pub(super) support: Vec<u32>,
}

impl Requirements {
    /// The requirements behind the goals: the clauses that `keep` keeps count, cycles of plain
    /// clauses that `joint` accepts are one step. O((n + m) log n) in what lies behind the goals.
    pub(super) fn new(
        scope: Scope<'_>,
        mut keep: impl FnMut(&Clause, u32) -> bool,
        joint: impl Fn(&Clause) -> bool,
    ) -> Self {
        let free = |node: NodeIndex| !scope.known[node.index()] && !scope.barred[node.index()];
        let mut place = vec![NONE; scope.known.len()];
        let mut nodes = Vec::new();
        let mut found: Vec<(Clause, u32)> = Vec::new();
        let mut open: Vec<NodeIndex> = scope.goals.to_vec();
        while let Some(node) = open.pop() {
            if !free(node) || place[node.index()] != NONE {
                continue;
            }
            place[node.index()] = nodes.len() as u32;
            nodes.push(node);
            for (number, clause) in clauses(scope.flow, node).into_iter().enumerate() {
                open.extend(clause.nodes());
                if keep(&clause, number as u32) {
                    found.push((clause, number as u32));
                }
            }
        }
        let mut plain = DiGraph::<NodeIndex, ()>::with_capacity(nodes.len(), nodes.len());
        for node in &nodes {
            plain.add_node(*node);
        }
        for (clause, _) in found.iter().filter(|(clause, _)| clause.is_plain() && joint(clause)) {
            let [from, to] = [clause.alternatives[0].0, clause.dependent].map(|n| place[n.index()]);
            if from != NONE {
                plain.add_edge(from.into(), to.into(), ());
            }
        }
        let mut members = kosaraju_scc(&plain);
        for step in &mut members {
            for node in step.iter_mut() {
                *node = plain[*node];
            }
            step.sort_unstable();
        }
        Self::of_steps(scope, members, &found)
    }

    fn of_steps(scope: Scope<'_>, members: Vec<Vec<NodeIndex>>, found: &[(Clause, u32)]) -> Self {
        let mut step_of = vec![NONE; scope.known.len()];
        for (step, nodes) in members.iter().enumerate() {
            for node in nodes {
                step_of[node.index()] = step as u32;
            }
        }
        let position = learning_rank(scope.flow.atlas());
        let rank = |nodes: &Vec<NodeIndex>| nodes.iter().map(|node| position[node.index()]).min();
        let rank = members.iter().map(|nodes| rank(nodes).unwrap_or(NONE)).collect();
        let mut requirements = Self {
            options: Csr::new(),
            owner: Vec::new(),
            origin: Vec::new(),
            soft: Vec::new(),
            asks: Csr::new(),
            serves: Csr::new(),
            rank,
            members,
            step_of,
        };
        for (clause, number) in found {
            requirements.add(scope.known, clause, *number);
        }
        let steps = requirements.members.len();
        let mut asks = Csr::new();
        for owner in &requirements.owner {
            asks.push([*owner]);
        }
        requirements.asks = asks.transpose(steps);
        requirements.serves = requirements.options.transpose(steps);
        requirements
    }

    fn add(&mut self, known: &[bool], clause: &Clause, number: u32) {
        let owner = self.step_of[clause.dependent.index()];
        let mut options: Vec<u32> = clause.nodes().map(|node| self.step_of[node.index()]).collect();
        if options.contains(&owner) || clause.nodes().any(|node| known[node.index()]) {
            return;
        }
        options.retain(|step| *step != NONE);
        options.sort_unstable();
        options.dedup();
        self.options.push(options);
        self.owner.push(owner);
        self.origin.push((clause.dependent, number));
        self.soft.push(!clause.required);
    }

    /// The step of a node, unless it has none.
    pub(super) fn step(&self, node: NodeIndex) -> Option<u32> {
        Some(self.step_of[node.index()]).filter(|step| *step != NONE)
    }

    /// The distinct steps of nodes, ascending.
    pub(super) fn steps(&self, nodes: &[NodeIndex]) -> Vec<u32> {
        let mut steps: Vec<u32> = nodes.iter().filter_map(|node| self.step(*node)).collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    }

    /// Everything that can be learned step by step without the steps `barred`, in learning order
    /// where there is a choice; those that are `late` only where nothing else is left.
    /// O((n + m) log n).
    pub(super) fn derive(
        &self,
        barred: impl Fn(u32) -> bool,
        late: impl Fn(u32) -> bool,
    ) -> Derivation {
        self.derive_with(barred, late, |_| false)
    }

    /// The same; where nothing else is left, a step may be made though clauses are open that may
    /// be `forgiven`.
    pub(super) fn derive_with(
        &self,
        barred: impl Fn(u32) -> bool,
        late: impl Fn(u32) -> bool,
        forgiven: impl Fn(usize) -> bool,
    ) -> Derivation {
        let steps = self.members.len();
        let mut open = vec![[0u32; 2]; steps];
        for (clause, owner) in self.owner.iter().enumerate() {
            open[*owner as usize][usize::from(forgiven(clause))] += 1;
        }
        let mut done = vec![false; steps];
        let mut support = vec![NONE; self.owner.len()];
        let mut order = Vec::new();
        let mut heap = BinaryHeap::new();
        let turn = |step: u32, open: [u32; 2]| {
            let level = if open[1] > 0 { 2 } else { u8::from(late(step)) };
            (open[0] == 0 && !barred(step))
                .then(|| Reverse((level, self.rank[step as usize], step)))
        };
        heap.extend((0..steps as u32).filter_map(|step| turn(step, open[step as usize])));
        while let Some(Reverse((_, _, step))) = heap.pop() {
            if std::mem::replace(&mut done[step as usize], true) {
                continue;
            }
            order.push(step);
            for clause in self.serves.row(step as usize) {
                let clause = *clause as usize;
                if support[clause] != NONE {
                    continue;
                }
                support[clause] = step;
                let owner = self.owner[clause];
                let missing = &mut open[owner as usize];
                missing[usize::from(forgiven(clause))] -= 1;
                if !done[owner as usize] {
                    heap.extend(turn(owner, *missing));
                }
            }
        }
        Derivation { order, done, support }
    }

    /// The steps that a derivation uses for `goals`, which it has derived.
    pub(super) fn used(&self, derivation: &Derivation, goals: &[u32]) -> Vec<u32> {
        self.behind(goals, |clause| [derivation.support[clause]])
    }

    /// Marks the goals and what they surely bring along: the only option of a clause, and what all
    /// options of a clause bring along. Takes at most so much work, one for each step looked at.
    pub(super) fn settle(&self, goals: &[u32], sure: &mut [bool], work: &mut usize) {
        let mut seen = vec![0; sure.len()];
        let mut count = vec![(0, 0); sure.len()];
        let mut round = 0;
        let mut open = goals.to_vec();
        while let Some(step) = open.pop() {
            if std::mem::replace(&mut sure[step as usize], true) {
                continue;
            }
            for clause in self.asks.row(step as usize) {
                let options = self.options.row(*clause as usize);
                if let [only] = options {
                    open.push(*only);
                    continue;
                }
                let first = round;
                for (number, option) in (0u32..).zip(options) {
                    round += 1;
                    for found in self.brought_along(*option, sure, (&mut seen, round), work) {
                        let times = &mut count[found as usize];
                        // Only what all options before this one brought along still counts.
                        if number == 0 {
                            *times = (first, 0);
                        }
                        if *times == (first, number) {
                            *times = (first, number + 1);
                        }
                        if *times == (first, options.len() as u32) {
                            open.push(found);
                        }
                    }
                }
            }
        }
    }

    /// A step and what its plain clauses bring along, without what is sure.
    fn brought_along(
        &self,
        step: u32,
        sure: &[bool],
        (seen, round): (&mut [u32], u32),
        work: &mut usize,
    ) -> Vec<u32> {
        let mut found = Vec::new();
        let mut open = vec![step];
        while let Some(step) = open.pop() {
            let fresh = std::mem::replace(&mut seen[step as usize], round) != round;
            if !fresh || sure[step as usize] || *work == 0 {
                continue;
            }
            *work -= 1;
            found.push(step);
            for clause in self.asks.row(step as usize) {
                if let [only] = self.options.row(*clause as usize) {
                    open.push(*only);
                }
            }
        }
        found
    }

    /// The steps behind `goals`, where `next` tells to what a clause leads.
    pub(super) fn behind<I: IntoIterator<Item = u32>>(
        &self,
        goals: &[u32],
        next: impl Fn(usize) -> I,
    ) -> Vec<u32> {
        let mut seen = vec![false; self.members.len()];
        let mut found = Vec::new();
        let mut open = goals.to_vec();
        while let Some(step) = open.pop() {
            if step == NONE || std::mem::replace(&mut seen[step as usize], true) {
                continue;
            }
            found.push(step);
            for clause in self.asks.row(step as usize) {
                open.extend(next(*clause as usize));
            }
        }
        found.sort_unstable();
        found
    }
}
