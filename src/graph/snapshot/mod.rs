//! Snapshots: a graph as it is held, in a form that is mapped instead of read. A question looks at
//! the few pages it needs; each is checked when it is first looked at.

mod layout;
mod opening;
mod writing;

pub(crate) use layout::MAGIC;
