//! What the builder makes of facts, rule by rule, and what an overlay makes of a graph.

use super::*;
use crate::diagnostic::{Diagnostic, Text};
use serde_json::json;

type Triple = [&'static str; 3];

/// A builder that holds these nodes and edges, all of one file.
fn builder(nodes: &[&str], edges: &[Triple]) -> Builder {
    let mut builder = Builder::new();
    let file = builder.begin_file(&Text::new("x.json", " ".repeat(99)), "x");
    let place = |at: usize| FilePlace::new(file, at);
    for (at, id) in nodes.iter().enumerate() {
        builder.node(NodeFacts { id: (*id).into(), place: place(at), ..NodeFacts::default() });
    }
    for (at, [from, relation, to]) in edges.iter().copied().enumerate() {
        let end_places = [place(at), place(at)];
        let facts =
            EdgeFacts { from, relation, to, place: place(at), end_places, ..Default::default() };
        builder.edge(facts);
    }
    builder
}

fn atlas(nodes: &[&str], edges: &[Triple]) -> Atlas {
    builder(nodes, edges).finish().expect("a valid graph")
}

fn statements_of(atlas: &Atlas, edges: &[EdgeIndex]) -> Vec<String> {
    let told = edges.iter().map(|edge| {
        let (from, to) = atlas.ends(*edge);
        let relation = &atlas.relation_of(*edge).name;
        format!("{} {relation} {}", atlas.node(from).id, atlas.node(to).id)
    });
    told.collect()
}

fn codes(builder: Builder) -> Vec<&'static str> {
    let problems: Vec<Diagnostic> = builder.finish().expect_err("problems");
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn frozen_edges_follow_source_relation_and_target_however_they_come() {
    let edges = [["b", "r", "a"], ["a", "s", "b"], ["a", "r", "c"], ["a", "r", "b"]];
    let mut turned = edges;
    turned.reverse();
    let canonical = ["a r b", "a r c", "a s b", "b r a"];
    for edges in [edges, turned] {
        let atlas = atlas(&["c", "b", "a"], &edges);
        assert_eq!(statements_of(&atlas, &atlas.edges()), canonical);
        let ids: Vec<&str> = atlas.nodes().map(|node| atlas.node(node).id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
    }
}

#[test]
fn edges_of_the_same_ends_follow_what_they_say() {
    let mut builder = builder(&["a", "b"], &[["a", "r", "b"]]);
    for weight in [2, 1] {
        let properties = Properties::from([("weight".to_owned(), json!(weight))]);
        let (from, relation, to) = ("a", "r", "b");
        builder.edge(EdgeFacts { from, relation, to, properties, ..Default::default() });
    }
    let atlas = builder.finish().expect("a valid graph");
    let weights = atlas.edges().into_iter().map(|edge| atlas.edge(edge).properties.get("weight"));
    assert_eq!(weights.collect::<Vec<_>>(), [Some(&json!(1)), Some(&json!(2)), None]);
}

#[test]
fn an_end_is_defined_or_the_same_in_canonical_composition() {
    let atlas = atlas(&["é", "b"], &[["b", "r", "e\u{301}"]]);
    assert_eq!(statements_of(&atlas, &atlas.edges()), ["b r é"]);
    assert_eq!(codes(builder(&["a"], &[["a", "r", "b"], ["c", "r", "a"]])), ["dangling-end"; 2]);
}

#[test]
fn ends_are_nodes_where_edges_may_stand_alone_and_no_node_is_defined() {
    let mut alone = builder(&[], &[["a", "r", "b"]]);
    alone.edges_may_stand_alone();
    assert_eq!(alone.finish().expect("a valid graph").nodes().count(), 2);
    let mut listed = builder(&["a"], &[["a", "r", "b"]]);
    listed.edges_may_stand_alone();
    assert_eq!(codes(listed), ["dangling-end"]);
}

#[test]
fn a_closed_schema_takes_what_it_declares_and_no_more() {
    let declare = |builder: &mut Builder| {
        builder.schema.closed = true;
        builder.schema.add_relation("needs");
        builder.schema.declare_all();
    };
    let mut right = builder(&["a", "b"], &[["a", "needs", "b"]]);
    declare(&mut right);
    assert!(right.finish().is_ok());
    let mut wrong = builder(&["a", "b"], &[["a", "neds", "b"], ["a", "zzz", "b"]]);
    declare(&mut wrong);
    let problems = wrong.finish().expect_err("problems");
    assert_eq!(problems[0].help, ["did you mean `needs`?"]);
    assert!(problems[1].help[0].ends_with(r#"{"relations":{"zzz":{}}}}"#), "{problems:?}");
}

#[test]
fn each_statement_of_a_declared_field_has_its_type() {
    let with = |value| {
        let mut builder = builder(&[], &[]);
        let kind = FieldType::Integer;
        let field = Field { kind, stands_in_for: None, about: None, on_path: false };
        builder.schema.fields.insert("hours".to_owned(), field);
        let properties = Properties::from([("hours".to_owned(), value)]);
        builder.node(NodeFacts { id: "a".to_owned(), properties, ..NodeFacts::default() });
        builder
    };
    assert!(with(json!([{"value": 1}, {"value": 2}])).finish().is_ok());
    assert!(with(json!(null)).finish().is_ok(), "null fits any field");
    for whole in ["18446744073709551616", "-1e30", "2.0", "0"] {
        assert!(with(serde_json::from_str(whole).expect("JSON")).finish().is_ok(), "{whole}");
    }
    assert_eq!(codes(with(json!(1.5))), ["wrong-type"]);
    assert_eq!(codes(with(json!([{"value": 1}, {"value": "2"}]))), ["wrong-type"]);
}

#[test]
fn a_file_defines_a_node_once_and_later_files_add() {
    assert_eq!(codes(builder(&["a", "a"], &[])), ["duplicate-id"]);
    let mut builder = builder(&["a"], &[]);
    let file = builder.begin_file(&Text::new("y.json", "  "), "y");
    let (id, name) = ("a".to_owned(), Some("A".to_owned()));
    builder.node(NodeFacts { id, name, place: FilePlace::new(file, 0), ..NodeFacts::default() });
    let atlas = builder.finish().expect("a valid graph");
    let node = atlas.node(NodeIndex::new(0));
    assert_eq!((node.name(), &*node.layers), ("A", [0, 1].as_slice()));
}

#[test]
fn an_overlay_hides_and_adds_in_canonical_order() {
    let atlas = atlas(&["a", "b", "c"], &[["a", "r", "b"], ["b", "r", "c"], ["c", "r", "a"]]);
    let [a, b, c] = [0, 1, 2].map(NodeIndex::new);
    let more = atlas.clone().changed(Edit::Add(a, 0, c)).changed(Edit::Add(b, 0, a));
    let wanted = ["a r b", "a r c", "b r a", "b r c", "c r a"];
    assert_eq!(statements_of(&more, &more.edges()), wanted);
    assert_eq!(statements_of(&more, &more.edges_to(c)), ["a r c", "b r c"]);
    let less = more.clone().changed(Edit::Remove(a, 0, c)).changed(Edit::RemoveNode(b));
    assert_eq!(statements_of(&less, &less.edges()), ["c r a"]);
    assert_eq!((less.nodes().count(), less.by_id("b")), (2, None));
    assert_eq!(statements_of(&atlas, &atlas.edges()), ["a r b", "b r c", "c r a"]);
    assert!(less.is(&less.clone()) && !less.is(&more));
}

#[test]
fn a_flow_runs_from_what_is_needed_and_sees_changes() {
    let mut builder = builder(&["a", "b", "c"], &[["a", "r", "b"], ["b", "s", "c"]]);
    builder.schema.add_relation("r").prerequisite = Some(Prerequisite::Target);
    let s = builder.schema.add_relation("s");
    s.prerequisite = Some(Prerequisite::Source);
    s.strength = Strength::Recommended;
    let atlas = builder.finish().expect("a valid graph");
    let [a, b, c] = [0, 1, 2].map(NodeIndex::new);
    let opened = |flow: &Flow<'_>, node| flow.opens(node).map(|(_, end)| end).collect::<Vec<_>>();
    assert_eq!(opened(&Flow::all(&atlas), b), [a, c]);
    assert_eq!(opened(&Flow::required(&atlas), b), [a]);
    assert_eq!(opened(&Flow::over(&atlas, &Some(vec![1])), b), [c]);
    let changed = atlas.clone().changed(Edit::Remove(a, 0, b)).changed(Edit::Add(c, 0, b));
    assert_eq!(opened(&Flow::all(&changed), b), [c, c], "b opens c twice: `s`, and `c r b`");
    assert!(Flow::all(&atlas).ties().is_none());
}
