//! Graphs in PostgreSQL, or whatever speaks its wire: plain tables in a schema of their own.

mod address;
mod copying;
mod link;
mod problems;
mod reading;
mod saving;

pub(crate) use address::{Address, Lookup, is_address};
pub(crate) use reading::Postgres;
pub(crate) use saving::save;

/// The form of the tables, to be raised with any change of it.
const VERSION: i64 = 2;
