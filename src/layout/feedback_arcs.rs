//! A small feedback arc set: which arcs must be turned so that none runs in a circle, by the greedy
//! heuristic of Eades, Lin and Smyth (1993). No arc of an acyclic graph is turned, and no firm one if
//! those make no circle.

use super::layout_graph::{LayoutArc, LayoutGraph};
use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

/// An arc from a box: the other end, how firm it is, and whether it must not be turned.
type ArcEnd = (usize, i64, bool);

/// A position for each box; arcs to an earlier position are those to turn. Bands come one after
/// the other. No firm arc is turned for the sake of others. O((n + m) log n).
pub(super) fn acyclic_order(graph: &LayoutGraph) -> Vec<(usize, usize)> {
    let band = |at: usize| graph.bands.get(at).copied().unwrap_or(0);
    // First by firm arcs alone. Those that run forward then make no circle, so all of them can be
    // held in the second round.
    let firm = order(graph, |arc| (arc.firmness > 1).then_some(false));
    let sequence = order(graph, |arc| Some(arc.firmness > 1 && firm[arc.tail] < firm[arc.head]));
    (0..).zip(sequence).map(|(at, place)| (band(at), place)).collect()
}

/// The places of boxes by those arcs for which it is told whether they must not be turned.
fn order(graph: &LayoutGraph, held: impl Fn(&LayoutArc) -> Option<bool>) -> Vec<usize> {
    let band = |at: usize| graph.bands.get(at).copied().unwrap_or(0);
    let count = graph.boxes.len();
    let (mut out, mut back) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for (_, arc) in graph.proper_arcs().filter(|(_, arc)| band(arc.tail) == band(arc.head)) {
        if let Some(held) = held(arc) {
            out[arc.tail].push((arc.head, i64::from(arc.firmness), held));
            back[arc.head].push((arc.tail, i64::from(arc.firmness), held));
        }
    }
    let mut places = vec![0; count];
    (0..).zip(greedy(&out, &back)).for_each(|(place, at)| places[at] = place);
    places
}

/// Sources go to the front, sinks to the back; when there is neither, the box whose arcs out
/// outweigh those in the most goes to the front, among those into which no arc is left that must not be
/// turned; such arcs make no circle.
fn greedy(out: &[Vec<ArcEnd>], back: &[Vec<ArcEnd>]) -> Vec<usize> {
    let count = out.len();
    let sum = |arcs: &Vec<ArcEnd>| arcs.iter().map(|(_, firmness, _)| firmness).sum::<i64>();
    let mut outs: Vec<i64> = out.iter().map(sum).collect();
    let mut ins: Vec<i64> = back.iter().map(sum).collect();
    let mut held: Vec<usize> =
        back.iter().map(|arcs| arcs.iter().filter(|(.., held)| *held).count()).collect();
    let surplus = |outs: &[i64], ins: &[i64], at: usize| outs[at] - ins[at];
    let free = (0..count).filter(|at| held[*at] == 0);
    let mut open: BTreeSet<(i64, Reverse<usize>)> =
        free.map(|at| (surplus(&outs, &ins, at), Reverse(at))).collect();
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
            for (other, firmness, kept) in neighbours.iter().filter(|(at, ..)| !taken[*at]) {
                // The set is in the order of surpluses: who changes is taken out first and put back
                // after.
                let other = *other;
                open.remove(&(surplus(&outs, &ins, other), Reverse(other)));
                held[other] -= usize::from(inward && *kept);
                let degree = if inward { &mut ins[other] } else { &mut outs[other] };
                *degree -= firmness;
                if *degree == 0 {
                    ready.push_back(other);
                }
                if held[other] == 0 {
                    open.insert((surplus(&outs, &ins, other), Reverse(other)));
                }
            }
        }
    }
    front.extend(rear.into_iter().rev());
    front
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn firm_arcs_without_a_circle_are_not_turned_whatever_others_say() {
        let mut dice = Xorshift(5);
        for _ in 0..200 {
            let count = 3 + dice.below(7);
            let firm = (0..count).map(|_| {
                let tail = dice.below(count - 1);
                (tail, tail + 1 + dice.below(count - 1 - tail), 16)
            });
            let mut arcs: Vec<_> = firm.collect();
            let weak = (0..30 * count).map(|_| (dice.below(count), dice.below(count), 1));
            arcs.extend(weak.collect::<Vec<_>>());
            let turned = turned(&graph(count, &arcs));
            assert!(turned.iter().all(|at| arcs[*at].2 == 1), "{arcs:?}");
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
