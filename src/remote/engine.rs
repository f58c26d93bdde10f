//! What a database must be able to do to hold a graph: a few questions, each answered whole.

use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Head};
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

/// What came, or why nothing did.
pub(crate) type Reply<T> = Result<T, Diagnostic>;

/// A database that holds a graph. Each question may be stopped, and then yields a problem.
pub(crate) trait Engine: Debug + Send {
    /// A statement begins: what is asked until the next one is asked of one state.
    fn begin(&mut self, stop: &AtomicBool) -> Reply<()>;

    /// What has been asked since the statement began was of one state, or this is a problem.
    fn settle(&mut self, _stop: &AtomicBool) -> Reply<()> {
        Ok(())
    }

    /// What is kept beside nodes and edges.
    fn head(&mut self, stop: &AtomicBool) -> Reply<Head>;

    /// Nodes by their numbers.
    fn nodes(&mut self, numbers: &[i64], stop: &AtomicBool) -> Reply<Vec<RawNode>>;

    /// Nodes that have one of these keys.
    fn named(&mut self, keys: &[String], stop: &AtomicBool) -> Reply<Vec<RawNode>>;

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

    /// All nodes and all edges.
    fn everything(&mut self, stop: &AtomicBool) -> Reply<(Vec<RawNode>, Vec<RawEdge>)>;

    /// Puts a graph in the place of what is there, whole or not at all: its nodes and edges, its head
    /// as a text and the places of its nodes in its learning order.
    fn save(&mut self, atlas: &Atlas, kept: (String, Vec<u32>), stop: &AtomicBool) -> Reply<()>;
}
