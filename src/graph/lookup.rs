//! What names mean: of nodes, kinds and relations.

use super::NodeIndex;
use super::atlas::Atlas;
use super::names;
#[cfg(feature = "cli")]
use super::partial::Partial;
use super::partial::key_of;
use super::schema::{KindId, RelationId};

impl Atlas {
    /// The node of exactly this id. Logarithmic.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<NodeIndex> {
        self.note_name(id);
        self.store.facts.by_id(id).filter(|node| self.has(*node))
    }

    /// The nodes that `name` means, by the levels of the contract: the first level with a hit
    /// wins; several nodes are an ambiguity, none is unknown.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Vec<NodeIndex> {
        self.resolve_few(name, usize::MAX)
    }

    /// Does the name mean this node and no other? Thousands may have the same name.
    #[must_use]
    pub fn is_alone(&self, name: &str, node: NodeIndex) -> bool {
        self.resolve_few(name, 2) == [node]
    }

    fn resolve_few(&self, name: &str, most: usize) -> Vec<NodeIndex> {
        let there = |node: NodeIndex| self.has(node);
        let named = || self.store.names.resolve(name, &self.store.facts, &there, most);
        self.by_id(name).map_or_else(named, |node| vec![node])
    }

    /// The names nearest to an unknown one, with the node each belongs to.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<(String, NodeIndex)> {
        if let Some(partial) = &self.store.partial {
            partial.want_near(key_of(name));
        }
        let mut near = self.store.names.nearest(name, &self.store.facts);
        near.retain(|(_, node)| self.has(*node));
        near
    }

    /// How many nodes and edges were loaded, or are held elsewhere.
    #[cfg(feature = "cli")]
    pub(crate) fn counts(&self) -> [u64; 2] {
        let here = || [self.node_bound() as u64, self.edge_bound() as u64];
        self.partial().map_or_else(here, Partial::counts)
    }

    /// The nodes whose names may begin like this, by id: all, but of a graph that is held elsewhere.
    pub(crate) fn beginning(&self, folded: &str) -> Vec<NodeIndex> {
        let Some(partial) = self.partial() else { return self.nodes().collect() };
        partial.want_near(folded.to_owned());
        partial.with_rows().filter(|node| self.has(*node)).collect()
    }

    /// The nodes that may fit a search: all, but of a graph that is held elsewhere.
    pub(crate) fn sought(&self, text: &str) -> Vec<NodeIndex> {
        match self.partial() {
            None => self.nodes().collect(),
            Some(partial) => {
                partial.sought(text).into_iter().filter(|node| self.has(*node)).collect()
            }
        }
    }

    /// The kinds whose singular or plural `name` is: exactly, or else folded.
    #[must_use]
    pub fn resolve_kind(&self, name: &str) -> Vec<KindId> {
        let forms = self.schema().kinds.iter().enumerate();
        let forms = forms.flat_map(|(at, kind)| {
            let plural = kind.plural.as_deref().map_or([&kind.name, "s"], |plural| [plural, ""]);
            [(at, [kind.name.as_str(), ""]), (at, plural)]
        });
        names::match_forms(name, &forms)
    }

    /// The relations that `name` is: exactly, or else folded.
    #[must_use]
    pub fn resolve_relation(&self, name: &str) -> Vec<RelationId> {
        let forms = self.schema().relations.iter().enumerate();
        names::match_forms(name, &forms.map(|(at, relation)| (at, [relation.name.as_str(), ""])))
    }
}
