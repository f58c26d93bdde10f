//! What a database must be able to do to hold a graph: a few questions, each answered whole.

use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Head};
use crate::query::Sought;
use std::fmt::Debug;
use std::sync::atomic::AtomicBool;

/// A node as it is held: what is said of it is a JSON text.
#[derive(Debug)]
pub(crate) struct RawNode {
    pub(crate) number: i64,
    pub(crate) rank: i64,
    pub(crate) id: String,
    pub(crate) kinds: Vec<String>,
    pub(crate) body: String,
}

/// An edge as it is held; `relation` is which of those that were asked about, none if it is another
/// one. Without a body it says no more than that.
#[derive(Debug)]
pub(crate) struct RawEdge {
    pub(crate) number: i64,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) relation: Option<u32>,
    pub(crate) offset: i64,
    pub(crate) body: Option<String>,
}

/// Which end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    From,
    To,
}

/// All that the learning order of a graph comes from.
#[derive(Debug)]
pub(crate) struct RawStructure {
    /// The numbers of all nodes, ascending.
    pub(crate) numbers: Vec<i64>,
    /// The numbers of the nodes of each kind that was asked about.
    pub(crate) members: Vec<Vec<i64>>,
    /// The edges of all relations that were asked about.
    pub(crate) edges: Vec<RawEdge>,
}

/// The edges of how many nodes are asked for at once where all are.
const PART: usize = 1 << 16;

/// What came, or why nothing did.
pub(crate) type Reply<T> = Result<T, Diagnostic>;

/// A database that holds a graph. Each question may be stopped, and then yields a problem.
pub(crate) trait Engine: Debug + Send {
    /// A statement begins: what is asked until the next one is asked of one state.
    fn begin(&mut self, stop: &AtomicBool) -> Reply<()>;

    /// What has been asked since the statement began was of one state, or this is a problem.
    fn settle(&mut self, _: &AtomicBool) -> Reply<()> {
        Ok(())
    }

    /// What is kept beside nodes and edges.
    fn head(&mut self, stop: &AtomicBool) -> Reply<Head>;

    /// The numbers of all nodes, ascending.
    fn numbers(&self) -> Vec<i64>;

    /// Nodes by their numbers.
    fn nodes(&mut self, numbers: &[i64], stop: &AtomicBool) -> Reply<Vec<RawNode>>;

    /// Nodes that have one of these keys.
    fn named(&mut self, keys: &[String], stop: &AtomicBool) -> Reply<Vec<RawNode>>;

    /// At most so many nodes whose names begin like this one: with half of it, or with less where
    /// nothing does.
    fn alike(&mut self, key: &str, most: usize, stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let letters: Vec<char> = key.chars().collect();
        // A misspelt name mostly begins as it should.
        for length in (2..=letters.len().div_ceil(2)).rev() {
            let start: String = letters.iter().take(length).collect();
            let nodes = self.beginning(&start, most, stop)?;
            if !nodes.is_empty() {
                return Ok(nodes);
            }
        }
        self.beginning(&letters.iter().take(1).collect::<String>(), most, stop)
    }

    /// At most so many nodes whose keys begin so.
    fn beginning(&mut self, start: &str, most: usize, stop: &AtomicBool) -> Reply<Vec<RawNode>>;

    /// The numbers of all nodes of a kind.
    fn of_kind(&mut self, kind: &str, stop: &AtomicBool) -> Reply<Vec<i64>>;

    /// Edges with these nodes at that side, of these relations or of all; at most so many.
    fn edges(
        &mut self,
        nodes: &[i64],
        side: Side,
        relations: Option<&[u32]>,
        most: usize,
        stop: &AtomicBool,
    ) -> Reply<Vec<RawEdge>>;

    /// Nodes that may fit a search, and perhaps others.
    fn sought(&mut self, sought: &Sought, stop: &AtomicBool) -> Reply<Vec<i64>>;

    /// How many ids stand before each of these.
    fn places(&mut self, ids: &[String], stop: &AtomicBool) -> Reply<Vec<i64>>;

    /// The edges of some relations, or all, in parts that both sides can hold; at most so many.
    fn all_edges(
        &mut self,
        relations: Option<&[u32]>,
        most: usize,
        stop: &AtomicBool,
    ) -> Reply<Vec<RawEdge>> {
        let mut found = Vec::new();
        if relations.is_some_and(<[u32]>::is_empty) {
            return Ok(found);
        }
        for part in self.numbers().chunks(PART) {
            let left = most.saturating_sub(found.len());
            found.extend(self.edges(part, Side::From, relations, left, stop)?);
        }
        Ok(found)
    }

    /// All nodes, those of some kinds, and at most so many edges of some relations.
    fn structure(
        &mut self,
        kinds: &[String],
        relations: &[u32],
        most: usize,
        stop: &AtomicBool,
    ) -> Reply<RawStructure> {
        let members = kinds.iter().map(|kind| self.of_kind(kind, stop)).collect::<Reply<_>>()?;
        let edges = self.all_edges(Some(relations), most, stop)?;
        Ok(RawStructure { numbers: self.numbers(), members, edges })
    }

    /// All nodes and all edges.
    fn everything(&mut self, stop: &AtomicBool) -> Reply<(Vec<RawNode>, Vec<RawEdge>)> {
        let nodes = self.nodes(&self.numbers(), stop)?;
        Ok((nodes, self.all_edges(None, usize::MAX, stop)?))
    }
}

/// A database that takes one.
pub(crate) trait Store: Engine {
    /// Puts a graph in the place of what is there, whole or not at all: its nodes and edges, its head
    /// as a text and the places of its nodes in its learning order.
    fn save(&mut self, atlas: &Atlas, kept: (String, Vec<u32>), stop: &AtomicBool) -> Reply<()>;
}
