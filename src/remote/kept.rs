//! What is kept of a graph beside nodes and edges when it is saved: what questions would count
//! or order first.

use super::engine::{Reply, Store};
use crate::analysis::{field_uses, learning_rank};
use crate::answer::Body;
use crate::diagnostic::{Diagnostic, Note};
use crate::graph::{Atlas, Fetches, Head};
use crate::query::{Session, VERBS};
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

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
        files: files.map(|file| (file.name.clone(), file.ends().len() as u32)).collect(),
        field_uses: uses.map(|(name, used)| (name, [used.nodes, used.edges])).collect(),
        tables: tables.collect(),
    }
}

/// Saves a graph where an engine holds one.
pub(crate) fn save(engine: &mut dyn Store, atlas: &Atlas, stop: &AtomicBool) -> Reply<()> {
    let refusal = |message: String| Diagnostic::new("not-saved", message).outside();
    let head =
        serde_json::to_string(&head_of(atlas)).map_err(|error| refusal(error.to_string()))?;
    let kinds = atlas.schema().kinds.iter().map(|kind| &kind.name);
    let relations = atlas.schema().relations.iter().map(|relation| &relation.name);
    if kinds.chain(relations).any(|name| name.contains('\0')) {
        let message = "a kind or a relation holds a NUL character, which no database takes";
        return Err(refusal(message.to_owned()));
    }
    engine.save(atlas, (head, learning_rank(atlas).to_vec()), stop)
}

/// The head among what a database keeps, and which save it is of; `told` is where that is.
pub(super) fn head_from(
    found: &HashMap<String, String>,
    version: i64,
    told: &str,
) -> Reply<(Head, String)> {
    if found.is_empty() {
        let problem = Diagnostic::new("no-graph", format!("there is no {told}")).outside();
        let help = Note::naming("`", "save", " ADDRESS` puts one there, `?graph=NAME` names it");
        return Err(problem.help(help));
    }
    let anew = "save the graph anew with this program";
    let own = found.get("version").and_then(|text| text.parse::<i64>().ok());
    if own != Some(version) {
        let known = own.map_or("no version".to_owned(), |own| format!("version {own}"));
        let message = format!("{told} is of {known}; this program reads {version}");
        return Err(Diagnostic::new("other-version", message).outside().help(anew));
    }
    let head: Option<Head> = found.get("head").and_then(|text| serde_json::from_str(text).ok());
    if let (Some(head), Some(saved)) = (head, found.get("saved")) {
        return Ok((head, saved.clone()));
    }
    Err(Diagnostic::new("bad-rows", format!("{told} is damaged")).outside().help(anew))
}
