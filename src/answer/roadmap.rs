//! A path as a roadmap: what each stop brings, by the rows that the schema's `roadmap` names.

use super::{Line, Outline, Role, Route, edge_as_stored, sources_in_words, value_in_words};
use crate::graph::{
    Atlas, EdgeIndex, KindId, NodeIndex, RelationId, RoadmapContent, Strength, statements,
};
use std::collections::BTreeMap;

/// The roadmap's lines.
pub(super) fn lines(atlas: &Atlas, route: &Route) -> Outline {
    let mut lines = Outline::new();
    for (at, node) in route.nodes.iter().enumerate() {
        let heading = Line::new(0).with(Role::Dim, format!("{} ", at + 1));
        lines.push(heading.node(atlas, *node).aside(atlas.kind_words(*node)));
        if let Some(hop) = at.checked_sub(1) {
            lines.push(hop_line(atlas, route.nodes[hop], &route.hops[hop]));
        }
        let last = at + 1 == route.nodes.len();
        for row in &atlas.schema().roadmap {
            if row.at_end && !last {
                continue;
            }
            let entries = entries(atlas, *node, &row.content);
            if entries.is_empty() {
                continue;
            }
            let shown = entries.len().min(row.limit);
            let mut words = entries[..shown].join(" · ");
            if shown < entries.len() {
                words.push_str(&format!("  +{} more", entries.len() - shown));
            }
            let label = format!("{:<8}", row.label);
            lines.push(Line::new(1).with(Role::Dim, label).with(Role::Plain, words));
        }
    }
    lines
}

/// The hop into a stop: the edge as stored, how much it matters, who says so.
pub(super) fn hop_line(atlas: &Atlas, left: NodeIndex, hop: &[EdgeIndex]) -> Line {
    let Some(first) = hop.first() else {
        return Line::new(1);
    };
    let mut line = Line::new(1).with(Role::Dim, edge_as_stored(atlas, *first, left));
    if atlas.edge(*first).strength == Strength::Recommended {
        line = line.aside("recommended");
    }
    let same = hop.iter().filter(|edge| atlas.edge(**edge).relation == atlas.edge(*first).relation);
    let mut line = line.aside(sources_in_words(same.flat_map(|edge| &atlas.edge(*edge).sources)));
    let mut others: Vec<&str> = Vec::new();
    for edge in hop {
        let name = atlas.relation_of(*edge).name.as_str();
        if name != atlas.relation_of(*first).name && !others.contains(&name) {
            others.push(name);
        }
    }
    if !others.is_empty() {
        line = line.aside(format!("also {}", others.join(", ")));
    }
    line
}

fn entries(atlas: &Atlas, node: NodeIndex, content: &RoadmapContent) -> Vec<String> {
    match content {
        RoadmapContent::Relation(name) => match atlas.schema().relation(name) {
            Some(relation) => named(atlas, node, &|edge| follows(atlas, edge, relation)),
            None => Vec::new(),
        },
        RoadmapContent::Kind(name) => match atlas.schema().kind(name) {
            Some(kind) => named(atlas, node, &|edge| owns_kind(atlas, edge, kind)),
            None => Vec::new(),
        },
        RoadmapContent::Field(name) => {
            let value = atlas.node(node).properties.get(name);
            value.into_iter().flat_map(statements).map(value_in_words).collect()
        }
    }
}

fn follows(atlas: &Atlas, edge: EdgeIndex, relation: RelationId) -> bool {
    atlas.edge(edge).relation == relation
}

fn owns_kind(atlas: &Atlas, edge: EdgeIndex, kind: KindId) -> bool {
    atlas.relation_of(edge).owns && atlas.is_kind(atlas.ends(edge).1, kind)
}

/// The names of what the edges lead to, by their order; alternatives stand together.
fn named(atlas: &Atlas, node: NodeIndex, fits: &dyn Fn(EdgeIndex) -> bool) -> Vec<String> {
    let place = |edge: EdgeIndex| atlas.edge(edge).order().unwrap_or(f64::INFINITY);
    // Of several statements about one target the one with the smallest order speaks.
    let mut speaking: BTreeMap<NodeIndex, EdgeIndex> = BTreeMap::new();
    for edge in atlas.edges_from(node).into_iter().filter(|edge| fits(*edge)) {
        let known = speaking.entry(atlas.ends(edge).1).or_insert(edge);
        let better = place(edge) < place(*known)
            || (place(edge) <= place(*known) && atlas.edge(*known).any_of().is_none());
        if better {
            *known = edge;
        }
    }
    let mut order: Vec<(NodeIndex, EdgeIndex)> = speaking.into_iter().collect();
    order.sort_by(|(a, a_edge), (b, b_edge)| {
        place(*a_edge).total_cmp(&place(*b_edge)).then(a.cmp(b))
    });
    let mut groups: Vec<(Option<String>, Vec<&str>)> = Vec::new();
    for (target, edge) in order {
        let group = atlas.edge(edge).any_of().map(ToString::to_string);
        let name = atlas.node(target).name();
        match groups.iter_mut().find(|(known, _)| known.is_some() && *known == group) {
            Some((_, names)) => names.push(name),
            None => groups.push((group, vec![name])),
        }
    }
    groups.into_iter().map(|(_, names)| names.join(" or ")).collect()
}
