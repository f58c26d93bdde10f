//! `ready`: what can be learned next.

use super::{Takes, Verb};
use crate::analysis::{Clause, Ready, clauses, ready, ready_for};
use crate::answer::{Answer, Body, Path, Set, Shape};
use crate::graph::{Atlas, Fetches, Flow, NodeIndex};
use crate::query::bind::{KNOWING, KNOWING_ONLY, Knowing, LIMIT, Operand, OptionRow};
use crate::query::explain::{Reason, all_names, name, names};
use crate::query::{Limits, Operator};
use std::collections::BTreeMap;

/// `for S`
const FOR: OptionRow = OptionRow::new("for", "S", "only what S needs, or S");
/// How many nodes are listed if the question gives no limit.
const DEFAULT_LIMIT: usize = 10;

pub(super) const VERB: Verb = Verb {
    name: "ready",
    fetches: Fetches::Closure,
    takes: Takes::Nothing,
    options: &[FOR, KNOWING_ONLY, KNOWING, LIMIT],
    summary: "what one can learn next: all that it needs is known; what opens most first",
    example: "ready for llmops knowing docker",
    shape: Shape::Set,
    bind: |arguments| {
        arguments.nothing()?;
        arguments.must_flow(Flow::exists(arguments.binder.atlas, &None))?;
        Ok(Box::new(ReadyOperator {
            goals: arguments.option_operand(&FOR)?,
            knowing: Knowing::bind(arguments, None)?,
            limit: arguments.number(&LIMIT)?.unwrap_or(DEFAULT_LIMIT),
        }))
    },
};

#[derive(Debug)]
struct ReadyOperator {
    goals: Option<Operand>,
    knowing: Knowing,
    limit: usize,
}

impl ReadyOperator {
    /// All that can be learned next.
    fn fringe(&self, atlas: &Atlas, limits: &Limits<'_>) -> Vec<Ready> {
        let flow = Flow::all(atlas);
        let known = self.knowing.known(atlas, limits).all;
        match &self.goals {
            None => ready(&flow, &known, limits.stop),
            Some(goals) => ready_for(&flow, &goals.nodes(atlas, limits), &known, limits.stop),
        }
    }

    /// What keeps a node out of the fringe.
    fn waiting(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let flow = Flow::all(atlas);
        let known = self.knowing.known(atlas, limits).all;
        let own = name(atlas, node);
        if known.contains(&node) {
            return Reason::new(false, format!("{own} is known"));
        }
        let met = |clause: &Clause| clause.nodes().any(|need| known.contains(&need));
        let open: Vec<Clause> =
            clauses(&flow, node).into_iter().filter(|clause| !met(clause)).collect();
        let mut reason = Reason::new(false, format!("{own} is not ready"));
        for clause in &open {
            let nodes: Vec<NodeIndex> = clause.nodes().collect();
            let one_of = if clause.is_plain() { "" } else { "one of " };
            let first = if clause.required { "needs" } else { "had better come after" };
            reason = reason.and(format!("it {first} {one_of}{}", all_names(atlas, &nodes, ", ")));
            reason = reason.by(offers(clause));
        }
        if open.is_empty() {
            let touched = flow.needs(node).chain(flow.opens(node)).next().is_some();
            reason = reason.and(match (&self.goals, touched) {
                (Some(_), true) => "all it needs is known, but what `for` names does not need it",
                _ => "nothing says what it needs or opens",
            });
        }
        reason
    }
}

/// Each option of a clause as a step.
fn offers(clause: &Clause) -> impl Iterator<Item = Path> {
    clause.alternatives.iter().map(|(need, edges)| Path {
        nodes: vec![*need, clause.dependent],
        hops: vec![edges.clone()],
    })
}

impl Operator for ReadyOperator {
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let fringe = self.fringe(atlas, limits);
        let own = name(atlas, node);
        let Some(at) = fringe.iter().position(|ready| ready.node == node) else {
            return self.waiting(atlas, limits, node);
        };
        if at >= self.limit {
            let note = format!("{own} is ready, but number {} of {}", at + 1, fringe.len());
            return Reason::new(false, format!("{note}; `limit {}` shows it", at + 1));
        }
        let known = self.knowing.known(atlas, limits).all;
        let clauses = clauses(&Flow::all(atlas), node);
        let also = if fringe[at].recommended { ", and is only recommended" } else { "" };
        let opens = format!("it opens {}{also}", fringe[at].unlocks);
        if clauses.is_empty() {
            return Reason::new(true, format!("{own} needs nothing")).and(opens);
        }
        let met = clauses
            .iter()
            .flat_map(|clause| offers(clause).filter(|route| known.contains(&route.nodes[0])));
        Reason::new(true, format!("all that {own} needs is known")).and(opens).by(met)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let mut found = self.fringe(atlas, limits);
        let whole = found.len();
        found.truncate(self.limit);
        let mut joint: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
        for ready in &found {
            if let Some(step) = ready.joint {
                joint.entry(step).or_default().push(ready.node);
            }
        }
        let nodes = found.iter().map(|ready| ready.node).collect();
        let recommended = found.iter().filter(|ready| ready.recommended);
        let recommended = recommended.map(|ready| ready.node).collect();
        let all = if self.goals.is_some() { "everything it needs" } else { "everything" };
        let told = match found.len() {
            0 if whole == 0 => {
                Some(format!("{all} is known, or waits for something that is not there"))
            }
            listed if listed < whole => {
                Some(format!("{listed} of {whole}; `limit {whole}` lists all"))
            }
            _ => None,
        };
        let joint = joint
            .into_values()
            .filter(|nodes| nodes.len() > 1)
            .map(|nodes| format!("{} need one another: learn them together", names(atlas, &nodes)));
        let set = Set { recommended, ..Set::of(nodes) };
        Answer::new(atlas, Body::Set(set)).noting(told.into_iter().chain(joint))
    }
}
