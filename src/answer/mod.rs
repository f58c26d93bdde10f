//! The waist of the hourglass: verbs produce an [`Answer`] of one of a few shapes, formats
//! consume its projections: a [`Table`], a [`Page`] to read, an [`Outline`], a [`Picture`].

mod brief;
mod card;
mod columns;
mod essence;
mod listing;
mod outline;
mod page;
mod picture;
mod plan;
mod roadmap;
mod table;
mod words;

pub use columns::{COLUMNS, Column, Names, Of, column};
pub use essence::FOLD_ABOVE;
pub use listing::{Cell, Listing};
pub use outline::{Line, Outline, Role, Span};
pub use page::{Block, Page};
pub use picture::{Picture, PictureEdge, PictureNode, Reading, Standing, Way};
pub use plan::{Effort, Plan, Spent, amount};
use words::later_layers;
pub use words::{edge_as_stored, sources_in_words, told_on_path, value_in_words};

pub use crate::analysis::Path;
use crate::analysis::{Itinerary, Journey, walks};
use crate::graph::{Atlas, EdgeIndex, NodeIndex, Relations};
use num_bigint::BigUint;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// What a query yields.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The graph it is about: the one asked, or what `with` made of it.
    pub atlas: Atlas,
    /// The answer itself.
    pub body: Body,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// Was it computed to the end?
    pub complete: bool,
}

/// The shapes of an answer.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nodes in an order.
    Set(Set),
    /// Paths, best first.
    Paths(Paths),
    /// What to learn, step by step.
    Plan(Box<Plan>),
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
    /// The name in answers and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Paths => "paths",
            Self::Plan => "plan",
            Self::Table => "table",
            Self::Card => "card",
            Self::Value => "value",
        }
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

impl Set {
    /// Nodes without more to say of them.
    #[must_use]
    pub fn of(nodes: Vec<NodeIndex>) -> Self {
        Self { nodes, ..Self::default() }
    }

    /// Does the question say more of its nodes than the graph does?
    fn is_told(&self) -> bool {
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
    /// How many rows tell of an error in the graph.
    pub errors: usize,
}

impl Table {
    /// Rows under columns.
    #[must_use]
    pub fn new(columns: &[&str], rows: Vec<Vec<Value>>) -> Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Self { columns, rows, errors: 0 }
    }
}

impl Answer {
    /// A complete answer without notes.
    #[must_use]
    pub fn new(atlas: &Atlas, body: Body) -> Self {
        Self { atlas: atlas.clone(), body, notes: Vec::new(), complete: true }
    }

    /// Its shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self.body {
            Body::Set(_) => Shape::Set,
            Body::Paths(_) => Shape::Paths,
            Body::Plan(_) => Shape::Plan,
            Body::Table(_) => Shape::Table,
            Body::Card(_) => Shape::Card,
            Body::Value(_) => Shape::Value,
        }
    }

    /// Is it a list of paths, rather than one path?
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(&self.body, Body::Paths(Paths { all_of: Some(_), .. }))
    }

    /// How many nodes, paths, steps or rows it has; 1 for a card or a value.
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.body {
            Body::Set(set) => set.nodes.len(),
            Body::Paths(paths) => paths.routes.len(),
            Body::Plan(plan) => plan.made.steps.len(),
            Body::Table(table) => table.rows.len(),
            Body::Card(_) | Body::Value(_) => 1,
        }
    }

    /// How many nodes, paths, steps or rows it has, as an answer.
    #[must_use]
    pub fn counted(self) -> Self {
        Self { body: Body::Value(self.count().into()), ..self }
    }

    /// The answer with at most `limit` nodes, paths, steps or rows; one that is cut says so and is not
    /// complete.
    #[must_use]
    pub fn limited(mut self, limit: usize) -> Self {
        let whole = self.count();
        match &mut self.body {
            Body::Set(set) => set.nodes.truncate(limit),
            Body::Paths(paths) => paths.routes.truncate(limit),
            Body::Plan(plan) => plan.made.steps.truncate(limit),
            Body::Table(table) => table.rows.truncate(limit),
            Body::Card(_) | Body::Value(_) => {}
        }
        let left = self.count();
        if left < whole {
            self.notes.push(format!("{left} of {whole} are told; --limit-rows raises that"));
            self.complete = false;
        }
        self
    }

    /// The nodes it speaks of, in answer order.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeIndex> {
        match &self.body {
            Body::Set(set) => set.nodes.clone(),
            Body::Paths(paths) => {
                let all = paths.routes.iter().flat_map(|route| &route.nodes);
                let mut seen = HashSet::new();
                all.copied().filter(|node| seen.insert(*node)).collect()
            }
            Body::Plan(plan) => plan.nodes(),
            Body::Card(node) => vec![*node],
            Body::Table(_) | Body::Value(_) => Vec::new(),
        }
    }

    /// The paths, best first; none if it is no answer of paths.
    #[must_use]
    pub fn paths(&self) -> &[Path] {
        match &self.body {
            Body::Paths(paths) => &paths.routes,
            _ => &[],
        }
    }

    /// The nodes that are only recommended.
    #[must_use]
    pub fn recommended(&self) -> &BTreeSet<NodeIndex> {
        static NONE: BTreeSet<NodeIndex> = BTreeSet::new();
        match &self.body {
            Body::Set(set) => &set.recommended,
            Body::Plan(plan) => &plan.made.recommended,
            _ => &NONE,
        }
    }

    /// The nodes as an operand or a picture takes them: of `paths`, everything on any walk.
    #[must_use]
    pub fn into_set(self) -> Vec<NodeIndex> {
        self.walks().map_or_else(|| self.nodes(), |(nodes, _)| nodes)
    }

    /// Of a question for all ways, the nodes and edges on any of them. O(n + m).
    #[must_use]
    pub fn walks(&self) -> Option<(Vec<NodeIndex>, Vec<EdgeIndex>)> {
        match &self.body {
            Body::Paths(Paths { all_of: Some(itinerary), .. }) => {
                Some(walks(&Journey::through(&self.atlas, itinerary.clone())))
            }
            _ => None,
        }
    }

    /// What `@name` stands for: the nodes, in their order and marked as they were.
    #[must_use]
    pub fn into_named(self) -> Set {
        match self.body {
            Body::Set(set) => set,
            Body::Plan(plan) => Set { closure: None, ..Self::steps(plan) },
            _ => Set::of(self.into_set()),
        }
    }

    /// The nodes as rows of which some are chosen.
    #[must_use]
    pub fn into_rows(self) -> Set {
        match self.body {
            Body::Plan(plan) => Self::steps(plan),
            Body::Set(set) if set.origin.is_none() && set.is_told() => {
                let origin = Some(Arc::new(Body::Set(set.clone())));
                Set { origin, ..set }
            }
            _ => self.into_named(),
        }
    }

    /// The steps of a plan as a set that remembers it.
    fn steps(plan: Box<Plan>) -> Set {
        let set = plan.as_set();
        Set { origin: Some(Arc::new(Body::Plan(plan))), ..set }
    }

    /// The edges it speaks of, in canonical order.
    #[must_use]
    pub fn edges(&self) -> Vec<EdgeIndex> {
        let mut edges = match &self.body {
            Body::Set(set) => self.edges_among(&set.nodes, &set.over),
            Body::Plan(plan) => self.edges_among(&plan.nodes(), &None),
            Body::Paths(paths) => {
                let hops = paths.routes.iter().flat_map(|route| &route.hops);
                hops.flatten().copied().collect()
            }
            Body::Card(node) => {
                let mut edges = self.atlas.edges_from(*node);
                edges.extend(self.atlas.edges_to(*node));
                edges
            }
            Body::Table(_) | Body::Value(_) => Vec::new(),
        };
        self.atlas.sort_edges(&mut edges);
        edges.dedup();
        edges
    }

    fn edges_among(&self, nodes: &[NodeIndex], over: &Relations) -> Vec<EdgeIndex> {
        let members: HashSet<NodeIndex> = nodes.iter().copied().collect();
        let edges = nodes.iter().flat_map(|node| self.atlas.edges_from(*node));
        let inside = edges.filter(|edge| {
            let chosen =
                over.as_ref().is_none_or(|over| over.contains(&self.atlas.edge(*edge).relation));
            chosen && members.contains(&self.atlas.ends(*edge).1)
        });
        inside.collect()
    }
}
