//! What the builder refuses: words that a closed schema does not declare, values that do not fit
//! their fields.

use super::builder::{Builder, PROBLEMS};
use super::draft::Named;
use super::facts::statements;
use super::{FilePlace, PropertyList};
use crate::diagnostic::{Diagnostic, nearest, shortened};
use serde_json::Value;
use std::collections::BTreeSet;

impl Builder {
    /// Adds undeclared kinds and relations to an open schema, refuses them in a closed one, and
    /// checks the types of declared fields.
    pub(super) fn check_vocabulary(&mut self) {
        let mut problems = Vec::new();
        let sets = self.shared.sets.items();
        let kinds = self.shared.kinds.items();
        let mut used = vec![false; sets.len()];
        for draft in self.nodes.iter().filter_map(Named::draft) {
            if problems.len() >= PROBLEMS {
                break;
            }
            used[draft.kinds as usize] = true;
            let place = |name: &str| draft.place_of(name);
            if self.schema.closed {
                let declared = &self.schema.declared_kinds;
                let own = sets[draft.kinds as usize].iter().map(|kind| &*kinds[*kind]);
                for kind in own.filter(|kind| !declared.contains(*kind)) {
                    problems.push(self.undeclared("kind", kind, declared, place(kind), &draft.id));
                }
            }
            self.check_fields(&draft.properties, place, || draft.id.clone(), &mut problems);
        }
        let used = used.iter().zip(sets).filter(|(used, _)| **used).flat_map(|(_, set)| &**set);
        let used: BTreeSet<&str> = used.map(|kind| &*kinds[*kind]).collect();
        let relations = self.check_edges(&mut problems);
        let relations = relations.iter().map(|number| &*self.relations.items()[*number]).collect();
        self.schema.add_kinds(&used);
        self.schema.add_relations(&relations);
        self.problems.append(&mut problems);
    }

    /// Checks relations and fields of edges; the relations there are.
    fn check_edges(&self, problems: &mut Vec<Diagnostic>) -> BTreeSet<usize> {
        let declared = &self.schema.declared_relations;
        let stranger = self.relations.items().iter();
        let stranger = stranger.map(|name| self.schema.closed && !declared.contains(&**name));
        let stranger: Vec<bool> = stranger.collect();
        let mut used = vec![false; self.stamps.len()];
        for edge in &self.edges {
            if problems.len() >= PROBLEMS {
                break;
            }
            used[edge.stamp as usize] = true;
            let stamp = &self.stamps[edge.stamp as usize];
            let relation = &self.relations.items()[stamp.relation];
            let id = || {
                let [from, to] = edge.ends.map(|end| self.nodes[end as usize].id());
                format!("{from} {relation} {to}")
            };
            let place = FilePlace { file: stamp.file, offset: edge.offset };
            if stranger[stamp.relation] {
                problems.push(self.undeclared("relation", relation, declared, place, &id()));
            }
            self.check_fields(&stamp.properties, |_| place, id, problems);
        }
        let used = self.stamps.iter().zip(used).filter(|(_, used)| *used);
        used.map(|(stamp, _)| stamp.relation).collect()
    }

    fn undeclared(
        &self,
        what: &str,
        name: &str,
        declared: &BTreeSet<String>,
        place: FilePlace,
        id: &str,
    ) -> Diagnostic {
        let message = format!("the schema is closed and declares no {what} `{name}`");
        let problem = Diagnostic::new("undeclared", message).at(self.place(place)).about(id);
        match nearest(name, declared.iter().map(String::as_str)).first() {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => {
                let name = Value::from(name);
                problem.help(format!(
                    "or declare it in your file: \"schema\": {{\"{what}s\": {{{name}: {{}}}}}}"
                ))
            }
        }
    }

    fn check_fields(
        &self,
        properties: &PropertyList,
        place: impl Fn(&str) -> FilePlace,
        id: impl Fn() -> String,
        problems: &mut Vec<Diagnostic>,
    ) {
        for (name, value) in properties.iter() {
            let Some(field) = self.schema.fields.get(name) else {
                if self.schema.closed {
                    let declared = self.schema.fields.keys().cloned().collect();
                    problems.push(self.undeclared("field", name, &declared, place(name), &id()));
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
                problems.push(problem.at(self.place(place(name))).about(&id));
            }
        }
    }
}
