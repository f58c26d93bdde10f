//! The first screen: a small map, the counts, three questions that a digit runs.

use crate::analysis::{in_learning_order, opened_by};
use crate::answer::TextRole;
use crate::diagnostic::visible;
use crate::graph::{Atlas, Flow, NodeIndex, quoted_if_needed};
use crate::render::paint;
use std::cmp::Reverse;

/// More milestones than this are not drawn.
const MILESTONES: usize = 200;

/// The milestones that the map shows: each chain of a recommended way on a line of its own.
pub(crate) fn map(atlas: &Atlas) -> Vec<Vec<NodeIndex>> {
    let milestones = atlas.loaded_nodes().filter(|node| atlas.is_milestone(*node));
    let milestones: Vec<NodeIndex> = milestones.take(MILESTONES + 1).collect();
    if milestones.is_empty() || milestones.len() > MILESTONES {
        // So many are no map, and even their order would take long.
        return Vec::new();
    }
    let mut lines: Vec<Vec<NodeIndex>> = Vec::new();
    for node in in_learning_order(atlas, milestones) {
        let follows = |line: &Vec<NodeIndex>| {
            line.last().is_some_and(|last| {
                let edges = atlas.edges_from(*last).into_iter().chain(atlas.edges_to(*last));
                edges.into_iter().any(|edge| {
                    let (from, to) = atlas.ends(edge);
                    atlas.relation_of(edge).route && (from == node || to == node)
                })
            })
        };
        match lines.iter_mut().find(|line| follows(line)) {
            Some(line) => line.push(node),
            None => lines.push(vec![node]),
        }
    }
    lines
}

/// The node that opens most, no milestone itself: of the few with most direct dependents the one
/// with the largest closure, then with most sources, then the first by id.
pub(crate) fn keystone(atlas: &Atlas) -> Option<NodeIndex> {
    const LOOKED_AT: usize = 100;
    /// How many nodes and edges the screen may cost.
    const EFFORT: usize = 1_000_000;
    let size = atlas.node_bound() + atlas.edge_bound() + 1;
    let flow = Flow::all(atlas);
    let mut nodes: Vec<NodeIndex> =
        atlas.loaded_nodes().filter(|node| !atlas.is_milestone(*node)).collect();
    nodes.sort_by_key(|node| Reverse(flow.opens(*node).count()));
    nodes.truncate((EFFORT / size).clamp(1, LOOKED_AT));
    let opened = |node: NodeIndex| opened_by(&flow, &[node], usize::MAX).len();
    let sources = |node: NodeIndex| atlas.node(node).sources.len();
    let best = nodes.into_iter().max_by_key(|node| (opened(*node), sources(*node), Reverse(*node)));
    best.filter(|node| opened(*node) > 0)
}

/// Three questions that this graph can answer.
pub(crate) fn questions(atlas: &Atlas) -> Vec<String> {
    let name = |node: NodeIndex| quoted_if_needed(&atlas.node(node).id);
    let chain = map(atlas).into_iter().next().unwrap_or_default();
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
        return ["kinds", "relations", "check"].map(str::to_owned).to_vec();
    };
    let mut questions = vec![format!("prereqs {}", name(*last))];
    if first != last {
        questions.insert(0, format!("path {} -> {}", name(*first), name(*last)));
    }
    match keystone(atlas) {
        Some(node) => questions.push(format!("unlocks {}", name(node))),
        None => questions.push("kinds".to_owned()),
    }
    questions
}

/// The screen's text.
pub(crate) fn screen(atlas: &Atlas, questions: &[String], color: bool) -> String {
    let [nodes, edges] = atlas.counts();
    let mut text = format!(
        "{} {}  {} nodes, {} edges, {} sources\n\n",
        paint(TextRole::Strong, "opsatlas", color),
        env!("CARGO_PKG_VERSION"),
        nodes,
        edges,
        atlas.sources().len(),
    );
    for line in map(atlas).iter().take(8) {
        let names = line.iter().take(8).map(|node| {
            let facts = atlas.node(*node);
            paint(TextRole::Node(facts.kinds.first().copied()), &visible(facts.name()), color)
        });
        text.push_str(&format!("    {}\n", names.collect::<Vec<String>>().join(" → ")));
    }
    text.push('\n');
    for (number, question) in questions.iter().enumerate() {
        let digit = paint(TextRole::Strong, &(number + 1).to_string(), color);
        text.push_str(&format!("  {digit}  {}\n", visible(question)));
    }
    text.push_str(&paint(
        TextRole::Dim,
        "\nType a number or a question; Tab completes, .help explains, .tour shows around.\n",
        color,
    ));
    text
}
