//! Stages: what can come after `then`. A stage is one file and one row.

mod aggregate;
mod count;
mod filter;
mod group;
mod limit;
mod schedule;
mod select;
mod sort;

use super::bind::arguments::Arguments;
use super::bind::rows::Stage;
use super::bind::signature::Takes;
use super::operator::{BoundStage, Input, StageOperator};
use crate::answer::Shape;
use crate::diagnostic::Diagnostic;

/// All stages, in the order they are told.
pub const STAGES: &[Stage] = &[
    filter::STAGE,
    sort::STAGE,
    limit::LIMIT,
    limit::OFFSET,
    select::STAGE,
    group::STAGE,
    aggregate::SUM,
    aggregate::MIN,
    aggregate::MAX,
    aggregate::MEAN,
    schedule::STAGE,
    count::STAGE,
];

/// A stage whose answers have this shape.
#[expect(clippy::unnecessary_wraps, reason = "a row's `bind` may refuse")]
fn bound(stage: impl StageOperator + 'static, shape: Shape) -> Result<BoundStage, Diagnostic> {
    Ok((Box::new(stage), shape))
}

/// The shape of an answer some of whose rows are chosen: of what has steps, a set remains.
/// Cards and values have no rows.
fn shape_of_rows(arguments: &Arguments<'_>, input: &Input) -> Result<Shape, Diagnostic> {
    match input.shape {
        Shape::Card | Shape::Value => {
            let wanted = format!("`{}` works on rows", arguments.name);
            let span = arguments.verb_span();
            let problem = arguments.binder.wrong_shape(input.shape, span, &wanted);
            Err(problem.help("of one node, name it alone: `sre then select name, salary`"))
        }
        Shape::Paths | Shape::Table => Ok(input.shape),
        _ => Ok(Shape::Set),
    }
}
