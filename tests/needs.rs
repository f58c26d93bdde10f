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
    atlas.query(query).expect("an answer").notes.join("\n")
}

#[test]
fn a_tie_lets_one_stand_for_the_other_and_says_who_says_so() {
    let atlas = Atlas::built_in();
    let plan = ids(&atlas, "plan gitops avoid flux-cd");
    assert!(plan.contains(&"argo-cd".to_owned()) && !plan.contains(&"flux-cd".to_owned()));
    let told = notes(&atlas, "plan gitops avoid flux-cd");
    assert!(told.contains("argo-cd alternative-to flux-cd (argo-cd-docs · flux-readme)"), "{told}");
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
