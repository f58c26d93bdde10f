//! Statements one after the other: each answered, written and flushed before the next.

use super::flags::Options;
use super::terminal::{self, STOP};
use super::{Exit, Failure, files, report};
use crate::answer::{Answer, Body};
use crate::diagnostic::Diagnostic;
use crate::query::{Limits, Session, Statement, statements};
use crate::render::{Format, Look, error_as_json};
use std::io::{self, IsTerminal, Write};

/// A run of statements in one session.
pub(crate) struct Batch<'a, 'g> {
    session: &'a mut Session<'g>,
    options: &'a Options,
    format: &'a Format,
    error_color: bool,
    /// Answers for a file are kept until the end: it is replaced whole or not at all.
    kept: Vec<u8>,
    worst: Exit,
}

/// What became of a piece of output.
enum Written {
    Yes,
    /// The reader has gone; that is its right.
    ReaderGone,
}

impl<'a, 'g> Batch<'a, 'g> {
    pub(crate) fn new(
        session: &'a mut Session<'g>,
        options: &'a Options,
        format: &'a Format,
    ) -> Self {
        Self {
            session,
            options,
            format,
            error_color: terminal::color(options.color, &io::stderr()),
            kept: Vec::new(),
            worst: Exit::Answered,
        }
    }

    /// Runs all statements and ends with the worst code.
    pub(crate) fn run(&mut self, statements: &[Statement]) -> Result<Exit, Failure> {
        self.refuse_binary(statements.len())?;
        self.go_on(statements)?;
        self.finish()
    }

    /// Runs standard input: each statement as soon as its line has come. Formats that hold one
    /// answer only wait for all, to refuse more.
    pub(crate) fn run_stream(&mut self) -> Result<Exit, Failure> {
        if self.format.single {
            return self.run(&statements(&files::read_batch("-")?));
        }
        let mut lines = files::Lines::of_input();
        while let Some(text) = lines.next_whole()? {
            if !self.go_on(&statements(&text))? {
                break;
            }
        }
        self.finish()
    }

    /// Answers statements; false if the run is to end.
    fn go_on(&mut self, statements: &[Statement]) -> Result<bool, Failure> {
        for statement in statements {
            let before = self.worst;
            self.worst = Exit::Answered;
            let written = match self.answer(statement) {
                Ok(answer) => self.put_answer(statement, &answer)?,
                Err(problem) => self.put_error(statement, problem, Exit::Usage)?,
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
            files::write(file, &self.kept)?;
        }
        Ok(self.worst)
    }

    fn file(&self) -> Option<&'a str> {
        self.options.output.as_deref().filter(|file| *file != "-")
    }

    fn refuse_binary(&self, count: usize) -> Result<(), Failure> {
        let name = self.format.name;
        if self.format.single && count > 1 {
            let message =
                format!("a file holds one {name} picture, but there are {count} statements");
            let problem = Diagnostic::new("bad-flag", message);
            return Err(Failure::new(
                Exit::Usage,
                problem.help("draw them one at a time, or use -F dot"),
            ));
        }
        if name == "png" && self.file().is_none() && io::stdout().is_terminal() {
            let problem = Diagnostic::new("bad-flag", "a terminal cannot show a PNG picture");
            return Err(Failure::new(
                Exit::Usage,
                problem.help("write it to a file: -o picture.png"),
            ));
        }
        Ok(())
    }

    fn answer(&mut self, statement: &Statement) -> Result<Answer<'g>, Diagnostic> {
        let limits = Limits {
            stop: &STOP,
            paths: self.options.limit_paths,
            search: self.options.limit_search,
        };
        Ok(self.session.answer(statement, &limits)?.limited(self.options.limit_rows))
    }

    fn put_answer(
        &mut self,
        statement: &Statement,
        answer: &Answer<'_>,
    ) -> Result<Written, Failure> {
        let to_file = self.file().is_some();
        let look = Look {
            query: statement.as_typed(),
            width: if to_file { crate::render::WIDTH } else { terminal::width() },
            color: !to_file && terminal::color(self.options.color, &io::stdout()),
            drawing: self.options.drawing,
        };
        let bytes = match (self.format.write)(answer, &look) {
            Ok(bytes) => bytes,
            Err(problem) => {
                let exit =
                    if problem.code == "no-graphviz" { Exit::InputOutput } else { Exit::Usage };
                return self.put_error(statement, problem, exit);
            }
        };
        if !self.format.notes {
            for note in &answer.notes {
                let _ = writeln!(io::stderr(), "note: {}", crate::diagnostic::visible(note));
            }
        }
        if !answer.complete {
            self.worst = self.worst.max(Exit::Limit);
        }
        if let Body::Table(table) = &answer.body
            && table.errors > 0
            && self.options.exit_status
        {
            self.worst = self.worst.max(Exit::Data);
        }
        self.put(&bytes)
    }

    fn put_error(
        &mut self,
        statement: &Statement,
        problem: Diagnostic,
        exit: Exit,
    ) -> Result<Written, Failure> {
        self.worst = self.worst.max(exit);
        if self.format.name == "json" {
            let line = error_as_json(Some(statement.as_typed()), &[problem]) + "\n";
            return Self::print(line.as_bytes());
        }
        report::tell(&[problem], self.error_color);
        Ok(Written::Yes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<Written, Failure> {
        if self.file().is_some() {
            self.kept.extend_from_slice(bytes);
            return Ok(Written::Yes);
        }
        Self::print(bytes)
    }

    /// Standard output; an error goes there even if the answers go to a file, which it must not
    /// replace.
    fn print(bytes: &[u8]) -> Result<Written, Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Ok(Written::Yes),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Written::ReaderGone),
            Err(error) => Err(files::stream_failure("standard output", &error)),
        }
    }
}
