//! A run from its arguments to its exit code.

use super::args::{Options, Order};
use super::batch::{Batch, BatchPart};
use super::errors::{self, Exit, Failure};
use super::io::{
    files, graphs,
    inputs::Purpose,
    pager,
    remote::{self, Fetching},
    save::Save,
};
use super::join_arguments::join_arguments;
use super::profile::{Absent, Learner};
use super::progress::Progress;
use super::prompt::{At, Settings, edits_profile, run_outside};
use super::terminal::STOP;
use super::{args, completion, mcp, prompt, terminal, termination};
use crate::diagnostic::Text;
use crate::graph::intact;
use crate::query::{Session, Statement, statements};
use crate::render::ANSWER_SCHEMA;
use crate::render::Format;
use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

/// Runs the program with the arguments it was given.
#[must_use]
pub fn main() -> ExitCode {
    let options = match args::read(std::env::args_os()) {
        Ok(options) => options,
        Err(args::EarlyExit::Said) => return Exit::Answered.into(),
        Err(args::EarlyExit::Failed(failure)) => {
            let format = args::format_among(std::env::args_os());
            return errors::end(&failure, format, None, false);
        }
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
    if let Some(told) = told(options) {
        return told;
    }
    let format = options.format()?;
    options.claim_input_once()?;
    options.claim_names_once()?;
    // The process ends with the graph: taking it apart first would only cost time.
    let watch = Progress::begin(None);
    let save = options.save.as_ref().map(Save::new).transpose()?;
    let reading = (options.reading(), options.tables());
    let mut session = match remote::opened(&options.graphs, fetching(options), reading)? {
        Some(session) => session,
        None => Session::new(&graphs::load(&options.graphs, options.reading())?),
    };
    let _atlas = ManuallyDrop::new(session.atlas().clone());
    drop(watch);
    let learner = Learner::new(options);
    let asked = asked(options, &mut session)?;
    let prompt = asked.is_none() && options.save.is_none() && has_terminal();
    let absent = if options.mcp { Absent::Wrong } else { absent(prompt, asked.as_deref()) };
    let note = learner.open(&mut session, absent)?;
    // Only now is it known what was read, and must stay.
    if let Some(save) = save {
        save.write(&session.whole(&STOP)?)?;
    }
    if options.mcp {
        return mcp::serve(&session, options);
    }
    if asked.is_none() && options.save.is_some() {
        return Ok(Exit::Answered);
    }
    if prompt {
        return prompt::run(session, &learner, options, format);
    }
    let asked = asked.unwrap_or_else(|| vec![BatchPart::Input]);
    answer(&mut session, (options, format), &learner, (asked, note))
}

/// What the program tells of itself, if it is asked for that.
fn told(options: &Options) -> Option<Result<Exit, Failure>> {
    let bytes = if let Some(shell) = options.completions {
        completion::script(shell)
    } else if options.complete {
        completion::offers(&options.words()).into_bytes()
    } else if options.man {
        match args::manual() {
            Ok(page) => page,
            Err(error) => return Some(Err(Failure::stream("the manual page", &error))),
        }
    } else if options.schema {
        ANSWER_SCHEMA.as_bytes().to_vec()
    } else {
        return None;
    };
    Some(pager::print(&bytes).map(|_| Exit::Answered))
}

fn fetching(options: &Options) -> Fetching {
    let Options { limit_fetch, fetch_all, limit_time, .. } = options;
    Fetching { edges: *limit_fetch, everything: *fetch_all, time: *limit_time }
}

/// Answers all parts, with the commands among them.
fn answer(
    session: &mut Session,
    (options, format): (&Options, &'static Format),
    learner: &Learner,
    (asked, note): (Vec<BatchPart>, Option<String>),
) -> Result<Exit, Failure> {
    let color = terminal::color(options.color, &std::io::stdout());
    let mut settings = Settings::new(options, format, color);
    let mut commands = |line: &str, session: &mut Session| {
        let settings = &mut settings;
        run_outside(line, &mut At { session, learner, settings, last: None })
    };
    Batch::new(session, options, format).noting(note).obeying(&mut commands).run_parts(asked)
}

/// What it means if one's own profile is not there: it can be made at the prompt and by commands,
/// and what comes on standard input may hold some.
fn absent(prompt: bool, asked: Option<&[BatchPart]>) -> Absent {
    let edits = |statement: &Statement| edits_profile(statement.as_typed());
    let may_edit = |part: &BatchPart| match part {
        BatchPart::Input => true,
        BatchPart::Statements(statements) => statements.iter().any(edits),
    };
    match asked {
        _ if prompt => Absent::Fine,
        Some(parts) if !parts.iter().any(may_edit) => Absent::Wrong,
        _ => Absent::Told,
    }
}

/// Is there somebody to open a prompt for?
fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// An argument as a part of a query, which must be text.
fn as_query(name: &str, argument: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(argument).map_err(|error| {
        let help = "a query is UTF-8 text; files, which may have any name, stand behind flags";
        crate::import::decoded::not_utf8(name, 1, &error).help(help).into()
    })
}

/// What the arguments ask, in their order; `None` if they ask nothing.
fn asked(options: &Options, session: &mut Session) -> Result<Option<Vec<BatchPart>>, Failure> {
    let mut found = Vec::new();
    for order in &options.orders {
        found.push(match order {
            Order::File(file) if file.is_stream() => BatchPart::Input,
            Order::File(file) => {
                BatchPart::Statements(statements(&files::read(file, Purpose::Batch)?))
            }
            Order::Command(text) => BatchPart::Statements(statements(&Text::new(
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
        let words = words?;
        let joined = |own: &Session| Ok(join_arguments(&words, own.atlas()));
        let content = session.settled(&STOP, joined)??;
        found.push(BatchPart::Statements(vec![Statement::whole(&Text::new("query", content))]));
    }
    Ok((!found.is_empty()).then_some(found))
}
