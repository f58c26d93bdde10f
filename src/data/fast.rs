//! Native files without a flaw, in one pass. Whatever is not perfect makes this reader give up
//! without a word; the careful one then reads the file again and tells every problem.

use super::json::Reader;
use super::native::distinct;
use super::strict::StrictMap;
use crate::diagnostic::Text;
use crate::graph::{Citation, EdgeFacts, FilePlace, NodeFacts, Source};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::marker::PhantomData;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'t> {
    atlas: u32,
    #[serde(rename = "$schema", default)]
    _editor: Option<IgnoredAny>,
    #[serde(borrow, default, deserialize_with = "present")]
    schema: Option<&'t RawValue>,
    #[serde(default, deserialize_with = "objects")]
    sources: Vec<SourcePart>,
    #[serde(borrow, default, deserialize_with = "objects")]
    nodes: Vec<NodePart<'t>>,
    #[serde(borrow, default, deserialize_with = "objects")]
    edges: Vec<EdgePart<'t>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SourcePart {
    id: String,
    #[serde(default, deserialize_with = "present")]
    title: Option<String>,
    #[serde(default, deserialize_with = "present")]
    file: Option<String>,
    #[serde(default, deserialize_with = "present")]
    address: Option<String>,
    #[serde(default, deserialize_with = "present")]
    covers: Option<String>,
}

/// Ids are borrowed, so that their distance from the text's start is their place.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NodePart<'t> {
    id: &'t str,
    #[serde(default)]
    kind: Kinds,
    #[serde(default, deserialize_with = "present")]
    name: Option<String>,
    #[serde(default)]
    aliases: Kinds,
    #[serde(default)]
    properties: StrictMap,
    #[serde(default, deserialize_with = "objects")]
    sources: Vec<CitationPart>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct EdgePart<'t> {
    from: &'t str,
    kind: &'t str,
    to: &'t str,
    #[serde(default)]
    properties: StrictMap,
    #[serde(default, deserialize_with = "objects")]
    sources: Vec<CitationPart>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CitationPart {
    source: String,
    #[serde(default, deserialize_with = "present")]
    section: Option<String>,
    #[serde(default, deserialize_with = "present")]
    line: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    address: Option<String>,
}

/// A member that may be absent but not `null`.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// A list of objects and of nothing else.
fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let objects = Vec::<Object<T>>::deserialize(from)?;
    Ok(objects.into_iter().map(|object| object.0).collect())
}

/// What stands between braces: a derived reader alone takes `["x"]` for `{"source": "x"}`.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Braces<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Braces<T> {
            type Value = Object<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(Braces(PhantomData))
    }
}

/// One text or a list of texts.
#[derive(Default)]
struct Kinds(Vec<String>);

impl<'de> Deserialize<'de> for Kinds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Kinds;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E>(self, text: &str) -> Result<Kinds, E> {
                Ok(Kinds(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kinds, A::Error> {
                let mut kinds: Vec<String> = Vec::new();
                while let Some(kind) = list.next_element()? {
                    kinds.push(kind);
                }
                Ok(Kinds(kinds))
            }
        }
        deserializer.deserialize_any(Collect)
    }
}

/// Reads the whole file into the builder and says so, or does nothing.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, text: &'t Text) -> bool {
    let content = text.content.as_str();
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let Ok(Object(file)) = serde_json::from_str::<Object<File<'_>>>(content) else {
        return false;
    };
    if !is_sound(&file) {
        return false;
    }
    if let Some(schema) = file.schema {
        // Small, and its words have to be understood: the careful reader's business anyway.
        super::schema::read(reader, schema.get());
    }
    for source in file.sources {
        let SourcePart { id, title, file, address, covers } = source;
        reader.builder.source(Source { id, title, file, address, covers, layer: 0 });
    }
    for node in file.nodes {
        reader.builder.node(NodeFacts {
            place: reader.place_around(node.id),
            id: node.id.to_owned(),
            kinds: distinct(node.kind.0),
            name: node.name,
            aliases: node.aliases.0,
            properties: node.properties.0,
            sources: citations(node.sources),
        });
    }
    for edge in file.edges {
        let end_places: [FilePlace; 2] =
            [reader.place_around(edge.from), reader.place_around(edge.to)];
        reader.builder.edge(EdgeFacts {
            place: end_places[0],
            from: edge.from,
            relation: edge.kind,
            to: edge.to,
            properties: edge.properties.0,
            sources: citations(edge.sources),
            end_places,
        });
    }
    true
}

fn citations(parts: Vec<CitationPart>) -> Vec<Citation> {
    let citation = |part: CitationPart| Citation {
        source: part.source,
        section: part.section,
        line: part.line,
        address: part.address,
    };
    parts.into_iter().map(citation).collect()
}

/// Is everything that has to name something a name, and the version ours?
fn is_sound(file: &File<'_>) -> bool {
    let named = |text: &str| !text.is_empty() && !text.contains('\0');
    let cited = |citations: &[CitationPart]| citations.iter().all(|cited| named(&cited.source));
    let node = |node: &NodePart<'_>| {
        named(node.id)
            && node.kind.0.iter().all(|kind| named(kind))
            && node.name.as_deref().is_none_or(named)
            && cited(&node.sources)
    };
    let edge = |edge: &EdgePart<'_>| {
        named(edge.from) && named(edge.kind) && named(edge.to) && cited(&edge.sources)
    };
    file.atlas == 1
        && file.sources.iter().all(|source| named(&source.id))
        && file.nodes.iter().all(node)
        && file.edges.iter().all(edge)
}
