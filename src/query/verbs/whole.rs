//! What verbs share that take nothing and tell of the whole graph in a table.

use super::{Takes, Verb};
use crate::answer::{Answer, Shape};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Fetches};
use crate::query::bind::Arguments;
use crate::query::{Limits, Operator, columns};

/// What such a verb has unless its row says otherwise.
pub(super) const PLAIN: Verb = Verb {
    name: "",
    fetches: Fetches::Counts,
    takes: Takes::Nothing,
    options: &[],
    summary: "",
    example: "",
    shape: Shape::Table,
    bind: |arguments| bind(arguments, &[], |atlas, _| Answer::of_rows(atlas, &[], Vec::new())),
};

/// The columns of the table, and what makes it.
#[derive(Debug)]
struct WholeGraph {
    columns: &'static [&'static str],
    table: fn(&Atlas, &Limits<'_>) -> Answer,
}

/// The operator of such a verb.
pub(super) fn bind(
    arguments: &Arguments<'_>,
    columns: &'static [&'static str],
    table: fn(&Atlas, &Limits<'_>) -> Answer,
) -> Result<Box<dyn Operator>, Diagnostic> {
    arguments.nothing()?;
    Ok(Box::new(WholeGraph { columns, table }))
}

impl Operator for WholeGraph {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        (self.table)(atlas, limits)
    }

    fn columns(&self) -> Vec<String> {
        columns(self.columns)
    }
}
