//! What a drawing can do without: arcs that follow from others, and nodes that look alike.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use std::collections::BTreeMap;

/// Of each arc between `count` nodes: does it follow from others, since a node lies between its
/// ends that is in no circle with either? Without these arcs every node still reaches what it
/// reached (Aho, Garey and Ullman 1972). O(n · m / 64) time and n² / 8 bytes.
#[must_use]
pub fn redundant(count: usize, arcs: &[(usize, usize)]) -> Vec<bool> {
    let mut graph = DiGraph::<(), ()>::with_capacity(count, arcs.len());
    for _ in 0..count {
        graph.add_node(());
    }
    graph.extend_with_edges(arcs.iter().map(|(a, b)| (*a as u32, *b as u32)));
    // What a circle reaches stands before it.
    let circles = kosaraju_scc(&graph);
    let mut circle_of = vec![0; count];
    for (circle, nodes) in circles.iter().enumerate() {
        for node in nodes {
            circle_of[node.index()] = circle;
        }
    }
    let mut leads_to = vec![Vec::new(); circles.len()];
    for (a, b) in arcs.iter().map(|(a, b)| (circle_of[*a], circle_of[*b])).filter(|(a, b)| a != b) {
        leads_to[a].push(b);
    }
    let words = circles.len().div_ceil(64);
    let mut reached = vec![0_u64; circles.len() * words];
    let mut follows = BTreeMap::new();
    for (circle, mut next) in leads_to.into_iter().enumerate() {
        next.sort_unstable_by_key(|next| std::cmp::Reverse(*next));
        next.dedup();
        // Whatever lies between stands before what it leads to.
        for next in next {
            let bit = 1 << (next % 64);
            let known = reached[circle * words + next / 64] & bit != 0;
            follows.insert((circle, next), known);
            if !known {
                for word in 0..words {
                    reached[circle * words + word] |= reached[next * words + word];
                }
                reached[circle * words + next / 64] |= bit;
            }
        }
    }
    let ends = arcs.iter().map(|(a, b)| (circle_of[*a], circle_of[*b]));
    ends.map(|ends| follows.get(&ends).copied().unwrap_or(false)).collect()
}

/// An edge as one of its ends sees it: the other end, the relation, does it lead there?
type Seen = (usize, usize, bool);

/// Groups of two or more nodes of one class whose edges lead to the same nodes in the same way.
/// Nodes without edges are in no group. O(m log m).
#[must_use]
pub fn lookalikes<C: Ord + Clone>(
    classes: &[C],
    edges: &[(usize, usize, usize)],
) -> Vec<Vec<usize>> {
    let mut joined: Vec<Vec<Seen>> = vec![Vec::new(); classes.len()];
    for (from, to, relation) in edges {
        joined[*from].push((*to, *relation, true));
        joined[*to].push((*from, *relation, false));
    }
    let mut groups: BTreeMap<(C, Vec<Seen>), Vec<usize>> = BTreeMap::new();
    for (at, mut own) in joined.into_iter().enumerate().filter(|(_, own)| !own.is_empty()) {
        own.sort_unstable();
        groups.entry((classes[at].clone(), own)).or_default().push(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}
