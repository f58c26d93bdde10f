//! `path A -> B`: one best way along the learning flow.

use super::{Takes, Verb};
use crate::analysis::{Itinerary, Journey, Path, Rule, best_and_shortest, best_path};
use crate::answer::{Answer, Body, Paths, Shape, sources_in_words};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, Fetches, Flow, NodeIndex, Relations};
use crate::query::bind::{AVOID, Arguments, FROM, OVER, Operand, SHORTEST, VIA};
use crate::query::explain::{PathQuestion, Reason, Told, all_names, why_none};
use crate::query::{Limits, Operator};
use num_bigint::BigUint;
use std::collections::BTreeSet;

pub(crate) const VERB: Verb = Verb {
    name: "path",
    fetches: Fetches::Ends,
    takes: Takes::Stops,
    options: &[OVER, VIA, AVOID, SHORTEST, FROM],
    summary: "the best way from A to B along the learning flow",
    example: "path devops -> llmops",
    shape: Shape::Paths,
    bind: |arguments| Ok(Box::new(PathOperator(PathArguments::bind(arguments)?))),
};

/// The arguments of `path` and `paths`.
#[derive(Debug)]
pub(crate) struct PathArguments {
    stops: Vec<Operand>,
    pub(crate) over: Relations,
    via: Option<Operand>,
    avoid: Option<Operand>,
    pub(crate) rule: Rule,
}

impl PathArguments {
    pub(crate) fn bind(arguments: &Arguments<'_>) -> Result<Self, Diagnostic> {
        let over = arguments.relations(&OVER, |relation| relation.route)?;
        arguments.must_flow(Flow::exists_for_paths(arguments.binder.atlas, &over))?;
        let stops = arguments.stops()?;
        let via = arguments.option_operand(&VIA)?;
        if via.as_ref().is_some_and(|via| via.atoms.len() > Itinerary::VIA_LIMIT) {
            let message = format!("`via` takes at most {} names", Itinerary::VIA_LIMIT);
            return Err(arguments
                .binder
                .error("too-many", arguments.verb_span(), message)
                .help("name stops in their order instead: path A -> B -> C"));
        }
        let shortest = arguments.flag(&SHORTEST)? || over.is_some();
        Ok(Self {
            stops,
            over,
            via,
            avoid: arguments.option_operand(&AVOID)?,
            rule: if shortest { Rule::Shortest } else { Rule::RouteFirst },
        })
    }

    /// Has it neither stops on the way nor nodes to pass?
    pub(crate) fn is_plain(&self) -> bool {
        self.stops.len() == 2 && self.via.is_none()
    }

    /// What is asked for, its names resolved to nodes.
    fn itinerary(&self, atlas: &Atlas, limits: &Limits<'_>) -> Itinerary {
        let stops = self.stops.iter().map(|stop| stop.nodes(atlas, limits));
        let avoid = self.avoid.iter().flat_map(|avoid| avoid.nodes(atlas, limits));
        Itinerary {
            stops: stops.collect(),
            via: self.via.as_ref().map_or_else(Vec::new, |via| via.sets(atlas, limits)),
            avoid: avoid.collect(),
            over: self.over.clone(),
        }
    }

    /// The question in one graph.
    pub(crate) fn in_graph<'g>(
        &self,
        atlas: &'g Atlas,
        limits: &'g Limits<'g>,
    ) -> PathQuestion<'g> {
        PathQuestion { atlas, limits, asked: self.itinerary(atlas, limits), rule: self.rule }
    }

    pub(crate) fn journey<'g>(&self, atlas: &'g Atlas, limits: &Limits<'g>) -> Journey<'g> {
        Journey::through(atlas, self.itinerary(atlas, limits)).stopped_by(limits.stop)
    }
}

#[derive(Debug)]
struct PathOperator(PathArguments);

impl Operator for PathOperator {
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        self.0.in_graph(atlas, limits).why_on(node, Told::Best)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let rule = self.0.rule;
        let journey = self.0.journey(atlas, limits);
        let Some((path, (fewest, shortest_count))) = best_and_shortest(&journey, rule) else {
            let none = Paths { shortest_count: Some(BigUint::ZERO), ..Paths::default() };
            return Answer::new(atlas, Body::Paths(none)).noting(why_none(&journey));
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
        Answer::new(atlas, Body::Paths(paths)).noting(notes)
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
        nodes => format!(" without {}", all_names(atlas, nodes, ", ")),
    };
    let relations: Vec<&str> = relations.into_iter().collect();
    let sources = sources_in_words(cited);
    let sources = if sources.is_empty() { sources } else { format!(" ({sources})") };
    let way = all_names(atlas, &shorter.nodes, " → ");
    format!("shorter{without}, by {}: {way}{sources}", relations.join(", "))
}
