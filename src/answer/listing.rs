//! The nodes of an answer as rows: what there is to say of each. The columns put it into cells, which
//! every format shows and every stage takes as fields.

use super::cell::TOLD;
use super::milestones::{Groups, under_milestones};
use super::words::number;
use super::{Answer, Body, Cell, Set, Spent, StudyPlan};
use crate::analysis::{Alternatives, alternatives};
use crate::graph::{Atlas, NodeIndex, RelationId};
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The nodes of an answer, with what its columns need to know; each part is worked out when it is
/// first asked for.
#[derive(Debug)]
pub struct Listing<'a> {
    pub(super) atlas: &'a Atlas,
    /// The answer whose rows these are: the one asked, or the one of which stages chose some.
    origin: Option<&'a Body>,
    groups: OnceCell<Groups>,
    under: OnceCell<HashMap<NodeIndex, NodeIndex>>,
    passed: OnceCell<BTreeMap<NodeIndex, BTreeSet<NodeIndex>>>,
    alternatives: OnceCell<Alternatives>,
    together: OnceCell<BTreeMap<NodeIndex, usize>>,
    owning: OnceCell<OwningRelations>,
}

/// By which relations those asked about own nodes, or nodes them.
#[derive(Debug, Default)]
struct OwningRelations {
    relations: BTreeMap<NodeIndex, BTreeSet<RelationId>>,
    /// Are they the same for every node?
    alike: bool,
}

impl Answer {
    /// Its nodes as rows.
    #[must_use]
    pub fn listing(&self) -> Listing<'_> {
        let origin = match &self.body {
            Body::Set(Set { origin: Some(origin), .. }) => origin,
            body => body,
        };
        Listing::of(&self.atlas, Some(origin))
    }
}

impl<'a> Listing<'a> {
    fn of(atlas: &'a Atlas, origin: Option<&'a Body>) -> Self {
        let (groups, under, passed, alternatives, together, owning) = Default::default();
        Self { atlas, origin, groups, under, passed, alternatives, together, owning }
    }

    /// Nodes of a graph of which no answer says more.
    #[must_use]
    pub fn plain(atlas: &'a Atlas) -> Self {
        Self::of(atlas, None)
    }

    /// What a node takes of a field that the plan minimizes: what it says, or what stands in.
    #[must_use]
    pub fn taken(&self, field: &str, node: NodeIndex) -> Option<Value> {
        let spent = self.spent().filter(|spent| spent.field == field)?;
        spent.of.get(&node).map(|cost| number(*cost))
    }

    /// The graph.
    #[must_use]
    pub fn atlas(&self) -> &'a Atlas {
        self.atlas
    }

    /// The plan whose steps these are, or were.
    pub(super) fn plan(&self) -> Option<&'a StudyPlan> {
        match self.origin {
            Some(Body::Plan(plan)) => Some(plan),
            _ => None,
        }
    }

    fn set(&self) -> Option<&'a Set> {
        match self.origin {
            Some(Body::Set(set)) => Some(set),
            _ => None,
        }
    }

    /// What the plan minimizes.
    pub(super) fn spent(&self) -> Option<&'a Spent> {
        self.plan().and_then(|plan| plan.spent.as_ref())
    }

    /// All nodes under the milestones that need them, in the order in which a page shows them.
    pub(crate) fn groups(&self) -> &Groups {
        self.groups.get_or_init(|| {
            let here = |nodes: &[NodeIndex]| -> Vec<NodeIndex> {
                nodes.iter().copied().filter(|node| self.atlas.has(*node)).collect()
            };
            if let Some(plan) = self.plan() {
                let nodes = here(&plan.nodes());
                let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
                let candidates = nodes.iter().copied();
                return under_milestones(self.atlas, &None, &nodes, candidates, |node| {
                    inside.contains(&node)
                });
            }
            let Some(set) = self.set() else { return Groups::new() };
            let nodes = here(&set.nodes);
            let Some(closure) = &set.closure else { return vec![(None, nodes)] };
            let asked = here(&closure.of);
            let all = nodes.iter().chain(&asked).copied();
            under_milestones(self.atlas, &set.over, &nodes, all, |_| true)
        })
    }

    /// The milestone under which a node stands.
    pub(crate) fn under(&self, node: NodeIndex) -> Option<NodeIndex> {
        let under = self.under.get_or_init(|| {
            let groups = self.groups().iter();
            let pairs = groups.filter_map(|(under, nodes)| Some(((*under)?, nodes)));
            pairs.flat_map(|(under, nodes)| nodes.iter().map(move |node| (*node, under))).collect()
        });
        under.get(&node).copied()
    }

    /// Is a node needed, or only recommended? `None` where the question does not tell.
    pub(super) fn strength(&self, node: NodeIndex) -> Option<&'static str> {
        let (recommended, tells) = match self.origin? {
            Body::Plan(plan) => (&plan.made.recommended, true),
            Body::Set(set) => (&set.recommended, set.closure.is_some()),
            _ => return None,
        };
        if recommended.contains(&node) {
            return Some("recommended");
        }
        tells.then_some("required")
    }

    /// The alternatives of a node: of a plan those passed over, of a set those that it holds too.
    pub(super) fn instead(&self, node: NodeIndex) -> Cell {
        if let Some(plan) = self.plan() {
            let passed = self.passed.get_or_init(|| plan.passed_over());
            let others: Vec<NodeIndex> = passed.get(&node).into_iter().flatten().copied().collect();
            let more = others.len().saturating_sub(TOLD);
            return Cell::Nodes(others.into_iter().take(TOLD).collect(), more);
        }
        let Some(alternatives) = self.alternatives() else { return Cell::Nothing };
        let (others, more) = alternatives.of(node, TOLD);
        Cell::Nodes(others, more)
    }

    /// What else of a set can be had in place of a node, the first by id.
    pub(super) fn alternatives_of(&self, node: NodeIndex) -> Vec<NodeIndex> {
        self.alternatives().map(|all| all.of(node, TOLD).0).unwrap_or_default()
    }

    fn alternatives(&self) -> Option<&Alternatives> {
        let set = self.set()?;
        Some(self.alternatives.get_or_init(|| {
            let mut dependents = set.dependents.clone();
            if set.closure.as_ref().is_some_and(|closure| closure.needs && !closure.every) {
                dependents.extend(&set.nodes);
            }
            alternatives(self.atlas, &set.nodes, &dependents)
        }))
    }

    /// The relations by which those asked about own a node, or it owns them, by name.
    pub(super) fn owning(&self, node: NodeIndex) -> Vec<&'a str> {
        let relations = &self.atlas.schema().relations;
        let said = self.owned().relations.get(&node).into_iter().flatten();
        said.map(|relation| relations[*relation].name.as_str()).collect()
    }

    /// Do the same relations tie every node to what was asked about?
    pub(super) fn is_owned_alike(&self) -> bool {
        self.owned().alike
    }

    fn owned(&self) -> &OwningRelations {
        self.owning.get_or_init(|| {
            let (atlas, mut relations) = (self.atlas, BTreeMap::new());
            let Some(set) = self.set().filter(|set| set.closure.is_none()) else {
                return OwningRelations::default();
            };
            let nodes: BTreeSet<NodeIndex> = set.nodes.iter().copied().collect();
            for owner in set.dependents.iter().filter(|owner| atlas.has(**owner)) {
                let edges = atlas.edges_from(*owner).into_iter().chain(atlas.edges_to(*owner));
                for edge in edges.filter(|edge| atlas.relation_of(*edge).owns) {
                    let (from, to) = atlas.ends(edge);
                    let node = if from == *owner { to } else { from };
                    if nodes.contains(&node) {
                        let said: &mut BTreeSet<_> = relations.entry(node).or_default();
                        said.insert(atlas.edge(edge).relation);
                    }
                }
            }
            let first = relations.values().next();
            let alike = relations.values().all(|other| Some(other) == first);
            OwningRelations { relations, alike }
        })
    }

    /// The number of the joint step that a node belongs to.
    pub(super) fn together(&self, node: NodeIndex) -> Option<usize> {
        let together =
            self.together.get_or_init(|| self.plan().map(StudyPlan::joint).unwrap_or_default());
        together.get(&node).copied()
    }
}
