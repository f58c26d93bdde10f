//! The language: text to shape (`syntax`), shape to names (binding), names to facts (running).
//!
//! ```text
//! text --parse--> Query --bind--> Bound<'g> --run--> Answer<'g>
//! ```

mod arguments;
mod find;
mod kind_of;
mod operand;
mod scan;
mod sets;
mod stages;
mod syntax;
mod verbs;

pub use scan::statements;
pub use stages::{STAGES, Stage};
pub use syntax::{LENGTH_LIMIT, NESTING_LIMIT, Query, Statement, parse};
pub use verbs::{VERBS, Verb};

use crate::answer::{Answer, Shape};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::Atlas;
use std::fmt::Debug;
use std::sync::atomic::AtomicBool;

/// How far a run may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'a> {
    /// Set from outside to stop at the next occasion.
    pub stop: &'a AtomicBool,
    /// How many paths are listed at most.
    pub paths: usize,
}

/// The default of [`Limits::paths`].
pub const PATH_LIMIT: usize = 10_000;

static NEVER: AtomicBool = AtomicBool::new(false);

impl Default for Limits<'_> {
    fn default() -> Self {
        Self { stop: &NEVER, paths: PATH_LIMIT }
    }
}

/// A step whose names are all resolved. It cannot fail; it may stop at a limit and say so.
pub(crate) trait Run: Debug {
    /// Computes the answer.
    fn run<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Answer<'g>;
}

/// A step with the shape of what it yields.
#[derive(Debug)]
pub(crate) struct Bind {
    pub(crate) run: Box<dyn Run>,
    pub(crate) shape: Shape,
}

/// A query with every name resolved against one graph.
#[derive(Debug)]
pub struct Bound<'g> {
    atlas: &'g Atlas,
    root: Bind,
}

impl<'g> Bound<'g> {
    /// Resolves every name of `query`, which was parsed from `statement`.
    ///
    /// # Errors
    /// The first name, option or number that does not fit, with its place and what to type.
    pub fn new(atlas: &'g Atlas, statement: &Statement, query: &Query) -> Result<Self, Diagnostic> {
        let scope = arguments::Scope { atlas, statement };
        let root = sets::bind_query(scope, query)?;
        Ok(Self { atlas, root })
    }

    /// The shape of the answer to come.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.root.shape
    }

    /// The answer.
    #[must_use]
    pub fn run(&self, limits: &Limits<'_>) -> Answer<'g> {
        self.root.run.run(self.atlas, limits)
    }
}

impl Atlas {
    /// Answers one query.
    ///
    /// # Errors
    /// What is wrong with the query, where, and what to type instead.
    pub fn query(&self, text: &str) -> Result<Answer<'_>, Diagnostic> {
        let statement = Statement::whole(&Text::new("query", text));
        let query = parse(&statement)?;
        Ok(Bound::new(self, &statement, &query)?.run(&Limits::default()))
    }
}
