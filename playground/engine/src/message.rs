//! Messages: the length of a JSON text as four bytes, the lowest first, the text, and bytes behind
//! it, so that files and pictures need not be written as JSON.

use crate::options::Options;
use serde::Deserialize;

/// How many bytes tell the length.
const LENGTH: usize = 4;

/// What a host wants.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Request {
    /// Takes a graph: files, over the built-in one or instead of it.
    Open {
        /// Do the files lie over the built-in graph?
        over: bool,
        /// The files, whose bytes follow one another.
        files: Vec<File>,
        /// Do ends of edges that nothing defines become nodes?
        #[serde(default, rename = "createMissing")]
        create_missing: bool,
        /// What headers of sheets mean.
        #[serde(default)]
        columns: String,
    },
    /// Answers a query, and keeps the answers to be written.
    Ask {
        /// The query, or several.
        query: String,
    },
    /// Answers one query in a format, and keeps nothing but names.
    Query {
        /// The query.
        query: String,
        /// The format's name.
        format: String,
        /// How it shall look.
        #[serde(default)]
        options: Options,
    },
    /// Writes an answer that was kept.
    Write {
        /// Which of them.
        answer: usize,
        /// The format's name.
        format: String,
        /// How it shall look.
        #[serde(default)]
        options: Options,
    },
    /// What could be asked after an answer that was kept.
    Next {
        /// Which of them.
        answer: usize,
    },
    /// What could stand at the end of a text.
    Complete {
        /// The text up to the cursor.
        before: String,
    },
    /// What the parts of a text mean.
    Meanings {
        /// The text.
        text: String,
    },
    /// What there is: formats, importers, verbs, and the graph.
    Describe {
        /// Leaves the questions to begin with out, each of which has to be tried.
        #[serde(default)]
        brief: bool,
    },
    /// Panics, so that a host can try what it does then.
    Fail {},
}

/// A file among the bytes.
#[derive(Debug, Deserialize)]
pub(crate) struct File {
    /// Its name, whose extension tells the format; that of a note has its folder before it.
    pub(crate) name: String,
    /// How many bytes it has.
    pub(crate) length: usize,
}

/// A message in its bytes.
#[must_use]
pub fn write(json: &str, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(json.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes(), json.as_bytes(), bytes].concat()
}

/// The JSON text of a message and the bytes behind it; `None` if it is none.
#[must_use]
pub fn read(message: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = message.split_first_chunk::<LENGTH>()?;
    let (json, bytes) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((std::str::from_utf8(json).ok()?, bytes))
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(read(&write("{\"é\": 1}", &[0, 255])), Some(("{\"é\": 1}", &[0, 255][..])));
        assert_eq!(read(&write("", &[])), Some(("", &[][..])));
        for broken in [&[][..], &[1, 0, 0], &[9, 0, 0, 0, b'x'], &[1, 0, 0, 0, 0xff]] {
            assert_eq!(read(broken), None, "{broken:?}");
        }
    }
}
