//! A graph as formats of other programs have it: nodes and edges with a few texts that say what
//! they are, and properties that are plain values. The readers of those formats understand these
//! words (`data::roles`); what they would misunderstand is left out here.

use super::Subgraph;
use super::losses::{Loss, Losses};
use crate::analysis::median;
use crate::answer::amount;
use crate::data::roles::{ALIASES, KIND, NAME, RELATION, RoleWords, SOURCES, is_taken};
use crate::graph::{Atlas, Citation, PropertyList, cited_statements, is_statements};
use serde_json::Value;

/// What a format can hold.
pub(super) struct Holds {
    /// The words that its reader knows.
    pub(super) words: &'static RoleWords,
    /// Lists of plain values?
    pub(super) lists: bool,
    /// Any value?
    pub(super) all: bool,
    /// This text, as a value?
    pub(super) text: fn(&str) -> bool,
    /// A property of this name, at a node or else an edge?
    pub(super) property: fn(&str, bool) -> bool,
}

/// A node or an edge.
pub(super) struct ExportItem<'g> {
    /// Its id, or its ends.
    pub(super) ids: Vec<&'g str>,
    /// What says what it is: a word and texts.
    pub(super) roles: Vec<RoleTexts>,
    pub(super) properties: Vec<(&'g str, Value)>,
}

/// A word that says what something is, and its texts, of which a name and a relation have one.
pub(super) type RoleTexts = (&'static str, Vec<String>);

impl ExportItem<'_> {
    /// What a word says, in one text.
    pub(super) fn said(&self, word: &str) -> Option<String> {
        let role = self.roles.iter().find(|(role, _)| *role == word);
        role.map(|(_, texts)| texts.join(";"))
    }
}

/// A graph of plain values.
pub(super) struct PlainGraph<'g> {
    pub(super) nodes: Vec<ExportItem<'g>>,
    pub(super) edges: Vec<ExportItem<'g>>,
    pub(super) losses: Losses,
}

impl<'g> PlainGraph<'g> {
    pub(super) fn new(atlas: &'g Atlas, part: &Subgraph, holds: &Holds) -> Self {
        let mut maker = Maker { holds, losses: Losses::default() };
        maker.whole(atlas);
        let nodes = part.nodes.iter().map(|node| {
            let node = atlas.node(*node);
            let kinds = node.kinds.iter().map(|kind| atlas.schema().kinds[*kind].name.as_str());
            let name: Vec<&str> = node.name.as_deref().into_iter().collect();
            let mut roles = Vec::new();
            maker.role(&mut roles, KIND[0], kinds.collect(), true);
            maker.role(&mut roles, NAME[0], name, false);
            maker.role(
                &mut roles,
                ALIASES,
                node.aliases.iter().map(String::as_str).collect(),
                true,
            );
            maker.sources(&mut roles, &node.sources);
            let properties = maker.properties(&node.properties, &node.id, &roles, false);
            ExportItem { ids: vec![&node.id], roles, properties }
        });
        let nodes = nodes.collect();
        let edges = part.edges.iter().map(|edge| {
            let facts = atlas.edge(*edge);
            let (from, to) = atlas.ends(*edge);
            let ids = vec![atlas.node(from).id.as_str(), atlas.node(to).id.as_str()];
            let mut roles = Vec::new();
            let relation = atlas.relation_of(*edge).name.as_str();
            maker.role(&mut roles, RELATION[0], vec![relation], false);
            maker.sources(&mut roles, facts.sources);
            let properties = maker.properties(facts.properties, relation, &roles, true);
            ExportItem { ids, roles, properties }
        });
        let edges = edges.collect();
        Self { nodes, edges, losses: maker.losses }
    }
}

struct Maker<'h> {
    holds: &'h Holds,
    losses: Losses,
}

impl Maker<'_> {
    /// What belongs to the graph as a whole.
    fn whole(&mut self, atlas: &Atlas) {
        let schema = atlas.schema();
        let declared = !schema.declared_kinds.is_empty()
            || !schema.declared_relations.is_empty()
            || !schema.fields.is_empty()
            || !schema.roadmap.is_empty()
            || schema.closed;
        if declared {
            self.losses.count(Loss::Schema, "");
        }
        atlas.sources().iter().for_each(|source| self.losses.count(Loss::Sources, &source.id));
    }

    /// Says in one text what may be several.
    fn role(
        &mut self,
        roles: &mut Vec<RoleTexts>,
        word: &'static str,
        texts: Vec<&str>,
        several: bool,
    ) {
        let mut held: Vec<&str> = Vec::new();
        for text in texts {
            if !(self.holds.text)(text) {
                self.losses.count(Loss::Text, text);
                continue;
            }
            if !self.holds.words.joined {
                if held.contains(&text) {
                    self.losses.count(Loss::Word, text);
                } else {
                    held.push(text);
                }
                continue;
            }
            let trimmed = text.trim();
            let parted = several && text.contains(';');
            if trimmed != text || trimmed.is_empty() || parted || held.contains(&text) {
                self.losses.count(Loss::Word, text);
            }
            if !trimmed.is_empty() && !parted && !held.contains(&trimmed) {
                held.push(trimmed);
            }
        }
        if !held.is_empty() {
            roles.push((word, held.into_iter().map(str::to_owned).collect()));
        }
    }

    fn sources(&mut self, roles: &mut Vec<RoleTexts>, cited: &[Citation]) {
        let mut ids: Vec<&str> = Vec::new();
        for citation in cited {
            let known = ids.contains(&citation.source.as_str());
            let bare = Citation { source: citation.source.clone(), ..Citation::default() };
            if *citation != bare || known {
                self.losses.count(Loss::Places, &citation.source);
            }
            if !known {
                ids.push(&citation.source);
            }
        }
        self.role(roles, SOURCES, ids, true);
    }

    fn properties<'g>(
        &mut self,
        properties: &'g PropertyList,
        owner: &str,
        roles: &[RoleTexts],
        is_edge: bool,
    ) -> Vec<(&'g str, Value)> {
        let mut held = Vec::new();
        for (name, value) in properties.iter() {
            let example = || format!("{name} of {owner}");
            let Some(value) = self.value(value, &example) else { continue };
            let said = |word: &str| roles.iter().any(|(role, _)| *role == word);
            let taken = is_taken(name, &value, said, is_edge, self.holds.words);
            if !(self.holds.property)(name, is_edge) || taken {
                self.losses.count(Loss::Reserved, &example());
            } else if !texts(&value).all(self.holds.text) {
                self.losses.count(Loss::Text, &example());
            } else {
                held.push((name, value));
            }
        }
        held
    }

    /// The value as a plain one, if it says anything.
    fn value(&mut self, value: &Value, example: &dyn Fn() -> String) -> Option<Value> {
        if self.holds.all {
            return Some(value.clone());
        }
        if is_statements(value) {
            self.losses.count(Loss::Statements, &example());
            let values: Vec<&Value> =
                cited_statements(value).into_iter().map(|(value, _)| value).collect();
            return match values.as_slice() {
                [one] => self.value(one, example),
                // As plans reckon: of several amounts the median counts.
                several if several.iter().all(|value| value.is_number()) => {
                    let middle = median(several.iter().copied())?;
                    serde_json::from_str(&amount(middle)).ok()
                }
                several => self.list(several, example),
            };
        }
        match value {
            Value::Null => {
                self.losses.count(Loss::Empty, &example());
                None
            }
            Value::Array(list) => self.list(&list.iter().collect::<Vec<&Value>>(), example),
            Value::Object(_) => {
                self.losses.count(Loss::Nested, &example());
                Some(value.to_string().into())
            }
            plain => Some(plain.clone()),
        }
    }

    fn list(&mut self, list: &[&Value], example: &dyn Fn() -> String) -> Option<Value> {
        let fits = |item: &&Value| match item {
            Value::String(text) => !text.is_empty() && !text.contains(';') && text.trim() == text,
            Value::Number(_) | Value::Bool(_) => true,
            _ => false,
        };
        let Some(first) = list.first() else {
            self.losses.count(Loss::Empty, &example());
            return None;
        };
        let alike = |item: &&Value| std::mem::discriminant(*item) == std::mem::discriminant(*first);
        if self.holds.lists && list.iter().all(|item| fits(item) && alike(item)) {
            return Some(list.iter().map(|item| (*item).clone()).collect());
        }
        self.losses.count(Loss::Nested, &example());
        let words = list.iter().map(|item| match item {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        Some(words.collect::<Vec<String>>().join("; ").into())
    }
}

/// The texts in a plain value.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().into_iter().flatten();
    list.chain([value]).filter_map(Value::as_str)
}
