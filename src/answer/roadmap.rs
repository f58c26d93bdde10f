//! A path as a roadmap: what each stop brings, by the rows that the schema's `roadmap` names.

use super::words::{OPTIONAL, told_on_path};
use super::{Line, Outline, Path, TextRole, edge_as_stored, sources_in_words, value_in_words};
use crate::analysis::tied;
use crate::graph::{
    Atlas, EdgeIndex, Flow, ListPosition, NodeIndex, Relation, RoadmapContent, Strength, statements,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The roadmap's lines.
pub(super) fn lines(atlas: &Atlas, route: &Path) -> Outline {
    let widest =
        2 + atlas.schema().roadmap.iter().map(|row| row.label.chars().count()).max().unwrap_or(0);
    let mut lines = Outline::new();
    for (at, node) in route.nodes.iter().enumerate() {
        let heading = Line::new(0).with(TextRole::Dim, format!("{} ", at + 1));
        lines.push(heading.node(atlas, *node).aside(atlas.kind_words(*node)));
        if let Some(hop) = at.checked_sub(1) {
            lines.extend(hop_lines(atlas, route.nodes[hop], &route.hops[hop]));
        }
        let last = at + 1 == route.nodes.len();
        let stop = Stop::new(atlas, *node);
        for row in &atlas.schema().roadmap {
            if row.at_end && !last {
                continue;
            }
            let entries = entries(&stop, &row.content);
            if entries.is_empty() {
                continue;
            }
            let shown = row.limit.unwrap_or(entries.len()).min(entries.len());
            let mut words = entries[..shown].join(" · ");
            if shown < entries.len() {
                words.push_str(&format!("  +{} more", entries.len() - shown));
            }
            let label = format!("{:<widest$}", row.label);
            lines.push(Line::new(1).with(TextRole::Dim, label).with(TextRole::Plain, words));
        }
    }
    lines
}

/// The titles of the sources that the hops cite, where the graph describes them.
pub(super) fn cited(atlas: &Atlas, route: &Path) -> Outline {
    let shown = route.hops.iter().filter_map(|hop| hop.first());
    let ids: BTreeSet<&str> = shown.flat_map(|edge| atlas.edge(*edge).source_ids()).collect();
    let lines = ids.into_iter().filter_map(|id| atlas.source(id)).filter_map(|source| {
        let line = Line::new(0).with(TextRole::Dim, format!("{}: ", source.id));
        Some(line.with(TextRole::Plain, source.title.as_deref()?))
    });
    lines.collect()
}

/// The hop into a stop, and what its edges say of it.
pub(super) fn hop_lines(atlas: &Atlas, left: NodeIndex, hop: &[EdgeIndex]) -> Outline {
    let told = told_on_path(atlas, hop);
    let told = (!told.is_empty()).then(|| Line::new(2).with(TextRole::Plain, told));
    [hop_line(atlas, left, hop)].into_iter().chain(told).collect()
}

/// The hop into a stop: the edge as stored, how much it matters, who says so.
fn hop_line(atlas: &Atlas, left: NodeIndex, hop: &[EdgeIndex]) -> Line {
    let Some(first) = hop.first() else {
        return Line::new(1);
    };
    let mut line = Line::new(1).with(TextRole::Dim, edge_as_stored(atlas, *first, left));
    if atlas.edge(*first).strength == Strength::Recommended {
        line = line.aside(OPTIONAL);
    }
    let same = hop.iter().filter(|edge| atlas.edge(**edge).relation == atlas.edge(*first).relation);
    let mut line = line.aside(sources_in_words(same.flat_map(|edge| atlas.edge(*edge).sources)));
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

fn entries(stop: &Stop<'_>, content: &RoadmapContent) -> Vec<String> {
    match content {
        RoadmapContent::Nodes { .. } => {
            let name = |node: &NodeIndex| stop.atlas.name(*node);
            let groups = stop.leads_to(content).into_iter();
            groups.map(|nodes| nodes.iter().map(name).collect::<Vec<_>>().join(" or ")).collect()
        }
        RoadmapContent::Field(name) => {
            let value = stop.atlas.node(stop.node).properties.get(name);
            value.into_iter().flat_map(statements).map(value_in_words).collect()
        }
    }
}

/// Edges that lead to one of several, each with the first of them.
type Ties = BTreeMap<EdgeIndex, EdgeIndex>;

/// A stop of a path, and what its rows look at.
pub(super) struct Stop<'a> {
    atlas: &'a Atlas,
    node: NodeIndex,
    /// The edges that leave it, by relation.
    edges: Vec<(&'a Relation, EdgeIndex)>,
    ties: Ties,
}

impl<'a> Stop<'a> {
    pub(super) fn new(atlas: &'a Atlas, node: NodeIndex) -> Self {
        let edges = atlas.edges_from(node).into_iter();
        Self {
            atlas,
            node,
            edges: edges.map(|edge| (atlas.relation_of(edge), edge)).collect(),
            ties: tied(&Flow::all(atlas), [node]),
        }
    }

    /// What a row lists, alternatives together; nothing if it lists no nodes.
    pub(super) fn leads_to(&self, content: &RoadmapContent) -> Vec<Vec<NodeIndex>> {
        let RoadmapContent::Nodes { relation, kind } = content else { return Vec::new() };
        let atlas = self.atlas;
        let kind = kind.as_ref().map(|kind| atlas.schema().kind(kind));
        let edges = self.edges.iter().filter(|(own, edge)| {
            relation.as_ref().map_or(own.owns, |relation| own.name == *relation)
                && kind.is_none_or(|kind| {
                    kind.is_some_and(|kind| atlas.is_kind(atlas.ends(*edge).1, kind))
                })
        });
        grouped(atlas, edges.map(|(_, edge)| *edge), &self.ties)
    }
}

/// What the edges lead to, by their order, then most sources, then id; alternatives stand
/// together.
fn grouped(
    atlas: &Atlas,
    edges: impl Iterator<Item = EdgeIndex>,
    ties: &Ties,
) -> Vec<Vec<NodeIndex>> {
    let place = |edge: EdgeIndex| atlas.edge(edge).list_position();
    let mut by_target: BTreeMap<NodeIndex, Vec<EdgeIndex>> = BTreeMap::new();
    for edge in edges {
        by_target.entry(atlas.ends(edge).1).or_default().push(edge);
    }
    let tied = |edge: EdgeIndex| ties.get(&edge).map(|first| format!(" {}", first.index()));
    let mut entries: Vec<(ListPosition, Reverse<usize>, NodeIndex, Option<String>)> = Vec::new();
    for (target, mut edges) in by_target {
        // Of several statements about one target the first in order speaks; one that needs it
        // outright before one that lists alternatives.
        edges.sort_by_cached_key(|edge| (place(*edge), atlas.edge(*edge).any_of().is_some()));
        let sources: BTreeSet<&str> =
            edges.iter().flat_map(|edge| atlas.edge(*edge).source_ids()).collect();
        let group = atlas.edge(edges[0]).any_of().map(ToString::to_string);
        let group = group.or_else(|| tied(edges[0]));
        entries.push((place(edges[0]), Reverse(sources.len()), target, group));
    }
    entries.sort();
    let mut groups: Vec<(Option<String>, Vec<NodeIndex>)> = Vec::new();
    for (_, _, target, group) in entries {
        match groups.iter_mut().find(|(known, _)| known.is_some() && *known == group) {
            Some((_, nodes)) => nodes.push(target),
            None => groups.push((group, vec![target])),
        }
    }
    groups.into_iter().map(|(_, nodes)| nodes).collect()
}
