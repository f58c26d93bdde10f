//! The waist of the hourglass: verbs produce an [`Answer`] of one of a few shapes, formats
//! consume its projections: a [`Table`], a [`Page`] to read, an [`Outline`], a [`Picture`], the
//! [`Parts`] that data formats write.

mod body;
mod card;
mod cell;
mod columns;
mod lanes;
mod lines;
mod listing;
mod milestones;
mod outline;
mod page;
mod parts;
mod picture;
mod plan;
mod readiness;
mod roadmap;
mod schedule;
mod simplify;
mod table;
mod words;
mod workload;

pub use crate::analysis::{Path, Standing};
pub use crate::diagnostic::Note;
pub use body::{Body, Closure, Paths, Set, Shape, Side, Stated, Table};
pub use cell::Cell;
pub use columns::{COLUMNS, Column, Names, Of, column, members};
pub use lanes::{Card, Lane, LaneLink, Roadmap};
pub use lines::{Line, Outline, Span, TextRole};
pub use listing::Listing;

pub use page::{Block, Page};
pub use parts::Parts;
pub use picture::{EdgeReading, Picture, PictureEdge, PictureNode, Way};
pub use plan::{Effort, Spent, StudyPlan};
pub use readiness::Readiness;
pub use schedule::{Schedule, Slot, in_units};
pub use words::{
    OPTIONAL, amount, edge_as_stored, number, sources_in_words, told_on_path, value_in_words,
};
pub use workload::Workload;

use crate::analysis::{Journey, walks};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, NodeIndex, Relations};
use num_bigint::BigUint;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::sync::Arc;

/// What a query yields.
#[derive(Clone)]
pub struct Answer {
    /// The graph it is about: the one asked, or what `with` made of it.
    pub atlas: Atlas,
    /// The answer itself.
    pub body: Body,
    /// What else is worth knowing.
    pub notes: Vec<Note>,
    /// Was it computed to the end?
    pub complete: bool,
    /// How many errors in the graph it tells of, if it looked for them: then nothing found is well.
    pub errors: Option<usize>,
    /// Why a stage could not make it of what it got: then there is none.
    pub(crate) refusal: Option<Box<Diagnostic>>,
}

/// In short: an answer may hold a whole graph.
impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = formatter.debug_struct("Answer");
        told.field("shape", &self.shape()).field("count", &self.count());
        told.field("notes", &self.notes.len()).field("complete", &self.complete);
        told.field("atlas", &self.atlas).finish_non_exhaustive()
    }
}

impl Answer {
    /// Does it tell what comes first?
    pub(crate) fn is_way(&self) -> bool {
        match &self.body {
            Body::Plan(_) => true,
            Body::Paths(paths) => paths.all_of.is_none(),
            Body::Set(set) => set.closure.is_some() || set.origin.is_some(),
            Body::Card(_) | Body::Table(_) | Body::Value(_) => false,
        }
    }

    /// A complete answer without notes.
    #[must_use]
    pub fn new(atlas: &Atlas, body: Body) -> Self {
        let atlas = atlas.clone();
        Self { atlas, body, notes: Vec::new(), complete: true, errors: None, refusal: None }
    }

    /// A table.
    pub(crate) fn of_rows(atlas: &Atlas, columns: &[&str], rows: Vec<Vec<Value>>) -> Self {
        Self::new(atlas, Body::Table(Table::new(columns, rows)))
    }

    /// Its shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.body.shape()
    }

    /// Is it a list of paths, rather than one path?
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(&self.body, Body::Paths(Paths { all_of: Some(_), .. }))
    }

    /// How many nodes, paths, steps or rows it has; 1 for a card or a value.
    #[must_use]
    pub fn count(&self) -> usize {
        self.body.count()
    }

    /// Was something looked for, and nothing found?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0 && self.errors.is_none()
    }

    /// How many nodes, paths, steps or rows it has, as an answer.
    #[must_use]
    pub fn counted(self) -> Self {
        Self { body: Body::Value(self.count().into()), ..self }
    }

    /// How much it tells, where that is not plain to see: `26 steps`.
    #[must_use]
    pub fn counted_in_words(&self) -> Option<String> {
        let (count, noun) = (self.count(), self.shape().noun()?);
        let one_path = self.shape() == Shape::Paths && count == 1 && !self.is_list();
        let words = match count {
            _ if one_path => return None,
            0 => format!("no {noun}s"),
            1 => format!("1 {noun}"),
            _ => format!("{count} {noun}s"),
        };
        Some(match self.optional() {
            0 => words,
            optional if optional == count => format!("{words}, all optional"),
            optional => format!("{words}, {optional} of them optional"),
        })
    }

    /// How many of its nodes or steps are only recommended.
    fn optional(&self) -> usize {
        let soft = self.recommended();
        match &self.body {
            Body::Set(set) => set.nodes.iter().filter(|node| soft.contains(node)).count(),
            Body::Plan(plan) => {
                let whole = |step: &&Vec<NodeIndex>| step.iter().all(|node| soft.contains(node));
                plan.made.steps.iter().filter(whole).count()
            }
            _ => 0,
        }
    }

    /// How many shortest paths there are, where that was counted.
    #[must_use]
    pub fn shortest_count(&self) -> Option<&BigUint> {
        match &self.body {
            Body::Paths(paths) => paths.shortest_count.as_ref(),
            _ => None,
        }
    }

    /// The answer with at most `limit` nodes, paths, steps or rows; one that is cut says so and is not
    /// complete.
    #[must_use]
    pub fn limited(mut self, limit: usize) -> Self {
        let whole = self.count();
        self.truncate(limit);
        let left = self.count();
        if left < whole {
            let told = format!("{left} of {whole} are told");
            self.notes.push(Note::on(told, "limit-rows", "raises that"));
        }
        self
    }

    /// Leaves the first `limit` nodes, paths, steps or rows; what is cut is not complete.
    pub(crate) fn truncate(&mut self, limit: usize) {
        self.complete &= self.count() <= limit;
        self.body.truncate(limit);
    }

    /// No answer: a stage cannot take this one, for that reason.
    pub(crate) fn refused(self, problem: Diagnostic) -> Self {
        let body = Body::Table(Table::default());
        Self { body, refusal: Some(Box::new(problem)), ..self }
    }

    /// The same with more notes.
    #[must_use]
    pub fn noting(mut self, notes: impl IntoIterator<Item = impl Into<Note>>) -> Self {
        self.notes.extend(notes.into_iter().map(Into::into));
        self
    }

    /// The beginning of an answer, for want of time to tell all of it: the first few nodes, paths,
    /// steps or rows, and nothing that is not needed to tell these. It is written soon, whatever the
    /// whole is like.
    #[must_use]
    pub fn brief(&self, limit: usize) -> Self {
        let mut brief = Self { notes: Vec::new(), complete: false, ..self.clone() };
        brief.body.truncate(limit);
        brief.body.forget_beyond(limit);
        brief.notes.extend(self.notes.iter().take(limit).cloned());
        let (left, whole) = (brief.count(), self.count());
        brief.notes.push(if left < whole {
            format!("{left} of {whole} are told: there was no time to write all").into()
        } else {
            "there was no time to write all".into()
        });
        brief
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
            Body::Paths(Paths { all_of: Some(asked), .. }) => {
                Some(walks(&Journey::through(&self.atlas, asked.clone())))
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

    /// The answer with the rows at these places only, in this order: of what has steps, a set remains.
    #[must_use]
    pub fn choose(self, places: &[usize]) -> Self {
        let (notes, complete, errors) = (self.notes.clone(), self.complete, self.errors);
        let refusal = self.refusal.clone();
        let atlas = self.atlas.clone();
        let body = match self.body {
            Body::Paths(paths) => {
                let routes = places.iter().map(|at| paths.routes[*at].clone()).collect();
                Body::Paths(Paths { routes, all_of: None, route_first: false, ..paths })
            }
            Body::Table(table) => Body::Table(table.choose(places)),
            _ => {
                let set = self.into_rows();
                let nodes: Vec<_> = places.iter().map(|at| set.nodes[*at]).collect();
                let recommended = nodes.iter().filter(|node| set.recommended.contains(node));
                Body::Set(Set { recommended: recommended.copied().collect(), nodes, ..set })
            }
        };
        Self { atlas, body, notes, complete, errors, refusal }
    }

    /// The steps of a plan as a set that remembers it.
    fn steps(plan: Box<StudyPlan>) -> Set {
        let set = Set::of_plan(&plan);
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

    /// The edges between these nodes. O(n + m), of the whole graph.
    fn edges_among(&self, nodes: &[NodeIndex], over: &Relations) -> Vec<EdgeIndex> {
        let mut member = vec![false; self.atlas.node_bound()];
        for node in nodes {
            member[node.index()] = true;
        }
        let edges =
            nodes.iter().flat_map(|node| self.atlas.edges_from_over(*node, over.as_deref()));
        let inside = edges.filter(|edge| {
            let chosen =
                over.as_ref().is_none_or(|over| over.contains(&self.atlas.edge(*edge).relation));
            chosen && member[self.atlas.ends(*edge).1.index()]
        });
        inside.collect()
    }
}

#[cfg(test)]
mod tests;
