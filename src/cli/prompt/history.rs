//! What was typed before: kept from run to run, shared by prompts that are open at once, and
//! found whatever its letter case.

use crate::cli::io::{
    destination,
    file_name::own_folder,
    inputs::{self, Purpose},
    lock,
    replace::{Refusal, Terms, replace},
};
use rustyline::history::{History, MemHistory, SearchDirection, SearchResult};
use rustyline::{Config, Result};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many entries are kept.
pub(crate) const KEPT: usize = 5_000;

/// How many more a file may have before the oldest go.
const SLACK: usize = 500;
/// The first line of a file in which `\\` and `\n` stand for a backslash and the end of a line.
const HEADER: &str = "#V2";

/// The entries, and where they are kept.
#[derive(Default)]
pub(crate) struct LineHistory {
    entries: MemHistory,
    file: Option<PathBuf>,
}

impl LineHistory {
    /// What earlier runs have left, and why nothing can be kept, if so.
    pub(crate) fn open(config: &Config) -> (Self, Option<String>) {
        let mut entries = MemHistory::with_config(config);
        match history_file().and_then(|file| Ok((kept_in(&file)?, file))) {
            Ok((kept, file)) => {
                for entry in kept {
                    // What is not worth keeping is left out, as when it was typed.
                    let _ = entries.add_owned(entry);
                }
                (Self { entries, file: Some(file) }, None)
            }
            Err(error) => (Self { entries, file: None }, Some(note(&error))),
        }
    }

    /// Keeps a line; tells, the first time, why it cannot be written.
    pub(crate) fn keep(&mut self, line: &str) -> Option<String> {
        let added = self.entries.add(line).unwrap_or(false);
        let file = self.file.as_ref().filter(|_| added)?;
        let error = append(file, line).err()?;
        self.file = None;
        Some(note(&error))
    }
}

/// The entries of a file; none if there is none yet.
fn kept_in(file: &Path) -> io::Result<Vec<String>> {
    let found = match fs::metadata(file) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            inputs::note(Purpose::History, file, None);
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    if !found.is_file() {
        return Err(io::Error::other(format!("{} is no regular file", file.display())));
    }
    inputs::note(Purpose::History, file, Some(&found));
    let text = fs::read_to_string(file)?;
    Ok(text.lines().filter(|line| !line.is_empty() && *line != HEADER).map(unescaped).collect())
}

/// Adds an entry to a file, which is made if it is missing and cut short if it has grown long. No
/// two do this at once.
fn append(file: &Path, entry: &str) -> io::Result<()> {
    let _lock = lock::beside(file)?;
    let mut kept = kept_in(file)?;
    // With slack: the file is written anew once in so many lines, and not at each one.
    if kept.len() >= KEPT + SLACK {
        kept.push(entry.to_owned());
        return rewrite(file, &kept[kept.len() - KEPT..]);
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut opened = options.open(file)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A file that was there may be open to others.
        opened.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    let line = escaped(entry);
    let first = opened.metadata()?.len() == 0;
    let text = if first { format!("{HEADER}\n{line}\n") } else { format!("{line}\n") };
    opened.write_all(text.as_bytes())
}

fn rewrite(file: &Path, entries: &[String]) -> io::Result<()> {
    let lines: String = entries.iter().map(|entry| escaped(entry) + "\n").collect();
    let text = format!("{HEADER}\n{lines}");
    let terms = Terms { private: true, ..Terms::default() };
    replace(&destination::resolved(file)?, text.as_bytes(), terms).map_err(
        |refusal| match refusal {
            Refusal::Failed(error) => error,
            _ => io::ErrorKind::PermissionDenied.into(),
        },
    )
}

fn escaped(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace('\n', "\\n")
}

/// An entry as it was typed; a line with other escapes is as it stands.
fn unescaped(line: &str) -> String {
    let mut entry = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, false) => entry.push(letter),
            _ => match letters.next() {
                Some('n') => entry.push('\n'),
                Some('\\') => entry.push('\\'),
                _ => return line.to_owned(),
            },
        }
    }
    entry
}

fn note(error: &dyn std::error::Error) -> String {
    format!("note: the history lasts until you leave; it cannot be kept: {error}\n")
}

/// The history's file in the user's state folder, which is made if it is missing.
fn history_file() -> io::Result<PathBuf> {
    let Some(folder) = own_folder(["XDG_STATE_HOME", "LOCALAPPDATA"], ".local/state") else {
        return Err(io::Error::other("neither XDG_STATE_HOME nor HOME is set"));
    };
    fs::create_dir_all(&folder)?;
    Ok(folder.join("history"))
}

/// The place of `term` in `entry`, whatever the letter case.
fn position(entry: &str, term: &str) -> Option<usize> {
    let term = term.to_lowercase();
    // Letter by letter: a text in small letters may be longer, and its places would be others.
    let begins = |at: usize| {
        let mut letters = entry[at..].chars().flat_map(char::to_lowercase);
        term.chars().all(|letter| letters.next() == Some(letter))
    };
    entry.char_indices().map(|(at, _)| at).find(|at| begins(*at))
}

impl History for LineHistory {
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
    use super::{HEADER, KEPT, SLACK, append, escaped, kept_in, position, unescaped};

    #[test]
    fn a_file_grows_by_lines_and_is_cut_short_once_it_is_long() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("history");
        append(&file, "nodes").expect("kept");
        append(&file, "a\nb").expect("kept");
        assert_eq!(kept_in(&file).expect("there"), ["nodes", "a\nb"]);
        assert_eq!(std::fs::read_to_string(&file).expect("there"), "#V2\nnodes\na\\nb\n");
        let lines: Vec<String> = (0..KEPT + SLACK).map(|at| format!("show {at}\n")).collect();
        let lines = lines.concat();
        std::fs::write(&file, format!("{HEADER}\n{lines}")).expect("written");
        append(&file, "last").expect("kept");
        let kept = kept_in(&file).expect("there");
        assert_eq!((kept.len(), kept[KEPT - 1].as_str()), (KEPT, "last"));
        assert_eq!(kept[0], format!("show {}", SLACK + 1));
    }

    #[test]
    fn entries_outlive_their_file() {
        for entry in ["nodes", "a\nb", "C:\\new\\", "\\n", "é\\\n\\n"] {
            assert_eq!(unescaped(&escaped(entry)), entry);
            assert!(!escaped(entry).contains('\n'));
        }
        assert_eq!(unescaped("a\\b\\n"), "a\\b\\n");
    }

    #[test]
    fn letter_case_does_not_matter_where_places_do() {
        assert_eq!(position("prereqs MLOps", "mlops"), Some(8));
        assert_eq!(position("é: Straße ÉTÉ", "été"), Some("é: Straße ".len()));
        assert_eq!(position("prereqs", "unlocks"), None);
    }
}
