//! Nodes and edges of JSON that is not ours: what is not their id, ends, kind, name or relation
//! becomes a property.

use super::json::{Member, Reader};
use super::native::kinds;
use super::roles::{ALIASES, KIND, PLAIN_LINK, RELATION, first};
use crate::diagnostic::Diagnostic;
use crate::graph::{EdgeFacts, NodeFacts, Properties};
use std::borrow::Cow;

/// Reads a node's members. `facts` has what the format says elsewhere: the place, perhaps an id;
/// `names` are the keys that may hold its name.
pub(super) fn node<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    mut facts: NodeFacts,
    names: &[&str],
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    let kind = first(&KIND, |key| says(members, key, |value| is_text(value) || is_texts(value)));
    let name = first(names, |key| says(members, key, is_text));
    for Member { key, value } in members.drain(..) {
        let word = Some(key.as_ref());
        if word == Some("id") && facts.id.is_empty() {
            facts.id = id(reader, value, "a node's `id`")?.into_owned();
        } else if word == kind {
            facts.kinds = kinds(reader, value)?;
        } else if word == name {
            facts.name = Some(reader.id(value, "`name`")?.into_owned());
        } else if word == Some(ALIASES) && is_texts(value) {
            facts.aliases = reader.strings(value, "`aliases`")?;
        } else {
            property(reader, &mut facts.properties, key, value)?;
        }
    }
    if facts.id.is_empty() {
        reader.problem(slice, Diagnostic::new("missing-member", "this node has no `id`"));
        return None;
    }
    reader.builder.node(facts);
    Some(())
}

/// Reads an edge's members; one that names no relation is a plain link.
pub(super) fn edge<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    what: &str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    let mut facts = EdgeFacts { place: reader.place(slice), ..EdgeFacts::default() };
    let relation = first(&RELATION, |key| says(members, key, is_text));
    for Member { key, value } in members.drain(..) {
        match key.as_ref() {
            "source" => {
                facts.end_places[0] = reader.place(value);
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
            _ => property(reader, &mut facts.properties, key, value)?,
        }
    }
    for (end, name) in [(&facts.from, "source"), (&facts.to, "target")] {
        if end.is_empty() {
            let message = format!("this {what} has no `{name}`");
            reader.problem(slice, Diagnostic::new("missing-member", message));
            return None;
        }
    }
    if facts.relation.is_empty() {
        facts.relation = PLAIN_LINK.into();
    }
    reader.edge(facts);
    Some(())
}

/// Notes that this says the graph, or an edge, is undirected.
pub(super) fn undirected<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) {
    let message = "this graph is undirected, but who needs whom has a direction";
    let problem = Diagnostic::new("undirected", message);
    reader.problem(slice, problem.help("write `\"directed\": true` if each link's source needs its target, or the other way round"));
}

/// An id, which these files may write as a number.
fn id<'t>(reader: &mut Reader<'_, 't>, slice: &'t str, what: &str) -> Option<Cow<'t, str>> {
    let number = slice.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if number { Some(slice.into()) } else { reader.id(slice, what) }
}

fn property<'t>(
    reader: &mut Reader<'_, 't>,
    properties: &mut Properties,
    key: Cow<'t, str>,
    slice: &'t str,
) -> Option<()> {
    let value = reader.value(slice)?;
    properties.insert(key.into_owned(), value);
    Some(())
}

fn says(members: &[Member<'_>], key: &str, fits: impl Fn(&str) -> bool) -> bool {
    members.iter().any(|member| member.key == key && fits(member.value))
}

/// Is it a text with something in it?
fn is_text(slice: &str) -> bool {
    slice.starts_with('"') && slice.len() > 2
}

/// Is it a list of nothing but texts? Others are properties like any.
fn is_texts(slice: &str) -> bool {
    slice.starts_with('[') && serde_json::from_str::<Vec<Cow<'_, str>>>(slice).is_ok()
}
