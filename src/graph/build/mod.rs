//! From what files say to a graph in which nothing is wrong: facts are gathered, interned and
//! numbered, checked all together, and frozen into an atlas.

mod builder;
mod draft;
mod endpoints;
mod facts;
mod freeze;
mod from_petgraph;
mod ids;
mod interner;
mod named;
mod prepared;
mod validate;

pub use builder::Builder;
pub use facts::{EdgeFacts, NodeFacts};
pub(crate) use named::{Meant, NameTable, spelling};
