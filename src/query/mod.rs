//! The language: text to shape (`syntax`), shape to names (binding), names to facts (running).
//!
//! ```text
//! text --parse--> Query --bind--> Bound --run--> Answer
//! ```

mod assist;
mod bind;
mod explain;
mod hints;
mod limits;
mod operator;
mod session;
mod stages;
mod supply;
mod syntax;
mod verbs;

pub use assist::completion::{Completion, Offer};
pub use bind::binder::Meaning;
pub use bind::rows::{Stage, Verb};
pub use bind::signature::{OptionRow, Takes};
pub use hints::phrasings::{Phrasing, phrasings};
pub use stages::STAGES;
pub use syntax::{
    Arithmetic, Change, Comparison, Condition, Expression, FieldName, Item, LENGTH_LIMIT,
    NESTING_LIMIT, Phrase, Query, SetOperator, Statement, Token, Unfinished, is_incomplete, parse,
    statements, typed_statements,
};
#[cfg(feature = "cli")]
pub(crate) use syntax::{LexemeKind, Lexer};
pub use verbs::VERBS;

pub use crate::analysis::SEARCH_LIMIT;
pub use limits::{Limits, PATH_LIMIT};
pub(crate) use operator::{Bound, Input, Operator, columns};
pub use session::Session;
pub use supply::Fetched;
#[cfg(feature = "databases")]
pub(crate) use supply::Supply;
#[cfg(feature = "databases")]
pub(crate) use verbs::Sought;

#[cfg(test)]
mod tests;
