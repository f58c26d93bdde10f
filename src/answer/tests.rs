//! The projections of answers, on a graph of eight nodes.

use super::*;
use crate::graph::Atlas;
use crate::stop::NEVER;
use std::sync::atomic::AtomicBool;

const GRAPH: &str = r#"{"atlas": 1,
    "schema": {
        "kinds": {"thing": {}, "post": {"milestone": true}},
        "relations": {"needs": {"prerequisite": "target", "inverse": "serves"}, "likes": {}}
    },
    "nodes": [
        {"id": "a", "kind": "thing"}, {"id": "b", "kind": "thing", "name": "Bee", "aliases": ["B2"]},
        {"id": "c", "kind": "thing", "properties": {"effort-hours": 3}}, {"id": "r", "kind": "post"},
        {"id": "s", "kind": "post"}, {"id": "x", "kind": "thing"}
    ],
    "edges": [
        {"from": "b", "kind": "needs", "to": "a", "sources": [{"source": "book", "line": 2}]},
        {"from": "c", "kind": "needs", "to": "a"}, {"from": "c", "kind": "needs", "to": "b"},
        {"from": "r", "kind": "needs", "to": "c"},
        {"from": "s", "kind": "needs", "to": "r"},
        {"from": "s", "kind": "needs", "to": "x", "properties": {"strength": "recommended"}},
        {"from": "a", "kind": "likes", "to": "x"}, {"from": "x", "kind": "likes", "to": "x"}
    ]}"#;

fn atlas() -> Atlas {
    Atlas::from_texts([("g.json", GRAPH.to_owned())]).expect("a graph")
}

fn node(atlas: &Atlas, id: &str) -> NodeIndex {
    atlas.nodes().find(|node| atlas.node(*node).id == id).expect(id)
}

fn nodes(atlas: &Atlas, ids: &str) -> Vec<NodeIndex> {
    ids.split_whitespace().map(|id| node(atlas, id)).collect()
}

/// What `s` needs.
fn closure(atlas: &Atlas) -> Answer {
    let of = nodes(atlas, "s");
    let set = Set {
        recommended: nodes(atlas, "x").into_iter().collect(),
        closure: Some(Closure { of: of.clone(), needs: true, every: false }),
        dependents: of,
        ..Set::of(nodes(atlas, "a b c r x"))
    };
    Answer::new(atlas, Body::Set(set))
}

fn set(atlas: &Atlas, ids: &str) -> Answer {
    Answer::new(atlas, Body::Set(Set::of(nodes(atlas, ids))))
}

fn plan(atlas: &Atlas) -> Answer {
    let mut plan =
        StudyPlan { goals: nodes(atlas, "r"), known: nodes(atlas, "a"), ..StudyPlan::default() };
    plan.made.steps = vec![nodes(atlas, "b"), nodes(atlas, "c"), nodes(atlas, "r")];
    Answer::new(atlas, Body::Plan(Box::new(plan)))
}

fn path(atlas: &Atlas) -> Answer {
    let nodes = nodes(atlas, "a b c");
    let joins = |pair: &[NodeIndex]| -> Vec<EdgeIndex> {
        let back = |edge: &EdgeIndex| atlas.ends(*edge).1 == pair[0];
        atlas.edges_from(pair[1]).into_iter().filter(back).collect()
    };
    let hops = nodes.windows(2).map(joins).collect();
    Answer::new(
        atlas,
        Body::Paths(Paths { routes: vec![Path { nodes, hops }], ..Paths::default() }),
    )
}

fn text(lines: &[Line]) -> Vec<String> {
    let line = |line: &Line| {
        let spans: String = line.spans.iter().map(|span| span.text.as_str()).collect();
        format!("{}{spans}", "  ".repeat(line.depth))
    };
    lines.iter().map(line).collect()
}

#[test]
fn each_shape_has_one_noun_and_is_counted_by_it() {
    let atlas = atlas();
    let counted = |answer: Answer| answer.counted_in_words();
    assert_eq!(counted(set(&atlas, "a b")).as_deref(), Some("2 nodes"));
    assert_eq!(counted(plan(&atlas)).as_deref(), Some("3 steps"));
    assert_eq!(counted(path(&atlas)), None, "one path is plain to see");
    assert_eq!(
        counted(Answer::new(&atlas, Body::Table(Table::default()))).as_deref(),
        Some("no rows")
    );
    assert_eq!(counted(Answer::new(&atlas, Body::Card(node(&atlas, "a")))), None);
}

#[test]
fn a_debugger_sees_how_much_and_not_all_of_it() {
    let atlas = atlas();
    let short = format!("{:?}", set(&atlas, "a b c r s x"));
    assert!(short.starts_with("Answer { shape: Set, count: 6, "), "{short}");
    assert!(!short.contains("NodeIndex"), "{short}");
}

#[test]
fn what_is_cut_says_so_and_what_is_brief_forgets_the_rest() {
    let atlas = atlas();
    let cut = closure(&atlas).limited(2);
    assert_eq!((cut.count(), cut.complete, cut.notes.len()), (2, false, 1));
    let whole = closure(&atlas).limited(5);
    assert_eq!((whole.complete, whole.notes.len()), (true, 0));
    let brief = closure(&atlas).brief(2);
    assert_eq!(brief.nodes(), nodes(&atlas, "a b"));
    assert!(brief.recommended().is_empty() && !brief.complete);
    let Body::Set(set) = &brief.body else { panic!("a set") };
    assert!(set.closure.is_none(), "no closure is looked through to tell two nodes");
}

#[test]
fn chosen_rows_remember_the_answer_they_are_of() {
    let atlas = atlas();
    let chosen = closure(&atlas).choose(&[4, 0]);
    assert_eq!(chosen.nodes(), nodes(&atlas, "x a"));
    let listing = chosen.listing();
    assert_eq!(listing.strength(node(&atlas, "x")), Some("recommended"));
    assert_eq!(listing.strength(node(&atlas, "a")), Some("required"));
    let steps = plan(&atlas).choose(&[1]);
    assert_eq!((steps.shape(), steps.nodes()), (Shape::Set, nodes(&atlas, "c")));
    assert!(steps.listing().plan().is_some());
}

#[test]
fn a_listing_puts_nodes_under_the_milestone_that_needs_them_first() {
    let atlas = atlas();
    let answer = closure(&atlas);
    let listing = answer.listing();
    let under = |id: &str| listing.under(node(&atlas, id)).map(|node| atlas.node(node).id.as_str());
    assert_eq!([under("a"), under("c"), under("x")], [Some("r"), Some("r"), Some("s")]);
    assert_eq!(Listing::plain(&atlas).under(node(&atlas, "a")), None);
}

#[test]
fn columns_say_what_pages_files_and_json_hold() {
    let atlas = atlas();
    let answer = closure(&atlas);
    let listing = answer.listing();
    let shown =
        |name: &str, id: &str| column(name).expect(name).on_page(&listing, node(&atlas, id));
    assert_eq!(shown("name", "b"), "Bee");
    assert_eq!(shown("id", "b"), "", "its name leads back to it");
    assert_eq!([shown("strength", "a"), shown("strength", "x")], ["", "recommended"]);
    let file = column("aliases").expect("aliases").in_file(&listing, node(&atlas, "b"));
    assert_eq!(file, "B2");
    let told = members(&listing, &nodes(&atlas, "x"));
    assert!(told.iter().any(|(member, value)| *member == "under" && value == "s"), "{told:?}");
}

#[test]
fn cells_of_one_row_add_amounts_and_list_the_rest() {
    let cells = |values: &[serde_json::Value]| {
        Cell::joined(values.iter().cloned().map(Cell::Value).collect::<Vec<_>>().into_iter())
    };
    assert_eq!(
        cells(&[1.into(), "2.5".parse::<serde_json::Number>().expect("one").into()]).json(&atlas()),
        Some("3.5".parse::<serde_json::Number>().expect("one").into())
    );
    assert_eq!(cells(&["a".into(), "a".into()]), Cell::Value("a".into()));
    assert_eq!(cells(&["a".into(), "b".into()]), Cell::Values(vec!["a".into(), "b".into()]));
    assert_eq!(cells(&[]), Cell::Nothing);
}

#[test]
fn an_outline_unfolds_a_node_where_it_is_met_first() {
    let atlas = atlas();
    let lines = text(&closure(&atlas).outline());
    let met = |name: &str| lines.iter().filter(|line| line.trim_start().starts_with(name)).count();
    assert_eq!([met("a "), met("Bee"), met("s ")], [2, 1, 1], "{lines:#?}");
    assert!(lines[0].starts_with("s ") && lines[1].starts_with("  "), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains('x') && line.contains("recommended")));
    let kinds = text(&set(&atlas, "a r").outline());
    assert_eq!(kinds, ["posts", "  r", "things", "  a"].map(str::to_owned));
}

#[test]
fn parts_are_those_of_the_shape() {
    let atlas = atlas();
    let answer = plan(&atlas);
    let parts = answer.parts();
    assert_eq!(parts.steps.map(<[_]>::len), Some(3));
    assert!(parts.nodes.is_some() && parts.table.is_none() && parts.paths.is_none());
    let counted = plan(&atlas).counted();
    assert_eq!(counted.parts().value, Some(&3.into()));
    assert!(counted.parts().nodes.is_none());
}

#[test]
fn a_picture_has_an_edge_for_parallel_ones_and_tells_its_way() {
    let atlas = atlas();
    let answer = path(&atlas);
    let picture = answer.picture(&NEVER).expect("a picture");
    assert!(picture.edges.iter().all(|edge| edge.way == Some(Way::Backward)), "hops run against");
    let reading = picture.reading(&picture.edges[0], true);
    assert_eq!((reading.words.as_str(), reading.inverse, reading.headed), ("serves", true, true));
    assert_eq!(picture.reading(&picture.edges[0], false).words, "needs");
    assert!(set(&atlas, "a").counted().picture(&NEVER).is_none());
}

#[test]
fn the_nodes_of_a_plan_are_known_ready_later_or_the_goal() {
    let atlas = atlas();
    let answer = plan(&atlas);
    let picture = answer.picture(&NEVER).expect("a picture");
    let told = picture.nodes.iter().map(|node| node.readiness);
    let wanted = [Readiness::Known, Readiness::Ready, Readiness::Later, Readiness::Goal];
    assert_eq!(told.collect::<Vec<_>>(), wanted.map(Some));
}

#[test]
fn a_reduced_picture_lacks_what_follows_and_what_is_no_need() {
    let atlas = atlas();
    let answer = closure(&atlas);
    let mut picture = answer.picture(&NEVER).expect("a picture");
    let named = |picture: &Picture<'_>| -> Vec<String> {
        let id = |node| atlas.node(node).id.clone();
        picture.edges.iter().map(|edge| id(edge.from) + &id(edge.to)).collect()
    };
    assert_eq!(named(&picture), ["ax", "ba", "ca", "cb", "rc", "sr", "sx", "xx"]);
    picture.reduce();
    assert_eq!(named(&picture), ["ba", "cb", "rc", "sr", "sx"]);
    assert_eq!(picture.left_out.len(), 1);
    let plain = set(&atlas, "a b c");
    let mut picture = plain.picture(&NEVER).expect("a picture");
    picture.reduce();
    assert_eq!(picture.edges.len(), 3, "no question for needs, nothing follows");
}

#[test]
fn lookalikes_are_folded_where_there_are_many() {
    let (mut nodes, mut edges) = (vec![r#"{"id": "hub"}"#.to_owned()], Vec::new());
    for at in 0..200 {
        nodes.push(format!(r#"{{"id": "l{at:03}"}}"#));
        edges.push(format!(r#"{{"from": "l{at:03}", "kind": "r", "to": "hub"}}"#));
    }
    let (nodes, edges) = (nodes.join(","), edges.join(","));
    let text = format!(r#"{{"atlas": 1, "nodes": [{nodes}], "edges": [{edges}]}}"#);
    let atlas = Atlas::from_texts([("g.json", text)]).expect("a graph");
    let answer = Answer::new(&atlas, Body::Set(Set::of(atlas.nodes().collect())));
    let mut picture = answer.picture(&NEVER).expect("a picture");
    picture.fold();
    assert_eq!((picture.nodes.len(), picture.edges.len()), (5, 4));
    assert_eq!(picture.nodes[4].folded.len(), 197);
    assert!(picture.name(&picture.nodes[4]).starts_with("+197 more"));
}

#[test]
fn a_picture_that_is_stopped_is_not_finished() {
    let atlas = atlas();
    let answer = closure(&atlas);
    let picture = answer.picture(&AtomicBool::new(true)).expect("a picture");
    assert!(picture.nodes.is_empty() && picture.edges.is_empty());
}
