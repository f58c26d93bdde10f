//! Snapshots: a graph as it is held, in a form that is mapped instead of read. A question looks at
//! the few pages it needs; each is checked when it is first looked at.

mod chunks;
mod forms;
mod layout;
mod mapped;
mod name_table;
mod opening;
mod section;
mod writing;

pub(crate) use layout::MAGIC;
pub(super) use mapped::Mapped;
pub(super) use name_table::NameTable;
pub(super) use opening::Opened;
pub(super) use section::Section;
pub(crate) use section::{Bytes, intact};
