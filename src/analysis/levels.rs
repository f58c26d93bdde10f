//! The levels of a flow, by which most of what cannot be reached is known without a search.

use super::learning_order::components;
use crate::graph::{Flow, NodeIndex, TopologicalLevel};

/// The level of each node along the flow, cycles condensed. O(n log n + m).
pub(crate) fn levels(flow: &Flow<'_>) -> Vec<TopologicalLevel> {
    let component = components(flow);
    let of = |node: NodeIndex| component[node.index()] as usize;
    let mut order: Vec<NodeIndex> = (0..component.len()).map(NodeIndex::new).collect();
    order.sort_unstable_by_key(|node| of(*node));
    let count = component.iter().max().map_or(0, |last| *last as usize + 1);
    let (mut depth, mut height, mut members) = (vec![0; count], vec![0; count], vec![0; count]);
    // Components ascend along the arcs: those before one are done when it is come to.
    for node in &order {
        members[of(*node)] += 1;
        for (_, next) in flow.opens(*node).filter(|(_, next)| of(*next) != of(*node)) {
            depth[of(next)] = depth[of(next)].max(depth[of(*node)] + 1);
        }
    }
    for node in order.iter().rev() {
        for (_, next) in flow.opens(*node).filter(|(_, next)| of(*next) != of(*node)) {
            height[of(*node)] = height[of(*node)].max(height[of(next)] + 1);
        }
    }
    let levels = component.iter().map(|own| *own as usize).map(|own| TopologicalLevel {
        depth: depth[own],
        height: height[own],
        cyclic: members[own] > 1,
    });
    levels.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::graph::Atlas;
    use std::fmt::Write;

    /// The longest simple way between components, by trying all: what a node needs, or opens.
    fn longest(
        atlas: &Atlas,
        joint: &dyn Fn(NodeIndex, NodeIndex) -> bool,
        node: NodeIndex,
        back: bool,
    ) -> u32 {
        let flow = Flow::of_paths(atlas, &None);
        let mates = atlas.nodes().filter(|mate| joint(node, *mate));
        let arcs = mates.flat_map(|mate| {
            let arcs = if back { flow.needs(mate) } else { flow.opens(mate) };
            arcs.map(|(_, next)| next).collect::<Vec<_>>()
        });
        let next = arcs.filter(|next| !joint(node, *next));
        next.map(|next| 1 + longest(atlas, joint, next, back)).max().unwrap_or(0)
    }

    #[test]
    fn levels_are_longest_ways_between_what_needs_one_another() {
        for seed in 0..60 {
            let mut dice = Dice(seed);
            let count = dice.roll(7usize) + 1;
            let mut edges = String::new();
            for _ in 0..dice.roll(10u32) {
                let ends = [dice.roll(count), dice.roll(count)];
                let comma = if edges.is_empty() { "" } else { "," };
                write!(
                    edges,
                    r#"{comma}{{"from": "{}", "kind": "needs", "to": "{}"}}"#,
                    ends[0], ends[1]
                )
                .expect("text");
            }
            let nodes: Vec<String> = (0..count).map(|id| format!(r#"{{"id": "{id}"}}"#)).collect();
            let text =
                format!(r#"{{"atlas": 1, "nodes": [{}], "edges": [{edges}]}}"#, nodes.join(","));
            let atlas = Atlas::from_texts([("graph.json", text)]).expect("valid");
            let flow = Flow::of_paths(&atlas, &None);
            let reach = |from: NodeIndex| {
                let mut seen = vec![from];
                let mut at = 0;
                while at < seen.len() {
                    let next = flow.opens(seen[at]).map(|(_, next)| next);
                    let next: Vec<_> = next.filter(|next| !seen.contains(next)).collect();
                    seen.extend(next);
                    at += 1;
                }
                seen
            };
            let joint = |a: NodeIndex, b: NodeIndex| reach(a).contains(&b) && reach(b).contains(&a);
            let levels = levels(&flow);
            for node in atlas.nodes() {
                let expected = TopologicalLevel {
                    depth: longest(&atlas, &joint, node, true),
                    height: longest(&atlas, &joint, node, false),
                    cyclic: atlas.nodes().any(|other| other != node && joint(node, other)),
                };
                assert_eq!(levels[node.index()], expected, "{seed}: {node:?}");
            }
        }
    }
}
