//! What the built-in knowledge promises: each statement of the layer `practice` can be looked up, no
//! two roles ask for the same, and what a role learns has its hours where sources tell them.

mod support;

use opsatlas::graph::Atlas;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use support::data::{files, hours, list, word};

/// Hours that something takes to learn: more than a quarter, less than two university courses.
const SANE_HOURS: std::ops::RangeInclusive<f64> = 0.25..=300.0;
/// How many of a role's tools and skills say how long they take, in percent.
const TOLD_HOURS: usize = 60;

/// The statements of a file that have to be cited, each with a name: nodes, edges, and what is said
/// of a node with sources of its own.
fn statements(file: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for node in list(file, "nodes") {
        let said = node["properties"].as_object().into_iter().flatten();
        let own: Vec<_> = said.filter(|(_, value)| value.is_array()).collect();
        let named = node.get("kind").is_some();
        if named || node.get("sources").is_some() {
            found.push((word(node, "id").to_owned(), node));
        }
        for (field, value) in own {
            let name = format!("{}.{field}", word(node, "id"));
            found.extend(value.as_array().into_iter().flatten().map(|said| (name.clone(), said)));
        }
    }
    let edge = |edge| (["from", "kind", "to"].map(|part| word(edge, part)).join(" "), edge);
    found.extend(list(file, "edges").map(edge));
    found
}

#[test]
fn each_statement_can_be_looked_up() {
    let files = files("practice");
    let sources: BTreeMap<&str, &Value> = files
        .iter()
        .flat_map(|(_, file)| list(file, "sources"))
        .map(|source| (word(source, "id"), source))
        .collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (file, content) in &files {
        for (name, statement) in statements(content) {
            count += 1;
            if list(statement, "sources").next().is_none() {
                wrong.push(format!("{file}: {name} cites nothing"));
            }
            for cited in list(statement, "sources") {
                let known = sources.get(word(cited, "source"));
                let public = |of: &Value| word(of, "address").starts_with("https://");
                let told =
                    known.is_some_and(|source| public(source) && !word(source, "title").is_empty());
                if !told || !public(cited) || word(cited, "section").is_empty() {
                    wrong.push(format!("{file}: {name} cites {cited} without title or place"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 2_000, "only {count} statements");
}

#[test]
fn hours_are_within_reason() {
    let hours = hours();
    assert!(hours.len() > 200, "{} nodes have hours", hours.len());
    for (node, said) in &hours {
        for hours in said {
            assert!(SANE_HOURS.contains(hours), "{node} takes {hours} hours");
        }
    }
}

fn ids(atlas: &Atlas, query: &str) -> Vec<String> {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    answer.nodes().iter().map(|node| atlas.node(*node).id.clone()).collect()
}

#[test]
fn no_two_roles_ask_for_the_same() {
    let atlas = Atlas::built_in();
    let mut asked: BTreeMap<BTreeSet<String>, String> = BTreeMap::new();
    for role in ids(&atlas, "roles") {
        let mut steps: BTreeSet<String> =
            ids(&atlas, &format!("plan {role}")).into_iter().collect();
        steps.remove(&role);
        assert!(steps.len() > 10, "{role} asks for {} things", steps.len());
        if let Some(other) = asked.insert(steps, role.clone()) {
            panic!("{role} asks for the same as {other}");
        }
    }
}

#[test]
fn what_a_role_learns_has_sources_and_mostly_hours() {
    let (atlas, hours) = (Atlas::built_in(), hours());
    for role in ids(&atlas, "roles") {
        let answer = atlas.query(&format!("plan {role}")).expect("a plan");
        let (mut told, mut learned) = (0, 0);
        for node in answer.nodes() {
            let facts = atlas.node(node);
            assert!(!facts.sources.is_empty(), "{} in the plan of {role} has no source", facts.id);
            let of = |kind: &str| {
                atlas.resolve_kind(kind).into_iter().any(|kind| atlas.is_kind(node, kind))
            };
            if of("tool") || of("skill") {
                learned += 1;
                told += usize::from(hours.contains_key(&facts.id));
            }
        }
        assert!(told * 100 >= TOLD_HOURS * learned, "{role}: {told} of {learned} have hours");
    }
}
