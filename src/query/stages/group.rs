//! `then group by FIELD`: how many rows have each value, and which.

use super::sort::behind_by;
use super::{BoundStage, Stage, StageOperator, Takes, shape_of_rows};
use crate::answer::{Answer, Body, Shape, Table};
use crate::query::Limits;
use crate::query::bind::fields::{Field, Row, named, rows};
use crate::query::bind::values::in_order;
use crate::stop::until;
use serde_json::Value;

pub(super) const STAGE: Stage = Stage {
    name: "group",
    takes: Takes::ByField,
    summary: "how many have each value of a field, and which; several values count in each",
    example: "prereqs llmops then group by kind",
    bind: |arguments, input| {
        let of_nodes = shape_of_rows(arguments, input)? == Shape::Set;
        let field = named(arguments, input, behind_by(arguments)?)?;
        let bound: BoundStage = (Box::new(Group { field, of_nodes }), Shape::Table);
        Ok(bound)
    },
};

#[derive(Debug)]
struct Group {
    field: Field,
    of_nodes: bool,
}

impl StageOperator for Group {
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer {
        let listing = answer.listing();
        let mut pairs: Vec<(Value, Option<Value>)> = Vec::new();
        for row in until(limits.stop, rows(&answer)) {
            let member = match row {
                Row::Node(node) => Some(answer.atlas.node(node).id.as_str().into()),
                Row::Path(_) | Row::Cells(..) => None,
            };
            let mut values = self.field.values(&listing, row);
            // What is said twice counts once.
            values.sort_by(in_order);
            values.dedup_by(|a, b| in_order(a, b).is_eq());
            if values.is_empty() {
                values.push(Value::Null);
            }
            pairs.extend(values.into_iter().map(|value| (value, member.clone())));
        }
        // Stable: members keep the answer's order.
        pairs.sort_by(|(a, _), (b, _)| in_order(a, b));
        let groups = pairs.chunk_by(|(a, _), (b, _)| in_order(a, b).is_eq());
        let rows = groups.map(|group| {
            let mut row = vec![group[0].0.clone(), group.len().into()];
            if self.of_nodes {
                row.push(group.iter().filter_map(|(_, member)| member.clone()).collect());
            }
            row
        });
        let columns = self.columns(Vec::new());
        let table = Table { columns, rows: rows.collect(), ..Table::default() };
        Answer { body: Body::Table(table), ..answer }
    }

    fn columns(&self, _: Vec<String>) -> Vec<String> {
        let mut columns = vec![self.field.name.clone(), "count".to_owned()];
        if self.of_nodes {
            columns.push("nodes".to_owned());
        }
        columns
    }
}
