//! The ends of edges once all files are read: which nodes they are, or that they are none.

use super::builder::{Builder, PROBLEMS};
use super::draft::{NodeDraft, NodeSlot, OpenEnd};
use super::named::Meant;
use crate::diagnostic::{Diagnostic, Note, nearest, shortened};
use crate::graph::{FilePlace, NodeFacts};

/// How many nodes that were made are told.
const TOLD: usize = 10;

impl Builder {
    /// An end that no file defines is the node whose id is the same in canonical composition.
    pub(super) fn join_twins(&mut self) {
        let defined = |node: &u32| self.nodes[*node as usize].draft().is_some();
        let mut joined = Vec::new();
        for (at, end) in self.open_ends.iter().enumerate() {
            if defined(&end.node) {
                continue;
            }
            let twins = self.twins(end.node);
            let mut known = twins.iter().copied().filter(defined);
            match (known.next(), known.next()) {
                (Some(twin), None) => joined.push((at, twin)),
                // Where none is defined, edges may stand alone: the first one named is the node.
                (None, _) => {
                    let first = twins.into_iter().min().filter(|twin| *twin < end.node);
                    joined.extend(first.map(|twin| (at, twin)));
                }
                (Some(_), Some(_)) => {}
            }
        }
        joined.into_iter().for_each(|(at, twin)| self.join(at, twin));
    }

    /// An open end is this node.
    fn join(&mut self, at: usize, twin: u32) {
        let end = &mut self.open_ends[at];
        let node = std::mem::replace(&mut end.node, twin);
        let ends = &mut self.edges[end.edge as usize].ends;
        ends.iter_mut().filter(|own| **own == node).for_each(|own| *own = twin);
    }

    /// An end that is a name, and no id, is the one node that has it.
    pub(super) fn join_names(&mut self) {
        let is_open = |end: &OpenEnd| self.nodes[end.node as usize].draft().is_none();
        let named = |end: &OpenEnd| {
            let (place, _) = self.told(end);
            is_open(end) && self.by_name.contains(&(place.file as usize))
        };
        let open: Vec<usize> =
            (0..self.open_ends.len()).filter(|at| named(&self.open_ends[*at])).collect();
        if self.by_name.is_empty() || open.is_empty() {
            return;
        }
        let names = self.names();
        for at in open {
            let name = self.nodes[self.open_ends[at].node as usize].id().to_owned();
            match names.find(&name) {
                Some(Meant::One(id)) => {
                    let node = self.known(id);
                    node.into_iter().for_each(|node| self.join(at, node));
                }
                Some(Meant::Several(ids)) => {
                    let (place, _) = self.told(&self.open_ends[at]);
                    let [one, other] = ids.each_ref().map(|id| shortened(id));
                    let message = format!("`{}` can mean `{one}` or `{other}`", shortened(&name));
                    let problem = Diagnostic::new("ambiguous-name", message);
                    let help = "write the id of the one that is meant";
                    self.problem(problem.at(self.place(place)).about(&name).help(help));
                }
                None => {}
            }
        }
    }

    /// If edges may stand alone and no file defines a node, each is defined where an edge names
    /// it first; so is what is missing, if it is to be created.
    pub(super) fn define_ends(&mut self) {
        let alone =
            self.edges_may_stand_alone && !self.nodes.iter().any(|node| node.draft().is_some());
        if !alone && !self.create_missing {
            return;
        }
        let mut created = Vec::new();
        for end in &self.open_ends {
            let (place, class) = self.told(end);
            let node = &mut self.nodes[end.node as usize];
            let NodeSlot::Referenced(id) = node else { continue };
            let layer = self.classes[class].layer;
            let facts = NodeFacts { id: id.to_string(), place, ..NodeFacts::default() };
            created.push((facts.id.clone(), place));
            *node = NodeSlot::Defined(NodeDraft::new(facts, layer, &mut self.shared));
        }
        if !alone {
            self.tell_created(&created);
        }
    }

    fn tell_created(&mut self, created: &[(String, FilePlace)]) {
        if created.is_empty() {
            return;
        }
        let told = created.iter().take(TOLD).map(|(id, place)| {
            let text = &self.files[place.file as usize];
            let (line, _) = text.line_and_column(place.offset as usize);
            format!("`{}` ({}:{line})", shortened(id), text.name)
        });
        let mut told: Vec<String> = told.collect();
        if created.len() > TOLD {
            told.push(format!("{} more", created.len() - TOLD));
        }
        let what = if created.len() == 1 { "a node was" } else { "nodes were" };
        self.note(format!("{what} made of what nothing defines: {}", told.join(", ")));
    }

    /// Where an edge names an end, and which class the edge has.
    fn told(&self, end: &OpenEnd) -> (FilePlace, usize) {
        let class = self.edges[end.edge as usize].class as usize;
        (FilePlace { file: self.classes[class].file, offset: end.offset }, class)
    }

    /// Ends that no file defines become problems.
    pub(super) fn check_ends(&mut self) {
        let mut dangling = Vec::new();
        for end in &self.open_ends {
            if let NodeSlot::Referenced(id) = &self.nodes[end.node as usize] {
                let (place, class) = self.told(end);
                dangling.push((id.clone(), place, self.classes[class].relation));
            }
        }
        let mut ids: Vec<String> = Vec::new();
        if !dangling.is_empty() {
            let defined = || self.nodes.iter().filter_map(NodeSlot::draft);
            ids.extend(defined().map(|node| node.id.clone()));
            if !self.by_name.is_empty() {
                ids.extend(defined().filter_map(|node| node.name.clone()));
            }
            ids.sort_unstable();
            ids.dedup();
        }
        let mut advised = false;
        for (id, place, relation) in dangling {
            if self.problems.len() >= PROBLEMS {
                break;
            }
            let relation = self.relations.item(relation);
            let named = self.by_name.contains(&(place.file as usize));
            let nothing = if named { "no row and no layer" } else { "no layer" };
            let message = format!(
                "this `{relation}` edge names `{}`, but {nothing} defines that node",
                shortened(&id)
            );
            let mut problem = Diagnostic::new("dangling-end", message);
            problem = problem.at(self.place(place)).about(&*id);
            // Suggestions cost a scan of all ids each: enough for a person, bounded for a machine.
            if self.problems.len() < 20 {
                let near = nearest(&id, ids.iter().map(String::as_str));
                problem = problem.suggest(near.first(), "");
            }
            if named && !std::mem::replace(&mut advised, true) {
                let text = " HEADER=property` reads a column as text";
                let made = "` makes a node of what nothing defines";
                problem = problem.help(Note::naming("`", "create-missing", made));
                problem = problem.help(Note::naming("`", "map", text));
            } else if !named && id.bytes().all(|byte| byte.is_ascii_digit()) {
                problem =
                    problem.help("a number here is a node's id, not its position in the list");
            }
            self.problems.push(problem);
        }
    }
}
