//! Verbs: what can begin a query. A verb is one file and one row.

mod bottlenecks;
mod check;
mod closure;
mod compare;
mod disputes;
mod find;
mod must;
mod near;
mod nodes;
mod path;
mod paths;
mod plan;
mod prereqs;
mod rank;
mod ready;
mod schema;
mod search;
mod show;
mod sources;
mod unlocks;
mod why;

use super::Operator;
use super::bind::arguments::{Arguments, OptionRow};
use crate::answer::Shape;
use crate::diagnostic::Diagnostic;

/// A row of [`VERBS`].
#[derive(Debug)]
pub struct Verb {
    /// Its word.
    pub name: &'static str,
    /// How it is written; a verb whose usage has a blank takes an operand.
    pub usage: &'static str,
    /// What it answers, in a few words.
    pub summary: &'static str,
    /// A query with it that a test runs.
    pub example: &'static str,
    /// The shape of its answers.
    pub shape: Shape,
    /// Its options.
    pub options: &'static [OptionRow],
    pub(crate) bind: fn(&Arguments<'_>) -> Result<Box<dyn Operator>, Diagnostic>,
}

/// All verbs, in the order they are told.
pub const VERBS: &[Verb] = &[
    path::VERB,
    paths::VERB,
    prereqs::VERB,
    unlocks::VERB,
    plan::VERB,
    ready::VERB,
    must::VERB,
    why::VERB,
    near::VERB,
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
