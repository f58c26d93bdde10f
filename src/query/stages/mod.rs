//! Stages: what can come after `then`. A stage is one file and one row.

mod count;
mod filter;
mod group;
mod limit;
mod select;
mod sort;

use super::bind::arguments::Arguments;
use super::{Input, Limits};
use crate::answer::{Answer, Shape};
use crate::diagnostic::Diagnostic;
use std::fmt::Debug;

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

/// A row of [`STAGES`].
#[derive(Debug)]
pub struct Stage {
    /// Its word.
    pub name: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// A query with it that a test runs.
    pub example: &'static str,
    pub(crate) bind: fn(&Arguments<'_>, &Input) -> Result<BoundStage, Diagnostic>,
}

/// All stages, in the order they are told.
pub const STAGES: &[Stage] = &[
    filter::STAGE,
    sort::STAGE,
    limit::LIMIT,
    limit::OFFSET,
    select::STAGE,
    group::STAGE,
    count::STAGE,
];

/// The shape of an answer some of whose rows are chosen: of what has steps, a set remains.
/// Cards and values have no rows.
fn shape_of_rows(arguments: &Arguments<'_>, input: &Input) -> Result<Shape, Diagnostic> {
    match input.shape {
        Shape::Card | Shape::Value => {
            let what = input.shape.name();
            let message = format!("`{}` works on rows, but this is a {what}", arguments.name);
            let problem = arguments.binder.error("wrong-shape", arguments.verb_span(), message);
            Err(problem.help("of one node, name it alone: `sre then select name, salary`"))
        }
        Shape::Paths | Shape::Table => Ok(input.shape),
        _ => Ok(Shape::Set),
    }
}
