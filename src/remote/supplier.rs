//! What a statement looks for, fetched level by level.

use super::records::{Plain, relations_of, take_edge, take_node};
use super::refusals::{needs_everything, too_many};
use super::trouble::bad_rows;
use super::{Engine, RawEdge, RawNode, RawStructure, Side};
use crate::diagnostic::Diagnostic;
use crate::graph::{
    Atlas, Collected, Fetches, Head, INTO, NEEDS, NodeIndex, OPENS, OUT, Prerequisite, Structure,
    Wanted,
};
use crate::query::{Fetched, Sought, Supply};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How much may be fetched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FetchLimits {
    /// Edges for one statement.
    pub(crate) edges: usize,
    /// May all of the graph be, where that is what a question takes?
    pub(crate) everything: bool,
}

/// How many names that begin alike are looked at for what was meant.
const ALIKE: usize = 1_000;
/// How many nodes without a row are told.
const TOLD: usize = 5;
/// From how many nodes at most a flow is followed to its end once another one was.
const FEW: usize = 1_000;
/// What a row takes on its way beside its texts, about.
const ROW_BYTES: u64 = 60;

/// Supplies what statements look for from an engine.
#[derive(Debug)]
pub(crate) struct Supplier {
    engine: Box<dyn Engine>,
    limits: FetchLimits,
    head: Arc<Head>,
    relations: Vec<String>,
    collected: Collected,
    plain: Plain,
    whole: Option<Atlas>,
    /// Has a flow been followed to its end for this statement?
    followed: bool,
    /// The numbers of the nodes of the whole, ascending.
    numbers: Vec<i64>,
    fetched: Fetched,
}

type Done = Result<(), Diagnostic>;

impl Supplier {
    /// One for the graph that an engine holds.
    pub(crate) fn new(
        mut engine: Box<dyn Engine>,
        limits: FetchLimits,
        stop: &AtomicBool,
    ) -> Result<Self, Diagnostic> {
        let head = Arc::new(engine.head(stop)?);
        let mut collected = Collected::new(&head);
        let relations = relations_of(&collected.atlas(false));
        Ok(Self {
            engine,
            limits,
            head,
            relations,
            collected,
            plain: Plain::new(),
            whole: None,
            followed: false,
            numbers: Vec::new(),
            fetched: Fetched::default(),
        })
    }

    fn came(&mut self, rows: usize, bytes: u64) {
        self.fetched.rounds += 1;
        self.fetched.rows += rows as u64;
        self.fetched.bytes += bytes + rows as u64 * ROW_BYTES;
    }

    fn take_nodes(&mut self, nodes: Vec<RawNode>) -> Done {
        let bytes = nodes.iter().map(|node| node.body.len() + node.id.len()).sum::<usize>();
        self.came(nodes.len(), bytes as u64);
        for node in nodes {
            let number = node.number;
            if !take_node(&mut self.collected, &node) {
                return Err(bad_rows(&format!("node {number} was not saved with the others")));
            }
        }
        Ok(())
    }

    fn take_edges(&mut self, edges: &[RawEdge]) -> Done {
        let bytes = edges.iter().filter_map(|edge| Some(edge.body.as_ref()?.len())).sum::<usize>();
        self.came(edges.len(), bytes as u64);
        for edge in edges {
            if !take_edge(&mut self.collected, &mut self.plain, &self.relations, edge) {
                let number = edge.number;
                return Err(bad_rows(&format!("edge {number} was not saved with the others")));
            }
        }
        Ok(())
    }

    /// Rows of nodes that are known to be there.
    fn rows(&mut self, numbers: &[i64], stop: &AtomicBool) -> Done {
        if numbers.is_empty() {
            return Ok(());
        }
        let nodes = self.engine.nodes(numbers, stop)?;
        self.take_nodes(nodes)?;
        let missing: Vec<String> = (numbers.iter())
            .filter(|number| !self.collected.has_row(**number))
            .take(TOLD)
            .map(ToString::to_string)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(bad_rows(&format!("edges lead to nodes that have no row: {}", missing.join(", "))))
    }

    /// Edges at one side of nodes, of these relations or of all.
    fn edges_at(
        &mut self,
        nodes: &[i64],
        side: Side,
        relations: Option<&[u32]>,
        stop: &AtomicBool,
    ) -> Result<Vec<RawEdge>, Diagnostic> {
        if nodes.is_empty() || relations.is_some_and(<[u32]>::is_empty) {
            return Ok(Vec::new());
        }
        let left = self.limits.edges.saturating_sub(self.collected.edge_count());
        let edges = self.engine.edges(nodes, side, relations, left.saturating_add(1), stop)?;
        if edges.len() > left {
            return Err(too_many(self.limits.edges, &self.head));
        }
        self.take_edges(&edges)?;
        Ok(edges)
    }

    /// The relations that flow one way.
    fn flowing(&self, way: Prerequisite) -> Vec<u32> {
        let flowing = (0..).zip(self.collected.ways()).filter(|(_, own)| **own == way);
        flowing.map(|(relation, _)| relation).collect()
    }

    /// What nodes need, or open: the edges, and the nodes at their other ends.
    fn level(
        &mut self,
        nodes: &[i64],
        part: u8,
        stop: &AtomicBool,
    ) -> Result<Vec<i64>, Diagnostic> {
        let mut next = Vec::new();
        for side in [Side::From, Side::To] {
            let relations = self.flowing(end_of(part, side));
            for edge in self.edges_at(nodes, side, Some(&relations), stop)? {
                next.push(if side == Side::From { edge.to } else { edge.from });
            }
        }
        for node in nodes {
            self.collected.mark(*node, part);
        }
        next.sort_unstable();
        next.dedup();
        Ok(next)
    }

    /// All edges at one side of nodes that are not here yet.
    fn all_edges(&mut self, nodes: &[i64], part: u8, stop: &AtomicBool) -> Done {
        let side = if part == OUT { Side::From } else { Side::To };
        let mut by_known: BTreeMap<u8, Vec<i64>> = BTreeMap::new();
        for node in nodes {
            let known = [NEEDS, OPENS].into_iter().filter(|flow| self.collected.has(*node, *flow));
            by_known.entry(known.sum()).or_default().push(*node);
        }
        for (known, nodes) in by_known {
            let known = [NEEDS, OPENS].into_iter().filter(|flow| known & flow != 0);
            let known: Vec<Prerequisite> = known.map(|flow| end_of(flow, side)).collect();
            let missing = (0..).zip(self.collected.ways()).filter(|(_, way)| !known.contains(way));
            let missing: Vec<u32> = missing.map(|(relation, _)| relation).collect();
            let relations = (!known.is_empty()).then_some(&*missing);
            self.edges_at(&nodes, side, relations, stop)?;
        }
        for node in nodes {
            self.collected.mark(*node, part);
        }
        Ok(())
    }

    /// Follows the flow from these nodes to its end.
    fn closure(&mut self, mut border: Vec<i64>, part: u8, stop: &AtomicBool) -> Done {
        while !border.is_empty() {
            let next = self.level(&border, part, stop)?;
            border = next.into_iter().filter(|node| !self.collected.has(*node, part)).collect();
        }
        Ok(())
    }

    /// Follows the flow from both ends, the smaller border first, until the borders meet.
    fn meet(&mut self, borders: [Vec<i64>; 2], stop: &AtomicBool) -> Done {
        let parts = [OPENS, NEEDS];
        let mut seen = borders.clone().map(|border| border.into_iter().collect::<HashSet<i64>>());
        let mut borders = borders;
        let mut began = [false; 2];
        loop {
            // What was asked for is fetched in any case, wherever the borders are.
            let met = !seen[0].is_disjoint(&seen[1]) || borders.iter().any(Vec::is_empty);
            let smaller = usize::from(borders[1].len() < borders[0].len());
            let own = match began.iter().position(|began| !began) {
                Some(first) => first,
                None if met => return Ok(()),
                None => smaller,
            };
            began[own] = true;
            let next = self.level(&borders[own], parts[own], stop)?;
            borders[own] = next.into_iter().filter(|node| seen[own].insert(*node)).collect();
        }
    }

    fn arcs(&mut self, wanted: &Wanted, stop: &AtomicBool) -> Done {
        let mut by_part: BTreeMap<u8, Vec<i64>> = BTreeMap::new();
        for (node, parts) in &wanted.arcs {
            for part in [NEEDS, OPENS, OUT, INTO].into_iter().filter(|part| parts & part != 0) {
                by_part.entry(part).or_default().push(*node);
            }
        }
        let of = |part| by_part.get(&part).cloned().unwrap_or_default();
        let only = |fetches| wanted.fetches.iter().all(|own| *own == fetches);
        let follows = !wanted.fetches.is_empty();
        let borders = [of(OPENS), of(NEEDS)];
        if follows && only(Fetches::Ends) && borders.iter().all(|border| !border.is_empty()) {
            self.meet(borders, stop)?;
        } else {
            let whole = follows && only(Fetches::Closure);
            let again = self.followed;
            self.followed |= whole;
            for (part, border) in [OPENS, NEEDS].into_iter().zip(borders) {
                // What is asked of all that was reached is no other beginning.
                if whole && (!again || border.len() <= FEW) {
                    self.closure(border, part, stop)?;
                } else if !border.is_empty() {
                    self.level(&border, part, stop)?;
                }
            }
        }
        self.all_edges_if_any(&of(OUT), OUT, stop)?;
        self.all_edges_if_any(&of(INTO), INTO, stop)
    }

    fn all_edges_if_any(&mut self, nodes: &[i64], part: u8, stop: &AtomicBool) -> Done {
        if nodes.is_empty() { Ok(()) } else { self.all_edges(nodes, part, stop) }
    }

    fn names(&mut self, wanted: &Wanted, stop: &AtomicBool) -> Done {
        if !wanted.names.is_empty() {
            let keys: Vec<String> = wanted.names.iter().cloned().collect();
            let nodes = self.engine.named(&keys, stop)?;
            self.take_nodes(nodes)?;
        }
        self.collected.asked(wanted);
        // What is like a name is of interest only once it is known that nothing has it.
        for key in wanted.near.iter().filter(|_| wanted.names.is_empty()) {
            let nodes = self.engine.alike(key, ALIKE, stop)?;
            self.take_nodes(nodes)?;
        }
        for kind in &wanted.kinds {
            let name = self.head.schema.kinds[*kind].name.clone();
            let members = self.engine.of_kind(&name, stop)?;
            self.came(members.len(), 0);
            members.into_iter().for_each(|number| self.collected.member(*kind, number));
        }
        Ok(())
    }

    /// What may fit the searches.
    fn search(&mut self, wanted: &Wanted, stop: &AtomicBool) -> Done {
        for text in &wanted.sought {
            let numbers = self.engine.sought(&Sought::new(text), stop)?;
            self.came(numbers.len(), 0);
            self.collected.found(text, numbers);
        }
        Ok(())
    }

    /// What the learning order comes from, if it is wanted, kept from now on.
    fn structured(&mut self, wanted: &Wanted, stop: &AtomicBool) -> Done {
        if !wanted.structure || self.collected.structure.is_some() {
            return Ok(());
        }
        let schema = &self.head.schema;
        let milestones: Vec<usize> =
            (0..schema.kinds.len()).filter(|kind| schema.kinds[*kind].milestone).collect();
        let kinds: Vec<String> =
            milestones.iter().map(|kind| schema.kinds[*kind].name.clone()).collect();
        let relations = self.collected.shaping();
        let most = self.limits.edges;
        let found = self.engine.structure(&kinds, &relations, most.saturating_add(1), stop)?;
        let RawStructure { numbers, members, edges } = found;
        if edges.len() > most {
            return Err(too_many(most, &self.head));
        }
        let structure = Collected::new(&self.head);
        let (collected, plain) =
            (std::mem::replace(&mut self.collected, structure), std::mem::take(&mut self.plain));
        let taken = self.take_edges(&edges);
        let mut structure = std::mem::replace(&mut self.collected, collected);
        self.plain = plain;
        taken?;
        numbers.iter().for_each(|number| structure.meet(*number));
        for (kind, members) in milestones.into_iter().zip(members) {
            members.into_iter().for_each(|number| structure.of_kind(number, kind));
        }
        self.collected.structure = Some(Arc::new(Structure::new(structure.atlas(true), numbers)));
        Ok(())
    }

    /// The whole graph, kept from now on.
    fn everything(&mut self, stop: &AtomicBool) -> Result<Atlas, Diagnostic> {
        if !self.limits.everything {
            return Err(needs_everything(&self.head));
        }
        if self.head.counts[1] > self.limits.edges as u64 {
            return Err(too_many(self.limits.edges, &self.head));
        }
        self.collected = Collected::new(&self.head);
        self.plain.clear();
        let (nodes, edges) = self.engine.everything(stop)?;
        self.engine.settle(stop)?;
        self.take_nodes(nodes)?;
        self.take_edges(&edges)?;
        let missing = self.collected.without_row();
        if let Some(first) = missing.first() {
            return Err(bad_rows(&format!("edges lead to nodes that have no row: {first}")));
        }
        self.numbers = self.collected.numbers();
        if self.numbers.len() as u64 != self.head.counts[0] {
            return Err(bad_rows("nodes are missing"));
        }
        let atlas = self.collected.atlas(true);
        self.whole = Some(atlas.clone());
        Ok(atlas)
    }
}

impl Supply for Supplier {
    fn begin(&mut self, keep: &[i64], stop: &AtomicBool) -> Result<Atlas, Diagnostic> {
        self.fetched = Fetched::default();
        self.followed = false;
        if let Some(whole) = &self.whole {
            return Ok(whole.clone());
        }
        self.engine.begin(stop)?;
        let structure = self.collected.structure.take();
        self.collected = Collected::new(&self.head);
        self.collected.structure = structure;
        self.plain.clear();
        keep.iter().for_each(|number| self.collected.meet(*number));
        Ok(self.collected.atlas(false))
    }

    fn fetch(&mut self, wanted: Wanted, stop: &AtomicBool) -> Result<Atlas, Diagnostic> {
        if wanted.everything {
            return self.everything(stop);
        }
        self.structured(&wanted, stop)?;
        self.search(&wanted, stop)?;
        if !wanted.ways.is_empty() {
            self.collected.follow(wanted.ways.clone());
        }
        self.names(&wanted, stop)?;
        self.rows(&wanted.rows, stop)?;
        self.arcs(&wanted, stop)?;
        self.engine.settle(stop)?;
        Ok(self.collected.atlas(false))
    }

    fn place(&self, number: i64) -> Option<NodeIndex> {
        self.numbers.binary_search(&number).ok().map(NodeIndex::new)
    }

    fn fetched(&self) -> Fetched {
        self.fetched
    }
}

/// Which end comes first in the edges at that side of a node by which it needs others, or opens them.
fn end_of(flow: u8, side: Side) -> Prerequisite {
    match (flow, side) {
        (NEEDS, Side::From) | (OPENS, Side::To) => Prerequisite::Target,
        _ => Prerequisite::Source,
    }
}
