//! The AND/OR graph of a question: the clauses of everything behind its goals, read off the flow
//! once and looked up from then on.

use super::clauses::{Clause, clauses};
use crate::graph::{Flow, NodeIndex};
use std::ops::Range;

/// The clauses behind some goals, each numbered, those of one node side by side.
#[derive(Debug)]
pub(super) struct AndOrGraph<'g> {
    flow: &'g Flow<'g>,
    clauses: Vec<Clause>,
    /// By node: the numbers of its clauses; empty where none were read.
    numbers: Vec<Range<u32>>,
}

impl<'g> AndOrGraph<'g> {
    /// The clauses of the goals and of all that they lead to, up to the nodes that are `closed`.
    /// O(m log m) in the arcs of these nodes.
    pub(super) fn behind(
        flow: &'g Flow<'g>,
        goals: &[NodeIndex],
        closed: impl Fn(NodeIndex) -> bool,
    ) -> Self {
        let count = flow.atlas().node_bound();
        let mut found = Self { flow, clauses: Vec::new(), numbers: vec![0..0; count] };
        let mut met = vec![false; count];
        let mut open = goals.to_vec();
        while let Some(node) = open.pop() {
            if closed(node) || std::mem::replace(&mut met[node.index()], true) {
                continue;
            }
            let first = found.clauses.len();
            found.clauses.extend(clauses(flow, node));
            open.extend(found.clauses[first..].iter().flat_map(Clause::nodes));
            found.numbers[node.index()] = first as u32..found.clauses.len() as u32;
        }
        found
    }

    /// The flow that it was read off.
    pub(super) fn flow(&self) -> &'g Flow<'g> {
        self.flow
    }

    /// The numbers of a node's clauses.
    pub(super) fn numbers(&self, node: NodeIndex) -> Range<u32> {
        self.numbers[node.index()].clone()
    }

    /// A node's clauses.
    pub(super) fn clauses(&self, node: NodeIndex) -> &[Clause] {
        let Range { start, end } = self.numbers(node);
        &self.clauses[start as usize..end as usize]
    }

    /// The clause of that number.
    pub(super) fn clause(&self, number: u32) -> &Clause {
        &self.clauses[number as usize]
    }

    /// Are all clauses required?
    pub(super) fn is_required(&self) -> bool {
        self.clauses.iter().all(|clause| clause.required)
    }
}
