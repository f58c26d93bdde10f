//! The nodes of an answer as rows: what its columns say of each. Every format shows these
//! columns, and every stage takes them as fields.

use super::columns::number;
use super::page::{Groups, under_milestones};
use super::{Answer, Body, COLUMNS, Of, Set, Spent};
use crate::analysis::{Alternatives, alternatives, millionths};
use crate::graph::{Atlas, Decimal, NodeIndex};
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a column says of a node.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// A value.
    Value(Value),
    /// Several values.
    Values(Vec<Value>),
    /// A node: its name in words and conditions, its id in JSON.
    Node(NodeIndex),
    /// One or the other of several nodes, and how many more there are.
    Nodes(Vec<NodeIndex>, usize),
}

impl Cell {
    /// A value, if there is one.
    pub(super) fn of(value: Option<impl Into<Value>>) -> Self {
        value.map_or(Self::Nothing, |value| Self::Value(value.into()))
    }

    /// What is said of several nodes at once: amounts are added up, other values listed.
    fn joined(cells: impl Iterator<Item = Self>) -> Self {
        let (mut values, mut nodes, mut single) = (Vec::new(), Vec::new(), true);
        let mut more = 0;
        for cell in cells {
            match cell {
                Self::Nothing => {}
                Self::Value(value) => values.push(value),
                Self::Values(several) => values.extend(several),
                Self::Node(node) => nodes.push(node),
                Self::Nodes(several, others) => {
                    single = false;
                    nodes.extend(several);
                    more = more.max(others);
                }
            }
        }
        let amounts = values.iter().map(|value| millionths(&Decimal::of(value)?));
        if let Some(sum) = amounts.sum::<Option<_>>().filter(|_| !values.is_empty()) {
            return Self::Value(number(sum));
        }
        let mut distinct = Vec::new();
        for value in values {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        match (distinct.as_slice(), nodes.as_slice()) {
            ([], []) => Self::Nothing,
            ([value], _) => Self::Value(value.clone()),
            ([], [node]) if single => Self::Node(*node),
            ([], _) => Self::Nodes(nodes, more),
            _ => Self::Values(distinct),
        }
    }

    /// Its values, as conditions test them.
    #[must_use]
    pub fn values(self, atlas: &Atlas) -> Vec<Value> {
        let name = |node: NodeIndex| Value::from(atlas.node(node).name());
        match self {
            Self::Nothing => Vec::new(),
            Self::Value(value) => vec![value],
            Self::Values(values) => values,
            Self::Node(node) => vec![name(node)],
            Self::Nodes(nodes, _) => nodes.into_iter().map(name).collect(),
        }
    }

    /// In words; nothing where it says nothing.
    #[must_use]
    pub fn words(self, atlas: &Atlas) -> String {
        if let Self::Nodes(nodes, more) = self {
            return one_or_other(atlas, &nodes, more);
        }
        let values = self.values(atlas);
        values.iter().map(super::value_in_words).collect::<Vec<String>>().join(", ")
    }

    /// As JSON, where it says something.
    #[must_use]
    pub fn json(self, atlas: &Atlas) -> Option<Value> {
        let id = |node: NodeIndex| Value::from(atlas.node(node).id.as_str());
        match self {
            Self::Nothing => None,
            Self::Value(value) => Some(value),
            Self::Values(values) => (!values.is_empty()).then(|| values.into()),
            Self::Node(node) => Some(id(node)),
            Self::Nodes(nodes, _) => {
                (!nodes.is_empty()).then(|| nodes.into_iter().map(id).collect())
            }
        }
    }
}

/// How many alternatives of a node are told in words, and how many in all.
pub(super) const WORDS: usize = 12;
const TOLD: usize = 100;

/// The first of several nodes, one of which is meant: `A or B or 37 more`.
pub(super) fn one_or_other(atlas: &Atlas, nodes: &[NodeIndex], more: usize) -> String {
    let shown = nodes.iter().take(WORDS).map(|node| atlas.node(*node).name().to_owned());
    let more = more + nodes.len().saturating_sub(WORDS);
    let rest = (more > 0).then(|| format!("{more} more"));
    shown.chain(rest).collect::<Vec<String>>().join(" or ")
}

/// The members that JSON objects of nodes and steps have in any case.
const OF_OBJECTS: [&str; 10] = [
    "id",
    "kind",
    "name",
    "aliases",
    "layer",
    "properties",
    "sources",
    "recommended",
    "step",
    "nodes",
];

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
        let (groups, under, passed, alternatives, together) = Default::default();
        Self { atlas, origin, groups, under, passed, alternatives, together }
    }

    /// Nodes of a graph of which no answer says more.
    #[must_use]
    pub fn plain(atlas: &'a Atlas) -> Self {
        Self::of(atlas, None)
    }

    /// What its columns say of nodes that make one row, beyond what the nodes say themselves, by
    /// JSON member.
    #[must_use]
    pub fn members(&self, nodes: &[NodeIndex]) -> Vec<(&str, Value)> {
        let told = COLUMNS.iter().filter(|column| column.of != Of::Nodes);
        let told = told.filter_map(|column| {
            let member = if column.name.is_empty() { column.heading(self) } else { column.member };
            let cells = nodes.iter().map(|node| (column.cell)(self, *node));
            Some((member, Cell::joined(cells).json(self.atlas)?))
        });
        told.filter(|(member, _)| !OF_OBJECTS.contains(member)).collect()
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
    pub(super) fn plan(&self) -> Option<&'a super::Plan> {
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
    pub(super) fn groups(&self) -> &Groups {
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
    pub(super) fn under(&self, node: NodeIndex) -> Option<NodeIndex> {
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
        let Some(set) = self.set() else { return Cell::Nothing };
        let alternatives = self.alternatives.get_or_init(|| {
            let mut dependents = set.dependents.clone();
            if set.closure.as_ref().is_some_and(|closure| closure.needs && !closure.every) {
                dependents.extend(&set.nodes);
            }
            alternatives(self.atlas, &set.nodes, &dependents)
        });
        let (others, more) = alternatives.of(node, TOLD);
        Cell::Nodes(others, more)
    }

    /// The number of the joint step that a node belongs to.
    pub(super) fn together(&self, node: NodeIndex) -> Option<usize> {
        let together =
            self.together.get_or_init(|| self.plan().map(super::Plan::joint).unwrap_or_default());
        together.get(&node).copied()
    }
}
