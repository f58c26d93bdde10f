//! `then sum FIELD`, `min`, `max`, `mean`: one value of all rows, exactly.

use super::{Stage, StageOperator, Takes, bound, shape_of_rows};
use crate::answer::{Answer, Body, Listing, Shape};
use crate::query::Limits;
use crate::query::bind::{BoundField, ListedRow, arithmetic, fields::rows, in_order, named};
use crate::query::syntax::Arithmetic;
use crate::stop::until;
use serde_json::Value;

/// Makes one value of several.
type Aggregate = fn(&[Value]) -> Value;

const PLAIN: Stage = Stage {
    name: "",
    takes: Takes::Field,
    options: &[],
    summary: "",
    example: "",
    bind: |arguments, input| {
        shape_of_rows(arguments, input)?;
        let field = named(arguments, input, arguments.head()?)?;
        let aggregates = [("sum", sum as Aggregate), ("min", min), ("max", max), ("mean", mean)];
        let own = aggregates.iter().find(|(name, _)| *name == arguments.name);
        let aggregate = own.map_or(sum as Aggregate, |(_, aggregate)| *aggregate);
        bound(Reduced { field, aggregate }, Shape::Value)
    },
};

pub(super) const SUM: Stage = Stage {
    name: "sum",
    summary: "add up the numbers of a field; of several statements the median counts",
    example: "plan gitops then sum hours",
    ..PLAIN
};

pub(super) const MIN: Stage = Stage {
    name: "min",
    summary: "the smallest number of a field; where it has texts only, the first of them",
    example: "plan gitops then min hours",
    ..PLAIN
};

pub(super) const MAX: Stage = Stage {
    name: "max",
    summary: "the largest number of a field; where it has texts only, the last of them",
    example: "plan gitops then max hours",
    ..PLAIN
};

pub(super) const MEAN: Stage = Stage {
    name: "mean",
    summary: "the mean of the numbers of a field, of those rows that say one",
    example: "plan gitops then mean hours",
    ..PLAIN
};

pub(super) fn numbers(values: &[Value]) -> impl Iterator<Item = &Value> {
    values.iter().filter(|value| value.is_number())
}

/// What numbers add up to.
pub(super) fn sum(values: &[Value]) -> Value {
    let add = |sum: Value, value: &Value| arithmetic(&sum, Arithmetic::Plus, value);
    numbers(values).try_fold(Value::from(0), add).unwrap_or_default()
}

fn mean(values: &[Value]) -> Value {
    let count = Value::from(numbers(values).count());
    arithmetic(&sum(values), Arithmetic::Divided, &count).unwrap_or_default()
}

fn min(values: &[Value]) -> Value {
    values.iter().min_by(|a, b| in_order(a, b)).cloned().unwrap_or_default()
}

fn max(values: &[Value]) -> Value {
    // Numbers come before texts, so that the last of all would be a text.
    let numbers = numbers(values).max_by(|a, b| in_order(a, b));
    numbers.or_else(|| values.iter().max_by(|a, b| in_order(a, b))).cloned().unwrap_or_default()
}

/// What a row says of a field: of several numbers the median.
pub(super) fn said(field: &BoundField, listing: &Listing<'_>, row: ListedRow<'_>) -> Option<Value> {
    let mut values = field.values(listing, row);
    values.sort_by(in_order);
    let numbers: Vec<&Value> = numbers(&values).collect();
    let Some(last) = numbers.len().checked_sub(1) else { return values.into_iter().next() };
    let (low, high) = (numbers[last / 2], numbers[last.div_ceil(2)]);
    if last % 2 == 0 {
        return Some(low.clone());
    }
    let both = arithmetic(low, Arithmetic::Plus, high)?;
    arithmetic(&both, Arithmetic::Divided, &Value::from(2))
}

/// How many rows say no number, if any.
pub(super) fn missing(field: &BoundField, without: usize, of: usize, noun: &str) -> Option<String> {
    let name = &field.name;
    match without {
        0 => None,
        1 => Some(format!("1 of {of} {noun}s says no number for `{name}`")),
        _ => Some(format!("{without} of {of} {noun}s say no number for `{name}`")),
    }
}

#[derive(Debug)]
struct Reduced {
    field: BoundField,
    aggregate: Aggregate,
}

impl StageOperator for Reduced {
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer {
        let noun = answer.shape().noun().unwrap_or("row");
        let noun = if answer.shape() == Shape::Plan { "node" } else { noun };
        let listing = answer.listing();
        let rows: Vec<ListedRow<'_>> = until(limits.stop, rows(&answer)).collect();
        let values = rows.iter().filter_map(|row| said(&self.field, &listing, *row));
        let values: Vec<Value> = values.collect();
        let value = (self.aggregate)(&values);
        // Texts are compared where there is nothing else.
        let told = if value.is_string() { values.len() } else { numbers(&values).count() };
        let note = missing(&self.field, rows.len() - told, rows.len(), noun);
        let mut answer = Answer { body: Body::Value(value), ..answer };
        answer.notes.splice(..0, note.map(Into::into));
        answer
    }

    fn columns(&self, _: Vec<String>) -> Vec<String> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{max, mean, min, sum};
    use serde_json::{Value, json};

    #[test]
    fn what_is_made_of_values_is_exact() {
        let of = |text: &str| -> Vec<Value> { serde_json::from_str(text).expect("a list") };
        let tenths = of("[0.1, 0.2, 0.3]");
        assert_eq!(sum(&tenths).to_string(), "0.6");
        assert_eq!(mean(&tenths).to_string(), "0.2");
        let large = of("[9007199254740993, 1, -2.5]");
        assert_eq!(sum(&large).to_string(), "9007199254740991.5");
        assert_eq!(min(&large).to_string(), "-2.5");
        assert_eq!(max(&of("[3, \"much\", 20]")), json!(20));
        assert_eq!(max(&of("[\"2026-12-07\", \"2027-01-01\"]")), json!("2027-01-01"));
        assert_eq!(sum(&of("[\"much\"]")), json!(0));
        assert_eq!([min(&[]), max(&[]), mean(&[])], [Value::Null, Value::Null, Value::Null]);
    }
}
