//! The answer as a piece of graph to draw.

use super::readiness::readiness;
use super::{Answer, Body, Note, Readiness, Set};
use crate::graph::{
    Atlas, EdgeIndex, NodeIndex, Prerequisite, Relation, RelationId, Relations, Strength,
};
use crate::stop::until;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

/// A node to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureNode {
    /// The node.
    pub node: NodeIndex,
    /// If it stands for several that look alike: all of them, itself among them.
    pub folded: Vec<NodeIndex>,
    /// Where it stands in a plan.
    pub readiness: Option<Readiness>,
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
    /// The relation.
    pub relation: RelationId,
    /// The edges of the answer that it stands for, in canonical order.
    pub stored: Vec<EdgeIndex>,
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
    /// The edges, by source, relation and target.
    pub edges: Vec<PictureEdge>,
    /// Is it about ways or needs, rather than about things that happen to be related?
    pub follows_flow: bool,
    /// If it is about who needs whom: along which relations.
    pub needs: Option<&'g Relations>,
    /// What was left out, in words.
    pub left_out: Vec<Note>,
}

/// Below so many nodes columns by kind are not worth it.
const FEWEST_FOR_KINDS: usize = 12;

/// How an edge reads in the direction in which it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeReading {
    /// The relation, or its inverse.
    pub words: String,
    /// Is it read from target to source?
    pub inverse: bool,
    /// Does it have a direction, and so the head of an arrow?
    pub headed: bool,
}

impl<'g> Picture<'g> {
    /// The relation of an edge.
    #[must_use]
    pub fn relation(&self, edge: &PictureEdge) -> &'g Relation {
        &self.atlas.schema().relations[edge.relation]
    }

    /// Where steps run from what is needed to what needs it, an edge that says what its source
    /// needs is read backwards: in the words of the inverse, or with a sign that says so where its
    /// relation has none. Others are read as they are stored.
    #[must_use]
    pub fn reading(&self, edge: &PictureEdge, steps: bool) -> EdgeReading {
        let relation = self.relation(edge);
        let headed = !relation.is_symmetric();
        if !(steps && edge.way == Some(Way::Backward) && headed) {
            return EdgeReading { words: relation.name.clone(), inverse: false, headed };
        }
        let inverse = relation.inverse.clone();
        let words = inverse.unwrap_or_else(|| format!("← {}", relation.name));
        EdgeReading { words, inverse: true, headed }
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

    /// The place of each node among the nodes.
    #[must_use]
    pub fn places(&self) -> BTreeMap<NodeIndex, usize> {
        self.nodes.iter().enumerate().map(|(at, node)| (node.node, at)).collect()
    }
}

impl Answer {
    /// The answer as a piece of graph; `None` for tables and values. Once `stop` is raised, no more
    /// is added to it.
    #[must_use]
    pub fn picture(&self, stop: &AtomicBool) -> Option<Picture<'_>> {
        let drawn = self.drawn()?;
        let recommended = self.recommended();
        let nodes = until(stop, &drawn.nodes).map(|node| PictureNode {
            node: *node,
            folded: Vec::new(),
            readiness: drawn.readiness.get(node).copied(),
            recommended: recommended.contains(node),
            emphasised: drawn.emphasised.contains(node),
        });
        Some(Picture {
            atlas: &self.atlas,
            nodes: nodes.collect(),
            edges: drawn.merged(&self.atlas, stop),
            follows_flow: drawn.follows_flow,
            needs: drawn.needs,
            left_out: Vec::new(),
        })
    }

    /// What there is to draw.
    fn drawn(&self) -> Option<Drawn<'_>> {
        Some(match &self.body {
            Body::Set(set) => self.drawn_set(set),
            Body::Plan(plan) => {
                let readiness = readiness(plan, &self.atlas);
                let goals =
                    readiness.iter().filter(|(_, readiness)| **readiness == Readiness::Goal);
                Drawn {
                    emphasised: goals.map(|(node, _)| *node).collect(),
                    readiness,
                    follows_flow: true,
                    needs: Some(&None),
                    ..self.joined(plan.known.iter().copied().chain(plan.nodes()).collect(), &None)
                }
            }
            Body::Paths(paths) => {
                let hops = paths.routes.iter().flat_map(|route| route.nodes.windows(2));
                let hops = hops.map(|hop| (hop[0], hop[1])).collect();
                let told = (self.nodes(), self.edges());
                let drawn = Drawn { hops, follows_flow: true, ..Drawn::new(told.0, told.1) };
                let (Some(asked), Some((nodes, edges))) = (&paths.all_of, self.walks()) else {
                    return Some(drawn);
                };
                Drawn {
                    emphasised: drawn.nodes.into_iter().collect(),
                    on_way: drawn.edges.into_iter().collect(),
                    over: &asked.over,
                    nodes,
                    edges,
                    ..drawn
                }
            }
            Body::Card(node) => {
                let edges = self.edges();
                let ends = edges.iter().map(|edge| self.atlas.ends(*edge));
                let ends: BTreeSet<NodeIndex> =
                    ends.flat_map(|(from, to)| [from, to]).chain([*node]).collect();
                let emphasised = BTreeSet::from([*node]);
                Drawn { emphasised, ..Drawn::new(ends.into_iter().collect(), edges) }
            }
            Body::Table(_) | Body::Value(_) => return None,
        })
    }

    /// What was asked about belongs into the picture of what it needs.
    fn drawn_set<'a>(&self, set: &'a Set) -> Drawn<'a> {
        let asked = set.closure.as_ref().map_or(&[][..], |closure| &closure.of);
        let known: BTreeSet<NodeIndex> = set.nodes.iter().copied().collect();
        let others = asked.iter().filter(|node| !known.contains(node));
        Drawn {
            emphasised: asked.iter().copied().collect(),
            over: &set.over,
            follows_flow: set.closure.is_some(),
            needs: set.closure.as_ref().map(|_| &set.over),
            ..self.joined(set.nodes.iter().chain(others).copied().collect(), &set.over)
        }
    }

    fn joined(&self, nodes: Vec<NodeIndex>, over: &Relations) -> Drawn<'static> {
        let mut edges = self.edges_among(&nodes, over);
        self.atlas.sort_edges(&mut edges);
        Drawn::new(nodes, edges)
    }
}

/// What of an answer is drawn.
struct Drawn<'a> {
    nodes: Vec<NodeIndex>,
    edges: Vec<EdgeIndex>,
    emphasised: BTreeSet<NodeIndex>,
    readiness: BTreeMap<NodeIndex, Readiness>,
    /// The edges of listed paths, and their hops.
    on_way: BTreeSet<EdgeIndex>,
    hops: BTreeSet<(NodeIndex, NodeIndex)>,
    /// Relations that were followed though no schema says how they run: their sources need their
    /// targets.
    over: &'a Relations,
    follows_flow: bool,
    needs: Option<&'a Relations>,
}

impl Drawn<'_> {
    fn new(nodes: Vec<NodeIndex>, edges: Vec<EdgeIndex>) -> Self {
        let (emphasised, readiness, on_way, hops) = Default::default();
        let (over, follows_flow, needs) = (&None, false, None);
        Self { nodes, edges, emphasised, readiness, on_way, hops, over, follows_flow, needs }
    }

    /// Parallel edges of one relation as one, required if one of them is. O(m log m).
    fn merged(&self, atlas: &Atlas, stop: &AtomicBool) -> Vec<PictureEdge> {
        let key = |edge: &EdgeIndex| {
            let (from, to) = atlas.ends(*edge);
            (from, atlas.edge(*edge).relation, to)
        };
        let mut edges = self.edges.clone();
        edges.sort_by_cached_key(key);
        let parallel = edges.chunk_by(|a, b| key(a) == key(b));
        let merged = until(stop, parallel).map(|stored| {
            let (from, relation, to) = key(&stored[0]);
            let optional = |edge: &EdgeIndex| atlas.edge(*edge).strength == Strength::Recommended;
            PictureEdge {
                from,
                to,
                relation,
                recommended: stored.iter().all(optional),
                emphasised: stored.iter().any(|edge| self.on_way.contains(edge)),
                way: self.way(atlas, relation, (from, to)),
                stored: stored.to_vec(),
            }
        });
        merged.collect()
    }

    /// Which way an edge runs: that of the paths told, if one passes it; else that of its relation.
    fn way(
        &self,
        atlas: &Atlas,
        relation: RelationId,
        (from, to): (NodeIndex, NodeIndex),
    ) -> Option<Way> {
        match (self.hops.contains(&(from, to)), self.hops.contains(&(to, from))) {
            (true, false) => return Some(Way::Forward),
            (false, true) => return Some(Way::Backward),
            _ => {}
        }
        // Passed both ways or not at all: what its relation says decides.
        let followed = self.over.as_ref().is_some_and(|over| over.contains(&relation));
        match atlas.schema().relations[relation].prerequisite {
            Some(Prerequisite::Source) => Some(Way::Forward),
            Some(Prerequisite::Target) => Some(Way::Backward),
            None if followed => Some(Way::Backward),
            Some(Prerequisite::None) | None => None,
        }
    }
}
