//! `then count`: how many.

use super::{Stage, StageOperator, Takes, bound};
use crate::answer::{Answer, Shape};
use crate::query::Limits;

pub(super) const STAGE: Stage = Stage {
    name: "count",
    takes: Takes::Nothing,
    options: &[],
    summary: "how many nodes, paths or rows",
    example: "prereqs llmops then count",
    bind: |arguments, _| {
        arguments.nothing()?;
        bound(Count, Shape::Value)
    },
};

#[derive(Debug)]
struct Count;

impl StageOperator for Count {
    fn apply(&self, answer: Answer, _: &Limits<'_>) -> Answer {
        answer.counted()
    }

    fn counts(&self) -> bool {
        true
    }
}
