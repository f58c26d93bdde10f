//! A folder's notes: every Markdown file in it and below, in the order of their paths. Hidden folders
//! and links to folders are passed over, so that no walk goes round.

use super::files::{Unread, text_of, too_long};
use super::notes::{NoteFile, is_note};
use crate::diagnostic::Diagnostic;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// How many notes a folder may have, how long one may be and all together, in bytes.
pub(crate) const MOST_NOTES: usize = 100_000;
pub(crate) const NOTE_LIMIT: u64 = 4 << 20;
pub(crate) const NOTES_LIMIT: u64 = 128 << 20;
/// How deep folders may lie in one another.
const DEPTH: usize = 64;

/// The notes of a folder, or every problem with reading them.
pub(crate) fn notes_in(folder: &Path) -> Result<Vec<NoteFile>, Vec<Diagnostic>> {
    let name = folder.to_string_lossy().into_owned();
    let told =
        |path: &Path, why: io::Error| vec![Unread::from(why).problem(&path.to_string_lossy())];
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((place, inner, depth)) = open.pop() {
        for entry in fs::read_dir(&place).map_err(|why| told(&place, why))? {
            let entry = entry.map_err(|why| told(&place, why))?;
            let base = entry.file_name().to_string_lossy().into_owned();
            if base.starts_with('.') {
                continue;
            }
            let path = format!("{inner}{base}");
            let kind = entry.file_type().map_err(|why| told(&entry.path(), why))?;
            if kind.is_dir() {
                if depth < DEPTH {
                    open.push((entry.path(), path + "/", depth + 1));
                }
            } else if is_note(&base) && entry.path().is_file() {
                found.push((path, entry.path()));
                if found.len() > MOST_NOTES {
                    let message =
                        format!("{name} has more than {MOST_NOTES} notes, which is the limit");
                    return Err(vec![Diagnostic::new("too-many", message).outside()]);
                }
            }
        }
    }
    found.sort();
    let (mut notes, mut problems, mut left) = (Vec::new(), Vec::new(), NOTES_LIMIT);
    for (path, place) in found {
        let name = place.to_string_lossy().into_owned();
        match read(&name, &place) {
            Ok(note) => {
                let length = note.content.len() as u64;
                let Some(rest) = left.checked_sub(length) else {
                    problems.push(too_long(&folder.to_string_lossy(), NOTES_LIMIT));
                    break;
                };
                left = rest;
                notes.push(NoteFile { path, text: note });
            }
            Err(why) => problems.push(why.problem(&name)),
        }
    }
    if problems.is_empty() { Ok(notes) } else { Err(problems) }
}

fn read(name: &str, place: &Path) -> Result<std::sync::Arc<crate::diagnostic::Text>, Unread> {
    let file = File::open(place)?;
    let length = file.metadata()?.len();
    text_of(name, file, length, NOTE_LIMIT)
}
