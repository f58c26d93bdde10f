//! The answer as a page to read: grids and lines, as the `table` format shows them.

use super::{Answer, Body, COLUMNS, Line, Outline, Paths, TextRole, card, roadmap, value_in_words};
use crate::graph::{Atlas, NodeIndex};
use std::collections::HashSet;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Columns and rows of text.
    Grid {
        /// The columns' names.
        columns: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
        /// The places of the columns whose cells begin with the word for where somebody stands.
        standing: Vec<usize>,
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

impl Answer {
    /// The answer as a page to read.
    #[must_use]
    pub fn page(&self) -> Page {
        let blocks = match &self.body {
            Body::Set(set) if set.nodes.is_empty() => Vec::new(),
            Body::Plan(plan) if plan.made.steps.is_empty() => Vec::new(),
            Body::Set(_) | Body::Plan(_) => vec![node_grid(self)],
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
                    standing: table.standing(),
                }]
            }
            Body::Card(node) => vec![Block::Lines(card::lines(&self.atlas, *node))],
            Body::Value(value) => {
                vec![Block::Lines(vec![Line::new(0).with(TextRole::Plain, value_in_words(value))])]
            }
        };
        Page { blocks }
    }
}

/// Nodes with a row each under every column that says something of one of them. A closure stands
/// under its milestones, the name of each told once; other rows stay in their order.
fn node_grid(answer: &Answer) -> Block {
    let listing = answer.listing();
    let nodes = answer.nodes();
    let grouped = match &answer.body {
        Body::Set(set) => set.closure.is_some(),
        _ => true,
    };
    let order: Vec<NodeIndex> = if grouped {
        let here: HashSet<NodeIndex> = nodes.into_iter().collect();
        let all = listing.groups().iter().flat_map(|(_, nodes)| nodes).copied();
        all.filter(|node| here.contains(node)).collect()
    } else {
        nodes
    };
    let mut columns: Vec<(&str, Vec<String>)> = COLUMNS
        .iter()
        .map(|column| {
            let cells = order.iter().map(|node| column.on_page(&listing, *node));
            (column.heading(&listing), cells.collect::<Vec<String>>())
        })
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    let under = columns.first_mut().filter(|(name, _)| grouped && *name == COLUMNS[0].name);
    if let Some((_, cells)) = under {
        told_once(cells);
    }
    let names = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut cells: Vec<_> = columns.into_iter().map(|(_, cells)| cells.into_iter()).collect();
    let row = |_| cells.iter_mut().filter_map(Iterator::next).collect();
    let rows = (0..order.len()).map(row).collect();
    Block::Grid { columns: names, rows, standing: Vec::new() }
}

/// Leaves of equal cells one below the other only the first, and says where there is none.
fn told_once(cells: &mut [String]) {
    for row in (0..cells.len()).rev() {
        if row > 0 && cells[row - 1] == cells[row] {
            cells[row].clear();
        } else if cells[row].is_empty() {
            "—".clone_into(&mut cells[row]);
        }
    }
}

fn path_blocks(atlas: &Atlas, paths: &Paths) -> Vec<Block> {
    let mut blocks = Vec::new();
    let several = paths.routes.len() > 1;
    for (number, route) in paths.routes.iter().enumerate() {
        let mut title = Line::new(0);
        if several {
            title = title.with(TextRole::Dim, format!("{}. ", number + 1));
        }
        for (at, node) in route.nodes.iter().enumerate() {
            if at > 0 {
                title = title.with(TextRole::Dim, " → ");
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
            lines.extend(hops.flat_map(|(left, hop)| roadmap::hop_lines(atlas, *left, hop)));
        }
        blocks.push(Block::Lines(lines));
    }
    blocks
}

impl Answer {
    /// A plan as a check list: its milestones with what to learn for each below them. `None` for
    /// other answers.
    #[must_use]
    pub fn checklist(&self) -> Option<Vec<(Option<NodeIndex>, Outline)>> {
        let Body::Plan(_) = &self.body else { return None };
        let listing = self.listing();
        let line = |node: &NodeIndex| {
            let asides = COLUMNS.iter().filter(|column| !column.aside.is_empty());
            let asides = asides.filter_map(|column| column.beside(&listing, *node));
            let asides = asides.collect::<Vec<String>>().join(", ");
            Line::new(0).node(&self.atlas, *node).aside(asides)
        };
        let groups = listing.groups().iter();
        Some(groups.map(|(under, nodes)| (*under, nodes.iter().map(line).collect())).collect())
    }
}
