//! How a snapshot writes what is said of one node, or of edges beyond their ends. Texts are
//! borrowed from its bytes.

use crate::graph::edge::EdgeClass;
use crate::graph::packed::packed;
use crate::graph::{Citation, FilePlace, PropertyList, Strength};
use serde::{Deserialize, Serialize};

/// Properties by the numbers of their names, each a value's bytes.
pub(in crate::graph) type PropertyForms<B> = Vec<(u32, B)>;

/// The forms of properties, if they can be written.
pub(in crate::graph) fn property_forms(
    properties: &PropertyList,
    number: &impl Fn(&str) -> u32,
) -> Option<PropertyForms<Vec<u8>>> {
    properties.iter().map(|(name, value)| Some((number(name), packed(value)?))).collect()
}

/// A node without its id, kinds and layers, which stand apart. Its name is the first of all.
#[derive(Serialize, Deserialize)]
pub(in crate::graph) struct NodeForm<'t, B> {
    pub(in crate::graph) name: Option<&'t str>,
    pub(in crate::graph) aliases: Vec<&'t str>,
    pub(in crate::graph) properties: PropertyForms<B>,
    pub(in crate::graph) sources: Vec<Citation>,
    pub(in crate::graph) place: FilePlace,
}

#[derive(Serialize, Deserialize)]
pub(in crate::graph) struct ClassForm<B> {
    relation: usize,
    layer: usize,
    file: u32,
    recommended: bool,
    properties: PropertyForms<B>,
    sources: Vec<Citation>,
}

impl ClassForm<Vec<u8>> {
    pub(in crate::graph) fn of(class: &EdgeClass, number: &impl Fn(&str) -> u32) -> Option<Self> {
        Some(Self {
            relation: class.relation,
            layer: class.layer,
            file: class.file,
            recommended: class.strength == Strength::Recommended,
            properties: property_forms(&class.properties, number)?,
            sources: class.sources.clone(),
        })
    }
}

impl<'t> ClassForm<&'t [u8]> {
    /// The class, whose properties `listed` makes.
    pub(in crate::graph) fn class(
        self,
        listed: impl FnOnce(PropertyForms<&'t [u8]>) -> PropertyList,
    ) -> EdgeClass {
        EdgeClass {
            relation: self.relation,
            layer: self.layer,
            file: self.file,
            strength: if self.recommended { Strength::Recommended } else { Strength::Required },
            properties: listed(self.properties),
            sources: self.sources,
        }
    }
}
