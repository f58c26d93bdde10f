//! `must S`: what every way to S contains.

use super::Verb;
use crate::analysis::must;
use crate::answer::{Answer, Body, Closure, Set, Shape};
use crate::graph::{Atlas, Flow};
use crate::query::operand::Operand;
use crate::query::verbs::path::names;
use crate::query::{Limits, Run};

pub(super) const VERB: Verb = Verb {
    name: "must",
    usage: "must S",
    summary: "what every way to S contains, S included: no alternative goes round it",
    example: "must llmops",
    shape: Shape::Set,
    options: &[],
    bind: |arguments| {
        arguments.must_flow(&Flow::new(arguments.scope.atlas, &None, false))?;
        Ok(Box::new(EveryWay { of: arguments.operand()? }))
    },
};

#[derive(Debug)]
struct EveryWay {
    of: Operand,
}

impl Run for EveryWay {
    fn run<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Answer<'g> {
        let of = self.of.nodes(atlas, limits);
        let found = must(&Flow::new(atlas, &None, true), &of);
        let closure = Some(Closure { of, needs: true });
        let mut answer = Answer::new(atlas, Body::Set(Set { closure, ..Set::of(found.nodes) }));
        if !found.underivable.is_empty() {
            let lost = names(atlas, &found.underivable, ", ");
            answer.notes.push(format!(
                "no way leads to {lost}: its requirements go round in a circle; `plan` tells where"
            ));
        }
        answer
    }
}
