//! `show N`: everything known of one node.

use super::Verb;
use crate::answer::{Answer, Body, Shape};
use crate::graph::{Atlas, NodeIndex};
use crate::query::bind::operand::{single, words_or_quoted};
use crate::query::syntax::span_of;
use crate::query::{Limits, Operator};

pub(super) const VERB: Verb = Verb {
    name: "show",
    usage: "show N",
    summary: "everything known of N, each statement with its sources",
    example: "show gitops",
    shape: Shape::Card,
    options: &[],
    bind: |arguments| {
        let items = arguments.head()?;
        match words_or_quoted(items) {
            Some(name) => Ok(Box::new(Show { node: single(arguments.binder, &name, items)? })),
            None => {
                let message = "`show` takes one name";
                let problem = arguments.binder.error("unexpected", &span_of(items), message);
                Err(problem.help(format!("usage: {}", arguments.usage)))
            }
        }
    },
};

#[derive(Debug)]
struct Show {
    node: NodeIndex,
}

impl Operator for Show {
    fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
        Answer::new(atlas, Body::Card(self.node))
    }
}
