//! Files to graphs: the one place below the program that opens any.

use super::decoded::{is_utf16, utf8};
use super::folder::{NOTE_LIMIT, notes_in};
use super::mapping::{held, mapped};
use super::workbook::{book_of, sheet_of};
use super::{Reading, is_binary};
use crate::data::{BUILT_IN, built_in, layer_name};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, Builder, Bytes, MAGIC, intact};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How large a graph file may be, in bytes.
pub(crate) const GRAPH_LIMIT: u64 = 2 << 30;
/// What the names of snapshots end in.
pub const SNAPSHOT_EXTENSION: &str = ".atlas";
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

/// The bytes of an open file, or of a stream, of at most `limit`. `length` is what the file is
/// known to have. Of what is no graph, as its first bytes tell, no more is read: it may be large,
/// or an endless device.
pub(crate) fn bytes_of(
    name: &str,
    stream: impl Read,
    length: u64,
    limit: u64,
) -> Result<Vec<u8>, Unread> {
    let begins = |bytes: &[u8]| begins_as_text(bytes) || is_binary(bytes) || is_utf16(bytes);
    limited(name, stream, length, limit, begins)
}

/// The text of an open file, or of a stream, of at most `limit` bytes, without a byte-order mark;
/// see [`bytes_of`].
pub(crate) fn text_of(
    name: &str,
    stream: impl Read,
    length: u64,
    limit: u64,
) -> Result<Arc<Text>, Unread> {
    utf8(name, limited(name, stream, length, limit, begins_as_text)?).map_err(Unread::Content)
}

fn begins_as_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn limited(
    name: &str,
    mut stream: impl Read,
    length: u64,
    limit: u64,
    begins: impl Fn(&[u8]) -> bool,
) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    if length <= limit {
        stream.by_ref().take(LOOK as u64).read_to_end(&mut bytes)?;
        if begins(&bytes) && !is_device(&bytes) {
            stream.take((limit + 1).saturating_sub(LOOK as u64)).read_to_end(&mut bytes)?;
        }
    }
    if length.max(bytes.len() as u64) > limit {
        return Err(Unread::Content(too_long(name, limit)));
    }
    Ok(bytes)
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

/// What a graph file holds, and the layer it is.
pub(crate) struct Held {
    pub(crate) name: String,
    pub(crate) content: Content,
    pub(crate) layer: String,
}

/// What a graph file holds.
pub(crate) enum Content {
    /// What is read.
    Bytes(Vec<u8>),
    /// What is mapped instead.
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
    bytes_of(name, begin.chain(stream), length, GRAPH_LIMIT).map(Content::Bytes)
}

/// The layer of a file: without folder and extension, a sheet of a workbook with its name.
pub(crate) fn layer_of(name: &str) -> String {
    match sheet_of(name) {
        (book, Some(sheet)) => format!("{}#{sheet}", layer_name(book)),
        (book, None) => layer_name(book).to_owned(),
    }
}

/// The graph of what is named, laid over one another: built-in parts by their names, and files,
/// which `read` reads. A snapshot that stands alone is not read, one with others over it is.
pub(crate) fn layered<'f, F: ?Sized + AsRef<Path> + 'f, E: From<Vec<Diagnostic>>>(
    files: impl IntoIterator<Item = (&'f str, &'f F)>,
    read: impl FnMut(&F) -> Result<Held, E>,
    reading: &mut Reading,
) -> Result<Atlas, E> {
    let (builder, whole) = laid_over(None, files, read, reading)?;
    let built = builder.finish()?;
    Ok(whole.unwrap_or(built))
}

/// What is named, laid over one another and, if there is any, over what lies `under` them; or the
/// graph that stands alone.
pub(crate) fn laid_over<'f, F: ?Sized + AsRef<Path> + 'f, E: From<Vec<Diagnostic>>>(
    under: Option<Builder>,
    files: impl IntoIterator<Item = (&'f str, &'f F)>,
    mut read: impl FnMut(&F) -> Result<Held, E>,
    reading: &mut Reading,
) -> Result<(Builder, Option<Atlas>), E> {
    let first = usize::from(under.is_some());
    let (mut builder, mut whole) = (under.unwrap_or_default(), None);
    let mut files = files.into_iter().enumerate().map(|(at, file)| (at + first, file)).peekable();
    while let Some((at, (name, file))) = files.next() {
        let alone = at == 0 && files.peek().is_none();
        if at == 0 && name == BUILT_IN_NAME {
            if alone {
                whole = Some(Atlas::built_in());
            } else {
                builder = built_in();
            }
            continue;
        }
        let is_meant = |layer| name == BUILT_IN_NAME || name.strip_prefix("ops-") == Some(layer);
        let mut built_in = BUILT_IN.iter().filter(|part| is_meant(part.layer)).peekable();
        if built_in.peek().is_some() {
            built_in.for_each(|part| part.read_into(&mut builder));
        } else if file.as_ref().is_dir() {
            read_folder(&mut builder, file.as_ref(), reading);
        } else {
            let Held { name, content, layer } = read(file)?;
            match content {
                Content::Bytes(bytes) => {
                    super::read_bytes(&mut builder, &name, bytes, &layer, reading);
                }
                Content::Snapshot(bytes) => {
                    let atlas = lowest(at, &bytes, &name).map_err(|problem| vec![problem])?;
                    if alone {
                        whole = Some(atlas);
                        continue;
                    }
                    builder = holding(&atlas).map_err(|problem| vec![*problem])?;
                }
            }
        }
    }
    reading.end(&mut builder);
    Ok((builder, whole))
}

/// Is this the name of a graph, or of a layer, that is built in?
#[cfg(feature = "databases")]
pub(crate) fn is_built_in(name: &str) -> bool {
    let layer = |part: &crate::data::BuiltIn| name.strip_prefix("ops-") == Some(part.layer);
    name == BUILT_IN_NAME || BUILT_IN.iter().any(layer)
}

fn holding(atlas: &Atlas) -> Result<Builder, Box<Diagnostic>> {
    intact(|| Builder::holding(atlas, None))
}

/// A builder that holds the graph of a snapshot, so that files can be laid over it.
///
/// # Errors
/// It is of another version, cut off or damaged.
pub fn read_snapshot(name: &str, bytes: &[u8]) -> Result<Builder, Box<Diagnostic>> {
    let bytes = held(&[], bytes).map_err(|why| Unread::Stream(why).problem(name))?;
    holding(&Atlas::of_snapshot(&bytes, name)?)
}

/// The graph of a snapshot, under which there must be nothing.
fn lowest(at: usize, bytes: &Bytes, name: &str) -> Result<Atlas, Diagnostic> {
    if at == 0 {
        return Atlas::of_snapshot(bytes, name);
    }
    let message = format!("{name} is in binary form, which nothing can lie under");
    let problem = Diagnostic::new("bad-snapshot", message).outside();
    Err(problem.help("name it first: what is laid over it are texts"))
}

/// Reads a folder of notes, which are one layer.
fn read_folder(builder: &mut Builder, folder: &Path, reading: &Reading) {
    let name = folder.to_string_lossy();
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let layer = whole.file_name().map_or(name.clone(), |base| base.to_string_lossy());
    let told = |path: &Path, why: Unread| why.problem(&path.to_string_lossy());
    let read = |path: &Path| {
        let opened = || {
            let file = File::open(path)?;
            let length = file.metadata()?.len();
            text_of(&path.to_string_lossy(), file, length, NOTE_LIMIT)
        };
        opened().map_err(|why| told(path, why))
    };
    match notes_in(folder, read, |path, why| told(path, why.into())) {
        Ok(files) => super::notes::read(builder, &files, &layer, &name, reading),
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
        Self::read_files(files, &mut Reading::default())
    }

    /// The same, [read as is said](Reading).
    ///
    /// # Errors
    /// See [`Atlas::from_files`]; a header that is said to mean something and stands in no sheet.
    pub fn read_files<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
        reading: &mut Reading,
    ) -> Result<Self, Vec<Diagnostic>> {
        let paths: Vec<PathBuf> = files.into_iter().map(|file| file.as_ref().to_owned()).collect();
        let names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let named = names.iter().map(AsRef::as_ref).zip(paths.iter().map(PathBuf::as_path));
        let read = |path: &Path| -> Result<Held, Unread> {
            let name = path.to_string_lossy().into_owned();
            let file = File::open(book_of(path))?;
            let length = file.metadata()?.len();
            let content = graph_of(&name, &file, Some(&file), length)?;
            Ok(Held { layer: layer_of(&name), name, content })
        };
        let told =
            |path: &Path| read(path).map_err(|why| vec![why.problem(&path.to_string_lossy())]);
        layered(named, told, reading)
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
