//! Names of files as the system has them: bytes, which need not be text. Arguments are read as text,
//! so bytes that are none travel in it as private characters and are bytes again in a name.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

/// Stands for byte 0; no byte below 128 is ever told so.
const BYTES: u32 = 0x0010_ff00;

/// The byte that a character stands for.
fn byte(character: char) -> Option<u8> {
    let byte = (character as u32).checked_sub(BYTES).filter(|byte| *byte >= 0x80)?;
    u8::try_from(byte).ok()
}

/// An argument as text. Characters that stand for bytes here are told by their own bytes, so that
/// nothing is lost.
pub(crate) fn as_text(argument: &OsStr) -> String {
    let mut text = String::new();
    for chunk in argument.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            match byte(character) {
                None => text.push(character),
                Some(_) => stand_in(&mut text, character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        stand_in(&mut text, chunk.invalid());
    }
    text
}

fn stand_in(text: &mut String, bytes: &[u8]) {
    text.extend(bytes.iter().filter_map(|byte| char::from_u32(BYTES + u32::from(*byte))));
}

/// The bytes of such a text.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match byte(character) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

/// The text that an argument is, or where its first byte stands that is none, and the text as one
/// can show it.
pub(crate) fn told(argument: &str) -> Result<String, (usize, String)> {
    String::from_utf8(bytes(argument)).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        (valid, String::from_utf8_lossy(error.as_bytes()).into_owned())
    })
}

/// A file's name, or `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileName {
    path: PathBuf,
    /// How to tell it: a byte that is no text as `\xff`.
    told: String,
}

impl FileName {
    /// The name in words.
    pub(crate) fn as_str(&self) -> &str {
        &self.told
    }

    /// The name itself.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Does it mean standard input or output?
    pub(crate) fn is_stream(&self) -> bool {
        self.told == "-"
    }
}

impl From<&str> for FileName {
    fn from(text: &str) -> Self {
        #[cfg(unix)]
        let path = {
            use std::os::unix::ffi::OsStringExt;
            PathBuf::from(std::ffi::OsString::from_vec(bytes(text)))
        };
        #[cfg(not(unix))]
        let path = PathBuf::from(String::from_utf8_lossy(&bytes(text)).into_owned());
        Self::from(path)
    }
}

impl From<PathBuf> for FileName {
    fn from(path: PathBuf) -> Self {
        let mut told = String::new();
        for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
            told.push_str(chunk.valid());
            told.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
        }
        Self { path, told }
    }
}

impl AsRef<Path> for FileName {
    fn as_ref(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::{FileName, as_text, told};
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn every_byte_comes_through() {
        let all: Vec<u8> = (1..=255).collect();
        for bytes in [&all[..], b"plain", "é\u{10ffff}\u{10ff80}".as_bytes(), b"a\xff\xc3", b"-"] {
            let text = as_text(OsStr::from_bytes(bytes));
            assert_eq!(FileName::from(text.as_str()).path().as_os_str().as_bytes(), bytes);
            assert_eq!(told(&text).ok().as_deref(), std::str::from_utf8(bytes).ok());
        }
        assert_eq!(
            FileName::from(as_text(OsStr::from_bytes(b"a\xffb")).as_str()).as_str(),
            "a\\xffb"
        );
        assert_eq!(told(&as_text(OsStr::from_bytes(b"a\xffb"))), Err((1, "a\u{fffd}b".to_owned())));
    }
}
