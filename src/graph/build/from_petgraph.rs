//! A graph that a program already holds as a petgraph graph, asked in this language.

use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, Builder, EdgeFacts, FilePlace, NodeFacts, Schema};
use petgraph::Directed;
use petgraph::graph::{Graph, IndexType};
use petgraph::visit::EdgeRef;
use std::collections::HashSet;

impl Atlas {
    /// An atlas of a petgraph graph. `node` says what is known of a node: its id and, if you
    /// like, kinds, name, properties; `edge` says it of an edge: its relation, which must not be
    /// empty; the ends are those of the graph. `schema` says what the relations mean; an empty
    /// one makes every question say `over R`.
    ///
    /// ```
    /// use opsatlas::graph::{Atlas, EdgeFacts, NodeFacts, Prerequisite, Schema};
    /// use petgraph::graph::DiGraph;
    ///
    /// let mut packages = DiGraph::<&str, &str>::new();
    /// let (app, lib) = (packages.add_node("app"), packages.add_node("lib"));
    /// packages.add_edge(app, lib, "depends-on");
    ///
    /// let mut schema = Schema::default();
    /// schema.add_relation("depends-on").prerequisite = Some(Prerequisite::Target);
    /// let atlas = Atlas::from_petgraph(
    ///     &packages,
    ///     schema,
    ///     |name| NodeFacts { id: name.to_string(), ..NodeFacts::default() },
    ///     |relation| EdgeFacts { relation: relation.to_string(), ..EdgeFacts::default() },
    /// )
    /// .unwrap();
    /// let answer = atlas.query("prereqs app").unwrap();
    /// assert_eq!(atlas.node(answer.nodes()[0]).id, "lib");
    /// ```
    ///
    /// # Errors
    /// Ids that are empty or stand twice, relations without a name, and what the schema forbids.
    pub fn from_petgraph<N, E, Ix: IndexType>(
        graph: &Graph<N, E, Directed, Ix>,
        schema: Schema,
        mut node: impl FnMut(&N) -> NodeFacts,
        mut edge: impl FnMut(&E) -> EdgeFacts,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut builder = Builder::new();
        builder.schema = schema;
        builder.schema.declare_all();
        builder.begin_file(&Text::new("petgraph", ""), "petgraph");
        let mut ids = Vec::with_capacity(graph.node_count());
        let mut seen = HashSet::new();
        for weight in graph.node_weights() {
            let facts = NodeFacts { place: FilePlace::default(), ..node(weight) };
            let id = facts.id.clone();
            if id.is_empty() || id.contains('\0') {
                let message = "a node's id must not be empty or hold a NUL character";
                builder.problem(Diagnostic::new("bad-id", message));
            } else if seen.insert(id.clone()) {
                builder.node(facts);
            } else {
                let message = format!("two nodes of the graph have the id `{id}`");
                builder.problem(Diagnostic::new("duplicate-id", message).about(&id));
            }
            ids.push(id);
        }
        for arc in graph.edge_references() {
            let [from, to] = [arc.source(), arc.target()].map(|end| ids[end.index()].clone());
            let facts = EdgeFacts { from, to, ..edge(arc.weight()) };
            if facts.relation.is_empty() || facts.relation.contains('\0') {
                let message =
                    format!("the edge from `{}` to `{}` names no relation", facts.from, facts.to);
                builder.problem(Diagnostic::new("bad-id", message));
            } else {
                builder.edge(EdgeFacts {
                    place: FilePlace::default(),
                    end_places: [FilePlace::default(); 2],
                    ..facts
                });
            }
        }
        builder.finish()
    }
}
