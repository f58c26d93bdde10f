//! Nodes and edges in sentences: their names, a few of many, and who says so.

use crate::answer::sources_in_words;
use crate::graph::{Atlas, EdgeIndex, NodeIndex, quoted_if_needed};

/// How many names a sentence lists.
pub(crate) const SHOWN: usize = 5;

/// The node's name.
pub(crate) fn name(atlas: &Atlas, node: NodeIndex) -> &str {
    atlas.name(node)
}

/// All names, with this between them.
pub(crate) fn all_names(atlas: &Atlas, nodes: &[NodeIndex], joint: &str) -> String {
    let names: Vec<&str> = nodes.iter().map(|node| name(atlas, *node)).collect();
    names.join(joint)
}

/// The first few names, and how many more there are.
pub(crate) fn names(atlas: &Atlas, nodes: &[NodeIndex]) -> String {
    match nodes.len() {
        0 => "nothing".to_owned(),
        1..=SHOWN => all_names(atlas, nodes, ", "),
        count => format!("{} and {} more", all_names(atlas, &nodes[..SHOWN], ", "), count - SHOWN),
    }
}

/// `; argo-cd alternative-to flux-cd (argo-cd-docs)`: who says that one of several suffices, if
/// that is not the one who needs them.
pub(crate) fn said_by(atlas: &Atlas, ties: &[EdgeIndex]) -> String {
    let told = ties.iter().take(SHOWN).map(|edge| {
        let (from, to) = atlas.ends(*edge);
        let [from, to] = [from, to].map(|end| atlas.node(end).id.as_str());
        let stated = format!("{from} {} {to}", atlas.relation_of(*edge).name);
        match sources_in_words(atlas.edge(*edge).sources) {
            sources if sources.is_empty() => stated,
            sources => format!("{stated} ({sources})"),
        }
    });
    let told = told.collect::<Vec<String>>().join(", ");
    match ties.len() {
        0 => String::new(),
        count if count > SHOWN => format!("; {told} and {} more", count - SHOWN),
        _ => format!("; {told}"),
    }
}

/// How many ids an error lists.
const LISTED: usize = 50;

/// The ids as one writes them in a query, and how many more there are.
pub(crate) fn listed_ids(atlas: &Atlas, nodes: &[NodeIndex]) -> String {
    let ids = nodes.iter().take(LISTED).map(|node| quoted_if_needed(&atlas.node(*node).id));
    let ids = ids.collect::<Vec<String>>().join(", ");
    if nodes.len() > LISTED { format!("{ids} and {} more", nodes.len() - LISTED) } else { ids }
}
