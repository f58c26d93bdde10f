//! What some goals require, as an instance whose items are steps: nodes, and cycles of plain
//! prerequisites condensed to joint steps.

use super::clauses::Clause;
use super::graph::AndOrGraph;
use super::instance::{Derivation, Instance, NONE};
use crate::analysis::learning_rank;
use crate::graph::NodeIndex;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

/// By node: is it in `nodes`?
pub(super) fn marks(count: usize, nodes: &[NodeIndex]) -> Vec<bool> {
    let mut marks = vec![false; count];
    for node in nodes {
        marks[node.index()] = true;
    }
    marks
}

/// Which part of an AND/OR graph a question is about.
#[derive(Clone, Copy)]
pub(super) struct Extent<'g, 'a> {
    pub(super) graph: &'g AndOrGraph<'g>,
    /// What shall be reached.
    pub(super) goals: &'a [NodeIndex],
    /// By node: need not be learned.
    pub(super) known: &'a [bool],
    /// By node: cannot be learned.
    pub(super) barred: &'a [bool],
}

/// The steps behind some goals as an instance; clauses that something known or the step itself
/// satisfies are left out.
#[derive(Debug)]
pub(super) struct Requirements<'g> {
    pub(super) graph: &'g AndOrGraph<'g>,
    pub(super) instance: Instance,
    /// The nodes of each step, by id.
    pub(super) members: Vec<Vec<NodeIndex>>,
    /// Each step's position in the learning order.
    pub(super) rank: Vec<u32>,
    /// The number of each clause in the graph.
    origin: Vec<u32>,
    /// The step of each node, by index.
    step_of: Vec<u32>,
}

impl<'g> Requirements<'g> {
    /// The requirements behind the goals: the clauses whose numbers are `kept` count, cycles of
    /// those plain ones among them that are `joint` are one step. O((n + m) log n) in what lies
    /// behind the goals.
    pub(super) fn new(
        extent: Extent<'g, '_>,
        mut kept: impl FnMut(u32) -> bool,
        joint: impl Fn(&Clause) -> bool,
    ) -> Self {
        let graph = extent.graph;
        let mut place = vec![NONE; extent.known.len()];
        let mut plain = DiGraph::<NodeIndex, ()>::new();
        let mut origin = Vec::new();
        let mut open = extent.goals.to_vec();
        while let Some(node) = open.pop() {
            let free = !extent.known[node.index()] && !extent.barred[node.index()];
            if !free || place[node.index()] != NONE {
                continue;
            }
            place[node.index()] = plain.add_node(node).index() as u32;
            for number in graph.numbers(node) {
                // Clauses that do not count are walked all the same: whether what they ask for can
                // be learned is a question of its own.
                open.extend(graph.clause(number).nodes());
                if kept(number) {
                    origin.push(number);
                }
            }
        }
        for clause in origin.iter().map(|number| graph.clause(*number)) {
            if clause.is_plain() && joint(clause) {
                let from = place[clause.alternatives[0].0.index()];
                // What is known or barred has no place, and joins no circle.
                if from != NONE {
                    plain.add_edge(from.into(), place[clause.dependent.index()].into(), ());
                }
            }
        }
        // Strongly connected components: a node of one needs, plainly, every other one.
        let mut members = kosaraju_scc(&plain);
        for step in &mut members {
            for node in step.iter_mut() {
                *node = plain[*node];
            }
            step.sort_unstable();
        }
        // By now every place is numbered by its step.
        let mut step_of = place;
        for (step, nodes) in (0u32..).zip(&members) {
            for node in nodes {
                step_of[node.index()] = step;
            }
        }
        Self::of_steps(extent, members, step_of, origin)
    }

    fn of_steps(
        extent: Extent<'g, '_>,
        members: Vec<Vec<NodeIndex>>,
        step_of: Vec<u32>,
        mut origin: Vec<u32>,
    ) -> Self {
        let graph = extent.graph;
        let owner = |number: u32| step_of[graph.clause(number).dependent.index()];
        origin.retain(|number| {
            // A clause holds if an option is known, or is learned in the very step that asks.
            let mut options = graph.clause(*number).nodes();
            let own = owner(*number);
            !options.any(|node| extent.known[node.index()] || step_of[node.index()] == own)
        });
        let clauses = origin.iter().map(|number| {
            let options = graph.clause(*number).nodes().map(|node| step_of[node.index()]);
            let mut options: Vec<u32> = options.filter(|step| *step != NONE).collect();
            options.sort_unstable();
            // Several nodes of one joint step are one option.
            options.dedup();
            (owner(*number), options)
        });
        let instance = Instance::new(members.len(), clauses);
        let position = learning_rank(graph.flow().atlas());
        let rank = |nodes: &Vec<NodeIndex>| nodes.iter().map(|node| position[node.index()]).min();
        let rank = members.iter().map(|nodes| rank(nodes).unwrap_or(NONE)).collect();
        Self { graph, instance, members, rank, origin, step_of }
    }

    /// The number of a clause in the graph.
    pub(super) fn number(&self, clause: usize) -> u32 {
        self.origin[clause]
    }

    /// A clause as the graph has it.
    pub(super) fn clause(&self, clause: usize) -> &'g Clause {
        self.graph.clause(self.origin[clause])
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

    /// The nodes of steps.
    pub(super) fn nodes(&self, steps: impl IntoIterator<Item = u32>) -> Vec<NodeIndex> {
        let steps = steps.into_iter();
        steps.flat_map(|step| self.members[step as usize].iter().copied()).collect()
    }

    /// Everything that can be learned step by step from steps that `may` be taken, in learning
    /// order where there is a choice. O((n + m) log n).
    pub(super) fn in_order(&self, may: impl Fn(u32) -> bool) -> Derivation {
        self.instance.derive_by(|step| may(step).then(|| self.rank[step as usize]))
    }
}
