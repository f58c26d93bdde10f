//! `kinds`, `relations` and `fields`: the vocabulary with counts.

use super::{Verb, whole};
use crate::analysis::field_uses;
use crate::answer::{Answer, COLUMNS, Listing, Of};
use crate::data::prerequisite_word;
use crate::graph::{Atlas, NodeIndex, Strength};
use crate::query::Limits;
use serde_json::Value;

pub(super) const KINDS: Verb = Verb {
    name: "kinds",
    summary: "the kinds of nodes, with counts",
    example: "kinds",
    bind: |arguments| whole::bind(arguments, KIND_COLUMNS, kinds),
    ..whole::PLAIN
};

pub(super) const RELATIONS: Verb = Verb {
    name: "relations",
    summary: "the relations between nodes, with counts and flow",
    example: "relations",
    bind: |arguments| whole::bind(arguments, RELATION_COLUMNS, relations),
    ..whole::PLAIN
};

pub(super) const FIELDS: Verb = Verb {
    name: "fields",
    summary: "the fields of nodes and edges, for `where`, `sort by` and `select`",
    example: "fields",
    bind: |arguments| whole::bind(arguments, FIELD_COLUMNS, fields),
    ..whole::PLAIN
};

const KIND_COLUMNS: &[&str] = &["kind", "plural", "nodes", "milestone", "summary"];

fn kinds(atlas: &Atlas, _: &Limits<'_>) -> Answer {
    let mut counts = vec![0usize; atlas.schema().kinds.len()];
    for node in atlas.nodes() {
        for kind in atlas.node(node).kinds.iter() {
            counts[*kind] += 1;
        }
    }
    let rows = atlas.schema().kinds.iter().zip(counts).map(|(kind, count)| {
        vec![
            kind.name.as_str().into(),
            kind.plural().into(),
            count.into(),
            kind.milestone.into(),
            optional(kind.summary.as_ref()),
        ]
    });
    Answer::of_rows(atlas, KIND_COLUMNS, rows.collect())
}

const RELATION_COLUMNS: &[&str] =
    &["relation", "edges", "prerequisite", "flags", "inverse", "summary"];

fn relations(atlas: &Atlas, _: &Limits<'_>) -> Answer {
    let mut counts = vec![0usize; atlas.schema().relations.len()];
    for edge in atlas.edges() {
        counts[atlas.edge(edge).relation] += 1;
    }
    let rows = atlas.schema().relations.iter().zip(counts).map(|(relation, count)| {
        let flags = [
            (relation.strength == Strength::Recommended, "recommended"),
            (relation.acyclic, "acyclic"),
            (relation.route, "route"),
            (relation.entry, "entry"),
            (relation.owns, "owns"),
            (relation.alternative, "alternative"),
        ];
        let flags = flags.iter().filter(|(set, _)| *set).map(|(_, name)| *name);
        vec![
            relation.name.as_str().into(),
            count.into(),
            relation.prerequisite.map_or(Value::Null, |which| prerequisite_word(which).into()),
            flags.collect::<Vec<&str>>().join(", ").into(),
            optional(relation.inverse.as_ref()),
            optional(relation.summary.as_ref()),
        ]
    });
    Answer::of_rows(atlas, RELATION_COLUMNS, rows.collect())
}

const FIELD_COLUMNS: &[&str] = &["field", "type", "nodes", "edges", "summary"];

fn fields(atlas: &Atlas, _: &Limits<'_>) -> Answer {
    let listing = Listing::plain(atlas);
    let own = COLUMNS.iter().filter(|column| column.of == Of::Nodes).map(|column| {
        let says = |node: &NodeIndex| !(column.cell)(&listing, *node).values(atlas).is_empty();
        let nodes = atlas.nodes().filter(says).count();
        vec![column.name.into(), Value::Null, nodes.into(), Value::Null, column.summary.into()]
    });
    let mut rows: Vec<Vec<Value>> = own.collect();
    let declared = &atlas.schema().fields;
    let mut uses = field_uses(atlas);
    for name in declared.keys() {
        uses.entry(name.clone()).or_default();
    }
    rows.extend(uses.into_iter().map(|(name, used)| {
        let kind = declared.get(&name).map(|field| field.kind.name());
        let kind = kind.map_or(Value::Null, Value::from);
        vec![name.into(), kind, used.nodes.into(), used.edges.into(), Value::Null]
    }));
    Answer::of_rows(atlas, FIELD_COLUMNS, rows)
}

fn optional(text: Option<&String>) -> Value {
    text.map_or(Value::Null, |text| text.as_str().into())
}
