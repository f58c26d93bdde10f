//! `graph-data/graph.schema.json`, which editors read, against the reader: what one accepts, so
//! does the other. The few keywords of JSON Schema that it uses are checked here.

mod support;

use opsatlas::graph::Atlas;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use support::root;

/// Does `value` fit `schema`, a part of `whole`? Panics on a keyword it does not know, so that
/// none is passed over.
fn fits(whole: &Value, schema: &Value, value: &Value) -> bool {
    let all = |list: &Value| {
        list.as_array()
            .expect("a list")
            .iter()
            .map(|part| fits(whole, part, value))
            .collect::<Vec<bool>>()
    };
    schema.as_object().expect("an object").iter().all(|(keyword, wanted)| match keyword.as_str() {
        "$ref" => {
            let path = wanted.as_str().expect("a path").trim_start_matches('#');
            fits(whole, whole.pointer(path).expect("it is there"), value)
        }
        "type" => match wanted.as_str().expect("a word") {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            other => panic!("the type {other}"),
        },
        "const" => value == wanted,
        "enum" => wanted.as_array().expect("a list").contains(value),
        "minimum" => {
            value.as_f64().is_none_or(|number| number >= wanted.as_f64().expect("a number"))
        }
        "maximum" => {
            value.as_f64().is_none_or(|number| number <= wanted.as_f64().expect("a number"))
        }
        "minLength" => value.as_str().is_none_or(|text| !text.is_empty()),
        "pattern" => value.as_str().is_none_or(|text| match wanted.as_str().expect("a pattern") {
            "^[^\\u0000]*$" => !text.contains('\0'),
            "^#[0-9A-Fa-f]{6}$" => {
                text.len() == 7
                    && text.starts_with('#')
                    && text[1..].bytes().all(|digit| digit.is_ascii_hexdigit())
            }
            other => panic!("the pattern {other}"),
        }),
        "anyOf" => all(wanted).into_iter().any(|fit| fit),
        "oneOf" => all(wanted).into_iter().filter(|fit| *fit).count() == 1,
        "required" => value.as_object().is_none_or(|parts| {
            wanted
                .as_array()
                .expect("a list")
                .iter()
                .all(|name| parts.contains_key(name.as_str().expect("a name")))
        }),
        "items" => {
            value.as_array().is_none_or(|items| items.iter().all(|item| fits(whole, wanted, item)))
        }
        "propertyNames" => value.as_object().is_none_or(|parts| {
            parts.keys().all(|name| fits(whole, wanted, &name.as_str().into()))
        }),
        "properties" => value.as_object().is_none_or(|parts| {
            parts
                .iter()
                .all(|(name, part)| wanted.get(name).is_none_or(|schema| fits(whole, schema, part)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|parts| {
            let declared = |name: &str| {
                schema.get("properties").is_some_and(|known| known.get(name).is_some())
            };
            let mut others = parts.iter().filter(|(name, _)| !declared(name));
            others.all(|(_, part)| wanted.is_object() && fits(whole, wanted, part))
        }),
        "$schema" | "$defs" | "title" | "description" => true,
        other => panic!("the keyword {other}"),
    })
}

fn schema() -> Value {
    let text =
        std::fs::read_to_string(root().join("graph-data/graph.schema.json")).expect("the schema");
    serde_json::from_str(&text).expect("JSON")
}

/// Does the reader take the file? What a schema cannot say, dangling ends and ids that stand
/// twice, counts as taken.
fn reads(text: &str) -> bool {
    let beyond = ["dangling-end", "duplicate-id", "duplicate-key", "undeclared"];
    match Atlas::from_texts([("g.json", text)]) {
        Ok(_) => true,
        Err(problems) => problems.iter().all(|problem| beyond.contains(&problem.code)),
    }
}

fn agree(schema: &Value, file: &Value) -> Result<(), String> {
    let (fits, reads) = (fits(schema, schema, file), reads(&file.to_string()));
    if fits == reads { Ok(()) } else { Err(format!("schema {fits}, reader {reads}: {file}")) }
}

#[test]
fn the_schema_takes_the_built_in_files_and_the_documents() {
    let schema = schema();
    let mut files = 0;
    for folder in ["graph-data", "graph-data/texts", "graph-data/practice"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|end| end == "json")
                && !path.ends_with("graph.schema.json")
            {
                let text = std::fs::read_to_string(&path).expect("a file");
                let file: Value = serde_json::from_str(&text).expect("JSON");
                assert!(fits(&schema, &schema, &file), "{}", path.display());
                files += 1;
            }
        }
    }
    for name in ["errors", "data-format", "language", "guide"] {
        let text =
            std::fs::read_to_string(root().join(format!("docs/{name}.md"))).expect("a document");
        for fence in text.split("```json file=").skip(1) {
            let body =
                fence.split_once('\n').expect("a body").1.split("```").next().expect("a body");
            let Ok(file) = serde_json::from_str::<Value>(body) else { continue };
            if file.get("atlas").is_some() {
                agree(&schema, &file).unwrap_or_else(|problem| panic!("{name}.md: {problem}"));
                files += 1;
            }
        }
    }
    assert!(files > 40, "only {files} files were found");
}

/// A file with something of everything.
fn sample() -> Value {
    let cited = json!([{"source": "s", "section": "x", "line": 3, "address": "y"}]);
    json!({"atlas": 1, "$schema": "z",
        "schema": {
            "kinds": {"tool": {"plural": "tools", "milestone": true, "color": "#1f6feb", "summary": "x"}},
            "relations": {"needs": {"prerequisite": "target", "strength": "required", "acyclic": false, "route": true,
                "entry": false, "owns": true, "alternative": false, "inverse": "x", "summary": "y"}},
            "fields": {"hours": {"type": "any", "stands-in-for": "tool", "about": "source", "on-path": true}},
            "roadmap": [{"label": "x", "relation": "needs", "kind": "tool", "limit": 3, "at": "end"}, {"label": "y", "field": "hours"}],
            "closed": false},
        "sources": [{"id": "s", "title": "t", "file": "f", "address": "a", "covers": "c"}],
        "nodes": [{"id": "a", "kind": ["tool", "x"], "name": "A", "aliases": ["b", ""], "properties": {"p": [1, {"q": null}]}, "sources": cited},
            {"id": "b", "kind": "tool", "aliases": "c"}],
        "edges": [{"from": "a", "kind": "needs", "to": "b", "properties": {}, "sources": cited}]})
}

/// All places of a value, as pointers.
fn places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((path, value)) = open.pop() {
        let inner: Vec<(String, &Value)> = match value {
            Value::Object(parts) => {
                parts.iter().map(|(name, part)| (format!("{path}/{name}"), part)).collect()
            }
            Value::Array(items) => {
                items.iter().enumerate().map(|(at, item)| (format!("{path}/{at}"), item)).collect()
            }
            _ => Vec::new(),
        };
        // What a property holds is free.
        if !path.ends_with("/properties") && path != "/$schema" {
            open.extend(inner);
        }
        found.push(path);
    }
    found.sort();
    found
}

#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Remove,
    Add(&'static str, Value),
}

fn change() -> impl Strategy<Value = Change> {
    let odd = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(2),
        json!(""),
        json!("x"),
        json!("a\0b"),
        json!("#12345g"),
        json!("#ABCDEF"),
        json!("target"),
        json!("any"),
        json!([]),
        json!([""]),
        json!(["x"]),
        json!([1]),
        json!({}),
        json!({"id": "q"}),
        json!({"": {}}),
        json!({"x": 1}),
        json!([{"source": "s"}]),
        json!([{"label": "l"}]),
    ];
    let names =
        vec!["id", "kind", "source", "label", "field", "unknown", "line", "limit", "at", "type"];
    prop_oneof![
        3 => select(odd.clone()).prop_map(Change::Replace),
        1 => Just(Change::Remove),
        2 => (select(names), select(odd)).prop_map(|(name, value)| Change::Add(name, value)),
    ]
}

fn changed(mut file: Value, path: &str, change: Change) -> Value {
    let (parent, last) = path.rsplit_once('/').unwrap_or(("", ""));
    match change {
        Change::Replace(value) => *file.pointer_mut(path).expect("a place") = value,
        Change::Remove => match file.pointer_mut(parent) {
            Some(Value::Object(parts)) => drop(parts.remove(last)),
            Some(Value::Array(items)) => drop(items.pop()),
            _ => {}
        },
        Change::Add(name, value) => match file.pointer_mut(path) {
            Some(Value::Object(parts)) => drop(parts.insert(name.to_owned(), value)),
            Some(Value::Array(items)) => items.push(value),
            _ => {}
        },
    }
    file
}

#[test]
fn the_sample_has_everything_the_schema_names() {
    let (schema, sample) = (schema(), sample());
    agree(&schema, &sample).expect("the sample is valid");
    let mut names = Vec::new();
    let mut open = vec![&schema];
    while let Some(part) = open.pop() {
        if let Some(properties) = part.get("properties").and_then(Value::as_object) {
            // A member may itself be called `properties`.
            let declared = properties.iter().filter(|_| properties.values().all(Value::is_object));
            names.extend(declared.map(|(name, _)| name.clone()));
        }
        open.extend(part.as_object().map(Map::values).into_iter().flatten());
        open.extend(part.as_array().into_iter().flatten());
    }
    let text = sample.to_string();
    assert!(names.len() > 40 && names.iter().all(|name| text.contains(&format!("\"{name}\":"))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_reader_agree_on_broken_files(
        first in (any::<prop::sample::Index>(), change()), second in prop::option::of((any::<prop::sample::Index>(), change()))
    ) {
        let mut file = sample();
        for (place, change) in [Some(first), second].into_iter().flatten() {
            let places = places(&file);
            file = changed(file, &places[place.index(places.len())], change);
            if !file.is_object() || file.get("atlas").is_none() {
                // Without `atlas` it is no native file, and another reader's business.
                return Ok(());
            }
        }
        prop_assert_eq!(agree(&schema(), &file), Ok(()));
    }
}
