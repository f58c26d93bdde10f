//! What binding makes and running runs: operators, as the field calls the nodes of a query plan.

use super::explain::reason::{Reason, plain};
use super::limits::Limits;
use crate::answer::{Answer, Shape};
use crate::graph::{Atlas, NodeIndex};
use std::fmt::Debug;

/// A step whose names are all resolved. It may stop at a limit and say so; only a stage can find
/// that it cannot take what it gets, and then yields an answer that holds why.
pub(crate) trait Operator: Debug {
    /// Computes the answer.
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer;

    /// Computes how many nodes, paths or rows the answer has.
    fn count(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        self.run(atlas, limits).counted()
    }

    /// Whether a node is in the answer, and why.
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        plain(self.run(atlas, limits), node)
    }

    /// The same where the answer is taken as a set, which is all of `paths` and not the listed ones.
    fn reason_in_set(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        self.reason(atlas, limits, node)
    }

    /// The columns of the table to come; none if the answer is no table, or if they are not
    /// known before it is computed.
    fn columns(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Columns as [`Operator::columns`] tells them.
pub(crate) fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// What a stage gets: the shape of an answer and, of a table, its columns, if they are known.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) shape: Shape,
    pub(crate) columns: Vec<String>,
}

/// A step with the shape of what it yields.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) operator: Box<dyn Operator>,
    pub(crate) shape: Shape,
}

/// A stage whose arguments are resolved.
pub(crate) trait StageOperator: Debug {
    /// Makes one answer of another; of what was looked at until it was stopped.
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer;

    /// Does it take nothing of an answer but how much there is?
    fn counts(&self) -> bool {
        false
    }

    /// The columns of the table it makes, given those that come in.
    fn columns(&self, input: Vec<String>) -> Vec<String> {
        input
    }
}

/// A bound stage with the shape it yields.
pub(crate) type BoundStage = (Box<dyn StageOperator>, Shape);
