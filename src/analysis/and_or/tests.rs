//! Small instances and graphs, against what trying everything says of them.

use super::feasibility::feasible;
use super::graph::AndOrGraph;
use super::instance::{Derivation, Instance, NONE};
use super::landmarks::Certain;
use super::requirements::marks;
use super::{must, ready, ready_for};
use crate::dice::Dice;
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::stop::NEVER;
use serde_json::json;

/// An instance of two to seven items, on cycles as often as not.
pub(super) fn instance(dice: &mut Dice) -> Instance {
    let items = 2 + dice.roll(6);
    let mut clauses = Vec::new();
    for owner in 0..items {
        for _ in 0..dice.roll(3) {
            let mut options: Vec<u32> = (0..=dice.roll(3)).map(|_| dice.roll(items)).collect();
            options.sort_unstable();
            options.dedup();
            options.retain(|option| *option != owner);
            if !options.is_empty() {
                clauses.push((owner, options));
            }
        }
    }
    Instance::new(items as usize, clauses)
}

/// All sets of items.
pub(super) fn subsets(items: usize) -> impl Iterator<Item = Vec<u32>> {
    (0u32..1 << items).map(move |bits| (0..items as u32).filter(|i| bits >> i & 1 == 1).collect())
}

/// What can be derived from these items, found by going over all of them until nothing changes.
pub(super) fn closure(instance: &Instance, from: &[u32]) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let holds = |clause: &u32, found: &[u32]| {
        instance.options.row(*clause as usize).iter().any(|option| found.contains(option))
    };
    while let Some(next) = from.iter().find(|item| {
        let mut clauses = instance.asks.row(**item as usize).iter();
        !found.contains(item) && clauses.all(|clause| holds(clause, &found))
    }) {
        found.push(*next);
    }
    found.sort_unstable();
    found
}

fn done(derivation: &Derivation) -> Vec<u32> {
    (0u32..).zip(&derivation.done).filter(|(_, done)| **done).map(|(item, _)| item).collect()
}

#[test]
fn forward_chaining_finds_what_going_over_everything_finds() {
    let mut dice = Dice(1);
    for _ in 0..300 {
        let instance = instance(&mut dice);
        for allowed in subsets(instance.len()) {
            let expected = closure(&instance, &allowed);
            let may = |item| allowed.contains(&item);
            assert_eq!(done(&instance.derive(may)), expected);
            let ordered = instance.derive_by(|item| may(item).then_some(dice_of(item)));
            assert_eq!(done(&ordered), expected);
            // Item by item, as the bound releases them.
            let mut stepwise = Derivation::new(&instance);
            let mut free: Vec<u32> = Vec::new();
            for item in &allowed {
                free.push(*item);
                stepwise.extend(&instance, [*item], |item| free.contains(&item));
            }
            assert_eq!(done(&stepwise), expected);
        }
    }
}

/// A priority that is not the item's number.
fn dice_of(item: u32) -> u32 {
    item * 5 % 7
}

#[test]
fn the_least_priority_that_can_be_derived_comes_next() {
    let mut dice = Dice(2);
    for _ in 0..300 {
        let instance = instance(&mut dice);
        let order = instance.derive_by(|item| Some(dice_of(item))).order;
        for at in 0..order.len() {
            let all: Vec<u32> = instance.items().collect();
            let can = all.iter().filter(|item| !order[..at].contains(item)).filter(|item| {
                closure(&instance, &[&order[..at], &[**item]].concat()).contains(item)
            });
            assert_eq!(can.min_by_key(|item| dice_of(**item)), Some(&order[at]));
        }
    }
}

#[test]
fn what_a_derivation_uses_can_be_derived_by_itself() {
    let mut dice = Dice(3);
    for _ in 0..300 {
        let instance = instance(&mut dice);
        let all = instance.derive(|_| true);
        for goal in done(&all) {
            let used = instance.used(&all, &[goal]);
            assert!(used.contains(&goal));
            assert_eq!(closure(&instance, &used), used);
            assert!(used.iter().all(|item| instance.relevant(&[goal]).contains(item)));
        }
        // Nothing supports what was never satisfied.
        for (clause, support) in all.support.iter().enumerate() {
            let satisfied = instance.options.row(clause).iter().any(|o| all.done[*o as usize]);
            assert_eq!(*support != NONE, satisfied);
        }
    }
}

#[test]
fn what_is_certain_is_in_every_set_that_derives_the_goal() {
    let mut dice = Dice(4);
    let mut by_options = 0;
    for _ in 0..300 {
        let instance = instance(&mut dice);
        let derivable = closure(&instance, &instance.items().collect::<Vec<u32>>());
        for goal in derivable {
            let mut certain = Certain::new(&instance);
            certain.add(&[goal]);
            for set in subsets(instance.len()).filter(|s| closure(&instance, s).contains(&goal)) {
                assert!(certain.items().all(|item| set.contains(&item)), "{set:?}");
            }
            by_options += certain.items().count();
        }
    }
    assert!(by_options > 1_000, "{by_options}");
}

#[test]
fn what_all_options_bring_along_is_certain() {
    // 0 asks for 1 or 2; both need 3, only 1 needs 4.
    let instance = Instance::new(5, [(0, vec![1, 2]), (1, vec![3]), (1, vec![4]), (2, vec![3])]);
    let mut certain = Certain::new(&instance);
    certain.add(&[0]);
    assert_eq!(certain.items().collect::<Vec<u32>>(), [0, 3]);
    certain.add(&[1]);
    assert_eq!(certain.items().collect::<Vec<u32>>(), [0, 1, 3, 4]);
}

/// A graph of letters: `a needs b`, `a tips b` where that is only recommended, and behind `|` the
/// set of alternatives that an edge belongs to.
fn atlas(edges: &str) -> Atlas {
    let schema = json!({"atlas": 1, "schema": {"relations": {
        "needs": {"prerequisite": "target"},
        "tips": {"prerequisite": "target", "strength": "recommended"},
    }}});
    let edge = |line: &str| {
        let (line, group) = line.split_once('|').map_or((line, None), |(a, b)| (a, Some(b)));
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut edge = json!({"from": words[0], "kind": words[1], "to": words[2]});
        if let Some(group) = group {
            edge["properties"] = json!({"any-of": group});
        }
        edge
    };
    let edges: Vec<_> = edges.split(", ").map(edge).collect();
    let ids = ('a'..='h').map(|id| json!({"id": id.to_string()})).collect::<Vec<_>>();
    let graph = json!({"atlas": 1, "nodes": ids, "edges": edges});
    Atlas::from_texts([("s.json", schema.to_string()), ("g.json", graph.to_string())])
        .expect("valid")
}

fn nodes(letters: &str) -> Vec<NodeIndex> {
    letters.bytes().map(|letter| NodeIndex::new(usize::from(letter - b'a'))).collect()
}

fn letters(nodes: &[NodeIndex]) -> String {
    nodes.iter().map(|node| char::from(b'a' + node.index() as u8)).collect()
}

#[test]
fn a_landmark_needs_no_plain_edge() {
    // Either option of a needs d by way of a choice of its own, which the quick rule cannot see.
    let atlas = atlas(
        "a needs b|x, a needs c|x, b needs e|x, b needs f|x, c needs e|x, c needs f|x, \
         e needs d, f needs d, g needs h, h needs g|y, h needs f|y",
    );
    let of = |goals| must(&Flow::required(&atlas), &nodes(goals));
    assert_eq!(letters(&of("a").nodes), "da");
    assert_eq!(letters(&of("ab").nodes), "dba");
    // h can be had by way of f alone: by way of g it would found itself.
    assert_eq!(letters(&of("g").nodes), "dfgh");
}

#[test]
fn where_no_way_leads_only_plain_needs_are_told() {
    let atlas = atlas("a needs b|x, a needs c|x, b needs a, c needs a, a needs d, e needs d");
    let found = must(&Flow::required(&atlas), &nodes("ae"));
    assert_eq!(letters(&found.underivable), "a");
    assert_eq!(letters(&found.nodes), "dae");
}

#[test]
fn the_fringe_is_what_lacks_nothing() {
    let atlas =
        atlas("a needs b, c needs b, c needs d|x, c needs e|x, f tips g, f needs h, h needs f");
    let flow = Flow::all(&atlas);
    let fringe = |known: &str| {
        let found = ready(&flow, &nodes(known), &NEVER);
        letters(&found.iter().map(|ready| ready.node).collect::<Vec<_>>())
    };
    // What opens most stands first, ties in learning order.
    assert_eq!(fringe(""), "bgde");
    // One of the alternatives is enough; what is recommended had better come first.
    assert_eq!(fringe("bd"), "geac");
    assert_eq!(fringe("bdeg"), "fhac");
    let joint = ready(&flow, &nodes("g"), &NEVER);
    let joint: Vec<_> = joint.iter().filter(|ready| ready.joint.is_some()).collect();
    assert_eq!(joint.len(), 2);
    assert_eq!(joint[0].joint, joint[1].joint);
}

#[test]
fn what_a_goal_only_recommends_comes_last() {
    let atlas = atlas("a needs b, a tips c, d needs c, e needs c, f needs c");
    let found = ready_for(&Flow::all(&atlas), &nodes("a"), &[], &NEVER);
    let told: Vec<_> = found.iter().map(|r| (r.node, r.recommended)).collect();
    assert_eq!(told, [(nodes("b")[0], false), (nodes("c")[0], true)]);
}

/// The recommendations dropped for goals, or the ways to what blocks them.
fn dropped(edges: &str, goals: &str, avoid: &str) -> Result<String, Vec<(String, bool)>> {
    let atlas = atlas(edges);
    let flow = Flow::all(&atlas);
    let known = marks(8, &[]);
    let avoided = marks(8, &nodes(avoid));
    let goals = nodes(goals);
    let graph = AndOrGraph::behind(&flow, &goals, |node| avoided[node.index()]);
    let found = feasible(&graph, &goals, &known, &nodes(avoid), &NEVER);
    let found = found.map(|found| {
        let clauses = found.dropped.iter().map(|number| graph.clause(*number));
        let told = clauses.map(|clause| {
            let options: Vec<NodeIndex> = clause.nodes().collect();
            format!("{}:{}", letters(&[clause.dependent]), letters(&options))
        });
        told.collect::<Vec<String>>().join(" ")
    });
    found.map_err(|blocked| {
        let way = blocked.why.iter().map(|why| {
            let way: Vec<NodeIndex> = why.clauses.iter().map(|clause| clause.dependent).collect();
            (letters(&way), why.circular)
        });
        way.collect()
    })
}

#[test]
fn recommendations_are_dropped_where_they_cannot_be_followed() {
    assert_eq!(dropped("a tips b, b needs c", "a", ""), Ok(String::new()));
    assert_eq!(dropped("a tips b, b needs c", "a", "b"), Ok("a:b".to_owned()));
    // b cannot be learned, so a goes without it; the other option of c is left.
    let edges = "a tips b, b needs d, c tips b|x, c tips e|x";
    assert_eq!(dropped(edges, "ac", "d"), Ok("a:b".to_owned()));
    // A circle through alternatives: a comes first in learning order and goes without.
    let circle = "a tips b|x, a tips c|x, b needs a, c needs a";
    assert_eq!(dropped(circle, "a", ""), Ok("a:bc".to_owned()));
}

#[test]
fn a_goal_is_blocked_by_a_gap_or_a_circle() {
    // The nearest gap is told, not the longer way to another one.
    let edges = "a needs b, a needs c, b needs d, c needs e, e needs f, d needs g|x, d needs h|x";
    assert_eq!(dropped(edges, "a", "f"), Err(vec![("ace".to_owned(), false)]));
    assert_eq!(dropped(edges, "a", "gh"), Err(vec![("abd".to_owned(), false)]));
    assert_eq!(dropped(edges, "a", "g"), Ok(String::new()));
    let circle = "a needs b|x, a needs c|x, b needs a, c needs a";
    assert_eq!(dropped(circle, "a", ""), Err(vec![("ab".to_owned(), true)]));
    assert_eq!(dropped(circle, "a", "a"), Err(vec![(String::new(), false)]));
}
