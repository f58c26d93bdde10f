//! What is wrong in a relation that the schema calls acyclic: its cycles, each with a shortest
//! witness, and edges that follow from others.

use crate::analysis::and_or::tied;
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex, Prerequisite, RelationId, Strength};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;
use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};

/// How many arcs the search for shorter cycles, and that for edges that follow from others, may
/// look at: enough for any file that a person edits, soon over on others.
const STEPS: usize = 20_000_000;

/// How many nodes the cycles of one component show together, but for the first.
const SHOWN: usize = 10_000;

/// One relation as a graph of its own: arcs run from what is needed first, where the relation
/// says so, or else from source to target.
pub(super) struct RelationGraph<'g> {
    atlas: &'g Atlas,
    stop: &'g AtomicBool,
    /// Only the nodes that the relation touches, in their order.
    graph: DiGraph<NodeIndex, WeightedEdge>,
    /// Its strongly connected components, those with nothing behind them first.
    components: Vec<Vec<NodeIndex>>,
    /// By node: from where it was reached, in the search numbered behind it.
    reached: Vec<(NodeIndex, usize)>,
    searches: usize,
    steps: usize,
}

/// An edge, and how strongly it joins its ends by itself: not at all if it is one of several
/// alternatives.
#[derive(Clone, Copy)]
struct WeightedEdge {
    edge: EdgeIndex,
    strength: Option<Strength>,
}

impl WeightedEdge {
    fn new(atlas: &Atlas, edge: EdgeIndex, tied: bool) -> Self {
        let facts = atlas.edge(edge);
        let alone = !tied && facts.any_of().is_none();
        Self { edge, strength: Some(facts.strength).filter(|_| alone) }
    }

    /// Does it join its ends by itself, at least so strongly?
    fn joins(self, strength: Strength) -> bool {
        self.strength.is_some_and(|own| own <= strength)
    }
}

/// An edge that should not be, and the way that shows it: on which it follows from others, or the
/// cycle that it begins.
pub(super) struct Witness {
    pub(super) edge: EdgeIndex,
    pub(super) way: Vec<NodeIndex>,
    /// How many more nodes lie on cycles with these and are not shown.
    pub(super) more: usize,
}

impl<'g> RelationGraph<'g> {
    /// The relation whose edges these are.
    pub(super) fn new(
        atlas: &'g Atlas,
        relation: RelationId,
        edges: &[EdgeIndex],
        stop: &'g AtomicBool,
    ) -> Self {
        let ends = edges.iter().flat_map(|edge| <[NodeIndex; 2]>::from(atlas.ends(*edge)));
        let mut nodes: Vec<NodeIndex> = ends.collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut graph = DiGraph::with_capacity(nodes.len(), edges.len());
        for node in &nodes {
            graph.add_node(*node);
        }
        let forward = matches!(
            atlas.schema().relations[relation].prerequisite,
            Some(Prerequisite::Source | Prerequisite::None)
        );
        let mut local = vec![NodeIndex::end(); atlas.node_bound()];
        for (at, node) in nodes.iter().enumerate() {
            local[node.index()] = NodeIndex::new(at);
        }
        let tied = tied(&Flow::over(atlas, &Some(vec![relation])), nodes.iter().copied());
        for edge in edges {
            let (from, to) = atlas.ends(*edge);
            let (before, after) = if forward { (from, to) } else { (to, from) };
            let ends = [before, after].map(|end| local[end.index()]);
            graph.add_edge(
                ends[0],
                ends[1],
                WeightedEdge::new(atlas, *edge, tied.contains_key(edge)),
            );
        }
        let components = kosaraju_scc(&graph);
        let reached = vec![(NodeIndex::end(), 0); nodes.len()];
        Self { atlas, stop, graph, components, reached, searches: 0, steps: STEPS }
    }

    fn is_over(&self) -> bool {
        self.steps == 0 || self.stop.load(Ordering::Relaxed)
    }

    /// The nodes in the atlas's own numbers.
    fn told(&self, way: Vec<NodeIndex>) -> Vec<NodeIndex> {
        way.into_iter().map(|node| self.graph[node]).collect()
    }

    /// A cycle with its first edge.
    fn begun(&self, cycle: Vec<NodeIndex>) -> Option<Witness> {
        let arc = self.graph[self.graph.find_edge(cycle[0], cycle[1])?];
        Some(Witness { edge: arc.edge, way: self.told(cycle), more: 0 })
    }

    /// Of each component a shortest cycle, from the first of its nodes by id back to it, and for each
    /// node that no cycle shows yet a shortest one through it. Exact as far
    /// as the steps reach: O(n m) for the smallest components, one search at least for any.
    pub(super) fn cycles(&mut self) -> Vec<Witness> {
        let mut cycles = Vec::new();
        for mut component in std::mem::take(&mut self.components) {
            if let [alone] = component.as_slice() {
                let looped = self.graph.neighbors(*alone).any(|next| next == *alone);
                cycles.extend(looped.then(|| self.begun(vec![*alone; 2])).flatten());
                self.components.push(component);
                continue;
            }
            component.sort_unstable();
            let mut best: Option<Vec<NodeIndex>> = None;
            for start in &component {
                if best.is_some() && self.is_over() {
                    break;
                }
                // Only a shorter one is of use, so that the search need go no deeper.
                let most = best.as_ref().map_or(usize::MAX, |cycle| cycle.len() - 1);
                best = self.shortest_cycle(*start, most).or(best);
                if best.as_ref().is_some_and(|cycle| cycle.len() <= 2) {
                    break;
                }
            }
            let (ways, more) = self.covering(&component, best.into_iter().collect());
            let last = ways.len().saturating_sub(1);
            for (at, way) in ways.into_iter().enumerate() {
                let more = if at == last { more } else { 0 };
                cycles.extend(self.begun(way).map(|cycle| Witness { more, ..cycle }));
            }
            self.components.push(component);
        }
        cycles
    }

    /// Cycles that show each node of a component, each a shortest through the first node by id that
    /// those before it leave out; and how many nodes are left where that would be much to read.
    fn covering(
        &mut self,
        component: &[NodeIndex],
        mut cycles: Vec<Vec<NodeIndex>>,
    ) -> (Vec<Vec<NodeIndex>>, usize) {
        let mut shown: HashSet<NodeIndex> = cycles.iter().flatten().copied().collect();
        let mut told = 0;
        for node in component {
            if self.is_over() || told > SHOWN {
                break;
            }
            if !shown.contains(node)
                && let Some(cycle) = self.shortest_cycle(*node, usize::MAX)
            {
                told += cycle.len();
                shown.extend(&cycle);
                cycles.push(cycle);
            }
        }
        (cycles, component.len() - shown.len())
    }

    /// A shortest way from `start` back to itself of fewer than `most` arcs: its nodes, `start`
    /// at both ends.
    fn shortest_cycle(&mut self, start: NodeIndex, most: usize) -> Option<Vec<NodeIndex>> {
        self.searches += 1;
        let mut queue = VecDeque::from([(start, 1)]);
        while let Some((node, length)) = queue.pop_front() {
            if length >= most {
                return None;
            }
            for next in self.graph.neighbors(node) {
                self.steps = self.steps.saturating_sub(1);
                if next == start {
                    return Some(self.way(start, node, start));
                }
                if self.reached[next.index()].1 != self.searches {
                    self.reached[next.index()] = (node, self.searches);
                    queue.push_back((next, length + 1));
                }
            }
        }
        None
    }

    /// The nodes by which the running search went from `start` to `node`, and then `end`.
    fn way(&self, start: NodeIndex, mut node: NodeIndex, end: NodeIndex) -> Vec<NodeIndex> {
        let mut way = vec![end];
        while node != start {
            way.push(node);
            node = self.reached[node.index()].0;
        }
        way.push(start);
        way.reverse();
        way
    }

    /// Edges whose ends are joined by other edges of the relation, at least as strong, none of
    /// them one of several alternatives; and were all looked at? An edge that cites a source of
    /// its own is a statement of that source, and does not count. Only where there is no cycle.
    pub(super) fn transitive_edges(&mut self) -> (Vec<Witness>, bool) {
        let mut rank = vec![0; self.graph.node_count()];
        for (at, component) in self.components.iter().enumerate() {
            for node in component {
                rank[node.index()] = at;
            }
        }
        self.steps = STEPS;
        let mut found = Vec::new();
        for node in self.graph.node_indices() {
            for strength in [Strength::Required, Strength::Recommended] {
                if self.is_over() {
                    return (found, false);
                }
                self.transitive_from(node, strength, &rank, &mut found);
            }
        }
        (found, true)
    }

    fn transitive_from(
        &mut self,
        start: NodeIndex,
        strength: Strength,
        rank: &[usize],
        found: &mut Vec<Witness>,
    ) {
        let arcs = self.graph.edges(start).filter(|arc| arc.weight().joins(strength));
        let mut arcs: Vec<(EdgeIndex, NodeIndex)> =
            arcs.map(|arc| (arc.weight().edge, arc.target())).collect();
        arcs.sort_unstable();
        let in_question = |edge: EdgeIndex| {
            let edge = self.atlas.edge(edge);
            edge.strength == strength && edge.sources.is_empty()
        };
        let asked: Vec<_> = arcs.iter().filter(|(edge, _)| in_question(*edge)).copied().collect();
        // What lies beyond the last of them leads to none of them.
        let Some(last) = asked.iter().map(|(_, to)| rank[to.index()]).min() else { return };
        self.searches += 1;
        // Direct successors are not marked as reached: only another way makes an edge superfluous.
        let mut queue: VecDeque<(NodeIndex, NodeIndex)> =
            arcs.iter().map(|(_, next)| (*next, start)).collect();
        while let Some((node, _)) = queue.pop_front() {
            for arc in self.graph.edges(node) {
                let next = arc.target();
                self.steps = self.steps.saturating_sub(1);
                let fits = rank[next.index()] >= last && arc.weight().joins(strength);
                if fits && self.reached[next.index()].1 != self.searches {
                    self.reached[next.index()] = (node, self.searches);
                    queue.push_back((next, node));
                }
            }
        }
        for (edge, to) in asked {
            if self.reached[to.index()].1 == self.searches {
                let first = |node: NodeIndex| arcs.iter().any(|(_, next)| *next == node);
                let mut way = vec![to];
                let mut node = self.reached[to.index()].0;
                while !first(node) {
                    way.push(node);
                    node = self.reached[node.index()].0;
                }
                way.extend([node, start]);
                way.reverse();
                found.push(Witness { edge, way: self.told(way), more: 0 });
            }
        }
    }
}
