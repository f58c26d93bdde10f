//! Which keys of front matter are relations.

use super::front_matter::{FrontMatterItem, mentions};
use super::names::NoteNames;
use super::note::{MarkdownNote, is_role};
use std::collections::{BTreeMap, BTreeSet};

/// The keys that are relations: of what they say in all notes, at least half are links, or names of
/// notes.
pub(super) fn relations(notes: &[MarkdownNote], names: &NoteNames) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for note in notes {
        for (key, value) in note.front.iter().filter(|(key, _)| !is_role(note, key)) {
            let said = mentions(value).unwrap_or_default();
            let known = |mention: &&FrontMatterItem| {
                mention.link || names.find(&mention.target, note.folder()).is_some()
            };
            let (all, hits) = counts.entry(key).or_default();
            *all += said.len().max(1);
            *hits += said.iter().filter(known).count();
        }
    }
    let half = counts.into_iter().filter(|(_, (all, hits))| *hits > 0 && 2 * hits >= *all);
    half.map(|(key, _)| key.to_owned()).collect()
}
