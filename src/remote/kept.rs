//! What is kept of a graph beside nodes and edges when it is saved: what questions would count
//! or order first.

use crate::analysis::{field_uses, learning_rank};
use crate::answer::Body;
use crate::graph::{Atlas, Fetches, Head};
use crate::query::{Session, VERBS};

/// The head of a graph, and the place of each node in its learning order.
pub(crate) fn kept_of(atlas: &Atlas) -> (Head, Vec<u32>) {
    (head_of(atlas), learning_rank(atlas).to_vec())
}

/// The head of a graph.
pub(super) fn head_of(atlas: &Atlas) -> Head {
    let files = atlas.files().iter();
    let uses = field_uses(atlas).into_iter();
    let mut session = Session::new(atlas);
    let counting = VERBS.iter().filter(|verb| verb.fetches == Fetches::Counts);
    let tables = counting.filter_map(|verb| match session.ask(verb.name).ok()?.body {
        Body::Table(table) => Some((verb.name.to_owned(), table.rows)),
        _ => None,
    });
    Head {
        ranked: true,
        counts: [atlas.node_bound() as u64, atlas.edge_bound() as u64],
        schema: atlas.schema().clone(),
        sources: atlas.sources().to_vec(),
        layers: atlas.layers().to_vec(),
        notes: atlas.notes().to_vec(),
        files: files.map(|file| (file.name.clone(), file.ends().to_vec())).collect(),
        field_uses: uses.map(|(name, used)| (name, [used.nodes, used.edges])).collect(),
        tables: tables.collect(),
    }
}
