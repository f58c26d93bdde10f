//! What is told besides, and the setting that it names.

use super::bounded;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::ops::{Deref, Range};

/// A note on an answer or a graph, or advice on a problem. It reads as the text that it is; a setting
/// that it names has a plain name, until whoever shows it says how such a name is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    text: String,
    setting: Option<NamedSetting>,
}

/// Where a note names a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct NamedSetting {
    name: Range<usize>,
    /// Where the note ends for somebody who has no such setting.
    told: usize,
}

impl Note {
    /// A note on what a setting would change: `3 of 10 are told; limit-rows raises that`.
    #[must_use]
    pub fn on(text: impl Into<String>, name: &str, effect: &str) -> Self {
        let text = bounded(text.into());
        let told = text.len();
        let note = Self::naming(&(text + "; "), name, &format!(" {effect}"));
        Self { setting: note.setting.map(|setting| NamedSetting { told, ..setting }), ..note }
    }

    /// A note that names a setting on its way.
    #[must_use]
    pub fn naming(before: &str, name: &str, behind: &str) -> Self {
        let before = bounded(before.to_owned());
        let text = format!("{before}{name}{}", bounded(behind.to_owned()));
        let name = before.len()..before.len() + name.len();
        Self { setting: Some(NamedSetting { name, told: text.len() }), text }
    }

    /// The name of the setting, if it names one.
    #[must_use]
    pub fn setting(&self) -> Option<&str> {
        self.setting.as_ref().map(|setting| &self.text[setting.name.clone()])
    }

    /// What it says to somebody who cannot change the setting.
    #[must_use]
    pub fn without_setting(&self) -> &str {
        self.setting.as_ref().map_or(&*self.text, |setting| &self.text[..setting.told])
    }

    /// Calls the setting as whoever asks does: `prefix` before its plain name.
    pub fn prefix_setting(&mut self, prefix: &str) {
        if let Some(NamedSetting { name, told }) = &mut self.setting {
            self.text.insert_str(name.start, prefix);
            *told += if *told > name.start { prefix.len() } else { 0 };
            name.end += prefix.len();
        }
    }

    /// The same, with something in front of it.
    pub(crate) fn behind(mut self, before: &str) -> Self {
        self.text.insert_str(0, before);
        if let Some(NamedSetting { name, told }) = &mut self.setting {
            *told += before.len();
            *name = name.start + before.len()..name.end + before.len();
        }
        self
    }

    /// Cuts what it says to what one can read; around a setting, that is done from the start.
    pub(crate) fn bound(&mut self) {
        if self.setting.is_none() {
            self.text = bounded(std::mem::take(&mut self.text));
        }
    }
}

impl<T: Into<String>> From<T> for Note {
    fn from(text: T) -> Self {
        Self { text: text.into(), setting: None }
    }
}

impl Deref for Note {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Borrow<str> for Note {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq<&str> for Note {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl PartialEq<str> for Note {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Note;

    #[test]
    fn a_setting_has_a_plain_name_until_somebody_types_it() {
        let mut note = Note::on("3 of 10 are told", "limit-rows", "raises that");
        assert_eq!(note, "3 of 10 are told; limit-rows raises that");
        assert_eq!(
            (note.setting(), note.without_setting()),
            (Some("limit-rows"), "3 of 10 are told")
        );
        note.prefix_setting("/");
        assert_eq!(note, "3 of 10 are told; /limit-rows raises that");
        assert_eq!(note.without_setting(), "3 of 10 are told");
        note.prefix_setting("+");
        assert_eq!(note.setting(), Some("+/limit-rows"));
        let plain = Note::from("no problems");
        assert_eq!((plain.setting(), plain.without_setting()), (None, "no problems"));
    }

    #[test]
    fn a_setting_on_the_way_is_found_behind_anything() {
        let mut note = Note::naming("write `", "save", " g.json`").behind("a.csv:1: ");
        note.prefix_setting("/");
        assert_eq!(note, "a.csv:1: write `/save g.json`");
        assert_eq!((note.setting(), note.without_setting()), (Some("/save"), &*note));
        let long = Note::on("x".repeat(5_000_000), "limit-rows", "raises that");
        assert_eq!(long.without_setting().chars().count(), 61);
        assert_eq!(long.setting(), Some("limit-rows"));
    }
}
