//! The schema part of a native file.

use super::json::{Member, Reader};
use super::native::unknown;
use crate::diagnostic::{Diagnostic, nearest};
use crate::graph::{
    End, Field, FieldType, Prerequisite, RoadmapContent, RoadmapRow, Schema, Strength,
};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Words for which end is needed first.
pub(super) const PREREQUISITES: [(&str, Prerequisite); 3] = [
    ("target", Prerequisite::Target),
    ("source", Prerequisite::Source),
    ("none", Prerequisite::None),
];

/// Words for the ends of an edge.
pub(super) const ENDS: [(&str, End); 2] = [("source", End::Source), ("target", End::Target)];

/// Reads a schema's members into the builder's.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) {
    for member in reader.object(slice, "`schema`").unwrap_or_default() {
        let value = member.value;
        match member.key.as_ref() {
            "kinds" => named(reader, value, "`kinds`", Schema::add_kinds, kind),
            "relations" => named(reader, value, "`relations`", Schema::add_relations, relation),
            "fields" => named(reader, value, "`fields`", |_, _| {}, field),
            "roadmap" => {
                for row in reader.array(value, "`roadmap`").unwrap_or_default() {
                    roadmap_row(reader, row);
                }
            }
            "closed" => {
                let closed = reader.boolean(value, "`closed`").unwrap_or(false);
                reader.builder.schema.closed |= closed;
            }
            _ => {
                let known = ["kinds", "relations", "fields", "roadmap", "closed"];
                unknown(reader, &member, "a schema", &known);
            }
        }
    }
}

fn named<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    what: &str,
    add: fn(&mut Schema, &BTreeSet<&str>),
    one: fn(&mut Reader<'_, 't>, &str, &[Member<'t>]),
) {
    let members = reader.object(slice, what).unwrap_or_default();
    let names = members.iter().map(|member| member.key.as_ref()).collect();
    add(&mut reader.builder.schema, &names);
    for member in members {
        if member.key.is_empty() || member.key.contains('\0') {
            let problem = Diagnostic::new(
                "bad-id",
                format!("a name in {what} is empty or holds a NUL character"),
            );
            reader.problem(reader.key_slice(&member), problem);
        } else if let Some(parts) = reader.object(member.value, &format!("`{}`", member.key)) {
            one(reader, &member.key, &parts);
        }
    }
}

fn kind<'t>(reader: &mut Reader<'_, 't>, name: &str, parts: &[Member<'t>]) {
    // Over what an earlier file declares: what this one does not say stays.
    let mut kind = reader.builder.schema.add_kind(name).clone();
    for part in parts {
        let value = part.value;
        match part.key.as_ref() {
            "plural" => kind.plural = reader.id(value, "`plural`").map(Cow::into_owned),
            "milestone" => kind.milestone = reader.boolean(value, "`milestone`").unwrap_or(false),
            "color" => kind.color = color(reader, value),
            "summary" => kind.summary = reader.string(value, "`summary`"),
            _ => unknown(reader, part, "a kind", &["plural", "milestone", "color", "summary"]),
        }
    }
    reader.builder.schema.declared_kinds.insert(kind.name.clone());
    *reader.builder.schema.add_kind(name) = kind;
}

fn color<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<String> {
    let color = reader.string(slice, "`color`")?;
    let digits = color.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Some(color);
    }
    reader.misfit(slice, "`color`", "a colour like \"#1f6feb\"");
    None
}

const RELATION: [&str; 9] = [
    "prerequisite",
    "strength",
    "acyclic",
    "route",
    "entry",
    "owns",
    "alternative",
    "inverse",
    "summary",
];

fn relation<'t>(reader: &mut Reader<'_, 't>, name: &str, parts: &[Member<'t>]) {
    let mut relation = reader.builder.schema.add_relation(name).clone();
    for part in parts {
        let value = part.value;
        match part.key.as_ref() {
            "prerequisite" => relation.prerequisite = one_of(reader, part, &PREREQUISITES),
            "strength" => {
                relation.strength = one_of(reader, part, &Strength::NAMES).unwrap_or_default();
            }
            "acyclic" => relation.acyclic = reader.boolean(value, "`acyclic`").unwrap_or(false),
            "route" => relation.route = reader.boolean(value, "`route`").unwrap_or(false),
            "entry" => relation.entry = reader.boolean(value, "`entry`").unwrap_or(false),
            "owns" => relation.owns = reader.boolean(value, "`owns`").unwrap_or(false),
            "alternative" => {
                relation.alternative = reader.boolean(value, "`alternative`").unwrap_or(false);
            }
            "inverse" => relation.inverse = reader.string(value, "`inverse`"),
            "summary" => relation.summary = reader.string(value, "`summary`"),
            _ => unknown(reader, part, "a relation", &RELATION),
        }
    }
    reader.builder.schema.declared_relations.insert(relation.name.clone());
    *reader.builder.schema.add_relation(name) = relation;
}

/// One of a few words.
fn one_of<'t, T: Copy>(
    reader: &mut Reader<'_, 't>,
    part: &Member<'t>,
    words: &[(&str, T)],
) -> Option<T> {
    let what = format!("`{}`", part.key);
    let word = reader.string(part.value, &what)?;
    if let Some((_, meaning)) = words.iter().find(|(known, _)| *known == word) {
        return Some(*meaning);
    }
    let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
    let message = format!("{what} must be one of {}, found `{word}`", known.join(", "));
    let problem = Diagnostic::new("wrong-type", message);
    let problem = problem.suggest(nearest(&word, known).first(), "");
    reader.problem(part.value, problem);
    None
}

fn field<'t>(reader: &mut Reader<'_, 't>, name: &str, parts: &[Member<'t>]) {
    let mut field =
        Field { kind: FieldType::Any, stands_in_for: None, about: None, on_path: false };
    for part in parts {
        match part.key.as_ref() {
            "type" => {
                field.kind = one_of(reader, part, &FieldType::NAMES).unwrap_or(FieldType::Any);
            }
            "stands-in-for" => {
                field.stands_in_for = reader.id(part.value, "`stands-in-for`").map(Cow::into_owned);
            }
            "about" => field.about = one_of(reader, part, &ENDS),
            "on-path" => field.on_path = reader.boolean(part.value, "`on-path`").unwrap_or(false),
            _ => unknown(reader, part, "a field", &["type", "stands-in-for", "about", "on-path"]),
        }
    }
    reader.builder.schema.fields.insert(name.to_owned(), field);
}

fn roadmap_row<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<()> {
    let (mut label, mut relation, mut kind, mut field) = (None, None, None, None);
    let mut limit = None;
    let mut at_end = false;
    for part in reader.object(slice, "a roadmap row")? {
        let value = part.value;
        match part.key.as_ref() {
            "label" => label = reader.string(value, "`label`"),
            "relation" => relation = reader.id(value, "`relation`").map(Cow::into_owned),
            "kind" => kind = reader.id(value, "`kind`").map(Cow::into_owned),
            "field" => field = reader.id(value, "`field`").map(Cow::into_owned),
            "limit" => {
                let count = reader.count(value, "`limit`")?;
                limit = usize::try_from(count).ok();
            }
            "at" => at_end = one_of(reader, &part, &[("every-stop", false), ("end", true)])?,
            _ => {
                let known = ["label", "relation", "kind", "field", "limit", "at"];
                unknown(reader, &part, "a roadmap row", &known);
            }
        }
    }
    let content = match field {
        Some(field) if relation.is_none() && kind.is_none() => Some(RoadmapContent::Field(field)),
        None if relation.is_some() || kind.is_some() => {
            Some(RoadmapContent::Nodes { relation, kind })
        }
        _ => None,
    };
    let (Some(label), Some(content)) = (label, content) else {
        let message =
            "a roadmap row needs a `label` and either `field` or one of `relation`, `kind`";
        reader.problem(slice, Diagnostic::new("missing-member", message));
        return None;
    };
    reader.builder.schema.roadmap.push(RoadmapRow { label, content, limit, at_end });
    Some(())
}
