//! `near S`: the neighbourhood, by any relation in both directions.

use super::Verb;
use crate::analysis::{first_by_id, neighbourhood};
use crate::answer::{Answer, Body, Set, Shape};
use crate::graph::Atlas;
use crate::query::arguments::DEPTH;
use crate::query::operand::Operand;
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
    fn run<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Answer<'g> {
        let of = self.of.nodes(atlas, limits);
        let found = neighbourhood(atlas, &of, self.depth);
        Answer::new(atlas, Body::Set(Set::of(first_by_id(found))))
    }
}
