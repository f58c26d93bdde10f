//! What the data says can be asked, and is shown.

use opsatlas::graph::{Atlas, NodeIndex};
use opsatlas::render::{FORMATS, Look};
use std::collections::BTreeSet;

/// An answer as a format writes it.
fn written(atlas: &Atlas, query: &str, format: &str) -> String {
    let format = FORMATS.iter().find(|known| known.name == format).expect("a format");
    let answer = atlas.query(query).expect("an answer");
    let bytes = (format.write)(&answer, &Look::plain(query)).expect("written");
    String::from_utf8(bytes).expect("text")
}

/// The ids of an answer's nodes, in its order.
fn ids(atlas: &Atlas, query: &str) -> Vec<String> {
    let nodes = atlas.query(query).expect("an answer").into_set();
    nodes.into_iter().map(|node| atlas.node(node).id.clone()).collect()
}

/// The nodes and whatever edges of a relation join to them, read from the facts.
fn widened(atlas: &Atlas, nodes: &BTreeSet<NodeIndex>, relation: &str) -> BTreeSet<NodeIndex> {
    let mut wider = nodes.clone();
    for edge in atlas.edges() {
        let (from, to) = atlas.ends(edge);
        if atlas.relation_of(edge).name == relation {
            for (one, other) in [(from, to), (to, from)] {
                if nodes.contains(&one) {
                    wider.insert(other);
                }
            }
        }
    }
    wider
}

#[test]
fn near_over_follows_these_relations_alone_in_both_directions() {
    let atlas = Atlas::built_in();
    for relation in &atlas.schema().relations {
        for id in ["gitops", "kubernetes", "devops-engineer"] {
            let mut wanted = BTreeSet::from(["kubernetes", id].map(|id| atlas.resolve(id)[0]));
            for depth in 1..=3 {
                wanted = widened(&atlas, &wanted, &relation.name);
                let query = format!("near {id}, kubernetes depth {depth} over {}", relation.name);
                let answer = atlas.query(&query).expect("an answer");
                let own = |edge| atlas.relation_of(edge).name == relation.name;
                assert!(answer.edges().into_iter().all(own), "{query}");
                assert_eq!(answer.into_set(), wanted.iter().copied().collect::<Vec<_>>());
            }
        }
    }
    assert_eq!(ids(&atlas, "near gitops depth 0 over moves-into"), ["gitops"]);
    let alone = atlas.query("near helm over moves-into").expect("an answer");
    assert_eq!(alone.notes, ["no edge of these relations joins anything to Helm"]);
    let why = atlas.query("why not gitops in (near helm over moves-into)").expect("an answer");
    assert!(
        why.notes[0].to_string().starts_with("no edges of these relations join GitOps"),
        "{why:?}"
    );
}

#[test]
fn a_card_shows_all_that_a_statement_says() {
    let atlas = Atlas::from_texts([(
        "case.json",
        r#"{"atlas": 1, "nodes": [{"id": "a", "properties": {"hours": [
            {"value": 4, "sources": [{"source": "s"}], "scope": "basics", "pace": {"a day": 2}},
            {"value": 9}]}}, {"id": "b"}],
          "edges": [{"from": "a", "kind": "needs", "to": "b", "properties": {"as": "tool"}}]}"#
            .to_owned(),
    )])
    .expect("a graph");
    let card = written(&atlas, "show a", "table");
    assert!(card.contains("\n    4  (pace a day 2; scope basics)  s\n    9\n"), "{card}");
    assert!(card.contains("\n    b  (as tool)\n"), "{card}");
    let rows = written(&atlas, "show a", "csv");
    assert!(rows.starts_with("statement,about,value,layer,sources,details\n"), "{rows}");
    assert!(rows.contains("property,hours,4,,s,pace a day 2; scope basics\n"), "{rows}");
    assert!(rows.contains(",as tool\n"), "{rows}");
}

#[test]
fn a_path_tells_what_the_schema_wants_told_of_its_edges() {
    let atlas = Atlas::built_in();
    for (query, format) in [
        ("path data-science -> mlops", "table"),
        ("path data-science -> mlops shortest", "table"),
        ("path data-science -> mlops", "tree"),
        ("path data-science -> mlops", "md"),
        ("path data-science -> mlops", "csv"),
        ("paths data-science -> mlops limit 2", "table"),
    ] {
        let told = written(&atlas, query, format);
        assert!(told.contains("to-learn production systems"), "{query} as {format}: {told}");
    }
    // What the schema does not ask for is not told, nor is it told of a way that does not take it.
    let text = opsatlas::data::save(&atlas);
    assert_eq!(text.matches(r#""on-path":true"#).count(), 1);
    let silent = Atlas::from_texts([("case.json", text.replace(r#""on-path":true,"#, ""))]);
    let silent = silent.expect("a graph");
    assert!(!written(&silent, "path data-science -> mlops", "table").contains("to-learn"));
    assert!(!written(&atlas, "path devops -> mlops", "table").contains("to-learn"));
}

#[test]
fn a_list_keeps_its_order_if_it_has_one() {
    let file = |last: &str| {
        let edges = [("z", "1"), ("m", "3"), ("m", "2.5"), ("b", "10"), ("a", last), ("x", "0")];
        let edges = edges.map(|(to, order)| {
            let relation = if to == "x" { "knows" } else { "holds" };
            let order =
                if order.is_empty() { String::new() } else { format!(r#""order": {order}"#) };
            format!(
                r#"{{"from": "l", "kind": "{relation}", "to": "{to}", "properties": {{{order}}}}}"#
            )
        });
        let nodes = ["z", "m", "b", "a", "x"];
        let nodes = nodes.map(|id| format!(r#"{{"id": "{id}", "kind": "thing"}}"#)).join(", ");
        let text = format!(
            r#"{{"atlas": 1, "schema": {{"relations": {{"holds": {{"owns": true, "prerequisite": "none"}}}}}},
              "nodes": [{{"id": "l", "kind": "list"}}, {{"id": "k", "kind": "list"}}, {nodes}],
              "edges": [{{"from": "k", "kind": "holds", "to": "m", "properties": {{"order": 1}}}},
                {}]}}"#,
            edges.join(", ")
        );
        Atlas::from_texts([("case.json", text)]).expect("a graph")
    };
    let numbered = file("2.5");
    assert_eq!(ids(&numbered, "things of l"), ["z", "a", "m", "b"]);
    assert_eq!(ids(&numbered, "things of l then where id <> \"z\""), ["a", "m", "b"]);
    assert_eq!(ids(&numbered, "things of l, k"), ["a", "b", "m", "z"]);
    assert_eq!(ids(&numbered, "lists of m"), ["k", "l"]);
    // One without a place, and there is no order to tell.
    assert_eq!(ids(&file(""), "things of l"), ["a", "b", "m", "z"]);
    let phases = ids(&Atlas::built_in(), "concepts of llmops-lifecycle");
    assert_eq!(phases[0], "ai-use-case-definition");
    assert_eq!(phases.last().map(String::as_str), Some("llm-output-monitoring"));
}
