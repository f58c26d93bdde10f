//! `paths A -> B`: the best few ways, and how many shortest ones there are.

use super::path::PathArguments;
use super::{Takes, Verb};
use crate::analysis::{best_paths, shortest};
use crate::answer::{Answer, Body, Paths, Shape};
use crate::graph::{Atlas, NodeIndex};
use crate::query::bind::options::{AVOID, LIMIT, OVER, SHORTEST, VIA};
use crate::query::explain::no_path::why_none;
use crate::query::explain::path_reason::route;
use crate::query::explain::reason::Reason;
use crate::query::{Limits, Operator};

/// How many paths are listed if the question gives no limit.
const DEFAULT_LIMIT: usize = 10;

pub(super) const VERB: Verb = Verb {
    name: "paths",
    takes: Takes::Stops,
    options: &[LIMIT, OVER, VIA, AVOID, SHORTEST],
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
        self.asked.in_graph(atlas, limits).why_listed(node, most)
    }

    fn reason_in_set(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        self.asked.in_graph(atlas, limits).why_on_walk(node)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let trip = self.asked.trip(atlas, limits);
        let journey = trip.through(atlas).stopped_by(limits.stop);
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        // One more than may be told: is there any?
        let most = limit.min(limits.paths.saturating_add(1));
        let (mut found, finished) = best_paths(&journey, self.asked.rule, most);
        let capped = found.len() > limits.paths;
        found.truncate(limits.paths);
        let routes = found.into_iter().map(|path| route(&journey, self.asked.rule, path));
        let shortest = shortest(&journey);
        let none = shortest.is_none();
        let paths = Paths {
            routes: routes.collect(),
            shortest_count: Some(shortest.map_or_else(Default::default, |(_, count)| count)),
            all_of: Some(trip),
            route_first: false,
        };
        let mut notes = if none { why_none(&journey) } else { Vec::new() };
        if paths.routes.is_empty() && !none && finished && limit > 0 {
            notes.push("every way passes a node twice; `path` tells the shortest".to_owned());
        }
        if capped {
            notes.push(format!("stopped at {} paths; --limit-paths raises that", limits.paths));
        }
        if !finished && !limits.stopped() {
            notes.push(format!(
                "stopped at {} paths: more would have too many nodes",
                paths.routes.len()
            ));
        } else if !finished {
            notes.push("stopped before all paths asked for were found".to_owned());
        }
        Answer { notes, complete: finished && !capped, ..Answer::new(atlas, Body::Paths(paths)) }
    }
}
