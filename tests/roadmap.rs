//! Roadmaps as pictures: when they are drawn, that all is told once and in order, how large letters are, and
//! that no name breaks out of any form.

use opsatlas::answer::Roadmap;
use opsatlas::graph::Atlas;
use opsatlas::render::{Drawing, FORMATS, Layout, Look, Theme};
use roxmltree::{Document, Node};
use std::collections::BTreeSet;

const PLAN: &str = "plan sysadmin to llm-platform-engineer";

fn written(atlas: &Atlas, query: &str, format: &str, look: &Look<'_>) -> Vec<u8> {
    let format = FORMATS.iter().find(|row| row.name == format).expect("a format");
    (format.write)(&atlas.query(query).expect("an answer"), look).expect("it can be written")
}

fn svg(atlas: &Atlas, query: &str, drawing: Drawing) -> String {
    let look = Look { drawing, ..Look::plain(query) };
    String::from_utf8(written(atlas, query, "svg", &look)).expect("UTF-8")
}

fn classed<'a>(document: &'a Document<'a>, class: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| {
        node.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    })
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{name}"))
}

fn slide() -> Drawing {
    Drawing { width: Some(1920.0), height: Some(1080.0), ..Drawing::default() }
}

/// Cards by their ids, in the order of the lanes.
fn told(map: &Roadmap<'_>) -> Vec<String> {
    map.cards().map(|card| map.atlas.node(card.node).id.clone()).collect()
}

/// The smallest letters of a picture, in pixels as it is shown.
fn least_letters(text: &str) -> f64 {
    let document = Document::parse(text).expect("XML");
    let root = document.root_element();
    assert!(number(root, "width") <= 1920.0 && number(root, "height") <= 1080.0);
    let viewed = root.attribute("viewBox").expect("a view").split(' ').nth(2).expect("a width");
    let scale = number(root, "width") / viewed.parse::<f64>().expect("a number");
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|text| number(text, "font-size") * scale).fold(f64::MAX, f64::min)
}

#[test]
fn a_plan_fits_a_slide_with_letters_that_can_be_read() {
    let atlas = Atlas::built_in();
    for drawing in [slide(), Drawing { theme: Theme::Dark, ..slide() }, Drawing::default()] {
        let text = svg(&atlas, PLAN, drawing);
        let least = least_letters(&text);
        assert!(least >= 11.0, "letters of {least} pixels");
        let document = Document::parse(&text).expect("XML");
        let answer = atlas.query(PLAN).expect("a plan");
        let map = answer.roadmap().expect("a roadmap");
        let drawn = document.descendants().filter_map(|node| node.attribute("data-node"));
        let heads_first = told(&map);
        assert_eq!(drawn.collect::<Vec<_>>(), heads_first);
    }
}

#[test]
fn every_step_stands_on_one_card_after_what_it_needs() {
    let atlas = Atlas::built_in();
    for query in [PLAN, "plan llmops knowing docker, git", "prereqs llmops", "prereqs gitops"] {
        let answer = atlas.query(query).expect("an answer");
        let map = answer.roadmap().expect("a roadmap");
        let mut told = Vec::new();
        for card in map.cards() {
            told.push(card.node);
            told.extend(&card.others[..card.shared]);
        }
        let distinct: BTreeSet<_> = told.iter().copied().collect();
        assert_eq!(distinct.len(), told.len(), "{query}: a node stands twice");
        assert!(answer.nodes().iter().all(|node| distinct.contains(node)), "{query}");
        // Within a lane the order is that of the answer.
        let answered = answer.nodes();
        let place = |node| answered.iter().position(|other| *other == node);
        for lane in &map.lanes {
            let places: Vec<usize> =
                lane.cards.iter().filter_map(|card| place(card.node)).collect();
            assert!(places.is_sorted(), "{query}: {}", lane.title);
        }
    }
}

#[test]
fn where_no_milestone_is_the_needs_of_the_goal_head_lanes() {
    let atlas = Atlas::built_in();
    for query in
        ["plan cloud-engineer", "prereqs ai-architect", "plan prompt-engineer, network-engineer"]
    {
        let answer = atlas.query(query).expect("an answer");
        let map = answer.roadmap().expect("a roadmap");
        assert!(map.lanes.len() > 2 && map.lanes.len() <= 11, "{query}: {} lanes", map.lanes.len());
        let (last, before) = map.lanes.split_last().expect("lanes");
        assert!(last.need.is_none() && before.iter().all(|lane| lane.need.is_some()), "{query}");
        // What a lane needs stands in it or before it.
        let mut told = BTreeSet::new();
        let inside: BTreeSet<_> = answer.nodes().into_iter().collect();
        for lane in &map.lanes {
            let own =
                lane.all().flat_map(|card| [card.node].into_iter().chain(card.others.clone()));
            let own: BTreeSet<_> = own.collect();
            told.extend(own.iter().copied());
            assert!(lane.need.is_none_or(|need| own.contains(&need)), "{query}: {}", lane.title);
            for node in own.iter().filter(|node| inside.contains(*node)) {
                let needed = format!("prereqs {} depth 1", atlas.node(*node).id);
                for need in atlas.query(&needed).expect("needs").nodes() {
                    assert!(!inside.contains(&need) || told.contains(&need), "{query}: {needed}");
                }
            }
        }
    }
    let answer = atlas.query("plan cloud-engineer").expect("a plan");
    let titles: Vec<String> =
        answer.roadmap().expect("a roadmap").lanes.into_iter().map(|lane| lane.title).collect();
    assert!(
        titles.contains(&"Kubernetes".to_owned())
            && titles.ends_with(&["Cloud Engineer".to_owned()])
    );
}

#[test]
fn roadmaps_are_drawn_where_they_are_better_or_asked_for() {
    let atlas = Atlas::built_in();
    let is_roadmap = |query: &str, layout: Layout| {
        svg(&atlas, query, Drawing { layout, ..Drawing::default() }).contains("class=\"lane\"")
    };
    for (query, auto) in [
        (PLAN, true),
        ("prereqs llmops", true),
        ("prereqs llmops then where kind = skill", true),
        ("plan gitops knowing linux, git, docker then limit 5", false),
        ("path devops to llmops", false),
        ("near gitops", false),
        ("show mlops", false),
        ("compare devops and gitops", true),
        // No milestone: a roadmap if the graph could not be read.
        ("plan cloud-engineer", true),
        ("plan incident-commander", true),
        ("plan database-administrator", false),
    ] {
        assert_eq!(is_roadmap(query, Layout::Auto), auto, "{query}");
    }
    assert!(!is_roadmap(PLAN, Layout::Layers));
    for query in ["near gitops", "path devops to llmops", "prereqs git"] {
        assert!(is_roadmap(query, Layout::Roadmap), "{query}");
    }
    assert!(!is_roadmap("show mlops", Layout::Roadmap), "a card is no roadmap");
}

#[test]
fn options_share_a_card_and_marks_are_told() {
    let atlas = Atlas::built_in();
    let text = svg(&atlas, PLAN, Drawing::default());
    let document = Document::parse(&text).expect("XML");
    let card = |id: &str| {
        let found = classed(&document, "card").find(|card| card.attribute("data-node") == Some(id));
        found.unwrap_or_else(|| panic!("no card of {id}"))
    };
    let words = |card: Node<'_, '_>| {
        let texts = card.children().filter(|node| node.has_tag_name("text"));
        texts.filter_map(|text| text.text()).collect::<Vec<_>>().join(" ")
    };
    assert!(words(card("flux-cd")).starts_with("Flux CD or Argo CD"));
    assert!(card("flux-cd").attribute("class").is_some_and(|class| class.contains("recommended")));
    assert!(card("linux").attribute("class").is_some_and(|class| class.contains("known")));
    assert_eq!(words(card("docker")), "Docker 1.8 h");
    let links = classed(&document, "link").count();
    let heads = classed(&document, "head").count();
    assert!(links >= heads - 1, "{links} links between {heads} lanes");
    let none = svg(&atlas, PLAN, Drawing { legend: false, ..Drawing::default() });
    assert!(text.contains("class=\"legend\"") && !none.contains("class=\"legend\""));
}

#[test]
fn what_is_compared_is_drawn_shared_and_apart() {
    let atlas = Atlas::built_in();
    let answer = atlas.query("compare devops and gitops").expect("a table");
    let map = answer.roadmap().expect("a picture");
    let titles: Vec<&str> = map.lanes.iter().map(|lane| lane.title.as_str()).collect();
    assert_eq!(titles, ["Shared", "Only DevOps", "Only GitOps"]);
    let nodes = |lane: usize| -> BTreeSet<_> {
        map.lanes[lane].cards.iter().map(|card| card.node).collect()
    };
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        assert!(nodes(a).is_disjoint(&nodes(b)), "{a} and {b}");
    }
    let needs = |name: &str| -> BTreeSet<_> {
        atlas.query(&format!("prereqs {name}")).expect("a set").nodes().into_iter().collect()
    };
    let both: BTreeSet<_> = needs("devops").intersection(&needs("gitops")).copied().collect();
    assert!(!both.is_empty() && both.is_subset(&nodes(0)));
}

/// A chain below a milestone, with these names.
fn chain(names: &[&str]) -> Atlas {
    let nodes = names.iter().enumerate().map(|(at, name)| {
        let kind = if at % 4 == 3 { "domain" } else { "skill" };
        serde_json::json!({"id": format!("n{at}"), "name": name, "kind": kind})
    });
    let edges = (1..names.len()).map(|at| {
        serde_json::json!({"from": format!("n{at}"), "kind": "needs", "to": format!("n{}", at - 1)})
    });
    let text = serde_json::json!({
        "atlas": 1,
        "schema": {
            "kinds": {"domain": {"milestone": true}, "skill": {}},
            "relations": {"needs": {"prerequisite": "target"}},
        },
        "nodes": nodes.collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(),
    });
    Atlas::from_texts([("names.json", text.to_string().as_str())]).expect("a graph")
}

#[test]
fn no_name_breaks_out_of_any_form() {
    let long = "long ".repeat(60);
    let solid = "W".repeat(300);
    let names = [
        "</script><script>alert(1)</script>",
        "</title></svg><b>",
        "]]> & \"quotes\" 'too'",
        "Milestone",
        "\u{202e}reversed",
        "שלום עולם",
        "مرحبا بالعالم",
        "{{facts}}",
        &long,
        &solid,
        "知識図",
        "e\u{301}\u{200d}🚀",
    ];
    let atlas = chain(&names);
    let drawing = Drawing { layout: Layout::Roadmap, ..Drawing::default() };
    let query = "prereqs n11";
    let text = svg(&atlas, query, drawing);
    let document = Document::parse(&text).expect("XML");
    let told = document.descendants().filter(|node| node.has_attribute("data-node"));
    assert_eq!(told.count(), 12);
    assert!(
        document.descendants().all(|node| !node.has_tag_name("script") && !node.has_tag_name("b"))
    );
    let look = Look { drawing, title: Some("</title><script>"), ..Look::plain(query) };
    for format in
        FORMATS.iter().filter(|format| ["svg", "png", "pdf", "html"].contains(&format.name))
    {
        let first = written(&atlas, query, format.name, &look);
        assert!(first == written(&atlas, query, format.name, &look), "{} differs", format.name);
        let text = String::from_utf8_lossy(&first).into_owned();
        assert!(
            !text.contains("<script>alert") && !text.contains("<title><script>"),
            "{}",
            format.name
        );
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_has_pages_of_its_size_and_its_fonts() {
    let atlas = Atlas::built_in();
    let look = Look::plain(PLAN);
    let bytes = written(&atlas, PLAN, "pdf", &look);
    assert!(bytes == written(&atlas, PLAN, "pdf", &look), "it differs the second time");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("%PDF-"));
    let pages = text.matches("/MediaBox [0 0 841.875 595.275]").count();
    assert!(pages > 1 && text.contains(&format!("/Count {pages}")), "{pages} pages of A4");
    assert!(text.contains("/FontFile2") && text.contains("/ToUnicode"));
    let slide = written(&atlas, PLAN, "pdf", &Look { drawing: slide(), ..look });
    let slide = String::from_utf8_lossy(&slide);
    assert!(slide.contains("/MediaBox [0 0 1440 810]") && slide.contains("/Count 1"));
    let graph = written(&atlas, "domains", "pdf", &Look::plain("domains"));
    assert!(String::from_utf8_lossy(&graph).contains("/Count 1"));
}

#[test]
fn a_graph_is_as_large_as_asked_for() {
    let atlas = Atlas::built_in();
    for (width, height) in [(Some(800.0), Some(600.0)), (Some(500.0), None), (None, Some(900.0))] {
        let text = svg(&atlas, "domains", Drawing { width, height, ..Drawing::default() });
        let document = Document::parse(&text).expect("XML");
        let root = document.root_element();
        let close = |asked: Option<f64>, name| {
            asked.is_none_or(|side| (number(root, name) - side).abs() < 0.1)
        };
        assert!(close(width, "width") && close(height, "height"));
    }
    let look = Look { title: Some("Five domains"), ..Look::plain("domains") };
    let titled = String::from_utf8(written(&atlas, "domains", "svg", &look)).expect("UTF-8");
    assert!(titled.contains("<title id=\"title\">Five domains</title>"));
}
