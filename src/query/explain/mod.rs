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

pub(crate) use chain::{ANY, SoughtChains, WEAKEST, chain};
pub(crate) use missing::{Missing, missed};
pub(crate) use naming::{all_names, listed_ids, name, names, said_by};
pub(crate) use no_path::why_none;
pub(crate) use path_reason::{PathQuestion, Told, by_path};
pub(crate) use plan_reason::why_planned;
pub(crate) use reason::Reason;
