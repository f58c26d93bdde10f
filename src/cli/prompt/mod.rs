//! The prompt: an editor of lines, commands that begin with a full stop, help, a first screen.

mod commands;
mod complete;
mod history;
mod line_editor;
mod repl;
mod tour;
mod welcome;

pub(crate) use commands::{At, Settings, edits_profile, help_on, run_outside};
pub(crate) use complete::candidates;
pub(crate) use repl::run;
pub(crate) use welcome::questions;
