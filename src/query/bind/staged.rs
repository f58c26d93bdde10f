//! A query with stages behind it.

use crate::answer::Answer;
use crate::graph::{Atlas, NodeIndex};
use crate::query::explain::{Reason, name};
use crate::query::limits::Limits;
use crate::query::operator::{Bound, Operator, StageOperator};

/// A query, then stages, each of which makes one answer of another.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) first: Bound,
    pub(super) stages: Vec<Box<dyn StageOperator>>,
    /// Each stage as typed.
    pub(super) words: Vec<String>,
    pub(super) columns: Vec<String>,
}

impl Operator for Staged {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let (answer, rest) = match self.stages.split_first() {
            // What is only counted need not be put together.
            Some((first, rest)) if first.counts() => {
                (self.first.operator.count(atlas, limits), rest)
            }
            _ => (self.first.operator.run(atlas, limits), self.stages.as_slice()),
        };
        rest.iter().fold(answer, |answer, stage| stage.apply(answer, limits))
    }

    /// The stage that drops the node, or else what the query before the stages says.
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let own = name(atlas, node);
        let mut answer = self.first.operator.run(atlas, limits);
        let reason = self.first.operator.reason(atlas, limits, node);
        if !reason.holds {
            return Reason { hints: Vec::new(), ..reason };
        }
        for (stage, words) in self.stages.iter().zip(&self.words) {
            let before = answer.nodes().len();
            answer = stage.apply(answer, limits);
            let after = answer.nodes();
            if !after.contains(&node) {
                let left = after.len();
                let note = format!("`then {words}` drops {own}: {left} of {before} are left");
                return reason.within(false, note);
            }
        }
        let words: Vec<String> = self.words.iter().map(|words| format!("`then {words}`")).collect();
        reason.and(format!("it stays after {}", words.join(", ")))
    }

    fn columns(&self) -> Vec<String> {
        self.columns.clone()
    }
}
