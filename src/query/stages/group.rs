//! `then group by FIELD [sum FIELD]`: how many rows have each value, what these add up to, and which.

use super::aggregate::{missing, numbers, said, sum};
use super::sort::behind_by;
use super::{Stage, StageOperator, Takes, bound, shape_of_rows};
use crate::answer::{Answer, Body, Listing, Shape, Table};
use crate::query::Limits;
use crate::query::bind::{BoundField, ListedRow, OptionRow, fields::rows, in_order, named};
use crate::stop::until;
use serde_json::Value;

/// `sum FIELD`
const SUM: OptionRow = OptionRow::new("sum", "FIELD", "add up this field in each group");

pub(super) const STAGE: Stage = Stage {
    name: "group",
    takes: Takes::ByField,
    options: &[SUM],
    summary: "how many have each value of a field, and which; several values count in each",
    example: "prereqs llmops then group by kind",
    bind: |arguments, input| {
        let of_nodes = shape_of_rows(arguments, input)? == Shape::Set;
        let field = named(arguments, input, behind_by(arguments)?)?;
        let added = arguments.value(&SUM).map(|(_, items)| named(arguments, input, items));
        let group = Group { field, added: added.transpose()?, of_nodes };
        bound(group, Shape::Table)
    },
};

#[derive(Debug)]
struct Group {
    field: BoundField,
    added: Option<BoundField>,
    of_nodes: bool,
}

/// A row in a group: the value it has in common with the others, its node, what is added up.
struct GroupMember {
    value: Value,
    node: Option<Value>,
    amount: Option<Value>,
}

impl Group {
    /// The members that a row makes: one for each of its values.
    fn members(
        &self,
        answer: &Answer,
        listing: &Listing<'_>,
        row: ListedRow<'_>,
    ) -> Vec<GroupMember> {
        let node = match row {
            ListedRow::Node(node) => Some(Value::from(answer.atlas.node(node).id.as_str())),
            ListedRow::Path(_) | ListedRow::Cells(..) => None,
        };
        let amount = self.added.as_ref().and_then(|field| said(field, listing, row));
        let mut values = self.field.values(listing, row);
        // What is said twice counts once.
        values.sort_by(in_order);
        values.dedup_by(|a, b| in_order(a, b).is_eq());
        if values.is_empty() {
            values.push(Value::Null);
        }
        let member = |value| GroupMember { value, node: node.clone(), amount: amount.clone() };
        values.into_iter().map(member).collect()
    }

    /// The row of a group.
    fn row(&self, group: &[GroupMember]) -> Vec<Value> {
        let mut row = vec![group[0].value.clone(), group.len().into()];
        if self.added.is_some() {
            let amounts = group.iter().filter_map(|member| member.amount.clone());
            row.push(sum(&amounts.collect::<Vec<Value>>()));
        }
        if self.of_nodes {
            row.push(group.iter().filter_map(|member| member.node.clone()).collect());
        }
        row
    }
}

impl StageOperator for Group {
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer {
        let listing = answer.listing();
        let (mut members, mut amounts, mut of) = (Vec::new(), Vec::new(), 0);
        for row in until(limits.stop, rows(&answer)) {
            let made = self.members(&answer, &listing, row);
            amounts.extend(made.first().and_then(|member| member.amount.clone()));
            members.extend(made);
            of += 1;
        }
        // Stable: members keep the answer's order.
        members.sort_by(|a, b| in_order(&a.value, &b.value));
        let groups = members.chunk_by(|a, b| in_order(&a.value, &b.value).is_eq());
        let table =
            Table::of(self.columns(Vec::new()), groups.map(|group| self.row(group)).collect());
        let noun = if self.of_nodes { "node" } else { answer.shape().noun().unwrap_or("row") };
        let without = of - numbers(&amounts).count();
        let note = self.added.as_ref().and_then(|field| missing(field, without, of, noun));
        Answer { body: Body::Table(table), ..answer }.noting(note)
    }

    fn columns(&self, _: Vec<String>) -> Vec<String> {
        let mut columns = vec![self.field.name.clone(), "count".to_owned()];
        if let Some(field) = &self.added {
            let taken = columns.contains(&field.name) || field.name == "nodes";
            columns.push(if taken { format!("sum {}", field.name) } else { field.name.clone() });
        }
        if self.of_nodes {
            columns.push("nodes".to_owned());
        }
        columns
    }
}
