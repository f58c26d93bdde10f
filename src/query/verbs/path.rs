//! `path A -> B`: one best way along the learning flow.

use super::Verb;
use crate::analysis::{
    Journey, Path, Rule, best_path, hop_edges, in_learning_order, needed_by, opened_by,
    shortest_count,
};
use crate::answer::{Answer, Body, Paths, Route, Shape, sources_in_words};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex, Relations};
use crate::query::arguments::{AVOID, Arguments, OVER, SHORTEST, VIA};
use crate::query::operand::Operand;
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
    bind: |arguments| Ok(Box::new(OnePath(Asked::bind(arguments)?))),
};

/// The arguments of `path` and `paths`.
#[derive(Debug)]
pub(super) struct Asked {
    stops: Vec<Operand>,
    over: Relations,
    via: Option<Operand>,
    avoid: Option<Operand>,
    pub(super) rule: Rule,
}

impl Asked {
    pub(super) fn bind(arguments: &Arguments<'_>) -> Result<Self, Diagnostic> {
        let over = arguments.relations(&OVER, |relation| relation.route)?;
        arguments.must_flow(&Flow::of_paths(arguments.scope.atlas, &over))?;
        let stops = arguments.stops()?;
        let via = arguments.option_operand(&VIA)?;
        if via.as_ref().is_some_and(|via| via.atoms.len() > Journey::VIA_LIMIT) {
            let message = format!("`via` takes at most {} names", Journey::VIA_LIMIT);
            return Err(arguments
                .scope
                .error("too-many", arguments.verb_span(), message)
                .help("name stops in their order instead: `path A -> B -> C`"));
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

    pub(super) fn journey<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Journey<'g> {
        let via = self.via.as_ref().map_or_else(Vec::new, |via| via.sets(atlas, limits));
        let avoid = self.avoid.as_ref().map_or_else(Vec::new, |avoid| avoid.nodes(atlas, limits));
        let stops = self.stops.iter().map(|stop| stop.nodes(atlas, limits));
        Journey::new(Flow::of_paths(atlas, &self.over), stops.collect(), via, &avoid)
    }
}

/// A path with the edges of each hop.
pub(super) fn route(journey: &Journey<'_>, rule: Rule, path: Path) -> Route {
    let hops = hop_edges(journey, rule, &path.nodes);
    Route { nodes: path.nodes, hops }
}

#[derive(Debug)]
struct OnePath(Asked);

impl Run for OnePath {
    fn run<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Answer<'g> {
        let rule = self.0.rule;
        let journey = self.0.journey(atlas, limits);
        let Some(path) = best_path(&journey, rule) else {
            return none(&journey);
        };
        let shortest_count = shortest_count(&journey);
        let mut notes = Vec::new();
        let shorter =
            best_path(&journey, Rule::Shortest).filter(|other| other.cost.hops < path.cost.hops);
        match shorter {
            Some(shorter) => notes.push(shorter_note(&journey, shorter)),
            None if shortest_count > BigUint::from(1u8) => {
                let others = shortest_count.clone() - 1u8;
                let plural = if others == BigUint::from(1u8) { "path is" } else { "paths are" };
                notes.push(format!("{others} other {plural} as short; `paths` lists them"));
            }
            None => {}
        }
        let paths = Paths {
            routes: vec![route(&journey, rule, path)],
            shortest_count,
            walks: None,
            route_first: rule == Rule::RouteFirst,
        };
        Answer { notes, ..Answer::new(atlas, Body::Paths(paths)) }
    }
}

fn names(atlas: &Atlas, nodes: &[NodeIndex], joint: &str) -> String {
    let names: Vec<&str> = nodes.iter().map(|node| atlas.node(*node).name()).collect();
    names.join(joint)
}

/// `shorter by builds-on: DevOps → MLOps → LLMOps (roadmap:7 · talk:2)`
fn shorter_note(journey: &Journey<'_>, path: Path) -> String {
    let atlas = journey.atlas();
    let route = route(journey, Rule::Shortest, path);
    let first = route.hops.iter().filter_map(|hop| hop.first());
    let relations: BTreeSet<&str> =
        first.map(|edge| atlas.relation_of(*edge).name.as_str()).collect();
    let relations: Vec<&str> = relations.into_iter().collect();
    let told = route.hops.iter().flat_map(|hop| {
        let same = |edge: &&EdgeIndex| {
            hop.first()
                .is_some_and(|first| atlas.edge(**edge).relation == atlas.edge(*first).relation)
        };
        hop.iter().filter(same)
    });
    let cited = told.flat_map(|edge| &atlas.edge(*edge).sources);
    let sources = sources_in_words(cited);
    let sources = if sources.is_empty() { sources } else { format!(" ({sources})") };
    format!("shorter by {}: {}{sources}", relations.join(", "), names(atlas, &route.nodes, " → "))
}

/// An empty answer that says why: what the start reaches, what the end needs, and whether it
/// goes the other way round.
pub(super) fn none<'g>(journey: &Journey<'g>) -> Answer<'g> {
    const SHOWN: usize = 5;
    let atlas = journey.atlas();
    let (from, to) = (journey.from(), journey.to());
    let list = |nodes: Vec<NodeIndex>| match nodes.len() {
        0 => "nothing".to_owned(),
        count => {
            let nodes = in_learning_order(atlas, nodes);
            let more =
                if count > SHOWN { format!(" and {} more", count - SHOWN) } else { String::new() };
            format!("{}{more}", names(atlas, &nodes[..count.min(SHOWN)], ", "))
        }
    };
    let opened = list(opened_by(journey.flow(), from, usize::MAX));
    let needed = list(needed_by(journey.flow(), to, usize::MAX));
    let (from_names, to_names) = (names(atlas, from, ", "), names(atlas, to, ", "));
    let mut notes = vec![
        format!("no path leads from {from_names} to {to_names}"),
        format!("{from_names} leads to {opened}"),
        format!("{to_names} is reached from {needed}"),
    ];
    let back =
        Journey::new(journey.flow().clone(), vec![to.to_vec(), from.to_vec()], Vec::new(), &[]);
    if let Some(path) = best_path(&back, Rule::Shortest) {
        notes.push(format!(
            "the other way round there is one: {}",
            names(atlas, &path.nodes, " → ")
        ));
    }
    Answer { notes, ..Answer::new(atlas, Body::Paths(Paths::default())) }
}
