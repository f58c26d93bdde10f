//! Files to graphs: the one place below the program that opens any.

use super::folder::notes_in;
use super::mapping::{held, mapped};
use crate::data::{BUILT_IN, built_in, layer_name};
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::graph::{Atlas, Builder, Bytes, MAGIC, intact};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;
use std::sync::Arc;

/// How large a graph file may be, in bytes.
pub(crate) const GRAPH_LIMIT: u64 = 2 << 30;
/// What the names of snapshots end in.
pub(crate) const SNAPSHOT_EXTENSION: &str = ".atlas";
/// The name of the built-in graph, and the prefix of its layers' names.
const BUILT_IN_NAME: &str = "ops";
/// How many bytes tell an endless device.
pub(crate) const LOOK: usize = 1 << 16;

/// Why a file gives no text.
pub(crate) enum Unread {
    /// It cannot be opened or read.
    Stream(io::Error),
    /// It is too long, or no text.
    Content(Diagnostic),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl Unread {
    /// What to tell of the file of this name.
    pub(crate) fn problem(self, name: &str) -> Diagnostic {
        match self {
            Self::Content(problem) => problem,
            Self::Stream(error) => {
                let problem = Diagnostic::new("io", format!("{name}: {error}")).outside();
                if error.kind() != ErrorKind::NotFound {
                    return problem;
                }
                problem.help("is the path right, seen from the current folder?")
            }
        }
    }
}

/// The text of an open file, or of a stream, of at most `limit` bytes, without a byte-order mark.
/// `length` is what the file is known to have. Of what is no text the first bytes suffice to say
/// so: it may be large, or an endless device.
pub(crate) fn text_of(
    name: &str,
    mut stream: impl Read,
    length: u64,
    limit: u64,
) -> Result<Arc<Text>, Unread> {
    let mut bytes = Vec::new();
    if length <= limit {
        stream.by_ref().take(LOOK as u64).read_to_end(&mut bytes)?;
        let begins = std::str::from_utf8(&bytes).map_or_else(|e| e.error_len().is_none(), |_| true);
        if begins && !is_device(&bytes) {
            stream.take((limit + 1).saturating_sub(LOOK as u64)).read_to_end(&mut bytes)?;
        }
    }
    if length.max(bytes.len() as u64) > limit {
        return Err(Unread::Content(too_long(name, limit)));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|error| Unread::Content(no_text(name, 1, &error)))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => Text::new(name, rest),
        None => Text::new(name, text),
    })
}

/// Endless devices begin like this; nothing that is text does.
pub(crate) fn is_device(bytes: &[u8]) -> bool {
    bytes.get(..LOOK).is_some_and(|first| first.iter().all(|byte| *byte == 0))
}

/// A file that has more than so many bytes.
pub(crate) fn too_long(name: &str, limit: u64) -> Diagnostic {
    let message = format!("{name} has more than {limit} bytes, which is the limit");
    Diagnostic::new("too-long", message)
}

/// Text that is none: at its first byte that cannot stand there.
pub(crate) fn not_utf8(name: &str, line: usize, error: &FromUtf8Error) -> Diagnostic {
    let (valid, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
    let text = Text::part(name, String::from_utf8_lossy(bytes), line);
    let width = text.content[valid..].chars().next().map_or(0, char::len_utf8);
    let place = Place::new(&text, valid..valid + width);
    Diagnostic::new("not-utf8", "this is not UTF-8 text").at(place)
}

/// The same of a file, with how to make it one.
pub(crate) fn no_text(name: &str, line: usize, error: &FromUtf8Error) -> Diagnostic {
    let problem = not_utf8(name, line, error);
    let utf16 = [[0xff, 0xfe], [0xfe, 0xff]].iter().any(|mark| error.as_bytes().starts_with(mark));
    if utf16 {
        let place = Place::new(&Text::new(name, ""), 0..0);
        problem.at(place).help("it looks like UTF-16: save the file as UTF-8")
    } else {
        problem.help("save the file as UTF-8")
    }
}

/// What a file holds that is a graph.
pub(crate) enum Content {
    Text(Arc<Text>),
    Snapshot(Bytes),
}

/// The graph in an open file, which is mapped if it is a snapshot, or in a stream, if there is no
/// `file`. `length` is what the file is known to have.
pub(crate) fn graph_of(
    name: &str,
    mut stream: impl Read,
    file: Option<&File>,
    length: u64,
) -> Result<Content, Unread> {
    let mut begin = Vec::with_capacity(MAGIC.len());
    stream.by_ref().take(MAGIC.len() as u64).read_to_end(&mut begin)?;
    if begin == MAGIC || name.to_lowercase().ends_with(SNAPSHOT_EXTENSION) {
        let bytes = match file.filter(|file| file.metadata().is_ok_and(|found| found.is_file())) {
            Some(file) => mapped(file)?,
            None => held(&begin, stream.take(GRAPH_LIMIT))?,
        };
        return Ok(Content::Snapshot(bytes));
    }
    text_of(name, begin.chain(stream), length, GRAPH_LIMIT).map(Content::Text)
}

/// The graph of what is named, laid over one another: built-in parts by their names, and files,
/// which `read` reads, each as what it holds and its layer. A snapshot that stands alone is not
/// read, one with others over it is.
pub(crate) fn layered<'f, F: ?Sized + AsRef<Path> + 'f, E: From<Vec<Diagnostic>>>(
    files: impl IntoIterator<Item = (&'f str, &'f F)>,
    mut read: impl FnMut(&F) -> Result<(Content, String), E>,
) -> Result<Atlas, E> {
    let mut builder = Builder::new();
    let mut files = files.into_iter().enumerate().peekable();
    while let Some((at, (name, file))) = files.next() {
        let alone = at == 0 && files.peek().is_none();
        if at == 0 && name == BUILT_IN_NAME {
            if alone {
                return Ok(Atlas::built_in());
            }
            builder = built_in();
            continue;
        }
        let is_meant = |layer| name == BUILT_IN_NAME || name.strip_prefix("ops-") == Some(layer);
        let mut built_in = BUILT_IN.iter().filter(|part| is_meant(part.layer)).peekable();
        if built_in.peek().is_some() {
            built_in.for_each(|part| part.read_into(&mut builder));
            continue;
        }
        if file.as_ref().is_dir() {
            read_folder(&mut builder, file.as_ref());
            continue;
        }
        match read(file)? {
            (Content::Text(text), layer) => super::read(&mut builder, &text, &layer),
            (Content::Snapshot(bytes), _) if at == 0 => {
                let atlas = Atlas::of_snapshot(&bytes, name).map_err(|problem| vec![problem])?;
                if alone {
                    return Ok(atlas);
                }
                let holding = intact(|| Builder::holding(&atlas, None));
                builder = holding.map_err(|problem| vec![*problem])?;
            }
            (Content::Snapshot(_), _) => {
                let message = format!("{name} is in binary form, which nothing can lie under");
                let problem = Diagnostic::new("bad-snapshot", message).outside();
                let help = "name it first: what is laid over it are texts";
                return Err(vec![problem.help(help)].into());
            }
        }
    }
    Ok(builder.finish()?)
}

/// Reads a folder of notes, which are one layer.
fn read_folder(builder: &mut Builder, folder: &Path) {
    let name = folder.to_string_lossy();
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let layer = whole.file_name().map_or(name.clone(), |base| base.to_string_lossy());
    match notes_in(folder) {
        Ok(files) => super::notes::read(builder, &files, &layer, &name),
        Err(problems) => problems.into_iter().for_each(|problem| builder.problem(problem)),
    }
}

impl Atlas {
    /// The graph made of files in any format that is read, later ones laid over earlier ones, as
    /// `-g` reads them; a folder is read as notes; `ops`, `ops-texts` and `ops-practice` are built in.
    ///
    /// ```
    /// use opsatlas::graph::Atlas;
    ///
    /// let file = std::env::temp_dir().join("opsatlas-example.csv");
    /// std::fs::write(&file, "from,kind,to\nbread,needs,dough\ndough,needs,flour\n")?;
    /// let atlas = Atlas::from_files([&file]).expect("a valid graph");
    /// let answer = atlas.query("prereqs bread over needs").expect("an answer");
    /// assert_eq!(answer.count(), 2);
    ///
    /// let problems = Atlas::from_files([file.with_extension("cvs")]).unwrap_err();
    /// assert_eq!(problems[0].code, "io");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// A file that cannot be read, is no text or has more than 2 GiB, or every problem of those
    /// that can be read.
    pub fn from_files<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let paths: Vec<PathBuf> = files.into_iter().map(|file| file.as_ref().to_owned()).collect();
        let names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let named = names.iter().map(AsRef::as_ref).zip(paths.iter().map(PathBuf::as_path));
        let read = |path: &Path| -> Result<(Content, String), Unread> {
            let file = File::open(path)?;
            let length = file.metadata()?.len();
            let name = path.to_string_lossy();
            let layer = layer_name(&name).to_owned();
            Ok((graph_of(&name, &file, Some(&file), length)?, layer))
        };
        let told =
            |path: &Path| read(path).map_err(|why| vec![why.problem(&path.to_string_lossy())]);
        layered(named, told)
    }
}

#[cfg(test)]
mod tests {
    use super::{LOOK, Unread, text_of};

    fn problem(bytes: &[u8], length: u64) -> Option<&'static str> {
        match text_of("x", bytes, length, 2 * LOOK as u64) {
            Ok(_) => None,
            Err(Unread::Content(problem)) => Some(problem.code),
            Err(Unread::Stream(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn a_text_has_a_length_and_no_mark() {
        let text = text_of("x", "\u{feff}é".as_bytes(), 0, 9).unwrap_or_else(|_| panic!("a text"));
        assert_eq!(text.content, "é");
        assert_eq!(problem(&vec![b'a'; 2 * LOOK], 0), None);
        assert_eq!(problem(&vec![b'a'; 2 * LOOK + 1], 0), Some("too-long"));
        assert_eq!(problem(b"a", u64::MAX), Some("too-long"), "what is known is not read");
    }

    #[test]
    fn what_is_no_text_is_told_by_its_first_bytes() {
        assert_eq!(
            problem(&vec![0; 5 * LOOK], 0),
            None,
            "it ends where it is known to be a device"
        );
        assert_eq!(problem(&vec![[b'a', 0xff]; 5 * LOOK].concat(), 0), Some("not-utf8"));
        // A character that the look cuts in two is whole behind it.
        let cut = format!("a{}", "é".repeat(LOOK - 1));
        assert_eq!(problem(cut.as_bytes(), 0), None);
    }
}
