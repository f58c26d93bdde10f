//! `prereqs S`, what one must know before, and `unlocks S`, what it opens: the closure along the flow,
//! in learning order.

use super::{Takes, Verb};
use crate::analysis::{Fault, in_learning_order, needed_by, opened_by, sorted_unique};
use crate::answer::{Answer, Body, Closure, Set, Shape};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Fetches, Flow, NodeIndex, Relations, Strength};
use crate::query::bind::{Arguments, DEPTH, FROM, OVER, Operand, REQUIRED_ONLY};
use crate::query::explain::{
    ANY, Missing, Reason, SoughtChains, WEAKEST, chain, missed, name, names,
};
use crate::query::{Limits, Operator};
use std::collections::BTreeSet;

pub(super) const PREREQS: Verb = Verb {
    name: "prereqs",
    fetches: Fetches::Closure,
    takes: Takes::Set,
    options: &[DEPTH, OVER, REQUIRED_ONLY, FROM],
    summary: "everything to know before S, in learning order",
    example: "prereqs llmops",
    shape: Shape::Set,
    bind: |arguments| bind(arguments, true),
};

pub(super) const UNLOCKS: Verb = Verb {
    name: "unlocks",
    summary: "everything that S opens, in learning order",
    example: "unlocks kubernetes",
    bind: |arguments| bind(arguments, false),
    ..PREREQS
};

/// A closure with its names resolved.
#[derive(Debug)]
struct ClosureOperator {
    of: Operand,
    needs: bool,
    depth: usize,
    over: Relations,
    required_only: bool,
}

/// Resolves the arguments of either verb.
fn bind(arguments: &Arguments<'_>, needs: bool) -> Result<Box<dyn Operator>, Diagnostic> {
    let over = arguments.relations(&OVER, |_| false)?;
    arguments.must_flow(Flow::exists(arguments.binder.atlas, &over))?;
    Ok(Box::new(ClosureOperator {
        of: arguments.operand()?,
        needs,
        depth: arguments.number(&DEPTH)?.unwrap_or(usize::MAX),
        over,
        required_only: arguments.flag(&REQUIRED_ONLY)?,
    }))
}

impl ClosureOperator {
    /// Would the closure have the node if it did not leave out what makes this fault?
    fn mends(&self, atlas: &Atlas, limits: &Limits<'_>, fault: Fault, node: NodeIndex) -> bool {
        let Fault::LeftOut(edge) = fault else { return false };
        let facts = atlas.edge(edge);
        // The whole question again with this edge let in: the way over it may be too long.
        let mut over = self.over.clone();
        if let Some(over) = &mut over {
            over.push(facts.relation);
        }
        let required_only = self.required_only && facts.strength == Strength::Required;
        let flow = Flow::new(atlas, &over, required_only);
        self.follow(&flow, &self.of.nodes(atlas, limits)).contains(&node)
    }

    fn follow(&self, flow: &Flow<'_>, of: &[NodeIndex]) -> Vec<NodeIndex> {
        let follow = if self.needs { needed_by } else { opened_by };
        follow(flow, of, self.depth)
    }

    /// Why there is nothing: under which name what was typed is known, and what is not said of it.
    fn emptiness(&self, asked: &str) -> String {
        if self.depth == 0 {
            return "depth 0 follows no edge".to_owned();
        }
        let which = match (&self.over, self.required_only) {
            (Some(_), true) => "no required edge of these relations",
            (Some(_), false) => "no edge of these relations",
            (None, true) => "no required edge",
            (None, false) => "no edge",
        };
        if self.needs {
            format!("{which} says what {asked} needs")
        } else {
            format!("{which} says that anything needs {asked}")
        }
    }
}

impl Operator for ClosureOperator {
    /// Needs neither an order nor to know what is only recommended.
    fn count(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let of = self.of.nodes(atlas, limits);
        let flow = Flow::new(atlas, &self.over, self.required_only);
        Answer::new(atlas, Body::Value(self.follow(&flow, &of).len().into()))
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let of = self.of.nodes(atlas, limits);
        let flow = Flow::new(atlas, &self.over, self.required_only);
        let nodes = self.follow(&flow, &of);
        let mut recommended = BTreeSet::new();
        if flow.recommends() {
            // What required edges alone do not reach has a recommendation on every way to it.
            let required = sorted_unique(self.follow(&Flow::new(atlas, &self.over, true), &of));
            let only = nodes.iter().filter(|node| required.binary_search(node).is_err());
            recommended.extend(only);
        }
        let asked = names(atlas, &of);
        let set = Set {
            nodes: in_learning_order(atlas, nodes),
            recommended,
            dependents: if self.needs { of.clone() } else { Vec::new() },
            closure: Some(Closure { of, needs: self.needs, every: false }),
            over: self.over.clone(),
            origin: None,
        };
        let notes = set.nodes.is_empty().then(|| self.emptiness(&asked));
        Answer::new(atlas, Body::Set(set)).noting(notes)
    }

    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let mut others = self.of.nodes(atlas, limits);
        let asked = others.contains(&node);
        others.retain(|other| *other != node);
        let name = name(atlas, node);
        if others.is_empty() {
            let note = format!("{name} is what was asked about; a closure leaves that out");
            return Reason::new(false, note);
        }
        let flow = Flow::new(atlas, &self.over, self.required_only);
        let (from, to) = if self.needs { (vec![node], others) } else { (others, vec![node]) };
        let near_enough = SoughtChains { depth: self.depth, ..ANY };
        let reason = match chain(&flow, &from, &to, near_enough) {
            Some(chain) => chain.told(&flow),
            None => match chain(&flow, &from, &to, WEAKEST) {
                Some(chain) => {
                    let (steps, depth) = (chain.route.hops.len(), self.depth);
                    let note =
                        format!("{name} is {steps} steps away, and the question goes {depth} deep");
                    Reason::new(false, note).by([chain.route])
                }
                None => missed(&Missing {
                    flow: &flow,
                    from: &from,
                    to: &to,
                    avoid: &[],
                    mends: &|fault| self.mends(atlas, limits, fault, node),
                }),
            },
        };
        if asked && !reason.holds {
            return reason.and(format!("{name} was asked about itself; of that, no closure tells"));
        }
        reason
    }
}
