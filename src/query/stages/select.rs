//! `then select FIELD, …`: a table of these fields.

use super::{Stage, StageOperator, Takes, bound, shape_of_rows};
use crate::answer::{Answer, Body, Shape, Table};
use crate::query::Limits;
use crate::query::bind::{BoundField, as_cell, fields::rows, listed};
use crate::stop::until;
use serde_json::Value;

pub(super) const STAGE: Stage = Stage {
    name: "select",
    takes: Takes::Fields,
    options: &[],
    summary: "a table of these fields",
    example: "domains then select name, goal, analogy",
    bind: |arguments, input| {
        shape_of_rows(arguments, input)?;
        let fields = listed(arguments, input, arguments.head()?)?;
        bound(Select(fields), Shape::Table)
    },
};

#[derive(Debug)]
struct Select(Vec<BoundField>);

impl StageOperator for Select {
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer {
        let listing = answer.listing();
        let cells = |row| -> Vec<Value> {
            let fields = self.0.iter();
            fields.map(|field| as_cell(field.values(&listing, row))).collect()
        };
        let columns = self.columns(Vec::new());
        let rows = until(limits.stop, rows(&answer)).map(cells).collect();
        let standing = match &answer.body {
            Body::Table(table) => table.standing.clone(),
            _ => Vec::new(),
        };
        Answer { body: Body::Table(Table { standing, ..Table::of(columns, rows) }), ..answer }
    }

    fn columns(&self, _: Vec<String>) -> Vec<String> {
        self.0.iter().map(|field| field.name.clone()).collect()
    }
}
