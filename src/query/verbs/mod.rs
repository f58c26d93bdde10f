//! Verbs: what can begin a query. A verb is one file and one row.

mod alternatives;
mod bottlenecks;
mod check;
mod closure;
mod compare;
mod disputes;
mod find;
mod matrix;
mod must;
mod near;
mod nodes;
mod path;
mod paths;
mod plan;
mod progress;
mod rank;
mod ready;
mod schema;
mod search;
mod show;
mod sources;
mod target;
mod whole;
mod why;

#[cfg(feature = "databases")]
pub(crate) use search::Sought;

use super::bind::rows::Verb;
use super::bind::signature::Takes;

/// All verbs, in the order they are told.
pub const VERBS: &[Verb] = &[
    path::VERB,
    paths::VERB,
    closure::PREREQS,
    closure::UNLOCKS,
    plan::VERB,
    ready::VERB,
    must::VERB,
    progress::VERB,
    matrix::VERB,
    why::VERB,
    near::VERB,
    alternatives::VERB,
    show::VERB,
    compare::VERB,
    sources::VERB,
    disputes::VERB,
    find::VERB,
    nodes::VERB,
    bottlenecks::VERB,
    rank::VERB,
    schema::KINDS,
    schema::RELATIONS,
    schema::FIELDS,
    check::VERB,
];
