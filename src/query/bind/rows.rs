//! The rows of the two tables of the language: verbs, which begin a query, and stages, which stand
//! behind `then`.

use super::arguments::Arguments;
use super::signature::{OptionRow, Signature, Takes};
use crate::answer::Shape;
use crate::diagnostic::Diagnostic;
use crate::graph::Fetches;
use crate::query::operator::{BoundStage, Input, Operator};

/// What can begin a query.
#[derive(Debug)]
pub struct Verb {
    /// Its word.
    pub name: &'static str,
    /// Its operand.
    pub takes: Takes,
    /// Its options.
    pub options: &'static [OptionRow],
    /// What it answers, in a few words.
    pub summary: &'static str,
    /// A query with it that a test runs.
    pub example: &'static str,
    /// What it takes of a graph that is held elsewhere.
    pub fetches: Fetches,
    /// The shape of its answers.
    pub shape: Shape,
    pub(crate) bind: fn(&Arguments<'_>) -> Result<Box<dyn Operator>, Diagnostic>,
}

/// What can come after `then`.
#[derive(Debug)]
pub struct Stage {
    /// Its word.
    pub name: &'static str,
    /// Its operand.
    pub takes: Takes,
    /// Its options.
    pub options: &'static [OptionRow],
    /// What it does, in a few words.
    pub summary: &'static str,
    /// A query with it that a test runs.
    pub example: &'static str,
    pub(crate) bind: fn(&Arguments<'_>, &Input) -> Result<BoundStage, Diagnostic>,
}

impl Verb {
    /// How it is written.
    #[must_use]
    pub fn usage(&self) -> String {
        self.signature().usage()
    }

    pub(crate) const fn signature(&self) -> Signature {
        Signature { name: self.name, takes: self.takes, options: self.options }
    }

    /// Does it mean something without anything behind it, and nothing else with more?
    pub(crate) const fn stands_alone(&self) -> bool {
        self.signature().stands_alone()
    }
}

impl Stage {
    /// How it is written.
    #[must_use]
    pub fn usage(&self) -> String {
        self.signature().usage()
    }

    pub(crate) const fn signature(&self) -> Signature {
        Signature { name: self.name, takes: self.takes, options: self.options }
    }
}
