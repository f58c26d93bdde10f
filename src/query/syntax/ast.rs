//! What a statement is once it is read: queries, phrases, items, conditions.

use serde_json::Value;
use std::ops::Range;

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
pub(in crate::query) fn span_of(items: &[Item]) -> Range<usize> {
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

/// A part of a condition with its place in the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What it is.
    pub expression: Expression,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a part of a condition can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A number, a text, `true`, `false` or `null`.
    Literal(Value),
    /// A field of a node or row.
    Field(FieldName),
    /// `- x`
    Negative(Box<Condition>),
    /// `a + b - c …`, or `a * b / c …`: from the left.
    Chain(Box<Condition>, Vec<(Arithmetic, Condition)>),
    /// `a = b` and the like.
    Compare(Box<Condition>, Comparison, Box<Condition>),
    /// `a in (b, c)`
    Within(Box<Condition>, Vec<Condition>),
    /// `a is null`
    IsNull(Box<Condition>),
    /// `not a`
    Not(Box<Condition>),
    /// `a and b …`
    All(Vec<Condition>),
    /// `a or b …`
    Any(Vec<Condition>),
}

/// What joins numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Divided,
    /// `%`
    Modulo,
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    Different,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `contains`
    Contains,
    /// `starts with`
    StartsWith,
    /// `ends with`
    EndsWith,
}

impl Comparison {
    /// Every comparison as it is written.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("=", Self::Equal),
        ("<>", Self::Different),
        ("<", Self::Less),
        ("<=", Self::AtMost),
        (">", Self::Greater),
        (">=", Self::AtLeast),
        ("contains", Self::Contains),
        ("starts with", Self::StartsWith),
        ("ends with", Self::EndsWith),
    ];
}

impl Arithmetic {
    /// Every operation as it is written.
    pub const SIGNS: [(&'static str, Self); 5] = [
        ("+", Self::Plus),
        ("-", Self::Minus),
        ("*", Self::Times),
        ("/", Self::Divided),
        ("%", Self::Modulo),
    ];
}
