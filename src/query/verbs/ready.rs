//! `ready`: what can be learned next.

use super::Verb;
use crate::analysis::{needed_by, ready};
use crate::answer::{Answer, Body, Set, Shape};
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::query::arguments::{KNOWING, KNOWING_ONLY, LIMIT, OptionRow};
use crate::query::knowing::Knowing;
use crate::query::operand::Operand;
use crate::query::verbs::path::names;
use crate::query::{Limits, Run};
use std::collections::{BTreeMap, BTreeSet};

/// `for S`
const FOR: OptionRow = OptionRow { words: "for", value: "S", summary: "only what S needs, or S" };
/// How many nodes are listed if the question gives no limit.
const DEFAULT_LIMIT: usize = 10;

pub(super) const VERB: Verb = Verb {
    name: "ready",
    usage: "ready [for S] [knowing [only] N, …] [limit K]",
    summary: "what one can learn next: all that it needs is known; what opens most first",
    example: "ready for llmops knowing docker",
    shape: Shape::Set,
    options: &[FOR, KNOWING_ONLY, KNOWING, LIMIT],
    bind: |arguments| {
        arguments.nothing()?;
        arguments.must_flow(&Flow::new(arguments.scope.atlas, &None, false))?;
        Ok(Box::new(Next {
            goals: arguments.option_operand(&FOR)?,
            knowing: Knowing::bind(arguments, None)?,
            limit: arguments.number(&LIMIT)?.unwrap_or(DEFAULT_LIMIT),
        }))
    },
};

#[derive(Debug)]
struct Next {
    goals: Option<Operand>,
    knowing: Knowing,
    limit: usize,
}

impl Run for Next {
    fn run<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Answer<'g> {
        let flow = Flow::new(atlas, &None, false);
        let known = self.knowing.known(atlas, limits).all;
        let mut found = ready(&flow, &known);
        if let Some(goals) = &self.goals {
            let goals = goals.nodes(atlas, limits);
            let mut wanted: BTreeSet<NodeIndex> =
                needed_by(&flow, &goals, usize::MAX).into_iter().collect();
            wanted.extend(goals);
            found.retain(|ready| wanted.contains(&ready.node));
        }
        let whole = found.len();
        found.truncate(self.limit);
        let mut joint: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
        for ready in &found {
            if let Some(step) = ready.joint {
                joint.entry(step).or_default().push(ready.node);
            }
        }
        let nodes = found.iter().map(|ready| ready.node).collect();
        let mut answer = Answer::new(atlas, Body::Set(Set::of(nodes)));
        if whole == 0 {
            let all = if self.goals.is_some() { "everything it needs" } else { "everything" };
            answer.notes.push(format!("{all} is known, or waits for something that is not there"));
        } else if found.len() < whole {
            answer.notes.push(format!("{} of {whole}; `limit {whole}` lists all", found.len()));
        }
        answer.notes.extend(joint.into_values().filter(|nodes| nodes.len() > 1).map(|nodes| {
            format!("{} need one another: learn them together", names(atlas, &nodes, ", "))
        }));
        answer
    }
}
