//! What is needed, what is one of several, what is only recommended: every answer tells the same.

use opsatlas::graph::Atlas;

fn atlas(text: &str) -> Atlas {
    Atlas::from_texts([("case.json", text.to_owned())]).expect("a valid graph")
}

/// The ids of an answer's nodes.
fn ids(atlas: &Atlas, query: &str) -> Vec<String> {
    let nodes = atlas.query(query).expect("an answer").into_set();
    nodes.into_iter().map(|node| atlas.node(node).id.clone()).collect()
}

fn notes(atlas: &Atlas, query: &str) -> String {
    let notes = atlas.query(query).expect("an answer").notes;
    notes.iter().map(ToString::to_string).collect::<Vec<String>>().join("\n")
}

#[test]
fn a_tie_lets_one_stand_for_the_other_and_says_who_says_so() {
    let atlas = Atlas::built_in();
    let plan = ids(&atlas, "plan gitops avoid flux-cd");
    assert!(plan.contains(&"argo-cd".to_owned()) && !plan.contains(&"flux-cd".to_owned()));
    let told = notes(&atlas, "plan gitops avoid flux-cd");
    assert!(told.contains("argo-cd alternative-to flux-cd ("), "{told}");
    let plan = ids(&atlas, "plan gitops");
    assert!(plan.contains(&"argo-cd".to_owned()) != plan.contains(&"flux-cd".to_owned()));
    assert!(!ids(&atlas, "must gitops").iter().any(|id| id == "flux-cd" || id == "argo-cd"));
    assert!(ids(&atlas, "plan gitops knowing only argo-cd").iter().all(|id| id != "flux-cd"));
    // Without the statement nothing stands for Flux CD.
    let taken_back = "with { -argo-cd alternative-to flux-cd } plan gitops avoid flux-cd";
    assert!(ids(&atlas, taken_back).is_empty());
}

#[test]
fn nothing_is_tied_where_no_source_ties_it() {
    let text = opsatlas::data::save(&Atlas::built_in());
    let mut graph: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let edges = graph["edges"].as_array_mut().expect("edges");
    edges.retain(|edge| edge["kind"] != "alternative-to");
    let atlas = atlas(&graph.to_string());
    assert!(ids(&atlas, "plan gitops avoid flux-cd").is_empty());
    let plan = ids(&atlas, "plan gitops");
    assert!(
        ["flux-cd", "argo-cd", "helm", "kustomize"]
            .iter()
            .all(|id| plan.iter().any(|own| own == id))
    );
}

const TIES: &str = r#"{"atlas": 1,
  "schema": {"relations": {"needs": {"prerequisite": "target"}, "gives": {"prerequisite": "source"},
    "like": {"alternative": true, "prerequisite": "none"}}},
  "nodes": [{"id": "goal"}, {"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}],
  "edges": [EDGES]}"#;

fn tied(edges: &[(&str, &str, &str, &str)]) -> Atlas {
    let edge = |(from, kind, to, group): &(&str, &str, &str, &str)| {
        let properties = match *group {
            "" => String::new(),
            group => format!(r#", "properties": {{"any-of": "{group}"}}"#),
        };
        format!(r#"{{"from": "{from}", "kind": "{kind}", "to": "{to}"{properties}}}"#)
    };
    let edges: Vec<String> = edges.iter().map(edge).collect();
    atlas(&TIES.replace("EDGES", &edges.join(",")))
}

#[test]
fn ties_hold_between_needs_of_one_relation_outside_of_groups() {
    let plan = |edges: &[(&str, &str, &str, &str)]| ids(&tied(edges), "plan goal").join(" ");
    let [a, b, c] = ["a", "b", "c"].map(|id| ("goal", "needs", id, ""));
    // Either way round, and by way of a third one that is needed too.
    assert_eq!(plan(&[a, b, ("a", "like", "b", "")]), "a goal");
    assert_eq!(plan(&[a, b, ("b", "like", "a", "")]), "a goal");
    assert_eq!(plan(&[a, b, c, ("a", "like", "b", ""), ("b", "like", "c", "")]), "a goal");
    // Not by way of what is not needed, by another relation, or out of a group.
    assert_eq!(plan(&[a, c, ("a", "like", "b", ""), ("b", "like", "c", "")]), "a c goal");
    assert_eq!(plan(&[a, ("b", "gives", "goal", ""), ("a", "like", "b", "")]), "a b goal");
    assert_eq!(plan(&[a, ("goal", "needs", "b", "g"), ("a", "like", "b", "")]), "a b goal");
    // What is needed by another relation too stays needed.
    assert_eq!(plan(&[a, b, ("b", "gives", "goal", ""), ("a", "like", "b", "")]), "b goal");
    // The goal's needs of itself, and an option tied to the goal, change nothing.
    assert_eq!(plan(&[("goal", "needs", "goal", ""), a, ("goal", "like", "a", "")]), "a goal");
}

#[test]
fn why_tells_how_strongly_and_of_how_many() {
    let atlas = Atlas::built_in();
    let told = notes(&atlas, "why gitops in (prereqs mlops)");
    assert_eq!(told, "GitOps is recommended for MLOps, not required");
    let told = notes(&atlas, "why aws in (prereqs sre)");
    assert!(told.starts_with("AWS is recommended for SRE, not required"), "{told}");
    assert!(told.contains("for Terraform one of AWS, Azure, Google Cloud suffices"), "{told}");
    let told = notes(&atlas, "why flux-cd in (prereqs gitops)");
    assert!(told.starts_with("GitOps needs Flux CD or what can be taken instead"), "{told}");
    assert!(told.contains("argo-cd alternative-to flux-cd ("), "{told}");
    assert_eq!(notes(&atlas, "why kubernetes in (prereqs sre)"), "SRE needs Kubernetes");
}

#[test]
fn why_agrees_with_what_the_closure_marks() {
    let atlas = Atlas::built_in();
    for query in ["prereqs sre", "prereqs mlops-engineer", "unlocks docker", "prereqs llmops"] {
        let answer = atlas.query(query).expect("an answer");
        let marked = answer.recommended().clone();
        for node in answer.into_set() {
            let told = notes(&atlas, &format!("why {} in ({query})", atlas.node(node).id));
            assert_eq!(
                told.contains("is recommended for"),
                marked.contains(&node),
                "{query}: {told}"
            );
        }
    }
}

#[test]
fn what_comes_later_satisfies_nothing() {
    let atlas = atlas(include_str!("regressions/loaded/plan-circle.json"));
    assert_eq!(ids(&atlas, "plan lab"), ["exam", "lecture", "lab"]);
    assert!(atlas.query("plan lab").expect("an answer").recommended().is_empty());
    assert_eq!(notes(&atlas, "why exam in (plan lab)"), "exam is needed for lab");
    assert_eq!(notes(&atlas, "why exam in (must lab)"), "exam is required outright");
}

#[test]
fn a_rank_says_that_recommendations_count_and_can_leave_them_out() {
    let atlas = Atlas::built_in();
    let value = |query: &str| atlas.query(query).expect("an answer").table().rows;
    let (wide, narrow) = ("rank gitops by prereqs", "rank gitops by prereqs required only");
    for (rank, closure) in [(wide, "prereqs gitops"), (narrow, "prereqs gitops required only")] {
        assert_eq!(value(rank)[0][3], ids(&atlas, closure).len());
    }
    assert!(notes(&atlas, wide).contains("only recommended counts too"));
    assert_eq!(notes(&atlas, narrow), "");
}

#[test]
fn an_entry_begins_a_path_and_is_a_need_like_any_other() {
    let atlas = atlas(include_str!("regressions/loaded/entry.json"));
    for query in ["prereqs c", "must c", "plan c"] {
        let found = ids(&atlas, query);
        assert!(found.contains(&"a".to_owned()) && found.contains(&"b".to_owned()), "{query}");
        let why = atlas.query(&format!("why a in ({query})")).expect("a reason");
        let ids: Vec<&str> = why.nodes().iter().map(|node| atlas.node(*node).id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"], "{query}");
    }
    assert_eq!(ids(&atlas, "unlocks a"), ["b", "c"]);
    for query in ["path a -> c", "paths a -> c", "why not path a -> c"] {
        let told = notes(&atlas, query);
        assert!(told.contains("c is reached from b"), "{query}: {told}");
        let only = "b leads there, but only as a beginning: b -enter-> c; as a stop it is one: path a -> b -> c";
        assert!(told.contains(only), "{query}: {told}");
    }
    assert_eq!(ids(&atlas, "path a -> b -> c"), ["a", "b", "c"]);
    assert!(ids(&atlas, "bottlenecks a -> c").is_empty());
}

#[test]
fn listed_paths_and_paths_as_a_set_are_told_apart() {
    let atlas = atlas(include_str!("regressions/loaded/walks.json"));
    let told = notes(&atlas, "why c in (paths a -> b)");
    assert!(told.starts_with("c is not in it; this is why not"), "{told}");
    assert!(told.contains("everything on any walk, c too"), "{told}");
    let told = notes(&atlas, "why c in ((paths a -> b) + a)");
    assert!(told.starts_with("as a set, paths are everything on any walk, where c is"), "{told}");
    assert_eq!(ids(&atlas, "(paths a -> b) + a"), ["a", "b", "c"]);
    let paths = atlas.query("paths a -> c -> b").expect("an answer");
    let text = opsatlas::render::FORMATS.iter().find(|format| format.name == "table").expect("it");
    let text = (text.write)(&paths, &opsatlas::render::Look::plain("")).expect("text");
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(text.starts_with("no paths\n"), "{text}");
}

#[test]
fn a_change_is_told_only_if_it_mends() {
    let atlas = atlas(include_str!("regressions/loaded/remedy.json"));
    let told = notes(&atlas, "why not x in (bottlenecks a -> b)");
    assert!(told.contains("with { +x needs a; +b needs x } …"), "{told}");
    assert_eq!(ids(&atlas, "with { +x needs a; +b needs x } bottlenecks a -> b"), ["a", "b", "x"]);
}

#[test]
fn reasons_count_the_chains_they_tell() {
    let atlas = Atlas::built_in();
    for query in [
        "why docker in (prereqs sre)",
        "why path devops -> llmops",
        "why devops in (path devops -> mlops)",
    ] {
        let answer = atlas.query(query).expect("a reason");
        let opsatlas::answer::Body::Paths(paths) = &answer.body else { panic!("no paths") };
        let count = paths.shortest_count.as_ref().expect("a count").to_string();
        assert!(!answer.paths().is_empty() && count != "0", "{query}: {count}");
    }
}

#[test]
fn many_goals_without_a_plan_are_told_in_few_words_and_little_time() {
    // Each node needs one of the next two, round in a circle.
    let count = 20_000;
    let edges = (0..count).flat_map(|at| [1, 2].map(|step| (at, (at + step) % count)));
    let edges: Vec<String> = edges
        .map(|(from, to)| {
            format!(
                r#"{{"from":"n{from}","kind":"needs","to":"n{to}","properties":{{"any-of":1}}}}"#
            )
        })
        .collect();
    let nodes: Vec<String> = (0..count).map(|at| format!(r#"{{"id":"n{at}"}}"#)).collect();
    let schema = r#"{"relations":{"needs":{"prerequisite":"target"}}}"#;
    let text = format!(
        r#"{{"atlas":1,"schema":{schema},"nodes":[{}],"edges":[{}]}}"#,
        nodes.join(","),
        edges.join(",")
    );
    let atlas = atlas(&text);
    for query in ["plan nodes", "why not n0 in (plan nodes)", "must nodes"] {
        let told = notes(&atlas, query);
        let (lines, length) = (told.lines().count(), told.len());
        assert!(lines < 20 && length < 20_000, "{query}: {lines} notes of {length} bytes");
    }
    assert!(notes(&atlas, "plan nodes").ends_with("no plan for 19988 more"));
    assert!(notes(&atlas, "must nodes").contains("and 19995 more"));
}

#[test]
fn what_a_role_of_ones_own_needs_is_what_it_has() {
    let own = r#"{"atlas": 1, "nodes": [{"id": "keeper", "kind": "role"}], "edges": [
        {"from": "keeper", "kind": "builds-on", "to": "python"},
        {"from": "keeper", "kind": "builds-on", "to": "rag"},
        {"from": "keeper", "kind": "builds-on", "to": "docker"}]}"#;
    let ops = opsatlas::data::save(&Atlas::built_in());
    let layers = [("ops.json", ops), ("own.json", own.to_owned())];
    let atlas = Atlas::from_texts(layers).expect("a valid graph");
    assert_eq!(ids(&atlas, "skills of keeper"), ["python", "rag"]);
    assert_eq!(ids(&atlas, "tools of keeper"), ["docker"]);
    let told = notes(&atlas, "skills of keeper");
    assert!(told.starts_with("skills of keeper: what it needs, since it owns none"), "{told}");
    assert!(told.contains("learns"), "{told}");
    let told = notes(&atlas, "why rag in (skills of keeper)");
    assert_eq!(told, "keeper owns none; RAG is what it needs");
}

/// A cell without what stands for an entry elsewhere: `Helm (or Kustomize)`.
fn without_brackets(cell: &str) -> String {
    let mut parts = cell.split(" (or ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| told + part.split_once(')').map_or("", |(_, rest)| rest))
}

#[test]
fn compare_tells_needs_as_prereqs_does_and_what_edges_say_of_both() {
    let atlas = Atlas::built_in();
    let table = |query: &str| atlas.query(query).expect("an answer").table();
    let table = table("compare sre, mlops-engineer");
    let row = table.rows.iter().find(|row| row[0] == "all prerequisites").expect("a row");
    for (column, id) in [(2, "sre"), (3, "mlops-engineer")] {
        let answer = atlas.query(&format!("prereqs {id}")).expect("an answer");
        let mut told = [&row[1], &row[column]]
            .map(|cell| cell.as_str().unwrap_or_default())
            .map(without_brackets)
            .join(", ")
            .replace("(recommended, optional)", "(recommended)");
        // A name may have a comma of its own.
        for name in atlas.nodes().map(|node| atlas.node(node).name()).filter(|n| n.contains(", ")) {
            told = told.replace(name, &name.replace(", ", " "));
        }
        let entries: Vec<&str> = told.split(", ").filter(|entry| !entry.is_empty()).collect();
        let mut names = Vec::new();
        for entry in &entries {
            let (options, marked) = match entry.strip_suffix(" (recommended)") {
                Some(options) => (options, true),
                None => (*entry, false),
            };
            names.extend(options.split(" or ").map(|name| (name.to_owned(), marked)));
        }
        names.sort();
        let marked = answer.recommended();
        let nodes = answer.nodes().into_iter();
        let mut expected: Vec<(String, bool)> = nodes
            .map(|node| (atlas.node(node).name().replace(", ", " "), marked.contains(&node)))
            .collect();
        expected.sort();
        assert_eq!(names, expected, "{id}");
    }
    assert!(
        row[2].as_str().is_some_and(
            |cell| cell.contains("AWS or Azure or Google Cloud (recommended, optional)")
        )
    );
    let table = atlas.query("compare mlops, devops").expect("an answer").table();
    let row = table.rows.iter().find(|row| row[0] == "differs-from: testing").expect("a row");
    assert_eq!(row[2], "also whether predictions are still accurate (ops-breakdown:13)");
    assert_eq!(row[3], "whether the code works (ops-breakdown:13)");
    // What is said of one alone stands behind what compares them.
    let gap = |row: &Vec<serde_json::Value>| row.iter().any(|cell| cell == "no source says");
    let first = table.rows.iter().position(gap).expect("a gap");
    let field = |row: &Vec<serde_json::Value>| {
        atlas.schema().fields.contains_key(row[0].as_str().unwrap_or(""))
    };
    let whole = table.rows.iter().rposition(|row| field(row) && !gap(row)).expect("a whole row");
    assert!(whole < first);
}
