//! Plans, `must` and `ready` against their definitions, tried out on every set of nodes of small
//! random graphs with alternatives and cycles.

use opsatlas::analysis::{
    Clause, Outcome, Plan, Price, Question, SEARCH_LIMIT, UNIT, clauses, learning_rank, must, plan,
    ready, ready_for,
};
use opsatlas::graph::{Atlas, Flow, NodeIndex, Strength};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

const SCHEMA: &str = r#"{"atlas": 1, "schema": {"relations": {
  "needs": {"prerequisite": "target"}, "gives": {"prerequisite": "source"},
  "instead": {"prerequisite": "none", "alternative": true}}}}"#;

type Nodes = BTreeSet<NodeIndex>;

/// A random graph: each edge with its group of alternatives, its strength and its sources.
fn random(most: usize, optional: bool) -> impl Strategy<Value = Atlas> {
    let edge = (any::<Index>(), any::<Index>(), 0..6u8, any::<bool>(), 0..3u8, 0..5u8);
    (3..=most, 2..5usize, vec(edge, 0..most * 3), vec(0..4u8, most)).prop_map(
        move |(count, density, edges, costs)| {
            let edges = &edges[..edges.len().min(count * density / 2)];
            let edges = edges.iter().map(|(a, b, group, turned, sources, soft)| {
                let (mut from, mut to) = (a.index(count), b.index(count));
                if *turned {
                    (from, to) = (to, from);
                }
                let cited: Vec<_> =
                    (0..*sources).map(|at| json!({"source": format!("s{at}")})).collect();
                let mut properties = json!({});
                if *group > 2 {
                    properties["any-of"] = json!(format!("g{}", group - 3));
                }
                if optional && *soft == 0 {
                    properties["strength"] = json!("recommended");
                }
                json!({"from": format!("n{from}"), "to": format!("n{to}"), "properties": properties,
                    "kind": if *group == 0 { "instead" } else if *turned { "gives" } else { "needs" },
                    "sources": cited})
            });
            let edges: Vec<_> = edges.collect();
            let nodes: Vec<_> = (0..count)
                .map(|at| json!({"id": format!("n{at}"), "properties": {"hours": costs[at]}}))
                .collect();
            let text = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
            Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("random.json", text)])
                .expect("a random graph is valid")
        },
    )
}

/// The clauses of a node by their definition: what makes two arcs one clause, and what follows
/// from that.
fn naive_clauses(atlas: &Atlas, dependent: NodeIndex) -> BTreeSet<BTreeSet<(NodeIndex, usize)>> {
    let name = |edge| atlas.relation_of(edge).name.as_str();
    let all: Vec<_> = atlas.graph().edge_indices().collect();
    let arc = |edge| {
        let (from, to) = atlas.ends(edge);
        let (by, need) = match name(edge) {
            "needs" => (from, to),
            "gives" => (to, from),
            _ => return None,
        };
        (by == dependent).then_some((need, edge))
    };
    let arcs: Vec<_> = all.iter().filter_map(|edge| arc(*edge)).collect();
    let tied = |a: NodeIndex, b: NodeIndex| {
        let tie = all.iter().filter(|edge| name(**edge) == "instead");
        tie.map(|edge| atlas.ends(*edge)).any(|ends| ends == (a, b) || ends == (b, a))
    };
    let same = |(a, x): (NodeIndex, _), (b, y): (NodeIndex, _)| {
        match (atlas.edge(x).any_of(), atlas.edge(y).any_of()) {
            (None, None) => {
                let stand_in = name(x) == name(y) && ![a, b].contains(&dependent) && tied(a, b);
                // An arc that a tie takes out no longer stands with those of other relations.
                stand_in || a == b && name(x) == name(y) && a != dependent
            }
            (x, y) => x == y,
        }
    };
    let mut found: Vec<BTreeSet<(NodeIndex, usize)>> = Vec::new();
    for arc in &arcs {
        let mut whole = vec![*arc];
        for _ in &arcs {
            let next = arcs.iter().filter(|next| whole.iter().any(|own| same(*own, **next)));
            let next: Vec<_> = next.filter(|next| !whole.contains(next)).copied().collect();
            whole.extend(next);
        }
        found.push(whole.into_iter().map(|(node, edge)| (node, edge.index())).collect());
    }
    // What is plainly needed by several relations is one plain clause.
    let plain = |group: &BTreeSet<(NodeIndex, usize)>| {
        let first = group.first().expect("an arc").0;
        let any_of = |(_, edge): &(NodeIndex, usize)| {
            atlas.edge(opsatlas::graph::EdgeIndex::new(*edge)).any_of().is_some()
        };
        (!group.iter().any(any_of) && group.iter().all(|(node, _)| *node == first)).then_some(first)
    };
    let (mut whole, mut by_need) = (BTreeSet::new(), BTreeMap::<NodeIndex, BTreeSet<_>>::new());
    for group in found {
        match plain(&group) {
            Some(need) => by_need.entry(need).or_default().extend(group),
            None => drop(whole.insert(group)),
        }
    }
    whole.extend(by_need.into_values());
    whole
}

/// The model by its definition, for one question.
struct Naive {
    clauses: Vec<Clause>,
    /// Nodes that plainly need one another, round in a circle.
    joint: BTreeMap<NodeIndex, Nodes>,
    known: Nodes,
    avoid: Nodes,
}

impl Naive {
    fn new(flow: &Flow<'_>, known: &Nodes, avoid: &Nodes, without: &[Clause]) -> Self {
        let all: Vec<NodeIndex> = flow.atlas().graph().node_indices().collect();
        let asked = all.iter().flat_map(|node| clauses(flow, *node));
        let asked: Vec<Clause> = asked.filter(|clause| !without.contains(clause)).collect();
        let free = |node: &NodeIndex| !known.contains(node) && !avoid.contains(node);
        let reach = |start: NodeIndex| {
            let mut reached = Nodes::from([start]);
            for _ in &all {
                let plain = asked.iter().filter(|clause| clause.is_plain());
                let next = plain.filter(|clause| reached.contains(&clause.dependent));
                let next: Vec<NodeIndex> = next.flat_map(Clause::nodes).filter(free).collect();
                reached.extend(next);
            }
            reached
        };
        let reach: BTreeMap<NodeIndex, Nodes> =
            all.iter().filter(|node| free(node)).map(|node| (*node, reach(*node))).collect();
        let joint = |node: &NodeIndex| {
            let both = reach[node].iter().filter(|other| reach[*other].contains(node));
            (*node, both.copied().collect())
        };
        let joint = reach.keys().map(joint).collect();
        Self { clauses: asked, joint, known: known.clone(), avoid: avoid.clone() }
    }

    /// What can be learned step by step with nothing but `allowed`.
    fn derived(&self, allowed: &Nodes) -> Nodes {
        let mut done = self.known.clone();
        loop {
            let step = self.joint.iter().find(|(node, joint)| {
                let holds = |clause: &&Clause| {
                    clause.nodes().any(|option| done.contains(&option) || joint.contains(&option))
                };
                let mut asked =
                    self.clauses.iter().filter(|clause| joint.contains(&clause.dependent));
                !done.contains(node)
                    && joint
                        .iter()
                        .all(|member| allowed.contains(member) && !self.avoid.contains(member))
                    && asked.all(|clause| holds(&clause))
            });
            match step {
                Some((_, joint)) => done.extend(joint),
                None => return done,
            }
        }
    }

    /// All sets that are plans for the goals.
    fn plans(&self, atlas: &Atlas, goals: &Nodes) -> Vec<Nodes> {
        let free: Vec<NodeIndex> = atlas
            .graph()
            .node_indices()
            .filter(|node| !self.known.contains(node) && !self.avoid.contains(node))
            .collect();
        let sets = (0..1usize << free.len()).map(|bits| {
            free.iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1)
                .map(|(_, node)| *node)
                .collect()
        });
        sets.filter(|set: &Nodes| {
            goals.iter().all(|goal| set.contains(goal) || self.known.contains(goal))
                && self.derived(set).is_superset(set)
        })
        .collect()
    }

    /// How plans compare: cost, then how many are free of charge, then sources, then the list.
    fn key(
        &self,
        atlas: &Atlas,
        set: &Nodes,
        cost: &dyn Fn(NodeIndex) -> Option<u128>,
    ) -> (u128, usize, Reverse<usize>, Vec<NodeIndex>) {
        let total = set.iter().map(|node| cost(*node).expect("a cost")).sum();
        let gratis = set.iter().filter(|node| cost(**node) == Some(0)).count();
        let mut sources = 0;
        for clause in self.clauses.iter().filter(|clause| set.contains(&clause.dependent)) {
            for (node, edges) in clause.alternatives.iter().filter(|(node, _)| set.contains(node)) {
                let tied = !clause.ties.is_empty();
                let offers =
                    edges.iter().filter(|edge| tied || atlas.edge(**edge).any_of().is_some());
                let distinct: BTreeSet<&str> =
                    offers.flat_map(|edge| atlas.edge(*edge).source_ids()).collect();
                sources += if *node == clause.dependent { 0 } else { distinct.len() };
            }
        }
        let mut list: Vec<NodeIndex> = set.iter().copied().collect();
        list.sort_by_key(|node| learning_rank(atlas)[node.index()]);
        (total, gratis, Reverse(sources), list)
    }
}

static GO: AtomicBool = AtomicBool::new(false);

fn ask(
    flow: &Flow<'_>,
    goals: &Nodes,
    known: &Nodes,
    avoid: &Nodes,
    cost: &dyn Fn(NodeIndex) -> Option<u128>,
) -> Outcome {
    ask_within(SEARCH_LIMIT, flow, [goals, known, avoid], cost)
}

fn ask_within(
    search_limit: usize,
    flow: &Flow<'_>,
    [goals, known, avoid]: [&Nodes; 3],
    cost: &dyn Fn(NodeIndex) -> Option<u128>,
) -> Outcome {
    let list = |set: &Nodes| set.iter().copied().collect::<Vec<_>>();
    let (goals, known, avoid) = (list(goals), list(known), list(avoid));
    plan(&Question {
        flow,
        goals: &goals,
        known: &known,
        avoid: &avoid,
        cost,
        search_limit,
        stop: &GO,
    })
}

fn picked(atlas: &Atlas, picks: &[Index]) -> Nodes {
    picks.iter().map(|pick| NodeIndex::new(pick.index(atlas.graph().node_count()))).collect()
}

/// Everything that must hold of an answer.
fn check(
    flow: &Flow<'_>,
    goals: &Nodes,
    known: &Nodes,
    avoid: &Nodes,
    cost: &dyn Fn(NodeIndex) -> Option<u128>,
) -> Result<(), TestCaseError> {
    let atlas = flow.atlas();
    let avoid: Nodes = avoid.difference(known).copied().collect();
    let outcome = ask(flow, goals, known, &avoid, cost);
    let Outcome::Plan(found) = outcome else {
        let Outcome::Blocked(why) = outcome else { return Err(TestCaseError::fail("unpriced")) };
        let hard: Vec<Clause> = atlas
            .graph()
            .node_indices()
            .flat_map(|node| clauses(flow, node))
            .filter(|clause| !clause.required)
            .collect();
        let naive = Naive::new(flow, known, &avoid, &hard);
        prop_assert!(naive.plans(atlas, goals).is_empty());
        for hindrance in why.why {
            let last = hindrance.clauses.last();
            prop_assert!(goals.contains(&hindrance.goal));
            // The last clause is truly beyond what can be learned.
            let all: Nodes = atlas.graph().node_indices().collect();
            let can = naive.derived(&all);
            prop_assert!(last.is_none_or(|clause| !clause.nodes().any(|node| can.contains(&node))));
            prop_assert!(last.is_some() || avoid.contains(&hindrance.goal));
        }
        return Ok(());
    };
    let naive = Naive::new(flow, known, &avoid, &found.dropped);
    // What is dropped elsewhere matters to no plan that is told, but to those it is compared with.
    if flow_has_soft(flow) {
        let set: Nodes = found.steps.iter().flatten().copied().collect();
        prop_assert!(naive.derived(&set).is_superset(&set));
        strengths(flow, goals, known, &avoid, &found)?;
        return ordered(&naive, &found);
    }
    prop_assert!(found.recommended.is_empty());
    let best =
        naive.plans(atlas, goals).into_iter().map(|set| (naive.key(atlas, &set, cost), set)).min();
    let (key, set) = best.expect("there is a plan");
    prop_assert_eq!(found.least, found.cost);
    prop_assert_eq!(found.cost, key.0);
    let own: Nodes = found.steps.iter().flatten().copied().collect();
    prop_assert!(found.settled);
    prop_assert_eq!(&naive.key(atlas, &own, cost), &key);
    prop_assert_eq!(&own, &set);
    // Without a search there is a plan all the same, and a bound that holds.
    let Outcome::Plan(quick) = ask_within(0, flow, [goals, known, &avoid], cost) else {
        return Err(TestCaseError::fail("no plan without a search"));
    };
    prop_assert!(quick.least <= key.0 && key.0 <= quick.cost, "{} {}", quick.least, quick.cost);
    for choice in &found.choices {
        for other in &choice.others {
            let with =
                naive.plans(atlas, goals).into_iter().filter(|set| set.contains(&other.node));
            let cheapest = with.map(|set| naive.key(atlas, &set, cost).0).min();
            match other.price {
                Price::Exactly(price) => prop_assert_eq!(Some(price), cheapest),
                Price::AtLeast(price) => {
                    prop_assert!(cheapest.is_some_and(|cheapest| price <= cheapest));
                }
                Price::None => prop_assert_eq!(cheapest, None),
            }
        }
        prop_assert!(
            !choice.taken.is_empty() && choice.taken.iter().all(|node| own.contains(node))
        );
    }
    ordered(&naive, &found)
}

/// What is marked as recommended only, by what that means.
fn strengths(
    flow: &Flow<'_>,
    goals: &Nodes,
    known: &Nodes,
    avoid: &Nodes,
    found: &Plan,
) -> Result<(), TestCaseError> {
    let all: Nodes = flow.atlas().graph().node_indices().collect();
    let asked: Vec<Clause> = all.iter().flat_map(|node| clauses(flow, *node)).collect();
    let soft: Vec<Clause> = asked.iter().filter(|clause| !clause.required).cloned().collect();
    let required = Naive::new(flow, known, avoid, &soft);
    let set: Nodes = found.steps.iter().flatten().copied().collect();
    let needed: Nodes = set.difference(&found.recommended).copied().collect();
    let reaches = |allowed: &Nodes| required.derived(allowed).is_superset(goals);
    prop_assert!(needed.is_superset(&goals.difference(known).copied().collect()));
    // A recommendation can join nodes to one step that requirements alone leave in a circle.
    let joint = found.steps.iter().any(|step| step.len() > 1);
    if !reaches(&set) {
        prop_assert!(joint);
        return Ok(());
    }
    prop_assert!(reaches(&needed), "what is required does not suffice");
    for node in &set {
        let without: Nodes = all.iter().copied().filter(|own| own != node).collect();
        prop_assert!(reaches(&without) || needed.contains(node), "{node:?} is in `must`");
    }
    let turn = |node: &NodeIndex| found.steps.iter().position(|step| step.contains(node));
    let in_time = |clause: &Clause| {
        let latest = turn(&clause.dependent);
        let nodes = clause.nodes().filter(|node| needed.contains(node) && turn(node) <= latest);
        nodes.collect::<Nodes>()
    };
    let hard = asked.iter().filter(|clause| {
        let plain = !clause.nodes().any(|node| known.contains(&node) || node == clause.dependent);
        clause.required && needed.contains(&clause.dependent) && plain
    });
    let hard: Vec<Nodes> = hard.map(in_time).collect();
    prop_assert!(joint || hard.iter().all(|options| !options.is_empty()));
    for node in needed.difference(goals).filter(|_| !joint) {
        prop_assert!(hard.contains(&Nodes::from([*node])), "{node:?} is superfluous");
    }
    Ok(())
}

fn flow_has_soft(flow: &Flow<'_>) -> bool {
    let nodes = flow.atlas().graph().node_indices();
    nodes.flat_map(|node| clauses(flow, node)).any(|clause| !clause.required)
}

/// Each step can be made after those before it.
fn ordered(naive: &Naive, found: &Plan) -> Result<(), TestCaseError> {
    let mut done = Nodes::new();
    for step in &found.steps {
        prop_assert_eq!(&naive.joint[&step[0]], &step.iter().copied().collect::<Nodes>());
        done.extend(step);
        prop_assert!(naive.derived(&done).is_superset(&done));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_marked_as_recommended_is_no_more(atlas in random(7, true), goals in vec(any::<Index>(), 1..3), known in vec(any::<Index>(), 0..2)) {
        let flow = Flow::all(&atlas);
        let (goals, known) = (picked(&atlas, &goals), picked(&atlas, &known));
        if let Outcome::Plan(found) = ask(&flow, &goals, &known, &Nodes::new(), &|_| Some(UNIT)) {
            strengths(&flow, &goals, &known, &Nodes::new(), &found)?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clauses_are_what_ties_and_groups_make_of_arcs(atlas in random(6, true)) {
        let flow = Flow::all(&atlas);
        for node in atlas.graph().node_indices() {
            let found = clauses(&flow, node);
            let sets = found.iter().map(|clause| {
                let arcs = clause.alternatives.iter();
                arcs.flat_map(|(node, edges)| edges.iter().map(|edge| (*node, edge.index()))).collect()
            });
            prop_assert_eq!(sets.collect::<BTreeSet<BTreeSet<_>>>(), naive_clauses(&atlas, node));
            for clause in &found {
                let nodes: Nodes = clause.nodes().collect();
                for tie in &clause.ties {
                    let (from, to) = atlas.ends(*tie);
                    prop_assert!(nodes.contains(&from) && nodes.contains(&to) && from != to);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plans_are_the_best_of_all_sets(
        atlas in random(8, false), goals in vec(any::<Index>(), 1..3), known in vec(any::<Index>(), 0..3),
        avoid in vec(any::<Index>(), 0..2),
    ) {
        let flow = Flow::all(&atlas);
        let [goals, known, avoid] = [goals, known, avoid].map(|picks| picked(&atlas, &picks));
        check(&flow, &goals, &known, &avoid, &|_| Some(UNIT))?;
        let hours = |node: NodeIndex| atlas.node(node).properties.get("hours").and_then(serde_json::Value::as_u64).map(|hours| u128::from(hours) * UNIT);
        check(&flow, &goals, &known, &avoid, &hours)?;
    }

    #[test]
    fn plans_with_recommendations_are_derivable_and_drop_only_what_they_must(
        atlas in random(8, true), goals in vec(any::<Index>(), 1..3), known in vec(any::<Index>(), 0..2),
        avoid in vec(any::<Index>(), 0..2),
    ) {
        let flow = Flow::all(&atlas);
        let [goals, known, avoid] = [goals, known, avoid].map(|picks| picked(&atlas, &picks));
        check(&flow, &goals, &known, &avoid, &|_| Some(UNIT))?;
        let required = Flow::required(&atlas);
        check(&required, &goals, &known, &avoid, &|_| Some(UNIT))?;
    }

    #[test]
    fn must_is_what_no_way_can_do_without(atlas in random(9, true), goals in vec(any::<Index>(), 1..3)) {
        let flow = Flow::required(&atlas);
        let goals = picked(&atlas, &goals);
        let naive = Naive::new(&flow, &Nodes::new(), &Nodes::new(), &[]);
        let all: Nodes = atlas.graph().node_indices().collect();
        let can = naive.derived(&all);
        let goals: Nodes = goals.into_iter().filter(|goal| can.contains(goal)).collect();
        let expected: Nodes = all.iter().copied().filter(|node| {
            let rest: Nodes = all.iter().copied().filter(|other| other != node).collect();
            !naive.derived(&rest).is_superset(&goals)
        }).collect();
        let list: Vec<NodeIndex> = goals.into_iter().collect();
        let found: Nodes = must(&flow, &list).nodes.into_iter().collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn ready_is_the_outer_fringe(atlas in random(9, true), known in vec(any::<Index>(), 0..5)) {
        let flow = Flow::all(&atlas);
        let known = picked(&atlas, &known);
        let naive = Naive::new(&flow, &known, &Nodes::new(), &[]);
        let touched = |node: &NodeIndex| flow.needs(*node).chain(flow.opens(*node)).next().is_some();
        let fringe = naive.joint.iter().filter(|(node, joint)| touched(node) && naive.derived(joint).contains(node));
        let expected: Nodes = fringe.map(|(node, _)| *node).collect();
        let list: Vec<NodeIndex> = known.iter().copied().collect();
        let found = ready(&flow, &list, &std::sync::atomic::AtomicBool::new(false));
        let nodes: Nodes = found.iter().map(|ready| ready.node).collect();
        prop_assert_eq!(nodes, expected);
        let keys: Vec<_> = found.iter().map(|ready| {
            let opens = opsatlas::analysis::opened_by(&flow, &[ready.node], usize::MAX).len();
            assert_eq!(opens, ready.unlocks);
            (Reverse(opens), learning_rank(&atlas)[ready.node.index()])
        }).collect();
        prop_assert!(keys.is_sorted());
    }

    /// A node is required if it is a goal, or if some arc that is not only recommended leads from it
    /// to a node that is.
    #[test]
    fn ready_for_lists_what_is_required_first(
        atlas in random(9, true), goals in vec(any::<Index>(), 1..3), known in vec(any::<Index>(), 0..4),
    ) {
        let flow = Flow::all(&atlas);
        let [goals, known] = [goals, known].map(|picks| picked(&atlas, &picks).into_iter().collect::<Vec<_>>());
        let behind = |only: bool| {
            let mut found: Nodes = goals.iter().copied().collect();
            for _ in atlas.nodes() {
                let strong = |edge| !only || atlas.edge(edge).strength == Strength::Required;
                let more: Vec<NodeIndex> = found.iter().flat_map(|node| flow.needs(*node))
                    .filter(|(edge, _)| strong(*edge)).map(|(_, need)| need).collect();
                found.extend(more);
            }
            found
        };
        let (wanted, required) = (behind(false), behind(true));
        let never = std::sync::atomic::AtomicBool::new(false);
        let all = ready(&flow, &known, &never).into_iter().map(|ready| ready.node).filter(|node| wanted.contains(node));
        let (mut first, then): (Vec<_>, Vec<_>) = all.partition(|node| required.contains(node));
        let count = first.len();
        first.extend(then);
        let found = ready_for(&flow, &goals, &known, &never);
        prop_assert_eq!(found.iter().map(|ready| ready.node).collect::<Vec<_>>(), first);
        prop_assert!(found.iter().enumerate().all(|(at, ready)| ready.recommended == (at >= count)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn larger_plans_are_the_best_too(
        atlas in random(13, false), goals in vec(any::<Index>(), 1..3), known in vec(any::<Index>(), 0..2),
    ) {
        let flow = Flow::all(&atlas);
        let [goals, known] = [goals, known].map(|picks| picked(&atlas, &picks));
        check(&flow, &goals, &known, &Nodes::new(), &|_| Some(UNIT))?;
    }

    #[test]
    fn plans_too_large_to_try_all_sets_can_be_made_step_by_step(
        atlas in random(60, false), goals in vec(any::<Index>(), 1..5),
    ) {
        let flow = Flow::all(&atlas);
        let goals = picked(&atlas, &goals);
        let none = Nodes::new();
        if let Outcome::Plan(found) = ask(&flow, &goals, &none, &none, &|_| Some(UNIT)) {
            let naive = Naive::new(&flow, &none, &none, &[]);
            let own: Nodes = found.steps.iter().flatten().copied().collect();
            prop_assert!(goals.is_subset(&own) && found.least <= found.cost);
            ordered(&naive, &found)?;
            // Nothing can be left out of it.
            for node in &own {
                let rest: Nodes = own.iter().copied().filter(|other| other != node).collect();
                prop_assert!(!naive.derived(&rest).is_superset(&goals));
            }
        }
    }
}
