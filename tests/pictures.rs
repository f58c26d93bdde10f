//! Pictures in every format: read back by that format's parser, whatever the names are; the same
//! bytes twice; bounded; and Graphviz only when asked.

mod support;

use opsatlas::diagnostic::{drives_terminal, visible};
use opsatlas::graph::Atlas;
use opsatlas::render::{Drawing, FORMATS, Look, Theme, harmless_id};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::{err, folder, root, run, run_in};

/// Names made to break formats.
const NAUGHTY: &str = "\\PC{1,10}|[\"\\\\<>{}|&;#%'`\n]{1,6}|</script>|<b>|\\\\N|\\{a\\|b\\}|\\]\\]>|%%\\{init\\}%%|&amp;|#quot;|\u{1b}\\[31m|\u{202e}abc|\u{7}x|1\\. x|- x|end";

fn write(atlas: &Atlas, query: &str, format: &str, look: &Look<'_>) -> Vec<u8> {
    let format = FORMATS.iter().find(|row| row.name == format).expect("a format");
    let answer = atlas.query(query).expect("an answer");
    (format.write)(&answer, look).expect("drawn")
}

fn text(atlas: &Atlas, query: &str, format: &str) -> String {
    String::from_utf8(write(atlas, query, format, &Look::plain(query))).expect("UTF-8")
}

/// A chain of nodes whose ids, names and relations are naughty.
fn chain(labels: &[String]) -> Atlas {
    let nodes: Vec<Value> = labels
        .iter()
        .enumerate()
        .map(|(at, label)| json!({"id": format!("{at}{label}"), "name": format!("{label}.")}))
        .collect();
    let id = |at: usize| nodes[at]["id"].clone();
    let edges: Vec<Value> = (1..nodes.len())
        .map(|at| json!({"from": id(at - 1), "kind": format!("r{}", labels[at]), "to": id(at)}))
        .chain([json!({"from": id(0), "kind": "loop", "to": id(0)})])
        .collect();
    let text = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
    Atlas::from_texts([("g.json", text)]).expect("valid")
}

/// The edges of an atlas as ids and relation, as pictures tell them.
fn edges(atlas: &Atlas) -> BTreeSet<(String, String, String)> {
    let edges = atlas.graph().edge_indices().map(|edge| {
        let (from, to) = atlas.ends(edge);
        let relation = visible(&atlas.relation_of(edge).name);
        (harmless_id(atlas, from), relation, harmless_id(atlas, to))
    });
    edges.collect()
}

/// A Mermaid label as Mermaid reads it; fails on whatever could mean something else to it.
fn mermaid_label(text: &str) -> Result<String, String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        if character == '#' {
            let (code, behind) = rest.split_once(';').ok_or("a code without an end")?;
            let code: u32 = code.parse().map_err(|_| format!("`{code}` is no code"))?;
            plain.push(char::from_u32(code).ok_or("no character")?);
            rest = behind;
        } else if "\"<>{}|[]`%;&\n".contains(character) {
            return Err(format!("{character:?} stands as it is"));
        } else {
            plain.push(character);
        }
    }
    Ok(plain)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn svg_reads_back(labels in vec(NAUGHTY, 2..6)) {
        let atlas = chain(&labels);
        let svg = text(&atlas, "nodes", "svg");
        let document = roxmltree::Document::parse(&svg).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let with = |name: &'static str| document.descendants().filter(move |node| node.has_attribute(name));
        let ids: BTreeSet<String> = with("data-node").filter_map(|node| node.attribute("data-node")).map(str::to_owned).collect();
        prop_assert_eq!(ids, atlas.graph().node_indices().map(|node| harmless_id(&atlas, node)).collect::<BTreeSet<_>>());
        let told: BTreeSet<(String, String, String)> = with("data-from").map(|node| {
            let read = |name| node.attribute(name).unwrap_or_default().to_owned();
            (read("data-from"), read("data-relation"), read("data-to"))
        }).collect();
        prop_assert_eq!(told, edges(&atlas));
        for group in with("data-node") {
            let title = group.children().find(|node| node.has_tag_name("title")).and_then(|node| node.text());
            let node = atlas.graph().node_indices().find(|node| Some(harmless_id(&atlas, *node).as_str()) == group.attribute("data-node"));
            let name = visible(atlas.node(node.expect("a known node")).name());
            prop_assert!(title.is_some_and(|title| title.starts_with(&name)), "{title:?} does not begin with {name:?}");
        }
        prop_assert!(!svg.chars().any(|character| drives_terminal(character) && character != '\n'));
        // Nothing but what a picture consists of.
        let tags: BTreeSet<&str> = document.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name()).collect();
        let known = BTreeSet::from(["svg", "title", "desc", "style", "g", "rect", "path", "polygon", "text"]);
        prop_assert!(tags.is_subset(&known), "{tags:?}");
    }

    #[test]
    fn mermaid_reads_back(labels in vec(NAUGHTY, 2..6)) {
        let atlas = chain(&labels);
        let chart = text(&atlas, "nodes", "mermaid");
        let mut lines = chart.lines();
        prop_assert_eq!(lines.next(), Some("flowchart LR"));
        let (mut names, mut told) = (Vec::new(), Vec::new());
        for line in lines {
            let line = line.trim();
            if let Some((node, rest)) = line.split_once("[\"") {
                let (label, class) = rest.split_once("\"]:::k").expect("a node");
                prop_assert!(node[1..].parse::<usize>().is_ok() && class.parse::<usize>().is_ok());
                names.push(mermaid_label(label).map_err(TestCaseError::fail)?);
            } else if let Some((from, rest)) = line.split_once(" -->|\"") {
                let (label, to) = rest.split_once("\"| ").expect("an edge");
                let at = |id: &str| id[1..].parse::<usize>().expect("a place");
                told.push((at(from), mermaid_label(label).map_err(TestCaseError::fail)?, at(to)));
            } else {
                prop_assert!(["accTitle: ", "classDef ", "linkStyle "].iter().any(|start| line.starts_with(start)), "{line}");
            }
        }
        let nodes: Vec<_> = atlas.graph().node_indices().collect();
        prop_assert_eq!(names, nodes.iter().map(|node| visible(atlas.node(*node).name())).collect::<Vec<_>>());
        let told: BTreeSet<_> = told.into_iter().map(|(from, label, to)| {
            (harmless_id(&atlas, nodes[from]), label, harmless_id(&atlas, nodes[to]))
        }).collect();
        prop_assert_eq!(told, edges(&atlas));
    }

    #[test]
    fn unicode_shows_names_and_harms_no_terminal(labels in vec(NAUGHTY, 2..5)) {
        let atlas = chain(&labels);
        let look = Look { width: 400, ..Look::plain("nodes") };
        let shown = String::from_utf8(write(&atlas, "nodes", "unicode", &look)).expect("UTF-8");
        prop_assert!(!shown.chars().any(|character| drives_terminal(character) && character != '\n'));
        let boxes = |corners: &str| shown.chars().filter(|character| corners.contains(*character)).count();
        prop_assert!(boxes("┌╔┏") >= labels.len(), "{shown}");
        for label in labels.iter().filter(|label| label.chars().all(|c| c.is_ascii_alphanumeric())) {
            prop_assert!(shown.contains(&format!("{label}.")), "{label} is missing:\n{shown}");
        }
    }
}

#[test]
fn pictures_are_the_same_twice_and_from_a_shuffled_file() {
    let nodes =
        json!([{"id": "a", "kind": "x"}, {"id": "b", "kind": "y"}, {"id": "c", "kind": "x"}]);
    let edges = json!([
        {"from": "a", "kind": "r", "to": "b"}, {"from": "b", "kind": "r", "to": "c"},
        {"from": "c", "kind": "s", "to": "a"}, {"from": "a", "kind": "s", "to": "a"},
    ]);
    let load = |nodes: &Value, edges: &Value| {
        let text = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
        Atlas::from_texts([("g.json", text)]).expect("valid")
    };
    let turned = |list: &Value| {
        let mut list = list.as_array().expect("a list").clone();
        list.reverse();
        Value::from(list)
    };
    let (first, second) = (load(&nodes, &edges), load(&turned(&nodes), &turned(&edges)));
    for format in ["svg", "png", "mermaid", "unicode"] {
        let look = Look::plain("nodes");
        assert_eq!(write(&first, "nodes", format, &look), write(&second, "nodes", format, &look));
    }
    let atlas = Atlas::built_in();
    assert_eq!(text(&atlas, "nodes", "svg"), text(&atlas, "nodes", "svg"));
}

#[test]
fn a_picture_says_what_it_shows() {
    let atlas = Atlas::built_in();
    let svg = text(&atlas, "path devops -> llmops", "svg");
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let child =
        |name: &str| root.children().find(|node| node.has_tag_name(name)).expect("it is there");
    assert_eq!(child("title").text(), Some("path devops -> llmops"));
    assert!(child("desc").text().expect("a text").contains("4 nodes"));
    assert!(child("style").text().expect("a text").contains("prefers-color-scheme:dark"));
    // Tooltips name sources, and the edge as it is stored, whichever way it is read.
    assert!(svg.contains("<title>gitops builds-on devops&#10;"));
    assert!(svg.contains(">is the base of</text>") && svg.contains("roadmap-2026:"));
    let titles = document.descendants().filter(|node| node.has_tag_name("title"));
    assert!(titles.filter_map(|node| node.text()).any(|text| text.contains("ops-breakdown:")));
}

#[test]
fn needs_are_drawn_without_what_follows() {
    let schema = r#"{"atlas": 1, "schema": {"relations": {
        "needs": {"prerequisite": "target"}, "helps": {"prerequisite": "source", "strength": "recommended"},
        "near": {"prerequisite": "none"}}},
      "nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
      "edges": [{"from": "b", "kind": "needs", "to": "a"}, {"from": "c", "kind": "needs", "to": "b"},
        {"from": "c", "kind": "needs", "to": "a"}, {"from": "a", "kind": "near", "to": "c"}]}"#;
    let atlas = Atlas::from_texts([("g.json", schema)]).expect("valid");
    let svg = text(&atlas, "prereqs c", "svg");
    assert_eq!(svg.matches("data-from").count(), 2);
    assert!(svg.contains("2 edges that follow from these"));
    let all = Drawing { all_edges: true, ..Drawing::default() };
    let look = Look { drawing: all, ..Look::plain("prereqs c") };
    let svg = String::from_utf8(write(&atlas, "prereqs c", "svg", &look)).expect("UTF-8");
    assert_eq!(svg.matches("data-from").count(), 4);
    // A required edge is no less required for a recommended way round it.
    let weaker = schema.replace(
        r#"{"from": "c", "kind": "needs", "to": "b"}"#,
        r#"{"from": "b", "kind": "helps", "to": "c"}"#,
    );
    let atlas = Atlas::from_texts([("g.json", weaker)]).expect("valid");
    let svg = text(&atlas, "prereqs c", "svg");
    assert!(svg.contains(r#"data-from="c" data-to="a" data-relation="needs""#));
}

#[test]
fn lookalikes_are_folded_in_large_pictures_only() {
    let graph = |leaves: usize| {
        let ids = (0..leaves).map(|at| format!("t{at:03}"));
        let nodes: Vec<Value> = ids
            .clone()
            .map(|id| json!({"id": id, "kind": "tool"}))
            .chain([json!({"id": "hub"})])
            .collect();
        let edges: Vec<Value> =
            ids.map(|id| json!({"from": "hub", "kind": "uses", "to": id})).collect();
        let text = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
        Atlas::from_texts([("g.json", text)]).expect("valid")
    };
    let svg = text(&graph(149), "nodes", "svg");
    assert_eq!(svg.matches("data-node").count(), 150);
    let svg = text(&graph(150), "nodes", "svg");
    assert_eq!(svg.matches("data-node").count(), 5);
    assert!(svg.contains(">+147 more tools</text>") && svg.contains("near X"));
    assert!(text(&graph(150), "nodes", "mermaid").contains("#43;147 more tools"));
    // DOT is for programs, which want everything.
    assert_eq!(text(&graph(150), "nodes", "dot").matches("->").count(), 150);
}

#[test]
fn a_png_has_the_size_asked_for_or_is_refused() {
    let size = |scale: f64| {
        let drawing = Drawing { scale: Some(scale), theme: Theme::Dark, ..Drawing::default() };
        let png = write(
            &Atlas::built_in(),
            "domains",
            "png",
            &Look { drawing, ..Look::plain("domains") },
        );
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        u32::from_be_bytes([png[16], png[17], png[18], png[19]])
    };
    assert!(size(2.0).abs_diff(2 * size(1.0)) <= 1);
    let output = run(&["-F", "png", "--scale", "16", "nodes"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("error[too-large]") && err(&output).contains("`--scale "),
        "{}",
        err(&output)
    );
}

#[test]
fn a_narrow_terminal_gets_a_tree() {
    let atlas = Atlas::built_in();
    let at = |width: usize, query: &'static str| {
        let look = Look { width, ..Look::plain(query) };
        String::from_utf8(write(&atlas, query, "unicode", &look)).expect("UTF-8")
    };
    for width in [40, 60, 80, 100, 140, 250] {
        let shown = at(width, "path devops -> llmops");
        let widest = shown.lines().map(|line| line.chars().count()).max().expect("lines");
        assert!(widest <= width || shown.contains("note: a tree instead"), "{width}: {shown}");
    }
    assert!(at(100, "path devops -> llmops").contains("leads-to"));
    assert!(at(80, "path devops -> llmops").contains("lines: builds-on, leads-to"));
    assert!(at(30, "path devops -> llmops").contains("note: a tree instead"));
}

#[test]
fn nothing_and_one_node_can_be_drawn() {
    let atlas =
        Atlas::from_texts([("g.json", r#"{"atlas": 1, "nodes": [{"id": "only", "kind": "k"}]}"#)])
            .expect("valid");
    for format in ["svg", "png", "mermaid", "unicode", "dot"] {
        for query in ["nodes", "nodes except nodes"] {
            assert!(
                !write(&atlas, query, format, &Look::plain(query)).is_empty(),
                "{format}: {query}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn graphviz_draws_only_when_asked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("engine");
    // A Graphviz that tells what it was asked for.
    let fake = folder.join("dot");
    std::fs::write(&fake, "#!/bin/sh\necho \"drawn $*\"\n/bin/cat\n").expect("written");
    std::fs::set_permissions(&fake, std::fs::Permissions::from_mode(0o755)).expect("allowed");
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_opsatlas"))
            .args(arguments)
            .env("PATH", &folder)
            .output()
            .expect("the program runs")
    };
    let ours = run(&["-F", "svg", "domains"]);
    assert!(!String::from_utf8_lossy(&ours.stdout).contains("drawn"));
    let theirs = run(&["-F", "svg", "--engine", "neato", "domains"]);
    let told = String::from_utf8_lossy(&theirs.stdout).into_owned();
    assert!(
        told.starts_with("drawn -Kneato -Tsvg\n") && told.contains("digraph opsatlas"),
        "{told}"
    );
    std::fs::write(&fake, "#!/bin/sh\necho 'out of ink' >&2\nexit 1\n").expect("written");
    let failed = run(&["-F", "svg", "--engine", "dot", "domains"]);
    assert!(err(&failed).contains("error[no-graphviz]") && err(&failed).contains("out of ink"));
    let wrong = run_in(&root(), &["--engine", "paint", "domains"], "");
    assert!(err(&wrong).contains("dot, neato, fdp, sfdp, circo or twopi"), "{}", err(&wrong));
}

#[test]
fn a_plan_shows_where_one_stands() {
    let graph = r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target"}}},
      "nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}, {"id": "goal"}],
      "edges": [{"from": "b", "kind": "needs", "to": "a"}, {"from": "c", "kind": "needs", "to": "b"},
        {"from": "goal", "kind": "needs", "to": "c"}, {"from": "goal", "kind": "needs", "to": "d"}]}"#;
    let atlas = Atlas::from_texts([("g.json", graph)]).expect("valid");
    let svg = text(&atlas, "plan goal knowing a", "svg");
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let class = |id: &str| {
        let node = document.descendants().find(|node| node.attribute("data-node") == Some(id));
        node.and_then(|node| node.attribute("class")).unwrap_or_default().to_owned()
    };
    let standing = |id: &str| class(id).split(' ').nth(2).map(str::to_owned);
    let told: Vec<Option<String>> = ["a", "b", "c", "d", "goal"].map(standing).to_vec();
    let expected = ["s0", "s1", "s2", "s1", "s3"].map(|class| Some(class.to_owned()));
    assert_eq!(told, expected);
    for meaning in ["known", "ready to begin", "later", "goal"] {
        assert!(svg.contains(&format!(">{meaning}</text>")), "{meaning} is not in the legend");
    }
}

#[test]
fn endless_names_of_kinds_and_relations_are_cut_in_the_legend() {
    let (kind, relation) = ("k".repeat(5_000), "r".repeat(5_000));
    let file = json!({"atlas": 1, "nodes": [{"id": "a", "kind": kind}, {"id": "b"}],
        "edges": [{"from": "a", "kind": relation, "to": "b"}]});
    let atlas = Atlas::from_texts([("long.json", file.to_string())]).expect("a graph");
    let answer = atlas.query("nodes").expect("an answer");
    let svg = FORMATS.iter().find(|row| row.name == "svg").expect("a format");
    let svg = (svg.write)(&answer, &Look::plain("nodes")).expect("drawn");
    let svg = String::from_utf8(svg).expect("UTF-8");
    let texts = svg.split("</text>").filter_map(|piece| piece.rsplit('>').next());
    let texts: Vec<&str> = texts.filter(|text| text.starts_with(['k', 'r'])).collect();
    assert!(texts.len() >= 2, "{texts:?}");
    assert!(texts.iter().all(|text| text.len() < 400 && text.ends_with('…')), "{texts:?}");
}
