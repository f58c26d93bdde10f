//! The prompt: an editor of lines, commands that begin with a full stop, help, a first screen.

mod commands;
mod complete;
mod help;
mod history;
mod line_editor;
mod repl;
mod settings;
mod tour;
mod welcome;

pub(crate) use repl::run;
