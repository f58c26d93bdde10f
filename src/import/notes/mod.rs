//! A folder of Markdown notes: each is a node, front matter is what it says of it, links are edges,
//! each cited to its file and line. Obsidian's ways of linking, and the Open Knowledge Format, whose
//! claims name their sources.

mod body;
mod claims;
mod front_matter;
mod links;
mod names;
mod note;
mod relations;

use crate::diagnostic::{Diagnostic, Text};
use crate::graph::Builder;
use crate::import::Reading;
use crate::import::decoded::utf8;
use links::Linked;
use names::NoteNames;
use note::MarkdownNote;
use std::sync::Arc;

/// A note on its way in: where it stands in its folder, with `/` between folders, and its text.
pub(crate) struct NoteFile {
    pub(crate) path: String,
    pub(crate) text: Arc<Text>,
}

/// Extensions of notes.
pub(crate) const EXTENSIONS: [&str; 2] = ["md", "markdown"];

/// The path without the extension of a note, if it has one.
fn stem(path: &str) -> Option<&str> {
    let (stem, end) = path.rsplit_once('.')?;
    EXTENSIONS.iter().any(|own| own.eq_ignore_ascii_case(end)).then_some(stem)
}

/// Is this the name of a note?
#[must_use]
pub fn is_note(file: &str) -> bool {
    stem(file).is_some()
}

/// Reads notes into the builder as one layer, as a folder of this name is read: each with its path in
/// the folder, and its bytes.
pub fn read_notes(
    builder: &mut Builder,
    folder: &str,
    notes: Vec<(String, Vec<u8>)>,
    reading: &Reading,
) {
    let mut files = Vec::new();
    for (path, bytes) in notes {
        match utf8(&format!("{folder}/{path}"), bytes) {
            Ok(text) => files.push(NoteFile { path, text }),
            Err(problem) => builder.problem(problem),
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    read(builder, &files, folder, folder, reading);
}

/// Reads notes, which come in the order of their paths, as one layer into the builder.
pub(crate) fn read(
    builder: &mut Builder,
    files: &[NoteFile],
    layer: &str,
    folder: &str,
    reading: &Reading,
) {
    if files.is_empty() {
        let message = format!("the folder {folder} holds no notes");
        let problem = Diagnostic::new("unknown-format", message);
        let help = "a folder is read as notes: files that end in .md; name other files one by one";
        return super::refuse(builder, &Text::new(folder, ""), layer, problem.help(help));
    }
    let mut notes = Vec::new();
    for file in files {
        match MarkdownNote::read(file) {
            Ok(note) => notes.push(note),
            Err(problem) => {
                builder.begin_file(&file.text, layer);
                builder.problem(*problem);
            }
        }
    }
    if is_bundle(&notes) {
        notes.retain(|note| !note.is_listing());
    }
    let names = NoteNames::of(&notes);
    let relations = relations::relations(&notes, &names);
    let mut linked = Linked::new(&names, &relations, reading.create_missing);
    for note in &notes {
        let file = builder.begin_file(&note.text, layer);
        linked.bring(builder, note, file);
    }
    linked.told().into_iter().for_each(|told| builder.note(told));
}

/// Is this a bundle of the Open Knowledge Format, where `index.md` and `log.md` are no concepts? Its
/// own index says so, or every other note has a type.
fn is_bundle(notes: &[MarkdownNote]) -> bool {
    let says_so =
        |note: &MarkdownNote| note.id == "index" && note.front.get("okf_version").is_some();
    let mut others = notes.iter().filter(|note| !note.is_listing()).peekable();
    notes.iter().any(says_so)
        || others.peek().is_some() && others.all(|note| note.front.get("type").is_some())
}
