//! Every algorithm against a naive twin on random graphs, and laws that hold on all of them.

mod support;

use opsatlas::analysis::{
    Cost, Itinerary, Journey, Owners, Path, Rule, best_and_shortest, best_path, best_paths,
    closure, learning_rank, needed_by, opened_by, owned_of, reached, reached_counts, reaching,
    shortest, walks,
};
use opsatlas::answer::Body;
use opsatlas::diagnostic::{drives_terminal, visible};
use opsatlas::graph::{Atlas, Edit, Flow, NodeIndex};
use opsatlas::render::{FORMATS, Look};
use opsatlas::stop::NEVER;
use petgraph::Direction::{Incoming, Outgoing};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::AtomicBool;

const SCHEMA: &str = r#"{"atlas": 1, "schema": {
  "kinds": {"stone": {"milestone": true}, "thing": {}},
  "relations": {
    "needs": {"prerequisite": "target"},
    "gives": {"prerequisite": "source", "strength": "recommended", "owns": true},
    "way": {"prerequisite": "source", "route": true},
    "door": {"prerequisite": "none", "route": true, "entry": true},
    "near": {"prerequisite": "none"}
  }}}"#;
const RELATIONS: [&str; 5] = ["needs", "gives", "way", "door", "near"];

#[derive(Debug, Clone)]
struct Random {
    nodes: Vec<Value>,
    edges: Vec<Value>,
}

impl Random {
    fn text(&self) -> String {
        json!({"atlas": 1, "nodes": self.nodes, "edges": self.edges}).to_string()
    }

    fn atlas(&self) -> Atlas {
        Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("random.json", self.text())])
            .expect("a random graph is valid")
    }
}

fn random(most: usize) -> impl Strategy<Value = Random> {
    let edge = (any::<Index>(), any::<Index>(), 0..5usize, 0..3u8, prop::option::of(0..3u8));
    (2..=most, vec(any::<bool>(), most), vec(edge, 0..most * 3)).prop_map(|(count, stones, edges)| {
        let node = |at: usize| {
            json!({"id": format!("n{at}"), "kind": if stones[at] { "stone" } else { "thing" }})
        };
        let edge = |(from, to, relation, sources, order): &(Index, Index, usize, u8, Option<u8>)| {
            let cited: Vec<Value> = (0..*sources).map(|at| json!({"source": format!("s{at}")})).collect();
            let mut edge = json!({
                "from": format!("n{}", from.index(count)),
                "kind": RELATIONS[*relation],
                "to": format!("n{}", to.index(count)),
                "sources": cited,
            });
            if let Some(order) = order {
                edge["properties"] = json!({ "order": order });
            }
            edge
        };
        Random { nodes: (0..count).map(node).collect(), edges: edges.iter().map(edge).collect() }
    })
}

/// All pairs (prerequisite, dependent) with the edge's relation and sources, read from the facts.
fn arcs(
    atlas: &Atlas,
    routes: bool,
) -> Vec<(NodeIndex, NodeIndex, &'static str, BTreeSet<String>)> {
    let edges = atlas.graph().edge_indices().filter_map(|edge| {
        let (from, to) = atlas.ends(edge);
        let name = atlas.relation_of(edge).name.as_str();
        let sources = atlas.edge(edge).source_ids().map(str::to_owned).collect();
        match name {
            "needs" => Some((to, from, "needs", sources)),
            "gives" => Some((from, to, "gives", sources)),
            "way" => Some((from, to, "way", sources)),
            "door" if routes => Some((from, to, "door", sources)),
            _ => None,
        }
    });
    edges.collect()
}

/// Every acyclic path from `a` to `b` with its cost, by going every way there is.
fn all_paths(atlas: &Atlas, a: NodeIndex, b: NodeIndex, rule: Rule) -> Vec<(Vec<NodeIndex>, Cost)> {
    let arcs = arcs(atlas, true);
    let mut found = Vec::new();
    let mut open = vec![(vec![a], Cost::default())];
    while let Some((nodes, cost)) = open.pop() {
        let here = nodes[nodes.len() - 1];
        if here == b {
            found.push((nodes, cost));
            continue;
        }
        for next in atlas.graph().node_indices().filter(|next| !nodes.contains(next)) {
            let hop: Vec<_> = arcs
                .iter()
                .filter(|(from, to, name, _)| {
                    (*from, *to) == (here, next) && (*name != "door" || nodes.len() == 1)
                })
                .collect();
            if hop.is_empty() {
                continue;
            }
            let is_route = |name: &str| name == "way" || name == "door";
            let route =
                rule == Rule::RouteFirst && hop.iter().any(|(_, _, name, _)| is_route(name));
            let counted = hop.iter().filter(|(_, _, name, _)| !route || is_route(name));
            let sources: BTreeSet<&String> =
                counted.flat_map(|(_, _, _, sources)| sources).collect();
            let mut longer = nodes.clone();
            longer.push(next);
            let cost = Cost {
                off_route: cost.off_route + u32::from(rule == Rule::RouteFirst && !route),
                hops: cost.hops + 1,
                unsourced: cost.unsourced - i64::try_from(sources.len()).expect("few sources"),
            };
            open.push((longer, cost));
        }
    }
    found.sort_by(|x, y| (x.1, &x.0).cmp(&(y.1, &y.0)));
    found
}

/// The nodes of a path, and what it costs.
fn priced(atlas: &Atlas, rule: Rule, path: &Path) -> (Vec<NodeIndex>, Cost) {
    (path.nodes.clone(), path.cost(atlas, rule))
}

fn journey(atlas: &Atlas, a: NodeIndex, b: NodeIndex) -> Journey<'_> {
    Journey::through(atlas, Itinerary::between(vec![a], vec![b]))
}

/// What `start` reaches by its own walk over the arcs.
fn naive_reach(
    arcs: &[(NodeIndex, NodeIndex)],
    start: NodeIndex,
    depth: usize,
) -> HashSet<NodeIndex> {
    let mut reached = HashSet::from([start]);
    for _ in 0..depth {
        let next: Vec<NodeIndex> =
            arcs.iter().filter(|(from, _)| reached.contains(from)).map(|(_, to)| *to).collect();
        let before = reached.len();
        reached.extend(next);
        if reached.len() == before {
            break;
        }
    }
    reached
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn closures_are_the_union_of_each_members_own(
        graph in random(9), picks in vec(any::<Index>(), 1..4), depth in prop_oneof![Just(usize::MAX), 0..4usize]
    ) {
        let atlas = graph.atlas();
        let flow = Flow::all(&atlas);
        let nodes: Vec<NodeIndex> = atlas.graph().node_indices().collect();
        let members: Vec<NodeIndex> = picks.iter().map(|pick| nodes[pick.index(nodes.len())]).collect();
        let arcs: Vec<_> = arcs(&atlas, false).into_iter().map(|(a, b, _, _)| (a, b)).collect();
        let mut expected = BTreeSet::new();
        for member in &members {
            let reached = naive_reach(&arcs, *member, depth.min(nodes.len()));
            expected.extend(reached.into_iter().filter(|node| node != member));
        }
        let found: BTreeSet<NodeIndex> = closure(&flow, &members, depth).into_iter().collect();
        prop_assert_eq!(&found, &expected);
        let found: BTreeSet<NodeIndex> = opened_by(&flow, &members, depth).into_iter().collect();
        prop_assert_eq!(&found, &expected);
        // Reversing every arc swaps what a member opens and what it needs.
        let back: Vec<_> = arcs.iter().map(|(a, b)| (*b, *a)).collect();
        let mut expected = BTreeSet::new();
        for member in &members {
            let reached = naive_reach(&back, *member, depth.min(nodes.len()));
            expected.extend(reached.into_iter().filter(|node| node != member));
        }
        let found: BTreeSet<NodeIndex> = needed_by(&flow, &members, depth).into_iter().collect();
        prop_assert_eq!(found, expected);
        for query in ["prereqs n0", "unlocks n1, n0 depth 2", "unlocks n0 required only"] {
            let count = atlas.query(&format!("{query} then count")).expect("an answer").body;
            let listed = atlas.query(query).expect("an answer").count();
            prop_assert!(matches!(count, Body::Value(value) if value == json!(listed)));
        }
    }

    #[test]
    fn counts_are_the_sizes_of_closures(graph in random(40), more in 1..12usize) {
        // As many starts as do not fit into one round of marks, too.
        let nodes: Vec<Value> = graph.nodes.iter().flat_map(|node| (0..more).map(move |copy| {
            let mut node = node.clone();
            node["id"] = format!("{}-{copy}", node["id"].as_str().expect("an id")).into();
            node
        })).collect();
        let edges: Vec<Value> = graph.edges.iter().flat_map(|edge| (0..more).map(move |copy| {
            let mut edge = edge.clone();
            for (end, shift) in [("from", 0), ("to", copy % 3)] {
                let id = edge[end].as_str().expect("an id");
                edge[end] = format!("{id}-{}", (copy + shift) % more).into();
            }
            edge
        })).collect();
        let atlas = Random { nodes, edges }.atlas();
        let flow = Flow::all(&atlas);
        let arcs: Vec<_> = arcs(&atlas, false).into_iter().map(|(a, b, _, _)| (a, b)).collect();
        let back: Vec<_> = arcs.iter().map(|(a, b)| (*b, *a)).collect();
        let nodes: Vec<NodeIndex> = atlas.nodes().collect();
        for (direction, arcs) in [(Outgoing, &arcs), (Incoming, &back)] {
            let found = reached_counts(&flow, &nodes, direction, &NEVER);
            for (node, found) in nodes.iter().zip(found).step_by(1 + nodes.len() / 20) {
                let mut expected = naive_reach(arcs, *node, nodes.len());
                expected.remove(node);
                prop_assert_eq!(found, Some(expected.len()));
            }
        }
    }

    #[test]
    fn the_learning_order_puts_prerequisites_first(graph in random(10)) {
        let atlas = graph.atlas();
        let rank = learning_rank(&atlas);
        let mut seen: Vec<u32> = rank.to_vec();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..u32::try_from(rank.len()).expect("few nodes")).collect::<Vec<u32>>());
        let arcs: Vec<_> = arcs(&atlas, false).into_iter().map(|(a, b, _, _)| (a, b)).collect();
        for (before, after) in &arcs {
            let cycle = naive_reach(&arcs, *after, arcs.len()).contains(before);
            prop_assert!(cycle || rank[before.index()] < rank[after.index()]);
        }
    }

    #[test]
    fn the_best_paths_are_the_first_of_all(graph in random(7), a in any::<Index>(), b in any::<Index>()) {
        let atlas = graph.atlas();
        let nodes: Vec<NodeIndex> = atlas.graph().node_indices().collect();
        let (a, b) = (nodes[a.index(nodes.len())], nodes[b.index(nodes.len())]);
        let journey = journey(&atlas, a, b);
        for rule in [Rule::RouteFirst, Rule::Shortest] {
            let mut expected = all_paths(&atlas, a, b, rule);
            let priced = |path: &Path| priced(&atlas, rule, path);
            prop_assert_eq!(best_path(&journey, rule).as_ref().map(priced), expected.first().cloned());
            let (found, finished) = best_paths(&journey, rule, 12);
            let found: Vec<_> = found.iter().map(priced).collect();
            expected.truncate(12);
            prop_assert!(finished);
            prop_assert_eq!(found, expected);
        }
        let all = all_paths(&atlas, a, b, Rule::Shortest);
        let fewest = all.iter().filter(|path| path.1.hops == all[0].1.hops).count();
        let expected = all.first().map(|path| (path.0.len() - 1, fewest.into()));
        prop_assert_eq!(shortest(&journey), expected);
        // What lies on any acyclic path lies on a walk.
        let on_walks: HashSet<NodeIndex> = walks(&journey).0.into_iter().collect();
        prop_assert!(all.iter().flat_map(|path| &path.0).all(|node| on_walks.contains(node)));
    }

    #[test]
    fn via_and_avoid_choose_among_all_paths(graph in random(6), picks in vec(any::<Index>(), 4)) {
        let atlas = graph.atlas();
        let nodes: Vec<NodeIndex> = atlas.graph().node_indices().collect();
        let pick: Vec<NodeIndex> = picks.iter().map(|pick| nodes[pick.index(nodes.len())]).collect();
        let (a, b, via, avoid) = (pick[0], pick[1], pick[2], pick[3]);
        let asked = Itinerary {
            via: vec![vec![via]], avoid: [avoid].into(), ..Itinerary::between(vec![a], vec![b])
        };
        let (found, _) = best_paths(&Journey::through(&atlas, asked), Rule::RouteFirst, 50);
        let found: Vec<_> =
            found.iter().map(|path| priced(&atlas, Rule::RouteFirst, path)).collect();
        let mut expected = all_paths(&atlas, a, b, Rule::RouteFirst);
        expected.retain(|path| path.0.contains(&via) && !path.0.contains(&avoid));
        expected.truncate(50);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_plain_journey_is_the_general_one(
        graph in random(9), picks in vec(any::<Index>(), 8), edits in vec(0..3usize, 0..3),
        // Without entries and what to avoid, nothing forbids a step.
        free in any::<bool>(),
    ) {
        let facts = graph.atlas();
        let nodes: Vec<NodeIndex> = facts.graph().node_indices().collect();
        let pick: Vec<NodeIndex> = picks.iter().map(|pick| nodes[pick.index(nodes.len())]).collect();
        let relation = |name: &str| facts.schema().relation(name).expect("declared");
        let edits = edits.into_iter().map(|edit| match edit {
            0 => Edit::Add(pick[4], relation(RELATIONS[picks[5].index(4)]), pick[6]),
            1 => Edit::Add(pick[6], relation("way"), pick[7]),
            _ => Edit::RemoveNode(pick[7]),
        });
        let atlas = edits.fold(facts.clone(), Atlas::changed);
        let journey = |via: Vec<Vec<NodeIndex>>| {
            let stops = vec![vec![pick[0], pick[1]], vec![pick[2], pick[3]]];
            let over = free.then(|| vec![relation("needs"), relation("gives"), relation("way")]);
            let avoid = (!free).then_some(pick[5]).into_iter().collect();
            Journey::through(&atlas, Itinerary { stops, via, avoid, over })
        };
        // To pass where one starts is no condition, but no plain journey either.
        let (plain, general) = (journey(Vec::new()), journey(vec![vec![pick[0], pick[1]]]));
        for rule in [Rule::RouteFirst, Rule::Shortest] {
            let best = best_path(&plain, rule);
            prop_assert_eq!(&best, &best_path(&general, rule));
            prop_assert_eq!(best_paths(&plain, rule, 5), best_paths(&general, rule, 5));
            let both = best.clone().zip(shortest(&general));
            prop_assert_eq!(best_and_shortest(&plain, rule), both);
        }
        prop_assert_eq!(shortest(&plain), shortest(&general));
        prop_assert_eq!(walks(&plain), walks(&general));
        prop_assert_eq!(reached(&plain, usize::MAX), reached(&general, usize::MAX));
        prop_assert_eq!(reaching(&plain, usize::MAX), reaching(&general, usize::MAX));
    }

    #[test]
    fn possessions_are_those_of_the_member_or_of_its_nearest_needs(graph in random(8), pick in any::<Index>()) {
        let atlas = graph.atlas();
        let nodes: Vec<NodeIndex> = atlas.graph().node_indices().collect();
        let member = nodes[pick.index(nodes.len())];
        let thing = atlas.schema().kind("thing").expect("declared");
        // `gives` owns: what a node points at, or else what points at it.
        let gives: Vec<(NodeIndex, NodeIndex)> = arcs(&atlas, false).into_iter()
            .filter(|(_, _, name, _)| *name == "gives").map(|(a, b, _, _)| (a, b)).collect();
        let own = |node: NodeIndex| -> BTreeSet<NodeIndex> {
            let fits = |found: &NodeIndex| *found != node && atlas.is_kind(*found, thing);
            let out: BTreeSet<NodeIndex> = gives.iter().filter(|(a, _)| *a == node).map(|(_, b)| *b).filter(fits).collect();
            let inward = gives.iter().filter(|(_, b)| *b == node).map(|(a, _)| *a).filter(fits);
            if out.is_empty() { inward.collect() } else { out }
        };
        let back: Vec<_> = arcs(&atlas, false).into_iter().map(|(a, b, _, _)| (b, a)).collect();
        let mut expected = own(member);
        if expected.is_empty() && !atlas.is_milestone(member) {
            let needs = back.iter().filter(|(dependent, _)| *dependent == member).map(|(_, need)| *need);
            expected = needs.filter(|need| *need != member && atlas.is_kind(*need, thing)).collect();
        }
        for depth in 1..=nodes.len() {
            if !expected.is_empty() || atlas.is_milestone(member) {
                break;
            }
            let nearer = naive_reach(&back, member, depth - 1);
            let level = naive_reach(&back, member, depth);
            expected = level.difference(&nearer).flat_map(|node| own(*node)).filter(|found| *found != member).collect();
        }
        let found: BTreeSet<NodeIndex> = owned_of(&atlas, member, thing).nodes.into_iter().collect();
        prop_assert_eq!(found, expected);
        let mut owners = Owners::new(&atlas, thing, &AtomicBool::new(false));
        for node in nodes {
            prop_assert_eq!(owners.of(node), owned_of(&atlas, node, thing));
        }
    }

    #[test]
    fn a_shuffled_file_gives_the_same_bytes(graph in random(8), seed in any::<u64>()) {
        let mut shuffled = graph.clone();
        let turn = usize::try_from(seed % 7).expect("small");
        shuffled.nodes.rotate_left(turn % graph.nodes.len());
        shuffled.edges.reverse();
        let (a, b) = (graph.atlas(), shuffled.atlas());
        for query in ["nodes", "prereqs n0", "unlocks n1", "paths n0 -> n1", "near n0"] {
            for format in FORMATS.iter().filter(|format| !format.single) {
                let (x, y) = (a.query(query).expect("an answer"), b.query(query).expect("an answer"));
                let write = |answer| (format.write)(answer, &Look::plain(query));
                prop_assert_eq!(write(&x), write(&y), "{} as {}", query, format.name);
            }
        }
        // `check` goes through the file from its head, and tells lines: the findings are the same.
        let findings = |atlas: &Atlas| -> Vec<String> {
            let table = atlas.query("check").expect("an answer").table();
            let lines = table.columns.iter().position(|column| column == "file").expect("a column");
            let mut rows: Vec<String> =
                table.rows.into_iter().map(|row| Value::from(row[..lines].to_vec()).to_string()).collect();
            rows.sort();
            rows
        };
        prop_assert_eq!(findings(&a), findings(&b));
    }

    #[test]
    fn an_unrelated_node_changes_no_answer(graph in random(8)) {
        let mut more = graph.clone();
        more.nodes.push(json!({"id": "zz-stranger", "kind": "thing"}));
        let (a, b) = (graph.atlas(), more.atlas());
        for query in ["prereqs n0", "unlocks n1", "paths n0 -> n1", "near n0", "must n0", "plan n0", "ready", "bottlenecks n0 -> n1"] {
            let ids = |atlas: &Atlas| -> Vec<String> {
                let answer = atlas.query(query).expect("an answer");
                answer.nodes().iter().map(|node| atlas.node(*node).id.clone()).collect()
            };
            prop_assert_eq!(ids(&a), ids(&b));
        }
    }

    #[test]
    fn dot_parses_back_to_the_same_graph(labels in vec("\\PC{1,10}|[\"\\\\<>{}|&;\n]{1,6}|</script>|\\\\N", 2..6)) {
        // The parser knows no backslash before the end of a quote; our own reader does.
        let odd = |text: &str| (text.len() - text.trim_end_matches('\\').len()) % 2 == 1;
        prop_assume!(!labels.iter().any(|label| label.split(['"', '\n']).any(odd)));
        let nodes: Vec<Value> = labels.iter().enumerate()
            .map(|(at, label)| json!({"id": format!("{at}{label}"), "name": format!("{label} ")})).collect();
        let id = |at: usize| nodes[at]["id"].clone();
        let edges: Vec<Value> = (1..nodes.len())
            .map(|at| json!({"from": id(at - 1), "kind": format!("r{}", labels[at]), "to": id(at)})).collect();
        let text = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
        let atlas = Atlas::from_texts([("g.json", text)]).expect("valid");
        let dot = FORMATS.iter().find(|format| format.name == "dot").expect("a format");
        let bytes = (dot.write)(&atlas.query("nodes").expect("an answer"), &Look::plain("nodes")).expect("drawn");
        let parsed = graphviz_rust::parse(&String::from_utf8(bytes).expect("UTF-8"));
        let parsed = parsed.map_err(TestCaseError::fail)?;
        prop_assert_eq!(support::dot_ids(&parsed), {
            // An id that could drive a terminal is told visibly, with the node's number.
            let told = |node: NodeIndex| {
                let id = &atlas.node(node).id;
                let harmless = !id.chars().any(|c| c != '\n' && drives_terminal(c));
                if harmless {
                    id.clone()
                } else {
                    let lines: Vec<String> = id.split('\n').map(visible).collect();
                    format!("{} #{}", lines.join(" ").replace('\\', "/"), node.index())
                }
            };
            let ids = atlas.graph().node_indices().map(told);
            let edges = atlas.graph().edge_indices().map(|edge| {
                let (from, to) = atlas.ends(edge);
                (told(from), told(to))
            });
            (ids.collect::<BTreeSet<_>>(), edges.collect::<BTreeSet<_>>())
        });
    }

    #[test]
    fn no_query_text_panics(text in "\\PC{0,40}|[a-z(),\"'|&+> -]{0,40}|(path|prereqs|tools of|find|then count|union|->|\\(|\\)|,| |devops|docker){0,12}") {
        let atlas = Atlas::from_texts([("g.json", r#"{"atlas":1,"nodes":[{"id":"devops"},{"id":"docker"}]}"#)]).expect("valid");
        if let Err(problem) = atlas.query(&text) {
            prop_assert!(!problem.message.is_empty());
            if let Some(place) = problem.place {
                prop_assert!(place.text.content.is_char_boundary(place.span.start));
                let _ = place.line_and_column();
            }
        }
    }

}
