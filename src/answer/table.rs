//! The answer as plain rows and columns, for spreadsheets.

use super::columns::ALWAYS;
use super::words::{details_in_words, told_on_path};
use super::{Answer, Body, COLUMNS, Column, Path, Table, column, edge_as_stored, sources_in_words};
use crate::graph::{Atlas, Citation, EdgeIndex, NodeIndex, stated};
use serde_json::Value;

impl Answer {
    /// The answer as rows and columns: a node a row, a step of a path a row, a statement of a
    /// card a row.
    #[must_use]
    pub fn table(&self) -> Table {
        let atlas: &Atlas = &self.atlas;
        match &self.body {
            Body::Table(table) => table.clone(),
            Body::Value(value) => Table::new(&["value"], vec![vec![value.clone()]]),
            Body::Card(node) => {
                let columns = ["statement", "about", "value", "layer", "sources", "details"];
                Table::new(&columns, statements(atlas, *node))
            }
            Body::Paths(paths) => {
                let columns = ["path", "step", "id", "name", "kind", "edge", "sources", "details"];
                let routes = paths.routes.iter().enumerate();
                let rows = routes.flat_map(|(at, route)| steps(atlas, at + 1, route));
                Table::new(&columns, rows.collect())
            }
            Body::Set(_) | Body::Plan(_) => node_table(self),
        }
    }
}

/// The columns that a file always has, then those in which a page would say something more.
fn node_table(answer: &Answer) -> Table {
    let (listing, nodes) = (answer.listing(), answer.nodes());
    let always = ALWAYS.iter().filter_map(|name| column(name));
    let said = |column: &&Column| {
        !ALWAYS.contains(&column.name)
            && nodes.iter().any(|node| !column.on_page(&listing, *node).is_empty())
    };
    let columns: Vec<&Column> = always.chain(COLUMNS.iter().filter(said)).collect();
    let row =
        |node: &NodeIndex| columns.iter().map(|column| column.in_file(&listing, *node)).collect();
    let headings: Vec<&str> = columns.iter().map(|column| column.heading(&listing)).collect();
    Table::new(&headings, nodes.iter().map(row).collect())
}

fn steps(atlas: &Atlas, path: usize, route: &Path) -> Vec<Vec<Value>> {
    let step = |(at, node): (usize, &NodeIndex)| {
        let facts = atlas.node(*node);
        let hop: &[EdgeIndex] = at.checked_sub(1).map_or(&[], |before| &route.hops[before]);
        let edge = hop.first().map(|edge| edge_as_stored(atlas, *edge, route.nodes[at - 1]));
        let cited: Vec<Citation> =
            hop.iter().flat_map(|edge| atlas.edge(*edge).sources.to_vec()).collect();
        vec![
            path.into(),
            (at + 1).into(),
            facts.id.as_str().into(),
            facts.name().into(),
            atlas.kind_words(*node).into(),
            edge.map_or(Value::Null, Value::from),
            sources_in_words(&cited).into(),
            or_nothing(told_on_path(atlas, hop)),
        ]
    };
    route.nodes.iter().enumerate().map(step).collect()
}

/// Every statement about a node: its properties, then its edges.
fn statements(atlas: &Atlas, node: NodeIndex) -> Vec<Vec<Value>> {
    let facts = atlas.node(node);
    let mut rows = Vec::new();
    for (name, value) in facts.properties.iter() {
        for said in stated(value) {
            rows.push(vec![
                "property".into(),
                name.into(),
                said.value.clone(),
                Value::Null,
                sources_in_words(&said.cited).into(),
                or_nothing(details_in_words(said.details)),
            ]);
        }
    }
    let incoming = atlas.edges_to(node).into_iter().filter(|edge| atlas.ends(*edge).0 != node);
    for edge in atlas.edges_from(node).into_iter().chain(incoming) {
        let said = atlas.edge(edge);
        rows.push(vec![
            "edge".into(),
            atlas.relation_of(edge).name.as_str().into(),
            edge_as_stored(atlas, edge, node).into(),
            atlas.layers()[said.layer].as_str().into(),
            sources_in_words(said.sources).into(),
            or_nothing(details_in_words(said.properties.iter())),
        ]);
    }
    rows
}

fn or_nothing(words: String) -> Value {
    if words.is_empty() { Value::Null } else { words.into() }
}
