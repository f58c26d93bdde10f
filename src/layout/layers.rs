//! The graph as layers: each rank an ordered row of vertices, every arc a chain of links between
//! neighbouring ranks, through bends and at its middle through the room for its label.

use super::layout_graph::{LayoutGraph, Size};
use crate::csr::Csr;

/// What stands in a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VertexKind {
    /// A box.
    Box,
    /// An arc passing through, with its label.
    Label,
    /// An arc passing through.
    Bend,
}

/// A place in a rank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    pub(super) kind: VertexKind,
    pub(super) rank: usize,
    pub(super) size: Size,
}

/// A piece of an arc between neighbouring ranks.
#[derive(Debug, Clone, Copy)]
pub(super) struct LayerLink {
    /// The vertex of the lower rank, and that of the higher one.
    pub(super) ends: [usize; 2],
    /// Where it meets them, from their middle.
    pub(super) ports: [f64; 2],
    pub(super) weight: f64,
}

/// The graph as layers; the first vertices are its boxes.
#[derive(Debug, Clone)]
pub(super) struct LayeredGraph {
    pub(super) vertices: Vec<Vertex>,
    pub(super) links: Vec<LayerLink>,
    /// Of each arc, its links from the lower rank to the higher one; of a loop, none.
    pub(super) chains: Vec<Vec<usize>>,
    /// Of each vertex, its links to the rank before and to the rank behind.
    pub(super) joined: [Csr<usize>; 2],
    /// The vertices of each rank in order.
    pub(super) rows: Vec<Vec<usize>>,
}

impl LayeredGraph {
    /// Builds them; rows stand in the order of the boxes.
    pub(super) fn new(graph: &LayoutGraph, ranks: &[usize]) -> Self {
        let boxes = graph.boxes.iter().zip(ranks);
        let mut vertices: Vec<Vertex> = boxes
            .map(|(size, rank)| Vertex { kind: VertexKind::Box, rank: *rank, size: *size })
            .collect();
        let (mut links, mut chains) = (Vec::new(), vec![Vec::new(); graph.arcs.len()]);
        for (index, arc) in graph.proper_arcs() {
            // Chains climb the ranks, whichever way the arc points; routing turns the curve back.
            let (mut low, mut high) = (arc.tail, arc.head);
            if ranks[low] > ranks[high] {
                (low, high) = (high, low);
            }
            let middle = middle_rank(ranks[low], ranks[high], arc.tail == low);
            let weight = f64::from(arc.weight);
            let mut from = low;
            for rank in ranks[low] + 1..=ranks[high] {
                let to = if rank == ranks[high] {
                    high
                } else {
                    let label = arc.label.filter(|_| rank == middle);
                    let kind = if label.is_some() { VertexKind::Label } else { VertexKind::Bend };
                    vertices.push(Vertex { kind, rank, size: label.unwrap_or_default() });
                    vertices.len() - 1
                };
                chains[index].push(links.len());
                links.push(LayerLink { ends: [from, to], ports: [0.0; 2], weight });
                from = to;
            }
        }
        let joined = [1, 0].map(|end| {
            let of_vertex = links.iter().enumerate().map(|(at, link)| (link.ends[end], at, ()));
            Csr::from_entries(vertices.len(), of_vertex)
        });
        let last = vertices.iter().map(|vertex| vertex.rank + 1).max().unwrap_or(0);
        let mut rows = vec![Vec::new(); last];
        for (at, vertex) in vertices.iter().enumerate() {
            rows[vertex.rank].push(at);
        }
        Self { vertices, links, chains, joined, rows }
    }

    /// The same with the order of `coarse`, which has every second rank only: the others hold
    /// nothing but bends and labels, one after the other between the same two ends, so that any
    /// order that agrees with both ends where these agree adds no crossing.
    pub(super) fn refined(graph: &LayoutGraph, ranks: &[usize], coarse: &Self) -> Self {
        let mut layers = Self::new(graph, ranks);
        let mut place = vec![0.0; layers.vertices.len()];
        for row in &coarse.rows {
            for (position, vertex) in row.iter().enumerate() {
                if coarse.vertices[*vertex].kind == VertexKind::Box {
                    place[*vertex] = position as f64;
                }
            }
        }
        let positions = coarse.positions();
        for (chain, short) in layers.chains.iter().zip(&coarse.chains) {
            for (at, link) in short.iter().enumerate() {
                // A share of its row, since rows of different lengths are compared.
                let share = |vertex: usize| {
                    let row = &coarse.rows[coarse.vertices[vertex].rank];
                    positions[vertex] as f64 / row.len() as f64
                };
                let [low, high] = coarse.links[*link].ends;
                // One coarse link is two fine ones, with a vertex between them that coarse ranks
                // lack.
                let between = layers.links[chain[2 * at]].ends[1];
                place[between] = share(low) + share(high);
                place[layers.links[chain[2 * at + 1]].ends[1]] = positions[high] as f64;
            }
        }
        for row in &mut layers.rows {
            row.sort_by(|a, b| place[*a].total_cmp(&place[*b]));
        }
        layers
    }

    /// The vertices next to one, in the rank before (0) or behind (1).
    pub(super) fn neighbours(&self, vertex: usize, side: usize) -> impl Iterator<Item = usize> {
        self.joined[side].row(vertex).iter().map(move |link| self.links[*link].ends[side])
    }

    /// The position of each vertex in its row.
    pub(super) fn positions(&self) -> Vec<usize> {
        let mut positions = vec![0; self.vertices.len()];
        for row in &self.rows {
            for (position, vertex) in row.iter().enumerate() {
                positions[*vertex] = position;
            }
        }
        positions
    }

    /// How much room two neighbours of a row need between their middles.
    pub(super) fn apart(&self, graph: &LayoutGraph, first: usize, second: usize) -> f64 {
        let [first, second] = [first, second].map(|at| &self.vertices[at]);
        let boxes = first.kind == VertexKind::Box && second.kind == VertexKind::Box;
        let gap = if boxes { graph.gaps.boxes } else { graph.gaps.arcs };
        let apart = first.size.cross.midpoint(second.size.cross) + gap;
        // There is no half cell in a terminal.
        if graph.gaps.grid { apart.ceil() } else { apart }
    }

    /// Spreads the ports of each box over its sides, in the order of the other ends.
    pub(super) fn spread_ports(&mut self, graph: &LayoutGraph) {
        let positions = self.positions();
        for (at, vertex) in self.vertices.iter().enumerate() {
            if vertex.kind != VertexKind::Box {
                continue;
            }
            for side in 0..2 {
                let mut links = self.joined[side].row(at).to_vec();
                links.sort_by_key(|link| (positions[self.links[*link].ends[side]], *link));
                // The corners stay free, and so does the room for loops.
                let room = (vertex.size.cross - 2.0 * graph.loops[at]) * 0.8;
                let gaps = links.len().saturating_sub(1).max(1) as f64;
                let step = (room / gaps).min(graph.gaps.ports);
                let first = -step * links.len().saturating_sub(1) as f64 / 2.0;
                for (place, link) in links.into_iter().enumerate() {
                    self.links[link].ports[1 - side] = first + step * place as f64;
                }
            }
        }
    }
}

/// The rank for a label: in the middle, and an odd number of ranks from the tail, since boxes
/// joined by labelled arcs stand an even number apart. Of two such, the one nearer to the tail.
fn middle_rank(low: usize, high: usize, forward: bool) -> usize {
    let half = (high - low) / 2;
    match (half % 2, forward) {
        (1, _) => low + half,
        (_, true) => low + half.max(1) - usize::from(half > 0),
        (_, false) => low + half + 1,
    }
}
