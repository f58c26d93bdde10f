//! The prompt: reads, answers, remembers, until the user leaves.

use super::commands::{self, At, Next, Settings};
use super::history::{KEPT, LineHistory};
use super::line_editor::LineHelper;
use super::{tour, welcome};
use crate::answer::{Answer, TextRole};
use crate::cli::args::Options;
use crate::cli::batch::Batch;
use crate::cli::errors::{Exit, Failure};
use crate::cli::io::pager;
use crate::cli::profile::{Absent, Learner};
use crate::cli::{errors, terminal};
use crate::diagnostic::{Text, visible};
use crate::graph::{Atlas, intact};
use crate::query::{Session, Statement, statements, typed_statements};
use crate::render::{Format, paint, problem_in_columns};
use rustyline::error::ReadlineError;
use rustyline::{ColorMode, CompletionType, Config, Editor};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

const PROMPT: &str = "opsatlas> ";
/// How deep files of statements may read one another.
const NESTING: usize = 8;

/// Opens the prompt and runs until the user leaves.
pub(crate) fn run(
    session: Session,
    learner: &Learner,
    options: &Options,
    format: &'static Format,
) -> Result<Exit, Failure> {
    let color = terminal::color(options.color, &io::stdout());
    let mut settings = Settings::new(options, format, color);
    let config = config(color)?;
    let (mut recall, note) = LineHistory::open(&config);
    terminal::prompt_opens();
    let atlas = session.atlas().clone();
    let mut first = Some(session);
    let mut note = note.unwrap_or_default();
    let mut other: Option<Box<Atlas>> = None;
    loop {
        let graph = other.as_deref().unwrap_or(&atlas);
        let mut editor =
            Editor::with_history(config.clone(), recall).map_err(|error| prompt_failure(&error))?;
        let mut session = first.take().unwrap_or_else(|| Session::new(graph));
        let opened =
            intact(|| opens(graph, (learner, &mut session), &std::mem::take(&mut note), color));
        // Of a damaged snapshot it can still be asked what is whole.
        let questions = opened.unwrap_or_else(|damage| {
            errors::tell(&[*damage], color);
            Ok(Vec::new())
        })?;
        let session = RefCell::new(session);
        editor.set_helper(Some(LineHelper::new(&session, color)));
        let mut visit = Visit {
            session: &session,
            learner,
            settings: &mut settings,
            last: None,
            suggested: None,
            questions,
            tour: VecDeque::new(),
        };
        let Some(changed) = visit.stay(&mut editor)? else { return Ok(Exit::Answered) };
        recall = std::mem::take(editor.history_mut());
        // The editor holds on to the session, and that to the graph: both go before another one
        // comes.
        drop(editor);
        drop(session);
        other = Some(changed);
    }
}

/// The first screen, with what is worth noting; yields the questions on it.
fn opens(
    graph: &Atlas,
    (learner, session): (&Learner, &mut Session),
    note: &str,
    color: bool,
) -> Result<Vec<String>, Failure> {
    let questions = welcome::questions(graph);
    say(&(welcome::screen(graph, &questions, color) + note))?;
    if let Some(note) = learner.open(session, Absent::Fine)? {
        errors::note(&note);
    }
    Ok(questions)
}

fn config(color: bool) -> Result<Config, Failure> {
    let builder = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .completion_prompt_limit(usize::MAX)
        .color_mode(if color { ColorMode::Forced } else { ColorMode::Disabled })
        .history_ignore_space(true)
        .max_history_size(KEPT)
        .map_err(|error| prompt_failure(&error))?;
    Ok(builder.build())
}

fn prompt_failure(error: &ReadlineError) -> Failure {
    Failure::stream("the prompt", &io::Error::other(error.to_string()))
}

fn say(text: &str) -> Result<(), Failure> {
    pager::print(text.as_bytes()).map(drop)
}

/// A stay at one graph.
struct Visit<'v> {
    session: &'v RefCell<Session>,
    learner: &'v Learner,
    settings: &'v mut Settings,
    last: Option<(Statement, Answer)>,
    /// What Enter on an empty line asks: the one query that was suggested.
    suggested: Option<String>,
    questions: Vec<String>,
    tour: VecDeque<tour::TourStep>,
}

/// How a stay ends.
enum Ending {
    Left,
    Changed(Box<Atlas>),
}

type Ended = Result<Option<Ending>, Failure>;

impl Visit<'_> {
    /// Answers until the user leaves or asks for another graph, which it yields.
    fn stay(
        &mut self,
        editor: &mut Editor<LineHelper<'_>, LineHistory>,
    ) -> Result<Option<Box<Atlas>>, Failure> {
        loop {
            let line = match editor.readline(PROMPT) {
                Ok(line) => line,
                Err(ReadlineError::Interrupted) => {
                    self.tour.clear();
                    continue;
                }
                Err(ReadlineError::Eof) => return Ok(None),
                Err(error) => return Err(prompt_failure(&error)),
            };
            let line = self.taken(line)?;
            say(&editor.history_mut().keep(line.trim_end()).unwrap_or_default())?;
            match self.take(&line)? {
                None => {}
                Some(Ending::Left) => return Ok(None),
                Some(Ending::Changed(atlas)) => return Ok(Some(atlas)),
            }
        }
    }

    /// What was typed, or what was suggested in the place of an empty line.
    fn taken(&mut self, line: String) -> Result<String, Failure> {
        match self.suggested.take() {
            Some(query) if line.trim().is_empty() => {
                say(&format!("{PROMPT}{}\n", visible(&query)))?;
                Ok(query)
            }
            _ => Ok(line),
        }
    }

    /// Answers what was typed or pasted.
    fn take(&mut self, line: &str) -> Ended {
        let typed = line.trim();
        if typed.is_empty() {
            return self.go_on_with_tour();
        }
        self.tour.clear();
        let bare = commands::bare(typed, self.session.borrow().atlas());
        if let Some(command) = bare {
            return self.command(&command, 0);
        }
        let digit = typed.parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
        if let Some(question) = digit.and_then(|digit| self.questions.get(digit)).cloned() {
            say(&format!("{PROMPT}{}\n", visible(&question)))?;
            return self.script(&question, typed_statements, 0);
        }
        self.script(line, typed_statements, 0)
    }

    /// Answers the statements of a text and runs the command lines among them, in order.
    fn script(
        &mut self,
        text: &str,
        split: impl Fn(&str) -> Vec<Statement>,
        depth: usize,
    ) -> Ended {
        let (queries, lines) = apart(text);
        let mut lines = lines.into_iter().peekable();
        let statements = split(&queries);
        for statement in statements {
            // Commands that stand before a statement run before it: what they switch holds for it.
            while let Some((_, line)) = lines.next_if(|(at, _)| *at < statement.start()) {
                if let Some(end) = self.command(line, depth)? {
                    return Ok(Some(end));
                }
            }
            self.answer(&[statement]);
        }
        for (_, line) in lines {
            if let Some(end) = self.command(line, depth)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    /// Answers statements; what fails is told, and the prompt goes on.
    fn answer(&mut self, statements: &[Statement]) {
        let Settings { options, format, display, kept, color, .. } = &mut *self.settings;
        let mut session = self.session.borrow_mut();
        let mut batch = Batch::new(&mut session, options, format).displayed_as(*display);
        if !format.single {
            batch.kept = std::mem::take(kept);
        }
        if let Err(failure) = batch.run(statements) {
            errors::tell(&failure.problems, *color);
        }
        *kept = std::mem::take(&mut batch.kept);
        self.suggested = batch.suggested.take();
        if self.suggested.is_some() {
            errors::hint("Enter on an empty line asks that.", *color);
        }
        self.last = batch.last.take().or(self.last.take());
    }

    fn command(&mut self, line: &str, depth: usize) -> Ended {
        let next = {
            let mut session = self.session.borrow_mut();
            let last = self.last.as_ref();
            let (settings, learner) = (&mut *self.settings, self.learner);
            commands::run(line, &mut At { session: &mut session, learner, settings, last })
        };
        match next {
            Ok(Next::Say(text)) => {
                pager::show(text.as_bytes(), self.settings.display.pager)?;
            }
            Ok(Next::Ask(query, note)) => {
                self.answer(&typed_statements(&query));
                say(&note.map_or_else(String::new, |note| format!("note: {note}\n")))?;
            }
            Ok(Next::Leave) => return Ok(Some(Ending::Left)),
            Ok(Next::Change(atlas)) => return Ok(Some(Ending::Changed(atlas))),
            Ok(Next::Tour(steps)) if steps.is_empty() => {
                say("this graph has no nodes, so there is nothing to show\n")?;
            }
            Ok(Next::Tour(steps)) => {
                self.tour = steps.into();
                return self.go_on_with_tour();
            }
            Ok(Next::Read(text)) if depth < NESTING => return self.read(&text, depth + 1),
            Ok(Next::Read(text)) => {
                say(&format!("note: {} is not read: {NESTING} files deep\n", text.name))?;
            }
            Err(failure) => {
                let color = self.settings.color;
                let told = errors::flagged(&failure.problems);
                let told = told
                    .iter()
                    .map(|problem| problem_in_columns(problem, color, terminal::width()));
                say(&told.collect::<String>())?;
            }
        }
        Ok(None)
    }

    fn read(&mut self, text: &Arc<Text>, depth: usize) -> Ended {
        let split = |queries: &str| statements(&Text::new(text.name.as_str(), queries));
        self.script(&text.content, split, depth)
    }

    /// The next question of the tour, if one is on.
    fn go_on_with_tour(&mut self) -> Ended {
        let Some(step) = self.tour.pop_front() else { return Ok(None) };
        let color = self.settings.color;
        let words = paint(TextRole::Strong, &visible(&step.words), color);
        say(&format!("\n{words}\n{PROMPT}{}\n", visible(&step.query)))?;
        self.answer(&typed_statements(&step.query));
        let hint = match self.tour.len() {
            0 => "That was the tour. `.help` lists everything.".to_owned(),
            left => format!("Enter goes on ({left} more); anything else ends the tour."),
        };
        say(&format!("{}\n", paint(TextRole::Dim, &hint, color)))?;
        Ok(None)
    }
}

/// A text with its command lines blanked out, and these with their places.
fn apart(text: &str) -> (String, Vec<(usize, &str)>) {
    let mut queries = String::with_capacity(text.len());
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        if commands::is_command(line) {
            lines.push((queries.len(), line.trim()));
            let content = line.trim_end_matches('\n');
            // As many blanks as it had bytes, so that places behind it stay what they are.
            queries.extend(std::iter::repeat_n(' ', content.len()));
            queries.push_str(&line[content.len()..]);
        } else {
            queries.push_str(line);
        }
    }
    (queries, lines)
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn commands_stand_on_lines_of_their_own() {
        let (queries, commands) = apart("nodes\n  .timer on\nkinds; relations\n:q");
        assert_eq!(queries, "nodes\n           \nkinds; relations\n  ");
        assert_eq!(commands, [(6, ".timer on"), (35, ":q")]);
    }
}
