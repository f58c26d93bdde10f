//! `nodes`: everything. (All of a kind is the kind's name alone.)

use super::{Takes, Verb};
use crate::answer::{Answer, Body, Set, Shape};
use crate::graph::{Atlas, Fetches};
use crate::query::{Limits, Operator};

pub(super) const VERB: Verb = Verb {
    name: "nodes",
    fetches: Fetches::Everything,
    takes: Takes::Nothing,
    options: &[],
    summary: "all nodes; all of a kind are `tools`, `roles`, …",
    example: "nodes then count",
    shape: Shape::Set,
    bind: |arguments| {
        arguments.nothing()?;
        Ok(Box::new(Nodes))
    },
};

#[derive(Debug)]
struct Nodes;

impl Operator for Nodes {
    fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
        Answer::new(atlas, Body::Set(Set::of(atlas.nodes().collect())))
    }

    fn count(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        match atlas.kept_count() {
            Some(nodes) => Answer::new(atlas, Body::Value(nodes.into())),
            None => self.run(atlas, limits).counted(),
        }
    }
}
