//! What `why` says is true: it holds exactly for what an answer has, and every link is an edge.

use opsatlas::answer::{Answer, Body, Note};
use opsatlas::graph::{Atlas, NodeIndex};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

const SCHEMA: &str = r#"{"atlas": 1, "schema": {
  "kinds": {"stone": {"milestone": true}, "thing": {}},
  "relations": {
    "needs": {"prerequisite": "target"},
    "gives": {"prerequisite": "source", "strength": "recommended", "owns": true},
    "way": {"prerequisite": "source", "route": true},
    "enter": {"prerequisite": "source", "entry": true},
    "like": {"prerequisite": "none", "alternative": true},
    "door": {"prerequisite": "none", "route": true, "entry": true},
    "near": {"prerequisite": "none"}}}}"#;
const RELATIONS: [&str; 7] = ["needs", "gives", "way", "door", "near", "enter", "like"];

/// One query for each way a node comes into an answer or stays out of it.
const QUERIES: [&str; 40] = [
    "n0, n1",
    "things",
    "nodes",
    "prereqs n0",
    "prereqs n0, n1 required only",
    "prereqs n0 depth 1",
    "prereqs n2 over needs",
    "unlocks n0",
    "unlocks n0, n3 depth 2",
    "near n1",
    "near n1 depth 2",
    "near n1 over near",
    "near n0 depth 2 over near, way",
    "things of n0",
    "stones of n1, n2",
    "must n0",
    "must n0, n1",
    "ready",
    "ready for n0 knowing n1",
    "ready knowing only n1, n2 limit 2",
    "plan n0",
    "plan n0, n1 knowing n2",
    "plan n0 avoid n1 required only",
    "plan n1 -> n0",
    "path n0 -> n1",
    "path n0 -> n2 -> n1 avoid n3",
    "paths n0 -> n1",
    "paths n0 -> n2 -> n1 limit 2",
    "(paths n0 -> n1) union n2",
    "paths n0 -> n1 limit 1 then limit 1",
    "bottlenecks n0 -> n1 avoid n2",
    "bottlenecks n0 -> n1",
    "prereqs n0 union unlocks n1",
    "prereqs n0 except prereqs n1 except n2",
    "prereqs n0 intersect things",
    "things except (n1 union n2) union n1",
    "prereqs n0 then where kind = thing",
    "nodes then limit 3 then offset 1",
    "with { -n0; +n1 needs n2 } prereqs n1",
    "(plan n0) intersect (prereqs n1 then limit 4)",
];

fn random() -> impl Strategy<Value = Atlas> {
    let edge = (any::<Index>(), any::<Index>(), 0..7usize, 0..5u8);
    (4..8usize, vec(any::<bool>(), 8), vec(edge, 0..20)).prop_map(|(count, stones, edges)| {
        let node = |at: usize| json!({"id": format!("n{at}"), "kind": if stones[at] { "stone" } else { "thing" }});
        let edge = |(from, to, relation, group): &(Index, Index, usize, u8)| {
            let properties = if *group < 2 { json!({"any-of": group}) } else { json!({}) };
            json!({"from": format!("n{}", from.index(count)), "kind": RELATIONS[*relation],
                "to": format!("n{}", to.index(count)), "properties": properties, "sources": [{"source": "s"}]})
        };
        let text = json!({"atlas": 1, "nodes": (0..count).map(node).collect::<Vec<_>>(),
            "edges": edges.iter().map(edge).collect::<Vec<_>>()});
        Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("random.json", text.to_string())])
            .expect("a random graph is valid")
    })
}

/// Every change that is told does what it is told for.
fn changes_mend(
    atlas: &Atlas,
    query: &str,
    node: NodeIndex,
    notes: &[Note],
) -> Result<usize, TestCaseError> {
    let id = &atlas.node(node).id;
    let has = |query: &str| {
        let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
        answer.nodes().contains(&node)
    };
    let mut told = 0;
    for note in notes.iter().map(|note| &**note) {
        if let Some((_, rest)) = note.split_once("with { ") {
            let edits = rest.strip_suffix(" } …").expect("a change stands last");
            let changed = format!("with {{ {edits} }} {query}");
            prop_assert!(has(&changed), "{id}: {changed}");
            told += 1;
        }
        if let Some((_, rest)) = note.split_once("it would, if ") {
            let other = match rest.split_once(" were not avoided") {
                Some((avoided, _)) => {
                    let options = [format!(" avoid {avoided}"), format!(", {avoided}")];
                    options.iter().fold(query.to_owned(), |query, option| query.replace(option, ""))
                }
                None => {
                    let relation = rest.split('-').nth(1).expect("an edge").trim_start_matches('<');
                    let wider = query.replace("over needs", &format!("over needs, {relation}"));
                    wider.replace(" required only", "")
                }
            };
            prop_assert!(has(&other), "{id}: {note}: {other}");
            told += 1;
        }
    }
    Ok(told)
}

/// Every step of every chain is an edge of the graph between its two nodes.
fn links_are_edges(answer: &Answer, query: &str) -> Result<(), TestCaseError> {
    let Body::Paths(paths) = &answer.body else { return Err(TestCaseError::fail("not paths")) };
    for route in &paths.routes {
        prop_assert_eq!(route.hops.len() + 1, route.nodes.len());
        for (ends, hop) in route.nodes.windows(2).zip(&route.hops) {
            prop_assert!(!hop.is_empty());
            for edge in hop {
                let (from, to) = answer.atlas.ends(*edge);
                let there = answer.atlas.edges_from(from).contains(edge);
                prop_assert!(there && ([from, to] == ends || [to, from] == ends), "{query}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn why_tells_the_truth_about_every_node_and_query(atlas in random()) {
        for query in QUERIES {
            let inside = atlas.query(query).expect("an answer").nodes();
            for node in atlas.nodes() {
                let id = &atlas.node(node).id;
                if query.starts_with("with") && node == NodeIndex::new(0) {
                    continue;
                }
                let why = atlas.query(&format!("why {id} in ({query})")).expect("a reason");
                let denied = why.notes.iter().any(|note| note.ends_with("is not in it; this is why not"));
                prop_assert_eq!(denied, !inside.contains(&node), "{} in ({}): {:?}", id, query, why.notes);
                let not = atlas.query(&format!("why not {id} in ({query})")).expect("a reason");
                let granted = not.notes.iter().any(|note| note.contains("is in it: `why not` has no answer"));
                prop_assert_eq!(granted, inside.contains(&node));
                prop_assert!(why.count() > 0 && !not.notes.is_empty());
                // What a closure holds is told by a chain, not by its name alone.
                if query.starts_with("prereqs") && !query.contains("then") && granted {
                    let chained = why.paths().iter().any(|route| !route.hops.is_empty());
                    prop_assert!(chained, "{} in ({})", id, query);
                }
                links_are_edges(&why, query)?;
                links_are_edges(&not, query)?;
                changes_mend(&atlas, query, node, &not.notes)?;
            }
        }
    }

    #[test]
    fn why_of_paths_tells_whether_there_is_one(atlas in random()) {
        for query in ["path n0 -> n1", "path n0 -> n1 avoid n2", "path n0 -> n1 over needs", "path n0 -> n1 via n2"] {
            let there = atlas.query(query).expect("an answer").count() > 0;
            let why = atlas.query(&format!("why {query}")).expect("a reason");
            prop_assert_eq!(why.notes[0] == "there is no path; this is why not", !there);
            let not = atlas.query(&format!("why not {query}")).expect("a reason");
            prop_assert_eq!(not.notes[0] == "there is a path; this is why", there);
            links_are_edges(&why, query)?;
            links_are_edges(&not, query)?;
        }
    }
}
