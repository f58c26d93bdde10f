//! What a column says of a node, as a value, in words and in JSON.

use super::words::{number, value_in_words};
use crate::analysis::millionths;
use crate::graph::{Atlas, Decimal, NodeIndex};
use serde_json::Value;

/// What a column says of a node.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// A value.
    Value(Value),
    /// Several values.
    Values(Vec<Value>),
    /// A node: its name in words and conditions, its id in JSON.
    Node(NodeIndex),
    /// One or the other of several nodes, and how many more there are.
    Nodes(Vec<NodeIndex>, usize),
}

impl Cell {
    /// A value, if there is one.
    pub(super) fn of(value: Option<impl Into<Value>>) -> Self {
        value.map_or(Self::Nothing, |value| Self::Value(value.into()))
    }

    /// What is said of several nodes at once: amounts are added up, other values listed.
    pub(super) fn joined(cells: impl Iterator<Item = Self>) -> Self {
        let (mut values, mut nodes, mut single) = (Vec::new(), Vec::new(), true);
        let mut more = 0;
        for cell in cells {
            match cell {
                Self::Nothing => {}
                Self::Value(value) => values.push(value),
                Self::Values(several) => values.extend(several),
                Self::Node(node) => nodes.push(node),
                Self::Nodes(several, others) => {
                    single = false;
                    nodes.extend(several);
                    more = more.max(others);
                }
            }
        }
        let amounts = values.iter().map(|value| millionths(&Decimal::of(value)?));
        if let Some(sum) = amounts.sum::<Option<_>>().filter(|_| !values.is_empty()) {
            return Self::Value(number(sum));
        }
        let mut distinct = Vec::new();
        for value in values {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        match (distinct.as_slice(), nodes.as_slice()) {
            ([], []) => Self::Nothing,
            ([value], _) => Self::Value(value.clone()),
            ([], [node]) if single => Self::Node(*node),
            ([], _) => Self::Nodes(nodes, more),
            _ => Self::Values(distinct),
        }
    }

    /// Its values, as conditions test them.
    #[must_use]
    pub fn values(self, atlas: &Atlas) -> Vec<Value> {
        let name = |node: NodeIndex| Value::from(atlas.name(node));
        match self {
            Self::Nothing => Vec::new(),
            Self::Value(value) => vec![value],
            Self::Values(values) => values,
            Self::Node(node) => vec![name(node)],
            Self::Nodes(nodes, _) => nodes.into_iter().map(name).collect(),
        }
    }

    /// In words; nothing where it says nothing.
    #[must_use]
    pub fn words(self, atlas: &Atlas) -> String {
        if let Self::Nodes(nodes, more) = self {
            return one_or_other(atlas, &nodes, more);
        }
        let values = self.values(atlas);
        values.iter().map(value_in_words).collect::<Vec<String>>().join(", ")
    }

    /// As JSON, where it says something.
    #[must_use]
    pub fn json(self, atlas: &Atlas) -> Option<Value> {
        let id = |node: NodeIndex| Value::from(atlas.id(node));
        match self {
            Self::Nothing => None,
            Self::Value(value) => Some(value),
            Self::Values(values) => (!values.is_empty()).then(|| values.into()),
            Self::Node(node) => Some(id(node)),
            Self::Nodes(nodes, _) => {
                (!nodes.is_empty()).then(|| nodes.into_iter().map(id).collect())
            }
        }
    }
}

/// How many alternatives of a node are told in words, and how many in all.
pub(super) const WORDS: usize = 12;
pub(super) const TOLD: usize = 100;

/// The first of several nodes, one of which is meant: `A or B or 37 more`.
pub(super) fn one_or_other(atlas: &Atlas, nodes: &[NodeIndex], more: usize) -> String {
    let shown = nodes.iter().take(WORDS).map(|node| atlas.name(*node).to_owned());
    let more = more + nodes.len().saturating_sub(WORDS);
    let rest = (more > 0).then(|| format!("{more} more"));
    shown.chain(rest).collect::<Vec<String>>().join(" or ")
}
