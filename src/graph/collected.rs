//! What has been fetched of a graph so far, and the atlas made of it.

use super::partial::{Head, NEEDS, OPENS, Partial, ROW, Wanted, distinct};
use crate::graph::edge::{EdgeClass, EdgeWeight};
use crate::graph::facts::Facts;
use crate::graph::index::IndexCache;
use crate::graph::names::SortedNames;
use crate::graph::sources::SourceTable;
use crate::graph::store::Store;
use crate::graph::{
    Atlas, Citation, EdgeIndex, FileLines, FilePlace, Flow, KindId, Node, NodeIndex, Prerequisite,
    Properties, PropertyList, Strength, Structure,
};
use crate::number_hash;
use petgraph::graph::DiGraph;
use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicU8;
use std::sync::{Arc, Mutex};

/// A node as it was fetched.
#[derive(Debug, Clone, Default)]
pub(crate) struct NodeRecord {
    pub(crate) number: i64,
    /// Its place in the learning order.
    pub(crate) rank: u32,
    pub(crate) id: String,
    pub(crate) kinds: Vec<String>,
    pub(crate) name: Option<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) layers: Vec<usize>,
    pub(crate) properties: Properties,
    pub(crate) sources: Vec<Citation>,
    pub(crate) place: FilePlace,
}

/// An edge as it was fetched; its number is its place in canonical order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EdgeRecord {
    pub(crate) number: i64,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) class: u32,
    pub(crate) offset: u32,
}

/// By number: nobody chose them, so nobody has to be kept from choosing them.
type ByNumber<T> = number_hash::ByNumber<i64, T>;

/// What has been fetched so far.
#[derive(Debug)]
pub(crate) struct Collected {
    head: Arc<Head>,
    /// What is here of each node that has been met.
    here: ByNumber<u8>,
    rows: ByNumber<(u32, Node)>,
    edges: Vec<EdgeRecord>,
    classes: Vec<EdgeClass>,
    property_names: HashSet<Arc<str>>,
    names: HashSet<String>,
    near: HashSet<String>,
    kinds: HashMap<KindId, Vec<i64>>,
    sought: HashMap<String, Vec<i64>>,
    /// By relation: the end that one needs first in the flows that are followed.
    ways: Vec<Prerequisite>,
    /// What the learning order comes from, once it has been asked for.
    pub(crate) structure: Option<Arc<Structure>>,
}

impl Collected {
    /// Nothing of the graph with this head.
    pub(crate) fn new(head: &Arc<Head>) -> Self {
        Self {
            head: Arc::clone(head),
            here: ByNumber::default(),
            rows: ByNumber::default(),
            edges: Vec::new(),
            classes: Vec::new(),
            property_names: HashSet::new(),
            names: HashSet::new(),
            near: HashSet::new(),
            kinds: HashMap::new(),
            sought: HashMap::new(),
            ways: vec![Prerequisite::None; head.schema.relations.len()],
            structure: None,
        }
    }

    /// A node of that number is known to be.
    pub(crate) fn meet(&mut self, number: i64) {
        self.here.entry(number).or_default();
    }

    /// These parts of a node are here from now on.
    pub(crate) fn mark(&mut self, number: i64, parts: u8) {
        *self.here.entry(number).or_default() |= parts;
    }

    /// What has this name, what is like this word, or of this kind, is here from now on.
    pub(crate) fn asked(&mut self, wanted: &Wanted) {
        self.names.extend(wanted.names.iter().cloned());
        if wanted.names.is_empty() {
            self.near.extend(wanted.near.iter().cloned());
        }
        for kind in &wanted.kinds {
            self.kinds.entry(*kind).or_default();
        }
    }

    /// A member of a kind.
    pub(crate) fn member(&mut self, kind: KindId, number: i64) {
        self.meet(number);
        self.kinds.entry(kind).or_default().push(number);
    }

    /// What may fit a search.
    pub(crate) fn found(&mut self, text: &str, numbers: Vec<i64>) {
        numbers.iter().for_each(|number| self.meet(*number));
        self.sought.insert(text.to_owned(), numbers);
    }

    /// A node of which no more is known than this kind.
    pub(crate) fn of_kind(&mut self, number: i64, kind: KindId) {
        self.meet(number);
        let (_, node) = self.rows.entry(number).or_default();
        node.kinds = node.kinds.iter().copied().chain([kind]).collect();
    }

    /// A node; false if it is of a kind that the head does not know.
    pub(crate) fn row(&mut self, record: NodeRecord) -> bool {
        let schema = &self.head.schema;
        let kinds = record.kinds.iter().map(|kind| schema.kind(kind));
        let Some(kinds) = kinds.collect::<Option<Arc<[KindId]>>>() else { return false };
        self.mark(record.number, ROW);
        let node = Node {
            id: record.id,
            kinds,
            name: record.name,
            aliases: record.aliases,
            layers: record.layers.into(),
            properties: self.shared(record.properties),
            sources: record.sources,
            place: record.place,
        };
        self.rows.insert(record.number, (record.rank, node));
        true
    }

    fn shared(&mut self, properties: Properties) -> PropertyList {
        let names = &mut self.property_names;
        PropertyList::new(properties, |name| match names.get(name) {
            Some(known) => Arc::clone(known),
            None => {
                let name: Arc<str> = name.into();
                names.insert(Arc::clone(&name));
                name
            }
        })
    }

    /// What edges say beyond their ends, numbered; `None` if the head does not know the relation.
    pub(crate) fn class(
        &mut self,
        relation: &str,
        (layer, file): (usize, u32),
        properties: Properties,
        sources: Vec<Citation>,
    ) -> Option<u32> {
        let relation = self.head.schema.relation(relation)?;
        let properties = self.shared(properties);
        let own = Strength::said_by(&properties);
        let strength = own.unwrap_or(self.head.schema.relations[relation].strength);
        self.classes.push(EdgeClass { relation, layer, file, strength, properties, sources });
        Some(self.classes.len() as u32 - 1)
    }

    /// An edge, which may be here already.
    pub(crate) fn edge(&mut self, edge: EdgeRecord) {
        self.meet(edge.from);
        self.meet(edge.to);
        self.edges.push(edge);
    }

    /// How many edges are here; those that came twice count twice until the next atlas.
    pub(crate) fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// Are these parts of the node here?
    pub(crate) fn has(&self, number: i64, parts: u8) -> bool {
        self.here.get(&number).is_some_and(|here| here & parts == parts)
    }

    /// The numbers of all nodes that have been met, ascending.
    pub(crate) fn numbers(&self) -> Vec<i64> {
        distinct(self.here.keys().copied())
    }

    /// Is the row of the node here?
    pub(crate) fn has_row(&self, number: i64) -> bool {
        self.here.get(&number).is_some_and(|parts| parts & ROW != 0)
    }

    /// What has been met and has no row.
    pub(crate) fn without_row(&self) -> Vec<i64> {
        distinct(self.here.iter().filter(|(_, here)| *here & ROW == 0).map(|(number, _)| *number))
    }

    /// The atlas of what is here; of the `whole` graph nothing is missing. O(n log n + m log m).
    pub(crate) fn atlas(&mut self, whole: bool) -> Atlas {
        let relation = |edge: &EdgeRecord| self.classes[edge.class as usize].relation;
        self.edges.sort_unstable_by_key(|edge| (edge.from, relation(edge), edge.to, edge.number));
        // What was fetched twice stands side by side now, as its number is part of the order.
        self.edges.dedup_by_key(|edge| edge.number);
        let mut nodes: Vec<(i64, u8)> = self.here.iter().map(|(no, here)| (*no, *here)).collect();
        // Numbers follow ids, so that places here ascend by id as in any atlas.
        nodes.sort_unstable();
        let place: ByNumber<NodeIndex> =
            nodes.iter().enumerate().map(|(at, (no, _))| (*no, NodeIndex::new(at))).collect();
        let mut graph = DiGraph::with_capacity(nodes.len(), self.edges.len());
        let (mut rank, mut ids) = (vec![u32::MAX; nodes.len()], HashMap::new());
        for (at, (number, _)) in nodes.iter().enumerate() {
            let node = self.rows.get(number).map(|(place, node)| {
                rank[at] = *place;
                ids.insert(Box::from(node.id.as_str()), at as u32);
                node.clone()
            });
            graph.add_node(node.unwrap_or_default());
        }
        for edge in &self.edges {
            let weight = EdgeWeight { class: edge.class, offset: edge.offset };
            let _: EdgeIndex = graph.add_edge(place[&edge.from], place[&edge.to], weight);
        }
        let classes = self.classes.clone();
        let facts = Facts::Loaded { graph, classes, ids: (!whole).then_some(ids) };
        let partial = (!whole).then(|| Box::new(self.partial(&nodes, rank, &place)));
        let files = self.head.files.iter();
        let store = Store {
            facts,
            schema: self.head.schema.clone(),
            sources: SourceTable::Loaded(self.head.sources.clone()),
            layers: self.head.layers.clone(),
            files: files.map(|(name, lines)| FileLines::numbered(name, *lines)).collect(),
            notes: self.head.notes.clone(),
            names: SortedNames::default(),
            indices: IndexCache::default(),
            partial,
        };
        Atlas { store: Arc::new(store), overlay: None, learning_rank: Arc::default() }
    }

    fn partial(&self, nodes: &[(i64, u8)], rank: Vec<u32>, place: &ByNumber<NodeIndex>) -> Partial {
        let placed = |numbers: &[i64]| {
            let numbers = distinct(numbers.iter().copied());
            numbers.iter().map(|number| place[number]).collect()
        };
        let structure = self.structure.clone();
        Partial {
            head: Arc::clone(&self.head),
            numbers: nodes.iter().map(|(number, _)| *number).collect(),
            here: nodes.iter().map(|(_, here)| *here).collect(),
            missed: nodes.iter().map(|_| AtomicU8::new(0)).collect(),
            rank,
            ways: self.ways.clone(),
            names: self.names.clone(),
            near: self.near.clone(),
            kinds: self.kinds.iter().map(|(kind, all)| (*kind, placed(all))).collect(),
            sought: self.sought.iter().map(|(text, all)| (text.clone(), placed(all))).collect(),
            structure: structure.map(|own| own as Arc<dyn Any + Send + Sync>),
            ranked: self.head.ranked,
            others: Mutex::default(),
            advising: false.into(),
        }
    }

    /// By relation: the end that one needs first, in the flows that are followed.
    pub(crate) fn ways(&self) -> &[Prerequisite] {
        &self.ways
    }

    /// Other flows are followed from now on: what was here of the earlier ones is not all of these.
    pub(crate) fn follow(&mut self, ways: Vec<Prerequisite>) {
        self.ways = ways;
        self.here.values_mut().for_each(|here| *here &= !(NEEDS | OPENS));
    }

    /// The relations that the learning order comes from.
    pub(crate) fn shaping(&self) -> Vec<u32> {
        let ways = Flow::ways_of_paths(&self.head.schema);
        let relations = (0..).zip(ways.iter().zip(&self.head.schema.relations));
        let shaping = relations.filter(|(_, (way, own))| **way != Prerequisite::None || own.route);
        shaping.map(|(relation, _)| relation).collect()
    }
}
