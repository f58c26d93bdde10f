//! What verbs produce: the shapes of an answer, and what is counted of each.

use super::{Schedule, StudyPlan};
use crate::analysis::{Entry, Itinerary, Path};
use crate::graph::{Citation, NodeIndex, Relations};
use num_bigint::BigUint;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The shapes of an answer.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nodes in an order.
    Set(Set),
    /// Paths, best first.
    Paths(Paths),
    /// What to learn, step by step.
    Plan(Box<StudyPlan>),
    /// Rows.
    Table(Table),
    /// All that is known of one node.
    Card(NodeIndex),
    /// A number or text.
    Value(Value),
}

/// The names of the shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// [`Body::Set`].
    Set,
    /// [`Body::Paths`].
    Paths,
    /// [`Body::Plan`].
    Plan,
    /// [`Body::Table`].
    Table,
    /// [`Body::Card`].
    Card,
    /// [`Body::Value`].
    Value,
}

impl Shape {
    fn words(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Set => ("set", Some("node")),
            Self::Paths => ("paths", Some("path")),
            Self::Plan => ("plan", Some("step")),
            Self::Table => ("table", Some("row")),
            Self::Card => ("card", None),
            Self::Value => ("value", None),
        }
    }

    /// The name in answers and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// What is counted of it; nothing of what is one thing.
    #[must_use]
    pub fn noun(self) -> Option<&'static str> {
        self.words().1
    }

    /// Can it be used where a set of nodes is wanted?
    #[must_use]
    pub fn has_nodes(self) -> bool {
        matches!(self, Self::Set | Self::Paths | Self::Plan | Self::Card)
    }
}

/// Nodes in an order.
#[derive(Debug, Clone, Default)]
pub struct Set {
    /// The nodes.
    pub nodes: Vec<NodeIndex>,
    /// Those that are only recommended.
    pub recommended: BTreeSet<NodeIndex>,
    /// If it is a closure: what it was asked for, and the direction.
    pub closure: Option<Closure>,
    /// The relations that the question named.
    pub over: Relations,
    /// Whose needs or possessions the nodes are, besides one another's.
    pub dependents: Vec<NodeIndex>,
    /// The answer of which these are some rows: what its columns say of them stays true.
    pub origin: Option<Arc<Body>>,
}

/// What a closure was asked for.
#[derive(Debug, Clone)]
pub struct Closure {
    /// The members of the operand.
    pub of: Vec<NodeIndex>,
    /// What they need, or what needs them?
    pub needs: bool,
    /// Can one do without none of it, whatever is chosen?
    pub every: bool,
}

impl Body {
    /// Its shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self {
            Self::Set(_) => Shape::Set,
            Self::Paths(_) => Shape::Paths,
            Self::Plan(_) => Shape::Plan,
            Self::Table(_) => Shape::Table,
            Self::Card(_) => Shape::Card,
            Self::Value(_) => Shape::Value,
        }
    }

    /// How much of its shape's noun it has; 1 of what is one thing.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Set(set) => set.nodes.len(),
            Self::Paths(paths) => paths.routes.len(),
            Self::Plan(plan) => plan.made.steps.len(),
            Self::Table(table) => table.rows.len(),
            Self::Card(_) | Self::Value(_) => 1,
        }
    }

    /// Leaves the first `limit` of these.
    pub(super) fn truncate(&mut self, limit: usize) {
        match self {
            Self::Set(set) => set.nodes.truncate(limit),
            Self::Paths(paths) => paths.routes.truncate(limit),
            Self::Plan(plan) => plan.made.steps.truncate(limit),
            Self::Table(table) => table.truncate(limit),
            Self::Card(_) | Self::Value(_) => {}
        }
    }

    /// Forgets what is not needed to tell the first `limit`, and may be much.
    pub(super) fn forget_beyond(&mut self, limit: usize) {
        match self {
            Self::Set(set) => {
                let nodes: Vec<_> = set.nodes.iter().take(limit).copied().collect();
                let recommended = nodes.iter().filter(|node| set.recommended.contains(node));
                let recommended = recommended.copied().collect();
                *set = Set { recommended, over: set.over.take(), ..Set::of(nodes) };
            }
            Self::Paths(paths) => paths.all_of = None,
            Self::Plan(plan) => {
                // What can only be learned together may be all of it.
                plan.made.steps.iter_mut().for_each(|step| step.truncate(limit));
                plan.made.choices.truncate(limit);
                plan.known.clear();
            }
            Self::Table(_) | Self::Card(_) | Self::Value(_) => {}
        }
    }
}

impl Set {
    /// Nodes without more to say of them.
    #[must_use]
    pub fn of(nodes: Vec<NodeIndex>) -> Self {
        Self { nodes, ..Self::default() }
    }

    /// All nodes that are mentioned.
    pub(crate) fn mentions(&self) -> Vec<NodeIndex> {
        let of = self.closure.iter().flat_map(|closure| &closure.of);
        let mut all: Vec<NodeIndex> =
            self.nodes.iter().chain(of).chain(&self.dependents).copied().collect();
        match self.origin.as_deref() {
            Some(Body::Set(origin)) => all.extend(origin.mentions()),
            Some(Body::Plan(plan)) => {
                all.extend(plan.nodes().into_iter().chain(plan.goals.clone()));
                all.extend(&plan.known);
            }
            _ => {}
        }
        all
    }

    /// The same set where nodes have other places.
    pub(crate) fn moved(&self, place: &dyn Fn(NodeIndex) -> Option<NodeIndex>) -> Self {
        let all = |nodes: &[NodeIndex]| nodes.iter().filter_map(|node| place(*node)).collect();
        let closure = |closure: &Closure| Closure { of: all(&closure.of), ..*closure };
        let origin = match self.origin.as_deref() {
            Some(Body::Set(origin)) => Some(Arc::new(Body::Set(origin.moved(place)))),
            Some(Body::Plan(plan)) => Some(Arc::new(Body::Plan(Box::new(plan.moved(place))))),
            _ => None,
        };
        Self {
            nodes: all(&self.nodes),
            recommended: self.recommended.iter().filter_map(|node| place(*node)).collect(),
            closure: self.closure.as_ref().map(closure),
            over: self.over.clone(),
            dependents: all(&self.dependents),
            origin,
        }
    }

    /// The nodes of a plan as what its goals need.
    pub(super) fn of_plan(plan: &StudyPlan) -> Self {
        let nodes = plan.nodes();
        let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let of = plan.goals.iter().copied().filter(|goal| inside.contains(goal)).collect();
        let closure = Some(Closure { of, needs: true, every: false });
        Self { recommended: plan.made.recommended.clone(), closure, ..Self::of(nodes) }
    }

    /// Does the question say more of its nodes than the graph does?
    pub(super) fn is_told(&self) -> bool {
        self.closure.is_some() || !self.dependents.is_empty() || !self.recommended.is_empty()
    }
}

/// Paths, best first.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// The paths listed.
    pub routes: Vec<Path>,
    /// How many shortest ones there are, where that was counted.
    pub shortest_count: Option<BigUint>,
    /// What was asked, if that was for all ways rather than for one.
    pub all_of: Option<Itinerary>,
    /// Are routes preferred, so that the path reads as a roadmap?
    pub route_first: bool,
}

/// Rows under named columns.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// The columns of people, whose cells begin with the word for where they stand.
    pub standing: Vec<String>,
    /// What stands in the rows if they are a schedule, of which calendars and charts are made.
    pub schedule: Option<Box<Schedule>>,
    /// The nodes that it sets beside one another, if it does.
    pub sides: Vec<Side>,
    /// What the words of the cells say, by row and column, if they are made of statements.
    pub said: Vec<Vec<Vec<Stated>>>,
}

/// One statement in a cell, its sources apart from what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// What is said: a value, or a node.
    pub entry: Entry,
    /// Is that only recommended?
    pub recommended: bool,
    /// Who says so.
    pub sources: Vec<Citation>,
}

/// What several have in common, or one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Whose it is; nothing if it is common.
    pub of: Option<NodeIndex>,
    /// The nodes, in learning order.
    pub nodes: Vec<NodeIndex>,
}

impl Table {
    /// The places of the columns of people.
    pub(super) fn standing(&self) -> Vec<usize> {
        let places = self.columns.iter().enumerate();
        let of_people = places.filter(|(_, name)| self.standing.contains(name));
        of_people.map(|(at, _)| at).collect()
    }

    /// Rows under columns.
    #[must_use]
    pub fn new(columns: &[&str], rows: Vec<Vec<Value>>) -> Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Self::of(columns, rows)
    }

    /// Rows under columns that have names already.
    #[must_use]
    pub fn of(columns: Vec<String>, rows: Vec<Vec<Value>>) -> Self {
        Self { columns, rows, ..Self::default() }
    }

    /// The rows at these places, in this order.
    #[must_use]
    pub fn choose(mut self, places: &[usize]) -> Self {
        let rows = places.iter().map(|at| self.rows[*at].clone()).collect();
        if let Some(schedule) = &mut self.schedule {
            schedule.slots = places.iter().map(|at| schedule.slots[*at].clone()).collect();
        }
        let said = places.iter().filter_map(|at| self.said.get(*at).cloned()).collect();
        // What is chosen of it says no more what all of it says.
        Self { rows, said, sides: Vec::new(), ..self }
    }

    fn truncate(&mut self, limit: usize) {
        self.rows.truncate(limit);
        self.said.truncate(limit);
        if let Some(schedule) = &mut self.schedule {
            schedule.slots.truncate(limit);
        }
    }
}
