//! Sessions: statements asked of one graph, one after the other.

use super::bind::arguments::{Binder, Names};
use super::bind::query::bind_query;
use super::hints::advice::advised;
use super::limits::Limits;
use super::operator::Bound;
use super::syntax::{Item, Query, Statement, Token, parse};
use crate::answer::{Answer, Set};
use crate::diagnostic::{Diagnostic, Text, bounded};
use crate::graph::{Atlas, NodeIndex};

/// A run of statements on one graph; what `let` names lasts until it ends.
#[derive(Debug, Clone)]
pub struct Session {
    pub(super) atlas: Atlas,
    pub(super) names: Names,
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
        let mut answer = bound.operator.run(&self.atlas, limits);
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

    pub(super) fn bind(&self, statement: &Statement, query: &Query) -> Result<Bound, Diagnostic> {
        let binder = Binder { atlas: &self.atlas, statement, names: &self.names, cursor: None };
        let root = bind_query(binder, query)?;
        if let Some(name) = &query.name
            && !root.shape.has_nodes()
        {
            let message =
                format!("`let` names a set of nodes, but this is a {}", root.shape.name());
            return Err(binder.error("wrong-shape", &name.span, message));
        }
        Ok(root)
    }
}

fn name_of(item: &Item) -> String {
    match &item.token {
        Token::Word(name) => name.clone(),
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
