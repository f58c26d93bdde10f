//! Files and streams that are read: graphs, batches, profiles.

use super::file_name::FileName;
use super::inputs;
use super::inputs::Role;
use crate::cli::errors;
use crate::cli::errors::{Exit, Failure};
use crate::data::{BUILT_IN, built_in, layer_name};
use crate::diagnostic::{Diagnostic, Place, Text, drives_terminal};
use crate::graph::{Atlas, Builder};
use crate::query::Unfinished;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::string::FromUtf8Error;
use std::sync::Arc;

/// The name of the built-in graph, and the prefix of its layers' names.
const BUILT_IN_NAME: &str = "ops";

/// Writes to standard output; a reader that has gone is no failure.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::stream("standard output", &error))
        }
        _ => Ok(()),
    }
}

/// How large a graph file may be, in bytes.
const GRAPH_LIMIT: u64 = 2 << 30;
/// How large a batch or a profile may be, in bytes.
const BATCH_LIMIT: u64 = 64 << 20;

/// A graph file, or standard input for `-`.
fn read_graph(file: &FileName) -> Result<Arc<Text>, Failure> {
    read(file, Role::Graph, GRAPH_LIMIT)
}

/// A learner's profile.
pub(crate) fn read_profile(file: &FileName) -> Result<Arc<Text>, Failure> {
    read(file, Role::Profile, BATCH_LIMIT)
}

/// A batch of queries, or standard input for `-`.
pub(crate) fn read_batch(file: &FileName) -> Result<Arc<Text>, Failure> {
    read(file, Role::Batch, BATCH_LIMIT)
}

/// A text file of at most `limit` bytes without its byte-order mark.
fn read(file: &FileName, role: Role, limit: u64) -> Result<Arc<Text>, Failure> {
    // What is no text is no graph either, and no query.
    let exit = if role == Role::Batch { Exit::Usage } else { Exit::Data };
    let name = if file.is_stream() { "standard input" } else { file.as_str() };
    let read = if file.is_stream() {
        inputs::note_standard_input(role);
        bytes_of(io::stdin().lock(), limit)
    } else {
        File::open(file).and_then(|opened| {
            let found = opened.metadata()?;
            inputs::note(role, file.path(), Some(&found));
            if found.len() > limit { Ok(None) } else { bytes_of(opened, limit) }
        })
    };
    let bytes = read.map_err(|error| unread(name, &error))?;
    let bytes = bytes.ok_or_else(|| too_long(name, limit, exit))?;
    let text = String::from_utf8(bytes).map_err(|error| file_not_utf8(name, 1, &error, exit))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => Text::new(name, rest),
        None => Text::new(name, text),
    })
}

/// Refuses what is there and no regular file: a pipe or a device may never end.
pub(crate) fn must_be_regular(file: &FileName) -> Result<(), Failure> {
    match fs::metadata(file) {
        Ok(found) if !found.is_file() => {
            let problem = Diagnostic::new("io", format!("{file} is no regular file"));
            let help = "put what it holds into a file, and name that";
            Err(Failure::new(Exit::InputOutput, problem.help(help)))
        }
        _ => Ok(()),
    }
}

/// Standard input as it comes.
pub(crate) struct Lines {
    input: BufReader<io::Stdin>,
    line: usize,
    bytes: u64,
}

impl Lines {
    pub(crate) fn of_input() -> Self {
        inputs::note_standard_input(Role::Batch);
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
                return Err(Failure::stream(NAME, &device()));
            }
            if self.bytes > BATCH_LIMIT {
                return Err(too_long(NAME, BATCH_LIMIT, Exit::Usage));
            }
            if bytes.is_empty() {
                break;
            }
            let line = String::from_utf8(bytes);
            let line = line.map_err(|error| file_not_utf8(NAME, self.line, &error, Exit::Usage))?;
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

/// A file that cannot be read.
fn unread(name: &str, error: &io::Error) -> Failure {
    let mut failure = Failure::stream(name, error);
    if error.kind() == io::ErrorKind::NotFound {
        let help = "is the path right, seen from the current folder?";
        failure.problems[0].help.push(help.to_owned());
    }
    failure
}

fn too_long(name: &str, limit: u64, exit: Exit) -> Failure {
    let message = format!("{name} has more than {limit} bytes, which is the limit");
    Failure::new(exit, Diagnostic::new("too-long", message))
}

/// How many bytes tell an endless device.
const LOOK: usize = 1 << 16;

/// Endless devices begin like this; nothing that is text does.
fn is_device(bytes: &[u8]) -> bool {
    bytes.get(..LOOK).is_some_and(|first| first.iter().all(|byte| *byte == 0))
}

fn device() -> io::Error {
    io::Error::other("nothing but NUL bytes")
}

/// All bytes, or `None` if there are more than `limit`. Of what is no text the first ones suffice to
/// say so: it may be large, or an endless device.
fn bytes_of(mut stream: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.by_ref().take(LOOK as u64).read_to_end(&mut bytes)?;
    let is_text =
        std::str::from_utf8(&bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    if !is_text || is_device(&bytes) {
        return Ok(Some(bytes));
    }
    stream.take(limit + 1 - LOOK as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Text that is none: at its first byte that cannot stand there.
pub(crate) fn not_utf8(name: &str, line: usize, error: &FromUtf8Error) -> Diagnostic {
    let (valid, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
    let text = Text::part(name, String::from_utf8_lossy(bytes), line);
    let width = text.content[valid..].chars().next().map_or(0, char::len_utf8);
    let place = Place::new(&text, valid..valid + width);
    Diagnostic::new("not-utf8", "this is not UTF-8 text").at(place)
}

fn file_not_utf8(name: &str, line: usize, error: &FromUtf8Error, exit: Exit) -> Failure {
    let problem = not_utf8(name, line, error);
    let bytes = error.as_bytes();
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    Failure::new(
        exit,
        if utf16 {
            let place = Place::new(&Text::new(name, ""), 0..0);
            problem.at(place).help("it looks like UTF-16: save the file as UTF-8")
        } else {
            problem.help("save the file as UTF-8")
        },
    )
}

/// A file as a user of a prompt writes it: `~/` is the home folder, as in a shell.
pub(crate) fn at_home(file: &str) -> String {
    let home = std::env::var("HOME").ok().filter(|home| !home.is_empty());
    match (file.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => format!("{home}/{rest}"),
        _ => file.to_owned(),
    }
}

/// What a folder holds, by name, each with whether it is a folder itself; nothing if it cannot be
/// read. Names that could drive a terminal are left out.
pub(crate) fn names_in(folder: &str) -> Vec<(String, bool)> {
    let folder = if folder.is_empty() { "./".to_owned() } else { at_home(folder) };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let plain = !name.chars().any(|letter| drives_terminal(letter) || letter == '"');
        plain.then(|| (name, entry.path().is_dir()))
    });
    let mut found: Vec<(String, bool)> = named.collect();
    found.sort_unstable();
    found
}

impl Atlas {
    /// The graph made of files in any format that is read, laid over one another, as `-g` reads
    /// them: `ops` and `ops-texts` are built in, `-` is standard input. Without the feature `cli`
    /// there is [`from_texts`](Self::from_texts).
    ///
    /// ```
    /// use opsatlas::graph::Atlas;
    ///
    /// let file = std::env::temp_dir().join("opsatlas-example.csv");
    /// std::fs::write(&file, "from,kind,to\nbread,needs,dough\ndough,needs,flour\n")?;
    /// let atlas = Atlas::from_files([&file]).expect("a valid graph");
    /// let answer = atlas.query("prereqs bread over needs").expect("an answer");
    /// assert_eq!(answer.count(), 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// A file that cannot be read, or every problem of those that can.
    pub fn from_files<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let names = files.into_iter().map(|file| file.as_ref().to_owned().into());
        layered(&names.collect::<Vec<FileName>>()).map_err(|failure| failure.problems)
    }
}

/// The graph made of the named files, or the built-in one if none is named.
pub(crate) fn load(graphs: &[FileName]) -> Result<Atlas, Failure> {
    if graphs.is_empty() {
        return Ok(Atlas::built_in());
    }
    let atlas = layered(graphs)?;
    atlas.notes().iter().for_each(|note| errors::note(note));
    Ok(atlas)
}

fn layered(graphs: &[FileName]) -> Result<Atlas, Failure> {
    let mut builder = Builder::new();
    for (at, graph) in graphs.iter().enumerate() {
        if at == 0 && graph.as_str() == BUILT_IN_NAME {
            builder = built_in();
            continue;
        }
        let layers = BUILT_IN.iter().filter(|part| {
            let name = graph.as_str();
            name == BUILT_IN_NAME || name.strip_prefix("ops-") == Some(part.layer)
        });
        let mut found = false;
        for part in layers {
            part.read_into(&mut builder);
            found = true;
        }
        if !found {
            let text = read_graph(graph)?;
            let layer = if graph.is_stream() { "stdin" } else { layer_name(graph.as_str()) };
            crate::import::read(&mut builder, &text, layer);
        }
    }
    builder.finish().map_err(|problems| Failure { exit: Exit::Data, problems })
}
