//! The language: text to shape (`syntax`), shape to names (binding), names to facts (running).
//!
//! ```text
//! text --parse--> Query --bind--> Bound --run--> Answer
//! ```

mod advice;
mod arguments;
mod chain;
mod completion;
mod conditions;
mod fields;
mod find;
mod kind_of;
mod knowing;
mod meaning;
mod mistakes;
mod numbers;
mod operand;
mod options;
mod reason;
mod remedy;
mod sets;
mod stages;
mod syntax;
mod verbs;
mod what_if;

pub use advice::{PHRASINGS, Phrasing};
pub use completion::{Completion, Offer};
pub use meaning::Meaning;
pub use stages::{STAGES, Stage};
pub use syntax::{
    Arithmetic, Change, Comparison, Condition, Expression, FieldName, Item, LENGTH_LIMIT,
    NESTING_LIMIT, Operator, Phrase, Query, Statement, Token, Unfinished, is_incomplete, parse,
    statements, typed_statements,
};
pub(crate) use syntax::{LexemeKind, Lexer};
pub use verbs::{VERBS, Verb};

pub use crate::analysis::SEARCH_LIMIT;
use crate::answer::{Answer, Set, Shape};
use crate::diagnostic::{Diagnostic, Text, bounded};
use crate::graph::{Atlas, NodeIndex};
use advice::advised;
use reason::Reason;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a run may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'a> {
    /// Set from outside to stop at the next occasion.
    pub stop: &'a AtomicBool,
    /// How many paths are listed at most.
    pub paths: usize,
    /// How many search nodes a plan may take.
    pub search: usize,
}

/// The default of [`Limits::paths`].
pub const PATH_LIMIT: usize = 10_000;

impl Limits<'_> {
    /// Is it time to stop? What takes long asks now and then, and tells what it has.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

static NEVER: AtomicBool = AtomicBool::new(false);

impl Default for Limits<'_> {
    fn default() -> Self {
        Self { stop: &NEVER, paths: PATH_LIMIT, search: SEARCH_LIMIT }
    }
}

/// A step whose names are all resolved. It cannot fail; it may stop at a limit and say so.
pub(crate) trait Run: Debug {
    /// Computes the answer.
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer;

    /// Computes how many nodes, paths or rows the answer has.
    fn count(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        self.run(atlas, limits).counted()
    }

    /// Whether a node is in the answer, and why.
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        reason::plain(self.run(atlas, limits), node)
    }

    /// The same where the answer is taken as a set, which is all of `paths` and not the listed ones.
    fn reason_in_set(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        self.reason(atlas, limits, node)
    }

    /// The columns of the table to come; none if the answer is no table, or if they are not
    /// known before it is computed.
    fn columns(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Columns as [`Run::columns`] tells them.
pub(crate) fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// What a stage gets: the shape of an answer and, of a table, its columns, if they are known.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) shape: Shape,
    pub(crate) columns: Vec<String>,
}

/// A step with the shape of what it yields.
#[derive(Debug)]
pub(crate) struct Bind {
    pub(crate) run: Box<dyn Run>,
    pub(crate) shape: Shape,
}

/// Sets that have been given a name, by it.
pub(crate) type Names = BTreeMap<String, Set>;

/// A run of statements on one graph; what `let` names lasts until it ends.
#[derive(Debug, Clone)]
pub struct Session {
    atlas: Atlas,
    names: Names,
}

impl Session {
    /// A run that knows no `@name` yet.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        Self { atlas: atlas.clone(), names: Names::new() }
    }

    /// The graph it asks.
    #[must_use]
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// Gives a set a name, as `let` does; an earlier set of that name is forgotten.
    pub fn define(&mut self, name: &str, nodes: Vec<NodeIndex>) {
        self.names.insert(name.to_owned(), Set::of(nodes));
    }

    /// Answers one query, in which `@name` stands for what was defined.
    ///
    /// # Errors
    /// What is wrong with the query, where, and what to type instead.
    pub fn ask(&mut self, text: &str) -> Result<Answer, Diagnostic> {
        self.answer(&Statement::whole(&Text::new("query", text)), &Limits::default())
    }

    /// Answers one statement.
    ///
    /// # Errors
    /// What is wrong with the query, where, and what to type instead.
    pub fn answer(
        &mut self,
        statement: &Statement,
        limits: &Limits<'_>,
    ) -> Result<Answer, Diagnostic> {
        let query = parse(statement).map_err(|problem| advised(self, statement, problem))?;
        let bound =
            self.bind(statement, &query).map_err(|problem| advised(self, statement, problem))?;
        let mut answer = bound.run.run(&self.atlas, limits);
        if limits.stopped() && answer.complete {
            answer.complete = false;
            answer.notes.push("stopped before everything was looked at".to_owned());
        }
        answer.notes = answer.notes.into_iter().map(bounded).collect();
        if let Some(name) = &query.name {
            self.names.insert(name_of(name), answer.clone().into_named());
        }
        Ok(answer)
    }

    fn bind(&self, statement: &Statement, query: &Query) -> Result<Bind, Diagnostic> {
        let scope =
            arguments::Scope { atlas: &self.atlas, statement, names: &self.names, cursor: None };
        let root = sets::bind_query(scope, query)?;
        if let Some(name) = &query.name
            && !root.shape.has_nodes()
        {
            let message =
                format!("`let` names a set of nodes, but this is a {}", root.shape.name());
            return Err(scope.error("wrong-shape", &name.span, message));
        }
        Ok(root)
    }
}

fn name_of(item: &syntax::Item) -> String {
    match &item.token {
        syntax::Token::Word(name) => name.clone(),
        _ => String::new(),
    }
}

impl Atlas {
    /// Answers one query.
    ///
    /// # Errors
    /// What is wrong with the query, where, and what to type instead.
    pub fn query(&self, text: &str) -> Result<Answer, Diagnostic> {
        Session::new(self).ask(text)
    }
}
