//! `.tour`: a few questions that this graph can answer, one after the other.

use super::welcome::{keystone, map};
use crate::graph::{Atlas, NodeIndex, quoted_if_needed};

/// A question with a word on it.
pub(crate) struct TourStep {
    pub(crate) words: String,
    pub(crate) query: String,
}

fn step(words: impl Into<String>, query: impl Into<String>) -> TourStep {
    TourStep { words: words.into(), query: query.into() }
}

/// What somebody asks who works at one milestone, wants to get to another and knows something.
fn of_a_person(first: &str, last: &str, known: Option<String>) -> Vec<TourStep> {
    let mut steps = vec![step(
        format!("I work in {first} and want to get to {last}. Which way leads there?"),
        format!("path {first} -> {last}"),
    )];
    if let Some(known) = known {
        steps.extend([
            step(
                format!("I know {known}. How far am I?"),
                format!("progress {last} knowing {known}"),
            ),
            step("And what can I learn next?", format!("ready for {last} knowing {known}")),
        ]);
    }
    steps.extend([
        step(
            format!(
                "What does {last} ask for that {first} does not? Answers are sets that combine:"
            ),
            format!("prereqs {last} except prereqs {first}"),
        ),
        step(
            "Any answer can be filtered, sorted, counted behind `then`:",
            format!(
                "prereqs {last} then where sources >= 2 then sort by sources desc then limit 5"
            ),
        ),
    ]);
    steps
}

/// The steps through a graph, made of what it has; none if it has no nodes.
pub(crate) fn steps(atlas: &Atlas) -> Vec<TourStep> {
    let name = |node: NodeIndex| quoted_if_needed(&atlas.node(node).id);
    let Some(first_node) = atlas.nodes().next() else { return Vec::new() };
    let mut steps = Vec::new();
    let keystone = keystone(atlas);
    let chain = map(atlas).into_iter().next().unwrap_or_default();
    if let (Some(first), Some(last)) = (chain.first(), chain.last())
        && first != last
    {
        steps.extend(of_a_person(&name(*first), &name(*last), keystone.map(name)));
    }
    match keystone {
        Some(node) => steps.push(step(
            format!("What does {} open?", name(node)),
            format!("unlocks {} then limit 20", name(node)),
        )),
        None => steps.push(step("What is joined to most?", "rank nodes by degree then limit 5")),
    }
    let shown = keystone.unwrap_or(first_node);
    steps.extend([
        step("All that is known of one node, with who says so:", format!("show {}", name(shown))),
        step("What else is there? Nodes have kinds:", "kinds"),
        step("Edges have relations:", "relations"),
    ]);
    steps
}

#[cfg(test)]
mod tests {
    use super::steps;
    use crate::graph::Atlas;

    #[test]
    fn every_step_is_answered_on_any_graph() {
        let atlas = |text: &str| Atlas::from_texts([("own.json", text)]).expect("a graph");
        let graphs = [
            Atlas::built_in(),
            atlas("{\"atlas\": 1, \"nodes\": [{\"id\": \"a b\"}, {\"id\": \"c\"}]}"),
            atlas(
                "{\"atlas\": 1, \"nodes\": [{\"id\": \"a\\u001b\"}, {\"id\": \"c\"}], \"edges\": [{\"from\": \"c\", \"to\": \"a\\u001b\", \"kind\": \"needs\"}]}",
            ),
        ];
        for atlas in &graphs {
            let steps = steps(atlas);
            assert!(steps.len() >= 4);
            for step in steps {
                assert!(atlas.query(&step.query).is_ok(), "{}", step.query);
            }
        }
        assert!(steps(&atlas("{\"atlas\": 1, \"nodes\": []}")).is_empty());
    }
}
