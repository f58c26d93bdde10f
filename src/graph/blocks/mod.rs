//! Bytes that are mapped instead of read: checked block by block when they are first looked at, and
//! what is made of them kept.

mod chunks;
mod section;

pub(in crate::graph) use chunks::Chunks;
pub(in crate::graph) use section::{BLOCK, Section, Sums, WORD, damage, refusal};
pub(crate) use section::{Bytes, intact};
