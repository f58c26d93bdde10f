//! JSON with `nodes` and `links` or `edges`: node-link JSON, as networkx and d3 write it, and what
//! others make of it. Which it is, its first node and its first edge tell.

use super::foreign::{self, Dialect};
use super::json::{Member, Reader};
use super::{canvas, flow, graphify};
use crate::diagnostic::Diagnostic;
use crate::graph::NodeFacts;

/// A row of [`SHAPES`].
pub(super) struct JsonShape {
    /// Is it this one, by what the file and its first node and edge have?
    pub(super) recognises: fn(&MemberNames) -> bool,
    /// Reads the file's members.
    pub(super) read: for<'t> fn(&mut Reader<'_, 't>, &[Member<'t>]),
}

/// The shapes of such files; what is none of these is node-link JSON.
const SHAPES: [JsonShape; 3] = [canvas::SHAPE, flow::SHAPE, graphify::SHAPE];

/// The names of members: the first node's and the first edge's.
pub(super) struct MemberNames {
    /// Does the file say whether it is directed, as networkx does?
    pub(super) says_direction: bool,
    pub(super) node: Vec<String>,
    pub(super) edge: Vec<String>,
}

impl MemberNames {
    fn at<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) -> Self {
        let mut keys = |names: &[&str]| {
            let list = members.iter().find(|member| names.contains(&member.key.as_ref()));
            let first = list.filter(|list| list.value.starts_with('[')).and_then(|list| {
                let first = list.value[1..].trim_start();
                first.starts_with('{').then_some(first)
            });
            let keys = first.map(|first| reader.keys(first)).unwrap_or_default();
            keys.into_iter().map(|key| key.into_owned()).collect()
        };
        let says = |member: &Member<'t>| member.key == "directed" || member.key == "multigraph";
        let says_direction = members.iter().any(says);
        Self { says_direction, node: keys(&["nodes"]), edge: keys(&["links", "edges"]) }
    }
}

/// Has the object such a member?
pub(super) fn has(keys: &[String], name: &str) -> bool {
    keys.iter().any(|key| key == name)
}

/// Reads such a file's members into the builder.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, root: &'t str, members: &[Member<'t>]) {
    let there = |name: &str| members.iter().any(|member| member.key == name);
    if !there("nodes") || !there("links") && !there("edges") {
        let missing = if there("nodes") { "links" } else { "nodes" };
        let message = format!("this graph has no `{missing}`");
        let problem = Diagnostic::new("missing-member", message);
        let help = "node-link JSON has `nodes` and `links`; what else networkx and Cytoscape write in JSON is not read here";
        return reader.problem(root, problem.help(help));
    }
    let look = MemberNames::at(reader, members);
    match SHAPES.iter().find(|shape| (shape.recognises)(&look)) {
        Some(shape) => (shape.read)(reader, members),
        None => {
            for member in members {
                if member.key == "directed" && member.value == "false" {
                    foreign::undirected(reader, member.value);
                }
            }
            nodes(reader, members, &Dialect::PLAIN);
            links(reader, members, &Dialect::PLAIN);
        }
    }
}

/// Reads the nodes of a dialect.
pub(super) fn nodes<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>], dialect: &Dialect) {
    for member in members.iter().filter(|member| member.key == "nodes") {
        reader.objects(member.value, "`nodes`", "a node", |reader, slice, members| {
            reader.begin(members, &["id"]);
            let facts = NodeFacts { place: reader.place(slice), ..NodeFacts::default() };
            let facts = foreign::node(reader, slice, facts, dialect, members)?;
            reader.builder.node(facts);
            Some(())
        });
    }
}

/// Reads the links, or edges, of a dialect.
pub(super) fn links<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>], dialect: &Dialect) {
    each_link(reader, members, |reader, slice, members| {
        let facts = foreign::edge(reader, slice, "link", dialect, members)?;
        reader.edge(facts);
        Some(())
    });
}

/// Reads each link, or edge.
pub(super) fn each_link<'t>(
    reader: &mut Reader<'_, 't>,
    members: &[Member<'t>],
    mut one: impl FnMut(&mut Reader<'_, 't>, &'t str, &mut Vec<Member<'t>>) -> Option<()>,
) {
    let lists =
        || members.iter().filter(|member| ["links", "edges"].contains(&member.key.as_ref()));
    if lists().count() > 1 {
        let message = "this graph has `links` and `edges`, which mean the same";
        let problem = Diagnostic::new("duplicate-key", message);
        for member in lists().filter(|member| member.key == "edges") {
            reader.problem(reader.key_slice(member), problem.clone().help("put all into one list"));
        }
    }
    let links = lists().find(|member| member.key == "links").or_else(|| lists().next());
    if let Some(links) = links {
        let what = format!("`{}`", links.key);
        reader.objects(links.value, &what, "a link", |reader, slice, members| {
            reader.begin(members, &["source", "target", "fromNode", "toNode"]);
            one(reader, slice, members)
        });
    }
}
