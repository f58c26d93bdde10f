//! A snapshot to facts: its head is read, its sections are found.

use super::layout::{Sections, SnapshotHeader, head};
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use crate::graph::blocks::{Bytes, Chunks, Section, damage};
use crate::graph::facts::Facts;
use crate::graph::index::{AdjacencyRows, ArcRule, Index, IndexCache};
use crate::graph::levels::LEVEL;
use crate::graph::mapped::{Mapped, MappedNameTable, RULE_SHIFT, SIGNATURE};
use crate::graph::names::SortedNames;
use crate::graph::node::FileLines;
use crate::graph::sources::SourceTable;
use crate::graph::store::Store;
use std::sync::{Arc, OnceLock};

impl Atlas {
    /// The graph of a snapshot; `name` is what to call its file.
    ///
    /// # Errors
    /// It is none, of another version, for another machine, cut off or damaged.
    pub(crate) fn of_snapshot(bytes: &Bytes, name: &str) -> Result<Self, Diagnostic> {
        let (mut head, begin) = head(bytes.all(), name)?;
        let sections = Sections::new(bytes, begin, &mut head, name);
        let store = sections.and_then(|mut sections| Store::found(head, &mut sections));
        let store = store.ok_or_else(|| damage(name))?;
        Ok(Self { store: Arc::new(store), overlay: None, learning_rank: Arc::default() })
    }
}

impl Store {
    fn found(mut head: SnapshotHeader, sections: &mut Sections<'_>) -> Option<Self> {
        let sets = head.sets.drain(..).map(Arc::from).collect();
        let property_names = head.property_names.drain(..).map(Arc::from).collect();
        // Sections have no names: they are taken in the order in which `snapshot` writes them.
        let facts = facts(&mut head, sections, sets, property_names)?;
        let counts = head.counts;
        let mut indices = Vec::new();
        for index in head.indices {
            let rule =
                ArcRule { prerequisites: index.prerequisites, required_only: index.required_only };
            let opens = rows(counts, sections)?;
            let needs = rows(counts, sections)?;
            indices.push(Index::kept(rule, [opens, needs], index.has_recommended));
        }
        let mut files = Vec::new();
        for name in head.files {
            files.push(FileLines::kept(name, sections.next(None)?));
        }
        let sources = SourceTable::kept(bodies(sections, None)?);
        let SnapshotHeader { schema, layers, notes, .. } =
            SnapshotHeader { indices: Vec::new(), files: Vec::new(), ..head };
        Some(Self {
            facts: Facts::Kept { mapped: Arc::new(facts), graph: OnceLock::new() },
            schema,
            sources,
            layers,
            files,
            notes,
            names: SortedNames::default(),
            indices: IndexCache::keeping(indices),
            partial: None,
        })
    }
}

/// Where rows begin, the other ends of arcs, their edges.
fn rows([nodes, edges, _]: [u32; 3], sections: &mut Sections<'_>) -> Option<AdjacencyRows> {
    let starts = sections.next(Some(nodes as usize + 1))?;
    let ends = sections.next(None)?.below(nodes as usize);
    let numbers = sections.next(Some(ends.words_len()))?.below(edges as usize);
    Some(AdjacencyRows::Kept([starts, ends, numbers]))
}

fn facts(
    head: &mut SnapshotHeader,
    sections: &mut Sections<'_>,
    sets: Vec<Arc<[usize]>>,
    property_names: Arc<[Arc<str>]>,
) -> Option<Mapped> {
    let [nodes, edges, classes] = head.counts.map(|count| count as usize);
    let texts = Arc::new(sections.next(None)?);
    let ids = sections.next(nodes.checked_mul(2))?;
    let kinds = sections.next(Some(nodes))?.below(sets.len());
    let layers = sections.next(Some(nodes))?.below(sets.len());
    let node_bodies = bodies(sections, Some(nodes))?;
    let class_bodies = bodies(sections, Some(classes))?;
    let [from, to] = [sections.next(Some(edges))?, sections.next(Some(edges))?];
    let class = sections.next(Some(edges))?.below(classes);
    let edge_parts = [from.below(nodes), to.below(nodes), class, sections.next(Some(edges))?];
    let [outgoing, incoming] = [sections.next(Some(nodes + 1))?, sections.next(Some(nodes + 1))?];
    let mut by_target = |bound| Some(sections.next(Some(edges))?.below(bound));
    let by_target = [by_target(edges)?, by_target(nodes)?, by_target(classes)?];
    let rules = sections.next(Some(classes))?;
    let rules = rules.below(head.schema.relations.len() << RULE_SHIFT);
    let names = names(head, sections, &texts)?;
    let mut signatures = |count: usize| sections.next(count.checked_mul(SIGNATURE));
    let signatures = [signatures(nodes)?, signatures(names[0].len())?];
    let mut order = || Some(sections.next(Some(nodes))?.below(nodes));
    let learning_order = [order()?, order()?];
    Some(Mapped {
        nodes: Chunks::new(nodes),
        classes: Chunks::new(classes),
        edge_count: edges,
        texts,
        ids,
        kinds,
        layers,
        sets,
        property_names,
        node_bodies,
        class_bodies,
        edges: edge_parts,
        outgoing,
        incoming,
        by_target,
        rules,
        names,
        signatures,
        has_orders: head.has_orders,
        field_uses: std::mem::take(&mut head.field_uses),
        learning_order,
        levels: sections.next(nodes.checked_mul(LEVEL))?,
    })
}

/// The tables of names, as given and folded.
fn names(
    head: &mut SnapshotHeader,
    sections: &mut Sections<'_>,
    texts: &Arc<Section>,
) -> Option<[MappedNameTable; 2]> {
    let nodes = head.counts[0] as usize;
    let mut table = |ends: &mut Vec<u32>| {
        let entries = sections.next(None)?;
        MappedNameTable::new(entries, Arc::clone(texts), std::mem::take(ends), nodes)
    };
    let [given, folded] = &mut head.levels;
    Some([table(given)?, table(folded)?])
}

/// Where each begins, of so many if that is known, and their bytes.
fn bodies(sections: &mut Sections<'_>, count: Option<usize>) -> Option<[Section; 2]> {
    let starts = sections.next(count.map(|count| count + 1))?;
    (starts.words_len() > 0).then_some([starts, sections.next(None)?])
}
