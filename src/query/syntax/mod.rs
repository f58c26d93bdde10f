//! Text to shape and back. The only room that knows pest; no name is looked up here.

mod ast;
mod condition;
mod lexer;
mod limits;
mod mistakes;
mod parse;
mod plain;
mod print;
mod statements;

pub(super) use ast::span_of;
pub use ast::{
    Arithmetic, Change, Comparison, Condition, Expression, FieldName, Item, Operator, Phrase,
    Query, Token,
};
pub(super) use lexer::{Mark, Scan};
pub use lexer::{Unfinished, statements};
pub use limits::{LENGTH_LIMIT, NESTING_LIMIT};
pub(super) use mistakes::{meant_by, shell_hint};
pub use statements::{Statement, is_incomplete, typed_statements};

use crate::diagnostic::Diagnostic;

/// Parses one statement. Linear in its length.
///
/// # Errors
/// Where the text stops being a query, and what could stand there.
pub fn parse(statement: &Statement) -> Result<Query, Diagnostic> {
    let content = statement.content();
    if let Some(query) = plain::query(content).filter(|_| content.len() <= LENGTH_LIMIT) {
        return Ok(query);
    }
    limits::check(statement)?;
    parse::statement(statement)
}
