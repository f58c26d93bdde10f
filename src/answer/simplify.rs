//! Pictures without what only fills them: edges that follow from others (transitive reduction), and
//! nodes that look alike (folded into one).

use super::{Note, Picture, PictureEdge};
use crate::analysis::{lookalikes, redundant};
use crate::graph::{Flow, NodeIndex, RelationId, Relations, Strength};
use std::collections::BTreeSet;

/// Above so many nodes those that look alike are folded.
const FOLD_ABOVE: usize = 150;
/// So many of each group stay.
const SHOWN: usize = 3;
/// Larger pictures are left as they are; nobody looks at them.
const MOST_NODES: usize = 10_000;

/// An edge as a picture tells it apart: from, relation, to.
type EdgeKey = (NodeIndex, RelationId, NodeIndex);

fn key(edge: &PictureEdge) -> EdgeKey {
    (edge.from, edge.relation, edge.to)
}

impl Picture<'_> {
    /// Leaves, of a picture of needs, only the edges that say who needs whom, without those that
    /// follow from others. A required edge stays unless required ones imply it.
    pub fn reduce(&mut self) {
        let Some(over) = self.needs.filter(|_| self.nodes.len() <= MOST_NODES) else { return };
        let kept = reduction(self.nodes.len(), &needs_among(self, over));
        let before = self.edges.len();
        self.edges.retain(|edge| kept.contains(&key(edge)));
        let left_out = before - self.edges.len();
        if left_out > 0 {
            let told =
                format!("{left_out} edges that follow from these, or are no needs, are left out");
            self.left_out.push(Note::on(told, "all-edges", "draws them"));
        }
    }

    /// Folds nodes that look alike into one box for each group, if there are too many of them;
    /// the first few of each stay. Emphasised nodes stay.
    pub fn fold(&mut self) {
        if self.nodes.len() <= FOLD_ABOVE {
            return;
        }
        let place = self.places();
        let edges = self.edges.iter().map(|edge| {
            let class = 2 * edge.relation + usize::from(edge.recommended);
            (place[&edge.from], place[&edge.to], class)
        });
        let classes = self.nodes.iter().enumerate().map(|(at, node)| {
            let kinds = self.atlas.node(node.node).kinds.clone();
            // With its own place in the key, what is emphasised is like nothing else.
            (kinds, node.recommended, node.readiness, node.emphasised.then_some(at))
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
            ).into());
        }
    }
}

/// An edge that says who needs whom, with the places of need and dependent in the picture.
struct NeedEdge {
    edge: EdgeKey,
    arc: (usize, usize),
    required: bool,
}

fn needs_among(picture: &Picture<'_>, over: &Relations) -> Vec<NeedEdge> {
    let atlas = picture.atlas;
    let flow = Flow::over(atlas, over);
    let place = picture.places();
    let mut needs = Vec::new();
    for (at, node) in picture.nodes.iter().enumerate() {
        for (edge, need) in flow.needs(node.node) {
            if let Some(need) = place.get(&need) {
                let ((from, to), facts) = (atlas.ends(edge), atlas.edge(edge));
                needs.push(NeedEdge {
                    edge: (from, facts.relation, to),
                    arc: (*need, at),
                    required: facts.strength == Strength::Required,
                });
            }
        }
    }
    needs
}

/// The transitive reduction: required edges that no required ones imply, and recommended ones that
/// none at all imply.
fn reduction(count: usize, needs: &[NeedEdge]) -> BTreeSet<EdgeKey> {
    let mut kept = BTreeSet::new();
    // Required edges among themselves first: a recommendation makes no requirement superfluous.
    for required in [true, false] {
        let known: Vec<&NeedEdge> =
            needs.iter().filter(|need| need.required || !required).collect();
        let arcs: Vec<(usize, usize)> = known.iter().map(|need| need.arc).collect();
        let follows = redundant(count, &arcs);
        let left = known.iter().zip(follows).filter(|(_, follows)| !follows);
        kept.extend(left.filter(|(need, _)| need.required == required).map(|(need, _)| need.edge));
    }
    kept
}
