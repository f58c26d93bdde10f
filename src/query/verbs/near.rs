//! `near S`: the neighbourhood, by any relation or by these, in both directions.

use super::{Takes, Verb};
use crate::analysis::{neighbourhood, sorted_unique, undirected_path};
use crate::answer::{Answer, Body, Set, Shape};
use crate::graph::{Atlas, Fetches, NodeIndex, Relations};
use crate::query::bind::{DEPTH, FROM, OVER, Operand};
use crate::query::explain::{Reason, name, names};
use crate::query::{Limits, Operator};

pub(super) const VERB: Verb = Verb {
    name: "near",
    fetches: Fetches::Neighbours,
    takes: Takes::Set,
    options: &[DEPTH, OVER, FROM],
    summary: "S and what any relation joins to it",
    example: "near kustomize",
    shape: Shape::Set,
    bind: |arguments| {
        let depth = arguments.number(&DEPTH)?.unwrap_or(1);
        // It asks for no flow: any relation has two ends.
        let over = arguments.relations(&OVER, |_| true)?;
        Ok(Box::new(Near { of: arguments.operand()?, depth, over }))
    },
};

#[derive(Debug)]
struct Near {
    of: Operand,
    depth: usize,
    over: Relations,
}

impl Operator for Near {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let of = self.of.nodes(atlas, limits);
        let found = neighbourhood(atlas, &of, self.depth, &self.over);
        let alone = found.len() == sorted_unique(of.clone()).len();
        let set = Set { over: self.over.clone(), ..Set::of(sorted_unique(found)) };
        let joins_nothing = alone && self.over.is_some() && self.depth > 0 && !of.is_empty();
        let told = || format!("no edge of these relations joins anything to {}", names(atlas, &of));
        Answer::new(atlas, Body::Set(set)).noting(joins_nothing.then(told))
    }

    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let of = self.of.nodes(atlas, limits);
        let name = name(atlas, node);
        let Some(path) = undirected_path(atlas, &[node], &of, &self.over) else {
            let nothing = match self.over {
                Some(_) => "no edges of these relations join",
                None => "nothing joins",
            };
            return Reason::new(false, format!("{nothing} {name} to {}", names(atlas, &of)));
        };
        let steps = path.hops.len();
        let note = match steps {
            0 => format!("{name} is what was asked about"),
            1 => format!("{name} is 1 step away; depth is {}", self.depth),
            _ => format!("{name} is {steps} steps away; depth is {}", self.depth),
        };
        Reason::new(steps <= self.depth, note).by([path])
    }
}
