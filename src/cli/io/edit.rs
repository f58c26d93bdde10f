//! A change written to the file that it belongs to: whole or not at all, only if the graph still loads,
//! and never over what somebody else has written meanwhile.

use super::file_name::FileName;
use super::inputs::{self, FileState, Purpose};
use super::output::OutputFile;
use super::{destination, files, graphs};
use crate::cli::errors::{Exit, Failure};
use crate::data::edit::{FileChange, changed};
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use crate::import::Reading;
use crate::query::Session;

/// A file's text before a change and behind it.
pub(crate) struct Edited {
    file: FileName,
    before: String,
    after: String,
}

/// Makes a change, and goes on with the graph that it makes.
pub(crate) fn run(
    change: &FileChange,
    session: &mut Session,
    (graphs, reading): (&[FileName], Reading),
    changes: &mut Vec<Vec<Edited>>,
) -> Result<String, Failure> {
    let edited = edited(change, graphs, &reading)?;
    let atlas = put(&edited, (graphs, reading), true)?;
    let told = format!("{}; `.undo` takes it back\n", told(&edited, session.atlas(), &atlas));
    session.go_on(&atlas);
    changes.push(edited);
    Ok(told)
}

/// Takes the last change back.
pub(crate) fn undo(
    session: &mut Session,
    (graphs, reading): (&[FileName], Reading),
    changes: &mut Vec<Vec<Edited>>,
) -> Result<String, Failure> {
    let Some(last) = changes.last() else {
        let problem = Diagnostic::new("bad-command", "there is nothing to take back");
        return Err(problem.help("`.undo` takes back what was changed since the start").into());
    };
    let atlas = put(last, (graphs, reading), false)?;
    let told = format!("taken back: {}\n", told(last, session.atlas(), &atlas));
    session.go_on(&atlas);
    changes.pop();
    Ok(told)
}

/// What the change makes of the files it belongs to: all that hold what goes, or else the last that
/// has a place for it.
fn edited(
    change: &FileChange,
    graphs: &[FileName],
    reading: &Reading,
) -> Result<Vec<Edited>, Failure> {
    let said = |header: &str| reading.said(header);
    let everywhere = matches!(change, FileChange::Remove { .. } | FileChange::Unlink { .. });
    let (mut found, mut problem) = (Vec::new(), None);
    for file in graphs.iter().rev().filter(|file| file.path().is_file()) {
        if !everywhere && !found.is_empty() {
            break;
        }
        let before = text(file)?;
        match changed(file.as_str(), &before, change, &said) {
            Ok(Some(after)) => found.push(Edited { file: file.clone(), before, after }),
            Ok(None) => {}
            Err(why) => drop(problem.get_or_insert(why)),
        }
    }
    if found.is_empty()
        && let FileChange::Set { id, field, value } = change
        && let Some(over) = laid_over(id, field, value, graphs)?
    {
        return Ok(vec![over]);
    }
    if !found.is_empty() {
        return Ok(found);
    }
    Err(problem.unwrap_or_else(|| nowhere(change)).into())
}

/// What is said of a node of another layer: an entry in the last native file.
fn laid_over(
    id: &str,
    field: &str,
    value: &serde_json::Value,
    graphs: &[FileName],
) -> Result<Option<Edited>, Failure> {
    if field == "kind" {
        return Ok(None);
    }
    let fields = vec![(field.to_owned(), value.clone())];
    let change = FileChange::Add { id: id.to_owned(), kind: String::new(), fields };
    let native = |file: &&FileName| file.path().is_file() && !file.as_str().ends_with("csv");
    for file in graphs.iter().rev().filter(native) {
        let before = text(file)?;
        if let Ok(Some(after)) = changed(file.as_str(), &before, &change, &|_| None) {
            return Ok(Some(Edited { file: file.clone(), before, after }));
        }
    }
    Ok(None)
}

fn nowhere(change: &FileChange) -> Diagnostic {
    let what = match change {
        FileChange::Add { .. } => "no file of yours has a place for a node",
        FileChange::Link { .. } => "no file of yours has a place for an edge",
        FileChange::Set { .. } | FileChange::Remove { .. } => "no file of yours holds that node",
        FileChange::Unlink { .. } => "no file of yours holds that edge",
    };
    Diagnostic::new("not-editable", what).help(
        "native JSON and sheets can be changed: `-g ops -g mine.json` lays your own file over others",
    )
}

/// The text of a file, unless it has changed since it was loaded.
fn text(file: &FileName) -> Result<String, Failure> {
    let path = destination::resolved(file.path())
        .map_err(|error| Failure::stream(file.as_str(), &error))?;
    let now = FileState::of(&path).map_err(|error| Failure::stream(file.as_str(), &error))?;
    if inputs::find(&path).is_some_and(|input| input.state != now) {
        let message = format!("{file} has changed since it was read: nothing is written");
        let problem = Diagnostic::new("changed-file", message);
        let help = "`.graph` with the same files reads them anew";
        return Err(Failure::new(Exit::InputOutput, problem.help(help)));
    }
    let mark = std::fs::read(&path).is_ok_and(|bytes| bytes.starts_with(b"\xef\xbb\xbf"));
    let text = files::read(file, Purpose::Graph)?;
    Ok(if mark { format!("\u{feff}{}", text.content) } else { text.content.to_string() })
}

/// Writes the texts, forth or back, if the graph loads with them.
fn put(
    edits: &[Edited],
    (graphs, reading): (&[FileName], Reading),
    forth: bool,
) -> Result<Atlas, Failure> {
    let new = |edit: &Edited| if forth { edit.after.clone() } else { edit.before.clone() };
    for edit in edits {
        let old = if forth { &edit.before } else { &edit.after };
        if text(&edit.file)? != *old {
            let message = format!("{} is not as the change has left it", edit.file);
            return Err(Failure::new(Exit::InputOutput, Diagnostic::new("changed-file", message)));
        }
    }
    let texts: Vec<(&FileName, String)> =
        edits.iter().map(|edit| (&edit.file, new(edit))).collect();
    let atlas = graphs::load_with(graphs, reading, &texts)?;
    for (file, text) in &texts {
        OutputFile::new(file.path())?.save(Purpose::Graph, text.as_bytes())?;
    }
    Ok(atlas)
}

/// What a change came to: where it is, and how many nodes and edges there are more or less.
fn told(edits: &[Edited], before: &Atlas, after: &Atlas) -> String {
    let names: Vec<&str> = edits.iter().map(|edit| edit.file.as_str()).collect();
    let difference = |one: usize, other: usize, what: &str| {
        let gap = one.abs_diff(other);
        let sign = if other < one { "-" } else { "+" };
        (gap > 0).then(|| format!("{sign}{gap} {what}{}", if gap == 1 { "" } else { "s" }))
    };
    let counts = |atlas: &Atlas| (atlas.node_bound(), atlas.edge_bound());
    let ((nodes, edges), (more, longer)) = (counts(before), counts(after));
    let parts: Vec<String> = [difference(nodes, more, "node"), difference(edges, longer, "edge")]
        .into_iter()
        .flatten()
        .collect();
    let what = if parts.is_empty() { "changed".to_owned() } else { parts.join(", ") };
    format!("{what} in {}", names.join(", "))
}
