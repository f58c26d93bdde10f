//! What a picture says: loops and their words are seen, ways run forward, colours tell relations
//! apart, and every format draws the same.

mod support;

use opsatlas::graph::Atlas;
use opsatlas::layout::{Area, Metrics, Point, Scene, text_width};
use opsatlas::render::{Columns, Direction, Drawing, FORMATS, Look, lay_out};
use opsatlas::stop::NEVER;
use std::collections::BTreeSet;
use support::{err, folder, out, run_in};

fn loaded(text: &str) -> Atlas {
    Atlas::from_texts([("g.json", text)]).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn written(atlas: &Atlas, query: &str, format: &str, look: &Look<'_>) -> String {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    let row = FORMATS.iter().find(|row| row.name == format).expect("a format");
    String::from_utf8((row.write)(&answer, look).expect("drawn")).expect("UTF-8")
}

fn scene(atlas: &Atlas, query: &str, direction: Direction) -> Scene {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    let mut picture = answer.picture(&NEVER).expect("a picture");
    picture.reduce();
    lay_out(&picture, Columns::Steps, direction, &Metrics::PIXELS, &NEVER).expect("it is small")
}

fn apart(a: &Area, b: &Area) -> bool {
    let beside = |a: f64, width: f64, b: f64| a + width <= b + 1e-6;
    beside(a.corner.x, a.width, b.corner.x)
        || beside(b.corner.x, b.width, a.corner.x)
        || beside(a.corner.y, a.height, b.corner.y)
        || beside(b.corner.y, b.height, a.corner.y)
}

/// Loops of every kind: alone, among boxes that no edge joins, several on one box, long words.
const LOOPS: [&str; 3] = [
    r#"{"atlas": 1, "nodes": [{"id": "idle"}, {"id": "busy"}],
        "edges": [{"from": "idle", "kind": "waits until it is woken", "to": "idle"}]}"#,
    r#"{"atlas": 1, "nodes": [{"id": "idle"}],
        "edges": [{"from": "idle", "kind": "naps", "to": "idle"}, {"from": "idle", "kind": "retries", "to": "idle"}]}"#,
    r#"{"atlas": 1, "nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}],
        "edges": [{"from": "a", "kind": "needs a rather long while for it", "to": "a"},
        {"from": "a", "kind": "naps", "to": "b"}, {"from": "b", "kind": "waits until it is woken", "to": "b"},
        {"from": "b", "kind": "retries", "to": "b"}, {"from": "c", "kind": "sleeps for a while", "to": "c"},
        {"from": "a", "kind": "naps", "to": "c"}, {"from": "b", "kind": "third of them", "to": "b"}]}"#,
];

#[test]
fn words_on_loops_lie_free() {
    for (text, direction) in
        LOOPS.iter().flat_map(|text| [(text, Direction::Right), (text, Direction::Down)])
    {
        let scene = scene(&loaded(text), "nodes", direction);
        let labels: Vec<&Area> =
            scene.edges.iter().filter_map(|edge| Some(&edge.label.as_ref()?.area)).collect();
        assert_eq!(labels.len(), scene.edges.len());
        for (at, edge) in scene.edges.iter().enumerate() {
            let label = edge.label.as_ref().expect("a label");
            assert!(label.area.width >= text_width(&label.text, 10.5), "{}", label.text);
            let inside = |point: Point| {
                (0.0..=scene.width).contains(&point.x) && (0.0..=scene.height).contains(&point.y)
            };
            let corner = label.area.corner;
            let far = Point { x: corner.x + label.area.width, y: corner.y + label.area.height };
            assert!(inside(corner) && inside(far), "{} lies outside: {direction:?}", label.text);
            for node in &scene.nodes {
                assert!(apart(&label.area, &node.area), "{} is hidden: {direction:?}", label.text);
            }
            for other in &labels[at + 1..] {
                assert!(apart(&label.area, other), "{} lies on another: {direction:?}", label.text);
            }
        }
    }
}

#[test]
fn loops_are_told_by_name_where_cells_are_drawn() {
    let shown = written(&loaded(LOOPS[1]), "nodes", "unicode", &Look::plain("nodes"));
    assert_eq!(shown, "┌─────↺┐\n│ idle │\n└──────┘\n↺ idle: naps, retries\n");
    let shown = written(&loaded(LOOPS[0]), "nodes", "unicode", &Look::plain("nodes"));
    assert!(shown.contains("↺ idle: waits until it is woken\n"), "{shown}");
}

/// `c` needs `b` needs `a`, by a relation that no schema declares, or that one does.
fn needs(schema: &str) -> Atlas {
    loaded(&format!(
        r#"{{"atlas": 1, {schema} "nodes": [{{"id": "a"}}, {{"id": "b"}}, {{"id": "c"}}],
        "edges": [{{"from": "c", "kind": "r", "to": "b"}}, {{"from": "b", "kind": "r", "to": "a"}}]}}"#
    ))
}

const DECLARED: &str = r#""schema": {"relations": {"r": {"prerequisite": "target"}}},"#;

#[test]
fn ways_run_forward_and_arrows_follow_them() {
    let cases = [
        ("", "path a -> c over r"),
        ("", "paths a -> c over r"),
        ("", "prereqs c over r"),
        (DECLARED, "path a -> c"),
        (DECLARED, "prereqs c"),
        (DECLARED, "nodes"),
        (DECLARED, "plan c"),
    ];
    for (schema, query) in cases {
        let atlas = needs(schema);
        let scene = scene(&atlas, query, Direction::Right);
        let answer = atlas.query(query).expect("an answer");
        let mut picture = answer.picture(&NEVER).expect("a picture");
        picture.reduce();
        let mut order: Vec<(&str, f64)> = picture
            .nodes
            .iter()
            .zip(&scene.nodes)
            .map(|(node, drawn)| (atlas.node(node.node).id.as_str(), drawn.area.corner.x))
            .collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        let ids: Vec<&str> = order.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, ["a", "b", "c"], "{query}");
        for edge in &scene.edges {
            assert!(edge.headed && edge.curve.start.x < edge.curve.end().x, "{query}");
            assert_eq!(edge.label.as_ref().expect("a label").text, "← r", "{query}");
        }
        let drawing = Drawing { columns: Columns::Steps, ..Drawing::default() };
        let look = Look { drawing, ..Look::plain(query) };
        let dot = written(&atlas, query, "dot", &look);
        assert!(
            dot.contains("rankdir=\"RL\"") && dot.matches("dir=\"back\"").count() == 2,
            "{dot}"
        );
        let chart = written(&atlas, query, "mermaid", &look);
        assert_eq!(
            chart.matches("-->|\"← r\"|").count() + chart.matches("==>|\"← r\"|").count(),
            2,
            "{chart}"
        );
    }
}

#[test]
fn what_is_drawn_backwards_is_read_again_as_it_was() {
    let atlas = Atlas::built_in();
    let query = "prereqs gitops";
    let look =
        Look { drawing: Drawing { all_edges: true, ..Drawing::default() }, ..Look::plain(query) };
    let dot = written(&atlas, query, "dot", &look);
    let again = Atlas::from_texts([("w.dot", dot)]).expect("DOT");
    let told = |atlas: &Atlas, edges: Vec<opsatlas::graph::EdgeIndex>| {
        let told = edges.into_iter().map(|edge| {
            let (from, to) = atlas.ends(edge);
            let ids = [from, to].map(|node| atlas.node(node).id.clone());
            (ids, atlas.relation_of(edge).name.clone())
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told
    };
    let answer = atlas.query(query).expect("an answer");
    let mut nodes = answer.nodes();
    nodes.push(atlas.by_id("gitops").expect("a node"));
    let inside: BTreeSet<_> = nodes.iter().copied().collect();
    let edges = nodes.iter().flat_map(|node| atlas.edges_from(*node));
    let edges = edges.filter(|edge| inside.contains(&atlas.ends(*edge).1)).collect();
    let all = again.graph().edge_indices().collect();
    assert_eq!(told(&again, all), told(&atlas, edges));
}

#[test]
fn relations_never_share_a_colour() {
    let edges: Vec<String> =
        (0..80).map(|at| format!(r#"{{"from": "a", "kind": "r{at:02}", "to": "b"}}"#)).collect();
    let atlas = loaded(&format!(
        r#"{{"atlas": 1, "nodes": [{{"id": "a"}}, {{"id": "b"}}], "edges": [{}]}}"#,
        edges.join(",")
    ));
    for (atlas, count) in [(atlas, 80), (Atlas::built_in(), 9)] {
        let dot = written(&atlas, "nodes", "dot", &Look::plain("nodes"));
        let mut colors = BTreeSet::new();
        let mut pairs = BTreeSet::new();
        for line in dot.lines().filter(|line| line.contains(" -> ")) {
            let part = |name: &str| line.split(name).nth(1).and_then(|rest| rest.split('"').next());
            let color = part(" color=\"").expect("a colour");
            colors.insert(color);
            pairs.insert((part("kind=\"").or(part("label=\"")), color));
        }
        assert_eq!((colors.len(), pairs.len()), (count, count));
        // The same in other pictures.
        let svg = written(&atlas, "nodes", "mermaid", &Look::plain("nodes"));
        assert!(colors.iter().all(|color| svg.contains(&format!("stroke:{color}"))));
    }
}

#[test]
fn what_holds_in_both_directions_has_no_head() {
    let atlas = loaded(
        r#"{"atlas": 1, "schema": {"relations": {"rivals": {"prerequisite": "none", "inverse": "Rivals"}}},
        "nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"from": "a", "kind": "rivals", "to": "b"}]}"#,
    );
    let shown = |format: &str| written(&atlas, "nodes", format, &Look::plain("nodes"));
    assert!(!shown("svg").contains("<polygon") && !shown("html").contains("<polygon points"));
    assert!(shown("dot").contains("dir=\"none\""));
    assert!(shown("mermaid").contains("n0 ---|\"rivals\"| n1"), "{}", shown("mermaid"));
    assert!(!shown("unicode").contains(['▶', '◀']), "{}", shown("unicode"));
    let domains = written(
        &Atlas::built_in(),
        "domains",
        "unicode",
        &Look { width: 400, ..Look::plain("domains") },
    );
    assert!(domains.contains("differs-from") && domains.contains('▶'));
}

#[test]
fn equal_edges_are_each_drawn_in_dot() {
    let edge = r#"{"from": "a", "kind": "r", "to": "b"}"#;
    let atlas = loaded(&format!(
        r#"{{"atlas": 1, "nodes": [{{"id": "a"}}, {{"id": "b"}}], "edges": [{edge}, {edge}, {edge}]}}"#
    ));
    let dot = written(&atlas, "nodes", "dot", &Look::plain("nodes"));
    assert_eq!(dot.matches("\"a\" -> \"b\"").count(), 3, "{dot}");
    let again = Atlas::from_texts([("w.dot", dot)]).expect("DOT");
    assert_eq!(again.graph().edge_count(), 3);
}

#[test]
fn a_goal_on_the_way_to_another_is_a_step() {
    let atlas = needs(DECLARED);
    let standing = |query: &str, id: &str| {
        let answer = atlas.query(query).expect("an answer");
        let picture = answer.picture(&NEVER).expect("a picture");
        let node = picture.nodes.iter().find(|node| atlas.node(node.node).id == id);
        format!("{:?}", node.and_then(|node| node.readiness).expect("a standing"))
    };
    let told: Vec<String> = ["a", "b", "c"].map(|id| standing("plan nodes", id)).to_vec();
    assert_eq!(told, ["Ready", "Later", "Goal"]);
    assert_eq!(standing("plan b", "b"), "Goal");
    let circle = r#"{"atlas": 1, "schema": {"relations": {"r": {"prerequisite": "target"}}},
        "nodes": [{"id": "a"}, {"id": "b"}],
        "edges": [{"from": "a", "kind": "r", "to": "b"}, {"from": "b", "kind": "r", "to": "a"}]}"#;
    let atlas = loaded(circle);
    let answer = atlas.query("plan a").expect("an answer");
    let goals =
        answer.picture(&NEVER).expect("a picture").nodes.into_iter().filter(|node| node.emphasised);
    assert_eq!(goals.count(), 1);
}

#[test]
fn a_tree_for_a_picture_tells_its_notes_once() {
    let folder = folder("fallback");
    let output = run_in(&folder, &["-F", "unicode", "plan mlops"], "");
    let all = out(&output) + &err(&output);
    let mut notes: Vec<&str> = all.lines().filter(|line| line.starts_with("note: ")).collect();
    assert!(all.contains("note: a tree instead") && notes.len() > 1, "{all}");
    let count = notes.len();
    notes.sort_unstable();
    notes.dedup();
    assert_eq!(notes.len(), count, "{all}");
}

#[test]
fn what_is_wrapped_in_a_tree_is_no_branch() {
    let query = "path linux -> llmops";
    let look = Look { width: 40, ..Look::plain(query) };
    let shown = written(&Atlas::built_in(), query, "tree", &look);
    let branches = shown.lines().filter(|line| line.contains("─ ")).count();
    let wide = Look { width: 1000, ..Look::plain(query) };
    let whole = written(&Atlas::built_in(), query, "tree", &wide);
    assert_eq!(branches, whole.lines().filter(|line| line.contains("─ ")).count(), "{shown}");
    assert!(shown.lines().count() > whole.lines().count());
}

#[test]
fn accents_and_joined_signs_are_drawn_as_they_are() {
    let names = [
        "e\u{301}te\u{301}",
        "ශ\u{dca}\u{200d}රී",
        "می\u{200c}خواهم",
        "👩\u{1f3fd}\u{200d}🚀",
        "❤\u{fe0f}\u{200d}🔥",
        "\u{1112}\u{1161}\u{11ab}",
    ];
    let nodes: Vec<String> = (0..)
        .zip(names)
        .map(|(at, name)| format!(r#"{{"id": "n{at}", "name": "{name}"}}"#))
        .collect();
    let atlas = loaded(&format!(r#"{{"atlas": 1, "nodes": [{}]}}"#, nodes.join(", ")));
    let shown = written(&atlas, "nodes", "unicode", &Look::plain("nodes"));
    for name in names {
        assert!(shown.contains(&format!(" {name} ")), "{name}: {shown}");
    }
}
