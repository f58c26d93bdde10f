//! Standard input, of which each statement is answered as soon as its line has come.

use super::Batch;
use crate::cli::errors::Failure;
use crate::cli::io::lines::Lines;
use crate::cli::io::output_buffer;
use crate::cli::io::pager::Written;
use crate::query::statements;

impl Batch<'_> {
    /// Answers standard input; false if the run is to end.
    pub(super) fn stream(&mut self) -> Result<bool, Failure> {
        // What has been answered does not wait for what may come.
        if matches!(output_buffer::flush()?, Written::ReaderGone) {
            return Ok(false);
        }
        let mut lines = Lines::of_input();
        let next = |lines: &mut Lines| {
            lines.next_whole().or_else(|problem| output_buffer::flush().and(Err(problem)))
        };
        while let Some(text) = next(&mut lines)? {
            let go_on = self.go_on(&statements(&text))?;
            if !go_on
                || !lines.more_have_come() && matches!(output_buffer::flush()?, Written::ReaderGone)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
