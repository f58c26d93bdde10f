//! The answer as indented lines: what needs what, step by step.

use super::cell::{WORDS, one_or_other};
use super::words::{OPTIONAL, edge_as_stored, told_on_path};
use super::{
    Answer, Body, Closure, Line, Outline, Set, Table, TextRole, card, sources_in_words,
    value_in_words,
};
use crate::analysis::{Alternatives, alternatives, learning_rank};
use crate::graph::{Atlas, Flow, KindId, NodeIndex};
use std::collections::{BTreeMap, HashSet};

impl Answer {
    /// The answer as indented lines.
    #[must_use]
    pub fn outline(&self) -> Outline {
        match &self.body {
            Body::Set(set) => match &set.closure {
                Some(closure) => closure_tree(&self.atlas, set, closure),
                None => by_kind(&self.atlas, set),
            },
            Body::Plan(plan) => {
                let set = Set::of_plan(plan);
                set.closure
                    .iter()
                    .flat_map(|closure| closure_tree(&self.atlas, &set, closure))
                    .collect()
            }
            Body::Paths(paths) => {
                let mut lines = Outline::new();
                for route in &paths.routes {
                    for (at, node) in route.nodes.iter().enumerate() {
                        let mut line = Line::new(at).node(&self.atlas, *node);
                        let hop = at.checked_sub(1).map_or(&[][..], |hop| &route.hops[hop]);
                        if let Some(edge) = hop.first() {
                            let stored = edge_as_stored(&self.atlas, *edge, route.nodes[at - 1]);
                            let sources = sources_in_words(self.atlas.edge(*edge).sources);
                            let told = told_on_path(&self.atlas, hop);
                            line = line.aside(stored).aside(told).aside(sources);
                        }
                        lines.push(line);
                    }
                }
                lines
            }
            Body::Table(table) => rows(table),
            Body::Card(node) => card::lines(&self.atlas, *node),
            Body::Value(value) => vec![Line::new(0).with(TextRole::Plain, value_in_words(value))],
        }
    }
}

/// Each member with what it needs (or what needs it) below it; a node is unfolded where it is
/// met first.
fn closure_tree(atlas: &Atlas, set: &Set, closure: &Closure) -> Outline {
    let flow = Flow::over(atlas, &set.over);
    let rank = learning_rank(atlas);
    let answer: HashSet<NodeIndex> = set.nodes.iter().copied().collect();
    let dependents: Vec<NodeIndex> = set.dependents.iter().chain(&set.nodes).copied().collect();
    let others = if closure.needs && !closure.every {
        alternatives(atlas, &set.nodes, &dependents)
    } else {
        Alternatives::default()
    };
    let mut unfolded = HashSet::new();
    let mut lines = Outline::new();
    let mut open: Vec<(NodeIndex, usize)> =
        closure.of.iter().rev().map(|node| (*node, 0)).collect();
    while let Some((node, depth)) = open.pop() {
        let first = unfolded.insert(node);
        let arcs = if closure.needs { flow.needs(node) } else { flow.opens(node) };
        let next = arcs.map(|(_, next)| next).filter(|next| answer.contains(next));
        // Of what is unfolded above it only matters whether there is anything.
        let mut next: Vec<NodeIndex> = next.take(if first { usize::MAX } else { 1 }).collect();
        next.sort_unstable_by_key(|node| std::cmp::Reverse(rank[node.index()]));
        next.dedup();
        let mut line = Line::new(depth).node(atlas, node).aside(atlas.kind_words(node));
        if set.recommended.contains(&node) {
            line = line.aside(OPTIONAL);
        }
        let (others, more) = others.of(node, WORDS);
        if !others.is_empty() {
            line = line.aside(format!("or {}", one_or_other(atlas, &others, more)));
        }
        if !first && !next.is_empty() {
            line = line.aside("see above");
        }
        lines.push(line);
        if first {
            open.extend(next.into_iter().map(|next| (next, depth + 1)));
        }
    }
    lines
}

fn by_kind(atlas: &Atlas, set: &Set) -> Outline {
    let mut kinds: BTreeMap<Option<KindId>, Vec<NodeIndex>> = BTreeMap::new();
    for node in &set.nodes {
        kinds.entry(atlas.node(*node).kinds.first().copied()).or_default().push(*node);
    }
    let mut lines = Outline::new();
    for (kind, nodes) in kinds {
        let heading = kind
            .map_or_else(|| "of no kind".to_owned(), |kind| atlas.schema().kinds[kind].plural());
        lines.push(Line::new(0).with(TextRole::Strong, heading));
        for node in nodes {
            let sources = sources_in_words(&atlas.node(node).sources);
            lines.push(Line::new(1).node(atlas, node).aside(sources));
        }
    }
    lines
}

fn rows(table: &Table) -> Outline {
    let mut lines = Outline::new();
    for row in &table.rows {
        for (at, (column, cell)) in table.columns.iter().zip(row).enumerate() {
            if cell.is_null() {
                continue;
            }
            let line = Line::new(usize::from(at > 0));
            lines.push(match at {
                0 => line.with(TextRole::Strong, value_in_words(cell)),
                _ => line
                    .with(TextRole::Dim, format!("{column} "))
                    .with(TextRole::Plain, value_in_words(cell)),
            });
        }
    }
    lines
}
