//! Every file that once made the program fail. Those in `refused/` are told with a place, those in
//! `loaded/` load and survive saving, each line in `queries.txt` is answered or told.

mod support;

use opsatlas::data::save;
use opsatlas::graph::Atlas;
use opsatlas::render::{FORMATS, Look};
use serde_json::Value;
use support::{root, texts_in};

fn files(folder: &str) -> Vec<(String, String)> {
    texts_in(&format!("tests/regressions/{folder}"))
}

/// The answer to a query, but for the names of layers, which saving forgets.
fn told(atlas: &Atlas, query: &str) -> Value {
    let answer = atlas.query(query).expect(query);
    let json = FORMATS.iter().find(|format| format.name == "json").expect("a format");
    let bytes = (json.write)(&answer, &Look::plain(query)).expect(query);
    let mut told: Value = serde_json::from_slice(&bytes).expect("JSON");
    for part in ["nodes", "edges"] {
        for fact in told[part].as_array_mut().into_iter().flatten() {
            fact["layer"] = Value::Null;
        }
    }
    if query == "sources" {
        told["rows"] =
            told["rows"].as_array().into_iter().flatten().map(|row| row[0].clone()).collect();
    }
    told
}

#[test]
fn what_was_wrongly_taken_is_refused() {
    for (name, text) in files("refused") {
        let problems = Atlas::from_texts([(name.as_str(), text)]).expect_err(&name);
        assert!(problems.iter().all(|problem| problem.place.is_some()), "{name}: {problems:?}");
    }
}

#[test]
fn what_was_wrongly_refused_or_lost_loads() {
    for (name, text) in files("loaded") {
        let atlas = Atlas::from_texts([(name.as_str(), text)])
            .unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        let saved = save(&atlas);
        let again = Atlas::from_texts([("again.json", saved.as_str())]).expect(&name);
        assert_eq!(save(&again), saved, "{name}");
        // A writer that forgets something forgets it twice: the answers must be the same.
        for query in ["nodes", "kinds", "relations", "fields", "sources"] {
            assert_eq!(told(&again, query), told(&atlas, query), "{name}");
        }
    }
}

#[test]
fn what_made_a_query_fail_is_answered_or_told() {
    let atlas = Atlas::built_in();
    let queries =
        std::fs::read_to_string(root().join("tests/regressions/queries.txt")).expect("the queries");
    for query in queries.lines() {
        if let Err(problem) = atlas.query(query) {
            assert!(problem.place.is_some(), "{query}: {problem}");
        }
    }
}
