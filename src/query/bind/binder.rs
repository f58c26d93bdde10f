//! What binding looks names up in, how it says what is wrong, and whom it tells what it finds.

use crate::answer::{Answer, Set, Shape};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, KindId};
use crate::query::operator::Bound;
use crate::query::syntax::{Item, Query, Statement};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

/// Sets that have been given a name, by it.
pub(crate) type NamedSets = BTreeMap<String, NamedSet>;

/// What a name stands for.
pub(crate) type NamedSet = Arc<LazySet>;

/// A set, or the answer that it is made of when it is first asked for, since hardly any `@last` ever is.
#[derive(Debug)]
pub(crate) struct LazySet {
    set: OnceLock<Set>,
    answer: Option<Answer>,
}

/// A set that is there.
pub(crate) fn named(set: Set) -> NamedSet {
    Arc::new(LazySet { set: set.into(), answer: None })
}

/// A set that is made of an answer when it is asked for.
pub(crate) fn later(answer: Answer) -> NamedSet {
    Arc::new(LazySet { set: OnceLock::new(), answer: Some(answer) })
}

impl Deref for LazySet {
    type Target = Set;

    fn deref(&self) -> &Set {
        // Damage that is met here unwinds: then it is as if nobody had asked.
        self.set.get_or_init(|| self.answer.clone().map(Answer::into_named).unwrap_or_default())
    }
}

/// What binding looks names up in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binder<'a> {
    pub(crate) atlas: &'a Atlas,
    pub(crate) statement: &'a Statement,
    pub(crate) names: &'a NamedSets,
    pub(crate) language: &'a dyn Language,
    /// Who looks on, if the text is only to be completed or coloured.
    pub(crate) observer: Option<&'a dyn Observer>,
}

/// What binding comes to: a step, or what is wrong.
pub(crate) type Binding = Result<Bound, Diagnostic>;

/// The language as a part of a query sees it. What stands inside an operand, such as a query in
/// parentheses, is bound through this, so that operands need not know what is made of them.
pub(crate) trait Language: Debug {
    /// Binds a whole query.
    fn query(&self, binder: Binder<'_>, query: &Query) -> Binding;

    /// Binds a verb with its arguments, or an operand alone.
    fn phrase(&self, binder: Binder<'_>, items: &[Item]) -> Binding;

    /// Binds the set that a verb asks for which takes nothing, if `name` is one.
    fn verb_alone(&self, binder: Binder<'_>, name: &str, items: &[Item]) -> Option<Binding>;

    /// Is it the name of a verb?
    fn is_verb(&self, name: &str) -> bool;
}

/// Who looks on while a query is bound: completion and highlighting.
pub(crate) trait Observer: Debug {
    /// Hears what a stretch of the statement turned out to be.
    fn record(&self, span: &Range<usize>, meaning: Meaning);

    /// Hears what is expected where these items stand.
    fn suggest(&self, binder: &Binder<'_>, items: &[Item], expected: Expected<'_>);
}

/// What is expected at a place.
#[derive(Clone, Copy)]
pub(crate) enum Expected<'a> {
    /// What begins a query, if the item stands alone.
    Phrase,
    /// A stage, if the item stands alone.
    Stage,
    /// What follows an operand that is whole.
    SetOperator,
    /// One of these words, each with what it does.
    Words(&'a [(&'a str, &'a str)]),
    /// A node, a kind or a named set.
    Name,
    /// A relation.
    Relation,
    /// A kind, at this place in a condition.
    Kind(&'a Range<usize>),
    /// One of these fields, at this place.
    Field(&'a Range<usize>, &'a dyn Fn() -> Vec<String>),
}

/// What a stretch of a query is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A verb, a stage, an option, or a word between operands.
    Verb,
    /// A kind.
    Kind,
    /// A node, with its first kind.
    Node(Option<KindId>),
    /// A relation.
    Relation,
    /// A field.
    Field,
    /// A named set.
    Variable,
    /// A text in quotes.
    Quoted,
    /// A comment.
    Comment,
    /// A name that nothing has.
    Unknown,
}

impl<'a> Binder<'a> {
    /// The same in another graph.
    pub(crate) fn in_graph<'b>(&self, atlas: &'b Atlas) -> Binder<'b>
    where
        'a: 'b,
    {
        Binder { atlas, ..*self }
    }

    /// Binds a query in parentheses.
    pub(crate) fn query(&self, query: &Query) -> Result<Bound, Diagnostic> {
        self.language.query(*self, query)
    }

    /// A problem at a stretch of the statement.
    pub(crate) fn error(
        &self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(code, message).at(self.statement.place(span))
    }

    /// What is bound must be nodes; `wanted` says why.
    pub(crate) fn expect_nodes(
        &self,
        bound: Bound,
        span: &Range<usize>,
        wanted: &str,
    ) -> Result<Bound, Diagnostic> {
        if bound.shape.has_nodes() {
            return Ok(bound);
        }
        Err(self.wrong_shape(bound.shape, span, wanted))
    }

    /// A problem with an answer of another shape than is wanted.
    pub(crate) fn wrong_shape(
        &self,
        shape: Shape,
        span: &Range<usize>,
        wanted: &str,
    ) -> Diagnostic {
        self.error("wrong-shape", span, format!("this is a {}, but {wanted}", shape.name()))
    }

    /// Does anyone look on?
    pub(crate) fn is_observed(&self) -> bool {
        self.observer.is_some()
    }

    /// Tells what a stretch turned out to be.
    pub(crate) fn record(&self, span: &Range<usize>, meaning: Meaning) {
        if let Some(observer) = self.observer {
            observer.record(span, meaning);
        }
    }

    /// Tells what is expected where these items stand.
    pub(crate) fn suggest(&self, items: &[Item], expected: Expected<'_>) {
        if let Some(observer) = self.observer {
            observer.suggest(self, items, expected);
        }
    }
}
