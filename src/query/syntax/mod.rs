//! Text to shape and back. The only room that knows pest; no name is looked up here.

mod build;
mod condition;
mod items;
mod measure;
mod mistakes;
mod plain;
mod print;

pub use condition::{Arithmetic, Comparison, Condition, Expression};
pub(crate) use items::{words, words_or_quoted, written_field};
pub use measure::{LENGTH_LIMIT, NESTING_LIMIT};
pub(super) use mistakes::{meant_by, shell_hint};

use crate::diagnostic::{Diagnostic, Place, Text};
use std::ops::Range;
use std::sync::Arc;

/// A stretch of a text that is one statement.
#[derive(Debug, Clone)]
pub struct Statement {
    text: Arc<Text>,
    span: Range<usize>,
}

impl Statement {
    /// A text that is one statement.
    #[must_use]
    pub fn whole(text: &Arc<Text>) -> Self {
        Self { text: Arc::clone(text), span: 0..text.content.len() }
    }

    /// A stretch of a text.
    pub(super) fn part(text: &Arc<Text>, span: Range<usize>) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// The statement as typed, without blanks around.
    #[must_use]
    pub fn as_typed(&self) -> &str {
        self.content().trim()
    }

    /// Where it begins in its text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.span.start
    }

    /// A stretch of it as typed.
    pub(super) fn typed(&self, span: Range<usize>) -> &str {
        self.content().get(span).unwrap_or_default()
    }

    pub(super) fn content(&self) -> &str {
        &self.text.content[self.span.clone()]
    }

    /// A stretch of the statement, as typed.
    pub(crate) fn text(&self, span: &Range<usize>) -> &str {
        self.content().get(span.clone()).unwrap_or_default()
    }

    /// The place of a stretch of the statement.
    #[must_use]
    pub fn place(&self, span: &Range<usize>) -> Place {
        let start = self.span.start;
        Place::new(&self.text, start + span.start..start + span.end)
    }
}

/// A query: sets, then stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What its answer is to be called: `let NAME = …`, at the head of a statement only.
    pub name: Option<Item>,
    /// What is different in the graph it asks: `with { … } …`.
    pub changes: Vec<Change>,
    /// The first phrase.
    pub first: Phrase,
    /// What is combined with it, each operator with its level and operand, in order.
    pub rest: Vec<(SetOperator, Phrase)>,
    /// The stages after it.
    pub stages: Vec<Phrase>,
}

/// A change to the graph: one edge more or less, or a node less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Is something added, or taken away?
    pub adds: bool,
    /// What: words and quoted names.
    pub items: Vec<Item>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What combines two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOperator {
    /// Either.
    Union,
    /// The left without the right.
    Except,
    /// Both. Binds tighter than the others.
    Intersect,
}

/// A run of items: a verb with its arguments, or an operand alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The items; at least one.
    pub items: Vec<Item>,
}

impl Phrase {
    /// From the first item to the last.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        span_of(&self.items)
    }
}

/// From the first item to the last.
pub(super) fn span_of(items: &[Item]) -> Range<usize> {
    match (items.first(), items.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => 0..0,
    }
}

/// A piece of a phrase with its place in the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub token: Token,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What an item can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word: part of a name, a verb, a kind, an option, a number.
    Word(String),
    /// A name in quotes, unescaped.
    Quoted(String),
    /// `@name`
    Variable(String),
    /// A field in back quotes or behind a question mark.
    Field(FieldName),
    /// What stands behind `where`.
    Condition(Box<Condition>),
    /// `->`
    Arrow,
    /// `,`
    Comma,
    /// A query in parentheses.
    Group(Box<Query>),
}

/// A field as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldName {
    /// Its name.
    pub name: String,
    /// May no node have it?
    pub optional: bool,
}

impl Item {
    /// Is it this word, whatever its letter case?
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(own) if own.eq_ignore_ascii_case(word))
    }
}

/// Parses one statement. Linear in its length.
///
/// # Errors
/// Where the text stops being a query, and what could stand there.
pub fn parse(statement: &Statement) -> Result<Query, Diagnostic> {
    let content = statement.content();
    if let Some(query) = plain::query(content).filter(|_| content.len() <= LENGTH_LIMIT) {
        return Ok(query);
    }
    measure::measure(statement)?;
    build::statement(statement)
}
