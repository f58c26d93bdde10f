//! The world: arguments, files, terminal, exit codes. Only here are they touched.

mod arguments;
mod assistant;
mod batch;
mod commands;
mod complete;
mod compose;
mod files;
mod flags;
mod help;
mod history;
mod pager;
mod picture_flags;
mod profile;
mod repl;
mod report;
mod settings;
mod terminal;
mod tour;
mod waiting;
mod watch;
mod welcome;

use crate::diagnostic::{Diagnostic, Text};
use crate::graph::Atlas;
use crate::query::{Session, Statement, statements};
use batch::Batch;
use flags::{Options, Order};
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
            let query = (!options.words.is_empty()).then(|| options.words.join(" "));
            report::end(&failure, options.wants_json(), query.as_deref(), color)
        }
    }
}

fn run(options: &Options) -> Result<Exit, Failure> {
    terminal::listen_for_interrupts();
    if let Some(shell) = &options.completions {
        return files::print(&arguments::completions(shell)?).map(|()| Exit::Answered);
    }
    let format = options.format()?;
    options.claim_input_once()?;
    options.claim_names_once()?;
    // The process ends with the graph: taking it apart first would only cost time.
    let watch = Watch::begin(None);
    let atlas = ManuallyDrop::new(files::load(&options.graphs)?);
    drop(watch);
    if let Some(file) = &options.save {
        files::write(file, crate::data::save(&atlas).as_bytes())?;
    }
    let mut session = Session::new(&atlas);
    let learner = Learner::new(options);
    let asked = asked(options, &atlas)?;
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let prompt = asked.is_none() && options.save.is_none() && terminal;
    let note = learner.open(&mut session, prompt)?;
    let uses = |statement: &Statement| statement.as_typed().contains('@');
    if let Some(note) = note.filter(|_| asked.iter().flatten().any(uses)) {
        report::note(&note);
    }
    if let Some(asked) = asked {
        return Batch::new(&mut session, options, format).run(&asked);
    }
    if options.save.is_some() {
        return Ok(Exit::Answered);
    }
    if prompt {
        return repl::run(&atlas, &learner, options, format);
    }
    Batch::new(&mut session, options, format).run_stream()
}

/// The statements that the arguments hold; `None` if they hold none.
fn asked(options: &Options, atlas: &Atlas) -> Result<Option<Vec<Statement>>, Failure> {
    let mut found = Vec::new();
    for order in &options.orders {
        let text = match order {
            Order::File(file) => files::read_batch(file)?,
            Order::Command(text) => Text::new("-c", text.as_str()),
        };
        found.extend(statements(&text));
    }
    if !options.words.is_empty() {
        let content = compose::compose(&options.words, atlas);
        found.push(Statement::whole(&Text::new("query", content)));
    }
    Ok((!found.is_empty() || !options.orders.is_empty()).then_some(found))
}
