//! A program's own petgraph graph asked in this language.

use opsatlas::data::save;
use opsatlas::diagnostic::Diagnostic;
use opsatlas::graph::{Atlas, EdgeFacts, NodeFacts, Prerequisite, Schema};
use petgraph::graph::DiGraph;

fn atlas(graph: &DiGraph<&str, &str, u16>) -> Result<Atlas, Vec<Diagnostic>> {
    let mut schema = Schema::default();
    schema.add_relation("needs").prerequisite = Some(Prerequisite::Target);
    Atlas::from_petgraph(
        graph,
        schema,
        |id| NodeFacts { id: (*id).to_owned(), ..NodeFacts::default() },
        |relation| EdgeFacts { relation: (*relation).to_owned(), ..EdgeFacts::default() },
    )
}

#[test]
fn its_nodes_edges_and_flow_are_those_of_the_graph() {
    let mut graph = DiGraph::default();
    let [c, b, a] = ["c", "b", "a"].map(|id| graph.add_node(id));
    graph.add_edge(a, b, "needs");
    graph.add_edge(b, c, "needs");
    graph.add_edge(c, a, "likes");
    let atlas = atlas(&graph).expect("valid");
    let ids = |query: &str| -> Vec<String> {
        let answer = atlas.query(query).expect("a good query");
        answer.nodes().into_iter().map(|node| atlas.node(node).id.clone()).collect()
    };
    assert_eq!(ids("prereqs a"), ["c", "b"]);
    assert_eq!(ids("unlocks b"), ["a"]);
    let again = Atlas::from_texts([("again.json", save(&atlas))]).expect("what was saved loads");
    assert_eq!(save(&again), save(&atlas));
    assert_eq!(again.query("prereqs a").expect("the flow was saved").count(), 2);
}

#[test]
fn what_no_graph_file_may_have_is_refused() {
    let mut graph = DiGraph::default();
    let [a, b] = ["a", "a"].map(|id| graph.add_node(id));
    graph.add_node("");
    graph.add_edge(a, b, "");
    let codes: Vec<&str> =
        atlas(&graph).expect_err("broken").iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["duplicate-id", "bad-id", "bad-id"]);
}
