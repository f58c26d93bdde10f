//! JSON Graph Format, versions 1 and 2: `{"graph": {"directed", "nodes", "edges"}}`, nodes as a
//! list or by id. What it has beyond ends, relation and label, `metadata` above all, becomes
//! properties.

use super::foreign::{self, Dialect};
use super::json::{Member, Reader};
use super::roles::RoleWords;
use crate::diagnostic::Diagnostic;
use crate::graph::NodeFacts;

/// The words of the format: its own name for a name comes first.
pub(crate) const WORDS: RoleWords = RoleWords { name: &["label", "name"], ..super::roles::LISTED };

const DIALECT: Dialect = Dialect { words: WORDS, within: Some("metadata"), ..Dialect::PLAIN };

/// Is this such a file?
pub(super) fn recognises(members: &[Member<'_>]) -> bool {
    members.iter().any(|member| ["graph", "graphs"].contains(&member.key.as_ref()))
}

/// Reads the file's one graph into the builder.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) {
    for member in members {
        match member.key.as_ref() {
            "graph" => drop(graph(reader, member.value)),
            "graphs" => match reader.array(member.value, "`graphs`").as_deref() {
                Some([only]) => drop(graph(reader, only)),
                Some(_) => {
                    let message = "a file with several graphs, or none, is not read here";
                    let problem = Diagnostic::new("unknown-format", message);
                    let help = "put each graph into a file of its own: {\"graph\": {…}}";
                    reader.problem(member.value, problem.help(help));
                }
                None => {}
            },
            _ => {}
        }
    }
}

fn graph<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<()> {
    for member in reader.object(slice, "`graph`")? {
        let value = member.value;
        match member.key.as_ref() {
            "directed" if value == "false" => foreign::undirected(reader, value),
            "nodes" if value.starts_with('{') => {
                for node in reader.object(value, "`nodes`")? {
                    keyed_node(reader, node);
                    reader.end();
                }
            }
            "nodes" => reader.objects(value, "`nodes`", "a node", listed_node),
            "edges" => reader.objects(value, "`edges`", "an edge", edge),
            "hyperedges" => {
                let message = "hyperedges are not read here: an edge has two ends";
                reader.problem(value, Diagnostic::new("unknown-member", message));
            }
            other if value.starts_with('[') => {
                let message = format!("`{other}` of a graph is not read here");
                let problem = Diagnostic::new("unknown-member", message);
                reader.problem(value, problem.help("a graph has `nodes` and `edges`"));
            }
            _ => {}
        }
    }
    Some(())
}

/// A node whose key is its id.
fn keyed_node<'t>(reader: &mut Reader<'_, 't>, node: Member<'t>) -> Option<()> {
    let quoted = reader.key_slice(&node);
    let mut members = reader.object(node.value, "a node")?;
    if node.key.is_empty() || node.key.contains('\0') {
        let message = "a node's id must not be empty or hold a NUL character";
        reader.problem(quoted, Diagnostic::new("bad-id", message));
        return None;
    }
    let id = node.key.clone().into_owned();
    reader.begin_named(node.key);
    let facts = NodeFacts { id, place: reader.place(quoted), ..NodeFacts::default() };
    let facts = foreign::node(reader, node.value, facts, &DIALECT, &mut members)?;
    reader.builder.node(facts);
    Some(())
}

fn listed_node<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    reader.begin(members, &["id"]);
    let id = members.iter().find(|member| member.key == "id").map_or(slice, |id| id.value);
    let facts = NodeFacts { place: reader.place(id), ..NodeFacts::default() };
    let facts = foreign::node(reader, slice, facts, &DIALECT, members)?;
    reader.builder.node(facts);
    Some(())
}

fn edge<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    reader.begin(members, &["source", "target"]);
    let facts = foreign::edge(reader, slice, "edge", &DIALECT, members)?;
    reader.edge(facts);
    Some(())
}
