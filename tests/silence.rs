//! What was once passed over in silence is told.

mod support;

use opsatlas::answer::Answer;
use opsatlas::graph::Atlas;
use serde_json::Value;
use std::collections::BTreeSet;
use support::{err, folder, out, run, run_in};

#[test]
fn a_profile_that_is_not_there_is_told() {
    let folder = folder("silent-profile");
    let ask = |arguments: &[&str]| run_in(&folder, arguments, "");
    let missing = ask(&["--me", "none.json", "nodes", "then", "count"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        out(&missing).is_empty() && err(&missing).contains("none.json: there is no such profile")
    );
    std::fs::write(folder.join("ana.json"), r#"{"knows": 1, "items": [{"id": "docker"}]}"#)
        .expect("a file");
    std::fs::write(
        folder.join("bo.json"),
        r#"{"knows": 1, "items": [{"id": "git"}, {"id": "linux"}]}"#,
    )
    .expect("a file");
    let both = [
        "--me",
        "ana.json",
        "--me",
        "bo=bo.json",
        "-c",
        "@me then select id",
        "-c",
        "@bo then select id",
        "-F",
        "csv",
    ];
    let told = ask(&both);
    assert_eq!(out(&told), "id\ndocker\nid\ngit\nlinux\n", "{}", err(&told));
    for twice in
        [["--me", "ana.json", "--me", "bo.json"], ["--me", "x=ana.json", "--me", "x=bo.json"]]
    {
        let refused = ask(&[&twice[..], &["nodes"]].concat());
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains("two profiles are to be `@"), "{}", err(&refused));
    }
    // Of a name that somebody else's file does not have, nothing is guessed.
    assert_eq!(ask(&["--me", "x=none.json", "nodes"]).status.code(), Some(1));
    // A file may have the sign in its name.
    std::fs::write(folder.join("a=b.json"), r#"{"knows": 1, "items": [{"id": "helm"}]}"#)
        .expect("a file");
    assert_eq!(out(&ask(&["--me", "./a=b.json", "-F", "csv", "@me then select id"])), "id\nhelm\n");
}

#[test]
fn an_empty_closure_says_of_what_and_why() {
    let atlas = Atlas::built_in();
    let told = |answer: Answer| answer.notes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let notes = |query: &str| told(atlas.query(query).expect(query));
    let text = r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target"}}},
        "nodes": [{"id": "m", "name": "Machine", "aliases": ["ML"]}, {"id": "n"}],
        "edges": [{"from": "n", "kind": "needs", "to": "m", "properties": {"strength": "recommended"}}]}"#;
    let own = Atlas::from_texts([("own.json", text)]).expect("a graph");
    let of_own = |query: &str| told(own.query(query).expect(query));
    assert_eq!(of_own("prereqs ml"), ["no edge says what Machine needs"]);
    assert_eq!(of_own("unlocks n"), ["no edge says that anything needs n"]);
    assert_eq!(of_own("prereqs n required only"), ["no required edge says what n needs"]);
    assert_eq!(of_own("prereqs n depth 0"), ["depth 0 follows no edge"]);
    assert!(of_own("prereqs n").is_empty());
    assert_eq!(notes("unlocks sre"), ["no edge says that anything needs SRE"]);
}

#[test]
fn every_node_on_a_cycle_is_shown_in_one() {
    let relation =
        r#""schema": {"relations": {"imports": {"prerequisite": "target", "acyclic": true}}}"#;
    let atlas = |edges: &[(&str, &str)]| {
        let ids: BTreeSet<&str> = edges.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let nodes: Vec<String> = ids.iter().map(|id| format!("{{\"id\": \"{id}\"}}")).collect();
        let edges: Vec<String> = edges
            .iter()
            .map(|(a, b)| format!("{{\"from\": \"{a}\", \"kind\": \"imports\", \"to\": \"{b}\"}}"))
            .collect();
        let text = format!(
            "{{\"atlas\": 1, {relation}, \"nodes\": [{}], \"edges\": [{}]}}",
            nodes.join(","),
            edges.join(",")
        );
        Atlas::from_texts([("cycles.json", text)]).expect("a graph")
    };
    let cycles = |atlas: &Atlas| -> Vec<String> {
        let table = atlas.query("check").expect("findings").table();
        let cycles = table.rows.iter().filter(|row| row[1] == "cycle");
        let told = cycles.map(|row| row[3].as_str().expect("a message").to_owned());
        told.map(|message| message.rsplit("has ").next().expect("a way").to_owned()).collect()
    };
    // One knot, two cycles: e is on one, f on the other.
    let two = atlas(&[("d", "e"), ("e", "g"), ("g", "d"), ("d", "f"), ("f", "g")]);
    assert_eq!(cycles(&two).len(), 2, "{:?}", cycles(&two));
    // A ring is told once, however long; a figure of eight twice; what is on no cycle not at all.
    assert_eq!(cycles(&atlas(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "z")])).len(), 1);
    let eight = atlas(&[("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("z", "a")]);
    let shown: BTreeSet<String> =
        cycles(&eight).iter().flat_map(|way| way.split(" → ")).map(str::to_owned).collect();
    assert_eq!(shown, ["a", "b", "c"].map(str::to_owned).into());
}

#[test]
fn lines_of_a_batch_say_which_query_they_answer() {
    let lines = |arguments: &[&str], input: &str| -> Vec<Value> {
        let told = run_in(&support::root(), arguments, input);
        out(&told).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let queries =
        "domains then limit 1\nnodes then count\nkinds then limit 1\npath docker -> docker\n";
    let several = lines(&["-F", "jsonl"], queries);
    let asked: Vec<&str> =
        several.iter().map(|line| line["query"].as_str().expect("a query")).collect();
    assert_eq!(asked, queries.lines().collect::<Vec<&str>>());
    assert!(
        several[0]["id"].is_string()
            && several[1]["value"].is_u64()
            && several[2]["kind"].is_string()
    );
    assert_eq!(several[3]["length"], 0);
    // A column of that name gives way; the answer to one query needs no word of it.
    let column = lines(
        &["-F", "jsonl", "-c", "domains then limit 1; domains then limit 1 then select name"],
        "",
    );
    assert_eq!(column.len(), 2);
    let one = lines(&["-F", "jsonl", "nodes then count"], "");
    assert!(one[0].is_u64(), "{one:?}");
    assert!(lines(&["-F", "jsonl", "domains"], "").iter().all(|line| line.get("query").is_none()));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let told = run(&["-o", "no/such/place.csv", "domains"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(err(&told).contains("no/such/place.csv: there is no folder no/such"), "{}", err(&told));
}

#[test]
fn an_answer_has_one_noun_everywhere() {
    let atlas = Atlas::built_in();
    let counted = |query: &str| atlas.query(query).expect(query).counted_in_words();
    let plan = atlas.query("plan gitops").expect("a plan");
    let (steps, optional) = (plan.count(), plan.recommended().len());
    assert_eq!(counted("plan gitops"), Some(format!("{steps} steps, {optional} of them optional")));
    assert_eq!(counted("docker"), Some("1 node".to_owned()));
    assert_eq!(counted("kinds then where nodes < 0"), Some("no rows".to_owned()));
    assert_eq!(counted("nodes then count"), None);
    assert_eq!(counted("path docker -> docker"), None);
}

#[test]
fn what_a_debugger_shows_is_short() {
    let atlas = Atlas::built_in();
    let answer = atlas.query("prereqs docker").expect("an answer");
    let shown = format!("{answer:?}");
    assert!(shown.len() < 5_000, "{} bytes", shown.len());
    assert!(shown.contains("nodes: ") && shown.contains("layers: [\"texts\""), "{shown}");
    let text = format!("nodes\n{}\nnodes then nonsense", "// a comment\n".repeat(5_000));
    let problem = atlas.query(&text).expect_err("nonsense");
    assert!(format!("{problem:?}").len() < 2_000);
}
