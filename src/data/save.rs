//! An atlas as a native file: schema, sources, then a node or an edge a line, in the graph's own
//! order, so that two saves of one graph are the same bytes.

use super::json::Reader;
use super::schema::{ENDS, PREREQUISITES};
use crate::analysis::{field_uses, learning_order, levels};
use crate::diagnostic::{Text, harmless_json};
use crate::graph::{
    Atlas, Builder, Citation, EdgeIndex, Flow, Prerequisite, PropertyList, RoadmapContent, Schema,
    Strength,
};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

impl Serialize for PropertyList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[derive(Serialize)]
struct NodeLine<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "OneOrList::is_nothing")]
    kind: OneOrList<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "PropertyList::is_empty")]
    properties: &'a PropertyList,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<CitationObject<'a>>,
}

#[derive(Serialize)]
struct EdgeLine<'a> {
    from: &'a str,
    kind: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "PropertyList::is_empty")]
    properties: &'a PropertyList,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<CitationObject<'a>>,
}

/// The atlas as the text of a native file.
#[must_use]
pub fn save(atlas: &Atlas) -> String {
    let nodes = atlas.loaded_nodes().map(|index| {
        let node = atlas.node(index);
        line(&NodeLine {
            id: &node.id,
            kind: OneOrList::of(
                node.kinds.iter().map(|kind| atlas.schema().kinds[*kind].name.as_str()),
            ),
            name: node.name.as_deref(),
            aliases: &node.aliases,
            properties: &node.properties,
            sources: CitationObject::all(&node.sources),
        })
    });
    let edges = (0..atlas.edge_bound()).map(EdgeIndex::new).map(|index| {
        let edge = atlas.edge(index);
        let (from, to) = atlas.ends(index);
        line(&EdgeLine {
            from: &atlas.node(from).id,
            kind: &atlas.relation_of(index).name,
            to: &atlas.node(to).id,
            properties: edge.properties,
            sources: CitationObject::all(edge.sources),
        })
    });
    let sources = atlas.sources().iter().map(|source| {
        let mut parts = Map::new();
        parts.insert("id".to_owned(), source.id.as_str().into());
        text(&mut parts, "title", source.title.as_ref());
        text(&mut parts, "file", source.file.as_ref());
        text(&mut parts, "address", source.address.as_ref());
        text(&mut parts, "covers", source.covers.as_ref());
        line(&parts)
    });
    let mut saved = String::from("{\n\"atlas\": 1");
    let schema = schema(atlas.schema());
    if !schema.is_empty() {
        saved.push_str(",\n\"schema\": ");
        saved.push_str(&line(&schema));
    }
    block(&mut saved, "sources", sources);
    block(&mut saved, "nodes", nodes);
    block(&mut saved, "edges", edges);
    saved.push_str("\n}\n");
    // Files are shown in terminals, too: what could drive one is escaped, as JSON allows anywhere.
    harmless_json(saved)
}

/// The atlas as a snapshot, which is mapped instead of read; `None` if it is too large for one,
/// which has four GiB of texts at most.
#[must_use]
pub fn snapshot(atlas: &Atlas) -> Option<Vec<u8>> {
    let uses = field_uses(atlas).into_iter();
    let uses = uses.map(|(name, used)| (name, [used.nodes, used.edges]));
    let levels = levels(&Flow::of_paths(atlas, &None));
    atlas.snapshot(learning_order(atlas), &levels, uses.collect())
}

/// A saved native file in YAML, read again by the reader that keeps numbers as they are spelt and takes
/// values as deep as files may have them; `None` if it is no such file.
pub(crate) fn yaml_of(saved: String) -> Option<String> {
    let text = Text::new("", saved);
    // Problems go into a builder.
    let mut scratch = Builder::new();
    let file = scratch.begin_file(&text, "");
    let value = Reader::new(&mut scratch, &text, file).file()?;
    Some(super::yaml::written(&value))
}

fn block(saved: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    // Written with the first line only: a graph without edges has no list of them.
    let opening = format!(",\n\"{name}\": [\n");
    let empty = saved.len();
    for line in lines {
        saved.push_str(if saved.len() == empty { &opening } else { ",\n" });
        saved.push_str(&line);
    }
    if saved.len() > empty {
        saved.push_str("\n]");
    }
}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Nothing, one text, or a list of them.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum OneOrList<'a> {
    Nothing,
    One(&'a str),
    List(Vec<&'a str>),
}

impl<'a> OneOrList<'a> {
    fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    pub(crate) fn of(mut items: impl Iterator<Item = &'a str>) -> Self {
        match (items.next(), items.next()) {
            (None, _) => Self::Nothing,
            (Some(one), None) => Self::One(one),
            (Some(first), Some(second)) => {
                Self::List([first, second].into_iter().chain(items).collect())
            }
        }
    }
}

/// A citation as files and answers write it.
#[derive(Serialize)]
pub(crate) struct CitationObject<'a> {
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
}

impl<'a> CitationObject<'a> {
    /// All citations of a fact.
    pub(crate) fn all(citations: &'a [Citation]) -> Vec<Self> {
        let object = |citation: &'a Citation| Self {
            source: &citation.source,
            section: citation.section.as_deref(),
            line: citation.line,
            address: citation.address.as_deref(),
        };
        citations.iter().map(object).collect()
    }
}

fn text(parts: &mut Map<String, Value>, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        parts.insert(name.to_owned(), value.as_str().into());
    }
}

fn flag(parts: &mut Map<String, Value>, name: &str, value: bool) {
    if value {
        parts.insert(name.to_owned(), true.into());
    }
}

/// What was declared; what was merely found needs no declaration.
fn schema(schema: &Schema) -> Map<String, Value> {
    let mut kinds = Map::new();
    for kind in schema.kinds.iter().filter(|kind| schema.declared_kinds.contains(&kind.name)) {
        let mut parts = Map::new();
        text(&mut parts, "plural", kind.plural.as_ref());
        flag(&mut parts, "milestone", kind.milestone);
        text(&mut parts, "color", kind.color.as_ref());
        text(&mut parts, "summary", kind.summary.as_ref());
        kinds.insert(kind.name.clone(), parts.into());
    }
    let mut relations = Map::new();
    let declared = |name: &String| schema.declared_relations.contains(name);
    for relation in schema.relations.iter().filter(|relation| declared(&relation.name)) {
        let mut parts = Map::new();
        if let Some(prerequisite) = relation.prerequisite {
            parts.insert("prerequisite".to_owned(), prerequisite_word(prerequisite).into());
        }
        if relation.strength != Strength::Required {
            let word = Strength::NAMES.iter().find(|(_, strength)| *strength == relation.strength);
            parts.insert("strength".to_owned(), word.map_or("required", |(word, _)| word).into());
        }
        flag(&mut parts, "acyclic", relation.acyclic);
        flag(&mut parts, "route", relation.route);
        flag(&mut parts, "entry", relation.entry);
        flag(&mut parts, "owns", relation.owns);
        flag(&mut parts, "alternative", relation.alternative);
        text(&mut parts, "inverse", relation.inverse.as_ref());
        text(&mut parts, "summary", relation.summary.as_ref());
        relations.insert(relation.name.clone(), parts.into());
    }
    let mut parts = Map::new();
    let mut part = |name: &str, value: Map<String, Value>| {
        if !value.is_empty() {
            parts.insert(name.to_owned(), value.into());
        }
    };
    part("kinds", kinds);
    part("relations", relations);
    part("fields", fields(schema));
    if !schema.roadmap.is_empty() {
        parts.insert("roadmap".to_owned(), roadmap(schema));
    }
    flag(&mut parts, "closed", schema.closed);
    parts
}

/// The word for which end is needed first.
pub(crate) fn prerequisite_word(prerequisite: Prerequisite) -> &'static str {
    let word = PREREQUISITES.iter().find(|(_, meaning)| *meaning == prerequisite);
    word.map_or("none", |(word, _)| word)
}

fn fields(schema: &Schema) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, field) in &schema.fields {
        let mut parts = Map::new();
        parts.insert("type".to_owned(), field.kind.name().into());
        text(&mut parts, "stands-in-for", field.stands_in_for.as_ref());
        let about = ENDS.iter().find(|(_, end)| Some(*end) == field.about);
        text(&mut parts, "about", about.map(|(word, _)| (*word).to_owned()).as_ref());
        flag(&mut parts, "on-path", field.on_path);
        fields.insert(name.clone(), parts.into());
    }
    fields
}

fn roadmap(schema: &Schema) -> Value {
    let rows = schema.roadmap.iter().map(|row| {
        let mut parts = match &row.content {
            RoadmapContent::Field(name) => json!({"label": row.label, "field": name}),
            RoadmapContent::Nodes { relation, kind } => {
                let mut parts = Map::new();
                text(&mut parts, "label", Some(&row.label));
                text(&mut parts, "relation", relation.as_ref());
                text(&mut parts, "kind", kind.as_ref());
                Value::Object(parts)
            }
        };
        if let Some(limit) = row.limit {
            parts["limit"] = limit.into();
        }
        if row.at_end {
            parts["at"] = "end".into();
        }
        parts
    });
    rows.collect()
}
