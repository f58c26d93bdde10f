//! `kinds`, `relations` and `fields`: the vocabulary with counts.

use super::{Takes, Verb};
use crate::analysis::field_uses;
use crate::answer::{Answer, Body, COLUMNS, Listing, Of, Shape, Table};
use crate::data::prerequisite_word;
use crate::graph::{Atlas, Fetches, NodeIndex, Strength};
use crate::query::{Limits, Operator, columns};
use serde_json::Value;

pub(super) const KINDS: Verb = Verb {
    name: "kinds",
    fetches: Fetches::Counts,
    takes: Takes::Nothing,
    options: &[],
    summary: "the kinds of nodes, with counts",
    example: "kinds",
    shape: Shape::Table,
    bind: |arguments| {
        arguments.nothing()?;
        Ok(Box::new(Kinds))
    },
};

pub(super) const RELATIONS: Verb = Verb {
    name: "relations",
    fetches: Fetches::Counts,
    takes: Takes::Nothing,
    options: &[],
    summary: "the relations between nodes, with counts and flow",
    example: "relations",
    shape: Shape::Table,
    bind: |arguments| {
        arguments.nothing()?;
        Ok(Box::new(Relations))
    },
};

pub(super) const FIELDS: Verb = Verb {
    name: "fields",
    fetches: Fetches::Counts,
    takes: Takes::Nothing,
    options: &[],
    summary: "the fields of nodes and edges, for `where`, `sort by` and `select`",
    example: "fields",
    shape: Shape::Table,
    bind: |arguments| {
        arguments.nothing()?;
        Ok(Box::new(Fields))
    },
};

const KIND_COLUMNS: &[&str] = &["kind", "plural", "nodes", "milestone", "summary"];

#[derive(Debug)]
struct Kinds;

impl Operator for Kinds {
    fn columns(&self) -> Vec<String> {
        columns(KIND_COLUMNS)
    }

    fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
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
        let table = Table::new(KIND_COLUMNS, rows.collect());
        Answer::new(atlas, Body::Table(table))
    }
}

const RELATION_COLUMNS: &[&str] =
    &["relation", "edges", "prerequisite", "flags", "inverse", "summary"];

#[derive(Debug)]
struct Relations;

impl Operator for Relations {
    fn columns(&self) -> Vec<String> {
        columns(RELATION_COLUMNS)
    }

    fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
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
        let table = Table::new(RELATION_COLUMNS, rows.collect());
        Answer::new(atlas, Body::Table(table))
    }
}

const FIELD_COLUMNS: &[&str] = &["field", "type", "nodes", "edges", "summary"];

#[derive(Debug)]
struct Fields;

impl Operator for Fields {
    fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
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
        Answer::new(atlas, Body::Table(Table::new(FIELD_COLUMNS, rows)))
    }

    fn columns(&self) -> Vec<String> {
        columns(FIELD_COLUMNS)
    }
}

fn optional(text: Option<&String>) -> Value {
    text.map_or(Value::Null, |text| text.as_str().into())
}
