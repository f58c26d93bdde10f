//! A folder's notes: every Markdown file in it and below, in the order of their paths. Hidden folders
//! and links to folders are passed over, so that no walk goes round.

use super::notes::{NoteFile, is_note};
use crate::diagnostic::{Diagnostic, Text};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many notes a folder may have, how long one may be and all together, in bytes.
const MOST_NOTES: usize = 100_000;
pub(super) const NOTE_LIMIT: u64 = 4 << 20;
const NOTES_LIMIT: u64 = 128 << 20;
/// How deep folders may lie in one another.
const DEPTH: usize = 64;

/// The notes of a folder, each read by `read`, or every problem with that.
pub(super) fn notes_in(
    folder: &Path,
    read: impl Fn(&Path) -> Result<Arc<Text>, Diagnostic>,
    failed: impl Fn(&Path, io::Error) -> Diagnostic,
) -> Result<Vec<NoteFile>, Vec<Diagnostic>> {
    let name = folder.to_string_lossy();
    let found = found(folder, &failed).map_err(|problem| vec![*problem])?;
    let (mut notes, mut problems, mut left) = (Vec::new(), Vec::new(), NOTES_LIMIT);
    for (path, place) in found {
        match read(&place) {
            Ok(text) => {
                let Some(rest) = left.checked_sub(text.content.len() as u64) else {
                    let message = format!(
                        "the notes of {name} have more than {NOTES_LIMIT} bytes, which is the limit"
                    );
                    problems.push(Diagnostic::new("too-long", message));
                    break;
                };
                left = rest;
                notes.push(NoteFile { path, text });
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(notes) } else { Err(problems) }
}

/// Paths within a folder, and where they are.
type FolderEntries = Vec<(String, PathBuf)>;

fn found(
    folder: &Path,
    failed: &impl Fn(&Path, io::Error) -> Diagnostic,
) -> Result<FolderEntries, Box<Diagnostic>> {
    let told = |path: &Path, why| Box::new(failed(path, why));
    let mut found = FolderEntries::new();
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
            if kind.is_dir() && depth < DEPTH {
                open.push((entry.path(), path + "/", depth + 1));
            } else if is_note(&base) && entry.path().is_file() {
                found.push((path, entry.path()));
            }
        }
        if found.len() > MOST_NOTES {
            let name = folder.to_string_lossy();
            let message = format!("{name} has more than {MOST_NOTES} notes, which is the limit");
            return Err(Box::new(Diagnostic::new("too-many", message)));
        }
    }
    found.sort();
    Ok(found)
}
