//! The answer as a page to read: grids and lines, as the `table` format shows them.

use super::{
    Answer, Body, Line, Outline, Paths, Role, Set, card, later_layers, roadmap, value_in_words,
};
use crate::analysis::{alternatives, first_needing, learning_rank};
use crate::graph::{Atlas, Flow, NodeIndex, Relations};
use std::collections::BTreeSet;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Columns and rows of text.
    Grid {
        /// The columns' names.
        columns: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Indented lines.
    Lines(Outline),
}

/// A page to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its parts.
    pub blocks: Vec<Block>,
}

impl Answer<'_> {
    /// The answer as a page to read.
    #[must_use]
    pub fn page(&self) -> Page {
        let blocks = match &self.body {
            Body::Set(set) if set.nodes.is_empty() => Vec::new(),
            Body::Set(set) => vec![set_grid(&self.atlas, set)],
            Body::Plan(plan) if plan.made.steps.is_empty() => Vec::new(),
            Body::Plan(plan) => vec![plan.grid(&self.atlas)],
            Body::Paths(paths) => path_blocks(&self.atlas, paths),
            Body::Table(table) if table.rows.is_empty() => Vec::new(),
            Body::Table(table) => {
                let cell = |value: &serde_json::Value| match value {
                    serde_json::Value::Null => String::new(),
                    value => value_in_words(value),
                };
                vec![Block::Grid {
                    columns: table.columns.clone(),
                    rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
                }]
            }
            Body::Card(node) => vec![Block::Lines(card::lines(&self.atlas, *node))],
            Body::Value(value) => {
                vec![Block::Lines(vec![Line::new(0).with(Role::Plain, value_in_words(value))])]
            }
        };
        Page { blocks }
    }
}

/// A column of a grid: its name, and each row's cell.
struct Column(String, Vec<String>);

/// Nodes under the milestones that need them.
pub(super) type Groups = Vec<(Option<NodeIndex>, Vec<NodeIndex>)>;

/// What a column says of each node.
pub(super) type Cell<'a> = &'a dyn Fn(NodeIndex) -> String;

fn set_grid(atlas: &Atlas, set: &Set) -> Block {
    let groups = match &set.closure {
        Some(closure) => {
            let all = set.nodes.iter().chain(&closure.of).copied();
            under_milestones(atlas, &set.over, &set.nodes, all, |_| true)
        }
        None => vec![(None, set.nodes.clone())],
    };
    let mut dependents = set.dependents.clone();
    if set.closure.as_ref().is_some_and(|closure| closure.needs) {
        dependents.extend(&set.nodes);
    }
    let others = alternatives(atlas, &set.nodes, &dependents);
    let instead = |node: NodeIndex| {
        let names = others.get(&node).into_iter().flatten().map(|other| atlas.node(*other).name());
        names.collect::<Vec<&str>>().join(" or ")
    };
    node_grid(atlas, &groups, &set.recommended, &[("or instead", &instead)])
}

/// Nodes in groups, a row each, with further columns; a column that says nothing is left out.
pub(super) fn node_grid(
    atlas: &Atlas,
    groups: &Groups,
    recommended: &BTreeSet<NodeIndex>,
    further: &[(&str, Cell<'_>)],
) -> Block {
    let order: Vec<NodeIndex> = groups.iter().flat_map(|(_, nodes)| nodes).copied().collect();
    let mut under = Vec::new();
    for (milestone, nodes) in groups {
        let name = milestone
            .map_or(if groups.len() > 1 { "—" } else { "" }, |node| atlas.node(node).name());
        let rest = std::iter::repeat_n("", nodes.len().saturating_sub(1));
        under.extend(std::iter::once(name).chain(rest).map(str::to_owned));
    }
    let id = |node: NodeIndex| {
        let facts = atlas.node(node);
        // Where the name alone does not lead back to the node, its id is needed.
        let own = facts.name() == facts.id || atlas.is_alone(facts.name(), node);
        if own { String::new() } else { facts.id.clone() }
    };
    let strength = |node: NodeIndex| {
        let only = recommended.contains(&node);
        if only { "recommended".to_owned() } else { String::new() }
    };
    let own: [(&str, Cell<'_>); 4] = [
        ("name", &|node| atlas.node(node).name().to_owned()),
        ("id", &id),
        ("kind", &|node| atlas.kind_words(node)),
        ("strength", &strength),
    ];
    let cited: [(&str, Cell<'_>); 2] = [
        ("layer", &|node| later_layers(atlas, &atlas.node(node).layers)),
        ("sources", &|node| source_count(atlas, node)),
    ];
    let told = own.iter().chain(further).chain(&cited);
    let told = told.map(|(name, cell)| {
        Column((*name).to_owned(), order.iter().map(|node| cell(*node)).collect())
    });
    let columns: Vec<Column> = [Column("under".to_owned(), under)]
        .into_iter()
        .chain(told)
        .filter(|column| column.1.iter().any(|cell| !cell.is_empty()))
        .collect();
    Block::Grid {
        columns: columns.iter().map(|column| column.0.clone()).collect(),
        rows: (0..order.len())
            .map(|row| columns.iter().map(|column| column.1[row].clone()).collect())
            .collect(),
    }
}

/// How many distinct sources name a node; its card tells which.
fn source_count(atlas: &Atlas, node: NodeIndex) -> String {
    let cited = atlas.node(node).sources.iter().map(|cite| cite.source.as_str());
    match cited.collect::<BTreeSet<&str>>().len() {
        0 => String::new(),
        count => count.to_string(),
    }
}

/// The nodes under the first milestone, in learning order, that is among `candidates` and needs
/// them by way of nodes that are `inside`; the rest stand ungrouped at the end.
pub(super) fn under_milestones(
    atlas: &Atlas,
    over: &Relations,
    nodes: &[NodeIndex],
    candidates: impl Iterator<Item = NodeIndex>,
    inside: impl Fn(NodeIndex) -> bool,
) -> Groups {
    let rank = learning_rank(atlas);
    let mut milestones: Vec<NodeIndex> =
        candidates.filter(|node| atlas.is_milestone(*node)).collect();
    milestones.sort_unstable_by_key(|node| rank[node.index()]);
    milestones.dedup();
    let claimed = first_needing(&Flow::new(atlas, over, false), &milestones, inside);
    let group = |node: &NodeIndex| claimed[node.index()].map_or(u32::MAX, |by| rank[by.index()]);
    let mut nodes = nodes.to_vec();
    nodes.sort_by_key(group);
    let groups = nodes.chunk_by(|a, b| claimed[a.index()] == claimed[b.index()]);
    groups.map(|nodes| (claimed[nodes[0].index()], nodes.to_vec())).collect()
}

fn path_blocks(atlas: &Atlas, paths: &Paths) -> Vec<Block> {
    let mut blocks = Vec::new();
    let several = paths.routes.len() > 1;
    for (number, route) in paths.routes.iter().enumerate() {
        let mut title = Line::new(0);
        if several {
            title = title.with(Role::Dim, format!("{}. ", number + 1));
        }
        for (at, node) in route.nodes.iter().enumerate() {
            if at > 0 {
                title = title.with(Role::Dim, " → ");
            }
            title = title.node(atlas, *node);
        }
        let mut lines = vec![title];
        if paths.route_first && !several && !atlas.schema().roadmap.is_empty() {
            lines.push(Line::new(0));
            lines.extend(roadmap::lines(atlas, route));
            lines.extend(roadmap::cited(atlas, route));
        } else {
            let hops = route.nodes.iter().zip(&route.hops);
            lines.extend(hops.map(|(left, hop)| roadmap::hop_line(atlas, *left, hop)));
        }
        blocks.push(Block::Lines(lines));
    }
    blocks
}
