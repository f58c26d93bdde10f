//! A run from its arguments to its exit code.

use super::args::{Options, Order};
use super::batch::{Batch, Part};
use super::errors::{self, Exit, Failure};
use super::io::{files, graphs, pager};
use super::io::{inputs::Purpose, output::Target};
use super::join_arguments::join_arguments;
use super::profile::Learner;
use super::progress::Progress;
use super::{args, prompt, terminal, termination};
use crate::data::{save, snapshot};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, intact};
use crate::import::files::SNAPSHOT_EXTENSION;
use crate::query::{Session, Statement, statements};
use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

/// Runs the program with the arguments it was given.
#[must_use]
pub fn main() -> ExitCode {
    let options = match args::read(std::env::args_os()) {
        Ok(options) => options,
        Err(args::Stop::Said) => return Exit::Answered.into(),
        Err(args::Stop::Failed(failure)) => return errors::end(&failure, None, None, false),
    };
    let color = terminal::color(options.color, &std::io::stderr());
    // Damage of a mapped graph shows when its pages are looked at, which may be anywhere.
    let ended = intact(|| run(&options)).unwrap_or_else(|damage| Err((*damage).into()));
    match ended {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let words = options.words().join(&b' ');
            let query = (!words.is_empty()).then(|| String::from_utf8_lossy(&words));
            errors::end(&failure, options.format().ok(), query.as_deref(), color)
        }
    }
}

fn run(options: &Options) -> Result<Exit, Failure> {
    if has_terminal() {
        // Where that fails, the system's own way to end is as good.
        let _ = termination::keep_terminal();
    }
    terminal::listen_for_interrupts();
    if let Some(shell) = options.completions {
        return pager::print(&args::completions(shell)).map(|_| Exit::Answered);
    }
    let format = options.format()?;
    options.claim_input_once()?;
    options.claim_names_once()?;
    // The process ends with the graph: taking it apart first would only cost time.
    let watch = Progress::begin(None);
    let target = options.save.as_ref().map(|file| Target::new(file.as_ref())).transpose()?;
    let atlas = ManuallyDrop::new(graphs::load(&options.graphs)?);
    drop(watch);
    let mut session = Session::new(&atlas);
    let learner = Learner::new(options);
    let asked = asked(options, &atlas)?;
    let prompt = asked.is_none() && options.save.is_none() && has_terminal();
    let note = learner.open(&mut session, prompt)?;
    // Only now is it known what was read, and must stay.
    if let Some(target) = target {
        target.save(Purpose::Graph, &saved(options, &atlas)?)?;
    }
    if let Some(asked) = asked {
        return Batch::new(&mut session, options, format).noting(note).run_parts(asked);
    }
    if options.save.is_some() {
        return Ok(Exit::Answered);
    }
    if prompt {
        return prompt::run(&atlas, &learner, options, format);
    }
    Batch::new(&mut session, options, format).noting(note).run_parts(vec![Part::Input])
}

/// The graph as the name of its file asks: as a snapshot, or as text.
fn saved(options: &Options, atlas: &Atlas) -> Result<Vec<u8>, Failure> {
    let name = options.save.as_ref().map_or("", |file| file.as_str());
    if !name.to_lowercase().ends_with(SNAPSHOT_EXTENSION) {
        return Ok(save(atlas).into_bytes());
    }
    snapshot(atlas).ok_or_else(|| {
        let message = format!("{name}: the graph has more than 4 GiB of texts");
        let problem = Diagnostic::new("too-large", message);
        Failure::new(Exit::Data, problem.help("save it as text: `--save GRAPH.json`"))
    })
}

/// Is there somebody to open a prompt for?
fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// An argument as a part of a query, which must be text.
fn as_query(name: &str, argument: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(argument).map_err(|error| {
        let help = "a query is UTF-8 text; files, which may have any name, stand behind flags";
        Failure::new(Exit::Usage, crate::import::files::not_utf8(name, 1, &error).help(help))
    })
}

/// What the arguments ask, in their order; `None` if they ask nothing.
fn asked(options: &Options, atlas: &Atlas) -> Result<Option<Vec<Part>>, Failure> {
    let mut found = Vec::new();
    for order in &options.orders {
        found.push(match order {
            Order::File(file) if file.is_stream() => Part::Input,
            Order::File(file) => Part::Statements(statements(&files::read(file, Purpose::Batch)?)),
            Order::Command(text) => Part::Statements(statements(&Text::new(
                "-c",
                as_query("-c", text.clone().into_encoded_bytes())?,
            ))),
        });
    }
    let words = options.words();
    if !words.is_empty() {
        // Where it is no text is told of the whole.
        as_query("query", words.join(&b' '))?;
        let words: Result<Vec<String>, Failure> =
            words.into_iter().map(|word| as_query("query", word)).collect();
        let content = join_arguments(&words?, atlas);
        found.push(Part::Statements(vec![Statement::whole(&Text::new("query", content))]));
    }
    Ok((!found.is_empty()).then_some(found))
}
