//! The learning order: one order of the whole graph, prerequisites before dependents, cycles
//! condensed to one joint step, found depth first from the milestones.

use crate::graph::{Atlas, Flow, ListPosition, NodeIndex, Prerequisite, Ranked};
use fixedbitset::FixedBitSet;
use petgraph::visit::{Dfs, DfsPostOrder, IntoNodeIdentifiers, NodeIndexable, Reversed};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Each node's position in the learning order, computed once per atlas. O((n + m) log n).
#[must_use]
pub fn learning_rank(atlas: &Atlas) -> &[u32] {
    &atlas.ranked(compute).rank
}

/// The learning order of what was loaded.
pub(crate) fn learning_order(atlas: &Atlas) -> &Ranked {
    atlas.ranked(compute)
}

/// Fewer of all nodes than one in so many are few.
const FEW: usize = 256;

/// `nodes`, each once, in learning order.
#[must_use]
pub fn in_learning_order(
    atlas: &Atlas,
    nodes: impl IntoIterator<Item = NodeIndex>,
) -> Vec<NodeIndex> {
    let nodes: Vec<NodeIndex> = nodes.into_iter().collect();
    // Of a snapshot's order, of which each block is checked, few places are looked at one by one.
    if nodes.len() < atlas.node_bound() / FEW
        && let Some(mut places) = atlas.places_ahead(&nodes)
    {
        places.sort_unstable();
        places.dedup();
        return places.into_iter().map(|(_, node)| node).collect();
    }
    let ranked = atlas.ranked(compute);
    // A bit for each place is quicker than to sort.
    let mut taken = FixedBitSet::with_capacity(ranked.nodes.len());
    for node in nodes {
        taken.insert(ranked.rank[node.index()] as usize);
    }
    taken.ones().map(|place| ranked.nodes[place]).collect()
}

/// `nodes` by id, each once.
#[must_use]
pub fn sorted_unique(mut nodes: Vec<NodeIndex>) -> Vec<NodeIndex> {
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// The joint steps: nodes that need one another; most steps have one.
struct Steps<'g> {
    flow: Flow<'g>,
    /// The nodes, step after step, by id in each.
    members: Vec<NodeIndex>,
    /// Where each step begins among them; one more, where the last one ends.
    starts: Vec<u32>,
    /// The step of each node.
    step_of: Vec<u32>,
    /// The steps that have a milestone.
    milestones: FixedBitSet,
    /// Does any edge say in which order its source needs its target? If none does, none is asked.
    ordered: bool,
}

fn compute(atlas: &Atlas) -> Ranked {
    let steps = Steps::new(atlas);
    let mut rank = vec![u32::MAX; steps.step_of.len()];
    let mut nodes = Vec::with_capacity(rank.len());
    for step in depth_first(&steps, &roots(atlas)) {
        for node in steps.members(step) {
            rank[node.index()] = nodes.len() as u32;
            nodes.push(*node);
        }
    }
    Ranked { nodes, rank }
}

/// Steps in postorder: what a step needs comes before it.
fn depth_first(steps: &Steps<'_>, roots: &[NodeIndex]) -> Vec<u32> {
    let count = steps.starts.len() - 1;
    let mut entered = FixedBitSet::with_capacity(count);
    let mut order = Vec::with_capacity(count);
    // The steps gone into, each with where its needs begin among those that wait.
    let mut open: Vec<(u32, usize)> = Vec::new();
    let mut waiting: Vec<u32> = Vec::new();
    for root in roots {
        waiting.push(steps.step_of[root.index()]);
        while let Some(need) = waiting.pop() {
            if !entered.put(need as usize) {
                open.push((need, waiting.len()));
                steps.needs(need, &mut waiting);
            }
            // When nothing that it brought waits any more, a step is done: the return of a
            // recursion.
            while let Some((step, _)) = open.pop_if(|(_, start)| *start == waiting.len()) {
                order.push(step);
            }
        }
    }
    order
}

impl<'g> Steps<'g> {
    /// Numbered by their first nodes, so that ties by id are ties by number. O(n + m).
    fn new(atlas: &'g Atlas) -> Self {
        let flow = Flow::all(atlas);
        let mut step_of = components(&flow);
        let mut numbers = vec![u32::MAX; step_of.len()];
        let mut starts = vec![0];
        for step in &mut step_of {
            let number = &mut numbers[*step as usize];
            if *number == u32::MAX {
                *number = starts.len() as u32 - 1;
                starts.push(0);
            }
            *step = *number;
            // Counted one place farther on, so that the running sums become row offsets.
            starts[*number as usize + 1] += 1;
        }
        for step in 1..starts.len() {
            starts[step] += starts[step - 1];
        }
        let mut members = vec![NodeIndex::default(); step_of.len()];
        let mut milestones = FixedBitSet::with_capacity(starts.len());
        let mut next = starts.clone();
        for node in flow.node_identifiers() {
            let step = step_of[node.index()] as usize;
            members[next[step] as usize] = node;
            next[step] += 1;
            if atlas.is_milestone(node) {
                milestones.insert(step);
            }
        }
        Self { flow, members, starts, step_of, milestones, ordered: atlas.has_orders() }
    }

    fn members(&self, step: u32) -> &[NodeIndex] {
        let step = step as usize;
        &self.members[self.starts[step] as usize..self.starts[step + 1] as usize]
    }

    /// Appends the steps that `step` needs, the first last: milestones, then by the smallest
    /// `order`, then by id.
    fn needs(&self, step: u32, waiting: &mut Vec<u32>) {
        let atlas = self.flow.atlas();
        let mut needs: Vec<(u32, ListPosition)> = Vec::new();
        for member in self.members(step) {
            for (edge, node) in self.flow.needs(*member) {
                let need = self.step_of[node.index()];
                if need != step {
                    let standing = if self.ordered {
                        atlas.edge(edge).list_position()
                    } else {
                        ListPosition::Last
                    };
                    needs.push((need, standing));
                }
            }
        }
        // Of several edges to one step the smallest position counts.
        needs.sort_unstable();
        needs.dedup_by_key(|(need, _)| *need);
        // Turned round throughout: what is pushed last is taken first.
        let milestone = |need: u32| self.milestones.contains(need as usize);
        needs.sort_unstable_by(|(a, a_order), (b, b_order)| {
            (milestone(*a).cmp(&milestone(*b))).then_with(|| b_order.cmp(a_order)).then(b.cmp(a))
        });
        waiting.extend(needs.iter().map(|(need, _)| *need));
    }
}

/// The number of each node's strongly connected component; an arc between two leads from the lower
/// number to the higher one. After Kosaraju. O(n + m).
pub(super) fn components(flow: &Flow<'_>) -> Vec<u32> {
    let mut finished = Vec::with_capacity(flow.node_bound());
    let mut search = DfsPostOrder::empty(flow);
    for node in flow.node_identifiers() {
        search.move_to(node);
        while let Some(node) = search.next(flow) {
            finished.push(node);
        }
    }
    let mut component = vec![0; finished.len()];
    let mut number = 0;
    // Against the arcs, what was finished last first: so numbers ascend along the arcs.
    let back = Reversed(flow);
    let mut search = Dfs::empty(back);
    for first in finished.into_iter().rev() {
        search.move_to(first);
        let mut found = false;
        while let Some(node) = search.next(back) {
            component[node.index()] = number;
            found = true;
        }
        number += u32::from(found);
    }
    component
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

/// The route edges between milestones, by their places among them.
fn route_arcs(atlas: &Atlas, milestones: &[NodeIndex]) -> Vec<(usize, usize)> {
    let position: HashMap<NodeIndex, usize> =
        milestones.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let mut arcs = Vec::new();
    for (at, node) in milestones.iter().enumerate() {
        for edge in atlas.edges_from(*node) {
            let relation = atlas.relation_of(edge);
            let (_, to) = atlas.ends(edge);
            let (Some(&end), true) = (position.get(&to), relation.route) else {
                continue;
            };
            let backward = relation.prerequisite == Some(Prerequisite::Target);
            arcs.push(if backward { (end, at) } else { (at, end) });
        }
    }
    arcs.retain(|(from, to)| from != to);
    arcs
}

/// The milestones that route edges join, in topological order, ties by id; nodes of a cycle
/// count as one, so what follows a cycle comes after it.
fn route_order(atlas: &Atlas, milestones: &[NodeIndex]) -> Vec<NodeIndex> {
    let arcs = route_arcs(atlas, milestones);
    let mut joined = vec![false; milestones.len()];
    for (from, to) in &arcs {
        (joined[*from], joined[*to]) = (true, true);
    }
    let mut route = petgraph::graph::DiGraph::<(), ()>::with_capacity(joined.len(), arcs.len());
    for _ in &joined {
        route.add_node(());
    }
    route.extend_with_edges(arcs.iter().map(|(from, to)| (*from as u32, *to as u32)));
    let mut steps = petgraph::algo::kosaraju_scc(&route);
    steps.retain(|step| joined[step[0].index()]);
    let mut step_of = vec![0; joined.len()];
    for (step, nodes) in steps.iter_mut().enumerate() {
        nodes.sort_unstable();
        for node in nodes {
            step_of[node.index()] = step;
        }
    }
    let (mut next, mut missing) = (vec![Vec::new(); steps.len()], vec![0; steps.len()]);
    for (from, to) in arcs.iter().map(|(from, to)| (step_of[*from], step_of[*to])) {
        if from != to {
            next[from].push(to);
            missing[to] += 1;
        }
    }
    // Milestones stand by id.
    let ready = (0..steps.len()).filter(|step| missing[*step] == 0);
    let mut heap: BinaryHeap<_> = ready.map(|step| Reverse((steps[step][0], step))).collect();
    let mut order = Vec::new();
    // Kahn's algorithm, with a heap so that of all that is ready the smallest id comes.
    while let Some(Reverse((_, step))) = heap.pop() {
        order.extend(steps[step].iter().map(|node| milestones[node.index()]));
        for after in &next[step] {
            missing[*after] -= 1;
            if missing[*after] == 0 {
                heap.push(Reverse((steps[*after][0], *after)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Nodes `a` to `h`, of which capitals in `milestones` are some; edges as `a needs b`, or
    /// `a leads b` where milestones follow one another.
    fn order(milestones: &str, edges: &str) -> String {
        let schema = json!({"atlas": 1, "schema": {
            "kinds": {"skill": {}, "stage": {"milestone": true}},
            "relations": {
                "needs": {"prerequisite": "target"},
                "leads": {"prerequisite": "none", "route": true},
            },
        }});
        let node = |id: char| {
            let kind = if milestones.contains(id) { "stage" } else { "skill" };
            json!({"id": id.to_string(), "kind": kind})
        };
        let edge = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let mut edge = json!({"from": words[0], "kind": words[1], "to": words[2]});
            if let Some(order) = words.get(3) {
                edge["properties"] = json!({"order": order.parse::<u32>().expect("a number")});
            }
            edge
        };
        let nodes: Vec<_> = ('a'..='h').map(node).collect();
        let edges: Vec<_> = edges.split(", ").filter(|line| !line.is_empty()).map(edge).collect();
        let graph = json!({"atlas": 1, "nodes": nodes, "edges": edges});
        let texts = [("s.json", schema.to_string()), ("g.json", graph.to_string())];
        let atlas = Atlas::from_texts(texts).expect("valid");
        let all = in_learning_order(&atlas, atlas.nodes());
        let rank = learning_rank(&atlas);
        assert!(all.iter().enumerate().all(|(at, node)| rank[node.index()] as usize == at));
        all.iter().map(|node| atlas.node(*node).id.as_str()).collect()
    }

    #[test]
    fn few_nodes_stand_as_they_do_among_all() {
        let all = in_learning_order(&Atlas::built_in(), Atlas::built_in().nodes());
        for start in (0..all.len() - 4).step_by(97) {
            // An atlas whose order has not been read yet, and one whose order has.
            let asked = [all[start + 3], all[start], all[start + 3], all[start + 1]];
            let fresh = Atlas::built_in();
            assert!(fresh.places_ahead(&asked).is_some(), "they are looked at one by one");
            let expected = [all[start], all[start + 1], all[start + 3]];
            assert_eq!(in_learning_order(&fresh, asked), expected);
            assert_eq!(learning_rank(&fresh).len(), all.len());
            assert_eq!(in_learning_order(&fresh, asked), expected);
        }
    }

    #[test]
    fn needs_come_first_and_ties_by_id() {
        assert_eq!(order("", ""), "abcdefgh");
        assert_eq!(order("", "a needs h, a needs c, c needs b"), "bchadefg");
        // What says in which order it is needed stands in that order.
        assert_eq!(order("", "a needs c 2, a needs h 1"), "hcabdefg");
    }

    #[test]
    fn a_cycle_is_one_step() {
        assert_eq!(order("", "b needs d, d needs b, a needs d, b needs h"), "hbdacefg");
    }

    #[test]
    fn milestones_stand_in_the_order_of_their_route() {
        assert_eq!(order("ac", "c leads a, a needs h"), "chabdefg");
        // Without a route by id, and before what is no milestone.
        assert_eq!(order("gc", "g needs h"), "chgabdef");
        // A cycle of the route counts as one; what follows it comes after it.
        assert_eq!(order("bcd", "c leads d, d leads c, d leads b"), "cdbaefgh");
        // Of what a node needs, milestones come first.
        assert_eq!(order("bg", "b needs c, b needs g"), "gcbadefh");
    }

    #[test]
    fn components_are_numbered_along_the_arcs() {
        let mut thrown = crate::dice::Dice(7);
        let mut dice = |sides: u32| thrown.roll(sides);
        for _ in 0..100 {
            let count = 2 + dice(6);
            let edges: Vec<_> = (0..dice(14))
                .map(|_| json!({"from": dice(count).to_string(), "kind": "r", "to": dice(count).to_string()}))
                .collect();
            let nodes: Vec<_> = (0..count).map(|id| json!({"id": id.to_string()})).collect();
            let graph = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
            let atlas = Atlas::from_texts([("g.json", graph)]).expect("valid");
            let flow = Flow::over(&atlas, &Some(vec![0]));
            let component = components(&flow);
            let reaches = |a: NodeIndex, b: NodeIndex| {
                let mut search = Dfs::new(&flow, a);
                std::iter::from_fn(|| search.next(&flow)).any(|node| node == b)
            };
            for a in atlas.nodes() {
                for b in atlas.nodes() {
                    let [of_a, of_b] = [a, b].map(|node| component[node.index()]);
                    assert_eq!(of_a == of_b, reaches(a, b) && reaches(b, a));
                    assert!(!reaches(a, b) || of_a <= of_b);
                }
            }
        }
    }
}
