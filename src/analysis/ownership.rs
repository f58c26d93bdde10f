//! Who owns what: the nodes of a kind that a node has by relations that the schema calls owning.

use crate::graph::{Atlas, EdgeIndex, Flow, KindId, NodeIndex, Standing};
use petgraph::visit::{NodeIndexable, Reversed};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a member has of a kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owned {
    /// The nodes, by id.
    pub nodes: Vec<NodeIndex>,
    /// The prerequisites they were found at, if not at the member itself.
    pub through: Vec<NodeIndex>,
    /// Does the member need them, rather than own them?
    pub needed: bool,
}

/// What a member has if it owns nothing of the kind: what it directly needs of it.
fn needed_of(flow: &Flow<'_>, member: NodeIndex, kind: KindId) -> Option<Owned> {
    let needs = flow.needs(member).map(|(_, need)| need);
    let fitting = needs.filter(|need| *need != member && flow.atlas().is_kind(*need, kind));
    let nodes = super::sorted_unique(fitting.collect());
    (!nodes.is_empty()).then(|| Owned { nodes, needed: true, ..Owned::default() })
}

/// Nodes of `kind` that `member` owns; if there are none, those that own it. By id.
#[must_use]
pub fn owned(atlas: &Atlas, member: NodeIndex, kind: KindId) -> Vec<NodeIndex> {
    let collect = |edges: Vec<EdgeIndex>, outward: bool| {
        let mut nodes: Vec<NodeIndex> = edges
            .into_iter()
            .filter(|edge| atlas.relation_of(*edge).owns)
            .map(|edge| if outward { atlas.ends(edge).1 } else { atlas.ends(edge).0 })
            .filter(|node| *node != member && atlas.is_kind(*node, kind))
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    };
    let outwards = collect(atlas.edges_from(member), true);
    if outwards.is_empty() { collect(atlas.edges_to(member), false) } else { outwards }
}

/// What a member owns, in the order that its edges give, if each of these nodes has a place there;
/// of several places of a node the first counts, ties stand by id.
#[must_use]
pub fn listed(atlas: &Atlas, member: NodeIndex, nodes: &[NodeIndex]) -> Option<Vec<NodeIndex>> {
    let mut places: BTreeMap<NodeIndex, Standing> = BTreeMap::new();
    for edge in atlas.edges_from(member) {
        let standing = atlas.edge(edge).standing();
        if atlas.relation_of(edge).owns && standing != Standing::Last {
            let place = places.entry(atlas.ends(edge).1).or_insert(Standing::Last);
            *place = standing.min(place.clone());
        }
    }
    let placed = nodes.iter().map(|node| Some((places.get(node)?, *node)));
    let mut placed = placed.collect::<Option<Vec<_>>>()?;
    placed.sort();
    Some(placed.into_iter().map(|(_, node)| node).collect())
}

/// The same, and if there are none and the member is no milestone, what it directly needs of the
/// kind, or else what its nearest prerequisites have. O(n + m).
#[must_use]
pub fn owned_of(atlas: &Atlas, member: NodeIndex, kind: KindId) -> Owned {
    let nodes = owned(atlas, member, kind);
    if !nodes.is_empty() || atlas.is_milestone(member) {
        return Owned { nodes, ..Owned::default() };
    }
    let flow = Flow::all(atlas);
    if let Some(needed) = needed_of(&flow, member, kind) {
        return needed;
    }
    // The member itself is no answer to a question about it.
    let theirs = |node: NodeIndex| {
        owned(atlas, node, kind).into_iter().filter(move |found| *found != member)
    };
    let has_any = |node: NodeIndex| theirs(node).next().is_some();
    let mut through = super::nearest_level(Reversed(&flow), member, has_any);
    through.sort_unstable();
    let nodes = through.iter().flat_map(|node| theirs(*node)).collect();
    Owned { nodes: super::sorted_unique(nodes), through, needed: false }
}

/// For many members at once: how far each node is from what has any, so that each is walked
/// through once and not once for each member.
#[derive(Debug)]
pub struct Owners<'g> {
    flow: Flow<'g>,
    kind: KindId,
    /// How many steps each node is from what owns any, which is how far to go back to find it.
    steps: Vec<Option<u32>>,
    /// What each node has those through, as far as that was asked for.
    through: HashMap<NodeIndex, Rc<[NodeIndex]>>,
}

impl<'g> Owners<'g> {
    /// Who owns nodes of `kind`, and how far everything else is from them. O(n + m); less is found
    /// once `stop` is set.
    #[must_use]
    pub fn new(atlas: &'g Atlas, kind: KindId, stop: &AtomicBool) -> Self {
        let flow = Flow::all(atlas);
        let mut open = VecDeque::new();
        let mut steps = vec![None; flow.node_bound()];
        let owning = atlas.edges().into_iter().filter(|edge| atlas.relation_of(*edge).owns);
        for edge in owning {
            let (from, to) = atlas.ends(edge);
            for (owner, found) in [(from, to), (to, from)] {
                if from != to && atlas.is_kind(found, kind) && steps[owner.index()].is_none() {
                    steps[owner.index()] = Some(0);
                    open.push_back(owner);
                }
            }
        }
        let stopped = || stop.load(Ordering::Relaxed);
        while let Some(node) = open.pop_front().filter(|_| !stopped()) {
            for (_, next) in flow.opens(node) {
                if steps[next.index()].is_none() {
                    steps[next.index()] = steps[node.index()].map(|steps: u32| steps + 1);
                    open.push_back(next);
                }
            }
        }
        Self { flow, kind, steps, through: HashMap::new() }
    }

    /// [`owned_of`] a member.
    pub fn of(&mut self, member: NodeIndex) -> Owned {
        let (atlas, kind) = (self.flow.atlas(), self.kind);
        let nodes = owned(atlas, member, kind);
        if !nodes.is_empty() || atlas.is_milestone(member) {
            return Owned { nodes, ..Owned::default() };
        }
        if let Some(needed) = needed_of(&self.flow, member, kind) {
            return needed;
        }
        if self.steps[member.index()].is_none() {
            return Owned::default();
        }
        let nearest = self.through(member);
        // The member itself is no answer to a question about it.
        let theirs = |owner: &NodeIndex| {
            owned(atlas, *owner, kind).into_iter().filter(move |found| *found != member)
        };
        let through = nearest.iter().copied().filter(|owner| theirs(owner).next().is_some());
        let through: Vec<NodeIndex> = through.collect();
        if through.is_empty() {
            return owned_of(atlas, member, kind);
        }
        let nodes = super::sorted_unique(through.iter().flat_map(theirs).collect());
        Owned { nodes, through, needed: false }
    }

    /// The nearest owners behind a node, by id: those of what lies a step nearer to them.
    fn through(&mut self, node: NodeIndex) -> Rc<[NodeIndex]> {
        let mut open = vec![node];
        while let Some(node) = open.last().copied() {
            if self.through.contains_key(&node) {
                open.pop();
                continue;
            }
            let steps = self.steps[node.index()];
            let nearer = |need: &NodeIndex| {
                let steps = steps.and_then(|steps| steps.checked_sub(1));
                steps.is_some() && self.steps[need.index()] == steps
            };
            let needs = self.flow.needs(node).map(|(_, need)| need).filter(nearer);
            let needs = super::sorted_unique(needs.collect());
            let waiting = open.len();
            open.extend(needs.iter().filter(|need| !self.through.contains_key(need)));
            if open.len() > waiting {
                continue;
            }
            open.pop();
            let mut theirs = needs.iter().map(|need| &self.through[need]);
            let first = theirs.next().cloned().unwrap_or_else(|| Rc::new([node]));
            let same = theirs.all(|other| Rc::ptr_eq(&first, other));
            let all = || needs.iter().flat_map(|need| self.through[need].iter().copied());
            let through = if same { first } else { super::sorted_unique(all().collect()).into() };
            self.through.insert(node, through);
        }
        Rc::clone(&self.through[&node])
    }
}
