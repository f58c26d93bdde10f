//! `show N`: everything known of one node.

use super::{Takes, Verb};
use crate::answer::{Answer, Body, Shape};
use crate::graph::{Atlas, Fetches, NodeIndex};
use crate::query::bind::single;
use crate::query::syntax::{span_of, words_or_quoted};
use crate::query::{Limits, Operator};

pub(super) const VERB: Verb = Verb {
    name: "show",
    fetches: Fetches::Neighbours,
    takes: Takes::Node,
    options: &[],
    summary: "everything known of N, each statement with its sources",
    example: "show gitops",
    shape: Shape::Card,
    bind: |arguments| {
        let items = arguments.head()?;
        match words_or_quoted(items) {
            Some(name) => Ok(Box::new(Show { node: single(arguments.binder, &name, items)? })),
            None => {
                let message = "`show` takes one name".to_owned();
                Err(arguments.misuse("unexpected", &span_of(items), message))
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
