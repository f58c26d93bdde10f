//! Node-link JSON, as networkx and d3 write it: `nodes` with `links` or `edges`, whose ends are
//! `source` and `target`. What it has beyond ends, kind and name becomes properties.

use super::foreign;
use super::json::{Member, Reader};
use super::roles::NAME;
use crate::diagnostic::Diagnostic;
use crate::graph::NodeFacts;

/// Reads a node-link file's members into the builder.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, root: &'t str, members: &[Member<'t>]) {
    let has = |name: &str| members.iter().any(|member| member.key == name);
    if !has("nodes") || !has("links") && !has("edges") {
        let missing = if has("nodes") { "links" } else { "nodes" };
        let message = format!("this graph has no `{missing}`");
        let problem = Diagnostic::new("missing-member", message);
        let help = "node-link JSON has `nodes` and `links`; what else networkx and Cytoscape write in JSON is not read here";
        return reader.problem(root, problem.help(help));
    }
    for member in members {
        match member.key.as_ref() {
            "directed" if member.value == "false" => foreign::undirected(reader, member.value),
            "nodes" => reader.objects(member.value, "`nodes`", "a node", node),
            "edges" if has("links") => {
                let message = "this graph has `links` and `edges`, which mean the same";
                let problem = Diagnostic::new("duplicate-key", message);
                reader.problem(reader.key_slice(member), problem.help("put all into one list"));
            }
            "links" | "edges" => {
                let what = format!("`{}`", member.key);
                reader.objects(member.value, &what, "a link", link);
            }
            _ => {}
        }
    }
}

fn node<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    reader.begin(members, &["id"]);
    let facts = NodeFacts { place: reader.place(slice), ..NodeFacts::default() };
    foreign::node(reader, slice, facts, &NAME, members)
}

fn link<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    reader.begin(members, &["source", "target"]);
    foreign::edge(reader, slice, "link", members)
}
