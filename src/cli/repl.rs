//! The prompt.

use super::batch::Batch;
use super::commands::{self, At, Next};
use super::complete::Assistant;
use super::flags::Options;
use super::profile::Learner;
use super::{Exit, Failure, files, report, terminal, welcome};
use crate::diagnostic::Text;
use crate::query::{Session, statements};
use crate::render::{Format, problem_in_words};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};
use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

const PROMPT: &str = "opsatlas> ";

/// Opens the prompt and runs until the user leaves.
pub(crate) fn run(
    session: &mut Session<'_>,
    learner: &Learner,
    options: &Options,
    format: &Format,
) -> Result<Exit, Failure> {
    let atlas = session.atlas();
    let color = terminal::color(options.color, &io::stdout());
    let questions = welcome::questions(atlas);
    say(&welcome::screen(atlas, &questions, color))?;
    terminal::prompt_opens();
    let mut editor = editor()?;
    let session = RefCell::new(session);
    editor.set_helper(Some(Assistant { session: &session }));
    let history = history_file();
    if let Some(file) = &history {
        // A first run has no history yet.
        let _ = editor.load_history(file);
    }
    let mut kept = history.is_some();
    loop {
        match editor.readline(PROMPT) {
            Ok(line) => {
                if let Some(file) = &history
                    && kept
                    && editor.append_history(file).is_err()
                {
                    kept = false;
                    say("note: the history cannot be written; it lasts until you leave\n")?;
                }
                let session = &mut session.borrow_mut();
                if !answer(line.trim(), session, learner, options, format, &questions, color)? {
                    return Ok(Exit::Answered);
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(Exit::Answered),
            Err(error) => return Err(prompt_failure(&error)),
        }
    }
}

fn editor<'a, 'g>() -> Result<Editor<Assistant<'a, 'g>, FileHistory>, Failure> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .auto_add_history(true)
        .build();
    Editor::with_config(config).map_err(|error| prompt_failure(&error))
}

fn prompt_failure(error: &ReadlineError) -> Failure {
    files::stream_failure("the prompt", &io::Error::other(error.to_string()))
}

/// Answers one line; `false` if the user leaves.
fn answer(
    line: &str,
    session: &mut Session<'_>,
    learner: &Learner,
    options: &Options,
    format: &Format,
    questions: &[String],
    color: bool,
) -> Result<bool, Failure> {
    terminal::STOP.store(false, Ordering::Relaxed);
    if line.is_empty() {
        return Ok(true);
    }
    let bare = [("quit", ".quit"), ("exit", ".quit"), (".exit", ".quit"), ("help", ".help")];
    let bare = bare.iter().find(|(typed, _)| *typed == line).map(|(_, command)| *command);
    if bare.is_some() || line.starts_with('.') {
        let command = bare.unwrap_or(line);
        return match commands::run(command, &mut At { session, learner, color }) {
            Ok(Next::Say(text)) => say(&text).map(|()| true),
            Ok(Next::Leave) => Ok(false),
            Err(problems) => {
                let told = problems.iter().map(|problem| problem_in_words(problem, color));
                say(&told.collect::<String>()).map(|()| true)
            }
        };
    }
    let mut content = line.to_owned();
    let digit = line.parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
    if let Some(question) = digit.and_then(|digit| questions.get(digit)) {
        say(&format!("{PROMPT}{question}\n"))?;
        content.clone_from(question);
    }
    let text = Text::new("query", content);
    match Batch::new(session, options, format).run(&statements(&text)) {
        Ok(_) => {}
        Err(failure) => report::tell(&failure.problems, color),
    }
    Ok(true)
}

fn say(text: &str) -> Result<(), Failure> {
    files::print(text.as_bytes())
}

/// Where the history is kept: the user's state folder.
fn history_file() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let state = variable("XDG_STATE_HOME").map(PathBuf::from);
    let state = state.or_else(|| Some(PathBuf::from(variable("HOME")?).join(".local/state")))?;
    let folder = state.join("opsatlas");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}
