//! What is shown can be asked: every column of every answer is a field of it, with the value shown.

use opsatlas::answer::{Answer, Block, COLUMNS, Shape, value_in_words};
use opsatlas::graph::Atlas;
use opsatlas::query::{STAGES, VERBS};
use opsatlas::render::{FORMATS, Look};
use serde_json::Value;
use std::collections::BTreeSet;

/// The built-in graph with amounts of several forms, and what answers show beyond the examples.
fn atlas() -> Atlas {
    let hours = r#"{"atlas": 1, "schema": {"fields": {"hours": {}, "price": {}}}, "nodes": [
        {"id": "linux", "properties": {"hours": 20, "price": 0.5}},
        {"id": "docker", "properties": {"price": 2, "hours": [
            {"value": 4.1, "sources": []}, {"value": 10, "sources": []}, {"value": 5, "sources": []}]}},
        {"id": "ring-a", "kind": "skill"}, {"id": "ring-b", "kind": "skill"},
        {"id": "argo-cd", "properties": {"hours": 2.5}}],
        "edges": [{"from": "ring-a", "kind": "builds-on", "to": "ring-b"},
                  {"from": "ring-b", "kind": "builds-on", "to": "ring-a"}]}"#;
    let built_in = opsatlas::data::save(&Atlas::built_in());
    Atlas::from_texts([("ops.json", built_in.as_str()), ("hours.json", hours)]).expect("a graph")
}

const FURTHER: [&str; 10] = [
    "plan ring-a",
    "plan gitops",
    "plan gitops minimize price default 1",
    "plan gitops minimize hours default 8",
    "prereqs llmops then where kind = tool",
    "plan gitops then sort by name desc then limit 7",
    "prereqs sre",
    "tools of mlops",
    "paths docker -> llmops limit 3",
    "why docker in (prereqs llmops)",
];

fn queries() -> Vec<&'static str> {
    let verbs = VERBS.iter().map(|verb| verb.example);
    verbs.chain(STAGES.iter().map(|stage| stage.example)).chain(FURTHER).collect()
}

/// The columns that a page shows.
fn on_page(answer: &Answer<'_>) -> BTreeSet<String> {
    let blocks = answer.page().blocks.into_iter();
    let grids = blocks.filter_map(|block| match block {
        Block::Grid { columns, .. } => Some(columns),
        Block::Lines(_) => None,
    });
    grids.flatten().collect()
}

#[test]
fn every_column_is_a_field_with_the_value_shown() {
    let atlas = atlas();
    let mut tried = BTreeSet::new();
    for query in queries() {
        let answer = atlas.query(query).expect(query);
        if matches!(answer.shape(), Shape::Card | Shape::Value) {
            continue;
        }
        let table = answer.table();
        let mut columns: BTreeSet<String> = table.columns.iter().cloned().collect();
        columns.extend(on_page(&answer));
        // The rows of a file of paths are steps, those of the answer are paths.
        if answer.shape() == Shape::Paths {
            columns.remove("path");
            columns.remove("step");
        }
        for column in columns {
            let ask = |stage: &str| {
                let asked = format!("{query} then {stage}");
                let found =
                    atlas.query(&asked).unwrap_or_else(|problem| panic!("{asked}: {problem}"));
                found.table()
            };
            let chosen = ask(&format!("select `{column}`"));
            ask(&format!("sort by `{column}` desc"));
            ask(&format!("group by `{column}`"));
            ask(&format!("where `{column}` is not null"));
            let Some(at) = table.columns.iter().position(|own| *own == column) else { continue };
            if answer.shape() == Shape::Paths {
                continue;
            }
            let said = |value: &Value| !value.is_null() && !value_in_words(value).is_empty();
            assert_eq!(chosen.rows.len(), table.rows.len(), "{query}, {column}");
            for (chosen, shown) in chosen.rows.iter().zip(&table.rows) {
                // Of sources a file tells which, a field how many.
                let counted = column == "sources" && chosen[0] == 0;
                assert_eq!(said(&chosen[0]), said(&shown[at]) || counted, "{query}, {column}");
            }
            tried.insert(column);
        }
    }
    let named = COLUMNS.iter().map(|column| column.name).filter(|name| !name.is_empty());
    for column in named {
        assert!(tried.contains(column), "no query above shows `{column}`");
    }
}

fn values(atlas: &Atlas, query: &str) -> Vec<Value> {
    atlas.query(query).expect(query).table().rows.into_iter().flatten().collect()
}

#[test]
fn what_a_row_says_stays_true_of_chosen_rows() {
    let atlas = atlas();
    let count = |query: &str| values(&atlas, query)[0].as_u64().expect("a number");
    let all = count("prereqs llmops then count");
    let marked = count("prereqs llmops then where strength = \"recommended\" then count");
    let table = atlas.query("prereqs llmops").expect("an answer").table();
    let strength = table.columns.iter().position(|column| column == "strength").expect("a column");
    let shown = table.rows.iter().filter(|row| row[strength] == "recommended").count();
    assert_eq!(marked, shown as u64);
    assert!(marked > 0 && marked < all);
    let others = count("prereqs llmops then where strength <> \"recommended\" then count");
    assert_eq!(marked + others, all);
    // A milestone is named as any node is.
    let under = |name: &str| count(&format!("plan llmops then where under = {name} then count"));
    assert!(under("devops") > 0);
    assert_eq!(under("devops"), under("\"DevOps\""));
    assert_eq!(
        values(
            &atlas,
            "plan llmops then where under = devops then group by under then select count"
        ),
        [Value::from(under("devops"))]
    );
    // Chosen rows keep what the plan said, in every further stage.
    let plan = "plan gitops minimize price default 1";
    let whole = values(&atlas, &format!("{plan} then select id, under, hours, price"));
    let chosen = values(
        &atlas,
        &format!(
            "{plan} then sort by name then where id is not null then select id, under, hours, price"
        ),
    );
    let rows = |values: &[Value]| -> BTreeSet<String> {
        values.chunks(4).map(|row| Value::from(row.to_vec()).to_string()).collect()
    };
    assert_eq!(rows(&whole), rows(&chosen));
}

#[test]
fn hours_are_the_median_and_are_added_up() {
    let atlas = atlas();
    let ask = |query: &str, format: &str| -> String {
        let answer = atlas.query(query).expect(query);
        let format = FORMATS.iter().find(|row| row.name == format).expect("a format");
        String::from_utf8((format.write)(&answer, &Look::plain(query)).expect(query)).expect("text")
    };
    let plan = "plan argo-cd knowing kubernetes";
    let told: Value = serde_json::from_str(&ask("plan gitops", "json")).expect("JSON");
    // 20 of Linux, 5 of Docker, 2.5 of Argo CD; milestones take nothing, others do not say.
    assert_eq!(told["total"]["hours"].to_string(), "27.5");
    let silent = told["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter(|node| node["hours"].is_null() && node["kind"] != "domain");
    assert_eq!(told["total"]["without"], silent.count());
    let node = |id: &str| {
        let mut nodes = told["nodes"].as_array().expect("nodes").iter();
        nodes.find(|node| node["id"] == id).expect("the node").clone()
    };
    assert_eq!(node("docker")["hours"], 5);
    assert_eq!(node("docker")["under"], "devops");
    assert_eq!(node("docker")["strength"], "required");
    assert_eq!(node("aws")["strength"], "recommended");
    assert!(node("aws")["instead"].as_array().expect("a list").contains(&"azure".into()));
    let step = told["steps"].as_array().expect("steps").iter();
    let step = step.clone().find(|step| step["nodes"][0] == "docker").expect("the step");
    assert_eq!((&step["hours"], &step["under"]), (&5.into(), &"devops".into()));
    let table = ask("plan gitops", "table");
    assert!(table.contains("note: 27.5 hours in all; "), "{table}");
    assert!(ask("plan gitops", "md").contains("- [ ] Docker  tool, 5 hours"));
    assert!(ask("plan gitops", "jsonl").contains("\"hours\":5"));
    let csv = ask(plan, "csv");
    assert!(csv.lines().next().expect("a heading").ends_with(",hours"), "{csv}");
    assert!(
        csv.lines().any(|line| line.starts_with("argo-cd,") && line.ends_with(",2.5")),
        "{csv}"
    );
    // A milestone without hours takes none; what else says none takes the default.
    let told: Value =
        serde_json::from_str(&ask("plan gitops minimize hours default 1", "json")).expect("JSON");
    let sum = |amount: &Value| amount.to_string().parse::<f64>().expect("a number");
    let all: f64 =
        told["nodes"].as_array().expect("nodes").iter().map(|node| sum(&node["hours"])).sum();
    assert_eq!(told["total"]["without"], 0);
    assert!((sum(&told["total"]["hours"]) - all).abs() < 1e-9);
    assert!(
        told["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .any(|node| node["kind"] == "domain" && node["hours"] == 0)
    );
}

#[test]
fn members_of_a_joint_step_are_told_together() {
    let text = r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target"}}},
        "nodes": [{"id": "a", "properties": {"hours": 1.5}}, {"id": "b", "properties": {"hours": [1, 2]}},
                  {"id": "c", "properties": {"hours": "long"}}],
        "edges": [{"from": "a", "kind": "needs", "to": "b"}, {"from": "b", "kind": "needs", "to": "a"},
                  {"from": "c", "kind": "needs", "to": "a"}]}"#;
    let atlas = Atlas::from_texts([("ring.json", text)]).expect("a graph");
    let answer = atlas.query("plan c").expect("a plan");
    let json = FORMATS.iter().find(|row| row.name == "json").expect("a format");
    let told = (json.write)(&answer, &Look::plain("plan c")).expect("an object");
    let told: Value = serde_json::from_slice(&told).expect("JSON");
    assert_eq!(told["steps"][0]["nodes"], serde_json::json!(["a", "b"]));
    assert_eq!(told["steps"][0]["hours"].to_string(), "3");
    assert_eq!(told["steps"][0]["together"], "step 1");
    assert_eq!(told["total"]["without"], 1);
    // What is no amount is told as it stands.
    assert_eq!(values(&atlas, "plan c then where id = \"c\" then select hours"), ["long"]);
}
