//! The learning order: one order of the whole graph, prerequisites before dependents, cycles
//! condensed to one joint step, found depth first from the milestones.

use crate::graph::{Atlas, Flow, NodeIndex, Prerequisite};
use petgraph::algo::kosaraju_scc;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Each node's position in the learning order, computed once per atlas. O((n + m) log n).
#[must_use]
pub fn learning_rank(atlas: &Atlas) -> &[u32] {
    atlas.learning_rank(compute)
}

/// `nodes` in learning order.
#[must_use]
pub fn in_learning_order(atlas: &Atlas, mut nodes: Vec<NodeIndex>) -> Vec<NodeIndex> {
    let rank = learning_rank(atlas);
    nodes.sort_unstable_by_key(|node| rank[node.index()]);
    nodes
}

/// `nodes` by id.
#[must_use]
pub fn first_by_id(mut nodes: Vec<NodeIndex>) -> Vec<NodeIndex> {
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// Where an unordered prerequisite stands among ordered ones.
const LAST: f64 = f64::INFINITY;

struct Steps<'g> {
    flow: Flow<'g>,
    /// The nodes of each joint step, by id; most steps have one.
    members: Vec<Vec<NodeIndex>>,
    /// The step of each node.
    step_of: Vec<usize>,
}

fn compute(atlas: &Atlas) -> Vec<u32> {
    let flow = Flow::new(atlas, &None, false);
    let mut members = kosaraju_scc(&flow);
    let mut step_of = vec![0; atlas.graph().node_count()];
    for (step, nodes) in members.iter_mut().enumerate() {
        nodes.sort_unstable();
        for node in nodes {
            step_of[node.index()] = step;
        }
    }
    let steps = Steps { flow, members, step_of };
    let mut rank = vec![u32::MAX; steps.step_of.len()];
    let mut next = 0;
    for step in depth_first(&steps, &roots(atlas)) {
        for node in &steps.members[step] {
            rank[node.index()] = next;
            next += 1;
        }
    }
    rank
}

/// Steps in postorder: what a step needs comes before it.
fn depth_first(steps: &Steps<'_>, roots: &[NodeIndex]) -> Vec<usize> {
    let mut entered = vec![false; steps.members.len()];
    let mut order = Vec::with_capacity(steps.members.len());
    for root in roots {
        let mut open = vec![(steps.step_of[root.index()], Vec::new(), false)];
        while let Some((step, mut waiting, opened)) = open.pop() {
            if !opened {
                if std::mem::replace(&mut entered[step], true) {
                    continue;
                }
                waiting = steps.needs(step);
                waiting.reverse();
            }
            match waiting.pop() {
                Some(need) => {
                    open.push((step, waiting, true));
                    if !entered[need] {
                        open.push((need, Vec::new(), false));
                    }
                }
                None => order.push(step),
            }
        }
    }
    order
}

impl Steps<'_> {
    /// The steps that `step` needs: milestones first, then by the smallest `order`, then by id.
    fn needs(&self, step: usize) -> Vec<usize> {
        let atlas = self.flow.atlas();
        let mut orders: HashMap<usize, f64> = HashMap::new();
        let mut needs = Vec::new();
        for member in &self.members[step] {
            for (edge, node) in self.flow.needs(*member) {
                let need = self.step_of[node.index()];
                if need == step {
                    continue;
                }
                let order = atlas.edge(edge).order().unwrap_or(LAST);
                let known = orders.entry(need).or_insert_with(|| {
                    needs.push(need);
                    order
                });
                *known = known.min(order);
            }
        }
        let milestone =
            |step: &usize| self.members[*step].iter().any(|node| atlas.is_milestone(*node));
        needs.sort_by(|a, b| {
            (milestone(b).cmp(&milestone(a)))
                .then(orders[a].total_cmp(&orders[b]))
                .then(self.members[*a][0].cmp(&self.members[*b][0]))
        });
        needs
    }
}

/// Where the search starts: milestones on a route in the route's order, the other milestones by
/// id, then all nodes by id.
fn roots(atlas: &Atlas) -> Vec<NodeIndex> {
    let milestones = atlas.nodes().filter(|node| atlas.is_milestone(*node));
    let milestones: Vec<NodeIndex> = milestones.collect();
    let mut roots = route_order(atlas, &milestones);
    // The search skips what it has entered: that a node stands here twice does no harm.
    roots.extend(milestones);
    roots.extend(atlas.nodes());
    roots
}

/// The milestones that route edges join, in topological order, ties by id; nodes of a cycle
/// count as one, so what follows a cycle comes after it.
fn route_order(atlas: &Atlas, milestones: &[NodeIndex]) -> Vec<NodeIndex> {
    let position: HashMap<NodeIndex, usize> =
        milestones.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let mut route = petgraph::graph::DiGraph::<NodeIndex, ()>::new();
    for node in milestones {
        route.add_node(*node);
    }
    for (at, node) in milestones.iter().enumerate() {
        for edge in atlas.edges_from(*node) {
            let relation = atlas.relation_of(edge);
            let (_, to) = atlas.ends(edge);
            let (Some(&end), true) = (position.get(&to), relation.route) else {
                continue;
            };
            let backward = relation.prerequisite == Some(Prerequisite::Target);
            let (a, b) = if backward { (end, at) } else { (at, end) };
            if a != b {
                route.update_edge(NodeIndex::new(a), NodeIndex::new(b), ());
            }
        }
    }
    route.retain_nodes(|route, node| route.neighbors_undirected(node).next().is_some());
    let route = petgraph::algo::condensation(route, true);
    let first = |step: NodeIndex| route[step].iter().min().copied();
    let mut missing: Vec<usize> = route
        .node_indices()
        .map(|step| route.neighbors_directed(step, petgraph::Incoming).count())
        .collect();
    let ready = route.node_indices().filter(|step| missing[step.index()] == 0);
    let mut heap: BinaryHeap<_> = ready.map(|step| Reverse((first(step), step))).collect();
    let mut order = Vec::new();
    while let Some(Reverse((_, step))) = heap.pop() {
        let mut nodes = route[step].clone();
        nodes.sort_unstable();
        order.extend(nodes);
        for next in route.neighbors(step) {
            missing[next.index()] -= 1;
            if missing[next.index()] == 0 {
                heap.push(Reverse((first(next), next)));
            }
        }
    }
    order
}
