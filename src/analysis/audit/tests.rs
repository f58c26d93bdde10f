//! Cycles and edges that follow from others, against trying everything.

use super::{Severity, findings};
use crate::graph::Atlas;
use crate::stop::NEVER;
use serde_json::json;

/// A graph of one relation that must have no cycle; an edge is its ends, and the source it cites.
fn atlas(nodes: usize, edges: &[(usize, usize, Option<&str>)]) -> Atlas {
    let schema = json!({"atlas": 1, "schema": {"relations": {
        "needs": {"prerequisite": "target", "acyclic": true},
    }}});
    let edge = |(from, to, source): &(usize, usize, Option<&str>)| {
        let mut edge = json!({"from": format!("n{from}"), "kind": "needs", "to": format!("n{to}")});
        if let Some(source) = source {
            edge["sources"] = json!([{"source": source}]);
        }
        edge
    };
    let ids: Vec<_> = (0..nodes).map(|id| json!({"id": format!("n{id}")})).collect();
    let edges: Vec<_> = edges.iter().map(edge).collect();
    let graph = json!({"atlas": 1, "nodes": ids, "edges": edges});
    let texts = [("s.json", schema.to_string()), ("g.json", graph.to_string())];
    Atlas::from_texts(texts).expect("valid")
}

fn messages(atlas: &Atlas, code: &str) -> Vec<String> {
    let (found, finished) = findings(atlas, &NEVER);
    assert!(finished);
    found.into_iter().filter(|found| found.code == code).map(|found| found.message).collect()
}

#[test]
fn a_cycle_is_shown_by_a_shortest_one() {
    let edges = [(0, 1, None), (1, 2, None), (2, 0, None), (2, 1, None), (3, 3, None)];
    let atlas = atlas(4, &edges);
    let found = messages(&atlas, "cycle");
    // Each node of a component is shown, and one that needs itself is a cycle too.
    assert_eq!(
        found,
        [
            "`needs` must have no cycle, but has n0 → n2 → n1 → n0",
            "`needs` must have no cycle, but has n1 → n2 → n1",
            "`needs` must have no cycle, but has n3 → n3",
        ]
    );
    assert!(findings(&atlas, &NEVER).0.iter().any(|found| found.severity == Severity::Error));
}

#[test]
fn every_node_on_a_cycle_is_shown_and_no_other() {
    let mut thrown = crate::dice::Dice(3);
    let mut dice = |sides: usize| thrown.roll(sides);
    for _ in 0..150 {
        let count = 2 + dice(5);
        let edges: Vec<_> = (0..dice(9)).map(|_| (dice(count), dice(count), None)).collect();
        let mut reaches = vec![vec![false; count]; count];
        for (a, b, _) in &edges {
            reaches[*a][*b] = true;
        }
        for (via, a, b) in (0..count)
            .flat_map(|via| (0..count).flat_map(move |a| (0..count).map(move |b| (via, a, b))))
        {
            reaches[a][b] |= reaches[a][via] && reaches[via][b];
        }
        let found = messages(&atlas(count, &edges), "cycle");
        for (node, reaches) in reaches.iter().enumerate() {
            let name = format!("n{node}");
            let shown = found.iter().any(|message| message.split(' ').any(|word| word == name));
            assert_eq!(shown, reaches[node], "{edges:?} {found:?}");
        }
    }
}

#[test]
fn an_edge_that_follows_from_others_is_told_unless_a_source_states_it() {
    let edges = [(0, 1, None), (1, 2, None), (2, 3, None), (0, 3, None), (0, 2, Some("book"))];
    let found = messages(&atlas(4, &edges), "redundant-edge");
    // From what is needed first; a source states n0 needs n2, and what follows may rest on it.
    assert_eq!(found, ["it follows from n3 → n2 → n0"]);
}
