//! A small feedback arc set: which arcs must be turned so that none runs in a circle, by the greedy
//! heuristic of Eades, Lin and Smyth (1993). No arc of an acyclic graph is turned.

use super::layout_graph::LayoutGraph;
use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

/// A position for each box; arcs to an earlier position are those to turn. Bands come one after
/// the other. O((n + m) log n).
pub(super) fn acyclic_order(graph: &LayoutGraph) -> Vec<(usize, usize)> {
    let band = |at: usize| graph.bands.get(at).copied().unwrap_or(0);
    let count = graph.boxes.len();
    let mut out = vec![Vec::new(); count];
    let mut back = vec![Vec::new(); count];
    for (_, arc) in graph.proper_arcs().filter(|(_, arc)| band(arc.tail) == band(arc.head)) {
        out[arc.tail].push((arc.head, i64::from(arc.firmness)));
        back[arc.head].push((arc.tail, i64::from(arc.firmness)));
    }
    let sequence = greedy(&out, &back);
    let mut position = vec![(0, 0); count];
    for (place, at) in sequence.into_iter().enumerate() {
        position[at] = (band(at), place);
    }
    position
}

/// Sources go to the front, sinks to the back; when there is neither, the box whose arcs out
/// outweigh those in the most goes to the front.
fn greedy(out: &[Vec<(usize, i64)>], back: &[Vec<(usize, i64)>]) -> Vec<usize> {
    let count = out.len();
    let sum = |arcs: &Vec<(usize, i64)>| arcs.iter().map(|(_, firmness)| firmness).sum::<i64>();
    let mut outs: Vec<i64> = out.iter().map(sum).collect();
    let mut ins: Vec<i64> = back.iter().map(sum).collect();
    let surplus = |outs: &[i64], ins: &[i64], at: usize| outs[at] - ins[at];
    let mut open: BTreeSet<(i64, Reverse<usize>)> =
        (0..count).map(|at| (surplus(&outs, &ins, at), Reverse(at))).collect();
    let mut ready: VecDeque<usize> =
        (0..count).filter(|at| outs[*at] == 0 || ins[*at] == 0).collect();
    let mut taken = vec![false; count];
    let (mut front, mut rear) = (Vec::new(), Vec::new());
    loop {
        // Sources and sinks first: they cost no arc at all.
        let next = ready.pop_front().or_else(|| open.last().map(|(_, Reverse(at))| *at));
        let Some(at) = next else {
            break;
        };
        if std::mem::replace(&mut taken[at], true) {
            continue;
        }
        open.remove(&(surplus(&outs, &ins, at), Reverse(at)));
        if outs[at] == 0 && ins[at] > 0 {
            rear.push(at);
        } else {
            front.push(at);
        }
        for (neighbours, inward) in [(&out[at], true), (&back[at], false)] {
            for (other, firmness) in neighbours.iter().copied().filter(|(at, _)| !taken[*at]) {
                open.remove(&(surplus(&outs, &ins, other), Reverse(other)));
                let degree = if inward { &mut ins[other] } else { &mut outs[other] };
                *degree -= firmness;
                if *degree == 0 {
                    ready.push_back(other);
                }
                open.insert((surplus(&outs, &ins, other), Reverse(other)));
            }
        }
    }
    front.extend(rear.into_iter().rev());
    front
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::LayoutArc;
    use crate::layout::Size;
    use crate::layout::crossings::Xorshift;

    fn graph(count: usize, arcs: &[(usize, usize, u32)]) -> LayoutGraph {
        let arcs = arcs.iter().map(|(tail, head, firmness)| LayoutArc {
            tail: *tail,
            head: *head,
            label: None,
            weight: 1,
            firmness: *firmness,
        });
        LayoutGraph {
            boxes: vec![Size::default(); count],
            arcs: arcs.collect(),
            ..LayoutGraph::default()
        }
    }

    fn turned(graph: &LayoutGraph) -> Vec<usize> {
        let position = acyclic_order(graph);
        let arcs = graph.proper_arcs().filter(|(_, arc)| position[arc.tail] > position[arc.head]);
        arcs.map(|(at, _)| at).collect()
    }

    #[test]
    fn no_arc_of_an_acyclic_graph_is_turned() {
        let mut dice = Xorshift(3);
        for _ in 0..100 {
            let count = 2 + dice.below(9);
            let mut order: Vec<usize> = (0..count).collect();
            (1..count).for_each(|at| order.swap(at, dice.below(at + 1)));
            let arcs: Vec<_> = (0..2 * count)
                .map(|_| {
                    let tail = dice.below(count - 1);
                    let head = tail + 1 + dice.below(count - 1 - tail);
                    (order[tail], order[head], 1)
                })
                .collect();
            assert!(turned(&graph(count, &arcs)).is_empty(), "{arcs:?}");
        }
    }

    #[test]
    fn one_arc_breaks_a_ring() {
        let ring: Vec<_> = (0..7).map(|at| (at, (at + 1) % 7, 1)).collect();
        assert_eq!(turned(&graph(7, &ring)).len(), 1);
    }

    #[test]
    fn of_two_that_run_against_each_other_the_weaker_is_turned() {
        assert_eq!(turned(&graph(2, &[(0, 1, 1), (1, 0, 16)])), [0]);
        assert_eq!(turned(&graph(2, &[(0, 1, 16), (1, 0, 1)])), [1]);
    }

    #[test]
    fn loops_are_left_alone() {
        assert!(turned(&graph(2, &[(0, 0, 1), (0, 1, 1)])).is_empty());
    }

    #[test]
    fn bands_come_one_after_the_other_whatever_the_arcs_say() {
        let graph = LayoutGraph { bands: vec![1, 0], ..graph(2, &[(0, 1, 16)]) };
        assert_eq!(turned(&graph), [0]);
    }
}
