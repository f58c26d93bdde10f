//! The answer in the parts that data formats write.

use super::{Answer, Body, Effort, Path, Table};
use crate::graph::NodeIndex;
use serde_json::Value;

/// What an answer consists of, part by part; what its shape lacks is `None`.
#[derive(Debug, Default)]
pub struct Parts<'a> {
    /// The nodes, in answer order; whoever has them has [edges](Answer::edges) too.
    pub nodes: Option<Vec<NodeIndex>>,
    /// The paths, best first.
    pub paths: Option<&'a [Path]>,
    /// The steps of a plan.
    pub steps: Option<&'a [Vec<NodeIndex>]>,
    /// How long a plan takes.
    pub total: Option<Effort>,
    /// Rows under columns.
    pub table: Option<&'a Table>,
    /// A number or text.
    pub value: Option<&'a Value>,
}

impl Answer {
    /// The answer in parts.
    #[must_use]
    pub fn parts(&self) -> Parts<'_> {
        let nodes = || Parts { nodes: Some(self.nodes()), ..Parts::default() };
        match &self.body {
            Body::Set(_) | Body::Card(_) => nodes(),
            Body::Paths(paths) => Parts { paths: Some(&paths.routes), ..nodes() },
            Body::Plan(plan) => {
                let total = plan.effort(&self.atlas);
                Parts { steps: Some(&plan.made.steps), total, ..nodes() }
            }
            Body::Table(table) => Parts { table: Some(table), ..Parts::default() },
            Body::Value(value) => Parts { value: Some(value), ..Parts::default() },
        }
    }
}
