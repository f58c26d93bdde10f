//! Names of files as the system has them: bytes, which need not be text.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// The folder for what is kept of a user: where the first of these variables says that such things
/// are, or below the home folder.
pub(crate) fn own_folder(variables: [&str; 2], below_home: &str) -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let named = variables.into_iter().find_map(variable).map(PathBuf::from);
    let home = || Some(PathBuf::from(variable("HOME")?).join(below_home));
    Some(named.or_else(home)?.join("opsatlas"))
}

/// A file's name, or `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileName {
    path: PathBuf,
    /// How to tell it: a byte that is no text as `\xff`.
    told: String,
}

impl FileName {
    /// A file as a user of a prompt writes it: `~/` is the home folder, as in a shell.
    pub(crate) fn at_home(file: &str) -> String {
        let home = std::env::var("HOME").ok().filter(|home| !home.is_empty());
        match (file.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => format!("{home}/{rest}"),
            _ => file.to_owned(),
        }
    }

    /// The name of these bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        #[cfg(unix)]
        let name = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).to_owned();
        #[cfg(not(unix))]
        let name = OsString::from(String::from_utf8_lossy(bytes).into_owned());
        name.into()
    }

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
        PathBuf::from(text).into()
    }
}

impl From<OsString> for FileName {
    fn from(name: OsString) -> Self {
        PathBuf::from(name).into()
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
    use super::FileName;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn every_byte_comes_through_and_can_be_told() {
        let all: Vec<u8> = (1..=255).collect();
        for bytes in [&all[..], b"plain", "é\u{10ffff}".as_bytes(), b"a\xff\xc3"] {
            assert_eq!(FileName::of_bytes(bytes).path().as_os_str().as_bytes(), bytes);
        }
        assert_eq!(FileName::of_bytes(b"a\xffb\xc3").as_str(), "a\\xffb\\xc3");
        assert!(FileName::from("-").is_stream() && !FileName::from("./-").is_stream());
    }
}
