//! The world: arguments, files, terminal, exit codes. Only here are they touched.

mod arguments;
mod assistant;
mod batch;
mod commands;
mod complete;
mod compose;
mod file_name;
mod files;
mod flags;
mod help;
mod history;
mod inputs;
mod lock;
mod mcp;
mod output;
mod pager;
mod picture_flags;
mod profile;
mod repl;
mod replace;
mod report;
mod settings;
mod terminal;
mod termination;
mod tour;
mod waiting;
mod watch;
mod welcome;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::graph::Atlas;
use crate::query::{Session, Statement, statements};
use batch::{Batch, Part};
use file_name::told;
use flags::{Options, Order};
use inputs::Role;
use output::Target;
use profile::Learner;
use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::process::ExitCode;
use watch::Watch;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Everything was answered.
    Answered = 0,
    /// A file or a stream failed.
    InputOutput = 1,
    /// The arguments or a query are wrong.
    Usage = 2,
    /// A graph's data is wrong.
    Data = 3,
    /// An answer was stopped at a limit.
    Limit = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A run that cannot go on: what to say, and how it ends.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    problems: Vec<Diagnostic>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, problem: Diagnostic) -> Self {
        Self { exit, problems: vec![problem] }
    }
}

/// Runs the program with the arguments it was given.
#[must_use]
pub fn main() -> ExitCode {
    let options = match arguments::read() {
        Ok(options) => options,
        Err(arguments::Stop::Said) => return Exit::Answered.into(),
        Err(arguments::Stop::Failed(failure)) => return report::end(&failure, false, None, false),
    };
    let color = terminal::color(options.color, &std::io::stderr());
    match run(&options) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let words = options.words.join(" ");
            let query =
                (!words.is_empty()).then(|| told(&words).unwrap_or_else(|(_, shown)| shown));
            report::end(&failure, options.wants_json(), query.as_deref(), color)
        }
    }
}

fn run(options: &Options) -> Result<Exit, Failure> {
    if has_terminal() {
        // Where that fails, the system's own way to end is as good.
        let _ = termination::keep_terminal();
    }
    terminal::listen_for_interrupts();
    if let Some(shell) = &options.completions {
        return files::print(&arguments::completions(shell)?).map(|()| Exit::Answered);
    }
    if options.schema {
        return files::print(crate::render::ANSWER_SCHEMA.as_bytes()).map(|()| Exit::Answered);
    }
    let format = options.format()?;
    options.claim_input_once()?;
    options.claim_names_once()?;
    // The process ends with the graph: taking it apart first would only cost time.
    let watch = Watch::begin(None);
    let target = options.save.as_ref().map(|file| Target::new(file.as_ref())).transpose()?;
    let atlas = ManuallyDrop::new(files::load(&options.graphs)?);
    drop(watch);
    let mut session = Session::new(&atlas);
    let learner = Learner::new(options);
    let asked = asked(options, &atlas)?;
    let prompt = asked.is_none() && options.save.is_none() && has_terminal();
    let note = learner.open(&mut session, prompt)?;
    // Only now is it known what was read, and must stay.
    if let Some(target) = target {
        target.save(Role::Graph, crate::data::save(&atlas).as_bytes())?;
    }
    if options.mcp {
        return mcp::serve(&session, &options.limits(), options.limit_time);
    }
    if let Some(asked) = asked {
        return Batch::new(&mut session, options, format).noting(note).run_parts(asked);
    }
    if options.save.is_some() {
        return Ok(Exit::Answered);
    }
    if prompt {
        return repl::run(&atlas, &learner, options, format);
    }
    Batch::new(&mut session, options, format).noting(note).run_parts(vec![Part::Input])
}

/// Is there somebody to open a prompt for?
fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// An argument as a part of a query, which must be text.
fn as_query(name: &str, argument: &str) -> Result<String, Failure> {
    told(argument).map_err(|(at, shown)| {
        let text = Text::new(name, shown);
        let width = text.content[at..].chars().next().map_or(0, char::len_utf8);
        let problem = Diagnostic::new("not-utf8", "this is not UTF-8 text");
        let problem = problem.at(Place::new(&text, at..at + width));
        let help = "a query is UTF-8 text; files, which may have any name, stand behind flags";
        Failure::new(Exit::Usage, problem.help(help))
    })
}

/// What the arguments ask, in their order; `None` if they ask nothing.
fn asked(options: &Options, atlas: &Atlas) -> Result<Option<Vec<Part>>, Failure> {
    let mut found = Vec::new();
    for order in &options.orders {
        found.push(match order {
            Order::File(file) if file.is_stream() => Part::Input,
            Order::File(file) => Part::Statements(statements(&files::read_batch(file)?)),
            Order::Command(text) => {
                Part::Statements(statements(&Text::new("-c", as_query("-c", text)?)))
            }
        });
    }
    if !options.words.is_empty() {
        as_query("query", &options.words.join(" "))?;
        let words: Result<Vec<String>, Failure> =
            options.words.iter().map(|word| as_query("query", word)).collect();
        let content = compose::compose(&words?, atlas);
        found.push(Part::Statements(vec![Statement::whole(&Text::new("query", content))]));
    }
    Ok((!found.is_empty()).then_some(found))
}
