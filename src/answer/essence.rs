//! Pictures without what only fills them: edges that follow from others, and nodes that look
//! alike.

use super::{Answer, Body, Picture};
use crate::analysis::{lookalikes, redundant};
use crate::graph::{Flow, NodeIndex, Strength};
use std::collections::{BTreeMap, BTreeSet};

/// Above so many nodes those that look alike are folded.
pub const FOLD_ABOVE: usize = 150;
/// So many of each group stay.
const SHOWN: usize = 3;
/// Larger pictures are left as they are; nobody looks at them.
const MOST_NODES: usize = 10_000;

impl Answer<'_> {
    /// The answer as a piece of graph: of needs, only the edges that say who needs whom, without
    /// those that follow from others. A required edge stays unless required ones imply it.
    #[must_use]
    pub fn essential_picture(&self) -> Option<Picture<'_>> {
        let mut picture = self.picture()?;
        let Body::Set(set) = &self.body else {
            return Some(picture);
        };
        if set.closure.is_none() || picture.nodes.len() > MOST_NODES {
            return Some(picture);
        }
        let flow = Flow::new(&self.atlas, &set.over, false);
        let place: BTreeMap<NodeIndex, usize> =
            picture.nodes.iter().enumerate().map(|(at, node)| (node.node, at)).collect();
        let (mut required, mut all) = (Vec::new(), Vec::new());
        for node in &picture.nodes {
            for (edge, need) in flow.needs(node.node) {
                let Some(need) = place.get(&need) else {
                    continue;
                };
                let facts = self.atlas.edge(edge);
                let arc = (*need, place[&node.node]);
                let (from, to) = self.atlas.ends(edge);
                if facts.strength == Strength::Required {
                    required.push((arc, (from, facts.relation, to)));
                }
                all.push((arc, (from, facts.relation, to)));
            }
        }
        let mut kept: BTreeSet<(NodeIndex, usize, NodeIndex)> = BTreeSet::new();
        let mut outright: BTreeSet<(NodeIndex, usize, NodeIndex)> = BTreeSet::new();
        for (arcs, is_required) in [(required, true), (all, false)] {
            let ends: Vec<(usize, usize)> = arcs.iter().map(|(arc, _)| *arc).collect();
            for ((_, edge), follows) in arcs.iter().zip(redundant(place.len(), &ends)) {
                if is_required {
                    outright.insert(*edge);
                }
                if !follows && (is_required || !outright.contains(edge)) {
                    kept.insert(*edge);
                }
            }
        }
        let schema = self.atlas.schema();
        let before = picture.edges.len();
        picture.edges.retain(|edge| {
            schema
                .relation(&edge.relation)
                .is_some_and(|relation| kept.contains(&(edge.from, relation, edge.to)))
        });
        let left_out = before - picture.edges.len();
        if left_out > 0 {
            picture.left_out.push(format!(
                "{left_out} edges that follow from these, or are no needs, are left out; --all-edges draws them"
            ));
        }
        Some(picture)
    }
}

impl Picture<'_> {
    /// Folds nodes that look alike into one box for each group, if there are too many of them;
    /// the first few of each stay. Emphasised nodes stay.
    pub fn fold(&mut self) {
        if self.nodes.len() <= FOLD_ABOVE {
            return;
        }
        let place: BTreeMap<NodeIndex, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.node, at)).collect();
        let schema = self.atlas.schema();
        let edges = self.edges.iter().map(|edge| {
            let relation = 2 * schema.relation(&edge.relation).unwrap_or(0);
            (place[&edge.from], place[&edge.to], relation + usize::from(edge.recommended))
        });
        let classes = self.nodes.iter().enumerate().map(|(at, node)| {
            let kinds = self.atlas.node(node.node).kinds.clone();
            (kinds, node.recommended, node.standing, node.emphasised.then_some(at))
        });
        let groups = lookalikes(&classes.collect::<Vec<_>>(), &edges.collect::<Vec<_>>());
        let mut hidden: BTreeSet<NodeIndex> = BTreeSet::new();
        let (mut folded, mut boxes) = (0, 0);
        for group in groups.iter().filter(|group| group.len() > SHOWN + 1) {
            let rest: Vec<NodeIndex> =
                group[SHOWN..].iter().map(|at| self.nodes[*at].node).collect();
            hidden.extend(&rest[1..]);
            folded += rest.len();
            boxes += 1;
            self.nodes[group[SHOWN]].folded = rest;
        }
        self.nodes.retain(|node| !hidden.contains(&node.node));
        self.edges.retain(|edge| !hidden.contains(&edge.from) && !hidden.contains(&edge.to));
        if folded > 0 {
            self.left_out.push(format!(
                "{folded} nodes that look alike are folded into {boxes}; ask for less, such as `near X` or `… then limit 50`, to see each"
            ));
        }
    }
}
