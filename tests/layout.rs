//! The layout on random drafts: what must hold in every picture.

use opsatlas::analysis::{lookalikes, redundant};
use opsatlas::layout::{Area, Arranged, Gaps, LayoutArc, LayoutGraph, Point, Size, arrange};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeSet;

/// A draft with loops, parallel arcs, circles, lonely boxes, and perhaps labels and bands.
fn draft(most: usize) -> impl Strategy<Value = LayoutGraph> {
    let arc = (any::<Index>(), any::<Index>(), 10..120u32, 1..3u32);
    let sizes = vec((20..200u32, 10..90u32, 0..3usize), 0..most);
    (sizes, vec(arc, 0..most * 2), any::<bool>(), any::<bool>()).prop_map(
        |(sizes, arcs, labelled, banded)| {
            let count = sizes.len();
            let arcs = arcs.into_iter().filter(|_| count > 0);
            let arcs = arcs.map(|(tail, head, label, weight)| LayoutArc {
                tail: tail.index(count),
                head: head.index(count),
                label: labelled.then_some(Size { main: f64::from(label), cross: 16.0 }),
                weight,
                firmness: weight,
            });
            let arcs: Vec<LayoutArc> = arcs.collect();
            let mut loops = vec![0.0; count];
            for arc in arcs.iter().filter(|arc| arc.tail == arc.head) {
                loops[arc.tail] += 30.0;
            }
            let boxes = sizes.iter().zip(&loops).map(|((main, cross, _), room)| Size {
                main: f64::from(*main),
                cross: f64::from(*cross) + 2.0 * room,
            });
            let bands = sizes.iter().filter(|_| banded).map(|(_, _, band)| *band);
            LayoutGraph {
                boxes: boxes.collect(),
                bands: bands.collect(),
                reach: vec![0.0; loops.len()],
                loops,
                arcs,
                gaps: Gaps::default(),
            }
        },
    )
}

fn apart(a: &Area, b: &Area, gap: f64) -> bool {
    let beside = |a: f64, width: f64, b: f64| a + width + gap <= b + 1e-6;
    beside(a.corner.x, a.width, b.corner.x)
        || beside(b.corner.x, b.width, a.corner.x)
        || beside(a.corner.y, a.height, b.corner.y)
        || beside(b.corner.y, b.height, a.corner.y)
}

/// The box with the room for its loops, which are drawn above it.
fn whole(draft: &LayoutGraph, arranged: &Arranged, at: usize) -> Area {
    let area = arranged.boxes[at];
    let corner = Point { x: area.corner.x, y: area.corner.y - draft.loops[at] };
    Area { corner, height: area.height + draft.loops[at], ..area }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_arcs_meet_their_boxes(draft in draft(24)) {
        let arranged = arrange(&draft).expect("small drafts are arranged");
        prop_assert_eq!(arranged.boxes.len(), draft.boxes.len());
        for (at, size) in draft.boxes.iter().enumerate() {
            let area = whole(&draft, &arranged, at);
            prop_assert!(area.width >= size.main && area.height + draft.loops[at] + 1e-6 >= size.cross);
            prop_assert!(area.corner.x >= -1e-6 && area.corner.x + area.width <= arranged.size.x + 1e-6);
            prop_assert!(arranged.boxes[at].corner.y >= -1e-6);
            for other in 0..at {
                prop_assert!(apart(&area, &whole(&draft, &arranged, other), 8.0), "boxes {at} and {other}");
            }
        }
        let labels: Vec<&Area> = arranged.labels.iter().flatten().collect();
        for (at, label) in labels.iter().enumerate() {
            prop_assert!(labels[..at].iter().all(|other| apart(label, other, 0.0)), "labels overlap");
            prop_assert!((0..draft.boxes.len()).all(|at| apart(label, &whole(&draft, &arranged, at), 0.0)));
        }
        for (at, arc) in draft.arcs.iter().enumerate().filter(|(_, arc)| arc.tail != arc.head) {
            let curve = &arranged.curves[at];
            let meets = |area: &Area, point: Point| {
                let sides = [area.corner.x, area.corner.x + area.width];
                sides.iter().any(|x| (x - point.x).abs() < 1e-6)
                    && point.y > area.corner.y && point.y < area.corner.y + area.height
            };
            prop_assert!(meets(&arranged.boxes[arc.tail], curve.start));
            prop_assert!(meets(&arranged.boxes[arc.head], curve.end()));
            // It runs along the ranks and never back, and through the middle of its label.
            let ahead = curve.end().x > curve.start.x;
            let mut x = curve.start.x;
            for point in curve.pieces.iter().flatten() {
                let step = if ahead { point.x - x } else { x - point.x };
                prop_assert!(step >= -1e-6, "it runs back");
                x = point.x;
            }
            if let Some(label) = arranged.labels[at] {
                let middle = label.middle();
                let mut from = curve.start;
                let through = curve.pieces.iter().any(|piece| {
                    let (low, high) = (from.x.min(piece[2].x), from.x.max(piece[2].x));
                    let level = (from.y - middle.y).abs() < 0.01 && (piece[2].y - middle.y).abs() < 0.01;
                    from = piece[2];
                    level && low <= middle.x && middle.x <= high
                });
                prop_assert!(through, "arc {at} misses its label");
            }
        }
        prop_assert_eq!(arrange(&draft).expect("again").boxes, arranged.boxes);
    }

    #[test]
    fn on_a_grid_rows_are_whole(mut draft in draft(16)) {
        draft.gaps = Gaps { grid: true, boxes: 0.0, arcs: 0.5, ports: 0.0, climb: 0.0, ..draft.gaps };
        draft.loops.fill(0.0);
        for size in &mut draft.boxes {
            size.cross = 3.0;
        }
        for arc in &mut draft.arcs {
            arc.label = arc.label.map(|label| Size { cross: 0.0, ..label });
        }
        let arranged = arrange(&draft).expect("small drafts are arranged");
        let arcs = draft.arcs.iter().zip(&arranged.curves).filter(|(arc, _)| arc.tail != arc.head);
        for (arc, curve) in arcs {
            let (from, to) = (arranged.boxes[arc.tail].middle(), arranged.boxes[arc.head].middle());
            prop_assert!((from.y - curve.start.y).abs() < 1e-6 && (to.y - curve.end().y).abs() < 1e-6);
            prop_assert!(((from.y - to.y) - (from.y - to.y).round()).abs() < 1e-6);
        }
        for (at, area) in arranged.boxes.iter().enumerate() {
            prop_assert!(arranged.boxes[..at].iter().all(|other| apart(area, other, 0.0)));
        }
    }

    #[test]
    fn an_arc_is_redundant_if_a_node_lies_between(count in 1..9usize, picks in vec((any::<Index>(), any::<Index>()), 0..20)) {
        let arcs: Vec<(usize, usize)> =
            picks.iter().map(|(a, b)| (a.index(count), b.index(count))).collect();
        let reach = |arcs: &[(usize, usize)]| {
            let mut reach = vec![vec![false; count]; count];
            for (a, b) in arcs {
                reach[*a][*b] = true;
            }
            for middle in 0..count {
                for a in 0..count {
                    for b in 0..count {
                        reach[a][b] |= reach[a][middle] && reach[middle][b];
                    }
                }
            }
            reach
        };
        let all = reach(&arcs);
        let joined = |a: usize, b: usize| a == b || (all[a][b] && all[b][a]);
        let expected: Vec<bool> = arcs.iter().map(|(a, b)| {
            let between = |node: usize| {
                !joined(node, *a) && !joined(node, *b) && all[*a][node] && all[node][*b]
            };
            !joined(*a, *b) && (0..count).any(between)
        }).collect();
        let found = redundant(count, &arcs);
        prop_assert_eq!(&found, &expected);
        // Whatever was reached still is.
        let left: Vec<(usize, usize)> =
            arcs.iter().zip(&found).filter(|(_, left_out)| !**left_out).map(|(arc, _)| *arc).collect();
        prop_assert_eq!(reach(&left), all);
    }

    #[test]
    fn lookalikes_can_be_exchanged(classes in vec(0..2u8, 1..8), picks in vec((any::<Index>(), any::<Index>(), 0..2usize), 0..14)) {
        let count = classes.len();
        let edges: Vec<(usize, usize, usize)> =
            picks.iter().map(|(a, b, relation)| (a.index(count), b.index(count), *relation)).collect();
        let groups = lookalikes(&classes, &edges);
        let multiset = |edges: &[(usize, usize, usize)]| {
            let mut edges = edges.to_vec();
            edges.sort_unstable();
            edges
        };
        for a in 0..count {
            for b in 0..a {
                let exchanged: Vec<(usize, usize, usize)> = edges.iter().map(|(from, to, relation)| {
                    let other = |at: usize| if at == a { b } else if at == b { a } else { at };
                    (other(*from), other(*to), *relation)
                }).collect();
                let touches = |at: usize| edges.iter().any(|(from, to, _)| *from == at || *to == at);
                let between = edges.iter().any(|(from, to, _)| [*from, *to].iter().all(|end| *end == a || *end == b));
                let alike = classes[a] == classes[b] && touches(a) && touches(b) && !between
                    && multiset(&exchanged) == multiset(&edges);
                let together = groups.iter().any(|group| group.contains(&a) && group.contains(&b));
                prop_assert_eq!(together, alike, "{} and {}", a, b);
            }
        }
        let members: Vec<usize> = groups.iter().flatten().copied().collect();
        prop_assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), members.len());
    }
}

fn plain(count: usize, arcs: impl Iterator<Item = (usize, usize)>) -> LayoutGraph {
    let arcs =
        arcs.map(|(tail, head)| LayoutArc { tail, head, label: None, weight: 1, firmness: 1 });
    LayoutGraph {
        boxes: vec![Size { main: 60.0, cross: 34.0 }; count],
        loops: vec![0.0; count],
        reach: vec![0.0; count],
        arcs: arcs.collect(),
        ..LayoutGraph::default()
    }
}

#[test]
fn chains_stars_and_tangles_are_no_danger() {
    for draft in [
        plain(0, std::iter::empty()),
        plain(1, std::iter::empty()),
        plain(3_000, (1..3_000).map(|at| (at - 1, at))),
        plain(2_001, (1..2_001).map(|at| (0, at))),
        plain(1_000, (0..1_000).map(|at| (at, (at + 1) % 1_000))),
    ] {
        let arranged = arrange(&draft).expect("it is arranged");
        assert_eq!(arranged.boxes.len(), draft.boxes.len());
    }
    // Many arcs past many ranks are refused rather than waited for.
    let far = (1..3_000).flat_map(|at| [(at - 1, at), (0, at)]);
    assert!(arrange(&plain(3_000, far)).is_none());
}

#[test]
fn a_straight_way_is_drawn_straight() {
    let draft = plain(4, [(0, 1), (1, 2), (2, 3)].into_iter());
    let arranged = arrange(&draft).expect("it is arranged");
    assert!(arranged.curves.iter().all(|curve| (curve.start.y - curve.end().y).abs() < 1e-6));
    let x: Vec<f64> = arranged.boxes.iter().map(|area| area.corner.x).collect();
    assert!(x.is_sorted());
}
