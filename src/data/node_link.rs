//! Node-link JSON, as networkx and d3 write it: `nodes` with `links` or `edges`, whose ends are
//! `source` and `target`. What it has beyond ends, kind and name becomes properties.

use super::json::{Member, Reader};
use super::native::kinds;
use crate::diagnostic::Diagnostic;
use crate::graph::{EdgeFacts, NodeFacts};
use serde_json::Value;
use std::borrow::Cow;

/// The relation of links that name none.
pub const PLAIN_LINK: &str = "links-to";

/// Reads a node-link file's members into the builder.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) {
    let has = |name: &str| members.iter().any(|member| member.key == name);
    if !has("nodes") || !has("links") && !has("edges") {
        let missing = if has("nodes") { "links" } else { "nodes" };
        let message = format!("this graph has no `{missing}`");
        let problem = Diagnostic::new("missing-member", message);
        let help = "node-link JSON has `nodes` and `links`; what else networkx and Cytoscape write in JSON is not read here";
        return reader.problem(reader.root(), problem.help(help));
    }
    for member in members {
        match member.key.as_ref() {
            "directed" if member.value == "false" => undirected(reader, member.value),
            "nodes" => {
                for item in reader.array(member.value, "`nodes`").unwrap_or_default() {
                    node(reader, item);
                    reader.about = None;
                }
            }
            "edges" if has("links") => {
                let message = "this graph has `links` and `edges`, which mean the same";
                let problem = Diagnostic::new("duplicate-key", message);
                reader.problem(reader.key_slice(member), problem.help("put all into one list"));
            }
            "links" | "edges" => links(reader, member),
            _ => {}
        }
    }
}

fn links<'t>(reader: &mut Reader<'_, 't>, member: &Member<'t>) {
    for item in reader.array(member.value, &format!("`{}`", member.key)).unwrap_or_default() {
        link(reader, item);
        reader.about = None;
    }
}

/// Notes that this says the graph, or an edge, is undirected.
pub(super) fn undirected<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) {
    let message = "this graph is undirected, but who needs whom has a direction";
    let problem = Diagnostic::new("undirected", message);
    reader.problem(slice, problem.help("write `\"directed\": true` if each link's source needs its target, or the other way round"));
}

/// An id, which these files may write as a number.
pub(super) fn id<'t>(reader: &mut Reader<'_, 't>, slice: &'t str, what: &str) -> Option<String> {
    let number = slice.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if number {
        return Some(slice.to_owned());
    }
    reader.id(slice, what)
}

/// Is it a list of nothing but texts? Others are properties like any.
pub(super) fn is_texts(slice: &str) -> bool {
    slice.starts_with('[') && serde_json::from_str::<Vec<Cow<'_, str>>>(slice).is_ok()
}

fn node<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<()> {
    let members = reader.object(slice, "a node")?;
    reader.begin(&members, &["id"]);
    let mut facts = NodeFacts { place: reader.place(slice), ..NodeFacts::default() };
    let kind_key = first_present(&members, &["kind", "type"]);
    let name_key = first_present(&members, &["name", "label"]);
    for member in members {
        let value = member.value;
        let key = member.key.as_ref();
        let text = value.starts_with('"') && value.len() > 2;
        if key == "id" {
            facts.id = id(reader, value, "a node's `id`")?;
        } else if Some(key) == kind_key && (text || is_texts(value)) {
            facts.kinds = kinds(reader, value)?;
        } else if Some(key) == name_key && text {
            facts.name = Some(reader.id(value, "`name`")?);
        } else if key == "aliases" && is_texts(value) {
            facts.aliases = reader.strings(value, "`aliases`")?;
        } else {
            let value = reader.value(value)?;
            facts.properties.insert(key.to_owned(), value);
        }
    }
    if facts.id.is_empty() {
        reader.problem(slice, Diagnostic::new("missing-member", "this node has no `id`"));
        return None;
    }
    reader.builder.node(facts);
    Some(())
}

fn link<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<()> {
    let members = reader.object(slice, "a link")?;
    reader.begin(&members, &["source", "target"]);
    let mut facts = EdgeFacts { place: reader.place(slice), ..EdgeFacts::default() };
    let kind_key = first_present(&members, &["kind", "type", "label"]);
    for member in members {
        let value = member.value;
        match member.key.as_ref() {
            "source" => {
                facts.end_places[0] = reader.place(value);
                facts.from = id(reader, value, "`source`")?;
            }
            "target" => {
                facts.end_places[1] = reader.place(value);
                facts.to = id(reader, value, "`target`")?;
            }
            key if Some(key) == kind_key && value.starts_with('"') && value.len() > 2 => {
                facts.relation = reader.id(value, "a link's kind")?;
            }
            key => {
                let value: Value = reader.value(value)?;
                facts.properties.insert(key.to_owned(), value);
            }
        }
    }
    add(reader, slice, "link", facts)
}

/// Adds an edge, which must have both ends; one that names no relation is a plain link.
pub(super) fn add<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    what: &str,
    mut facts: EdgeFacts,
) -> Option<()> {
    for (end, name) in [(&facts.from, "source"), (&facts.to, "target")] {
        if end.is_empty() {
            let message = format!("this {what} has no `{name}`");
            reader.problem(slice, Diagnostic::new("missing-member", message));
            return None;
        }
    }
    if facts.relation.is_empty() {
        PLAIN_LINK.clone_into(&mut facts.relation);
    }
    reader.builder.edge(facts);
    Some(())
}

fn first_present<'k>(members: &[Member<'_>], keys: &[&'k str]) -> Option<&'k str> {
    let present = |key: &&&str| members.iter().any(|member| member.key == **key);
    keys.iter().find(present).copied()
}
