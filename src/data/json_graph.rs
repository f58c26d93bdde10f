//! JSON Graph Format, versions 1 and 2: `{"graph": {"directed", "nodes", "edges"}}`, nodes as a
//! list or by id. What it has beyond ends, relation and label, `metadata` above all, becomes
//! properties.

use super::json::{Member, Reader};
use super::native::kinds;
use super::node_link::{add, id, is_texts, undirected};
use crate::diagnostic::Diagnostic;
use crate::graph::{EdgeFacts, NodeFacts, Properties};
use serde_json::Value;
use std::collections::HashSet;

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
            "directed" if value == "false" => undirected(reader, value),
            "nodes" if value.starts_with('{') => {
                for node in reader.object(value, "`nodes`")? {
                    one_node(reader, node.value, Some(&node));
                }
            }
            "nodes" => {
                for item in reader.array(value, "`nodes`")? {
                    one_node(reader, item, None);
                }
            }
            "edges" => {
                for item in reader.array(value, "`edges`")? {
                    edge(reader, item);
                    reader.about = None;
                }
            }
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

fn one_node<'t>(reader: &mut Reader<'_, 't>, slice: &'t str, key: Option<&Member<'t>>) {
    node(reader, slice, key);
    reader.about = None;
}

fn node<'t>(reader: &mut Reader<'_, 't>, slice: &'t str, key: Option<&Member<'t>>) -> Option<()> {
    let members = reader.object(slice, "a node")?;
    reader.begin(&members, &["id"]);
    let mut facts = NodeFacts { place: reader.place(slice), ..NodeFacts::default() };
    if let Some(key) = key {
        let quoted = reader.key_slice(key);
        facts.place = reader.place(quoted);
        reader.about = Some(key.key.to_string());
        key.key.as_ref().clone_into(&mut facts.id);
        if facts.id.is_empty() || facts.id.contains('\0') {
            let message = "a node's id must not be empty or hold a NUL character";
            reader.problem(quoted, Diagnostic::new("bad-id", message));
            return None;
        }
    }
    let parts = lifted(reader, members)?;
    let name = first_text(&parts, &["label", "name"]);
    for (key, value) in parts {
        let text = is_text(value);
        match key.as_str() {
            "id" if facts.id.is_empty() => {
                facts.place = reader.place(value);
                facts.id = id(reader, value, "a node's `id`")?;
            }
            word if Some(word) == name => facts.name = Some(reader.id(value, "a name")?),
            "kind" | "type" if facts.kinds.is_empty() && (text || is_texts(value)) => {
                facts.kinds = kinds(reader, value)?;
            }
            "aliases" if is_texts(value) => {
                facts.aliases = reader.strings(value, "`aliases`")?;
            }
            _ => insert(reader, &mut facts.properties, key, value)?,
        }
    }
    if facts.id.is_empty() {
        reader.problem(slice, Diagnostic::new("missing-member", "this node has no `id`"));
        return None;
    }
    reader.builder.node(facts);
    Some(())
}

fn edge<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<()> {
    let members = reader.object(slice, "an edge")?;
    reader.begin(&members, &["source", "target"]);
    let mut facts = EdgeFacts { place: reader.place(slice), ..EdgeFacts::default() };
    let parts = lifted(reader, members)?;
    let relation = first_text(&parts, &["relation", "kind", "type", "label"]);
    for (key, value) in parts {
        match key.as_str() {
            "source" => {
                facts.end_places[0] = reader.place(value);
                facts.place = facts.end_places[0];
                facts.from = id(reader, value, "`source`")?;
            }
            "target" => {
                facts.end_places[1] = reader.place(value);
                facts.to = id(reader, value, "`target`")?;
            }
            "directed" if value == "false" => {
                undirected(reader, value);
                return None;
            }
            "directed" if value == "true" => {}
            word if Some(word) == relation => facts.relation = reader.id(value, "a relation")?,
            _ => insert(reader, &mut facts.properties, key, value)?,
        }
    }
    add(reader, slice, "edge", facts)
}

/// Is it a text with something in it?
fn is_text(slice: &str) -> bool {
    slice.starts_with('"') && slice.len() > 2
}

/// The first of these keys that has a text.
fn first_text<'k>(parts: &[(String, &str)], keys: &[&'k str]) -> Option<&'k str> {
    let says = |key: &&&str| parts.iter().any(|(known, value)| known == **key && is_text(value));
    keys.iter().find(says).copied()
}

/// The members, with those of `metadata` behind them as if they stood there themselves.
fn lifted<'t>(
    reader: &mut Reader<'_, 't>,
    members: Vec<Member<'t>>,
) -> Option<Vec<(String, &'t str)>> {
    let mut parts = Vec::new();
    let mut lifted = Vec::new();
    for member in members {
        if member.key == "metadata" && member.value.starts_with('{') {
            lifted = reader.object(member.value, "`metadata`")?;
        } else {
            parts.push((member.key.into_owned(), member.value));
        }
    }
    let own: HashSet<String> = parts.iter().map(|(key, _)| key.clone()).collect();
    for member in lifted {
        if own.contains(member.key.as_ref()) {
            let message = format!("`{}` is said here and in `metadata`", member.key);
            reader.problem(reader.key_slice(&member), Diagnostic::new("duplicate-key", message));
            return None;
        }
        parts.push((member.key.into_owned(), member.value));
    }
    Some(parts)
}

fn insert<'t>(
    reader: &mut Reader<'_, 't>,
    properties: &mut Properties,
    key: String,
    slice: &'t str,
) -> Option<()> {
    let value: Value = reader.value(slice)?;
    properties.insert(key, value);
    Some(())
}
