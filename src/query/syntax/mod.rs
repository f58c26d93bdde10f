//! Text to shape and back. The only room that knows pest; no name is looked up here.

mod ast;
mod condition;
mod foreign;
mod grammar;
mod items;
mod lexer;
mod limits;
mod mistakes;
mod parse;
mod plain;
mod print;
mod statements;
#[cfg(test)]
mod tests;

pub(super) use ast::span_of;
pub use ast::{
    Arithmetic, Change, Comparison, Condition, Expression, FieldName, Item, Phrase, Query,
    SetOperator, Token,
};
pub(super) use foreign::{meant_by, stage_called};
pub(crate) use items::{words, words_or_quoted, written_field};
pub(crate) use lexer::{Lexeme, LexemeKind, Lexer};
pub use limits::{LENGTH_LIMIT, NESTING_LIMIT};
pub(super) use mistakes::shell_hint;
pub(crate) use parse::LAST;
pub use parse::parse;
pub use statements::{Statement, Unfinished, is_incomplete, statements, typed_statements};
