//! What was counted of a whole graph, with what files over it change: what they make of the part
//! that they speak of comes to it, what that part was before goes.

use crate::graph::Head;
use serde_json::{Number, Value};
use std::collections::BTreeMap;

type Rows = Vec<Vec<Value>>;

/// The head of `whole` where `before` has become `after`, whose words are those of all.
pub(super) fn joined(whole: &Head, before: &Head, after: Head) -> Head {
    let mut tables = BTreeMap::new();
    for (verb, rows) in &after.tables {
        let of = |head: &Head| head.tables.get(verb).cloned().unwrap_or_default();
        tables.insert(verb.clone(), table(&of(whole), &of(before), rows));
    }
    let used =
        |head: &Head| head.field_uses.iter().cloned().collect::<BTreeMap<String, [usize; 2]>>();
    let [whole, before] = [whole, before].map(used);
    let mut uses = used(&after);
    for (name, whole) in whole {
        let counts = uses.entry(name).or_default();
        (0..2).for_each(|at| counts[at] += whole[at]);
    }
    for (name, before) in before {
        let counts = uses.entry(name).or_default();
        (0..2).for_each(|at| counts[at] = counts[at].saturating_sub(before[at]));
    }
    let field_uses = uses.into_iter().filter(|(_, counts)| *counts != [0, 0]).collect();
    Head { field_uses, tables, ..after }
}

/// The rows of a table, each called by its first cell; numbers are counts.
fn table(whole: &[Vec<Value>], before: &[Vec<Value>], after: &[Vec<Value>]) -> Rows {
    let called =
        |rows: &[Vec<Value>], name: &Value| rows.iter().find(|row| row[0] == *name).cloned();
    let summed = |row: &Vec<Value>| {
        let (whole, before) = (called(whole, &row[0]), called(before, &row[0]));
        let of = |rows: &Option<Vec<Value>>, at: usize| {
            rows.as_ref().and_then(|row| row.get(at)?.as_u64()).unwrap_or_default()
        };
        let cells = row.iter().enumerate().map(|(at, cell)| match cell.as_u64() {
            Some(after) => {
                Number::from((of(&whole, at) + after).saturating_sub(of(&before, at))).into()
            }
            None => cell.clone(),
        });
        cells.collect::<Vec<Value>>()
    };
    let mut rows: Rows = after.iter().map(summed).collect();
    let missing = whole.iter().filter(|row| called(after, &row[0]).is_none());
    // What stands first in both is a list of its own; the others are in the order of their names.
    let first = whole.iter().zip(after).take_while(|(a, b)| a[0] == b[0]).count();
    for row in missing {
        let name = |row: &Vec<Value>| row[0].as_str().unwrap_or_default().to_owned();
        let at = rows[first..].partition_point(|other| name(other) < name(row));
        rows.insert(first + at, row.clone());
    }
    rows
}
