//! What stands behind a flag: read, or told what it should have been.

use super::{NamedProfile, OWN_PROFILE};
use crate::cli::io::file_name::FileName;
use crate::cli::terminal::ColorChoice;
use clap_complete::Shell;
use std::ffi::OsString;
use std::time::Duration;

/// The value that a word stands for.
pub(super) fn one_of<T: Copy>(text: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let found = choices.iter().find(|(name, _)| *name == text);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        match names.split_last() {
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    })
}

pub(super) fn color(text: &str) -> Result<ColorChoice, String> {
    one_of(text, &COLORS)
}

/// When there are colours.
pub(crate) const COLORS: [(&str, ColorChoice); 3] =
    [("auto", ColorChoice::Auto), ("always", ColorChoice::Always), ("never", ColorChoice::Never)];

/// The shells that have a completion script.
pub(crate) const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

pub(super) fn shell(text: &str) -> Result<Shell, &'static str> {
    text.to_lowercase().parse().map_err(|_| "bash, zsh, fish, elvish or powershell")
}

pub(super) fn whole_number(text: &str) -> Result<usize, &'static str> {
    text.parse().map_err(|_| "a whole number")
}

pub(super) fn seconds(text: &str) -> Result<Duration, &'static str> {
    let limit = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    limit.ok_or("a number of seconds")
}

/// `ana=ana.json`, or the file alone, which is one's own.
impl From<OsString> for NamedProfile {
    fn from(value: OsString) -> Self {
        let is_name = |name: &str| {
            let mut letters = name.chars();
            letters.next().is_some_and(char::is_alphabetic)
                && letters.all(|letter| letter.is_alphanumeric() || "-_".contains(letter))
        };
        let bytes = value.as_encoded_bytes();
        let sign = bytes.iter().position(|byte| *byte == b'=').unwrap_or(0);
        match str::from_utf8(&bytes[..sign]) {
            Ok(name) if is_name(name) && sign + 1 < bytes.len() => {
                Self { name: name.to_owned(), file: FileName::of_bytes(&bytes[sign + 1..]) }
            }
            _ => Self { name: OWN_PROFILE.to_owned(), file: value.into() },
        }
    }
}
