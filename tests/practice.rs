//! The layer `practice`: every statement is cited to a public page, it runs among tools, skills
//! and concepts and from a role to what its sources ask of it, and it changes neither a way between
//! domains nor what a domain has.

use opsatlas::answer::Body;
use opsatlas::data::BUILT_IN;
use opsatlas::graph::{Atlas, Builder, Edge, EdgeIndex, Flow, NodeIndex};
use petgraph::algo::is_cyclic_directed;
use std::collections::BTreeSet;

/// The built-in layers of these names.
fn layers(names: &[&str]) -> Atlas {
    let mut builder = Builder::new();
    for part in BUILT_IN.iter().filter(|part| names.contains(&part.layer)) {
        part.read_into(&mut builder);
    }
    builder.finish().expect("the layers are valid together")
}

fn practice(atlas: &Atlas) -> impl Iterator<Item = (EdgeIndex, Edge<'_>)> {
    let layer = atlas.layers().iter().position(|name| name == "practice").expect("it is built in");
    let edges = atlas.graph().edge_indices().map(|edge| (edge, atlas.edge(edge)));
    edges.filter(move |(_, facts)| facts.layer == layer)
}

fn of_kinds(atlas: &Atlas, kinds: &[&str]) -> Vec<NodeIndex> {
    let kinds: Vec<usize> = kinds.iter().flat_map(|kind| atlas.resolve_kind(kind)).collect();
    atlas.nodes().filter(|node| kinds.iter().any(|kind| atlas.is_kind(*node, *kind))).collect()
}

/// Where ways between domains can begin and end.
fn stops(atlas: &Atlas) -> Vec<NodeIndex> {
    let enters = |edge: EdgeIndex| atlas.relation_of(edge).entry;
    let mut stops: BTreeSet<NodeIndex> = of_kinds(atlas, &["domain", "role"]).into_iter().collect();
    let edges = atlas.graph().edge_indices().filter(|edge| enters(*edge));
    stops.extend(edges.map(|edge| atlas.ends(edge).0));
    stops.into_iter().collect()
}

#[test]
fn prerequisites_abound_and_each_is_cited_to_a_public_page() {
    let atlas = layers(&["texts", "practice"]);
    let mut prerequisites = 0;
    for (edge, facts) in practice(&atlas) {
        let (from, to) = atlas.ends(edge);
        let name = format!("{} → {}", atlas.node(from).id, atlas.node(to).id);
        prerequisites += usize::from(atlas.relation_of(edge).acyclic);
        assert!(!facts.sources.is_empty(), "{name} cites nothing");
        for cited in facts.sources {
            let source = atlas.sources().iter().find(|source| source.id == cited.source);
            let source = source.unwrap_or_else(|| panic!("{name} cites {}", cited.source));
            assert!(source.title.as_deref().is_some_and(|title| !title.is_empty()), "{name}");
            for address in [&source.address, &cited.address] {
                assert!(address.as_deref().is_some_and(|at| at.starts_with("https://")), "{name}");
            }
            assert!(cited.section.is_some(), "{name} names no place on its page");
        }
    }
    assert!(prerequisites >= 2_000, "{prerequisites} prerequisite statements");
}

/// Two ids for one place would count as two sources that agree.
#[test]
fn no_place_is_two_sources() {
    let atlas = layers(&["texts", "practice"]);
    let mut places = BTreeSet::new();
    for source in atlas.sources() {
        let Some(address) = &source.address else { continue };
        let place = address.trim_end_matches('/').to_lowercase();
        assert!(places.insert(place), "{} is {address} again", source.id);
    }
    assert!(places.len() > 300, "only {} places", places.len());
}

#[test]
fn no_statement_touches_a_domain_or_leads_to_a_role() {
    let atlas = layers(&["texts", "practice"]);
    let (domains, roles) = (of_kinds(&atlas, &["domain"]), of_kinds(&atlas, &["role"]));
    for (edge, _) in practice(&atlas) {
        let (from, to) = atlas.ends(edge);
        let name = format!("{} → {}", atlas.node(from).id, atlas.node(to).id);
        assert!(!domains.contains(&from) && !domains.contains(&to), "{name} touches a domain");
        assert!(!roles.contains(&to), "{name} leads to a role");
    }
}

#[test]
fn nothing_is_needed_by_what_it_needs() {
    let atlas = layers(&["texts", "practice"]);
    assert!(!is_cyclic_directed(&Flow::all(&atlas)));
}

/// What one can begin with; whatever else the texts name as tool or skill needs something.
const BEGINNINGS: [&str; 1] = ["python"];

#[test]
fn only_first_steps_need_nothing() {
    let (texts, atlas) = (layers(&["texts"]), layers(&["texts", "practice"]));
    let flow = Flow::all(&atlas);
    let tools = of_kinds(&atlas, &["tool", "skill"]);
    let first = tools.iter().filter(|node| flow.needs(**node).next().is_none());
    let first: Vec<&str> = first.map(|node| atlas.node(*node).id.as_str()).collect();
    for common in ["command-line", "linear-algebra", "python", "statistics", "yaml"] {
        assert!(first.contains(&common), "{common} needs something");
    }
    assert!(first.len() * 12 < tools.len(), "{first:?} of {} need nothing", tools.len());
    let named: BTreeSet<&str> = texts.nodes().map(|node| texts.node(node).id.as_str()).collect();
    let first: Vec<&str> = first.into_iter().filter(|id| named.contains(id)).collect();
    assert_eq!(first, BEGINNINGS);
}

/// What an answer says of ways: the stops of each, who says each hop, how many are shortest,
/// and all nodes on any walk.
fn ways(atlas: &Atlas, query: &str) -> String {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    let Body::Paths(paths) = &answer.body else { panic!("{query} yields paths") };
    let id = |node: &NodeIndex| atlas.node(*node).id.clone();
    let hop = |edges: &Vec<EdgeIndex>| -> Vec<(String, Vec<String>)> {
        let said = edges.iter().map(|edge| {
            let sources = atlas.edge(*edge).source_ids().map(str::to_owned).collect();
            (atlas.relation_of(*edge).name.clone(), sources)
        });
        said.collect()
    };
    let routes = paths.routes.iter().map(|route| {
        let nodes: Vec<String> = route.nodes.iter().map(id).collect();
        (nodes, route.hops.iter().map(hop).collect::<Vec<_>>())
    });
    let routes: Vec<_> = routes.collect();
    let walked: Option<Vec<String>> =
        answer.walks().map(|(nodes, _)| nodes.iter().map(id).collect());
    format!("{routes:?} {:?} {walked:?}", paths.shortest_count)
}

#[test]
fn no_way_between_domains_and_roles_changes() {
    let (texts, both) = (layers(&["texts"]), layers(&["texts", "practice"]));
    let stops = stops(&texts);
    let mut found = 0;
    for from in &stops {
        for to in &stops {
            let (from, to) = (&texts.node(*from).id, &texts.node(*to).id);
            let queries = [
                format!("path {from} -> {to}"),
                format!("path {from} -> {to} shortest"),
                format!("paths {from} -> {to}"),
            ];
            for query in queries {
                let way = ways(&texts, &query);
                found += usize::from(!way.starts_with("[]"));
                assert_eq!(way, ways(&both, &query), "{query}");
            }
        }
    }
    assert!(found > 100, "only {found} queries have a way");
}

#[test]
fn what_a_domain_has_is_what_the_texts_say() {
    let (texts, both) = (layers(&["texts"]), layers(&["texts", "practice"]));
    let has = |atlas: &Atlas, query: &str| -> Vec<String> {
        let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
        answer.nodes().iter().map(|node| atlas.node(*node).id.clone()).collect()
    };
    for (stops, kinds) in [
        (["domain"], &["tools", "skills", "roles", "concepts", "domains"][..]),
        (["role"], &["domains"][..]),
    ] {
        for stop in of_kinds(&texts, &stops) {
            for kind in kinds {
                let query = format!("{kind} of {}", texts.node(stop).id);
                assert_eq!(has(&texts, &query), has(&both, &query), "{query}");
            }
        }
    }
}
