//! Pictures without what only fills them: edges that follow from others, and nodes that look
//! alike.

use super::{Answer, Body, Picture};
use crate::analysis::{lookalikes, redundant};
use crate::graph::{Flow, NodeIndex, RelationId, Relations, Strength};
use std::collections::{BTreeMap, BTreeSet};

/// Above so many nodes those that look alike are folded.
pub const FOLD_ABOVE: usize = 150;
/// So many of each group stay.
const SHOWN: usize = 3;
/// Larger pictures are left as they are; nobody looks at them.
const MOST_NODES: usize = 10_000;

impl Answer {
    /// The answer as a piece of graph: of needs, only the edges that say who needs whom, without
    /// those that follow from others. A required edge stays unless required ones imply it.
    #[must_use]
    pub fn essential_picture(&self) -> Option<Picture<'_>> {
        let mut picture = self.picture()?;
        let over = match &self.body {
            Body::Set(set) if set.closure.is_some() => &set.over,
            Body::Plan(_) => &None,
            _ => return Some(picture),
        };
        if picture.nodes.len() > MOST_NODES {
            return Some(picture);
        }
        let kept = essential(&picture, &needs_among(&picture, over));
        let before = picture.edges.len();
        let schema = self.atlas.schema();
        picture.edges.retain(|edge| {
            let relation = schema.relation(&edge.relation);
            relation.is_some_and(|relation| kept.contains(&(edge.from, relation, edge.to)))
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

/// An edge as a picture tells it apart: from, relation, to.
type Edge = (NodeIndex, RelationId, NodeIndex);

/// An edge that says who needs whom, with the places of need and dependent in the picture.
struct Need {
    edge: Edge,
    arc: (usize, usize),
    required: bool,
}

fn needs_among(picture: &Picture<'_>, over: &Relations) -> Vec<Need> {
    let atlas = picture.atlas;
    let flow = Flow::over(atlas, over);
    let place: BTreeMap<NodeIndex, usize> =
        picture.nodes.iter().enumerate().map(|(at, node)| (node.node, at)).collect();
    let mut needs = Vec::new();
    for (at, node) in picture.nodes.iter().enumerate() {
        for (edge, need) in flow.needs(node.node) {
            if let Some(need) = place.get(&need) {
                let ((from, to), facts) = (atlas.ends(edge), atlas.edge(edge));
                needs.push(Need {
                    edge: (from, facts.relation, to),
                    arc: (*need, at),
                    required: facts.strength == Strength::Required,
                });
            }
        }
    }
    needs
}

/// Required edges that no required ones imply, and recommended ones that none at all imply.
fn essential(picture: &Picture<'_>, needs: &[Need]) -> BTreeSet<Edge> {
    let mut kept = BTreeSet::new();
    for required in [true, false] {
        let known: Vec<&Need> = needs.iter().filter(|need| need.required || !required).collect();
        let arcs: Vec<(usize, usize)> = known.iter().map(|need| need.arc).collect();
        let follows = redundant(picture.nodes.len(), &arcs);
        let left = known.iter().zip(follows).filter(|(_, follows)| !follows);
        kept.extend(left.filter(|(need, _)| need.required == required).map(|(need, _)| need.edge));
    }
    kept
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
                "{folded} nodes that look alike are folded into {boxes}; ask for less, such as near X or … then limit 50, to see each"
            ));
        }
    }
}
