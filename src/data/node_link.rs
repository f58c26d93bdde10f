//! JSON with `nodes` and `links` or `edges`: node-link JSON, as networkx and d3 write it, and what
//! others make of it. Which it is, its first node and its first edge tell.

use super::foreign::{self, Dialect, JsonShape, MemberNames, each_link, nodes};
use super::json::{Member, Reader};
use super::{canvas, flow, graphify};
use crate::diagnostic::Diagnostic;

/// The shapes of such files; what is none of these is node-link JSON.
const SHAPES: [JsonShape; 3] = [canvas::SHAPE, flow::SHAPE, graphify::SHAPE];

/// What the file and its first node and edge have.
fn look<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) -> MemberNames {
    let mut keys = |names: &[&str]| {
        let list = members.iter().find(|member| names.contains(&member.key.as_ref()));
        let first = list.filter(|list| list.value.starts_with('[')).and_then(|list| {
            let first = list.value[1..].trim_start();
            first.starts_with('{').then_some(first)
        });
        let keys = first.map(|first| reader.keys(first)).unwrap_or_default();
        keys.into_iter().map(std::borrow::Cow::into_owned).collect()
    };
    let says = |member: &Member<'t>| member.key == "directed" || member.key == "multigraph";
    let says_direction = members.iter().any(says);
    MemberNames { says_direction, node: keys(&["nodes"]), edge: keys(&["links", "edges"]) }
}

/// Reads such a file's members into the builder.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, root: &'t str, members: &[Member<'t>]) {
    let there = |name: &str| members.iter().any(|member| member.key == name);
    if !there("nodes") || !there("links") && !there("edges") {
        let missing = if there("nodes") { "links" } else { "nodes" };
        let message = format!("this graph has no `{missing}`");
        let problem = Diagnostic::new("missing-member", message);
        let help = "node-link JSON has `nodes` and `links`; what networkx writes of adjacency and trees is not read here";
        return reader.problem(root, problem.help(help));
    }
    let look = look(reader, members);
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

/// Reads the links, or edges, of a dialect.
fn links<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>], dialect: &Dialect) {
    each_link(reader, members, |reader, slice, members| {
        let facts = foreign::edge(reader, slice, "link", dialect, members)?;
        reader.edge(facts);
        Some(())
    });
}
