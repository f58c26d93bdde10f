//! The ends of edges once all files are read: which nodes they are, or that they are none.

use super::builder::{Builder, PROBLEMS};
use super::draft::{NodeDraft, NodeSlot, OpenEnd};
use crate::diagnostic::{Diagnostic, nearest, shortened};
use crate::graph::{FilePlace, NodeFacts};

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
        for (at, twin) in joined {
            let end = &mut self.open_ends[at];
            let node = std::mem::replace(&mut end.node, twin);
            let ends = &mut self.edges[end.edge as usize].ends;
            ends.iter_mut().filter(|own| **own == node).for_each(|own| *own = twin);
        }
    }

    /// If edges may stand alone and no file defines a node, each is defined where an edge names
    /// it first.
    pub(super) fn define_ends(&mut self) {
        if !self.edges_may_stand_alone || self.nodes.iter().any(|node| node.draft().is_some()) {
            return;
        }
        for end in &self.open_ends {
            let (place, class) = self.told(end);
            let node = &mut self.nodes[end.node as usize];
            let NodeSlot::Referenced(id) = node else { continue };
            let layer = self.classes[class].layer;
            let facts = NodeFacts { id: id.to_string(), place, ..NodeFacts::default() };
            *node = NodeSlot::Defined(NodeDraft::new(facts, layer, &mut self.shared));
        }
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
            let defined = self.nodes.iter().filter_map(NodeSlot::draft);
            ids.extend(defined.map(|node| node.id.clone()));
            ids.sort_unstable();
        }
        for (id, place, relation) in dangling {
            if self.problems.len() >= PROBLEMS {
                break;
            }
            let relation = self.relations.item(relation);
            let mut problem = Diagnostic::new(
                "dangling-end",
                format!(
                    "this `{relation}` edge names `{}`, but no layer defines that node",
                    shortened(&id)
                ),
            );
            problem = problem.at(self.place(place)).about(&*id);
            // Suggestions cost a scan of all ids each: enough for a person, bounded for a machine.
            if self.problems.len() < 20 {
                let near = nearest(&id, ids.iter().map(String::as_str));
                problem = problem.suggest(near.first(), "");
            }
            if id.bytes().all(|byte| byte.is_ascii_digit()) {
                problem =
                    problem.help("a number here is a node's id, not its position in the list");
            }
            self.problems.push(problem);
        }
    }
}
