//! What is worth knowing besides an answer.

use crate::diagnostic::bounded;
use std::fmt;

/// A note on an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it says.
    pub text: String,
    /// The setting that would change that, if one would.
    pub setting: Option<Setting>,
}

/// A setting of whoever asks: a program names its own for it, the command line a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its plain name, such as `limit-rows`.
    pub name: String,
    /// What it does, behind its name: `raises that`.
    pub effect: &'static str,
}

impl Note {
    /// A note on what `setting` would change.
    pub fn on(text: impl Into<String>, name: &'static str, effect: &'static str) -> Self {
        Self { text: text.into(), setting: Some(Setting { name: name.to_owned(), effect }) }
    }

    /// Cuts what it says to what one can read.
    pub(crate) fn bound(&mut self) {
        self.text = bounded(std::mem::take(&mut self.text));
    }

    /// Calls the setting as whoever asks does: `prefix` before its plain name.
    pub fn prefix_setting(&mut self, prefix: &str) {
        if let Some(setting) = &mut self.setting {
            setting.name.insert_str(0, prefix);
        }
    }
}

impl<T: Into<String>> From<T> for Note {
    fn from(text: T) -> Self {
        Self { text: text.into(), setting: None }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.setting {
            Some(Setting { name, effect }) => write!(f, "{}; {name} {effect}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Note;

    #[test]
    fn a_setting_has_a_plain_name_until_somebody_types_it() {
        let mut note = Note::on("3 of 10 are told", "limit-rows", "raises that");
        assert_eq!(note.to_string(), "3 of 10 are told; limit-rows raises that");
        note.prefix_setting("--");
        assert_eq!(note.to_string(), "3 of 10 are told; --limit-rows raises that");
        assert_eq!(Note::from("no problems").to_string(), "no problems");
    }
}
