//! `--mcp`: assistants ask the graph by the Model Context Protocol, on standard input and output.
//! A message is a line. It is answered before the next is read, and of several in a list each reply
//! is written before the next is made, so what waits takes no memory.

mod protocol;
mod tools;

use super::args::Options;
use super::errors::{Exit, Failure};
use super::terminal::STOP;
use crate::query::{Limits, Session};
use protocol::Server;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::time::Duration;
use tools::Questions;

/// How long a message may be, in bytes.
const MESSAGE_LIMIT: u64 = 1 << 20;
/// How long an answer may take where no limit is given.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Answers until the client leaves.
pub(super) fn serve(session: &Session, options: &Options) -> Result<Exit, Failure> {
    let limits = Limits { stop: &STOP, paths: options.limit_paths, search: options.limit_search };
    let time = options.limit_time.unwrap_or(TIME_LIMIT);
    let server = Server::new(Questions { session, limits, time });
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        let whole = read_message(&mut input, &mut line)
            .map_err(|error| Failure::stream("standard input", &error))?;
        if line.is_empty() {
            return Ok(Exit::Answered);
        }
        let written = match whole {
            true => server.reply(&line, &mut output),
            false => writeln!(output, "{}", protocol::too_long(MESSAGE_LIMIT)),
        };
        match written.and_then(|()| output.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(Exit::Answered),
            done => done.map_err(|error| Failure::stream("standard output", &error))?,
        }
    }
}

/// Reads the next line that is not blank; says whether all of it is there: of a line that is too
/// long the rest is passed over without being kept.
fn read_message(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    loop {
        if input.by_ref().take(MESSAGE_LIMIT).read_until(b'\n', line)? == 0 {
            return Ok(true);
        }
        if line.ends_with(b"\n") || (line.len() as u64) < MESSAGE_LIMIT {
            if !line.trim_ascii().is_empty() {
                return Ok(true);
            }
            line.clear();
            continue;
        }
        input.skip_until(b'\n')?;
        return Ok(false);
    }
}

#[cfg(test)]
mod tests {
    use super::{MESSAGE_LIMIT, read_message};

    #[test]
    fn what_is_too_long_is_passed_over_and_the_next_message_is_read() {
        let long = "x".repeat(3 * usize::try_from(MESSAGE_LIMIT).expect("small"));
        let text = format!("\n  \n{{}}\n{long}\nnext");
        let mut input = text.as_bytes();
        let mut found = Vec::new();
        loop {
            let mut line = Vec::new();
            let whole = read_message(&mut input, &mut line).expect("memory does not fail");
            if line.is_empty() {
                break;
            }
            found.push((whole, line.len()));
        }
        let limit = usize::try_from(MESSAGE_LIMIT).expect("small");
        assert_eq!(found, [(true, 3), (false, limit), (true, 4)]);
    }
}
