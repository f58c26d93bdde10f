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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Shape;
    use std::sync::atomic::{AtomicBool, Ordering};

    static STOP: AtomicBool = AtomicBool::new(false);

    /// All nodes; when it has told them, there is no more time.
    #[derive(Debug)]
    struct Last;

    impl Operator for Last {
        fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
            STOP.store(true, Ordering::Relaxed);
            Answer::new(atlas, Body::Set(Set::of(atlas.nodes().collect())))
        }
    }

    #[test]
    fn what_something_still_to_come_might_take_away_is_not_told() {
        use SetOperator::{Except, Union};
        let atlas = Atlas::from_texts([("own.json", r#"{"atlas": 1, "nodes": [{"id": "a"}]}"#)]);
        let atlas = atlas.expect("a graph");
        let term =
            |operator| (operator, vec![Bound { operator: Box::new(Last), shape: Shape::Set }]);
        for (terms, told) in [(&[Union][..], 1), (&[Union, Union], 1), (&[Union, Except], 0)] {
            STOP.store(false, Ordering::Relaxed);
            let limits = Limits { stop: &STOP, ..Limits::default() };
            let combination = Combination { terms: terms.iter().copied().map(term).collect() };
            assert_eq!(combination.run(&atlas, &limits).count(), told, "{terms:?}");
        }
    }

    #[test]
    fn what_is_required_on_either_side_is_no_more_optional() {
        let text = r#"{"atlas": 1, "nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}],
            "schema": {"relations": {"needs": {"prerequisite": "target"},
                "hint": {"prerequisite": "target", "strength": "recommended"}}},
            "edges": [{"from": "a", "kind": "needs", "to": "b"}, {"from": "a", "kind": "hint", "to": "c"},
                {"from": "d", "kind": "needs", "to": "c"}]}"#;
        let atlas = Atlas::from_texts([("own.json", text)]).expect("a graph");
        for (query, wanted) in [
            ("prereqs a", "2 nodes, 1 of them optional"),
            ("(prereqs a) & (prereqs a)", "2 nodes, 1 of them optional"),
            ("(prereqs a) & b", "1 node"),
            ("(prereqs a) - c", "1 node"),
            ("(prereqs a) - c + c", "2 nodes"),
            ("(prereqs a) + (prereqs d)", "2 nodes"),
            ("(prereqs d) + (prereqs a)", "2 nodes"),
        ] {
            let answer = atlas.query(query).expect(query);
            assert_eq!(answer.counted_in_words().as_deref(), Some(wanted), "{query}");
        }
    }
}
