//! Everything known of one node, each statement with its sources.

use super::words::{details_in_words, later_layers, sources_in_words, value_in_words};
use super::{Line, Outline, TextRole};
use crate::graph::{Atlas, EdgeIndex, NodeIndex, Strength, is_statements, stated};
use serde_json::Value;
use std::collections::BTreeMap;

/// The card's lines.
pub(super) fn lines(atlas: &Atlas, node: NodeIndex) -> Outline {
    let facts = atlas.node(node);
    let mut lines = vec![
        Line::new(0)
            .node(atlas, node)
            .aside(atlas.kind_words(node))
            .aside(if facts.name.is_some() { facts.id.as_str() } else { "" })
            .aside(later_layers(atlas, &facts.layers)),
    ];
    if !facts.aliases.is_empty() {
        let aliases = facts.aliases.join(", ");
        lines.push(Line::new(1).with(TextRole::Dim, "also called ").with(TextRole::Plain, aliases));
    }
    if !facts.sources.is_empty() {
        let sources = sources_in_words(&facts.sources);
        lines.push(Line::new(1).with(TextRole::Dim, format!("named in {sources}")));
    }
    for (name, value) in facts.properties.iter() {
        property(&mut lines, name, value);
    }
    let schema = atlas.schema();
    let outgoing = grouped(atlas, atlas.edges_from(node));
    for (relation, edges) in outgoing {
        lines.push(Line::new(1).with(TextRole::Strong, &schema.relations[relation].name));
        lines.extend(edges.into_iter().map(|edge| statement(atlas, edge, atlas.ends(edge).1)));
    }
    let incoming = grouped(atlas, atlas.edges_to(node));
    for (relation, edges) in incoming {
        let relation = &schema.relations[relation];
        let inverse = relation.inverse.clone();
        let heading = inverse.unwrap_or_else(|| format!("{} of", relation.name));
        lines.push(Line::new(1).with(TextRole::Strong, heading));
        lines.extend(edges.into_iter().map(|edge| statement(atlas, edge, atlas.ends(edge).0)));
    }
    lines
}

fn property(lines: &mut Outline, name: &str, value: &Value) {
    if is_statements(value) {
        lines.push(Line::new(1).with(TextRole::Strong, name));
        for said in stated(value) {
            let line = Line::new(2).with(TextRole::Plain, value_in_words(said.value));
            let line = in_brackets(line, &details_in_words(said.details));
            lines.push(line.aside(sources_in_words(&said.cited)));
        }
    } else {
        let line = Line::new(1).with(TextRole::Strong, name);
        lines.push(line.with(TextRole::Plain, format!("  {}", value_in_words(value))));
    }
}

fn in_brackets(line: Line, details: &str) -> Line {
    if details.is_empty() { line } else { line.with(TextRole::Plain, format!("  ({details})")) }
}

fn grouped(atlas: &Atlas, edges: Vec<EdgeIndex>) -> BTreeMap<usize, Vec<EdgeIndex>> {
    let mut groups: BTreeMap<usize, Vec<EdgeIndex>> = BTreeMap::new();
    for edge in edges {
        groups.entry(atlas.edge(edge).relation).or_default().push(edge);
    }
    for edges in groups.values_mut() {
        edges.sort_by_cached_key(|edge| (atlas.edge(*edge).list_position(), *edge));
    }
    groups
}

fn statement(atlas: &Atlas, edge: EdgeIndex, other: NodeIndex) -> Line {
    let facts = atlas.edge(edge);
    let recommended = facts.strength == Strength::Recommended;
    let details = details_in_words(facts.properties.iter().filter(|(name, _)| *name != "strength"));
    let parts = [if recommended { "recommended, optional" } else { "" }, &details];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let line = in_brackets(Line::new(2).node(atlas, other), &parts.join("; "));
    line.aside(sources_in_words(facts.sources)).aside(later_layers(atlas, &[facts.layer]))
}
