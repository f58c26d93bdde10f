//! Answers as JSON keep the schema that `--schema` publishes: every query of the documents, answered
//! or refused, on the built-in graph.

mod support;

use opsatlas::diagnostic::Text;
use opsatlas::query::{Limits, Session, statements};
use opsatlas::render::{ANSWER_SCHEMA, Look, error_as_json};
use opsatlas::{Atlas, Format};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::documents::{documents, fences};
use support::{out, run};

/// What is wrong with a value by a schema, as far as ours goes: the words it uses are all known
/// here, others are refused.
fn wrong(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Value::Object(words) = schema else {
        return vec![format!("{place}: a schema is an object")];
    };
    for (word, told) in words {
        let mut refuse = |message: String| found.push(format!("{place}: {message}"));
        match word.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let name = told.as_str().and_then(|path| path.strip_prefix("#/$defs/"));
                let schema = name.and_then(|name| root["$defs"].get(name)).expect("a definition");
                found.extend(wrong(root, schema, value, place));
            }
            "allOf" => {
                let all = told.as_array().expect("a list").iter();
                found.extend(all.flat_map(|schema| wrong(root, schema, value, place)));
            }
            "oneOf" => {
                let tried = told.as_array().expect("a list").iter();
                let tried: Vec<Vec<String>> =
                    tried.map(|schema| wrong(root, schema, value, place)).collect();
                if tried.iter().filter(|wrong| wrong.is_empty()).count() != 1 {
                    refuse(format!("not one of the forms: {tried:?}"));
                }
            }
            "const" => {
                if told != value {
                    refuse(format!("{value} instead of {told}"));
                }
            }
            "enum" => {
                if !told.as_array().expect("a list").contains(value) {
                    refuse(format!("{value} is none of {told}"));
                }
            }
            "type" => {
                let of = |name: &Value| is_a(value, name.as_str().expect("a name"));
                if !told.as_array().map_or_else(|| of(told), |names| names.iter().any(of)) {
                    refuse(format!("{value} is no {told}"));
                }
            }
            "required" => {
                let missing = told.as_array().expect("a list").iter();
                let missing = missing.filter(|name| {
                    value.is_object() && value.get(name.as_str().expect("a name")).is_none()
                });
                missing.for_each(|name| refuse(format!("{name} is missing")));
            }
            "properties" => {
                for (name, schema) in told.as_object().expect("an object") {
                    if let Some(member) = value.get(name) {
                        found.extend(wrong(root, schema, member, &format!("{place}/{name}")));
                    }
                }
            }
            "additionalProperties" => {
                for (name, member) in value.as_object().into_iter().flatten() {
                    if schema["properties"].get(name).is_some() {
                        continue;
                    }
                    match told {
                        Value::Bool(false) => found.push(format!("{place}: `{name}` is not told")),
                        told => found.extend(wrong(root, told, member, &format!("{place}/{name}"))),
                    }
                }
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(wrong(root, told, item, &format!("{place}/{at}")));
                }
            }
            "minItems" | "maxItems" => {
                let length = value.as_array().map_or(0, Vec::len) as u64;
                let bound = told.as_u64().expect("a number");
                if if word == "minItems" { length < bound } else { length > bound } {
                    refuse(format!("{length} items, {word} {bound}"));
                }
            }
            "minimum" => {
                if value.is_number() && value.as_f64() < told.as_f64() {
                    refuse(format!("{value} is less than {told}"));
                }
            }
            "pattern" => {
                let fits = |letter: char| match told.as_str() {
                    Some("^[0-9]+$") => letter.is_ascii_digit(),
                    Some("^[a-z0-9-]+$") => {
                        letter == '-' || letter.is_ascii_digit() || letter.is_ascii_lowercase()
                    }
                    other => panic!("the pattern {other:?} is not known here"),
                };
                if value.as_str().is_some_and(|text| text.is_empty() || !text.chars().all(fits)) {
                    refuse(format!("{value} does not fit {told}"));
                }
            }
            other => panic!("the word `{other}` is not known here"),
        }
    }
    found
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_number() && !value.to_string().contains(['.', 'e', 'E']),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the type `{other}` is not known here"),
    }
}

fn schema() -> Value {
    serde_json::from_str(ANSWER_SCHEMA).expect("the schema is JSON")
}

fn told(text: &str) -> Vec<String> {
    let schema = schema();
    wrong(&schema, &schema, &serde_json::from_str(text).expect("JSON"), "")
}

#[test]
fn every_answer_of_the_documents_keeps_the_schema() {
    let atlas = Atlas::built_in();
    let json = Format::named("json").expect("a format");
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    for (file, document) in documents() {
        for fence in fences(&document, "query").0 {
            let mut session = Session::new(&atlas);
            for statement in statements(&Text::new(file.as_str(), fence.trim_end())) {
                let query = statement.as_typed();
                let text = match session.answer(&statement, &Limits::default()) {
                    Ok(answer) => {
                        *shapes.entry(answer.shape().name().to_owned()).or_default() += 1;
                        let bytes = (json.write)(&answer, &Look::plain(query)).expect("JSON");
                        String::from_utf8(bytes).expect("UTF-8")
                    }
                    Err(problem) => {
                        *shapes.entry("error".to_owned()).or_default() += 1;
                        error_as_json(Some(query), &[problem])
                    }
                };
                let wrong = told(&text);
                assert!(wrong.is_empty(), "{file}: `{query}`: {}", wrong.join("\n"));
            }
        }
    }
    for shape in ["set", "paths", "plan", "table", "card", "value", "error"] {
        assert!(shapes.get(shape).is_some_and(|count| *count > 1), "{shape}: {shapes:?}");
    }
    let problems = Atlas::from_texts([("bad.json", r#"{"atlas": 1, "nodes": [{}, 3]}"#)]);
    let wrong = told(&error_as_json(None, &problems.expect_err("two problems")));
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A graph as nobody would write it: no kinds, odd names, a cycle, properties called as columns are.
const ODD: &str = r#"{"atlas": 1,
    "schema": {"relations": {"needs": {"prerequisite": "target", "owns": true}, "next": {"prerequisite": "source", "route": true}}},
    "nodes": [{"id": "to"}, {"id": "it's \"so\"", "aliases": ["then"]}, {"id": "-", "kind": ["x", "y z"]},
        {"id": "b", "properties": {"under": 3, "strength": 2, "hours": 0}}, {"id": "c", "properties": {"under": 1e300}}],
    "edges": [{"from": "to", "kind": "needs", "to": "b"}, {"from": "b", "kind": "needs", "to": "c"}, {"from": "c", "kind": "needs", "to": "b"},
        {"from": "-", "kind": "needs", "to": "it's \"so\"", "properties": {"any-of": "g"}}, {"from": "-", "kind": "needs", "to": "to", "properties": {"any-of": "g"}},
        {"from": "-", "kind": "next", "to": "to"}]}"#;

#[test]
fn answers_on_a_graph_of_ones_own_keep_it_too() {
    let atlas = Atlas::from_texts([("odd.json", ODD)]).expect("a graph");
    let json = Format::named("json").expect("a format");
    for query in [
        "nodes",
        "show b",
        "show \"it's \\\"so\\\"\"",
        "prereqs \"-\"",
        "unlocks c",
        "path \"-\" to \"to\"",
        "paths \"to\" to \"-\"",
        "plan \"-\"",
        "plan \"-\" minimize under default 1",
        "plan \"to\" minimize strength default 1",
        "plan \"-\" minimize sources",
        "compare b, c",
        "compare b, c then limit 1",
        "\"-\" then group by kind",
        "near b",
        "kinds",
        "relations",
        "check",
        "with { -b } nodes",
        "nodes then where kind is null then count",
        "nodes then offset 99",
    ] {
        let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem:?}"));
        let text = String::from_utf8((json.write)(&answer, &Look::plain(query)).expect("JSON"));
        let text = text.expect("UTF-8");
        assert_eq!(told(&text), Vec::<String>::new(), "{query}: {text}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_answer() {
    let answer = |members: &Value| {
        let mut answer = json!({
            "version": 1, "query": "q", "shape": "value", "complete": true, "count": 1,
            "notes": [], "value": 3,
        });
        for (name, value) in members.as_object().expect("an object") {
            match value {
                Value::Null => drop(answer.as_object_mut().expect("an object").remove(name)),
                value => answer[name.as_str()] = value.clone(),
            }
        }
        told(&answer.to_string())
    };
    assert_eq!(answer(&json!({})), Vec::<String>::new());
    for members in [
        json!({"version": 2}),
        json!({"version": null}),
        json!({"count": 1.5}),
        json!({"value": null}),
        json!({"shape": "set"}),
        json!({"shape": "set", "edges": [], "nodes": [{"id": "a"}]}),
        json!({"shape": "set", "nodes": [], "edges": [{"from": "a", "to": "b", "kind": "k", "layer": "l", "properties": {}, "sources": [], "more": 1}]}),
    ] {
        assert!(!answer(&members).is_empty(), "{members} is taken for an answer");
    }
}

#[test]
fn the_program_publishes_it() {
    let output = run(&["--schema"]);
    assert_eq!((output.status.code(), out(&output)), (Some(0), ANSWER_SCHEMA.to_owned()));
}

#[test]
fn what_is_said_stands_beside_the_row_that_says_it() {
    let atlas = Atlas::built_in();
    let json = Format::named("json").expect("a format");
    for query in [
        "compare gitops, mlops",
        "compare gitops, mlops then limit 4",
        "compare gitops, mlops then offset 9",
        "compare gitops, mlops then sort by aspect desc then limit 5",
        "compare gitops, mlops then where aspect = 'kind'",
    ] {
        for limit in [2, 100] {
            let answer = atlas.query(query).expect("an answer").limited(limit);
            let bytes = (json.write)(&answer, &Look::plain(query)).expect("JSON");
            let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
            let list = |value: &Value| value.as_array().expect("a list").clone();
            let (rows, said) = (list(&answer["rows"]), list(&answer["said"]));
            assert!(!rows.is_empty() && rows.len() == said.len(), "{query} {limit}");
            let cells = |rows: Vec<Value>| rows.iter().flat_map(list).collect::<Vec<Value>>();
            for (cell, said) in cells(rows).iter().zip(cells(said)) {
                let cell = cell.as_str().unwrap_or_default();
                let values = said.as_array().expect("statements").iter();
                let mut values = values.filter_map(|said| said["value"].as_str());
                assert!(values.all(|value| cell.contains(value)), "{query}: {cell} {said}");
            }
        }
    }
}
