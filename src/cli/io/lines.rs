//! Standard input as it comes, line by line.

use super::files::BATCH_LIMIT;
use super::inputs::{self, Purpose};
use crate::cli::errors::Failure;
use crate::diagnostic::Text;
use crate::import::decoded::no_text;
use crate::import::files::{LOOK, is_device, too_long};
use crate::query::Unfinished;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

/// Standard input, of which whole lines are taken.
pub(crate) struct Lines {
    input: BufReader<io::Stdin>,
    line: usize,
    bytes: u64,
}

impl Lines {
    pub(crate) fn of_input() -> Self {
        inputs::note_standard_input(Purpose::Batch);
        Self { input: BufReader::with_capacity(LOOK, io::stdin()), line: 1, bytes: 0 }
    }

    /// Has a whole line come that has not been taken?
    pub(crate) fn more_have_come(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }

    /// The next line, with those behind it as long as it has open brackets; `None` at the end.
    pub(crate) fn next_whole(&mut self) -> Result<Option<Arc<Text>>, Failure> {
        const NAME: &str = "standard input";
        let (mut content, mut unfinished) = (String::new(), Unfinished::default());
        let first_line = self.line;
        loop {
            let mut bytes = Vec::new();
            let left = BATCH_LIMIT + 1 - self.bytes;
            let read = self.input.by_ref().take(left).read_until(b'\n', &mut bytes);
            self.bytes += read.map_err(|error| Failure::stream(NAME, &error))? as u64;
            if is_device(&bytes) {
                let error = io::Error::other("nothing but NUL bytes");
                return Err(Failure::stream(NAME, &error));
            }
            if self.bytes > BATCH_LIMIT {
                return Err(too_long(NAME, BATCH_LIMIT).into());
            }
            if bytes.is_empty() {
                break;
            }
            let line = String::from_utf8(bytes);
            let line = line.map_err(|error| no_text(NAME, self.line, &error))?;
            let rest = line.strip_prefix('\u{feff}').filter(|_| self.line == 1);
            let whole = rest.unwrap_or(&line);
            content.push_str(whole);
            self.line += 1;
            if unfinished.closed_by(whole) {
                break;
            }
        }
        let text = (self.line > first_line).then(|| Text::part(NAME, content, first_line));
        Ok(text)
    }
}
