//! Each search on small graphs, beside what naive enumeration finds.

use super::astar::{AStar, Excluded, Prefix};
use super::both_ends::cheapest;
use super::cost::Rule;
use super::itinerary::{Itinerary, has};
use super::states::{Journey, State};
use super::*;
use crate::analysis::traverse::BreadthFirst;
use crate::dice::Dice;
use crate::graph::{Atlas, Flow, NodeIndex};
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::visit::VisitMap;
use std::collections::{BTreeSet, HashMap};

const SCHEMA: &str = r#"{"atlas": 1, "schema": {"relations": {
    "leads": {"prerequisite": "source"},
    "way": {"prerequisite": "source", "route": true},
    "door": {"prerequisite": "none", "route": true, "entry": true},
    "near": {"prerequisite": "none"}}}}"#;

/// A graph of `a>b` (leads), `a=b` (way), `a!b` (door) and `a~b` (near), by these nodes at least.
fn graph(nodes: &str, edges: &str) -> Atlas {
    let mut ids: BTreeSet<String> = nodes.chars().map(String::from).collect();
    let mut written = Vec::new();
    for edge in edges.split_whitespace() {
        let letters: Vec<String> = edge.chars().map(String::from).collect();
        let kind = match letters[1].as_str() {
            ">" => "leads",
            "=" => "way",
            "!" => "door",
            _ => "near",
        };
        written.push(format!(
            r#"{{"from": "{}", "kind": "{kind}", "to": "{}"}}"#,
            letters[0], letters[2]
        ));
        ids.extend([letters[0].clone(), letters[2].clone()]);
    }
    let ids: Vec<String> = ids.iter().map(|id| format!(r#"{{"id": "{id}"}}"#)).collect();
    let text = format!(
        r#"{{"atlas": 1, "nodes": [{}], "edges": [{}]}}"#,
        ids.join(", "),
        written.join(", ")
    );
    Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("graph.json", text)]).expect("valid")
}

fn node(atlas: &Atlas, id: char) -> NodeIndex {
    let mut nodes = atlas.nodes();
    nodes.find(|node| atlas.node(*node).id == id.to_string()).expect("a node")
}

fn nodes(atlas: &Atlas, ids: &str) -> Vec<NodeIndex> {
    ids.chars().map(|id| node(atlas, id)).collect()
}

fn ids(atlas: &Atlas, nodes: &[NodeIndex]) -> String {
    nodes.iter().map(|node| atlas.node(*node).id.as_str()).collect()
}

/// `ab c` is from `a` or `b` to `c`.
fn itinerary(atlas: &Atlas, stops: &str, via: &str, avoid: &str) -> Itinerary {
    let sets = |text: &str| text.split_whitespace().map(|set| nodes(atlas, set)).collect();
    let avoid = nodes(atlas, avoid).into_iter().collect();
    Itinerary { stops: sets(stops), via: sets(via), avoid, over: None }
}

fn through<'g>(atlas: &'g Atlas, stops: &str) -> Journey<'g> {
    Journey::through(atlas, itinerary(atlas, stops, "", ""))
}

impl Dice {
    fn letter(&mut self) -> char {
        char::from(b'a' + u8::try_from(self.roll(5)).expect("few"))
    }

    fn graph(&mut self, signs: &[char]) -> Atlas {
        let edge = |dice: &mut Self| {
            let (from, to) = (dice.letter(), dice.letter());
            format!("{from}{}{to}", signs[dice.roll(signs.len())])
        };
        let edges: BTreeSet<String> = (0..4 + self.roll(7)).map(|_| edge(self)).collect();
        graph("abcde", &edges.into_iter().collect::<Vec<String>>().join(" "))
    }
}

/// All node sequences of at most so many hops that travel a journey.
fn naive_walks(journey: &Journey<'_>, most: usize) -> Vec<Vec<NodeIndex>> {
    let all: Vec<NodeIndex> = journey.atlas().nodes().collect();
    let (mut found, mut open) =
        (Vec::new(), all.iter().map(|node| vec![*node]).collect::<Vec<_>>());
    while let Some(walk) = open.pop() {
        if travels(journey, &walk) {
            found.push(walk.clone());
        }
        if walk.len() <= most {
            let last = walk[walk.len() - 1];
            let mut next: Vec<NodeIndex> =
                journey.flow().opens(last).map(|(_, next)| next).collect();
            next.sort_unstable();
            next.dedup();
            open.extend(next.into_iter().map(|next| [&walk[..], &[next]].concat()));
        }
    }
    found.sort_by_key(|walk| (walk.len(), walk.clone()));
    found
}

/// Can the nodes be divided into legs, each from stop to stop, with entries as first steps only?
fn travels(journey: &Journey<'_>, walk: &[NodeIndex]) -> bool {
    let asked = journey.itinerary();
    let passes = asked.via.iter().all(|set| walk.iter().any(|node| has(set, *node)));
    let avoids = walk.iter().all(|node| !asked.avoid.contains(node));
    // By leg: may one be in it, having just begun it or not?
    let mut legs: Vec<[bool; 2]> = vec![[false; 2]; asked.stops.len() - 1];
    legs[0][1] = has(asked.from(), walk[0]);
    for at in 0..walk.len() {
        for leg in 1..legs.len() {
            let ends = legs[leg - 1].contains(&true) && has(&asked.stops[leg], walk[at]);
            legs[leg][1] |= ends;
        }
        let Some(next) = walk.get(at + 1) else { break };
        let hop: Vec<bool> = journey
            .flow()
            .opens(walk[at])
            .filter(|(_, to)| to == next)
            .map(|(edge, _)| journey.atlas().relation_of(edge).entry)
            .collect();
        for leg in &mut legs {
            *leg =
                [hop.contains(&false) && leg.contains(&true) || leg[1] && !hop.is_empty(), false];
        }
    }
    let last = walk[walk.len() - 1];
    passes && avoids && legs[legs.len() - 1].contains(&true) && has(asked.to(), last)
}

/// Journeys of all kinds on small graphs.
fn each_journey(times: usize, signs: &[char], mut check: impl FnMut(&Journey<'_>, bool)) {
    let mut dice = Dice(7);
    for _ in 0..times {
        let atlas = dice.graph(signs);
        let set =
            |dice: &mut Dice| -> String { (0..=dice.roll(2)).map(|_| dice.letter()).collect() };
        let stops: Vec<String> = (0..2 + dice.roll(2)).map(|_| set(&mut dice)).collect();
        let via: Vec<String> = (0..dice.roll(2)).map(|_| set(&mut dice)).collect();
        let avoid = if dice.roll(3) == 0 { dice.letter().to_string() } else { String::new() };
        let plain = stops.len() == 2 && via.is_empty();
        let asked = itinerary(&atlas, &stops.join(" "), &via.join(" "), &avoid);
        check(&Journey::through(&atlas, asked), plain);
    }
}

#[test]
fn the_shortest_walks_are_those_of_enumeration() {
    each_journey(400, &['>', '=', '!'], |journey, _| {
        let all = naive_walks(journey, 6);
        let fewest = all.first().map(Vec::len);
        let count = all.iter().filter(|walk| Some(walk.len()) == fewest).count();
        let found = shortest(journey).filter(|(hops, _)| *hops <= 6);
        assert_eq!(found, fewest.map(|length| (length - 1, count.into())), "{journey:?}");
        // Without sources, ids alone decide between the shortest.
        let best = best_path(journey, Rule::Shortest).map(|path| path.nodes);
        assert_eq!(best.filter(|nodes| nodes.len() <= 7), all.first().cloned());
    });
}

#[test]
fn a_leg_may_end_later_where_an_entry_follows() {
    // From b one goes on by an entry only: the leg must end there, although it could at v.
    let atlas = graph("", "a>v v>b b!c");
    assert_eq!(shortest(&through(&atlas, "a vb c")), Some((3, 1u8.into())));
    assert_eq!(shortest(&through(&atlas, "a c")), None);
    assert!(!through(&atlas, "a vb c").is_deterministic());
    // Divided in two ways, a walk is still one.
    let atlas = graph("", "a>v v>b b>c z!c");
    assert_eq!(shortest(&through(&atlas, "a vb c")), Some((3, 1u8.into())));
}

#[test]
fn moves_into_a_state_are_the_moves_that_lead_there() {
    each_journey(200, &['>', '=', '!'], |journey, _| {
        let all = BreadthFirst::whole(journey, journey.starts());
        let ahead = all.found().iter().flat_map(|state| {
            journey.moves(*state, Outgoing).map(|(edge, next)| (*state, edge, next))
        });
        let back = all.found().iter().flat_map(|state| {
            journey.moves(*state, Incoming).map(|(edge, before)| (before, edge, *state))
        });
        let back = back.filter(|(before, ..)| all.seen().is_visited(before));
        let ahead: BTreeSet<_> = ahead.collect();
        assert_eq!(ahead, back.collect());
        let ends: BTreeSet<State> = journey.ends().into_iter().collect();
        let arrived = all.found().iter().filter(|state| journey.arrived(**state));
        assert!(arrived.into_iter().all(|state| ends.contains(state)));
    });
}

#[test]
fn walks_and_reach_are_what_enumeration_passes() {
    each_journey(150, &['>', '!'], |journey, _| {
        // As long as a walk on five nodes needs to be to pass what it can, in each stage.
        let all = naive_walks(journey, 6);
        let passed: BTreeSet<NodeIndex> = all.iter().flatten().copied().collect();
        let (found, _) = walks(journey);
        assert!(passed.iter().all(|node| found.contains(node)), "{journey:?}");
        assert_eq!(passed.is_empty(), found.is_empty());
    });
}

#[test]
fn the_best_paths_are_the_first_acyclic_walks() {
    each_journey(300, &['>'], |journey, _| {
        let mut all = naive_walks(journey, 4);
        all.retain(|walk| walk.iter().collect::<BTreeSet<_>>().len() == walk.len());
        for limit in [1, 3, 50] {
            let (found, whole) = best_paths(journey, Rule::RouteFirst, limit);
            let found: Vec<Vec<NodeIndex>> = found.into_iter().map(|path| path.nodes).collect();
            assert!(whole);
            assert_eq!(found, all[..limit.min(all.len())], "{journey:?}");
        }
    });
}

#[test]
fn routes_come_first_where_they_count() {
    let atlas = graph("", "a>z a=b b=c c=z a>c");
    let journey = through(&atlas, "a z");
    let best = |rule| best_path(&journey, rule).expect("a path");
    assert_eq!(ids(&atlas, &best(Rule::RouteFirst).nodes), "abcz");
    assert_eq!(ids(&atlas, &best(Rule::Shortest).nodes), "az");
    assert_eq!(best(Rule::RouteFirst).cost(&atlas, Rule::RouteFirst).off_route, 0);
    let (path, (hops, count)) = best_and_shortest(&journey, Rule::RouteFirst).expect("a path");
    assert_eq!((path.nodes.len(), hops, count), (4, 1, 1u8.into()));
}

#[test]
fn searched_from_both_ends_the_cheapest_is_the_same() {
    each_journey(1500, &['>', '=', '!'], |journey, _| {
        for rule in [Rule::RouteFirst, Rule::Shortest] {
            let both = cheapest(journey, rule);
            let one = AStar::new(journey, rule);
            let one = { one }.spur_path(&journey.starts(), true, Excluded::NOTHING);
            assert_eq!(both, one, "{journey:?}");
        }
    });
}

#[test]
fn spur_paths_heed_what_is_excluded() {
    let atlas = graph("", "a=b b=d a=c c=d d=b");
    let journey = through(&atlas, "a d");
    let mut search = AStar::new(&journey, Rule::RouteFirst);
    let starts = journey.starts();
    let mut spur = |excluded| search.spur_path(&starts, true, excluded).map(|(nodes, _)| nodes);
    assert_eq!(ids(&atlas, &spur(Excluded::NOTHING).expect("a path")), "abd");
    let heads = nodes(&atlas, "b");
    let excluded = Excluded { heads: &heads, ..Excluded::NOTHING };
    assert_eq!(ids(&atlas, &spur(excluded).expect("a path")), "acd");
    let places = HashMap::from([(node(&atlas, 'c'), 0), (node(&atlas, 'b'), 1)]);
    let prefix = |count| Prefix { places: Some(&places), count };
    let one = Excluded { prefix: prefix(1), heads: &[] };
    assert_eq!(ids(&atlas, &spur(one).expect("a path")), "abd");
    assert_eq!(spur(Excluded { prefix: prefix(2), heads: &[] }), None);
}

#[test]
fn what_remains_is_told_no_farther_than_asked() {
    let atlas = graph("", "a=b b=c c=d x=a");
    let journey = through(&atlas, "a d");
    let mut search = AStar::new(&journey, Rule::RouteFirst);
    let start = journey.starts()[0];
    let hops = |cost: Option<Cost>| cost.map(|cost| cost.hops);
    let little = Cost { hops: 1, ..Cost::default() };
    let bound = search.remaining_cost(start, Cost::default(), Some(little));
    assert!(hops(bound).is_some_and(|hops| hops <= 3), "a bound, never too high");
    assert_eq!(hops(search.remaining_cost(start, Cost::default(), None)), Some(3));
    let beyond = State { node: node(&atlas, 'x'), ..start };
    let apart = State { passed: 1, ..beyond };
    assert_eq!(search.remaining_cost(apart, Cost::default(), None), None);
}

#[test]
fn bottlenecks_are_on_every_path() {
    each_journey(400, &['>', '!'], |journey, plain| {
        if plain {
            let mut all = naive_walks(journey, 4);
            all.retain(|walk| walk.iter().collect::<BTreeSet<_>>().len() == walk.len());
            let everywhere = |node: &NodeIndex| all.iter().all(|walk| walk.contains(node));
            let expected: Vec<NodeIndex> = match all.first() {
                Some(_) => journey.atlas().nodes().filter(everywhere).collect(),
                None => Vec::new(),
            };
            assert_eq!(bottlenecks(journey), expected, "{journey:?}");
        }
    });
}

#[test]
fn hops_have_the_edges_that_the_journey_can_use() {
    let atlas = graph("", "a>b a=b a!b b>c b!c");
    let edges = |journey: &Journey<'_>, rule| -> Vec<Vec<String>> {
        let path = best_path(journey, rule).expect("a path");
        let name = |edge: &_| atlas.relation_of(*edge).name.clone();
        path.hops.iter().map(|hop| hop.iter().map(name).collect()).collect()
    };
    // The entry counts where the journey begins, not where it goes on; routes stand first if they count.
    let plain = through(&atlas, "a c");
    assert_eq!(edges(&plain, Rule::RouteFirst), [vec!["door", "way", "leads"], vec!["leads"]]);
    assert_eq!(edges(&plain, Rule::Shortest)[0], ["door", "leads", "way"]);
    assert_eq!(edges(&through(&atlas, "a b c"), Rule::Shortest)[1], ["door", "leads"]);
    assert_eq!(edges(&plain.clone().entered_anywhere(), Rule::Shortest)[1], ["door", "leads"]);
    let edge = atlas.edges().into_iter().find(|edge| atlas.relation_of(*edge).name == "way");
    assert!(best_path(&plain.only(edge.into_iter().collect()), Rule::Shortest).is_none());
}

#[test]
fn the_nearest_miss_has_the_fewest_faults() {
    let atlas = graph("", "a>b c>b c~d a>e");
    let flow = Flow::of_paths(&atlas, &None);
    let miss = |from, to, avoid: &str| {
        let (from, to) = (nodes(&atlas, from), nodes(&atlas, to));
        nearest_miss(&flow, &from, &to, &nodes(&atlas, avoid))
    };
    let told = miss("a", "c", "").expect("joined");
    assert_eq!(ids(&atlas, &told.path.nodes), "abc");
    assert_eq!(told.faults, [Fault::Reversed(told.path.hops[1][0])]);
    let told = miss("c", "d", "").expect("joined");
    assert_eq!(told.faults, [Fault::NoFlow(told.path.hops[0][0])]);
    assert_eq!(miss("a", "b", "b").expect("joined").faults, [Fault::Avoided(node(&atlas, 'b'))]);
    assert!(miss("a", "e", "").expect("joined").faults.is_empty());
    let both = undirected_path(&atlas, &nodes(&atlas, "e"), &nodes(&atlas, "d"), &None);
    assert_eq!(ids(&atlas, &both.expect("joined").nodes), "eabcd");
    // Rather longer than with another fault.
    let atlas = graph("", "a~b b~z a>c c>d d~z");
    let flow = Flow::of_paths(&atlas, &None);
    let told = nearest_miss(&flow, &nodes(&atlas, "a"), &nodes(&atlas, "z"), &[]).expect("joined");
    assert_eq!((ids(&atlas, &told.path.nodes).as_str(), told.faults.len()), ("acdz", 1));
}

#[test]
fn no_more_is_counted_than_is_told() {
    let atlas = graph("", "a>b b>c");
    let journey = through(&atlas, "a c");
    let counts = |limit| {
        let count = |nodes: Option<Vec<_>>| nodes.map(|nodes| nodes.len());
        [count(reached(&journey, limit)), count(reaching(&journey, limit))]
    };
    assert_eq!(counts(2), [Some(2); 2]);
    assert_eq!(counts(1), [None; 2]);
}

#[test]
fn a_journey_given_up_leads_nowhere() {
    let atlas = graph("", "a>b b>c");
    let stop = std::sync::atomic::AtomicBool::new(true);
    let journey = through(&atlas, "a c").stopped_by(&stop);
    assert!(best_path(&journey, Rule::Shortest).is_none() && shortest(&journey).is_none());
    assert!(best_paths(&journey, Rule::Shortest, 5).0.is_empty());
    assert_eq!(reached(&journey, 9), Some(Vec::new()));
}
