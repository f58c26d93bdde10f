//! Node-link files without a flaw, in one pass and straight into the builder. Whatever is not
//! perfect makes this reader give up without a word, as if it had not begun; the careful one
//! then reads the file again and tells every problem.

use super::json::Reader;
use super::native::distinct;
use super::node_link::PLAIN_LINK;
use super::strict::Strict;
use crate::diagnostic::Text;
use crate::graph::{EdgeFacts, FilePlace, NodeFacts, Properties};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// Reads the whole file into the builder and says so, or does nothing.
pub(super) fn read<'t>(reader: &mut Reader<'_, 't>, text: &'t Text) -> bool {
    let content = text.content.as_str();
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mark = reader.builder.mark();
    let mut file = File { reader, text, known: Vec::new(), links: Vec::new() };
    let mut parser = serde_json::Deserializer::from_str(content);
    let sound = parser.deserialize_map(&mut file).and_then(|()| parser.end()).is_ok();
    let known = file.known;
    if !sound {
        reader.builder.back_to(&mark);
        return false;
    }
    for node in known {
        reader.builder.node(node);
    }
    true
}

/// A file being read. Its links and nodes are in the builder, from where they can be taken back.
struct File<'r, 'b, 't> {
    reader: &'r mut Reader<'b, 't>,
    text: &'t Text,
    /// What it says of nodes that earlier files define waits: it could not be taken back.
    known: Vec<NodeFacts>,
    /// Links on their way into the builder, a few at a time.
    links: Vec<EdgeFacts<Cow<'t, str>>>,
}

/// How many links go into the builder at a time.
const FEW: usize = 64;

impl<'t> Visitor<'t> for &mut File<'_, '_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node-link file")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen: Vec<&str> = Vec::new();
        let before = self.reader.builder.edge_count();
        while let Some(key) = map.next_key::<&str>()? {
            // One list of links, and each key once.
            let links = ["links", "edges"];
            let again =
                |known: &&str| *known == key || (links.contains(known) && links.contains(&key));
            if key == "atlas" || seen.iter().any(again) {
                return Err(A::Error::custom("not for this reader"));
            }
            seen.push(key);
            match key {
                "nodes" => {
                    map.next_value_seed(Each(|members: &mut Vec<Member<'t>>| self.node(members)))?;
                }
                "links" | "edges" => {
                    map.next_value_seed(Each(|members: &mut Vec<Member<'t>>| self.link(members)))?;
                    self.reader.builder.edges(&mut self.links);
                }
                "directed" => {
                    if !map.next_value::<bool>()? {
                        return Err(A::Error::custom("undirected"));
                    }
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let told = seen.contains(&"links") || seen.contains(&"directed");
        let whole = seen.contains(&"nodes") && (seen.contains(&"links") || seen.contains(&"edges"));
        if whole && (told || self.reader.builder.edge_count() > before) {
            return Ok(());
        }
        Err(A::Error::custom("perhaps another format"))
    }
}

impl<'t> File<'_, '_, 't> {
    fn node(&mut self, members: &mut Vec<Member<'t>>) -> Option<()> {
        let kind_key = first_present(members, &["kind", "type"]);
        let name_key = first_present(members, &["name", "label"]);
        let mut facts = NodeFacts { place: self.object_place(members)?, ..NodeFacts::default() };
        for Member(key, value) in members.drain(..) {
            match value {
                value if key == "id" => facts.id = id(&value)?.into(),
                value if Some(key) == kind_key && value.is_text() => {
                    facts.kinds = vec![id(&value)?.into()];
                }
                value if Some(key) == name_key && value.is_text() => {
                    facts.name = Some(id(&value)?.into());
                }
                Loose::Other(Value::Array(kinds)) if Some(key) == kind_key => {
                    facts.kinds = distinct(names(kinds)?);
                }
                Loose::Other(Value::Array(aliases)) if key == "aliases" => {
                    facts.aliases = texts(aliases)?;
                }
                value => drop(facts.properties.insert(key.to_owned(), value.into_value())),
            }
        }
        if facts.id.is_empty() {
            return None;
        }
        self.known.extend(self.reader.builder.new_node(facts));
        Some(())
    }

    fn link(&mut self, members: &mut Vec<Member<'t>>) -> Option<()> {
        let kind_key = first_present(members, &["kind", "type", "label"]);
        let place = self.object_place(members)?;
        let (mut from, mut to, mut relation) = ("".into(), "".into(), PLAIN_LINK.into());
        let mut end_places = [FilePlace::default(); 2];
        let mut properties = Properties::new();
        for Member(key, value) in members.drain(..) {
            if key == "source" {
                end_places[0] = self.value_place(key);
                from = id(&value)?;
            } else if key == "target" {
                end_places[1] = self.value_place(key);
                to = id(&value)?;
            } else if Some(key) == kind_key && value.is_text() {
                relation = id(&value)?;
            } else {
                properties.insert(key.to_owned(), value.into_value());
            }
        }
        if from.is_empty() || to.is_empty() {
            return None;
        }
        let sources = Vec::new();
        let facts = EdgeFacts { from, relation, to, properties, sources, place, end_places };
        self.links.push(facts);
        if self.links.len() == FEW {
            self.reader.builder.edges(&mut self.links);
        }
        Some(())
    }

    /// Where the object stands that has these members: blanks and a bracket before its first key.
    fn object_place(&self, members: &[Member<'t>]) -> Option<FilePlace> {
        let key = self.reader.place_around(members.first()?.0);
        let before = self.text.content[..key.offset as usize].trim_end();
        Some(FilePlace { offset: (before.len() as u32).saturating_sub(1), ..key })
    }

    /// Where the value of a key stands: behind quote, blanks, colon, blanks.
    fn value_place(&self, key: &'t str) -> FilePlace {
        let place = self.reader.place(key);
        let behind = &self.text.content[place.offset as usize + key.len() + 1..];
        let value = behind.trim_start().trim_start_matches(':').trim_start();
        self.reader.place(value)
    }
}

fn first_present<'k>(members: &[Member<'_>], keys: &[&'k str]) -> Option<&'k str> {
    keys.iter().find(|key| members.iter().any(|Member(own, _)| own == *key)).copied()
}

/// A text that names something.
fn named(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty() && !text.contains('\0'))
}

fn texts(values: Vec<Value>) -> Option<Vec<String>> {
    let text = |value| if let Value::String(text) = value { Some(text) } else { None };
    values.into_iter().map(text).collect()
}

fn names(values: Vec<Value>) -> Option<Vec<String>> {
    texts(values).filter(|names| names.iter().all(|name| named(name).is_some()))
}

/// An id, which may be a whole number from 0; others are for the careful reader.
fn id<'t>(value: &Loose<'t>) -> Option<Cow<'t, str>> {
    match value {
        Loose::Text(text) => named(text).map(Cow::Borrowed),
        Loose::Other(Value::String(text)) => named(text).map(|text| text.to_owned().into()),
        Loose::Other(value) => Some(value.as_u64()?.to_string().into()),
    }
}

/// A member of an object; its key stands in the text as it is, so that its place is known.
struct Member<'t>(&'t str, Loose<'t>);

/// A text as it stands, or any other value.
enum Loose<'t> {
    Text(&'t str),
    Other(Value),
}

impl Loose<'_> {
    /// Is it a text with something in it?
    fn is_text(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Other(value) => value.as_str().is_some_and(|text| !text.is_empty()),
        }
    }

    fn into_value(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Other(value) => value,
        }
    }
}

impl<'t> Deserialize<'t> for Loose<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'t> Visitor<'t> for Either {
            type Value = Loose<'t>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Loose<'t>, E> {
                Ok(Loose::Text(text))
            }
            fn visit_str<E>(self, text: &str) -> Result<Loose<'t>, E> {
                Ok(Loose::Other(text.into()))
            }
            fn visit_unit<E>(self) -> Result<Loose<'t>, E> {
                Ok(Loose::Other(Value::Null))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Loose<'t>, E> {
                Ok(Loose::Other(value.into()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Loose<'t>, E> {
                Ok(Loose::Other(number.into()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Loose<'t>, E> {
                Ok(Loose::Other(number.into()))
            }
            fn visit_seq<A: SeqAccess<'t>>(self, list: A) -> Result<Loose<'t>, A::Error> {
                let Strict(value) = Strict::deserialize(SeqAccessDeserializer::new(list))?;
                Ok(Loose::Other(value))
            }
            fn visit_map<A: MapAccess<'t>>(self, map: A) -> Result<Loose<'t>, A::Error> {
                let Strict(value) = Strict::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Loose::Other(value))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Hands over the members of each object of a list, keys once, one object after the other.
struct Each<F>(F);

impl<'t, F: FnMut(&mut Vec<Member<'t>>) -> Option<()>> DeserializeSeed<'t> for Each<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, list: D) -> Result<(), D::Error> {
        list.deserialize_seq(self)
    }
}

impl<'t, F: FnMut(&mut Vec<Member<'t>>) -> Option<()>> Visitor<'t> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'t>>(mut self, mut list: A) -> Result<(), A::Error> {
        // One list of members for all objects.
        let mut members = Vec::new();
        while list.next_element_seed(Members(&mut members))?.is_some() {
            (self.0)(&mut members).ok_or_else(|| A::Error::custom("for the careful reader"))?;
        }
        Ok(())
    }
}

/// Collects the members of one object.
struct Members<'m, 't>(&'m mut Vec<Member<'t>>);

impl<'t> DeserializeSeed<'t> for Members<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, object: D) -> Result<(), D::Error> {
        object.deserialize_map(self)
    }
}

impl<'t> Visitor<'t> for Members<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry()? {
            // With more members than this, looking for each key among all is no longer cheap.
            if self.0.len() > 64 || self.0.iter().any(|Member(known, _)| *known == key) {
                return Err(A::Error::custom("for the careful reader"));
            }
            self.0.push(Member(key, value));
        }
        Ok(())
    }
}
