//! What helps while a query is typed: completion and highlighting.

pub(crate) mod completion;
pub(crate) mod meaning;
