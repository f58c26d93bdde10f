//! What could be asked first, and what next. Whatever is offered was tried, and has an answer.

use opsatlas::answer::{Body, Closure, Set};
use opsatlas::graph::{Atlas, NodeIndex, quoted_if_needed};
use opsatlas::{Answer, Session};
use serde_json::{Value, json};

/// How many questions are offered.
const MOST: usize = 4;
/// Larger graphs are not asked on trial.
const EDGES: usize = 50_000;

/// A question, and a word on it.
type Offer = (String, String);

/// What could be asked next, after an answer.
pub(crate) fn questions(session: &Session, query: &str, answer: &Answer) -> Value {
    let atlas = &answer.atlas;
    if atlas.edge_bound() > EDGES {
        return json!([]);
    }
    let query = query.trim();
    let offers = after(atlas, query, &answer.body);
    let answered = |(_, text): &Offer| {
        let found = session.clone().ask(text);
        text != query && found.is_ok_and(|found| !found.is_empty())
    };
    let offers = offers.into_iter().filter(answered).take(MOST);
    offers.map(|(said, query)| json!({"said": said, "query": query})).collect()
}

fn offer(said: impl Into<String>, query: impl Into<String>) -> Offer {
    (said.into(), query.into())
}

/// How a node is typed, and what it is called.
fn named(atlas: &Atlas, node: NodeIndex) -> (String, &str) {
    let facts = atlas.node(node);
    let own = atlas.is_alone(facts.name(), node);
    (quoted_if_needed(if own { facts.name() } else { &facts.id }), facts.name())
}

fn after(atlas: &Atlas, query: &str, body: &Body) -> Vec<Offer> {
    match body {
        Body::Card(node) => of_node(atlas, *node),
        Body::Paths(paths) => {
            let ends = paths.routes.first().and_then(|path| {
                Some((*path.nodes.first()?, *path.nodes.last()?)).filter(|(from, to)| from != to)
            });
            ends.map_or_else(Vec::new, |(from, to)| of_way(atlas, from, to))
        }
        Body::Plan(plan) => {
            let first = plan.made.steps.iter().flatten().next().map(|node| named(atlas, *node));
            let mut offers = vec![
                offer(
                    "Laid into weeks, at 6 hours each",
                    format!("{query} then schedule at 6 default 1"),
                ),
                offer(
                    "What takes longest",
                    format!("{query} then sort by hours desc then limit 10"),
                ),
            ];
            offers.extend(first.map(|(typed, name)| {
                offer(format!("Why begin with {name}?"), format!("why {typed} in ({query})"))
            }));
            if let [goal] = plan.goals[..] {
                let (typed, name) = named(atlas, goal);
                offers.push(offer(format!("What {name} opens"), format!("unlocks {typed}")));
            }
            offers
        }
        Body::Set(set) => of_set(atlas, query, set),
        Body::Table(_) | Body::Value(_) => Vec::new(),
    }
}

fn of_node(atlas: &Atlas, node: NodeIndex) -> Vec<Offer> {
    let (typed, name) = named(atlas, node);
    vec![
        offer(format!("What {name} needs first"), format!("prereqs {typed}")),
        offer(format!("What {name} opens"), format!("unlocks {typed}")),
        offer(format!("A plan to learn {name}"), format!("plan {typed}")),
        offer(format!("What is around {name}"), format!("near {typed}")),
    ]
}

fn of_way(atlas: &Atlas, from: NodeIndex, to: NodeIndex) -> Vec<Offer> {
    let ((from, start), (to, end)) = (named(atlas, from), named(atlas, to));
    vec![
        offer(format!("A plan for {end}, knowing {start}"), format!("plan {to} knowing {from}")),
        offer(format!("How {start} and {end} differ"), format!("compare {from}, {to}")),
        offer("All other ways", format!("paths {from} to {to}")),
        offer(format!("What {end} opens"), format!("unlocks {to}")),
    ]
}

fn of_set(atlas: &Atlas, query: &str, set: &Set) -> Vec<Offer> {
    let mut offers = Vec::new();
    if let Some(Closure { of, needs: true, .. }) = &set.closure
        && let [of] = of[..]
    {
        let (typed, name) = named(atlas, of);
        offers.push(offer(format!("A plan to learn {name}"), format!("plan {typed}")));
        if let Some(first) = set.nodes.first() {
            let (first, said) = named(atlas, *first);
            offers.push(offer(format!("Why {said}?"), format!("why {first} in ({query})")));
        }
    }
    offers.extend([
        offer("How many of each kind", format!("{query} then group by kind")),
        offer("The best documented", format!("{query} then sort by sources desc then limit 10")),
    ]);
    if let [node] = set.nodes[..] {
        offers.extend(of_node(atlas, node));
    }
    offers
}

/// What could be asked of a graph first: examples of its own nodes.
pub(crate) fn first_questions(atlas: &Atlas) -> Value {
    if atlas.edge_bound() > EDGES {
        return json!([
            offer_json("What there is", "kinds"),
            offer_json("How it is joined", "relations")
        ]);
    }
    let mut milestones: Vec<NodeIndex> =
        atlas.nodes().filter(|node| atlas.is_milestone(*node)).take(MILESTONES).collect();
    milestones.sort_by_cached_key(|node| std::cmp::Reverse(degree(atlas, *node)));
    let busiest = atlas.nodes().filter(|node| !atlas.is_milestone(*node));
    let busiest = busiest.max_by_key(|node| (degree(atlas, *node), std::cmp::Reverse(*node)));
    let mut offers = Vec::new();
    let session = Session::new(atlas);
    if let [first, .., last] = milestones[..] {
        // Which way it goes is told by the graph.
        let way = [(first, last), (last, first)].into_iter().find(|(from, to)| {
            let ((from, _), (to, _)) = (named(atlas, *from), named(atlas, *to));
            session
                .clone()
                .ask(&format!("path {from} to {to}"))
                .is_ok_and(|found| !found.is_empty())
        });
        if let Some((from, to)) = way {
            offers.extend(of_way(atlas, from, to));
        }
    }
    offers.extend(busiest.into_iter().flat_map(|node| of_node(atlas, node)));
    offers.push(offer("What there is", "kinds"));
    let answered =
        |(_, text): &Offer| session.clone().ask(text).is_ok_and(|found| !found.is_empty());
    let offers = offers.into_iter().filter(answered).take(2 * MOST);
    offers.map(|(said, query)| offer_json(&said, &query)).collect()
}

/// More milestones than this are not looked at.
const MILESTONES: usize = 200;

fn degree(atlas: &Atlas, node: NodeIndex) -> usize {
    atlas.edges_from(node).len() + atlas.edges_to(node).len()
}

fn offer_json(said: &str, query: &str) -> Value {
    json!({"said": said, "query": query})
}
