//! Who owns what: the nodes of a kind that a node has by relations that the schema calls owning.

use crate::graph::{Atlas, EdgeIndex, Flow, KindId, ListPosition, NodeIndex};
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
    let mut places: BTreeMap<NodeIndex, ListPosition> = BTreeMap::new();
    for edge in atlas.edges_from(member) {
        let standing = atlas.edge(edge).list_position();
        if atlas.relation_of(edge).owns && standing != ListPosition::Last {
            let place = places.entry(atlas.ends(edge).1).or_insert(ListPosition::Last);
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
            // Either end counts: who owns nothing of the kind has what it is owned by.
            for (owner, found) in [(from, to), (to, from)] {
                if from != to && atlas.is_kind(found, kind) && steps[owner.index()].is_none() {
                    steps[owner.index()] = Some(0);
                    open.push_back(owner);
                }
            }
        }
        // Breadth first from all of them at once: who is met first is nearest.
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
        // The nearest have nothing but the member itself: alone it is walked past them.
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
            // A depth-first walk without recursion. Steps fall from need to need, so there is no
            // circle.
            let waiting = open.len();
            open.extend(needs.iter().filter(|need| !self.through.contains_key(need)));
            if open.len() > waiting {
                continue;
            }
            open.pop();
            let mut theirs = needs.iter().map(|need| &self.through[need]);
            let first = theirs.next().cloned().unwrap_or_else(|| Rc::new([node]));
            // Mostly all needs come to the same owners: then the list is shared, not copied.
            let same = theirs.all(|other| Rc::ptr_eq(&first, other));
            let all = || needs.iter().flat_map(|need| self.through[need].iter().copied());
            let through = if same { first } else { super::sorted_unique(all().collect()).into() };
            self.through.insert(node, through);
        }
        Rc::clone(&self.through[&node])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stop::NEVER;
    use serde_json::json;

    /// A random graph of ten nodes, some of which are tools or milestones.
    fn atlas(dice: &mut impl FnMut(usize) -> usize) -> Atlas {
        let schema = json!({"atlas": 1, "schema": {
            "kinds": {"tool": {}, "skill": {}, "stage": {"milestone": true}},
            "relations": {"needs": {"prerequisite": "target"}, "uses": {"owns": true}},
        }});
        let kinds = ["skill", "skill", "tool", "stage"];
        let node = |id: usize, kind: usize| json!({"id": format!("n{id}"), "kind": kinds[kind]});
        let nodes: Vec<_> = (0..10).map(|id| node(id, dice(4))).collect();
        let mut edge = || {
            let kind = if dice(3) == 0 { "uses" } else { "needs" };
            json!({"from": format!("n{}", dice(10)), "kind": kind, "to": format!("n{}", dice(10))})
        };
        let edges: Vec<_> = (0..12).map(|_| edge()).collect();
        let graph = json!({"atlas": 1, "nodes": nodes, "edges": edges});
        let texts = [("s.json", schema.to_string()), ("g.json", graph.to_string())];
        Atlas::from_texts(texts).expect("valid")
    }

    #[test]
    fn many_members_at_once_have_what_each_has_alone() {
        let mut thrown = crate::dice::Dice(9);
        let mut dice = |sides: usize| thrown.roll(sides);
        let (mut through, mut needed) = (0, 0);
        for _ in 0..200 {
            let atlas = atlas(&mut dice);
            let kinds = &atlas.schema().kinds;
            let tool = kinds.iter().position(|kind| kind.name == "tool").expect("a kind");
            let mut owners = Owners::new(&atlas, tool, &NEVER);
            for node in atlas.nodes() {
                let found = owners.of(node);
                assert_eq!(found, owned_of(&atlas, node, tool));
                assert!(!found.nodes.contains(&node));
                through += found.through.len();
                needed += usize::from(found.needed);
            }
        }
        assert!(through > 50 && needed > 50, "{through} {needed}");
    }

    #[test]
    fn what_a_member_lists_stands_in_that_order() {
        let schema = json!({"atlas": 1, "schema": {"relations": {"uses": {"owns": true}}}});
        let edge = |to: &str, order: u32| json!({"from": "m", "kind": "uses", "to": to, "properties": {"order": order}});
        let graph = json!({"atlas": 1,
            "nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "m"}],
            "edges": [edge("a", 2), edge("b", 1), {"from": "m", "kind": "uses", "to": "c"}],
        });
        let texts = [("s.json", schema.to_string()), ("g.json", graph.to_string())];
        let atlas = Atlas::from_texts(texts).expect("valid");
        let [a, b, c, m] = [0, 1, 2, 3].map(NodeIndex::new);
        assert_eq!(listed(&atlas, m, &[a, b]), Some(vec![b, a]));
        assert_eq!(listed(&atlas, m, &[a, b, c]), None);
    }
}
