//! What nodes take: amounts of a field, of several statements the median, and their sums.

use super::fields::field_values;
use crate::graph::{Atlas, Decimal, KindId, NodeIndex};
use serde_json::Value;
use std::collections::BTreeSet;

/// What something takes, in millionths of the unit: exact sums for six decimals.
pub type Amount = u128;
/// One unit of an [`Amount`].
pub const UNIT: Amount = 1_000_000;

/// The field that says how long it takes to learn something.
pub const EFFORT: &str = "hours";

/// The largest amount of one node: sums stay exact.
const LARGEST: Amount = 1_000_000_000_000 * UNIT;

/// A number from 0 in millionths.
#[must_use]
pub fn millionths(number: &Decimal) -> Option<Amount> {
    let cost = Amount::try_from(number.scaled(6)?).ok()?;
    (cost <= LARGEST).then_some(cost)
}

/// The median of those values that are amounts; of an even number of them the middle of the two
/// in the middle.
pub fn median<'v>(values: impl IntoIterator<Item = &'v Value>) -> Option<Amount> {
    let amounts = values.into_iter().filter_map(|value| millionths(&Decimal::of(value)?));
    let mut amounts: Vec<Amount> = amounts.collect();
    amounts.sort_unstable();
    let last = amounts.len().checked_sub(1)?;
    Some(Amount::midpoint(amounts[last / 2], amounts[last.div_ceil(2)]))
}

/// What is said of a node's effort.
#[must_use]
pub fn effort(atlas: &Atlas, node: NodeIndex) -> Option<Amount> {
    median(field_values(&atlas.seen(node).properties, EFFORT))
}

/// Which of these nodes take nothing though nobody says so: milestones, and goals of a kind that
/// no node of it has an effort. What one learns on the way to them is what takes time.
#[must_use]
pub fn effortless(atlas: &Atlas, nodes: &[NodeIndex], goals: &[NodeIndex]) -> BTreeSet<NodeIndex> {
    let silent = |node: &NodeIndex| effort(atlas, *node).is_none();
    let silent: Vec<NodeIndex> = nodes.iter().copied().filter(silent).collect();
    let goals: BTreeSet<NodeIndex> = goals.iter().copied().collect();
    let kinds = |node: NodeIndex| atlas.kinds(node).iter().copied();
    let asked = silent.iter().filter(|node| goals.contains(node)).flat_map(|node| kinds(*node));
    let asked: BTreeSet<KindId> = asked.collect();
    let mut measured: BTreeSet<KindId> = BTreeSet::new();
    if !asked.is_empty() {
        let members = asked.iter().flat_map(|kind| atlas.of_kind(*kind));
        measured.extend(members.filter(|node| effort(atlas, *node).is_some()).flat_map(kinds));
    }
    let of_no_measured_kind = |node: NodeIndex| {
        let mut own = kinds(node).peekable();
        own.peek().is_some() && own.all(|kind| !measured.contains(&kind))
    };
    let free = |node: &NodeIndex| {
        atlas.is_milestone(*node) || goals.contains(node) && of_no_measured_kind(*node)
    };
    silent.into_iter().filter(free).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_median_of_several_statements_counts() {
        let of = |values: Value| median(values.as_array().expect("a list"));
        assert_eq!(of(json!([])), None);
        assert_eq!(of(json!(["ten", -1])), None);
        assert_eq!(of(json!([4.1])), Some(4_100_000));
        assert_eq!(of(json!([100, 1, 3])), Some(3_000_000));
        assert_eq!(of(json!([1, 2.5])), Some(1_750_000));
        assert_eq!(of(json!(["ten", 1, 2, 4, 100])), Some(3_000_000));
    }
}
