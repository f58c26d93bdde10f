//! The native format: `{"atlas": 1, "schema", "sources", "nodes", "edges"}`, any part optional.

use super::json::{Member, Reader};
use crate::diagnostic::{Diagnostic, nearest};
use crate::graph::{Citation, EdgeFacts, NodeFacts, Properties, Source};
use std::borrow::Cow;
use std::collections::HashSet;

/// Reads a native file's members into the builder.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) {
    for member in members {
        match member.key.as_ref() {
            "atlas" => check_version(reader, member.value),
            "$schema" => {}
            "schema" => super::schema::read(reader, member.value),
            "sources" => reader.objects(member.value, "`sources`", "a source", source),
            "nodes" => reader.objects(member.value, "`nodes`", "a node", node),
            "edges" => reader.objects(member.value, "`edges`", "an edge", edge),
            _ => unknown(
                reader,
                member,
                "the file",
                &["atlas", "schema", "sources", "nodes", "edges"],
            ),
        }
    }
}

/// Notes another version than the one there is.
pub(super) fn check_version<'t>(reader: &mut Reader<'_, 't>, version: &'t str) {
    if version != "1" {
        let message = format!("this program reads version 1, not {version}");
        reader.problem(version, Diagnostic::new("bad-version", message));
    }
}

/// Notes a member that the format does not have.
pub(super) fn unknown<'t>(
    reader: &mut Reader<'_, 't>,
    member: &Member<'t>,
    what: &str,
    known: &[&str],
) {
    let message = format!("{what} has no member `{}`", member.key);
    let near = nearest(&member.key, known.iter().copied());
    let problem = Diagnostic::new("unknown-member", message)
        .suggest(near.first(), &format!("members are {}", known.join(", ")));
    reader.problem(reader.key_slice(member), problem);
}

pub(super) fn missing<'t>(reader: &mut Reader<'_, 't>, slice: &'t str, what: &str, member: &str) {
    let message = format!("this {what} has no `{member}`");
    reader.problem(slice, Diagnostic::new("missing-member", message));
}

fn source<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    let mut source = Source::default();
    for member in members.drain(..) {
        let value = member.value;
        match member.key.as_ref() {
            "id" => source.id = reader.id(value, "a source's `id`")?.into_owned(),
            "title" => source.title = reader.string(value, "`title`"),
            "file" => source.file = reader.string(value, "`file`"),
            "address" => source.address = reader.string(value, "`address`"),
            "covers" => source.covers = reader.string(value, "`covers`"),
            _ => {
                unknown(reader, &member, "a source", &["id", "title", "file", "address", "covers"]);
            }
        }
    }
    if source.id.is_empty() {
        missing(reader, slice, "source", "id");
        return None;
    }
    reader.builder.source(source);
    Some(())
}

const NODE: [&str; 6] = ["id", "kind", "name", "aliases", "properties", "sources"];

fn node<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    let mut facts = NodeFacts { place: reader.place(slice), ..NodeFacts::default() };
    let mut has_id = false;
    reader.begin(members, &["id"]);
    for member in members.drain(..) {
        let value = member.value;
        match member.key.as_ref() {
            "id" => {
                has_id = true;
                facts.place = reader.place(value);
                facts.id = reader.id(value, "a node's `id`").unwrap_or_default().into_owned();
            }
            "kind" => facts.kinds = kinds(reader, value).unwrap_or_default(),
            "name" => facts.name = reader.id(value, "`name`").map(Cow::into_owned),
            "aliases" => facts.aliases = reader.strings(value, "`aliases`").unwrap_or_default(),
            "properties" => facts.properties = properties(reader, value).unwrap_or_default(),
            "sources" => facts.sources = citations(reader, value).unwrap_or_default(),
            _ => unknown(reader, &member, "a node", &NODE),
        }
    }
    if !has_id {
        missing(reader, slice, "node", "id");
    }
    (!facts.id.is_empty()).then(|| reader.builder.node(facts))
}

/// One kind or a list of kinds.
pub(super) fn kinds<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<Vec<String>> {
    if !slice.starts_with('[') {
        return Some(vec![reader.id(slice, "`kind`")?.into_owned()]);
    }
    let items = reader.array(slice, "`kind`")?;
    let kinds = items.into_iter().map(|item| reader.id(item, "a kind").map(Cow::into_owned));
    kinds.collect::<Option<Vec<String>>>().map(distinct)
}

/// The texts without repetitions, in order.
pub(super) fn distinct(mut texts: Vec<String>) -> Vec<String> {
    let mut earlier = HashSet::new();
    texts.retain(|text| earlier.insert(text.clone()));
    texts
}

const EDGE: [&str; 5] = ["from", "kind", "to", "properties", "sources"];
/// What an edge must have.
const ENDS: [&str; 3] = ["from", "kind", "to"];

fn edge<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    let mut facts = EdgeFacts { place: reader.place(slice), ..EdgeFacts::default() };
    reader.begin(members, &ENDS);
    for name in ENDS {
        if !members.iter().any(|member| member.key == name) {
            missing(reader, slice, "edge", name);
        }
    }
    for member in members.drain(..) {
        let value = member.value;
        match member.key.as_ref() {
            "from" => {
                facts.end_places[0] = reader.place(value);
                facts.place = facts.end_places[0];
                facts.from = reader.id(value, "`from`").unwrap_or_default();
            }
            "kind" => facts.relation = reader.id(value, "`kind`").unwrap_or_default(),
            "to" => {
                facts.end_places[1] = reader.place(value);
                facts.to = reader.id(value, "`to`").unwrap_or_default();
            }
            "properties" => facts.properties = properties(reader, value).unwrap_or_default(),
            "sources" => facts.sources = citations(reader, value).unwrap_or_default(),
            _ => unknown(reader, &member, "an edge", &EDGE),
        }
    }
    let whole = [&facts.from, &facts.relation, &facts.to].iter().all(|part| !part.is_empty());
    whole.then(|| reader.edge(facts))
}

fn properties<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<Properties> {
    let mut properties = Properties::new();
    for member in reader.object(slice, "`properties`")? {
        let value = reader.value(member.value)?;
        properties.insert(member.key.into_owned(), value);
    }
    Some(properties)
}

fn citations<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<Vec<Citation>> {
    let items = reader.array(slice, "`sources`")?;
    let read = items.into_iter().filter_map(|item| citation(reader, item));
    Some(read.collect())
}

fn citation<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<Citation> {
    let mut citation = Citation::default();
    for member in reader.object(slice, "a citation")? {
        let value = member.value;
        match member.key.as_ref() {
            "source" => citation.source = reader.id(value, "a citation's `source`")?.into_owned(),
            "section" => citation.section = reader.string(value, "`section`"),
            "line" => citation.line = reader.count(value, "`line`"),
            "address" => citation.address = reader.string(value, "`address`"),
            _ => unknown(reader, &member, "a citation", &["source", "section", "line", "address"]),
        }
    }
    if citation.source.is_empty() {
        missing(reader, slice, "citation", "source");
        return None;
    }
    Some(citation)
}
