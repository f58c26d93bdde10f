//! `path A -> B`: one best way along the learning flow.

use super::Verb;
pub(super) use super::no_path::names;
use super::no_path::why_none;
use super::path_question::PathQuestion;
use super::path_reason::Told;
use crate::analysis::{Path, Rule, best_and_shortest, best_path};
use crate::answer::{Answer, Body, Paths, Shape, sources_in_words};
use crate::graph::{Atlas, EdgeIndex, NodeIndex};
use crate::query::arguments::{AVOID, OVER, SHORTEST, VIA};
use crate::query::reason::Reason;
use crate::query::{Limits, Run};
use num_bigint::BigUint;
use std::collections::BTreeSet;

pub(super) const VERB: Verb = Verb {
    name: "path",
    usage: "path A -> B [-> C …] [over R, …] [via N, …] [avoid N, …] [shortest]",
    summary: "the best way from A to B along the learning flow",
    example: "path devops -> llmops",
    shape: Shape::Paths,
    options: &[OVER, VIA, AVOID, SHORTEST],
    bind: |arguments| Ok(Box::new(BestPath(PathQuestion::bind(arguments)?))),
};

#[derive(Debug)]
struct BestPath(PathQuestion);

impl Run for BestPath {
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        self.0.why_on(atlas, limits, node, Told::Best)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let rule = self.0.rule;
        let journey = self.0.journey(atlas, limits);
        let Some((path, (fewest, shortest_count))) = best_and_shortest(&journey, rule) else {
            let none = Paths { shortest_count: Some(BigUint::ZERO), ..Paths::default() };
            return Answer { notes: why_none(&journey), ..Answer::new(atlas, Body::Paths(none)) };
        };
        let mut notes = Vec::new();
        let shorter =
            (fewest < path.nodes.len() - 1).then(|| best_path(&journey, Rule::Shortest)).flatten();
        let several = shortest_count > BigUint::from(1u8);
        match shorter {
            Some(shorter) => {
                notes.push(shorter_note(atlas, &shorter, &path));
                if several {
                    notes.push(format!("{shortest_count} paths are that short"));
                }
            }
            None if several => {
                let others = shortest_count.clone() - 1u8;
                let words = if others == BigUint::from(1u8) { "path is" } else { "paths are" };
                let listed = if self.0.is_plain() { "; `paths` lists them" } else { "" };
                notes.push(format!("{others} other {words} as short{listed}"));
            }
            None => {}
        }
        let paths = Paths {
            routes: vec![path],
            shortest_count: Some(shortest_count),
            all_of: None,
            route_first: rule == Rule::RouteFirst,
        };
        Answer { notes, ..Answer::new(atlas, Body::Paths(paths)) }
    }
}

/// `shorter without GitOps, by builds-on: DevOps → MLOps → LLMOps (roadmap:7 · talk:2)`: what it
/// leaves out, and by what it leaves the way told.
fn shorter_note(atlas: &Atlas, shorter: &Path, told: &Path) -> String {
    let without: Vec<NodeIndex> =
        told.nodes.iter().filter(|node| !shorter.nodes.contains(node)).copied().collect();
    let (mut relations, mut cited) = (BTreeSet::new(), Vec::new());
    for (ends, hop) in shorter.nodes.windows(2).zip(&shorter.hops) {
        let Some(first) = hop.first() else { continue };
        if !told.nodes.windows(2).any(|own| own == ends) {
            relations.insert(atlas.relation_of(*first).name.as_str());
        }
        let same = |edge: &&EdgeIndex| atlas.edge(**edge).relation == atlas.edge(*first).relation;
        cited.extend(hop.iter().filter(same).flat_map(|edge| atlas.edge(*edge).sources));
    }
    let without = match without.as_slice() {
        [] => String::new(),
        nodes => format!(" without {}", names(atlas, nodes, ", ")),
    };
    let relations: Vec<&str> = relations.into_iter().collect();
    let sources = sources_in_words(cited);
    let sources = if sources.is_empty() { sources } else { format!(" ({sources})") };
    let way = names(atlas, &shorter.nodes, " → ");
    format!("shorter{without}, by {}: {way}{sources}", relations.join(", "))
}
