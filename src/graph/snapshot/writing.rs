//! Facts to a snapshot. What questions would compute first is computed ahead.

use super::layout::{IndexHead, SnapshotHeader, written};
use crate::diagnostic::signature;
use crate::graph::facts::Facts;
use crate::graph::index::Index;
use crate::graph::mapped::{ClassForm, ENTRY, NodeForm, RULE_SHIFT, property_forms};
use crate::graph::names::{self, Level, NameEntry};
use crate::graph::{
    Atlas, EdgeIndex, FieldUses, Flow, NodeIndex, PropertyList, Ranked, Strength, TopologicalLevel,
};
use petgraph::Direction;
use std::collections::HashMap;
use std::collections::hash_map;
use std::hash::Hash;
use std::sync::Arc;

/// Sections in the order they are written; `None` where an offset would not fit its word.
#[derive(Default)]
struct Out(Vec<Vec<u8>>);

impl Out {
    fn words(&mut self, words: impl IntoIterator<Item = u32>) {
        self.0.push(words.into_iter().flat_map(u32::to_ne_bytes).collect());
    }

    /// What tells from afar how far texts are from another.
    fn signatures<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let signatures = texts.map(signature);
        self.words(signatures.flat_map(|signature| [signature as u32, (signature >> 32) as u32]));
    }

    /// So many bodies: where each begins, and their bytes.
    fn bodies(
        &mut self,
        count: usize,
        mut body: impl FnMut(usize) -> Option<Vec<u8>>,
    ) -> Option<()> {
        let (mut starts, mut bytes) = (vec![0], Vec::new());
        for at in 0..count {
            bytes.extend(body(at)?);
            starts.push(u32::try_from(bytes.len()).ok()?);
        }
        self.words(starts);
        self.0.push(bytes);
        Some(())
    }
}

/// Items numbered in the order they come.
struct Numbers<T>(HashMap<T, u32>);

impl<T: Hash + Eq + Ord> Numbers<T> {
    fn number(&mut self, item: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(item).or_insert(next)
    }

    fn items(self) -> Vec<T> {
        let mut items: Vec<(u32, T)> = self.0.into_iter().map(|(item, at)| (at, item)).collect();
        items.sort_unstable();
        items.into_iter().map(|(_, item)| item).collect()
    }
}

/// Texts one behind the other, each once.
#[derive(Default)]
struct Texts<'t> {
    bytes: Vec<u8>,
    starts: HashMap<&'t str, u32>,
}

impl<'t> Texts<'t> {
    fn place(&mut self, text: &'t str) -> Option<[u32; 2]> {
        let start = match self.starts.entry(text) {
            hash_map::Entry::Occupied(known) => *known.get(),
            hash_map::Entry::Vacant(free) => {
                let start = *free.insert(u32::try_from(self.bytes.len()).ok()?);
                self.bytes.extend(text.as_bytes());
                start
            }
        };
        Some([start, u32::try_from(text.len()).ok()?])
    }

    fn entries(&mut self, entries: &'t [NameEntry]) -> Option<Vec<u32>> {
        let mut words = Vec::with_capacity(entries.len() * ENTRY);
        for (_, _, text, node) in entries {
            words.extend(self.place(text)?);
            words.push(node.index() as u32);
        }
        Some(words)
    }
}

fn level_ends(entries: &[NameEntry], levels: &[Level]) -> Vec<u32> {
    let end = |level: &Level| entries.partition_point(|(own, ..)| own <= level) as u32;
    levels.iter().map(end).collect()
}

impl Atlas {
    /// The loaded facts as a snapshot, with this learning order, these levels along paths and these
    /// properties in use; `None` if they are too large for one, which has words of 32 bits.
    /// O((n + m) log n).
    pub(crate) fn snapshot(
        &self,
        ranked: &Ranked,
        levels: &[TopologicalLevel],
        field_uses: FieldUses,
    ) -> Option<Vec<u8>> {
        let (store, facts) = (&*self.store, &self.store.facts);
        let mut sets = Numbers(HashMap::new());
        let property_names = self.property_names();
        let [given, folded] = [names::given(facts), names::folded(facts)];
        let mut out = Out::default();
        let tables = texts_and_ids(&mut out, facts, [&given, &folded])?;
        for set in [Facts::kinds, Facts::layers] {
            let numbers = facts.nodes().map(|node| sets.number(Arc::clone(set(facts, node))));
            out.words(numbers.collect::<Vec<u32>>());
        }
        self.bodies(&mut out, &property_names)?;
        edges(&mut out, facts);
        for table in tables {
            out.words(table);
        }
        out.signatures(facts.nodes().map(|node| facts.id(node)));
        out.signatures(given.iter().map(|(_, _, text, _)| text.as_str()));
        orders(&mut out, ranked, levels);
        let indices = self.indices(&mut out);
        for file in &store.files {
            out.words(file.ends().iter().copied());
        }
        let sources = store.sources.all();
        out.bodies(sources.len(), |at| postcard::to_stdvec(&sources[at]).ok())?;
        let [given, folded] = [(given, 0), (folded, 1)]
            .map(|(entries, table)| level_ends(&entries, Level::TABLES[table]));
        let head = SnapshotHeader {
            counts: [facts.node_count(), facts.edge_count(), facts.class_count()]
                .map(|count| count as u32),
            schema: store.schema.clone(),
            layers: store.layers.clone(),
            notes: store.notes.clone(),
            files: store.files.iter().map(|file| file.name.clone()).collect(),
            sets: sets.items().iter().map(|set| set.to_vec()).collect(),
            property_names: Numbers(property_names).items(),
            indices,
            levels: [given, folded],
            has_orders: facts.has_orders(),
            field_uses,
            stretches: Vec::new(),
            sums: Vec::new(),
        };
        written(head, out.0)
    }

    /// The names of all properties, numbered in the order they come.
    fn property_names(&self) -> HashMap<String, u32> {
        let facts = &self.store.facts;
        let mut names: HashMap<String, u32> = HashMap::new();
        let mut add = |properties: &PropertyList| {
            for name in properties.names() {
                if !names.contains_key(name) {
                    names.insert(name.to_owned(), names.len() as u32);
                }
            }
        };
        facts.nodes().for_each(|node| add(&facts.node(node).properties));
        (0..facts.class_count() as u32).for_each(|class| add(&facts.class(class).properties));
        names
    }

    /// What is said of nodes and of edges.
    fn bodies(&self, out: &mut Out, property_names: &HashMap<String, u32>) -> Option<()> {
        let facts = &self.store.facts;
        let number = |name: &str| property_names.get(name).copied().unwrap_or_default();
        out.bodies(facts.node_count(), |at| {
            let node = facts.node(NodeIndex::new(at));
            let form = NodeForm {
                name: node.name.as_deref(),
                aliases: node.aliases.iter().map(String::as_str).collect(),
                properties: property_forms(&node.properties, &number)?,
                sources: node.sources.clone(),
                place: node.place,
            };
            postcard::to_stdvec(&form).ok()
        })?;
        out.bodies(facts.class_count(), |at| {
            postcard::to_stdvec(&ClassForm::of(facts.class(at as u32), &number)?).ok()
        })
    }

    /// The indices of the flows that questions follow unless they say otherwise.
    fn indices(&self, out: &mut Out) -> Vec<IndexHead> {
        let all = Flow::all(self);
        let flows =
            [Flow::required(self), Flow::of_paths(self, &None), Flow::of_everything(self, &None)];
        let mut indices: Vec<&Index> = vec![all.index()];
        let ties = all.ties();
        for flow in flows.iter().chain(&ties) {
            // In many graphs several of these flows are one: it is written once.
            if indices.iter().all(|known| known.rule != flow.index().rule) {
                indices.push(flow.index());
            }
        }
        let heads = indices.into_iter().map(|index| {
            for direction in [Direction::Outgoing, Direction::Incoming] {
                self.rows(out, index, direction);
            }
            IndexHead {
                prerequisites: index.rule.prerequisites.clone(),
                required_only: index.rule.required_only,
                has_recommended: index.has_recommended,
            }
        });
        heads.collect()
    }

    fn rows(&self, out: &mut Out, index: &Index, direction: Direction) {
        let (mut starts, mut ends, mut edges) = (vec![0], Vec::new(), Vec::new());
        for node in self.loaded_nodes() {
            let arcs = index.arcs(node, direction);
            ends.extend(arcs.0);
            edges.extend(arcs.1);
            starts.push(ends.len() as u32);
        }
        out.words(starts);
        out.words(ends);
        out.words(edges);
    }
}

/// All texts that are looked up, and which of them are ids; hands over the tables of names.
fn texts_and_ids(
    out: &mut Out,
    facts: &Facts,
    entries: [&[NameEntry]; 2],
) -> Option<[Vec<u32>; 2]> {
    let mut texts = Texts::default();
    let mut ids = Vec::with_capacity(facts.node_count() * 2);
    for node in facts.nodes() {
        ids.extend(texts.place(facts.id(node))?);
    }
    let tables = [texts.entries(entries[0])?, texts.entries(entries[1])?];
    out.0.push(texts.bytes);
    out.words(ids);
    Some(tables)
}

/// The learning order, by place and by node, and the levels along paths.
fn orders(out: &mut Out, ranked: &Ranked, levels: &[TopologicalLevel]) {
    out.words(ranked.nodes.iter().map(|node| node.index() as u32));
    out.words(ranked.rank.iter().copied());
    out.words(levels.iter().flat_map(|level| level.words()));
}

/// Edges in canonical order, which is by source; and by target.
fn edges(out: &mut Out, facts: &Facts) {
    let all = || (0..facts.edge_count()).map(EdgeIndex::new);
    let ends: Vec<[u32; 2]> = all()
        .map(|edge| facts.ends(edge))
        .map(|(from, to)| [from.index() as u32, to.index() as u32])
        .collect();
    out.words(ends.iter().map(|[from, _]| *from));
    out.words(ends.iter().map(|[_, to]| *to));
    out.words(all().map(|edge| facts.weight(edge).class));
    out.words(all().map(|edge| facts.weight(edge).offset));
    let starts = |end: usize| {
        let mut starts = vec![0; facts.node_count() + 1];
        ends.iter().for_each(|ends| starts[ends[end] as usize + 1] += 1);
        for node in 0..facts.node_count() {
            starts[node + 1] += starts[node];
        }
        starts
    };
    out.words(starts(0));
    out.words(starts(1));
    let mut by_target: Vec<u32> = (0..ends.len() as u32).collect();
    // Stable, so that edges to one target stay in canonical order.
    by_target.sort_by_key(|edge| ends[*edge as usize][1]);
    let ordered = |word: &dyn Fn(u32) -> u32| by_target.iter().map(|edge| word(*edge)).collect();
    let parts: [Vec<u32>; 3] = [
        ordered(&|edge| edge),
        ordered(&|edge| ends[edge as usize][0]),
        ordered(&|edge| facts.class_of(EdgeIndex::from(edge))),
    ];
    parts.into_iter().for_each(|part| out.words(part));
    out.words((0..facts.class_count() as u32).map(|class| {
        let (relation, strength) = facts.rule(class);
        (relation as u32) << RULE_SHIFT | u32::from(strength == Strength::Recommended)
    }));
}
