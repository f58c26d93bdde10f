//! What `prereqs` and `unlocks` share: the closure along the flow, in learning order.

use crate::analysis::{first_by_id, in_learning_order, needed_by, opened_by};
use crate::answer::{Answer, Body, Closure, Set};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Flow, NodeIndex, Relations};
use crate::query::arguments::{Arguments, DEPTH, OVER, OptionRow, REQUIRED_ONLY};
use crate::query::operand::Operand;
use crate::query::{Limits, Run};
use std::collections::BTreeSet;

/// The options of both verbs.
pub(super) const OPTIONS: &[OptionRow] = &[DEPTH, OVER, REQUIRED_ONLY];

/// A closure with its names resolved.
#[derive(Debug)]
pub(super) struct Closed {
    of: Operand,
    needs: bool,
    depth: usize,
    over: Relations,
    required_only: bool,
}

/// Resolves the arguments of either verb.
pub(super) fn bind(arguments: &Arguments<'_>, needs: bool) -> Result<Box<dyn Run>, Diagnostic> {
    let over = arguments.relations(&OVER, |_| false)?;
    arguments.must_flow(&Flow::new(arguments.scope.atlas, &over, false))?;
    Ok(Box::new(Closed {
        of: arguments.operand()?,
        needs,
        depth: arguments.number(&DEPTH)?.unwrap_or(usize::MAX),
        over,
        required_only: arguments.flag(&REQUIRED_ONLY)?,
    }))
}

impl Closed {
    fn follow(&self, flow: &Flow<'_>, of: &[NodeIndex]) -> Vec<NodeIndex> {
        let follow = if self.needs { needed_by } else { opened_by };
        follow(flow, of, self.depth)
    }
}

impl Run for Closed {
    fn run<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Answer<'g> {
        let of = self.of.nodes(atlas, limits);
        let flow = Flow::new(atlas, &self.over, self.required_only);
        let nodes = self.follow(&flow, &of);
        let mut recommended = BTreeSet::new();
        if flow.recommends() {
            let required = first_by_id(self.follow(&Flow::new(atlas, &self.over, true), &of));
            let only = nodes.iter().filter(|node| required.binary_search(node).is_err());
            recommended.extend(only);
        }
        let set = Set {
            nodes: in_learning_order(atlas, nodes),
            recommended,
            dependents: if self.needs { of.clone() } else { Vec::new() },
            closure: Some(Closure { of, needs: self.needs }),
            over: self.over.clone(),
        };
        Answer::new(atlas, Body::Set(set))
    }
}
