//! Graphs in `PostgreSQL`, or whatever speaks its wire: plain tables in a schema of their own.

mod address;
mod connection;
mod copying;
mod problems;
mod reading;
mod saving;
mod spelling;
mod tables;
mod tls;

pub(crate) use address::Address;
pub(crate) use reading::Postgres;
pub(crate) use tables::tables;

/// The form of the tables, to be raised with any change of it.
const VERSION: i64 = 3;
