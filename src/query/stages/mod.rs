//! Stages: what can come after `then`. A stage is one file and one row.

mod count;

use super::arguments::Arguments;
use crate::answer::{Answer, Shape};
use crate::diagnostic::Diagnostic;
use std::fmt::Debug;

/// A stage whose arguments are resolved.
pub(crate) trait Transform: Debug {
    /// Makes one answer of another.
    fn apply<'g>(&self, answer: Answer<'g>) -> Answer<'g>;
}

/// A bound stage with the shape it yields.
pub(crate) type BoundStage = (Box<dyn Transform>, Shape);

/// A row of [`STAGES`].
#[derive(Debug)]
pub struct Stage {
    /// Its word.
    pub name: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// A query with it that a test runs.
    pub example: &'static str,
    pub(crate) bind: fn(&Arguments<'_>, Shape) -> Result<BoundStage, Diagnostic>,
}

/// All stages, in the order they are told.
pub const STAGES: &[Stage] = &[count::STAGE];
