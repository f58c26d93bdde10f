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
type SeenEdge = (usize, usize, bool);

/// Groups of two or more nodes of one class whose edges lead to the same nodes in the same way.
/// Nodes without edges are in no group. O(m log m).
#[must_use]
pub fn lookalikes<C: Ord + Clone>(
    classes: &[C],
    edges: &[(usize, usize, usize)],
) -> Vec<Vec<usize>> {
    let mut joined: Vec<Vec<SeenEdge>> = vec![Vec::new(); classes.len()];
    for (from, to, relation) in edges {
        joined[*from].push((*to, *relation, true));
        joined[*to].push((*from, *relation, false));
    }
    let mut groups: BTreeMap<(C, Vec<SeenEdge>), Vec<usize>> = BTreeMap::new();
    for (at, mut own) in joined.into_iter().enumerate().filter(|(_, own)| !own.is_empty()) {
        own.sort_unstable();
        // Sorted, equal neighbourhoods are equal keys: no two nodes need be compared.
        groups.entry((classes[at].clone(), own)).or_default().push(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By pairs: what leads where in one step or more.
    fn closure(count: usize, arcs: &[(usize, usize)]) -> Vec<Vec<bool>> {
        let mut reaches = vec![vec![false; count]; count];
        for (a, b) in arcs {
            reaches[*a][*b] = true;
        }
        for via in 0..count {
            for a in 0..count {
                for b in 0..count {
                    reaches[a][b] |= reaches[a][via] && reaches[via][b];
                }
            }
        }
        reaches
    }

    #[test]
    fn without_redundant_arcs_everything_reaches_what_it_did() {
        let mut thrown = crate::dice::Dice(5);
        let mut dice = |sides: usize| thrown.roll(sides);
        let mut dropped = 0;
        for _ in 0..400 {
            let count = 2 + dice(6);
            let arcs: Vec<_> = (0..dice(12)).map(|_| (dice(count), dice(count))).collect();
            let redundant = redundant(count, &arcs);
            let kept = arcs.iter().zip(&redundant).filter(|(_, redundant)| !**redundant);
            let kept: Vec<_> = kept.map(|(arc, _)| *arc).collect();
            let reaches = closure(count, &arcs);
            assert_eq!(closure(count, &kept), reaches, "{arcs:?}");
            // An arc follows if something lies between its ends, on a cycle with neither.
            for ((a, b), redundant) in arcs.iter().zip(&redundant) {
                let together = |a: usize, b: usize| a == b || reaches[a][b] && reaches[b][a];
                let between = (0..count).any(|via| {
                    let outside = !together(*a, via) && !together(via, *b);
                    outside && reaches[*a][via] && reaches[via][*b]
                });
                assert_eq!(*redundant, between && !together(*a, *b), "{a} {b} of {arcs:?}");
            }
            dropped += arcs.len() - kept.len();
        }
        assert!(dropped > 50, "{dropped}");
    }

    #[test]
    fn what_leads_to_the_same_in_the_same_way_looks_alike() {
        // 1 and 2 lead to 0, as 3 does by another relation; 4 is of another class, 5 is led to.
        let edges = [(1, 0, 0), (2, 0, 0), (3, 0, 1), (4, 0, 0), (0, 5, 0)];
        assert_eq!(lookalikes(&['a', 'a', 'a', 'a', 'b', 'a', 'a'], &edges), [[1, 2]]);
    }
}
