//! What Cytoscape writes (`.cyjs`), and networkx for it: nodes and edges in `elements`, what is said of
//! each in `data`.

use super::foreign::{self, Dialect, each_link, nodes};
use super::json::{Member, Reader};
use super::roles::RoleWords;

/// The member that holds nodes and edges.
pub(super) const ELEMENTS: &str = "elements";

const DIALECT: Dialect = Dialect {
    words: RoleWords {
        name: &["name", "label", "shared_name"],
        relation: &["interaction", "relation", "label", "kind", "type", "shared_interaction"],
        ..super::roles::LISTED
    },
    within: Some("data"),
    both: true,
    drawing: &DRAWING,
    ..Dialect::PLAIN
};

/// Where things are drawn, how, and what Cytoscape numbers them by.
const DRAWING: [&str; 13] = [
    "SUID",
    "classes",
    "grabbable",
    "group",
    "locked",
    "pannable",
    "position",
    "removed",
    "renderedPosition",
    "scratch",
    "selectable",
    "selected",
    "style",
];

pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) {
    for member in members.iter().filter(|member| member.key == "directed") {
        if member.value == "false" {
            foreign::undirected(reader, member.value);
        }
    }
    let elements = members.iter().find(|member| member.key == ELEMENTS);
    let inner = elements.and_then(|elements| reader.object(elements.value, "`elements`"));
    let inner = inner.unwrap_or_default();
    nodes(reader, &inner, &DIALECT);
    each_link(reader, &inner, |reader, slice, members| {
        let mut facts = foreign::edge(reader, slice, "edge", &DIALECT, members)?;
        facts.properties.retain(|name, value| name != "id" || !value.is_string());
        reader.edge(facts);
        Some(())
    });
}
