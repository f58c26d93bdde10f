//! Files with oddities, read here and by `serde_json` alone.

use super::{read, save};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, Builder};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

fn load(text: &str) -> Result<Atlas, Vec<Diagnostic>> {
    let mut builder = Builder::new();
    read(&mut builder, &Text::new("x.json", text), "x");
    builder.finish()
}

/// A value, most of them with some oddity.
fn value() -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(vec![
        "1",
        "-0.50",
        "12345678901234567890123",
        "null",
        "\"\"",
        "\"t\"",
        "\"\\u0074\"",
        "[\"t\", \"u\", \"t\"]",
        "[]",
        "[7]",
        "{\"a\": [true]}",
        "[{\"value\": 1, \"sources\": []}]",
        "{\"a\": 1, \"a\": 2}",
        "\"\\ud800\"",
        "[",
    ])
}

fn objects(members: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::vec(members, 0..4).prop_map(|objects| objects.join(", "))
}

fn native_file() -> impl Strategy<Value = String> {
    let id = prop::sample::select(vec!["a", "b", "c", "", "\\u0061d"]);
    let key = prop::sample::select(vec!["kind", "name", "aliases", "odd", "sources", "properties"]);
    let member = (key, value()).prop_map(|(key, value)| match key {
        "properties" => format!("\"properties\": {{\"p\": {value}}}"),
        "sources" => format!("\"sources\": [{{\"source\": {value}, \"line\": 3}}]"),
        key => format!("\"{key}\": {value}"),
    });
    let more = prop::collection::vec(member, 0..3);
    let node = (id.clone(), more).prop_map(|(id, more)| {
        format!("{{{}}}", [vec![format!("\"id\": \"{id}\"")], more].concat().join(", "))
    });
    let edge = (id.clone(), id).prop_map(|(from, to)| {
        format!("{{\"from\": \"{from}\", \"kind\": \"r\", \"to\": \"{to}\"}}")
    });
    (objects(node), objects(edge)).prop_map(|(nodes, edges)| {
        format!("{{\"edges\": [{edges}], \"atlas\": 1, \"nodes\": [{nodes}]}}")
    })
}

fn link_file() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec!["kind", "type", "name", "label", "aliases", "weight"]);
    let member = (key, value()).prop_map(|(key, value)| format!("\"{key}\": {value}"));
    let id = prop::sample::select(vec!["\"a\"", "\"b\"", "\"\\u0063\"", "1", "2.0", "\"\""]);
    let more = prop::collection::vec(member, 0..3);
    let node = (id.clone(), more.clone()).prop_map(|(id, more)| {
        format!("{{ {}}}", [vec![format!("\"id\" : {id}")], more].concat().join(", "))
    });
    let link = (id.clone(), id, more).prop_map(|(from, to, more)| {
        let ends = vec![format!("\"source\":{from}"), format!("\"target\": {to}")];
        format!("{{{}}}", [ends, more].concat().join(", "))
    });
    let head = prop::sample::select(vec!["", "\"directed\": true, ", "\"graph\": {}, "]);
    (head, objects(node), prop::sample::select(vec!["links", "edges"]), objects(link)).prop_map(
        |(head, nodes, key, links)| format!("{{{head}\"nodes\": [{nodes}], \"{key}\": [{links}]}}"),
    )
}

/// What a file says of each node's properties, as `serde_json` alone reads it.
fn said(file: &Value) -> BTreeMap<String, Map<String, Value>> {
    let nodes = file["nodes"].as_array().expect("nodes").iter();
    let said = nodes.map(|node| {
        let id = node["id"].as_str().map_or_else(|| node["id"].to_string(), str::to_owned);
        let mut properties = node["properties"].as_object().cloned().unwrap_or_default();
        if file.get("atlas").is_none() {
            properties = node.as_object().expect("an object").clone();
            properties.retain(|key, _| key == "weight");
        }
        (id, properties)
    });
    said.collect()
}

/// What the graph says of the same.
fn kept(file: &Value, atlas: &Atlas) -> BTreeMap<String, Map<String, Value>> {
    let kept = atlas.nodes().map(|node| {
        let facts = atlas.node(node);
        let properties =
            facts.properties.iter().map(|(key, value)| (key.to_owned(), value.clone()));
        let mut properties: Map<String, Value> = properties.collect();
        if file.get("atlas").is_none() {
            properties.retain(|key, _| key == "weight");
        }
        (facts.id.clone(), properties)
    });
    kept.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_what_the_file_says(text in prop_oneof![native_file(), link_file()]) {
        match (load(&text), serde_json::from_str::<Value>(&text)) {
            (Ok(atlas), Ok(file)) => {
                prop_assert_eq!(kept(&file, &atlas), said(&file), "{}", text);
                let edges = file.get("links").or(file.get("edges")).and_then(Value::as_array);
                prop_assert_eq!(atlas.edges().len(), edges.map_or(0, Vec::len), "{}", text);
                let again = load(&save(&atlas));
                prop_assert_eq!(again.map(|again| save(&again)), Ok(save(&atlas)));
            }
            (Ok(_), Err(error)) => prop_assert!(false, "{} is read: {}", text, error),
            (Err(problems), _) => {
                prop_assert!(problems.iter().all(|problem| problem.place.is_some()), "{}", text);
            }
        }
    }
}

#[test]
fn a_key_that_looks_like_a_number_is_none() {
    let value = r#"{"$serde_json::private::Number":"12"}"#;
    let native =
        format!(r#"{{"atlas": 1, "nodes": [{{"id": "a", "properties": {{"p": {value}}}}}]}}"#);
    let links =
        format!(r#"{{"directed": true, "nodes": [{{"id": "a", "p": {value}}}], "links": []}}"#);
    for text in [native, links] {
        assert!(load(&text).is_ok_and(|atlas| save(&atlas).contains(value)));
    }
}

#[test]
fn each_problem_has_its_place_and_tells_of_what() {
    let text = r#"{"nodes": [{"id": "a", "name": 1}, 2, {"kind": "k"}], "atlas": 1,
 "edges": [{"from": "a", "to": "b", "odd": 0}]}"#;
    let problems = load(text).expect_err("problems");
    let told: Vec<_> = problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().map(crate::diagnostic::Place::line_and_column);
            (problem.code, place.unwrap_or_default(), problem.id.as_deref())
        })
        .collect();
    let expected = [
        ("wrong-type", (1, 32), Some("a")),
        ("wrong-type", (1, 36), None),
        ("missing-member", (1, 39), None),
        ("missing-member", (2, 12), Some("a b")),
        ("unknown-member", (2, 37), Some("a b")),
    ];
    assert_eq!(told, expected);
}

#[test]
fn values_nest_as_deep_as_told() {
    let nested = |depth: usize| {
        let value = json!({"p": "x"})
            .to_string()
            .replace("\"x\"", &("[".repeat(depth) + &"]".repeat(depth)));
        load(&format!(r#"{{"atlas": 1, "nodes": [{{"id": "a", "properties": {value}}}]}}"#))
    };
    assert!(nested(128).is_ok());
    assert_eq!(nested(129).expect_err("too deep")[0].code, "too-deep");
}
