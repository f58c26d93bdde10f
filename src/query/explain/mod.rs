//! Why a node is in an answer or not: chains of statements, and what would mend what is missing.

pub(crate) mod chain;
pub(crate) mod missing;
pub(crate) mod naming;
pub(crate) mod no_path;
pub(crate) mod path_reason;
pub(crate) mod plan_notes;
pub(crate) mod plan_reason;
pub(crate) mod reason;
pub(crate) mod remedy;
