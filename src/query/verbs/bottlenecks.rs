//! `bottlenecks A -> B`: what every path passes.

use super::path::PathArguments;
use super::{Takes, Verb};
use crate::analysis::{Journey, Rule, best_path, bottlenecks};
use crate::answer::{Answer, Body, Set, Shape};
use crate::graph::{Atlas, Fetches, NodeIndex};
use crate::query::bind::{AVOID, OVER};
use crate::query::explain::{Reason, by_path, name, why_none};
use crate::query::{Limits, Operator};

pub(super) const VERB: Verb = Verb {
    name: "bottlenecks",
    fetches: Fetches::Closure,
    takes: Takes::Ends,
    options: &[OVER, AVOID],
    summary: "what every path from A to B passes, both ends included",
    example: "bottlenecks devops -> llm-platform-engineer",
    shape: Shape::Set,
    bind: |arguments| {
        let asked = PathArguments::bind(arguments)?;
        if !asked.is_plain() {
            let message = "`bottlenecks` takes two ends, without stops between".to_owned();
            let problem = arguments.misuse("unexpected", arguments.verb_span(), message);
            return Err(problem.help("ask for each leg, and join the answers: `… union …`"));
        }
        Ok(Box::new(Bottlenecks(asked)))
    },
};

#[derive(Debug)]
struct Bottlenecks(PathArguments);

impl Operator for Bottlenecks {
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let journey = self.0.journey(atlas, limits);
        let Some(path) = best_path(&journey, Rule::Shortest) else {
            let passed = |journey: &Journey<'_>| bottlenecks(journey).contains(&node);
            return self.0.in_graph(atlas, limits).why_no_way_by(node, &passed);
        };
        let own = name(atlas, node);
        if bottlenecks(&journey).contains(&node) {
            let reason = Reason::new(true, format!("every path passes {own}; this is one"));
            return by_path(reason, &journey, path);
        }
        let round = journey.with(journey.itinerary().without(node));
        let told = best_path(&round, Rule::Shortest).unwrap_or(path);
        let reason = Reason::new(false, format!("this path goes round {own}"));
        by_path(reason, &round, told)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let journey = self.0.journey(atlas, limits);
        let nodes = bottlenecks(&journey);
        let notes = if nodes.is_empty() { why_none(&journey) } else { Vec::new() };
        Answer::new(atlas, Body::Set(Set::of(nodes))).noting(notes)
    }
}
