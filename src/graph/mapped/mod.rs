//! The facts of a snapshot: what a question follows is looked at where it lies, what it shows is
//! made when it is shown.

mod forms;
mod name_table;

pub(in crate::graph) use forms::{ClassForm, NodeForm, PropertyForms, property_forms};
pub(in crate::graph) use name_table::{ENTRY, MappedNameTable};

use crate::diagnostic::Nearest;
use crate::graph::blocks::{Chunks, Section};
use crate::graph::edge::{EdgeClass, EdgeWeight};
use crate::graph::node::Node;
use crate::graph::schema::{KindId, RelationId, Strength};
use crate::graph::{EdgeIndex, FieldUses, NodeIndex, PropertyList};
use petgraph::Direction;
use serde::Deserialize;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// How many nodes a graph may have so that all that are seen are kept.
const KEPT_NODES: usize = 1 << 16;
/// Words of a signature.
pub(in crate::graph) const SIGNATURE: usize = 2;
/// What a number says of edges: its relation, and whether that is only recommended.
pub(in crate::graph) const RULE_SHIFT: u32 = 1;

#[derive(Debug)]
pub(in crate::graph) struct Mapped {
    pub(in crate::graph) nodes: Chunks<Node>,
    pub(in crate::graph) classes: Chunks<EdgeClass>,
    pub(in crate::graph) edge_count: usize,
    pub(in crate::graph) texts: Arc<Section>,
    /// By node: where its id begins among the texts, and how long it is.
    pub(in crate::graph) ids: Section,
    /// By node: which of the sets its kinds are, and its layers.
    pub(in crate::graph) kinds: Section,
    pub(in crate::graph) layers: Section,
    pub(in crate::graph) sets: Vec<Arc<[usize]>>,
    pub(in crate::graph) property_names: Arc<[Arc<str>]>,
    /// Where what is said of each node begins, and what it is; the same of classes.
    pub(in crate::graph) node_bodies: [Section; 2],
    pub(in crate::graph) class_bodies: [Section; 2],
    /// By edge: where from, where to, its class, its place.
    pub(in crate::graph) edges: [Section; 4],
    /// By node: where its edges begin, among all; and among those by target.
    pub(in crate::graph) outgoing: Section,
    pub(in crate::graph) incoming: Section,
    /// By target: the edge, where from, its class.
    pub(in crate::graph) by_target: [Section; 3],
    /// By class.
    pub(in crate::graph) rules: Section,
    pub(in crate::graph) names: [MappedNameTable; 2],
    pub(in crate::graph) has_orders: bool,
    pub(in crate::graph) field_uses: FieldUses,
    /// What tells from afar how far a text is from another, of ids and of names as given.
    pub(in crate::graph) signatures: [Section; 2],
    /// The learning order: by place the node, by node the place.
    pub(in crate::graph) learning_order: [Section; 2],
    /// By node: its level along paths.
    pub(in crate::graph) levels: Section,
}

impl Mapped {
    pub(in crate::graph) fn node_count(&self) -> usize {
        self.nodes.len()
    }

    pub(in crate::graph) fn edge_count(&self) -> usize {
        self.edge_count
    }

    pub(in crate::graph) fn class_count(&self) -> usize {
        self.classes.len()
    }

    pub(in crate::graph) fn has_orders(&self) -> bool {
        self.has_orders
    }

    pub(in crate::graph) fn id(&self, node: NodeIndex) -> &str {
        let [start, length] = *self.ids.words(node.index() * 2..node.index() * 2 + 2) else {
            self.ids.damaged()
        };
        name_table::text(&self.texts, start, length)
    }

    pub(in crate::graph) fn kinds(&self, node: NodeIndex) -> &Arc<[KindId]> {
        &self.sets[self.kinds.word(node.index()) as usize]
    }

    pub(in crate::graph) fn layers(&self, node: NodeIndex) -> &Arc<[usize]> {
        &self.sets[self.layers.word(node.index()) as usize]
    }

    /// The name, or the id. Nothing else of the node is made.
    pub(in crate::graph) fn name(&self, node: NodeIndex) -> &str {
        let [starts, bodies] = &self.node_bodies;
        let body = bodies.bytes(starts.row(node.index()));
        // The name is the first part of the form, so that reading can end behind it.
        let name: Option<&str> = match postcard::take_from_bytes(body) {
            Ok((name, _)) => name,
            Err(_) => bodies.damaged(),
        };
        name.unwrap_or_else(|| self.id(node))
    }

    /// The node for one look: of a large graph it is not kept.
    pub(in crate::graph) fn seen(&self, node: NodeIndex) -> Cow<'_, Node> {
        let kept = self.nodes.len() <= KEPT_NODES || self.nodes.made(node.index()).is_some();
        if kept {
            return Cow::Borrowed(self.node(node));
        }
        Cow::Owned(self.made(node, body(&self.node_bodies, node.index())))
    }

    pub(in crate::graph) fn node(&self, node: NodeIndex) -> &Node {
        self.nodes.get(node.index(), || self.made(node, body(&self.node_bodies, node.index())))
    }

    fn made(&self, index: NodeIndex, form: NodeForm<'_, &[u8]>) -> Node {
        Node {
            id: self.id(index).to_owned(),
            kinds: Arc::clone(self.kinds(index)),
            name: form.name.map(str::to_owned),
            aliases: form.aliases.into_iter().map(str::to_owned).collect(),
            layers: Arc::clone(self.layers(index)),
            properties: self.listed(form.properties),
            sources: form.sources,
            place: form.place,
        }
    }

    pub(in crate::graph) fn class(&self, class: usize) -> &EdgeClass {
        self.classes.get(class, || {
            let form: ClassForm<&[u8]> = body(&self.class_bodies, class);
            form.class(|properties| self.listed(properties))
        })
    }

    fn listed(&self, forms: PropertyForms<&[u8]>) -> PropertyList {
        let list = PropertyList::packed(forms, &self.property_names, self.texts.file());
        list.unwrap_or_else(|| self.texts.damaged())
    }

    /// Relation and strength of a class, which is not made for it.
    pub(in crate::graph) fn rule(&self, class: usize) -> (RelationId, Strength) {
        let rule = self.rules.word(class);
        let strong = rule & 1 == 0;
        let strength = if strong { Strength::Required } else { Strength::Recommended };
        ((rule >> RULE_SHIFT) as usize, strength)
    }

    pub(in crate::graph) fn weight(&self, edge: EdgeIndex) -> EdgeWeight {
        let [class, offset] = [2, 3].map(|part| self.edges[part].word(edge.index()));
        EdgeWeight { class, offset }
    }

    pub(in crate::graph) fn class_of(&self, edge: EdgeIndex) -> u32 {
        self.edges[2].word(edge.index())
    }

    pub(in crate::graph) fn ends(&self, edge: EdgeIndex) -> (NodeIndex, NodeIndex) {
        let end = |part: usize| NodeIndex::new(self.edges[part].word(edge.index()) as usize);
        (end(0), end(1))
    }

    /// The edges that leave or reach a node, ascending.
    pub(in crate::graph) fn edges_at(
        &self,
        node: NodeIndex,
        direction: Direction,
    ) -> Vec<EdgeIndex> {
        match direction {
            Direction::Outgoing => self.outgoing_at(node).map(EdgeIndex::new).collect(),
            Direction::Incoming => {
                let row = self.by_target[0].words(self.incoming.row(node.index()));
                row.iter().map(|edge| EdgeIndex::from(*edge)).collect()
            }
        }
    }

    fn outgoing_at(&self, node: NodeIndex) -> Range<usize> {
        let row = self.outgoing.row(node.index());
        if row.end > self.edge_count {
            self.outgoing.damaged();
        }
        row
    }

    /// The same edges, each with its other end and its class.
    pub(in crate::graph) fn arcs_at(
        &self,
        node: NodeIndex,
        direction: Direction,
        mut each: impl FnMut(u32, u32, u32),
    ) {
        match direction {
            Direction::Outgoing => {
                let row = self.outgoing_at(node);
                let [ends, classes] = [1, 2].map(|part: usize| self.edges[part].words(row.clone()));
                let edges = row.start as u32..;
                edges.zip(ends).zip(classes).for_each(|((edge, end), class)| {
                    each(edge, *end, *class);
                });
            }
            Direction::Incoming => {
                let row = self.incoming.row(node.index());
                let [edges, ends, classes] =
                    self.by_target.each_ref().map(|part| part.words(row.clone()));
                edges.iter().zip(ends).zip(classes).for_each(|((edge, end), class)| {
                    each(*edge, *end, *class);
                });
            }
        }
    }

    /// The names as given, or folded.
    pub(in crate::graph) fn names(&self, folded: bool) -> &MappedNameTable {
        &self.names[usize::from(folded)]
    }

    /// The ids and names nearest to a text.
    pub(in crate::graph) fn nearest(&self, wanted: &str) -> Vec<&str> {
        let mut search = Nearest::new(wanted);
        let [ids, names] = &self.signatures;
        let by_id = |at| self.id(NodeIndex::new(at));
        offer(&mut search, ids, &by_id);
        offer(&mut search, names, &|at| self.names[0].text(at));
        search.found()
    }

    /// The learning order: by place the node, by node the place.
    pub(in crate::graph) fn learning_order(&self) -> (Vec<NodeIndex>, Vec<u32>) {
        let [nodes, rank] = &self.learning_order;
        let nodes = nodes.all_words().iter().map(|node| NodeIndex::new(*node as usize));
        (nodes.collect(), rank.all_words().to_vec())
    }
}

/// Offers the texts of those signatures that could be near.
fn offer<'m>(
    search: &mut Nearest<'m>,
    signatures: &Section,
    text: &(impl Fn(usize) -> &'m str + ?Sized),
) {
    for (at, words) in signatures.all_words().chunks_exact(SIGNATURE).enumerate() {
        // A signature bounds the distance from below: most texts are never looked at.
        if search.is_possible(u64::from(words[0]) | u64::from(words[1]) << 32) {
            search.offer(text(at));
        }
    }
}

/// What is said of one of them.
pub(in crate::graph) fn body<'s, T: Deserialize<'s>>(
    [starts, bodies]: &'s [Section; 2],
    at: usize,
) -> T {
    postcard::from_bytes(bodies.bytes(starts.row(at))).unwrap_or_else(|_| bodies.damaged())
}
