//! Stages: what can come after `then`. A stage is one file and one row.

mod count;
mod filter;
mod group;
mod limit;
mod select;
mod sort;

use super::bind::arguments::Arguments;
use super::bind::rows::Stage;
use super::bind::signature::Takes;
use super::operator::{BoundStage, Input, StageOperator};
use crate::answer::{Answer, Body, Paths, Set, Shape, Table};
use crate::diagnostic::Diagnostic;

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
            let wanted = format!("`{}` works on rows", arguments.name);
            let span = arguments.verb_span();
            let problem = arguments.binder.wrong_shape(input.shape, span, &wanted);
            Err(problem.help("of one node, name it alone: `sre then select name, salary`"))
        }
        Shape::Paths | Shape::Table => Ok(input.shape),
        _ => Ok(Shape::Set),
    }
}

/// The answer with the rows at these places only, in this order.
fn choose(answer: Answer, places: &[usize]) -> Answer {
    let Answer { atlas, body, notes, complete } = answer;
    let body = match body {
        Body::Paths(paths) => {
            let routes = places.iter().map(|at| paths.routes[*at].clone()).collect();
            Body::Paths(Paths { routes, all_of: None, route_first: false, ..paths })
        }
        Body::Table(table) => {
            let rows = places.iter().map(|at| table.rows[*at].clone()).collect();
            Body::Table(Table { rows, ..table })
        }
        other => {
            let whole = Answer { atlas: atlas.clone(), body: other, notes: Vec::new(), complete };
            let set = whole.into_rows();
            let nodes: Vec<_> = places.iter().map(|at| set.nodes[*at]).collect();
            let recommended = nodes.iter().filter(|node| set.recommended.contains(node));
            Body::Set(Set { recommended: recommended.copied().collect(), nodes, ..set })
        }
    };
    Answer { atlas, body, notes, complete }
}
