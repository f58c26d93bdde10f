//! Commands that stand among the statements of a batch.

use super::Batch;
use crate::answer::{Answer, Body, Note};
use crate::cli::errors::{self, Failure};
use crate::cli::io::output_buffer;
use crate::cli::progress::Progress;
use crate::diagnostic::{Diagnostic, Text};
use crate::query::{Session, Statement};

/// What a command that stands among queries comes to.
pub(crate) enum CommandOutcome {
    /// It tells this.
    Text(String),
    /// It asks this, and tells more about the answer.
    Query(String, Option<Note>),
}

/// Runs a statement that is a command; none if it is a query.
pub(crate) type Commands<'c> =
    dyn FnMut(&str, &mut Session) -> Option<Result<CommandOutcome, Failure>> + 'c;

impl<'a> Batch<'a> {
    /// The same, with commands among the statements.
    pub(crate) fn obeying(mut self, commands: &'a mut Commands<'a>) -> Self {
        self.commands = Some(commands);
        self
    }

    /// What a command comes to, if the statement is one.
    pub(super) fn command(
        &mut self,
        statement: &Statement,
    ) -> Option<Result<CommandOutcome, Diagnostic>> {
        let said = self.commands.as_mut()?(statement.as_typed(), self.session)?;
        // What was worth telling of the profile may have changed.
        self.profile_note = None;
        Some(said.map_err(|mut failure| {
            self.worst = self.worst.max(failure.exit);
            failure.problems.remove(0)
        }))
    }

    /// What a command tells as an answer; none if it has been told.
    pub(super) fn told(
        &mut self,
        said: CommandOutcome,
        watch: &Progress,
    ) -> Result<Option<Answer>, Diagnostic> {
        match said {
            CommandOutcome::Query(query, note) => {
                let answer = self.answer(&Statement::whole(&Text::new("query", query)), watch)?;
                self.early = None;
                Ok(Some(answer.noting(note)))
            }
            // Where errors stand among the answers, so does this.
            CommandOutcome::Text(text) if self.format.error.is_some() => {
                let told = Body::Value(text.trim_end().into());
                Ok(Some(Answer::new(self.session.atlas(), told)))
            }
            CommandOutcome::Text(text) if self.format.notes && self.file().is_none() => {
                self.put(text.into_bytes(), false)
                    .map_err(|mut failure| failure.problems.remove(0))?;
                Ok(None)
            }
            CommandOutcome::Text(text) => {
                let _ = output_buffer::flush();
                errors::note(text.trim_end());
                Ok(None)
            }
        }
    }
}
