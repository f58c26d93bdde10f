//! Statements one after the other. Answers that came quickly wait for one another as long as more
//! statements have come already: to write each by itself takes longer than to find it.

mod commands;
mod input;

pub(crate) use commands::{CommandOutcome, Commands};

use super::args::{Options, Order};
use super::errors::{Exit, FLAG, Failure};
use super::io::inputs::Purpose;
use super::io::{
    file_name::FileName,
    files, output, output_buffer,
    pager::{self, Written},
};
use super::profile::known_ids;
use super::progress::{Progress, timed};
use super::terminal::STOP;
use super::{errors, terminal};
use crate::answer::{Answer, Note};
use crate::diagnostic::Diagnostic;
use crate::graph::intact;
use crate::query::{Limits, Session, Statement, statements};
use crate::render::{Format, Look};
use crate::stop::{NEVER, raised};
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How answers are shown at the prompt.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Display {
    /// Is this the prompt, which a stopped answer must not fill?
    pub(crate) prompt: bool,
    /// Do long answers go through a pager?
    pub(crate) pager: bool,
    /// Is it told how long an answer took?
    pub(crate) timer: bool,
}

/// A part of what is to be answered.
pub(crate) enum BatchPart {
    Statements(Vec<Statement>),
    /// What comes on standard input.
    Input,
}

/// A run of statements in one session.
pub(crate) struct Batch<'a> {
    session: &'a mut Session,
    options: &'a Options,
    format: &'a Format,
    display: Display,
    error_color: bool,
    /// How answers look, but for their query.
    look: Look<'a>,
    /// Answers for a file are kept until the end: it is replaced whole or not at all.
    pub(crate) kept: Vec<u8>,
    /// What is to be told of them once they are written.
    written: Vec<String>,
    /// The answer to the last statement that had one.
    pub(crate) last: Option<(Statement, Answer)>,
    /// What is to be put out of the answer that was found last, if it is written already.
    early: Option<Vec<u8>>,
    /// Who runs the commands among the statements.
    commands: Option<&'a mut Commands<'a>>,
    /// What one could type instead of the last statement, if that has one answer.
    pub(crate) suggested: Option<String>,
    /// What is worth telling of the profile, once it is used.
    profile_note: Option<String>,
    worst: Exit,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(session: &'a mut Session, options: &'a Options, format: &'a Format) -> Self {
        let to_file = options.output.as_ref().is_some_and(|file| !file.is_stream());
        let look = Look {
            query: "",
            title: options.title(),
            footnote: None,
            marks: &[],
            batch: false,
            width: if to_file { crate::render::WIDTH } else { terminal::width() },
            color: !to_file && terminal::color(options.color, &io::stdout()),
            drawing: options.drawing(),
            stop: &STOP,
            exact: to_file,
            guard_formulas: options.guard_formulas,
        };
        Self {
            session,
            options,
            format,
            display: Display::default(),
            error_color: terminal::color(options.color, &io::stderr()),
            look,
            kept: Vec::new(),
            written: Vec::new(),
            last: None,
            early: None,
            commands: None,
            suggested: None,
            profile_note: None,
            worst: Exit::Answered,
        }
    }

    /// The same, at the prompt.
    pub(crate) fn displayed_as(mut self, display: Display) -> Self {
        self.display = display;
        self
    }

    /// The same, with a note that is told once the profile is used.
    pub(crate) fn noting(mut self, note: Option<String>) -> Self {
        self.profile_note = note;
        self
    }

    /// Runs all statements and ends with the worst code.
    pub(crate) fn run(&mut self, statements: &[Statement]) -> Result<Exit, Failure> {
        self.refuse_binary(statements.len())?;
        let from_file = |order: &Order| matches!(order, Order::File(_));
        self.look.batch = statements.len() > 1 || self.options.orders.iter().any(from_file);
        if let Some(file) = self.file() {
            output::claim(file.as_ref())?;
        }
        self.go_on(statements)?;
        self.finish()
    }

    /// Runs parts one after the other: of standard input each statement as soon as its line has
    /// come. Formats that hold one answer only wait for all, to refuse more.
    pub(crate) fn run_parts(mut self, parts: Vec<BatchPart>) -> Result<Exit, Failure> {
        let comes = |part: &BatchPart| matches!(part, BatchPart::Input);
        if self.format.single || !parts.iter().any(comes) {
            let mut all = Vec::new();
            for part in parts {
                match part {
                    BatchPart::Statements(found) => all.extend(found),
                    BatchPart::Input => {
                        all.extend(statements(&files::read(&"-".into(), Purpose::Batch)?));
                    }
                }
            }
            return self.run(&all);
        }
        self.look.batch = true;
        self.refuse_binary(0)?;
        if let Some(file) = self.file() {
            output::claim(file.as_ref())?;
        }
        for part in parts {
            let go_on = match part {
                BatchPart::Statements(found) => self.go_on(&found)?,
                BatchPart::Input => self.stream()?,
            };
            if !go_on {
                break;
            }
        }
        self.finish()
    }

    /// Answers statements; false if the run is to end.
    fn go_on(&mut self, statements: &[Statement]) -> Result<bool, Failure> {
        for statement in statements {
            if statement.as_typed().contains('@')
                && let Some(note) = self.profile_note.take()
            {
                output_buffer::flush()?;
                errors::note(&note);
            }
            // What ends a run is this statement's own code, not the worst so far.
            let before = self.worst;
            self.worst = Exit::Answered;
            output_buffer::not_for_long();
            let watch = Progress::begin(self.options.limit_time);
            let began = Instant::now();
            let answer = match self.command(statement) {
                None => self.answer(statement, &watch).map(Some),
                Some(said) => said.and_then(|said| self.told(said, &watch)),
            };
            let written = match answer {
                // Writing, too, may come upon damage in a snapshot.
                Ok(Some(answer)) => intact(|| self.put_answer(statement, answer, (watch, began)))
                    .unwrap_or_else(|damage| self.put_error(statement, *damage))?,
                Ok(None) => Written::Yes,
                Err(problem) => {
                    drop(watch);
                    self.put_error(statement, problem)?
                }
            };
            let failed = matches!(self.worst, Exit::InputOutput | Exit::Usage);
            self.worst = self.worst.max(before);
            if matches!(written, Written::ReaderGone) || (failed && self.options.bail) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn finish(&mut self) -> Result<Exit, Failure> {
        if let Some(file) = self.file()
            && (self.worst <= Exit::Answered || !self.kept.is_empty())
        {
            output::write(file.as_ref(), &self.kept)?;
            if self.display.prompt {
                self.written
                    .iter()
                    .for_each(|what| errors::note(&format!("{what} written to {file}")));
            }
        }
        output_buffer::flush()?;
        Ok(self.worst)
    }

    fn file(&self) -> Option<&'a FileName> {
        self.options.output.as_ref().filter(|file| !file.is_stream())
    }

    fn refuse_binary(&self, count: usize) -> Result<(), Failure> {
        let name = self.format.name;
        if self.format.single && count > 1 {
            let message =
                format!("a file holds one {name} picture, but there are {count} statements");
            let problem = Diagnostic::new("bad-flag", message);
            return Err(problem.help("draw them one at a time, or use -F dot").into());
        }
        if self.format.binary && self.file().is_none() && io::stdout().is_terminal() {
            let problem = Diagnostic::new("bad-flag", "a terminal cannot show a PNG picture");
            return Err(problem.help("write it to a file: -o picture.png").into());
        }
        Ok(())
    }

    fn answer(&mut self, statement: &Statement, watch: &Progress) -> Result<Answer, Diagnostic> {
        STOP.store(false, Ordering::Relaxed);
        let limits = Limits {
            stop: &STOP,
            paths: self.options.limit_paths,
            search: self.options.limit_search,
        };
        let (rows, format, look) = (self.options.limit_rows, self.format, self.look);
        let seconds = self.options.limit_time.unwrap_or_default().as_secs_f64();
        let told = |answer: Answer| {
            let mut answer = answer.limited(rows);
            if watch.expired() && !answer.complete {
                let told = format!("the time of {seconds} s is up");
                answer.notes.push(Note::on(told, "limit-time", "raises that"));
            }
            answer.notes.iter_mut().for_each(|note| note.prefix_setting(FLAG));
            answer
        };
        // Of a part of a graph, writing looks at what has to be fetched; once all is here, it is written.
        let show = |session: &Session, answer: &Answer| {
            session.atlas().partial()?;
            let marks = known_ids(session);
            let look = Look { query: statement.as_typed(), marks: &marks, ..look };
            (format.write)(&told(answer.clone()), &look).ok()
        };
        let (answer, written) = self.session.answer_shown(statement, &limits, show)?;
        self.early = written.filter(|_| answer.complete && !raised(&STOP));
        Ok(told(answer))
    }

    fn put_answer(
        &mut self,
        statement: &Statement,
        answer: Answer,
        (watch, began): (Progress, Instant),
    ) -> Result<Written, Failure> {
        let mut shown = self.cut(&answer);
        // What stopped the search does not stop the writing of what it found.
        watch.writes();
        let stopped = STOP.swap(false, Ordering::Relaxed);
        let to_file = self.file().is_some();
        let marks = known_ids(self.session);
        let look = Look { query: statement.as_typed(), marks: &marks, ..self.look };
        let early = self.early.take().filter(|_| shown.is_none());
        let mut written =
            early.map_or_else(|| (self.format.write)(shown.as_ref().unwrap_or(&answer), &look), Ok);
        let interrupted = raised(&STOP);
        if interrupted {
            let brief = shown.as_ref().unwrap_or(&answer).brief(SHOWN_WHEN_STOPPED);
            written = (self.format.write)(&brief, &Look { stop: &NEVER, ..look });
            shown = Some(brief);
        }
        let shown = shown.as_ref().unwrap_or(&answer);
        let took = began.elapsed();
        drop(watch);
        let mut bytes = match written {
            Ok(bytes) => bytes,
            Err(problem) => return self.put_error(statement, problem),
        };
        if self.display.timer && !to_file && self.format.notes {
            bytes.extend(timed(took, self.session.fetched(), look.color).bytes());
        } else if self.display.timer {
            let _ = io::stderr()
                .write_all(timed(took, self.session.fetched(), self.error_color).as_bytes());
        }
        self.judge(shown)?;
        if to_file && self.display.prompt {
            let counted = answer.counted_in_words();
            self.written.push(counted.unwrap_or("the answer is".to_owned()));
        }
        self.last = Some((statement.clone(), answer));
        let written = self.put(bytes, stopped || interrupted)?;
        if took > QUICK { output_buffer::flush() } else { Ok(written) }
    }

    /// What of an answer the prompt shows, if that is not all: of a stopped one little, since who
    /// stops it does not want to wait, and of others more than anyone reads.
    fn cut(&self, answer: &Answer) -> Option<Answer> {
        let stopped = !answer.complete && STOP.load(Ordering::Relaxed);
        let most = match self.options.limit_rows {
            _ if stopped => SHOWN_WHEN_STOPPED,
            usize::MAX if self.file().is_none() => SHOWN,
            _ => return None,
        };
        let cut = self.display.prompt && answer.count() > most;
        cut.then(|| {
            let mut answer = answer.clone();
            let own = answer.notes.len();
            answer = answer.limited(most);
            answer.notes[own..].iter_mut().for_each(|note| note.prefix_setting(FLAG));
            answer
        })
    }

    /// Tells notes that the format does not show, and what the answer means for the exit code.
    fn judge(&mut self, answer: &Answer) -> Result<(), Failure> {
        if !self.format.notes && !answer.notes.is_empty() {
            output_buffer::flush()?;
            answer.notes.iter().for_each(|note| errors::note(&note.to_string()));
        }
        if !answer.complete {
            self.worst = self.worst.max(Exit::Limit);
        }
        if self.options.exit_status && answer.errors.is_some_and(|errors| errors > 0) {
            self.worst = self.worst.max(Exit::Data);
        }
        if self.options.exit_status && answer.is_empty() {
            self.worst = self.worst.max(Exit::Empty);
        }
        Ok(())
    }

    fn put_error(
        &mut self,
        statement: &Statement,
        problem: Diagnostic,
    ) -> Result<Written, Failure> {
        self.worst = self.worst.max(Exit::of(&problem));
        self.suggested = match problem.suggestions() {
            [only] => Some(only.clone()),
            _ => None,
        };
        if let Some(write) = self.format.error {
            let line = write(Some(statement.as_typed()), &errors::flagged(&[problem])) + "\n";
            return if self.file().is_some() {
                pager::print(line.as_bytes())
            } else {
                let stopped = STOP.swap(false, Ordering::Relaxed);
                self.put(line.into_bytes(), stopped)
            };
        }
        output_buffer::flush()?;
        errors::tell(&[problem], self.error_color);
        Ok(Written::Yes)
    }

    /// Puts what is written out; in a pager, unless someone was in a hurry and `stopped` it.
    fn put(&mut self, bytes: Vec<u8>, stopped: bool) -> Result<Written, Failure> {
        if self.file().is_some() {
            self.kept.extend_from_slice(&bytes);
            return Ok(Written::Yes);
        }
        if !self.display.prompt {
            return output_buffer::put(bytes);
        }
        // What interrupted the question shall not interrupt its answer.
        STOP.store(false, Ordering::Relaxed);
        pager::show(&bytes, self.display.pager && !stopped)
    }
}

/// How long an answer may take that waits for others.
const QUICK: Duration = Duration::from_millis(1);
/// How many rows of an answer the prompt shows unless `--limit-rows` says so.
const SHOWN: usize = 10_000;
/// How many rows of a stopped answer the prompt shows.
const SHOWN_WHEN_STOPPED: usize = 20;
