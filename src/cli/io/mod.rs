//! Files, streams and the pager: what is read, and where answers go.

pub(crate) mod destination;
pub(crate) mod edit;
pub(crate) mod file_name;
pub(crate) mod files;
pub(crate) mod graphs;
pub(crate) mod inputs;
pub(crate) mod lines;
pub(crate) mod lock;
pub(crate) mod output;
pub(crate) mod output_buffer;
#[cfg(feature = "databases")]
mod over;
pub(crate) mod pager;
pub(crate) mod remote;
pub(crate) mod replace;
pub(crate) mod save;
