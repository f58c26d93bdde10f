//! Deep is as safe as wide: graphs on which anything but a linear walk would not come to an end.

use opsatlas::answer::Shape;
use opsatlas::diagnostic::Text;
use opsatlas::graph::Atlas;
use opsatlas::query::{Statement, statements};
use opsatlas::render::{FORMATS, Look};
use serde_json::{Value, json};

const COUNT: usize = 50_000;

/// Nodes `n0` … with edges `needs` between them; all are milestones.
fn graph(ends: impl Iterator<Item = (usize, usize)>) -> Atlas {
    graph_of(COUNT, ends)
}

fn graph_of(count: usize, ends: impl Iterator<Item = (usize, usize)>) -> Atlas {
    let nodes: Vec<Value> =
        (0..count).map(|at| json!({"id": format!("n{at}"), "kind": "step"})).collect();
    let edges: Vec<Value> = ends
        .map(|(from, to)| json!({"from": format!("n{from}"), "kind": "needs", "to": format!("n{to}")}))
        .collect();
    let schema = json!({
        "kinds": {"step": {"milestone": true}, "gem": {}},
        "relations": {"needs": {"prerequisite": "target", "owns": true}},
    });
    let file = json!({"atlas": 1, "schema": schema, "nodes": nodes, "edges": edges});
    Atlas::from_texts([("large.json", file.to_string())]).expect("a valid graph")
}

/// The answer's count, once every text format has written it.
fn count(atlas: &Atlas, query: &str) -> usize {
    let answer = atlas.query(query).expect("an answer");
    for format in FORMATS.iter().filter(|format| !format.single) {
        let written = (format.write)(&answer, &Look::plain(query));
        assert!(written.is_ok() || answer.shape() == Shape::Table, "{}: {query}", format.name);
    }
    answer.count()
}

#[test]
fn a_chain_and_a_ring() {
    let chain = graph((1..COUNT).map(|at| (at, at - 1)));
    let last = COUNT - 1;
    assert_eq!(count(&chain, &format!("prereqs n{last}")), last);
    assert_eq!(count(&chain, "unlocks n0"), last);
    assert_eq!(count(&chain, &format!("gems of n{last}")), 0);
    let answer = chain.query(&format!("paths n0 -> n{last} limit 2")).expect("an answer");
    assert_eq!(answer.nodes().len(), COUNT);
    let ring = graph((0..COUNT).map(|at| (at, (at + 1) % COUNT)));
    assert_eq!(count(&ring, "prereqs n0"), last);
}

#[test]
fn many_that_have_something_from_far_away() {
    let last = COUNT - 1;
    let nodes: Vec<Value> = (0..COUNT)
        .map(|at| json!({"id": format!("n{at}"), "kind": "thing"}))
        .chain([json!({"id": "ruby", "kind": "gem"})])
        .collect();
    let edges: Vec<Value> = (1..COUNT)
        .map(|at| json!({"from": format!("n{at}"), "kind": "needs", "to": format!("n{}", at - 1)}))
        .chain([json!({"from": "n0", "kind": "has", "to": "ruby"})])
        .collect();
    let schema = json!({
        "kinds": {"thing": {}, "gem": {}},
        "relations": {"needs": {"prerequisite": "target"}, "has": {"prerequisite": "none", "owns": true}},
    });
    let file = json!({"atlas": 1, "schema": schema, "nodes": nodes, "edges": edges});
    let chain = Atlas::from_texts([("chain.json", file.to_string())]).expect("a valid graph");
    let answer = chain.query(&format!("gems of (prereqs n{last})")).expect("an answer");
    assert_eq!((answer.count(), answer.notes.len()), (1, last - 1));
}

#[test]
fn plans_of_a_chain_a_ring_and_a_ladder_of_choices() {
    let last = COUNT - 1;
    let chain = graph((1..COUNT).map(|at| (at, at - 1)));
    assert_eq!(count(&chain, &format!("plan n{last}")), COUNT);
    assert_eq!(count(&chain, &format!("must n{last}")), COUNT);
    assert_eq!(count(&chain, &format!("plan n{last} knowing n{}", last - 10)), 10);
    assert_eq!(count(&chain, "ready"), 1);
    let why = chain.query(&format!("why n0 in (plan n{last})")).expect("an answer");
    assert_eq!(why.nodes().len(), COUNT);
    assert_eq!(count(&chain, &format!("why not n{last} in (prereqs n0)")), 1);
    let ring = graph((0..COUNT).map(|at| (at, (at + 1) % COUNT)));
    assert_eq!(count(&ring, "plan n0"), 1);
    assert_eq!(ring.query("plan n0").expect("an answer").nodes().len(), COUNT);
    // Each rung needs one of two, both of which need the rung before.
    let rungs = 3_000;
    let edge = |from: String, to: String, group: bool| {
        let properties = if group { json!({"any-of": 1}) } else { json!({}) };
        json!({"from": from, "kind": "needs", "to": to, "properties": properties})
    };
    let edges = (1..rungs).flat_map(|at| {
        ["a", "b"].into_iter().flat_map(move |side| {
            let side = format!("{side}{at}");
            [edge(format!("n{at}"), side.clone(), true), edge(side, format!("n{}", at - 1), false)]
        })
    });
    let nodes =
        (0..rungs).flat_map(|at| ["n", "a", "b"].map(|side| json!({"id": format!("{side}{at}")})));
    let file = json!({"atlas": 1, "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>(),
        "schema": {"relations": {"needs": {"prerequisite": "target"}}}});
    let ladder = Atlas::from_texts([("ladder.json", file.to_string())]).expect("a valid graph");
    let top = rungs - 1;
    assert_eq!(count(&ladder, &format!("plan n{top}")), 2 * rungs - 1);
    assert_eq!(count(&ladder, &format!("must n{top}")), rungs);
}

#[test]
fn a_star() {
    let star = graph((1..COUNT).map(|at| (0, at)));
    assert_eq!(count(&star, "prereqs n0"), COUNT - 1);
    assert_eq!(count(&star, "unlocks n1"), 1);
    assert_eq!(count(&star, "steps of n0"), COUNT - 1);
    assert_eq!(count(&star, "compare n0, n1"), 4, "kind, steps both ways, prerequisites");
}

#[test]
fn diamonds_are_counted_and_not_walked() {
    let diamond = |at: usize| {
        [
            (3 * at + 1, 3 * at),
            (3 * at + 2, 3 * at),
            (3 * at + 3, 3 * at + 1),
            (3 * at + 3, 3 * at + 2),
        ]
    };
    let ladder = graph((0..150).flat_map(diamond));
    let answer = ladder.query("paths n0 -> n180 limit 3").expect("an answer");
    let json = FORMATS.iter().find(|format| format.name == "json").expect("a format");
    let text = (json.write)(&answer, &Look::plain("")).expect("written");
    let text: Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!(text["shortest_count"], (1u64 << 60).to_string());
    assert_eq!(answer.count(), 3);
    // More than any machine word holds.
    let answer = ladder.query("path n0 -> n450").expect("an answer");
    let text = (json.write)(&answer, &Look::plain("")).expect("written");
    let text: Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!(text["shortest_count"], "1427247692705959881058285969449495136382746624");
}

/// What takes long unless built for release:
/// `cargo test --release --test large -- --ignored --test-threads 1`
mod huge {
    use super::{count, graph_of};

    const MILLION: usize = 1_000_000;

    #[test]
    #[ignore = "takes gigabytes"]
    fn a_chain_of_a_million() {
        let chain = graph_of(MILLION, (1..MILLION).map(|at| (at, at - 1)));
        let last = MILLION - 1;
        assert_eq!(chain.query(&format!("prereqs n{last}")).expect("an answer").count(), last);
        assert_eq!(
            chain.query(&format!("path n0 -> n{last}")).expect("one").nodes().len(),
            MILLION
        );
        let none = chain.query(&format!("path n{last} -> n0")).expect("an answer");
        assert!(none.notes.iter().all(|note| note.len() < 1_000), "a note lists all");
        assert_eq!(none.count(), 0);
        assert_eq!(count(&chain, &format!("gems of n{last}")), 0);
    }

    #[test]
    #[ignore = "takes gigabytes"]
    fn a_ring_and_a_star_of_a_million() {
        let ring = graph_of(MILLION, (0..MILLION).map(|at| (at, (at + 1) % MILLION)));
        assert_eq!(ring.query("unlocks n7").expect("an answer").count(), MILLION - 1);
        assert_eq!(ring.query("path n0 -> n1").expect("an answer").nodes().len(), MILLION);
        let star = graph_of(MILLION, (1..MILLION).map(|at| (0, at)));
        assert_eq!(star.query("prereqs n0").expect("an answer").count(), MILLION - 1);
        assert_eq!(star.query("steps of n0").expect("an answer").count(), MILLION - 1);
    }

    #[test]
    #[ignore = "takes gigabytes"]
    fn a_complete_graph_and_a_tournament() {
        let pairs = |size: usize| (0..size).flat_map(move |a| (0..size).map(move |b| (a, b)));
        let complete = graph_of(2000, pairs(2000).filter(|(a, b)| a != b));
        assert_eq!(complete.query("prereqs n0").expect("an answer").count(), 1999);
        assert_eq!(complete.query("paths n0 -> n1 limit 3").expect("an answer").count(), 3);
        let tournament = graph_of(300, pairs(300).filter(|(a, b)| a > b));
        assert_eq!(tournament.query("paths n0 -> n299 limit 5").expect("an answer").count(), 5);
    }
}

#[test]
fn a_batch_of_brackets_that_never_close() {
    let lines = "(\n".repeat(COUNT);
    assert_eq!(statements(&Text::new("batch", lines)).len(), COUNT);
    let good = statements(&Text::new("batch", "nodes\n(kinds,\n tools)\n(nodes\nkinds"));
    let typed: Vec<&str> = good.iter().map(Statement::as_typed).collect();
    assert_eq!(typed, ["nodes", "(kinds,\n tools)", "(nodes", "kinds"]);
}
