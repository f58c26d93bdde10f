//! The answer as a piece of graph to draw.

use super::{Answer, Body};
use crate::graph::{Atlas, EdgeIndex, NodeIndex, Prerequisite, Relation, Relations, Strength};
use std::collections::{BTreeMap, BTreeSet};

/// Where a node stands in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// One has it already.
    Known,
    /// One can begin with it now.
    Ready,
    /// Something else comes first.
    Later,
    /// It is what the plan is for.
    Goal,
}

/// A node to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureNode {
    /// The node.
    pub node: NodeIndex,
    /// If it stands for several that look alike: all of them, itself among them.
    pub folded: Vec<NodeIndex>,
    /// Where it stands in a plan.
    pub standing: Option<Standing>,
    /// Is it only recommended?
    pub recommended: bool,
    /// Is it on the way asked for?
    pub emphasised: bool,
}

/// An edge to draw; parallel edges of one relation are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureEdge {
    /// From, as stored.
    pub from: NodeIndex,
    /// To, as stored.
    pub to: NodeIndex,
    /// The relation's name.
    pub relation: String,
    /// Is it only recommended?
    pub recommended: bool,
    /// Is it on the way asked for?
    pub emphasised: bool,
    /// Which way the flow runs along it, if it says what is needed first.
    pub way: Option<Way>,
}

/// Which way the flow, or a path asked for, runs along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As it is stored.
    Forward,
    /// From its target to its source.
    Backward,
}

/// A piece of graph to draw.
#[derive(Debug, Clone)]
pub struct Picture<'g> {
    /// The graph it is a piece of.
    pub atlas: &'g Atlas,
    /// The nodes, in answer order.
    pub nodes: Vec<PictureNode>,
    /// The edges, in canonical order.
    pub edges: Vec<PictureEdge>,
    /// Is it about ways or needs, rather than about things that happen to be related?
    pub follows_flow: bool,
    /// What was left out, in words.
    pub left_out: Vec<String>,
}

/// Below so many nodes columns by kind are not worth it.
const FEWEST_FOR_KINDS: usize = 12;

/// How an edge reads in the direction in which it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The relation, or its inverse.
    pub words: String,
    /// Is it read from target to source?
    pub inverse: bool,
    /// Does it have a direction, and so the head of an arrow?
    pub headed: bool,
}

impl Picture<'_> {
    /// The relation of an edge.
    #[must_use]
    pub fn relation(&self, edge: &PictureEdge) -> Option<&Relation> {
        let schema = self.atlas.schema();
        schema.relation(&edge.relation).map(|relation| &schema.relations[relation])
    }

    /// Where steps run from what is needed to what needs it, an edge that says what its source
    /// needs is read backwards: in the words of the inverse, or with a sign that says so where its
    /// relation has none. Others are read as they are stored.
    #[must_use]
    pub fn reading(&self, edge: &PictureEdge, steps: bool) -> Reading {
        let relation = self.relation(edge);
        let headed = !relation.is_some_and(Relation::is_symmetric);
        if !(steps && edge.way == Some(Way::Backward) && headed) {
            return Reading { words: edge.relation.clone(), inverse: false, headed };
        }
        let inverse = relation.and_then(|relation| relation.inverse.clone());
        let words = inverse.unwrap_or_else(|| format!("← {}", edge.relation));
        Reading { words, inverse: true, headed }
    }

    /// Is it better drawn by kinds than by steps? So it is if most edges join nodes of different
    /// kinds, unless the question was for a way.
    #[must_use]
    pub fn suggests_kinds(&self) -> bool {
        let kind = |node: NodeIndex| self.atlas.node(node).kinds.first();
        let apart = self.edges.iter().filter(|edge| kind(edge.from) != kind(edge.to)).count();
        let many = self.nodes.len() >= FEWEST_FOR_KINDS && !self.follows_flow;
        many && apart * 2 > self.edges.len()
    }

    /// What a node of it is called; one that stands for others, `+37 more tools`.
    #[must_use]
    pub fn name(&self, drawn: &PictureNode) -> String {
        let facts = self.atlas.node(drawn.node);
        if drawn.folded.is_empty() {
            return facts.name().to_owned();
        }
        let kind = facts.kinds.first().map(|kind| self.atlas.schema().kinds[*kind].plural());
        format!("+{} more {}", drawn.folded.len(), kind.unwrap_or_default())
    }
}

impl Answer {
    /// The answer as a piece of graph; `None` for tables and values.
    #[must_use]
    pub fn picture(&self) -> Option<Picture<'_>> {
        let none = BTreeSet::new();
        let (nodes, edges) = self.drawn()?;
        let (mut recommended, mut standings) = (&none, BTreeMap::new());
        let mut emphasised: BTreeSet<NodeIndex> = BTreeSet::new();
        match &self.body {
            Body::Set(set) => {
                recommended = &set.recommended;
                emphasised.extend(set.closure.iter().flat_map(|closure| &closure.of));
            }
            Body::Plan(plan) => {
                recommended = &plan.made.recommended;
                standings = plan.standings(&self.atlas);
                let goal = |(_, standing): &(&NodeIndex, &Standing)| **standing == Standing::Goal;
                emphasised.extend(standings.iter().filter(goal).map(|(node, _)| *node));
            }
            Body::Paths(paths) if paths.all_of.is_some() => emphasised.extend(self.nodes()),
            Body::Card(node) => drop(emphasised.insert(*node)),
            Body::Paths(_) | Body::Table(_) | Body::Value(_) => {}
        }
        let nodes = nodes.into_iter().map(|node| PictureNode {
            node,
            folded: Vec::new(),
            standing: standings.get(&node).copied(),
            recommended: recommended.contains(&node),
            emphasised: emphasised.contains(&node),
        });
        let follows_flow = match &self.body {
            Body::Set(set) => set.closure.is_some(),
            body => matches!(body, Body::Paths(_) | Body::Plan(_)),
        };
        let (nodes, edges) = (nodes.collect(), self.merged(&edges));
        Some(Picture { atlas: &self.atlas, nodes, edges, follows_flow, left_out: Vec::new() })
    }

    /// The nodes and edges to draw.
    fn drawn(&self) -> Option<(Vec<NodeIndex>, Vec<EdgeIndex>)> {
        let joined = |nodes: Vec<NodeIndex>, over: &Relations| {
            let mut edges = self.edges_among(&nodes, over);
            self.atlas.sort_edges(&mut edges);
            (nodes, edges)
        };
        Some(match &self.body {
            Body::Set(set) => match &set.closure {
                None => (set.nodes.clone(), self.edges()),
                Some(closure) => {
                    // What was asked about belongs into the picture of what it needs.
                    let known: BTreeSet<NodeIndex> = set.nodes.iter().copied().collect();
                    let asked = closure.of.iter().filter(|node| !known.contains(node));
                    joined(set.nodes.iter().chain(asked).copied().collect(), &set.over)
                }
            },
            Body::Plan(plan) => {
                joined(plan.known.iter().copied().chain(plan.nodes()).collect(), &None)
            }
            Body::Paths(_) => self.walks().unwrap_or_else(|| (self.nodes(), self.edges())),
            Body::Card(node) => {
                let edges = self.edges();
                let ends = edges.iter().map(|edge| self.atlas.ends(*edge));
                let ends = ends.flat_map(|(from, to)| [from, to]);
                let ends: BTreeSet<NodeIndex> = ends.chain([*node]).collect();
                (ends.into_iter().collect(), edges)
            }
            Body::Table(_) | Body::Value(_) => return None,
        })
    }

    /// Parallel edges of one relation as one, required if one of them is.
    fn merged(&self, edges: &[EdgeIndex]) -> Vec<PictureEdge> {
        let on_way: BTreeSet<EdgeIndex> = match &self.body {
            Body::Paths(paths) if paths.all_of.is_some() => self.edges().into_iter().collect(),
            _ => BTreeSet::new(),
        };
        let directions = Directions::of(self);
        let mut merged: BTreeMap<(NodeIndex, usize, NodeIndex), PictureEdge> = BTreeMap::new();
        for edge in edges {
            let (from, to) = self.atlas.ends(*edge);
            let facts = self.atlas.edge(*edge);
            let drawn = merged.entry((from, facts.relation, to)).or_insert_with(|| PictureEdge {
                from,
                to,
                relation: self.atlas.relation_of(*edge).name.clone(),
                recommended: true,
                emphasised: false,
                way: directions.of_edge((from, facts.relation, to)),
            });
            drawn.recommended &= facts.strength == Strength::Recommended;
            drawn.emphasised |= on_way.contains(edge);
        }
        merged.into_values().collect()
    }
}

/// Which way the edges of an answer run.
struct Directions<'a> {
    atlas: &'a Atlas,
    /// Relations that were followed though no schema says how they run: their sources need their
    /// targets.
    over: &'a Relations,
    /// The hops of listed paths.
    hops: BTreeSet<(NodeIndex, NodeIndex)>,
}

impl<'a> Directions<'a> {
    fn of(answer: &'a Answer) -> Self {
        let (mut over, mut hops) = (&None, BTreeSet::new());
        match &answer.body {
            Body::Set(set) => over = &set.over,
            Body::Paths(paths) => {
                let listed = paths.routes.iter().flat_map(|route| route.nodes.windows(2));
                hops.extend(listed.map(|hop| (hop[0], hop[1])));
                over = paths.all_of.as_ref().map_or(&None, |trip| &trip.over);
            }
            _ => {}
        }
        Self { atlas: &answer.atlas, over, hops }
    }

    fn of_edge(&self, (from, relation, to): (NodeIndex, usize, NodeIndex)) -> Option<Way> {
        let followed = self.over.as_ref().is_some_and(|over| over.contains(&relation));
        match (self.hops.contains(&(from, to)), self.hops.contains(&(to, from))) {
            (true, false) => return Some(Way::Forward),
            (false, true) => return Some(Way::Backward),
            _ => {}
        }
        match self.atlas.schema().relations[relation].prerequisite {
            Some(Prerequisite::Source) => Some(Way::Forward),
            Some(Prerequisite::Target) => Some(Way::Backward),
            None if followed => Some(Way::Backward),
            Some(Prerequisite::None) | None => None,
        }
    }
}
