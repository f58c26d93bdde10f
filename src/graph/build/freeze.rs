//! Checked facts to an [`Atlas`]: nodes by id, edges in an order that no shuffling of a file
//! changes.

use super::builder::{Builder, PROBLEMS};
use super::draft::{EdgeDraft, Interned, NodeSlot};
use crate::csr::Csr;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::edge::EdgeClass;
use crate::graph::facts::{Facts, Graph};
use crate::graph::index::IndexCache;
use crate::graph::names::{SortedNames, beginning};
use crate::graph::sources::SourceTable;
use crate::graph::store::Store;
use crate::graph::{Atlas, EdgeWeight, FileLines, KindId, Node, NodeIndex, Schema, Strength};
use std::cmp::Ordering;
use std::sync::Arc;

impl Builder {
    /// Checks everything and builds the atlas.
    ///
    /// # Errors
    /// All problems noted or found, in the order of files and places.
    pub fn finish(mut self) -> Result<Atlas, Vec<Diagnostic>> {
        self.join_twins();
        // Ends are looked for in every way before any is made: what can be found is not made anew.
        self.join_names();
        self.define_ends();
        self.check_vocabulary();
        self.check_ends();
        let problems = self.sorted_problems();
        if problems.is_empty() { Ok(self.frozen()) } else { Err(problems) }
    }

    /// The atlas of facts in which nothing is wrong: what was prepared is known to be right.
    pub(crate) fn frozen(self) -> Atlas {
        let Builder {
            nodes,
            edges,
            shared,
            relations,
            mut classes,
            schema,
            files,
            kept,
            sources,
            layers,
            notes,
            ..
        } = self;
        // Texts go before the graph comes: both may be large.
        let texts = files.into_iter().skip(kept.len());
        let files = kept.into_iter().chain(texts.map(|text| FileLines::new(&text))).collect();
        let mut graph = Graph::with_capacity(nodes.len(), edges.len());
        let position = add_nodes(&mut graph, nodes, &shared, &schema);
        for class in &mut classes {
            let name = relations.item(class.relation);
            class.relation = schema.relation(name).unwrap_or_default();
            class.strength = Strength::said_by(&class.properties).unwrap_or_else(|| {
                schema.relations.get(class.relation).map_or(Strength::Required, |own| own.strength)
            });
        }
        add_edges(&mut graph, edges, &position, &classes);
        let store = Store {
            facts: Facts::Loaded { graph, classes, ids: None },
            schema,
            sources: SourceTable::Loaded(sources.into_values().collect()),
            layers,
            files,
            notes,
            names: SortedNames::default(),
            indices: IndexCache::default(),
            partial: None,
        };
        Atlas { store: Arc::new(store), overlay: None, learning_rank: Arc::default() }
    }

    /// The problems in the order of files and places; the last one says if there may be more.
    fn sorted_problems(&mut self) -> Vec<Diagnostic> {
        let mut problems = std::mem::take(&mut self.problems);
        let file =
            |place: &Place| self.files.iter().position(|file| Arc::ptr_eq(file, &place.text));
        let order = |place: &Place| (file(place), place.span.start);
        problems.sort_by_key(|problem| problem.place.as_ref().map(order));
        problems.truncate(PROBLEMS);
        if let Some(last) = problems.get_mut(PROBLEMS - 1) {
            last.help.push("there may be more problems: no more are told at once".into());
        }
        problems
    }
}

/// Adds the nodes by id; where each number went.
fn add_nodes(
    graph: &mut Graph,
    mut nodes: Vec<NodeSlot>,
    shared: &Interned,
    schema: &Schema,
) -> Vec<u32> {
    let mut order: Vec<(u128, u32)> = Vec::with_capacity(nodes.len());
    order.extend((0..).zip(&nodes).map(|(at, node)| (beginning(node.id()), at)));
    let id = |at: u32| nodes[at as usize].id();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    let kinds: Vec<Option<KindId>> = shared.kinds.items().map(|name| schema.kind(name)).collect();
    let kinds = |set: &Arc<[usize]>| set.iter().filter_map(|kind| *kinds.get(*kind)?).collect();
    let kinds: Vec<Arc<[KindId]>> = shared.sets.items().map(kinds).collect();
    let mut position = vec![0; nodes.len()];
    for (_, at) in order {
        let named =
            std::mem::replace(&mut nodes[at as usize], NodeSlot::Referenced(Box::default()));
        let NodeSlot::Defined(draft) = named else { continue };
        position[at as usize] = graph.node_count() as u32;
        graph.add_node(Node {
            id: draft.id,
            kinds: Arc::clone(&kinds[draft.kinds as usize]),
            name: draft.name,
            aliases: draft.aliases,
            layers: Arc::clone(shared.sets.item(draft.layers as usize)),
            properties: draft.properties,
            sources: draft.sources,
            place: draft.place,
        });
    }
    position
}

/// Adds the edges in canonical order: by source, relation and target, then by what they say.
fn add_edges(graph: &mut Graph, drafts: Vec<EdgeDraft>, position: &[u32], classes: &[EdgeClass]) {
    let entries = drafts.iter().map(|EdgeDraft { ends, class, offset }| {
        let [from, to] = ends.map(|end| NodeIndex::new(position[end as usize] as usize));
        (from, to, EdgeWeight { class: *class, offset: *offset })
    });
    let mut by_source = Csr::from_entries(graph.node_count(), entries);
    drop(drafts);
    let class = |edge: &EdgeWeight| &classes[edge.class as usize];
    by_source.sort_rows(|(a_to, a), (b_to, b)| {
        let (a, b) = (class(a), class(b));
        (a.relation, a_to).cmp(&(b.relation, b_to)).then_with(|| by_details(a, b))
    });
    for from in 0..by_source.len() {
        let (targets, weights) = by_source.entries(from);
        for (to, weight) in targets.iter().zip(weights) {
            graph.add_edge(NodeIndex::new(from), *to, *weight);
        }
    }
}

/// The order of edges of the same relation between the same nodes.
fn by_details(a: &EdgeClass, b: &EdgeClass) -> Ordering {
    // As texts, since values of JSON have no order of their own.
    let details = |class: &EdgeClass| serde_json::to_string(&class.properties).unwrap_or_default();
    (details(a).cmp(&details(b)))
        .then_with(|| a.sources.cmp(&b.sources))
        .then_with(|| a.layer.cmp(&b.layer))
}
