//! `check` against naive twins on random graphs, and in time on large ones.

use opsatlas::answer::{Answer, Body, Table};
use opsatlas::graph::Atlas;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const SCHEMA: &str = r#"{"atlas": 1, "schema": {"relations": {
  "needs": {"prerequisite": "target", "acyclic": true},
  "part-of": {"prerequisite": "none", "acyclic": true},
  "likes": {"prerequisite": "target"}}}}"#;

fn checked(edges: &[Value], nodes: usize) -> Answer {
    let nodes: Vec<Value> = (0..nodes).map(|at| json!({"id": format!("n{at:07}")})).collect();
    let text = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
    let atlas = Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("g.json", text)]);
    atlas.expect("valid").query("check").expect("an answer")
}

fn check(edges: &[Value], nodes: usize) -> Table {
    match checked(edges, nodes).body {
        Body::Table(table) => table,
        other => panic!("a table, not {other:?}"),
    }
}

fn edge(from: usize, relation: &str, to: usize) -> Value {
    json!({"from": format!("n{from:07}"), "kind": relation, "to": format!("n{to:07}")})
}

/// Ids and messages of the rows with a code.
fn told(table: &Table, code: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = table.rows.iter().filter(|row| row[1] == code);
    rows.map(|row| (text(&row[2]), text(&row[3]))).collect()
}

type Arcs = Vec<(usize, usize, bool, bool)>;

/// Shortest ways between all nodes by arcs that `fits` takes.
fn distances(
    arcs: &Arcs,
    count: usize,
    fits: impl Fn(&(usize, usize, bool, bool)) -> bool,
) -> Vec<Vec<usize>> {
    let mut far = vec![vec![usize::MAX / 4; count]; count];
    for (from, to, ..) in arcs.iter().filter(|arc| fits(arc)) {
        far[*from][*to] = 1;
    }
    for via in 0..count {
        for from in 0..count {
            for to in 0..count {
                far[from][to] = far[from][to].min(far[from][via] + far[via][to]);
            }
        }
    }
    far
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cycles_are_told_with_a_shortest_witness(
        arcs in vec((0..7usize, 0..7usize), 0..14), relation in prop_oneof![Just("needs"), Just("part-of")]
    ) {
        let edges: Vec<Value> = arcs.iter().map(|(from, to)| edge(*from, relation, *to)).collect();
        let arcs: Arcs = arcs.into_iter().map(|(from, to)| (from, to, false, false)).collect();
        let far = distances(&arcs, 7, |_| true);
        let mut knots: BTreeSet<Vec<usize>> = BTreeSet::new();
        for (node, ways) in far.iter().enumerate() {
            if ways[node] < 100 {
                knots.insert((0..7).filter(|other| ways[*other] < 100 && far[*other][node] < 100).collect());
            }
        }
        let rows = told(&check(&edges, 7), "cycle");
        let rings: Vec<Vec<usize>> = rows.iter().map(|(_, message)| {
            message.rsplit_once("has ").expect("a ring").1.split(" → ").map(|id| id[1..].parse().expect("a number")).collect()
        }).collect();
        let nodes = |ring: &[usize]| -> BTreeSet<usize> { ring.iter().copied().collect() };
        let mut own = 0;
        for knot in &knots {
            let inside: Vec<&Vec<usize>> = rings.iter().filter(|ring| knot.contains(&ring[0])).collect();
            own += inside.len();
            // One of them is the shortest of all, and each node is on one.
            let shortest = knot.iter().map(|node| far[*node][*node]).min().expect("a node");
            prop_assert_eq!(inside.iter().map(|ring| ring.len() - 1).min(), Some(shortest));
            let shown: BTreeSet<usize> = inside.iter().flat_map(|ring| nodes(ring)).collect();
            prop_assert_eq!(shown, nodes(knot));
            for ring in &inside {
                // Each is a shortest through one of its nodes.
                prop_assert!(ring.iter().any(|node| far[*node][*node] == ring.len() - 1));
            }
            prop_assert!(inside.len() <= knot.len());
        }
        prop_assert_eq!(own, rings.len());
        for ring in rings {
            let is_arc = |from: usize, to: usize| far[from][to] == 1 || from == to && far[from][from] == 1;
            for hop in ring.windows(2) {
                let arc = if relation == "needs" { is_arc(hop[1], hop[0]) } else { is_arc(hop[0], hop[1]) };
                prop_assert!(arc, "{:?} is no ring", ring);
            }
        }
    }

    #[test]
    fn redundant_edges_are_those_that_others_imply(
        picks in vec((0..8usize, 0..8usize, any::<bool>(), any::<bool>(), any::<bool>()), 0..20)
    ) {
        let mut seen = BTreeSet::new();
        let picks: Vec<_> = picks.into_iter().filter(|(from, to, ..)| from > to && seen.insert((*from, *to))).collect();
        let edges: Vec<Value> = picks.iter().map(|(from, to, weak, choice, cited)| {
            let mut edge = edge(*from, "needs", *to);
            if *weak { edge["properties"]["strength"] = "recommended".into(); }
            if *choice { edge["properties"]["any-of"] = "x".into(); }
            if *cited { edge["sources"] = json!([{"source": "s"}]); }
            edge
        }).collect();
        let arcs: Arcs = picks.iter().map(|(from, to, weak, choice, _)| (*from, *to, *weak, *choice)).collect();
        let mut expected: Vec<String> = Vec::new();
        for (from, to, weak, choice, cited) in &picks {
            // Ways of more than one arc: through another node.
            let far = distances(&arcs, 8, |arc| !arc.3 && (*weak || !arc.2));
            let around = (0..8).any(|via| via != *from && via != *to && far[*from][via] < 100 && far[via][*to] < 100);
            if around && !choice && !cited {
                expected.push(format!("n{from:07} needs n{to:07}"));
            }
        }
        expected.sort();
        let found: Vec<String> = told(&check(&edges, 8), "redundant-edge").into_iter().map(|(id, _)| id).collect();
        prop_assert_eq!(found, expected);
    }
}

/// Codes, files and lines of all findings.
fn placed(files: &[(&str, &str)]) -> Vec<(String, String, u64)> {
    let files = files.iter().copied().chain([("schema.json", SCHEMA)]);
    let atlas = Atlas::from_texts(files).expect("valid");
    let Body::Table(table) = atlas.query("check").expect("an answer").body else {
        panic!("a table")
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = table.rows.iter();
    rows.map(|row| (text(&row[1]), text(&row[4]), row[5].as_u64().expect("a line"))).collect()
}

#[test]
fn findings_have_a_line_in_every_format() {
    let nodes = "id,name\na,Alpha\nb,\nc,\nd,alpha\ne,\n";
    let arcs = ["ab", "bc", "ca", "ab", "dd"].map(|arc| arc.split_at(1));
    let sheet = arcs.map(|(from, to)| format!("{from},needs,{to}\n")).concat();
    let dot = arcs.map(|(from, to)| format!("{from} -> {to} [kind=needs]\n")).concat();
    let xml = arcs.map(|(from, to)| {
        format!("<edge source='{from}' target='{to}'><data key='k'>needs</data></edge>\n")
    });
    let json = arcs.map(|(from, to)| {
        format!("{{\"source\": \"{from}\", \"target\": \"{to}\", \"relation\": \"needs\"}}")
    });
    // In each the nodes stand on the lines 2 to 6, and the edges on those from 7 on.
    let formats = [
        ("g.dot", format!("digraph {{\na [name=Alpha]\nb\nc\nd [name=alpha]\ne\n{dot}}}")),
        (
            "g.graphml",
            format!(
                "<graphml><key id='k' attr.name='kind'/><key id='n' attr.name='name'/><graph edgedefault='directed'>\n<node id='a'><data key='n'>Alpha</data></node>\n<node id='b'/>\n<node id='c'/>\n<node id='d'><data key='n'>alpha</data></node>\n<node id='e'/>\n{}</graph></graphml>",
                xml.concat()
            ),
        ),
        (
            "g.json",
            format!(
                "{{\"graph\": {{\"nodes\": {{\n\"a\": {{\"label\": \"Alpha\"}},\n\"b\": {{}},\n\"c\": {{}},\n\"d\": {{\"label\": \"alpha\"}},\n\"e\": {{}}}}, \"edges\": [\n{}]}}}}",
                json.join(",\n")
            ),
        ),
    ];
    let expected = |nodes: &str, edges: &str, before: u64| {
        let found = [
            ("cycle", edges, before + 3),
            ("cycle", edges, before + 5),
            ("repeated-edge", edges, before + 4),
            ("same-name", nodes, 2),
            ("self-loop", edges, before + 5),
            ("unconnected", nodes, 6),
        ];
        found.map(|(code, file, line)| (code.to_owned(), file.to_owned(), line)).to_vec()
    };
    let sheets = format!("from,kind,to\n{sheet}");
    assert_eq!(placed(&[("n.csv", nodes), ("e.csv", &sheets)]), expected("n.csv", "e.csv", 1));
    for (name, text) in formats {
        assert_eq!(placed(&[(name, &text)]), expected(name, name, 6), "{text}");
    }
}

#[test]
fn nodes_without_edges_are_told() {
    let found = told(&check(&[edge(0, "likes", 1)], 3), "unconnected");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "n0000002");
    assert!(check(&[], 3).rows.is_empty(), "a graph without edges is a list, not a mistake");
}

#[test]
fn large_graphs_are_checked_in_time() {
    const COUNT: usize = 200_000;
    let chain: Vec<Value> = (1..COUNT).map(|at| edge(at, "needs", at - 1)).collect();
    let mut ring = chain.clone();
    ring.push(edge(0, "needs", COUNT - 1));
    let dense: Vec<Value> =
        (1..700).flat_map(|from| (0..from).map(move |to| edge(from, "needs", to))).collect();
    for (edges, nodes, cycles) in [(chain, COUNT, 0), (ring, COUNT, 1), (dense, 700, 0)] {
        let begun = Instant::now();
        assert_eq!(checked(&edges, nodes).errors, Some(cycles));
        assert!(begun.elapsed() < Duration::from_secs(20), "it took {:?}", begun.elapsed());
    }
}

#[test]
fn edges_that_differ_in_a_property_are_not_repeated() {
    let mut other = edge(0, "likes", 1);
    other["sources"] = json!([{"source": "somebody"}]);
    let repeated = |edges: &[Value]| told(&check(edges, 2), "repeated-edge").len();
    assert_eq!(repeated(&[edge(0, "likes", 1), other.clone()]), 1);
    other["properties"] = json!({"why": "it can"});
    assert_eq!(repeated(&[edge(0, "likes", 1), other]), 0);
}
