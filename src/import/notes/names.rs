//! Which note a link means.

use super::note::MarkdownNote;
use super::stem;
use crate::diagnostic::nearest;
use crate::graph::{caseless, fold};
use std::collections::HashMap;

/// All notes by what links call them; names compare without letter case.
pub(super) struct NoteNames {
    ids: Vec<String>,
    /// The same without letter case.
    folded: Vec<String>,
    by_path: HashMap<String, usize>,
    by_base: HashMap<String, Vec<usize>>,
    by_other: HashMap<String, Vec<usize>>,
    words: Vec<String>,
}

/// What a link was found to mean.
pub(super) struct Found {
    pub(super) note: usize,
    /// How many notes it may mean.
    pub(super) choices: usize,
}

impl NoteNames {
    pub(super) fn of(notes: &[MarkdownNote]) -> Self {
        let mut names = Self {
            ids: notes.iter().map(|note| note.id.clone()).collect(),
            folded: notes.iter().map(|note| caseless(&note.id)).collect(),
            by_path: HashMap::new(),
            by_base: HashMap::new(),
            by_other: HashMap::new(),
            words: Vec::new(),
        };
        for (at, note) in notes.iter().enumerate() {
            names.by_path.entry(caseless(&note.id)).or_insert(at);
            names.by_base.entry(caseless(note.base())).or_default().push(at);
            for other in note.aliases().into_iter().chain([note.name()]) {
                let known = names.by_other.entry(fold(&other)).or_default();
                if !known.contains(&at) {
                    known.push(at);
                }
            }
            names.words.push(note.name());
            if note.base() != note.name() {
                names.words.push(note.base().to_owned());
            }
        }
        names
    }

    pub(super) fn id(&self, note: usize) -> &str {
        &self.ids[note]
    }

    /// The note that a link in a folder means: its path from that folder or from the top, the end of
    /// its path, the name of its file, or what else it is called. Of several the one in the folder,
    /// or else the one that is least deep.
    pub(super) fn find(&self, target: &str, folder: &str) -> Option<Found> {
        let target = stem(target).unwrap_or(target);
        let rooted = target.strip_prefix('/');
        let path = rooted.unwrap_or(target);
        let beside = rooted.is_none().then(|| joined(folder, path)).flatten();
        let top = joined("", path);
        let mut paths = beside.iter().chain(&top);
        if let Some(note) = paths.find_map(|path| self.by_path.get(&caseless(path)).copied()) {
            return Some(Found { note, choices: 1 });
        }
        if rooted.is_some() {
            return None;
        }
        let base = path.rsplit('/').next().unwrap_or(path);
        let (end, below) = (caseless(path), format!("/{}", caseless(path)));
        let ends = |note: &&usize| {
            let id = &self.folded[**note];
            *id == end || id.ends_with(&below)
        };
        let by_base = self.by_base.get(&caseless(base)).map(Vec::as_slice).unwrap_or_default();
        let mut choices: Vec<usize> = by_base.iter().filter(ends).copied().collect();
        if choices.is_empty() && !path.contains('/') || choices.is_empty() && by_base.is_empty() {
            choices = self.by_other.get(&fold(path)).cloned().unwrap_or_default();
        }
        let depth = |note: &usize| {
            let id = &self.ids[*note];
            let own = id.rsplit_once('/').map_or("", |(own, _)| own) != folder;
            (own, id.matches('/').count(), *note)
        };
        let note = choices.iter().copied().min_by_key(depth)?;
        Some(Found { note, choices: choices.len() })
    }

    /// The name that is nearest to one that no note has.
    pub(super) fn near(&self, target: &str) -> Option<String> {
        let base = target.rsplit('/').next().unwrap_or(target);
        let near = nearest(stem(base).unwrap_or(base), self.words.iter().map(String::as_str));
        near.first().map(ToString::to_string)
    }
}

/// A path from a folder, `.` and `..` followed; `None` if it leads out of the top.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
