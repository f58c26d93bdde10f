//! `near S`: the neighbourhood, by any relation in both directions.

use super::Verb;
use crate::analysis::{first_by_id, joined, neighbourhood};
use crate::answer::{Answer, Body, Route, Set, Shape};
use crate::graph::{Atlas, NodeIndex};
use crate::query::arguments::DEPTH;
use crate::query::operand::Operand;
use crate::query::reason::{Reason, name, names};
use crate::query::{Limits, Run};

pub(super) const VERB: Verb = Verb {
    name: "near",
    usage: "near S [depth N]",
    summary: "S and what any relation joins to it",
    example: "near kustomize",
    shape: Shape::Set,
    options: &[DEPTH],
    bind: |arguments| {
        let depth = arguments.number(&DEPTH)?.unwrap_or(1);
        Ok(Box::new(Near { of: arguments.operand()?, depth }))
    },
};

#[derive(Debug)]
struct Near {
    of: Operand,
    depth: usize,
}

impl Run for Near {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let of = self.of.nodes(atlas, limits);
        let found = neighbourhood(atlas, &of, self.depth);
        Answer::new(atlas, Body::Set(Set::of(first_by_id(found))))
    }

    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let of = self.of.nodes(atlas, limits);
        let name = name(atlas, node);
        let Some(way) = joined(atlas, &[node], &of) else {
            return Reason::new(false, format!("nothing joins {name} to {}", names(atlas, &of)));
        };
        let steps = way.edges.len();
        let hops = way.edges.into_iter().map(|edge| vec![edge]).collect();
        let note = match steps {
            0 => format!("{name} is what was asked about"),
            1 => format!("{name} is 1 step away; depth is {}", self.depth),
            _ => format!("{name} is {steps} steps away; depth is {}", self.depth),
        };
        Reason::new(steps <= self.depth, note).by([Route { nodes: way.nodes, hops }])
    }
}
