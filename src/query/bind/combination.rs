//! Sets combined: union, intersect, except.

use crate::answer::{Answer, Body, Set};
use crate::graph::{Atlas, NodeIndex};
use crate::query::explain::{Reason, name};
use crate::query::limits::Limits;
use crate::query::operator::{Bound, Operator};
use crate::query::syntax::SetOperator;
use crate::stop::until;
use std::collections::{BTreeSet, HashSet};

/// Terms joined from the left by union or except; the factors of each intersect.
#[derive(Debug)]
pub(super) struct Combination {
    pub(super) terms: Vec<(SetOperator, Vec<Bound>)>,
}

impl Operator for Combination {
    /// What the operands say, one after the other: the one that brings the node in, and the one
    /// that keeps it out or takes it away.
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let own = name(atlas, node);
        let mut current: Option<Reason> = None;
        for (at, (operator, factors)) in self.terms.iter().enumerate() {
            let held = current.as_ref().is_some_and(|reason| reason.holds);
            // What is in cannot come in again, what is out cannot be taken away.
            if at > 0 && held != (*operator == SetOperator::Except) {
                continue;
            }
            let term = intersection(factors, atlas, limits, node);
            current = Some(match (operator, current) {
                (SetOperator::Except, _) if term.holds => {
                    term.within(false, format!("`except` takes {own} away"))
                }
                (SetOperator::Except, Some(before)) => before,
                (_, Some(before)) if !term.holds => before.joined(term, false),
                _ => term,
            });
        }
        current.unwrap_or_else(|| Reason::new(false, format!("nothing is asked that holds {own}")))
    }

    /// Stopped within, it has only what no term still to come can take away.
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let mut gathered = Gathered::default();
        let (mut notes, mut complete) = (Vec::new(), true);
        let mut evaluate = |bind: &Bound| {
            let mut answer = bind.operator.run(atlas, limits);
            complete &= answer.complete;
            notes.append(&mut answer.notes);
            let recommended = answer.recommended().clone();
            Set { recommended, ..Set::of(answer.into_set()) }
        };
        let mut terms = self.terms.iter();
        for (operator, factors) in until(limits.stop, &mut terms) {
            let mut factors = factors.iter();
            let mut term = factors.next().map(&mut evaluate).unwrap_or_default();
            for factor in until(limits.stop, &mut factors) {
                term = keep(term, &evaluate(factor));
            }
            match operator {
                // What was not found might have taken away what stands there.
                SetOperator::Except if limits.stopped() => gathered = Gathered::default(),
                SetOperator::Except => gathered.take(&term),
                // What has not met all factors may not belong to it.
                _ if factors.len() == 0 => gathered.add(&term),
                _ => {}
            }
        }
        if terms.any(|(operator, _)| *operator == SetOperator::Except) {
            gathered = Gathered::default();
        }
        let body = Body::Set(gathered.into_set());
        Answer { notes, complete, ..Answer::new(atlas, body) }
    }
}

/// Why a node is in all of the factors, or not in one of them.
fn intersection(factors: &[Bound], atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
    let mut all: Option<Reason> = None;
    for factor in factors {
        let reason = factor.operator.reason_in_set(atlas, limits, node);
        if !reason.holds && factors.len() > 1 {
            let own = name(atlas, node);
            return reason.within(false, format!("not every side of `intersect` has {own}"));
        }
        all = Some(match all {
            None => reason,
            Some(before) => before.joined(reason, true),
        });
    }
    all.unwrap_or_else(|| Reason::new(false, "there is nothing to intersect"))
}

/// The nodes of `left`, in order and marked as there, that are among `right`.
fn keep(mut left: Set, right: &Set) -> Set {
    let right: HashSet<&NodeIndex> = right.nodes.iter().collect();
    left.nodes.retain(|node| right.contains(node));
    left.recommended.retain(|node| right.contains(node));
    left
}

/// A set to which others are added and from which they are taken, each at the cost of the other.
#[derive(Default)]
struct Gathered {
    nodes: Vec<NodeIndex>,
    /// By node: one more than its place among them; 0 if it is none of them.
    places: Vec<usize>,
    recommended: BTreeSet<NodeIndex>,
}

impl Gathered {
    fn place(&mut self, node: NodeIndex) -> &mut usize {
        if self.places.len() <= node.index() {
            self.places.resize(node.index() + 1, 0);
        }
        &mut self.places[node.index()]
    }

    /// Adds what is new at the end; only recommended is what is no more than that on either side.
    fn add(&mut self, set: &Set) {
        for node in &set.nodes {
            let recommended = set.recommended.contains(node);
            if *self.place(*node) == 0 {
                self.nodes.push(*node);
                *self.place(*node) = self.nodes.len();
                if recommended {
                    self.recommended.insert(*node);
                }
            } else if !recommended && !self.recommended.is_empty() {
                self.recommended.remove(node);
            }
        }
    }

    fn take(&mut self, set: &Set) {
        for node in &set.nodes {
            // It stays in the list and has no place there: nothing need be searched or moved.
            *self.place(*node) = 0;
            self.recommended.remove(node);
        }
    }

    fn into_set(self) -> Set {
        let Self { nodes, places, recommended } = self;
        // What was taken and added again stands where it was added last.
        let inside = |(at, node): &(usize, NodeIndex)| places[node.index()] == at + 1;
        let nodes = nodes.into_iter().enumerate().filter(inside).map(|(_, node)| node);
        Set { recommended, ..Set::of(nodes.collect()) }
    }
}
