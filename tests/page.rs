//! The page of `-F html`: the same bytes twice, obeying nothing but its own style and script, and
//! holding the facts whatever the names are. What it does in a browser, `.ci/page` tries.

mod support;

use base64::Engine;
use opsatlas::diagnostic::visible;
use opsatlas::graph::Atlas;
use opsatlas::render::{Drawing, FORMATS, Look, Theme};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn page_as(atlas: &Atlas, query: &str, theme: Theme) -> String {
    let format = FORMATS.iter().find(|row| row.name == "html").expect("a format");
    let answer = atlas.query(query).expect("an answer");
    let look = Look { drawing: Drawing { theme, ..Drawing::default() }, ..Look::plain(query) };
    String::from_utf8((format.write)(&answer, &look).expect("written")).expect("UTF-8")
}

fn page(atlas: &Atlas, query: &str) -> String {
    page_as(atlas, query, Theme::Auto)
}

/// What stands between two pieces of a text.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

/// The contents of all elements `name`, with the attributes of each.
fn elements<'t>(page: &'t str, name: &str) -> Vec<(&'t str, &'t str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let pieces = page.split(open.as_str()).skip(1).filter_map(|piece| piece.split_once('>'));
    pieces.map(|(head, rest)| (head, rest.split(close.as_str()).next().unwrap_or(""))).collect()
}

fn facts(page: &str) -> Value {
    let text = between(page, "<script type=\"application/json\" id=\"facts\">", "</script>");
    serde_json::from_str(text).expect("the facts are JSON")
}

/// Fails unless the page loads nothing and its policy allows its own blocks alone.
fn assert_sealed(page: &str) {
    let policy = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    let scripts = elements(page, "script").into_iter().filter(|(head, _)| head.is_empty());
    let blocks: Vec<&str> =
        elements(page, "style").into_iter().chain(scripts).map(|(_, text)| text).collect();
    for block in &blocks {
        let hash = hmac_sha256::Hash::hash(block.as_bytes());
        let named = base64::engine::general_purpose::STANDARD.encode(hash);
        assert!(policy.contains(&format!("'sha256-{named}'")), "a block is not in the policy");
    }
    assert_eq!(policy.matches("'sha256-").count(), blocks.len());
    let mut markup = page.to_owned();
    let told = elements(page, "script").into_iter().chain(elements(page, "style"));
    for (_, text) in told.filter(|(_, text)| !text.is_empty()) {
        markup = markup.replace(text, "");
    }
    for loads in [" src=", "url(", "@import", " style=", " onclick=", " onload=", "href=\"http"] {
        assert!(!markup.contains(loads), "the markup has {loads}");
    }
    assert_eq!(markup.matches(" href=").count(), 1, "more than the empty icon");
    for (_, block) in elements(page, "style") {
        assert!(!block.contains("url(") && !block.contains("@import"), "a style loads something");
    }
}

#[test]
fn a_page_is_sealed_and_the_same_each_time() {
    let atlas = Atlas::built_in();
    for query in ["nodes", "prereqs llmops", "path devops -> llmops", "show mlops", "kinds"] {
        let written = page(&atlas, query);
        assert!(written == page(&atlas, query), "{query} differs the second time");
        assert!(written.starts_with("<!doctype html>"));
        assert_sealed(&written);
    }
    let written = page(&atlas, "domains");
    let (_, script) = *elements(&written, "script").last().expect("a script");
    for forbidden in
        ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch("]
    {
        assert!(!script.contains(forbidden), "the script has {forbidden}");
    }
    assert!(script.len() < 40 * 1024, "the script has {} bytes", script.len());
}

#[test]
fn the_facts_are_those_of_the_answer() {
    let atlas = Atlas::built_in();
    let answer = atlas.query("path devops -> llmops").expect("an answer");
    let told = facts(&page(&atlas, "path devops -> llmops"));
    let nodes = told["nodes"].as_array().expect("nodes");
    let drawn = usize::try_from(told["drawn"].as_u64().expect("a number")).expect("small");
    let ids: Vec<&str> = nodes[..drawn].iter().filter_map(|node| node["id"].as_str()).collect();
    let wanted: Vec<&str> =
        answer.nodes().iter().map(|node| atlas.node(*node).id.as_str()).collect();
    assert_eq!(ids, wanted);
    // The cards tell everything: also of nodes outside the picture, and who says so.
    let map = answer.roadmap().expect("a way has stops");
    let cards = map.cards().flat_map(|card| [card.node].into_iter().chain(card.others.clone()));
    let all: std::collections::BTreeSet<_> = answer.nodes().into_iter().chain(cards).collect();
    let incident = all.into_iter().flat_map(|node| {
        let mut edges = atlas.edges_from(node);
        edges.extend(atlas.edges_to(node));
        edges
    });
    let incident: std::collections::BTreeSet<_> = incident.collect();
    let edges = told["edges"].as_array().expect("edges");
    assert_eq!(edges.len(), incident.len());
    let place = |value: &Value| value.as_u64().and_then(|at| usize::try_from(at).ok());
    let citations = told["citations"].as_array().expect("citations");
    for (edge, index) in edges.iter().zip(&incident) {
        let (from, to) = atlas.ends(*index);
        let end = |name: &str| nodes[place(&edge[name]).expect("a place")]["id"].as_str();
        assert_eq!(
            (end("from"), end("to")),
            (Some(&*atlas.node(from).id), Some(&*atlas.node(to).id))
        );
        let cited = edge["cited"].as_array().map_or(&[][..], Vec::as_slice);
        let lines: Vec<Option<u64>> = cited
            .iter()
            .map(|number| citations[place(number).expect("a place")]["line"].as_u64())
            .collect();
        let wanted: Vec<Option<u64>> =
            atlas.edge(*index).sources.iter().map(|cited| cited.line).collect();
        assert_eq!(lines, wanted);
    }
    assert_eq!(edges.iter().filter(|edge| edge["drawn"] == true).count(), 5);
}

#[test]
fn nothing_is_folded_and_no_format_is_left_without_an_answer() {
    let atlas = Atlas::built_in();
    let told = facts(&page(&atlas, "nodes"));
    assert_eq!(told["drawn"].as_u64(), Some(atlas.graph().node_count() as u64));
    let table = page(&atlas, "kinds");
    let columns = ["<th>kind</th>", "<td>domains</td>"];
    assert!(columns.iter().all(|cell| table.contains(cell)), "{table}");
    assert_eq!(table.matches("<script").count(), 1, "what sorts it");
    assert!(!page(&atlas, "nodes then count").contains("<script"));
    assert!(page(&atlas, "nodes then count").contains("<p class=\"deep0\">"));
    assert!(page(&atlas, "domains except domains").contains("Nothing fits."));
}

#[test]
fn a_plan_begins_with_what_is_known() {
    let atlas = Atlas::built_in();
    let written = page(&atlas, "plan mlops knowing docker, python");
    let told = facts(&written);
    let known = |id: &str| {
        let nodes = told["nodes"].as_array().into_iter().flatten();
        nodes.clone().find(|node| node["id"] == id).map(|node| node["known"] == true)
    };
    assert_eq!((known("docker"), known("git")), (Some(true), Some(false)));
    // The page tells standings from its marks, which change; only the goal stays marked.
    let svg = between(&written, "<svg id=\"picture\"", "\n</svg>");
    assert!(!svg.contains(" s0") && svg.contains("milestone emphasised\" data-node=\"mlops\""));
}

#[test]
fn a_theme_holds_until_the_reader_changes_it() {
    let atlas = Atlas::built_in();
    let media = |theme| {
        between(&page_as(&atlas, "domains", theme), "id=\"night\" media=\"", "\"").to_owned()
    };
    assert_eq!(media(Theme::Dark), "screen");
    assert_eq!(media(Theme::Light), "not all");
    assert!(media(Theme::Auto).contains("prefers-color-scheme: dark"));
}

/// Names made to break out of HTML, of JSON in HTML, and of attributes.
const NAUGHTY: &str = "\\PC{1,10}|[\"\\\\<>{}|&;'`=/\n]{1,6}|</script>|<!--|<!-- <script>|]]>|<b>|&lt;|\\{\\{facts\\}\\}|\u{1b}\\[31m|\u{202e}abc|\u{7}x|__proto__";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_name_breaks_out(names in vec(NAUGHTY, 1..5)) {
        let nodes: Vec<Value> = names
            .iter()
            .enumerate()
            .map(|(at, name)| json!({
                "id": format!("{at}{name}"), "name": format!("{name}."), "kind": format!("k{name}"),
                "aliases": [format!("{name}!")],
                "properties": {"claim": [{"value": name, "sources": [{"source": "s", "section": name}]}]},
            }))
            .collect();
        let edges: Vec<Value> = (1..nodes.len())
            .map(|at| json!({"from": nodes[at - 1]["id"], "kind": format!("r{}", names[at]), "to": nodes[at]["id"]}))
            .collect();
        let sources = json!([{"id": "s", "title": names[0], "address": names[0]}]);
        let text = json!({"atlas": 1, "sources": sources, "nodes": nodes, "edges": edges}).to_string();
        let atlas = Atlas::from_texts([("g.json", text)]).expect("valid");
        let written = page(&atlas, "nodes");
        assert_sealed(&written);
        prop_assert_eq!(written.matches("<script").count(), 2);
        prop_assert_eq!(written.matches("</script").count(), 2);
        prop_assert_eq!(written.matches("<!--").count(), 0);
        prop_assert!(!written.contains(|c| opsatlas::diagnostic::drives_terminal(c) && c != '\n'));
        let told = facts(&written);
        for (at, node) in atlas.graph().node_indices().enumerate() {
            prop_assert_eq!(told["nodes"][at]["name"].as_str().expect("a name"), visible(atlas.node(node).name()));
        }
        // The picture is read back as XML, whose rules are stricter than those of HTML.
        let svg = format!("<svg{}</svg>", between(&written, "<svg id=\"picture\"", "\n</svg>"));
        let tree = roxmltree::Document::parse(&svg).expect("the picture is well formed");
        let boxes = tree.descendants().filter(|node| node.attribute("data-node").is_some());
        prop_assert_eq!(boxes.count(), names.len());
        let table = page(&atlas, "kinds");
        assert_sealed(&table);
        let main = format!("<main>{}</main>", between(&table, "<main>", "</main>"));
        prop_assert!(roxmltree::Document::parse(&main).is_ok(), "the table is not well formed: {}", main);
    }
}
