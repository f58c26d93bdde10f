//! A graph into nodes and relationships: a new save is filled beside the old one, then one
//! statement makes it the graph, then the old one is removed. Who is interrupted leaves the old
//! one, and a rest that the next save removes.

use super::connection::{Open, Parameters, Row, numbers, texts};
use super::labels::{Labels, quoted};
use super::{BATCH, VERSION, base_of};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, NodeIndex, keys_of};
use crate::remote::engine::Reply;
use crate::remote::records::{Lines, edge_body, node_body};
use crate::remote::searched::{held, searched};
use crate::remote::server::Server;
use crate::remote::{RawEdge, RawNode};
use neo4j::ValueSend;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// What finds nodes by their numbers and names; those that are there already stay.
const INDICES: [&str; 3] = [
    "CREATE CONSTRAINT atlas_graph IF NOT EXISTS FOR (g:AtlasGraph) REQUIRE g.save IS UNIQUE",
    "CREATE CONSTRAINT atlas_node IF NOT EXISTS FOR (a:Atlas) REQUIRE a.no IS UNIQUE",
    "CREATE INDEX atlas_name IF NOT EXISTS FOR (n:AtlasName) ON (n.key)",
];

/// Makes a save the graph; the one before is none from the same moment on.
const SWAP: &str = "MATCH (g:AtlasGraph {save: $save, state: 'loading'}) \
    OPTIONAL MATCH (old:AtlasGraph {graph: $graph, state: 'live'}) \
    SET old.state = 'dropped', g.state = 'live' RETURN count(g)";

struct Saving<'s> {
    server: &'s mut Server<Open>,
    stop: &'s AtomicBool,
    save: i64,
}

/// Saves a graph; what stood there is replaced.
pub(super) fn save(
    server: &mut Server<Open>,
    (graph, atlas): (&str, &Atlas),
    (head, rank): (String, Vec<u32>),
    stop: &AtomicBool,
) -> Reply<()> {
    // Nothing is done twice: what was lost may have been done.
    server.only_once();
    let mut saving = Saving { server, stop, save: 0 };
    for text in INDICES {
        saving.count(text, Parameters::new())?;
    }
    let name = || ValueSend::String(graph.to_owned());
    saving.remove(&name())?;
    let last =
        saving.rows("MATCH (g:AtlasGraph) RETURN max(g.save)", Parameters::new(), |mut row| {
            Some(row.number())
        })?;
    saving.save = last.into_iter().flatten().max().unwrap_or(0) + 1;
    let number = ValueSend::Integer(saving.save);
    let begin = "CREATE (g:AtlasGraph {save: $save, graph: $graph, state: 'loading', \
                 version: $version, head: $head, nodes: $nodes}) RETURN count(g)";
    let parameters = [
        ("save", number.clone()),
        ("graph", name()),
        ("version", ValueSend::Integer(VERSION)),
        ("head", ValueSend::String(head)),
        ("nodes", ValueSend::Integer(atlas.node_bound() as i64)),
    ];
    saving.all_done(begin, parameters.into(), 1)?;
    let labels = Labels::of(atlas.schema());
    saving.nodes(atlas, &labels, &rank)?;
    saving.names(atlas)?;
    saving.edges(atlas, &labels)?;
    saving.all_done(SWAP, [("save", number), ("graph", name())].into(), 1)?;
    // The graph is saved, whatever becomes of the old one: the next save tries that again.
    let _ = saving.remove(&name());
    Ok(())
}

impl Saving<'_> {
    fn rows<T: Send + 'static>(
        &mut self,
        text: &str,
        parameters: Parameters,
        made: impl Fn(Row) -> Option<T> + Send + Sync + 'static,
    ) -> Reply<Vec<T>> {
        let text = text.to_owned();
        self.server.ask(self.stop, move |open| open.rows(&text, &parameters, &made))
    }

    /// Does something, and yields the number that its only row says.
    fn count(&mut self, text: &str, parameters: Parameters) -> Reply<i64> {
        let counts = self.rows(text, parameters, |mut row| row.number())?;
        Ok(counts.into_iter().sum())
    }

    /// Does something so often; where it was less, somebody else saves there.
    fn all_done(&mut self, text: &str, parameters: Parameters, often: usize) -> Reply<()> {
        if self.count(text, parameters)? == often as i64 {
            return Ok(());
        }
        let message = "what was written is gone: somebody else saves the same graph";
        Err(Diagnostic::new("not-saved", message).outside().help("save it again"))
    }

    /// Rows as a parameter, by and by.
    fn batches(&mut self, text: &str, rows: impl Iterator<Item = Vec<ValueSend>>) -> Reply<()> {
        let text = format!("UNWIND $rows AS r {text} RETURN count(*)");
        let mut rows = rows.map(ValueSend::List).peekable();
        while rows.peek().is_some() {
            let batch: Vec<ValueSend> = rows.by_ref().take(BATCH).collect();
            let often = batch.len();
            self.all_done(&text, [("rows", ValueSend::List(batch))].into(), often)?;
        }
        Ok(())
    }

    /// Nodes by their kinds: labels are no parameters.
    fn nodes(&mut self, atlas: &Atlas, labels: &Labels, rank: &[u32]) -> Reply<()> {
        let base = base_of(self.save);
        let mut by_kinds: BTreeMap<Vec<usize>, Vec<NodeIndex>> = BTreeMap::new();
        for node in (0..atlas.node_bound()).map(NodeIndex::new) {
            by_kinds.entry(atlas.seen(node).kinds.to_vec()).or_default().push(node);
        }
        let (searched, lines) = (searched(atlas), Lines::of(atlas));
        for (kinds, nodes) in by_kinds {
            let own = quoted(kinds.iter().map(|kind| &labels.kinds[*kind]), ":");
            let colon = if own.is_empty() { "" } else { ":" };
            let text = format!(
                "CREATE (:Atlas{colon}{own} {{no: r[0], rank: r[1], id: r[2], name: r[3], kinds: r[4], \
                 sources: r[5], body: r[6], names: r[7], words: r[8], texts: r[9]}})"
            );
            let rows = nodes.into_iter().map(|node| {
                let found = searched(node);
                let own = raw_node((atlas, &lines), node, rank);
                let facts = atlas.seen(node);
                let sources = facts.sources.iter().map(|own| own.source.clone());
                let name = facts.name.clone();
                vec![
                    ValueSend::Integer(own.number + base),
                    ValueSend::Integer(own.rank),
                    ValueSend::String(own.id),
                    name.map_or(ValueSend::Null, ValueSend::String),
                    texts(own.kinds.into_iter()),
                    texts(sources),
                    ValueSend::String(own.body),
                    ValueSend::String(found.names),
                    texts(found.words.into_iter().map(|word| held(&word))),
                    ValueSend::String(found.texts),
                ]
            });
            self.batches(&text, rows)?;
        }
        Ok(())
    }

    fn names(&mut self, atlas: &Atlas) -> Reply<()> {
        let (save, base) = (self.save, base_of(self.save));
        let rows = (0..atlas.node_bound()).map(NodeIndex::new).flat_map(|node| {
            let number = node.index() as i64 + base;
            let keys = keys_of(&atlas.seen(node)).into_iter();
            keys.map(move |key| {
                vec![ValueSend::String(format!("{save}:{key}")), ValueSend::Integer(number)]
            })
        });
        self.batches("CREATE (:AtlasName {key: r[0], no: r[1]})", rows)
    }

    /// Edges by their relations.
    fn edges(&mut self, atlas: &Atlas, labels: &Labels) -> Reply<()> {
        let (base, lines) = (base_of(self.save), Lines::of(atlas));
        for (relation, label) in labels.relations.iter().enumerate() {
            let all = (0..atlas.edge_bound()).map(EdgeIndex::new);
            let own = all.filter(|edge| atlas.edge(*edge).relation == relation);
            let rows = own.map(|edge| {
                let own = raw_edge((atlas, &lines), edge);
                let sources = atlas.edge(edge).sources.iter().map(|own| own.source.clone());
                vec![
                    ValueSend::Integer(own.from + base),
                    ValueSend::Integer(own.to + base),
                    ValueSend::Integer(own.number),
                    ValueSend::Integer(own.offset),
                    texts(sources),
                    own.body.map_or(ValueSend::Null, ValueSend::String),
                ]
            });
            let kind = quoted([label].into_iter(), "");
            let text = format!(
                "MATCH (a:Atlas {{no: r[0]}}) MATCH (b:Atlas {{no: r[1]}}) \
                 CREATE (a)-[:{kind} {{no: r[2], at: r[3], sources: r[4], body: r[5]}}]->(b)"
            );
            self.batches(&text, rows)?;
        }
        Ok(())
    }

    /// Removes what is not the graph of this name: older saves, and those that were never finished,
    /// which cannot become the graph from now on.
    fn remove(&mut self, graph: &ValueSend) -> Reply<()> {
        let text = "MATCH (g:AtlasGraph {graph: $graph}) WHERE g.state <> 'live' \
                    SET g.state = 'dropped' RETURN g.save, g.nodes";
        let made = |mut row: Row| Some((row.number()?, row.number()?));
        for (save, nodes) in self.rows(text, [("graph", graph.clone())].into(), made)? {
            let all: Vec<i64> = (0..nodes).map(|number| number + base_of(save)).collect();
            for part in all.chunks(BATCH) {
                let text = "UNWIND $f AS i MATCH (a:Atlas {no: i}) DETACH DELETE a";
                self.count(text, [("f", numbers(part.iter().copied()))].into())?;
            }
            let text = "MATCH (n:AtlasName) WHERE n.key >= $start AND n.key < $end \
                        WITH n LIMIT $most DELETE n RETURN count(*)";
            let part = |text: &str| ValueSend::String(format!("{save}{text}"));
            let most = ValueSend::Integer(BATCH as i64);
            let parameters: Parameters =
                [("start", part(":")), ("end", part(";")), ("most", most)].into();
            while self.count(text, parameters.clone())? > 0 {}
            let text = "MATCH (g:AtlasGraph {save: $save}) DELETE g";
            self.count(text, [("save", ValueSend::Integer(save))].into())?;
        }
        Ok(())
    }
}

/// A node of a graph as it is to be held.
fn raw_node((atlas, lines): (&Atlas, &Lines<'_>), node: NodeIndex, rank: &[u32]) -> RawNode {
    let facts = atlas.seen(node);
    let kinds = facts.kinds.iter().map(|kind| atlas.schema().kinds[*kind].name.clone());
    RawNode {
        number: node.index() as i64,
        rank: i64::from(rank[node.index()]),
        kinds: kinds.collect(),
        body: node_body(lines, &facts).unwrap_or_default(),
        id: facts.id.clone(),
    }
}

/// An edge of a graph as it is to be held.
fn raw_edge((atlas, lines): (&Atlas, &Lines<'_>), edge: EdgeIndex) -> RawEdge {
    let (facts, (from, to)) = (atlas.edge(edge), atlas.ends(edge));
    RawEdge {
        number: edge.index() as i64,
        from: from.index() as i64,
        to: to.index() as i64,
        relation: Some(facts.relation as u32),
        offset: i64::from(lines.line(facts.place)),
        body: edge_body(&facts).unwrap_or_default(),
    }
}
