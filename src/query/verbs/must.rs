//! `must S`: what every way to S contains.

use super::{Takes, Verb};
use crate::analysis::{Clause, clauses, in_learning_order, must, sorted_unique};
use crate::answer::{Answer, Body, Closure, Set, Shape};
use crate::graph::{Atlas, EdgeIndex, Fetches, Flow, NodeIndex};
use crate::query::bind::{FROM, Operand};
use crate::query::explain::{ANY, Missing, Reason, all_names, chain, missed, name, names, said_by};
use crate::query::{Limits, Operator};

pub(super) const VERB: Verb = Verb {
    name: "must",
    fetches: Fetches::Closure,
    takes: Takes::Set,
    options: &[FROM],
    summary: "what every way to S contains, S included: no alternative goes round it",
    example: "must llmops",
    shape: Shape::Set,
    bind: |arguments| {
        arguments.must_flow(Flow::exists(arguments.binder.atlas, &None))?;
        Ok(Box::new(MustOperator { of: arguments.operand()? }))
    },
};

#[derive(Debug)]
struct MustOperator {
    of: Operand,
}

impl Operator for MustOperator {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let of = self.of.nodes(atlas, limits);
        let found = must(&Flow::required(atlas), &of);
        let closure = Some(Closure { of, needs: true, every: true });
        let mut answer = Answer::new(atlas, Body::Set(Set { closure, ..Set::of(found.nodes) }));
        if !found.underivable.is_empty() {
            let lost = names(atlas, &found.underivable);
            let whose = if found.underivable.len() == 1 { "its" } else { "their" };
            answer.notes.push(format!(
                "no way leads to {lost}: {whose} requirements go round in a circle; `plan` tells where"
            ).into());
        }
        answer
    }

    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let of = self.of.nodes(atlas, limits);
        let flow = Flow::required(atlas);
        let name = name(atlas, node);
        let found = must(&flow, &of);
        if of.contains(&node) {
            return Reason::new(true, format!("{name} is what was asked about"));
        }
        let Some(chain) = chain(&flow, &[node], &of, ANY) else {
            return missed(&Missing {
                flow: &flow,
                from: &[node],
                to: &of,
                avoid: &[],
                mends: &|_| false,
            });
        };
        if found.nodes.contains(&node) {
            let note = if chain.choices(&flow, &|option, _| !of.contains(&option)).is_empty() {
                format!("{name} is required outright")
            } else {
                format!("there are alternatives on the way, but each of them needs {name}")
            };
            return chain.supports(Reason::new(true, note));
        }
        let route = chain.route;
        let mut reason = Reason::new(false, format!("one can do without {name}"));
        for step in route.nodes.windows(2) {
            let asked = clauses(&flow, step[1]).into_iter();
            let offers: Vec<Clause> =
                asked.filter(|clause| !clause.edges(step[0]).is_empty()).collect();
            if offers.iter().any(Clause::is_plain) {
                continue;
            }
            let others = offers.iter().flat_map(Clause::nodes).filter(|other| *other != step[0]);
            let others = in_learning_order(atlas, sorted_unique(others.collect()));
            let dependent = atlas.node(step[1]).name();
            let taken = atlas.node(step[0]).name();
            let instead = all_names(atlas, &others, " or ");
            let ties: Vec<EdgeIndex> =
                offers.iter().flat_map(|clause| clause.ties.clone()).collect();
            let said = said_by(atlas, &ties);
            reason =
                reason.and(format!("for {dependent}, instead of {taken} there is {instead}{said}"));
        }
        reason.by([route])
    }
}
