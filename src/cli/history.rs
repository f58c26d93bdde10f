//! What was typed before: kept from run to run, shared by prompts that are open at once, and
//! found whatever its letter case.

use rustyline::history::{FileHistory, History, SearchDirection, SearchResult};
use rustyline::{Config, Result};
use std::io;
use std::path::{Path, PathBuf};

/// How many entries are kept.
pub(crate) const KEPT: usize = 5_000;

/// The entries, and where they are kept.
#[derive(Default)]
pub(crate) struct Recall {
    entries: FileHistory,
    file: Option<PathBuf>,
}

impl Recall {
    /// What earlier runs have left, and why nothing can be kept, if so.
    pub(crate) fn open(config: &Config) -> (Self, Option<String>) {
        let mut entries = FileHistory::with_config(config);
        let file = match history_file() {
            Ok(file) => file,
            Err(error) => return (Self { entries, file: None }, Some(note(&error))),
        };
        let failed = match entries.load(&file) {
            Ok(()) => None,
            // A first run has no history yet.
            Err(_) if !file.exists() => None,
            Err(error) => Some(note(&error)),
        };
        (Self { entries, file: Some(file) }, failed)
    }

    /// Keeps a line; tells, the first time, why it cannot be written.
    pub(crate) fn keep(&mut self, line: &str) -> Option<String> {
        let added = self.entries.add(line).unwrap_or(false);
        let file = self.file.as_ref().filter(|_| added)?;
        let error = self.entries.append(file).err()?;
        self.file = None;
        Some(note(&error))
    }
}

fn note(error: &dyn std::error::Error) -> String {
    format!("note: the history lasts until you leave; it cannot be kept: {error}\n")
}

/// The history's file in the user's state folder, which is made if it is missing.
fn history_file() -> io::Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let state = variable("XDG_STATE_HOME").or_else(|| variable("LOCALAPPDATA")).map(PathBuf::from);
    let home = || variable("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    let Some(state) = state.or_else(home) else {
        return Err(io::Error::other("neither XDG_STATE_HOME nor HOME is set"));
    };
    let folder = state.join("opsatlas");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join("history"))
}

/// The place of `term` in `entry`, whatever the letter case.
fn position(entry: &str, term: &str) -> Option<usize> {
    let term = term.to_lowercase();
    let begins = |at: usize| {
        let mut letters = entry[at..].chars().flat_map(char::to_lowercase);
        term.chars().all(|letter| letters.next() == Some(letter))
    };
    entry.char_indices().map(|(at, _)| at).find(|at| begins(*at))
}

impl History for Recall {
    fn search(
        &self,
        term: &str,
        start: usize,
        dir: SearchDirection,
    ) -> Result<Option<SearchResult<'_>>> {
        if term.is_empty() || start >= self.len() {
            return Ok(None);
        }
        let mut at = start;
        loop {
            if let Some(found) = self.get(at, dir)?
                && let Some(pos) = position(&found.entry, term)
            {
                return Ok(Some(SearchResult { pos, ..found }));
            }
            let next = match dir {
                SearchDirection::Forward => Some(at + 1).filter(|next| *next < self.len()),
                SearchDirection::Reverse => at.checked_sub(1),
            };
            match next {
                Some(next) => at = next,
                None => return Ok(None),
            }
        }
    }

    fn starts_with(
        &self,
        term: &str,
        start: usize,
        dir: SearchDirection,
    ) -> Result<Option<SearchResult<'_>>> {
        self.entries.starts_with(term, start, dir)
    }

    fn get(&self, index: usize, dir: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        self.entries.get(index, dir)
    }

    fn add(&mut self, line: &str) -> Result<bool> {
        self.entries.add(line)
    }

    fn add_owned(&mut self, line: String) -> Result<bool> {
        self.entries.add_owned(line)
    }

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn set_max_len(&mut self, len: usize) -> Result<()> {
        self.entries.set_max_len(len)
    }

    fn ignore_dups(&mut self, yes: bool) -> Result<()> {
        self.entries.ignore_dups(yes)
    }

    fn ignore_space(&mut self, yes: bool) {
        self.entries.ignore_space(yes);
    }

    fn save(&mut self, path: &Path) -> Result<()> {
        self.entries.save(path)
    }

    fn append(&mut self, path: &Path) -> Result<()> {
        self.entries.append(path)
    }

    fn load(&mut self, path: &Path) -> Result<()> {
        self.entries.load(path)
    }

    fn clear(&mut self) -> Result<()> {
        self.entries.clear()
    }
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn letter_case_does_not_matter_where_places_do() {
        assert_eq!(position("prereqs MLOps", "mlops"), Some(8));
        assert_eq!(position("é: Straße ÉTÉ", "été"), Some("é: Straße ".len()));
        assert_eq!(position("prereqs", "unlocks"), None);
    }
}
