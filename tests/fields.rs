//! What is shown can be asked: every column of every answer is a field of it, with the value shown.

use opsatlas::answer::{Answer, Block, COLUMNS, Shape, value_in_words};
use opsatlas::graph::{Atlas, EdgeIndex};
use opsatlas::query::{STAGES, Session, VERBS};
use opsatlas::render::{FORMATS, Look};
use serde_json::Value;
use std::collections::BTreeSet;

/// The built-in graph with a field of its own, and what answers show beyond the examples.
fn atlas() -> Atlas {
    let hours = r#"{"atlas": 1, "schema": {"fields": {"price": {}}}, "nodes": [
        {"id": "linux", "properties": {"price": 0.5}},
        {"id": "docker", "properties": {"price": 2}},
        {"id": "ring-a", "kind": "skill"}, {"id": "ring-b", "kind": "skill"}],
        "edges": [{"from": "ring-a", "kind": "builds-on", "to": "ring-b"},
                  {"from": "ring-b", "kind": "builds-on", "to": "ring-a"}]}"#;
    let built_in = opsatlas::data::save(&Atlas::built_in());
    Atlas::from_texts([("ops.json", built_in.as_str()), ("hours.json", hours)]).expect("a graph")
}

const FURTHER: [&str; 12] = [
    "plan ring-a",
    "plan gitops",
    "plan gitops minimize price default 1",
    "plan gitops minimize hours default 8",
    "prereqs llmops then where kind = tool",
    "plan gitops then sort by name desc then limit 7",
    "prereqs sre",
    "tools of mlops",
    "tools of devops",
    "near mlops from ops-roles over uses",
    "paths docker -> llmops limit 3",
    "why docker in (prereqs llmops)",
];

fn queries() -> Vec<&'static str> {
    let verbs = VERBS.iter().map(|verb| verb.example);
    verbs.chain(STAGES.iter().map(|stage| stage.example)).chain(FURTHER).collect()
}

/// The columns that a page shows.
fn on_page(answer: &Answer) -> BTreeSet<String> {
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

/// A domain that needs tools, of which one is one of several and one is recommended; a role over it.
const EFFORT: &str = r#"{"atlas": 1,
    "schema": {"kinds": {"domain": {"milestone": true}}, "relations": {"needs": {"prerequisite": "target"}}},
    "nodes": [
        {"id": "linux", "kind": "tool", "properties": {"hours": 20}},
        {"id": "docker", "kind": "tool", "name": "Docker", "properties": {"hours": [
            {"value": 4.1, "sources": []}, {"value": 10, "sources": []}, {"value": 5, "sources": []}]}},
        {"id": "aws", "kind": "tool", "properties": {"hours": 2.5}}, {"id": "azure", "kind": "tool", "name": "Azure"},
        {"id": "git", "kind": "tool"}, {"id": "ops", "kind": "domain", "name": "Ops"}, {"id": "engineer", "kind": "role"}],
    "edges": [
        {"from": "docker", "kind": "needs", "to": "linux"}, {"from": "ops", "kind": "needs", "to": "docker"},
        {"from": "ops", "kind": "needs", "to": "git", "properties": {"strength": "recommended"}},
        {"from": "ops", "kind": "needs", "to": "aws", "properties": {"any-of": "c"}, "sources": [{"source": "s"}]},
        {"from": "ops", "kind": "needs", "to": "azure", "properties": {"any-of": "c"}},
        {"from": "engineer", "kind": "needs", "to": "ops"}]}"#;

#[test]
fn hours_are_the_median_and_are_added_up() {
    let atlas = Atlas::from_texts([("effort.json", EFFORT)]).expect("a graph");
    let ask = |query: &str, format: &str| -> String {
        let answer = atlas.query(query).expect(query);
        let format = FORMATS.iter().find(|row| row.name == format).expect("a format");
        String::from_utf8((format.write)(&answer, &Look::plain(query)).expect(query)).expect("text")
    };
    let told: Value = serde_json::from_str(&ask("plan engineer", "json")).expect("JSON");
    // 20 and 5 and 2.5; the domain and the role take nothing, Git does not say.
    assert_eq!(told["total"].to_string(), "{\"hours\":27.5,\"without\":1}");
    let node = |id: &str| {
        let mut nodes = told["nodes"].as_array().expect("nodes").iter();
        nodes.find(|node| node["id"] == id).expect("the node").clone()
    };
    let docker = node("docker");
    assert_eq!(
        (&docker["hours"], &docker["under"], &docker["strength"]),
        (&5.into(), &"ops".into(), &"required".into())
    );
    assert_eq!(
        (&node("git")["strength"], &node("git")["hours"]),
        (&"recommended".into(), &Value::Null)
    );
    assert_eq!(node("aws")["instead"], serde_json::json!(["azure"]));
    let mut steps = told["steps"].as_array().expect("steps").iter();
    let step = steps.find(|step| step["nodes"][0] == "docker").expect("the step");
    assert_eq!((&step["hours"], &step["under"]), (&5.into(), &"ops".into()));
    for format in ["table", "md", "html"] {
        let told = ask("plan engineer", format);
        assert!(told.contains("27.5 hours in all; 1 of 6 steps says none"), "{format}: {told}");
    }
    assert!(ask("plan engineer", "md").contains("- [ ] Docker  tool, 5 hours"));
    assert!(ask("plan engineer", "jsonl").contains("\"hours\":5"));
    let csv = ask("plan engineer", "csv");
    assert!(
        csv.starts_with("id,name,kind,aliases,layer,strength,sources,under,instead of,hours\n"),
        "{csv}"
    );
    assert!(csv.contains("\naws,aws,tool,,effort,required,,Ops,Azure,2.5\n"), "{csv}");
    // A milestone and a role without hours take none; what else says none takes the default.
    let told: Value =
        serde_json::from_str(&ask("plan engineer minimize hours default 1", "json")).expect("JSON");
    // Azure, which says nothing, is cheaper now.
    assert_eq!(told["total"].to_string(), "{\"hours\":27,\"without\":0}");
    let hours = told["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(|node| (node["id"].as_str().expect("an id"), node["hours"].to_string()));
    let hours: std::collections::BTreeMap<&str, String> = hours.collect();
    for (id, amount) in
        [("azure", "1"), ("git", "1"), ("ops", "0"), ("engineer", "0"), ("docker", "5")]
    {
        assert_eq!(hours[id], amount, "{id}");
    }
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

/// What one source says is what a graph says in which nobody else speaks: of each list, by the
/// edges that cite the source.
#[test]
fn a_list_of_one_source_holds_what_that_source_states() {
    let atlas = Atlas::built_in();
    let ids = |query: &str| -> BTreeSet<String> {
        let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
        answer.nodes().into_iter().map(|node| atlas.id(node).to_owned()).collect()
    };
    let mut told = 0;
    for source in atlas.sources().iter().filter(|source| source.file.is_some()) {
        for domain in ids("domains") {
            let this = atlas.by_id(&domain).expect("the domain");
            let said = |edge: &EdgeIndex| {
                atlas.edge(*edge).sources.iter().any(|cited| cited.source == source.id)
            };
            let edges = [atlas.edges_from(this), atlas.edges_to(this)].concat();
            let ends = edges.iter().filter(|edge| said(edge)).map(|edge| atlas.ends(*edge));
            let mut near: BTreeSet<String> = ends
                .flat_map(|(from, to)| [from, to])
                .map(|node| atlas.id(node).to_owned())
                .collect();
            near.insert(domain.clone());
            assert_eq!(ids(&format!("near {domain} from {}", source.id)), near);
            let owned = atlas.edges_from(this).into_iter();
            let owned = owned.filter(|edge| said(edge) && atlas.relation_of(*edge).owns);
            let tool = atlas.resolve_kind("tool")[0];
            let tools: BTreeSet<String> = owned
                .map(|edge| atlas.ends(edge).1)
                .filter(|node| atlas.is_kind(*node, tool))
                .map(|node| atlas.id(node).to_owned())
                .collect();
            told += tools.len();
            assert_eq!(ids(&format!("tools of {domain} from {}", source.id)), tools);
        }
    }
    assert!(told > 20, "{told} tools");
    assert_eq!(
        ids("tools of mlops from \"DevOps, MLOps, AIOps, LLMOps: What's the Difference?\""),
        ids("tools of mlops from OPS_ROLES")
    );
    assert_eq!(
        ids("near mlops from ops-roles, ops-breakdown over uses"),
        &ids("near mlops over uses from ops-roles")
            | &ids("near mlops from ops-breakdown over uses")
    );
}

#[test]
fn a_source_is_offered_and_what_is_none_is_told() {
    let atlas = Atlas::built_in();
    let session = Session::new(&atlas);
    for (before, offered) in [
        ("tools of mlops fr", "from"),
        ("tools of mlops from ops-rol", "ops-roles"),
        ("near mlops depth 2 from roadmap", "roadmap-2026"),
    ] {
        let offers = session.complete(before).offers;
        assert!(
            offers.iter().any(|offer| offer.text.trim_end().ends_with(offered)),
            "{before}: {offers:?}"
        );
    }
    for query in ["tools of mlops from nobody-at-all", "plan sre from sysadmin", "must sre from"] {
        let problem = atlas.query(query).expect_err("no source").to_string();
        assert!(problem.contains("source") || problem.contains("SOURCE"), "{problem}");
    }
}

/// What is used and what is learned stay apart.
#[test]
fn the_relation_by_which_a_thing_is_owned_is_a_field() {
    let atlas = Atlas::built_in();
    let count = |query: &str| atlas.query(query).expect("an answer").nodes().len();
    let all = count("tools of devops");
    let apart = [
        count("tools of devops then where relation = \"uses\" and not relation = \"learns\""),
        count("tools of devops then where relation = \"learns\""),
    ];
    assert_eq!(apart.iter().sum::<usize>(), all);
    assert!(apart.iter().all(|part| *part > 0), "{apart:?}");
    assert_eq!(count("tools of devops then where relation is null"), 0);
}

#[test]
fn what_a_row_says_twice_counts_once_and_of_two_numbers_the_middle() {
    let file = r#"{"atlas": 1, "nodes": [
        {"id": "a", "properties": {"v": [1, 1.0, 2], "w": [1, 2]}},
        {"id": "b", "properties": {"v": 2, "w": 4}}]}"#;
    let atlas = Atlas::from_texts([("own.json", file)]).expect("a graph");
    let rows = atlas.query("nodes then group by v").expect("a table").table().rows;
    let counts: Vec<(&Value, &Value)> = rows.iter().map(|row| (&row[0], &row[1])).collect();
    assert_eq!(counts, [(&1.into(), &1.into()), (&2.into(), &2.into())]);
    for (query, wanted) in [("sum w", "5.5"), ("mean w", "2.75"), ("min w", "1.5"), ("max v", "2")]
    {
        let answer = atlas.query(&format!("nodes then {query}")).expect(query);
        assert_eq!(value_in_words(&answer.table().rows[0][0]), wanted, "{query}");
    }
}
