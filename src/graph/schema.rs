//! What a graph's kinds, relations and fields mean. All vocabulary is data: nothing here, or
//! anywhere in Rust, names a kind or a relation.

use super::decimal::Decimal;
use super::folding::{composed, fold};
use super::properties::PropertyList;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Position of a kind in [`Schema::kinds`].
pub type KindId = usize;
/// Position of a relation in [`Schema::relations`].
pub type RelationId = usize;

/// Which end of an edge one needs first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prerequisite {
    /// `a R b`: a needs b.
    Target,
    /// `a R b`: b needs a.
    Source,
    /// The relation says nothing about learning.
    None,
}

/// How much a prerequisite matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Strength {
    /// One cannot do without.
    #[default]
    Required,
    /// One had better have it.
    Recommended,
}

impl Strength {
    /// Each with its word.
    pub(crate) const NAMES: [(&'static str, Self); 2] =
        [("required", Self::Required), ("recommended", Self::Recommended)];

    /// The one of a word.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == word).map(|(_, strength)| *strength)
    }

    /// What an edge says of its own.
    pub(super) fn said_by(properties: &PropertyList) -> Option<Self> {
        Self::named(properties.get("strength")?.as_str()?)
    }
}

/// A kind of node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its name, singular.
    pub name: String,
    /// Its plural, where the schema gives one.
    pub plural: Option<String>,
    /// Do learning plans pause here?
    pub milestone: bool,
    /// Colour in pictures, `#rrggbb`.
    pub color: Option<String>,
    /// A few words on what it is for.
    pub summary: Option<String>,
}

impl Kind {
    /// The plural: as declared, or the name with an `s`.
    #[must_use]
    pub fn plural(&self) -> String {
        self.plural.clone().unwrap_or_else(|| format!("{}s", self.name))
    }
}

/// A relation between nodes.
#[expect(clippy::struct_excessive_bools, reason = "independent flags of the schema, one each")]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// Which end one needs first; `None` where no schema says.
    pub prerequisite: Option<Prerequisite>,
    /// How much it matters, unless an edge says otherwise.
    pub strength: Strength,
    /// Are cycles of this relation an error?
    pub acyclic: bool,
    /// Is it a recommended way to go?
    pub route: bool,
    /// Does it count only as the first step of a way?
    pub entry: bool,
    /// Does the source own what the target is?
    pub owns: bool,
    /// Can either end be used in the other one's place?
    pub alternative: bool,
    /// How to read it from target to source.
    pub inverse: Option<String>,
    /// A few words on what it says.
    pub summary: Option<String>,
}

impl Relation {
    /// Does it say the same in both directions? So do alternatives, and relations whose inverse reads
    /// like themselves.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        let inverse = self.inverse.as_deref();
        self.alternative || inverse.is_some_and(|inverse| fold(inverse) == fold(&self.name))
    }
}

/// What values a property may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldType {
    /// Text.
    String,
    /// Any number.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
    /// Anything.
    Any,
}

impl FieldType {
    /// Every type with its name in a schema.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("string", Self::String),
        ("number", Self::Number),
        ("integer", Self::Integer),
        ("boolean", Self::Boolean),
        ("array", Self::Array),
        ("object", Self::Object),
        ("any", Self::Any),
    ];

    /// The name in a schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("any", |(name, _)| name)
    }

    /// Does `value` fit? `null` always does.
    #[must_use]
    pub fn fits(self, value: &serde_json::Value) -> bool {
        value.is_null()
            || match self {
                Self::String => value.is_string(),
                Self::Number => value.is_number(),
                Self::Integer => Decimal::of(value).is_some_and(|number| number.exponent() >= 0),
                Self::Boolean => value.is_boolean(),
                Self::Array => value.is_array(),
                Self::Object => value.is_object(),
                Self::Any => true,
            }
    }
}

/// A property of nodes or edges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What values it has.
    pub kind: FieldType,
    /// The kind whose absence it explains: asked for nodes of that kind where there are none,
    /// an answer shows this field.
    pub stands_in_for: Option<String>,
    /// The end of an edge that it says something about, if it is one end alone.
    pub about: Option<End>,
    /// Is it told wherever a way takes an edge that has it?
    pub on_path: bool,
}

/// An end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// Where it leaves.
    Source,
    /// Where it arrives.
    Target,
}

/// One line of what a stop on the way shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapRow {
    /// The word before it.
    pub label: String,
    /// Where its content comes from.
    pub content: RoadmapContent,
    /// How many entries at most; all of them where nothing is said.
    pub limit: Option<usize>,
    /// Shown at the end of the way only.
    pub at_end: bool,
}

/// Where a roadmap row takes its entries from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoadmapContent {
    /// What the stop's edges lead to, in the order they give: of this relation, or of any that
    /// owns; of this kind, or of any.
    Nodes {
        /// The relation.
        relation: Option<String>,
        /// The kind.
        kind: Option<String>,
    },
    /// Values of this property.
    Field(String),
}

/// The vocabulary of a graph: what was declared, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// All kinds, sorted by name.
    pub kinds: Vec<Kind>,
    /// All relations, sorted by name.
    pub relations: Vec<Relation>,
    /// The declared fields.
    pub fields: BTreeMap<String, Field>,
    /// What a stop on the way shows.
    pub roadmap: Vec<RoadmapRow>,
    /// Is everything undeclared an error?
    pub closed: bool,
    /// Names of kinds that a schema declares.
    pub declared_kinds: BTreeSet<String>,
    /// Names of relations that a schema declares.
    pub declared_relations: BTreeSet<String>,
}

impl Schema {
    /// The kind of exactly this name, in canonical composition.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<KindId> {
        let name = &*composed(name);
        self.kinds.binary_search_by(|kind| kind.name.as_str().cmp(name)).ok()
    }

    /// The relation of exactly this name, in canonical composition.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<RelationId> {
        let name = &*composed(name);
        self.relations.binary_search_by(|relation| relation.name.as_str().cmp(name)).ok()
    }

    /// Adds the kinds that are absent, many at once: O((n + m) log n).
    pub fn add_kinds(&mut self, names: &BTreeSet<&str>) {
        let absent = names.iter().filter(|name| self.kind(name).is_none());
        let absent: BTreeSet<Cow<'_, str>> = absent.map(|name| composed(name)).collect();
        let kind = |name: Cow<'_, str>| Kind { name: name.into_owned(), ..Kind::default() };
        self.kinds.extend(absent.into_iter().map(kind));
        self.kinds.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Adds the relations that are absent, many at once: O((n + m) log n).
    pub fn add_relations(&mut self, names: &BTreeSet<&str>) {
        let absent = names.iter().filter(|name| self.relation(name).is_none());
        let absent: BTreeSet<Cow<'_, str>> = absent.map(|name| composed(name)).collect();
        let relation =
            |name: Cow<'_, str>| Relation { name: name.into_owned(), ..Relation::default() };
        self.relations.extend(absent.into_iter().map(relation));
        self.relations.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// The kind added if absent. Keeps the order.
    pub fn add_kind(&mut self, name: &str) -> &mut Kind {
        let name = &*composed(name);
        let at = match self.kinds.binary_search_by(|kind| kind.name.as_str().cmp(name)) {
            Ok(at) => at,
            Err(at) => {
                let kind = Kind { name: name.to_owned(), ..Kind::default() };
                self.kinds.insert(at, kind);
                at
            }
        };
        &mut self.kinds[at]
    }

    /// From now on all kinds and relations count as declared.
    pub(super) fn declare_all(&mut self) {
        self.declared_kinds = self.kinds.iter().map(|kind| kind.name.clone()).collect();
        self.declared_relations =
            self.relations.iter().map(|relation| relation.name.clone()).collect();
    }

    /// The relation added if absent. Keeps the order.
    pub fn add_relation(&mut self, name: &str) -> &mut Relation {
        let name = &*composed(name);
        let found = self.relations.binary_search_by(|relation| relation.name.as_str().cmp(name));
        let at = match found {
            Ok(at) => at,
            Err(at) => {
                let relation = Relation { name: name.to_owned(), ..Relation::default() };
                self.relations.insert(at, relation);
                at
            }
        };
        &mut self.relations[at]
    }
}
