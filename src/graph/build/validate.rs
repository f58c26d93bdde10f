//! What the builder refuses: words that a closed schema does not declare, values that do not fit
//! their fields.

use super::builder::{Builder, PROBLEMS};
use super::draft::{Interned, NodeSlot};
use crate::diagnostic::{Diagnostic, nearest, shortened};
use crate::graph::statements;
use crate::graph::{FilePlace, PropertyList};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with the words of a graph.
#[derive(Default)]
struct VocabularyFaults {
    problems: Vec<Diagnostic>,
    /// What a closed schema does not declare, by what it is.
    strangers: BTreeMap<&'static str, BTreeSet<String>>,
    /// The last problem that told of a stranger.
    last: Option<usize>,
}

impl VocabularyFaults {
    fn undeclared(
        &mut self,
        what: &'static str,
        name: &str,
        near: Option<&str>,
        problem: Diagnostic,
    ) {
        if near.is_some() {
            self.problems.push(problem.suggest(near, ""));
        } else {
            self.last = Some(self.problems.len());
            self.strangers.entry(what).or_default().insert(name.to_owned());
            self.problems.push(problem);
        }
    }

    /// The problems; the last stranger tells how to declare all of them at once, in a file that
    /// can be copied as it stands.
    fn told(mut self) -> Vec<Diagnostic> {
        if let Some(last) = self.last {
            let group = |(what, names): (&&str, &BTreeSet<String>)| {
                let names: Map<String, Value> =
                    names.iter().map(|name| (name.clone(), json!({}))).collect();
                (format!("{what}s"), Value::from(names))
            };
            let groups: Map<String, Value> = self.strangers.iter().map(group).collect();
            let file = json!({ "atlas": 1, "schema": groups });
            let told =
                format!("what is new can be declared in a file of its own, loaded as well: {file}");
            self.problems[last].help.push(told.into());
        }
        self.problems
    }
}

impl Builder {
    /// Adds undeclared kinds and relations to an open schema, refuses them in a closed one, and
    /// checks the types of declared fields.
    pub(super) fn check_vocabulary(&mut self) {
        let mut found = VocabularyFaults::default();
        let Interned { sets, kinds, .. } = &self.shared;
        let mut used = vec![false; sets.items().len()];
        for draft in self.nodes.iter().filter_map(NodeSlot::draft) {
            if found.problems.len() >= PROBLEMS {
                break;
            }
            // Only these count: a set that a later file has replaced is in no node any more.
            used[draft.kinds as usize] = true;
            let place = |name: &str| draft.place_of(name);
            if self.schema.closed {
                let declared = &self.schema.declared_kinds;
                let own = sets.item(draft.kinds as usize).iter().map(|kind| &**kinds.item(*kind));
                for kind in own.filter(|kind| !declared.contains(*kind)) {
                    self.undeclared(&mut found, "kind", kind, declared, place(kind), &draft.id);
                }
            }
            self.check_fields(&draft.properties, place, || draft.id.clone(), &mut found);
        }
        let used = used.iter().zip(sets.items()).filter(|(used, _)| **used);
        let used = used.flat_map(|(_, set)| &**set).map(|kind| &**kinds.item(*kind));
        let relations = self.check_edges(&mut found);
        let relations = relations.iter().map(|number| &**self.relations.item(*number));
        let [other_kinds, other_relations] = &self.elsewhere;
        let used = used.chain(other_kinds.iter().map(String::as_str)).collect();
        let relations = relations.chain(other_relations.iter().map(String::as_str)).collect();
        self.schema.add_kinds(&used);
        self.schema.add_relations(&relations);
        self.problems.extend(found.told());
    }

    /// Checks relations and fields of edges; the relations there are.
    fn check_edges(&self, found: &mut VocabularyFaults) -> BTreeSet<usize> {
        let declared = &self.schema.declared_relations;
        let stranger = self.relations.items();
        let stranger = stranger.map(|name| self.schema.closed && !declared.contains(&**name));
        let stranger: Vec<bool> = stranger.collect();
        let mut used = vec![false; self.classes.len()];
        for edge in &self.edges {
            if found.problems.len() >= PROBLEMS {
                break;
            }
            used[edge.class as usize] = true;
            let class = &self.classes[edge.class as usize];
            let relation = self.relations.item(class.relation);
            let id = || {
                let [from, to] = edge.ends.map(|end| self.nodes[end as usize].id());
                format!("{from} {relation} {to}")
            };
            let place = FilePlace { file: class.file, offset: edge.offset };
            if stranger[class.relation] {
                self.undeclared(found, "relation", relation, declared, place, &id());
            }
            self.check_fields(&class.properties, |_| place, id, found);
        }
        let used = self.classes.iter().zip(used).filter(|(_, used)| *used);
        used.map(|(class, _)| class.relation).collect()
    }

    fn undeclared(
        &self,
        found: &mut VocabularyFaults,
        what: &'static str,
        name: &str,
        declared: &BTreeSet<String>,
        place: FilePlace,
        id: &str,
    ) {
        let message = format!("the schema is closed and declares no {what} `{name}`");
        let problem = Diagnostic::new("undeclared", message).at(self.place(place)).about(id);
        let near = nearest(name, declared.iter().map(String::as_str));
        found.undeclared(what, name, near.first().copied(), problem);
    }

    fn check_fields(
        &self,
        properties: &PropertyList,
        place: impl Fn(&str) -> FilePlace,
        id: impl Fn() -> String,
        found: &mut VocabularyFaults,
    ) {
        for (name, value) in properties.iter() {
            let Some(field) = self.schema.fields.get(name) else {
                if self.schema.closed {
                    let declared = self.schema.fields.keys().cloned().collect();
                    self.undeclared(found, "field", name, &declared, place(name), &id());
                }
                continue;
            };
            let misfit = statements(value).any(|said| !field.kind.fits(said));
            if misfit {
                let wanted = field.kind.name();
                let id = id();
                let message = format!(
                    "`{name}` is declared as {wanted}, but `{id}` has {}",
                    shortened(&value.to_string())
                );
                let problem = Diagnostic::new("wrong-type", message);
                found.problems.push(problem.at(self.place(place(name))).about(&id));
            }
        }
    }
}
