//! A builder that holds what a snapshot does, so that other files can be laid over it.

use super::builder::Builder;
#[cfg(feature = "postgres")]
use super::draft::NodeSlot;
use super::draft::{EdgeDraft, NodeDraft};
use crate::diagnostic::Text;
use crate::graph::edge::EdgeClass;
use crate::graph::{Atlas, EdgeIndex, NodeFacts};
use std::sync::Arc;

impl Builder {
    /// A builder that holds what the atlas was loaded with, as if it had read its files. If their
    /// texts are given, problems can show what stands there. O(n + m).
    pub(crate) fn holding(atlas: &Atlas, texts: Option<Vec<Arc<Text>>>) -> Self {
        let store = &*atlas.store;
        let mut builder = Self::default();
        builder.kept = if texts.is_some() { Vec::new() } else { store.files.clone() };
        let nameless = || store.files.iter().map(|file| Text::lasting(&*file.name, "")).collect();
        builder.files = texts.unwrap_or_else(nameless);
        builder.layers.clone_from(&store.layers);
        builder.notes.clone_from(&store.notes);
        builder.sources =
            store.sources.all().iter().map(|source| (source.id.clone(), source.clone())).collect();
        let kinds = store.schema.kinds.iter().map(|kind| Arc::from(kind.name.as_str()));
        builder.shared.kinds = kinds.collect();
        let relations = &store.schema.relations;
        builder.relations = relations.iter().map(|own| Arc::from(own.name.as_str())).collect();
        for node in atlas.loaded_nodes() {
            let known = atlas.node(node);
            let facts = NodeFacts {
                id: known.id.clone(),
                name: known.name.clone(),
                aliases: known.aliases.clone(),
                sources: known.sources.clone(),
                place: known.place,
                ..NodeFacts::default()
            };
            let sets = [&known.kinds, &known.layers].map(|set| builder.shared.sets.number(set));
            let properties = builder.shared.shared(&known.properties);
            builder.restore_node(NodeDraft::restored(facts, properties, sets));
        }
        for class in 0..store.facts.class_count() as u32 {
            let class = store.facts.class(class);
            builder.classes.push(EdgeClass {
                properties: builder.shared.shared(&class.properties),
                sources: class.sources.clone(),
                ..*class
            });
        }
        builder.edges = edge_drafts(atlas);
        // What was merely found is found again, if it is still there.
        builder.schema = store.schema.clone();
        let schema = &mut builder.schema;
        schema.kinds.retain(|kind| schema.declared_kinds.contains(&kind.name));
        schema.relations.retain(|own| schema.declared_relations.contains(&own.name));
        builder
    }

    /// One that holds a part of a graph: the words of the whole stay known.
    #[cfg(feature = "postgres")]
    pub(crate) fn holding_part(atlas: &Atlas) -> Self {
        let schema = atlas.schema();
        let kinds = schema.kinds.iter().map(|kind| kind.name.clone()).collect();
        let relations = schema.relations.iter().map(|relation| relation.name.clone()).collect();
        let mut builder = Self::holding(atlas, None);
        builder.elsewhere = [kinds, relations];
        builder
    }

    /// The ids that were named so far.
    #[cfg(feature = "postgres")]
    pub(crate) fn mentioned(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(NodeSlot::id)
    }
}

fn edge_drafts(atlas: &Atlas) -> Vec<EdgeDraft> {
    let facts = &atlas.store.facts;
    let draft = |edge: EdgeIndex| {
        let (from, to) = facts.ends(edge);
        let weight = facts.weight(edge);
        let ends = [from.index() as u32, to.index() as u32];
        EdgeDraft { ends, class: weight.class, offset: weight.offset }
    };
    (0..atlas.edge_bound()).map(EdgeIndex::new).map(draft).collect()
}
