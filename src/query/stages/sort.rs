//! `then sort by FIELD [desc], …`: rows in the order of their values.

use super::{Stage, StageOperator, Takes, bound, shape_of_rows};
use crate::answer::{Answer, Body};
use crate::diagnostic::Diagnostic;
use crate::query::bind::{Arguments, BoundField, ListedRow, fields, fields::rows, in_order};
use crate::query::syntax::Item;
use crate::query::{Input, Limits};
use crate::stop::until;
use serde_json::Value;
use std::cmp::Ordering;

pub(super) const STAGE: Stage = Stage {
    name: "sort",
    takes: Takes::ByKeys,
    options: &[],
    summary: "order by a field, the missing last; `desc` turns it round",
    example: "tools then sort by sources desc, name",
    bind: |arguments, input| {
        let shape = shape_of_rows(arguments, input)?;
        bound(Sort(keys(arguments, input)?), shape)
    },
};

fn keys(arguments: &Arguments<'_>, input: &Input) -> Result<Vec<(BoundField, bool)>, Diagnostic> {
    let behind = behind_by(arguments)?;
    let parts = fields::parts(arguments, behind)?.into_iter();
    let keys = parts.map(|part| {
        let (part, descending) = match part {
            [rest @ .., last] if !rest.is_empty() && last.is_word("desc") => (rest, true),
            [rest @ .., last] if !rest.is_empty() && last.is_word("asc") => (rest, false),
            _ => (part, false),
        };
        Ok((fields::named(arguments, input, part)?, descending))
    });
    keys.collect()
}

/// What stands behind the `by` of `sort by` and `group by`.
pub(super) fn behind_by<'a>(arguments: &Arguments<'a>) -> Result<&'a [Item], Diagnostic> {
    match arguments.head()? {
        [by, rest @ ..] if by.is_word("by") => Ok(rest),
        [first, ..] => {
            let message = format!("`{}` is followed by `by`", arguments.name);
            Err(arguments.misuse("unexpected", &first.span, message))
        }
        [] => Ok(&[]),
    }
}

#[derive(Debug)]
struct Sort(Vec<(BoundField, bool)>);

impl StageOperator for Sort {
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer {
        let listing = answer.listing();
        let key = |row: ListedRow<'_>| -> Vec<Option<Value>> {
            let fields = self.0.iter();
            fields
                .map(|(field, descending)| {
                    let values = field.values(&listing, row).into_iter();
                    values.min_by(|a, b| turned(in_order(a, b), *descending))
                })
                .collect()
        };
        let keys: Vec<Vec<Option<Value>>> = until(limits.stop, rows(&answer)).map(key).collect();
        let mut places: Vec<usize> = (0..keys.len()).collect();
        places.sort_by(|a, b| {
            let pairs = keys[*a].iter().zip(&keys[*b]).zip(&self.0);
            let orders = pairs.map(|((a, b), (_, descending))| match (a, b) {
                (Some(a), Some(b)) => turned(in_order(a, b), *descending),
                // A row without a value comes last.
                (a, b) => a.is_none().cmp(&b.is_none()),
            });
            orders.fold(Ordering::Equal, Ordering::then)
        });
        let mut sorted = answer.choose(&places);
        // Tables regroup a closure under its milestones; what is sorted stays as sorted.
        if let Body::Set(set) = &mut sorted.body {
            set.closure = None;
        }
        sorted
    }
}

/// Of several values of a field the one that comes first counts.
fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}
