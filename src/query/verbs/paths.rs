//! `paths A -> B`: the best few ways, and how many shortest ones there are.

use super::path::PathArguments;
use super::{Takes, Verb};
use crate::analysis::best_paths_and_shortest;
use crate::answer::{Answer, Body, Note, Paths, Shape};
use crate::graph::{Atlas, Fetches, NodeIndex};
use crate::query::bind::{AVOID, FROM, LIMIT, OVER, SHORTEST, VIA};
use crate::query::explain::{Reason, Told, why_none};
use crate::query::{Limits, Operator};

/// How many paths are listed if the question gives no limit.
const DEFAULT_LIMIT: usize = 10;

pub(super) const VERB: Verb = Verb {
    name: "paths",
    fetches: Fetches::Closure,
    takes: Takes::Stops,
    options: &[LIMIT, OVER, VIA, AVOID, SHORTEST, FROM],
    summary: "the K best ways from A to B (10 unless told), and the number of shortest ones",
    example: "paths devops -> llmops limit 3",
    shape: Shape::Paths,
    bind: |arguments| {
        let limit = arguments.number(&LIMIT)?;
        Ok(Box::new(PathsOperator { asked: PathArguments::bind(arguments)?, limit }))
    },
};

#[derive(Debug)]
struct PathsOperator {
    asked: PathArguments,
    limit: Option<usize>,
}

impl Operator for PathsOperator {
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let most = self.limit.unwrap_or(DEFAULT_LIMIT).min(limits.paths);
        self.asked.in_graph(atlas, limits).why_on(node, Told::Listed(most))
    }

    fn reason_in_set(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        self.asked.in_graph(atlas, limits).why_on(node, Told::AnyWalk)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let journey = self.asked.journey(atlas, limits);
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        // One more than may be told: is there any?
        let most = limit.min(limits.paths.saturating_add(1));
        let ((mut found, finished), shortest) =
            best_paths_and_shortest(&journey, self.asked.rule, most);
        let capped = found.len() > limits.paths;
        found.truncate(limits.paths);
        let none = shortest.is_none();
        let paths = Paths {
            routes: found,
            shortest_count: Some(shortest.map_or_else(Default::default, |(_, count)| count)),
            all_of: Some(journey.itinerary().clone()),
            route_first: false,
        };
        let reasons = if none { why_none(&journey) } else { Vec::new() };
        let mut notes: Vec<Note> = reasons.into_iter().map(Into::into).collect();
        if paths.routes.is_empty() && !none && finished && limit > 0 {
            notes.push("every way passes a node twice; `path` tells the shortest".into());
        }
        if capped {
            let told = format!("stopped at {} paths", limits.paths);
            notes.push(Note::on(told, "limit-paths", "raises that"));
        }
        if !finished && !limits.stopped() {
            let listed = paths.routes.len();
            notes.push(format!("stopped at {listed} paths: more would have too many nodes").into());
        } else if !finished {
            notes.push("stopped before all paths asked for were found".into());
        }
        Answer { notes, complete: finished && !capped, ..Answer::new(atlas, Body::Paths(paths)) }
    }
}
