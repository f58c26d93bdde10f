//! The world: arguments, files, terminal, exit codes. Only here are they touched.

mod args;
mod batch;
mod completion;
mod errors;
mod io;
mod join_arguments;
mod mcp;
mod profile;
mod progress;
mod prompt;
mod run;
mod terminal;
mod termination;
mod words;

pub use run::main;
