//! The steps between ranks and curves, on graphs small enough to see through.

use super::crossings::{Xorshift, order};
use super::layers::{LayeredGraph, VertexKind};
use super::placement::place;
use super::ranks::ranks;
use super::*;

fn boxes(count: usize, arcs: &[(usize, usize)], label: Option<Size>) -> LayoutGraph {
    let arc = |(tail, head): &(usize, usize)| LayoutArc {
        tail: *tail,
        head: *head,
        label,
        weight: 1,
        firmness: 1,
    };
    LayoutGraph {
        boxes: vec![Size { main: 40.0, cross: 20.0 }; count],
        loops: vec![0.0; count],
        reach: vec![0.0; count],
        arcs: arcs.iter().map(arc).collect(),
        ..LayoutGraph::default()
    }
}

const WORDS: Option<Size> = Some(Size { main: 30.0, cross: 10.0 });

fn ranked(graph: &LayoutGraph) -> Vec<usize> {
    ranks(graph, &feedback_arcs::acyclic_order(graph), &NEVER)
}

fn layered(graph: &LayoutGraph) -> LayeredGraph {
    LayeredGraph::new(graph, &ranked(graph))
}

/// Crossings of links between neighbouring rows, pair by pair.
fn crossings(layers: &LayeredGraph) -> usize {
    let at = layers.positions();
    let rank = |link: &layers::LayerLink| layers.vertices[link.ends[0]].rank;
    let pairs = layers.links.iter().enumerate();
    let pairs = pairs.flat_map(|(b, link)| layers.links[..b].iter().map(move |a| (a, link)));
    let cross = |(a, b): &(&layers::LayerLink, &layers::LayerLink)| {
        let [low, high] = [0, 1].map(|end| at[a.ends[end]].cmp(&at[b.ends[end]]));
        rank(a) == rank(b) && low.is_ne() && low == high.reverse()
    };
    pairs.filter(cross).count()
}

fn random(dice: &mut Xorshift) -> LayoutGraph {
    let count = 2 + dice.below(9);
    let arcs: Vec<_> = (0..2 * count).map(|_| (dice.below(count), dice.below(count))).collect();
    boxes(count, &arcs, WORDS.filter(|_| dice.below(2) == 0))
}

#[test]
fn an_arc_with_words_spans_two_ranks_and_its_words_stand_between() {
    let graph = boxes(3, &[(0, 1), (1, 2), (0, 2)], WORDS);
    assert_eq!(ranked(&graph), [0, 2, 4]);
    let layers = layered(&graph);
    for (arc, chain) in layers.chains.iter().enumerate() {
        let passed = chain[1..].iter().map(|link| &layers.vertices[layers.links[*link].ends[0]]);
        let labels = passed.filter(|vertex| vertex.kind == VertexKind::Label);
        assert_eq!(labels.count(), 1, "arc {arc}");
    }
    assert_eq!(ranked(&boxes(3, &[(0, 1), (1, 2), (0, 2)], None)), [0, 1, 2]);
}

#[test]
fn bands_stand_one_behind_the_other_however_arcs_run() {
    let graph =
        LayoutGraph { bands: vec![1, 0, 1, 0], ..boxes(4, &[(0, 1), (2, 0), (3, 1)], None) };
    let ranks = ranked(&graph);
    let last_of_first = ranks[1].max(ranks[3]);
    assert!(ranks[0] > last_of_first && ranks[2] > last_of_first, "{ranks:?}");
}

#[test]
fn a_chain_joins_its_ends_rank_by_rank() {
    let mut dice = Xorshift(5);
    for _ in 0..100 {
        let graph = random(&mut dice);
        let layers = layered(&graph);
        for (arc, chain) in graph.arcs.iter().zip(&layers.chains) {
            let links: Vec<&layers::LayerLink> =
                chain.iter().map(|link| &layers.links[*link]).collect();
            assert!(links.windows(2).all(|pair| pair[0].ends[1] == pair[1].ends[0]));
            let rank = |vertex: usize| layers.vertices[vertex].rank;
            assert!(links.iter().all(|link| rank(link.ends[0]) + 1 == rank(link.ends[1])));
            let ends = links.first().zip(links.last()).map(|(a, b)| [a.ends[0], b.ends[1]]);
            let wanted = [arc.tail, arc.head];
            let turned = [arc.head, arc.tail];
            assert!(ends.map_or(arc.tail == arc.head, |ends| ends == wanted || ends == turned));
        }
    }
}

#[test]
fn two_crossed_arcs_are_uncrossed() {
    let mut layers = layered(&boxes(4, &[(0, 3), (1, 2)], None));
    assert_eq!(crossings(&layers), 1);
    order(&mut layers, &NEVER);
    assert_eq!(crossings(&layers), 0);
}

#[test]
fn two_rows_all_joined_cross_as_often_as_they_must() {
    // K(3,3): every pair of the one with every pair of the other.
    let arcs: Vec<_> = (0..3).flat_map(|low| (3..6).map(move |high| (low, high))).collect();
    let mut layers = layered(&boxes(6, &arcs, None));
    order(&mut layers, &NEVER);
    assert_eq!(crossings(&layers), 9);
}

#[test]
fn order_never_adds_a_crossing_and_loses_no_vertex() {
    let mut dice = Xorshift(17);
    for _ in 0..60 {
        let mut layers = layered(&random(&mut dice));
        let (before, rows) = (crossings(&layers), layers.rows.clone());
        order(&mut layers, &NEVER);
        assert!(crossings(&layers) <= before);
        let sorted = |mut row: Vec<usize>| {
            row.sort_unstable();
            row
        };
        let rows: Vec<_> = rows.into_iter().map(sorted).collect();
        assert_eq!(layers.rows.into_iter().map(sorted).collect::<Vec<_>>(), rows);
    }
}

#[test]
fn places_keep_the_order_of_a_row_and_the_room_between() {
    let mut dice = Xorshift(23);
    for _ in 0..60 {
        let graph = random(&mut dice);
        let mut layers = layered(&graph);
        order(&mut layers, &NEVER);
        layers.spread_ports(&graph);
        let middle = place(&graph, &layers, &NEVER);
        for row in &layers.rows {
            for pair in row.windows(2) {
                let apart = layers.apart(&graph, pair[0], pair[1]);
                assert!(middle[pair[1]] - middle[pair[0]] >= apart - 1e-6);
            }
        }
    }
}

#[test]
fn a_chain_is_level_and_a_hub_stands_amid_its_leaves() {
    let chain = boxes(4, &[(0, 1), (1, 2), (2, 3)], None);
    let middle = place(&chain, &layered(&chain), &NEVER);
    assert!(middle.iter().all(|level| (level - middle[0]).abs() < 1e-6), "{middle:?}");
    let hub = boxes(4, &[(0, 1), (0, 2), (0, 3)], None);
    let middle = place(&hub, &layered(&hub), &NEVER);
    assert!((middle[0] - middle[2]).abs() < 1e-6, "{middle:?}");
}

#[test]
fn a_loop_stands_above_its_box() {
    let mut graph = boxes(1, &[(0, 0)], WORDS);
    let room = Metrics::PIXELS.loop_room(WORDS.unwrap_or_default());
    (graph.loops[0], graph.reach[0]) = (room.cross, room.main);
    graph.boxes[0].cross += 2.0 * room.cross;
    let mut arranged = arrange(&graph).expect("it is small");
    draw_loops(&graph, &mut arranged, &Metrics::PIXELS);
    let (area, label) = (arranged.boxes[0], arranged.labels[0].expect("words"));
    assert!(label.corner.y >= 0.0 && label.corner.y + label.height < area.corner.y);
    assert!((arranged.curves[0].start.y - area.corner.y).abs() < 1e-9);
    assert!((area.height - 20.0).abs() < 1e-9, "the box itself does not grow");
}

#[test]
fn a_curve_turned_round_twice_is_the_same() {
    let at = |x: f64, y: f64| Point { x, y };
    let pieces = vec![
        [at(1.0, 0.0), at(2.0, 3.0), at(3.0, 3.0)],
        [at(4.0, 3.0), at(5.0, 3.0), at(6.0, 3.0)],
    ];
    let curve = Curve { start: at(0.0, 0.0), pieces };
    let back = curve.reversed();
    assert_eq!((back.start, back.end()), (curve.end(), curve.start));
    assert_eq!(back.reversed(), curve);
}
