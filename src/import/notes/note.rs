//! One note: its front matter and what its body holds.

use super::body::{NoteBody, read_body};
use super::front_matter::FrontMatter;
use super::{NoteFile, stem};
use crate::data::roles::{ALIASES, KIND};
use crate::diagnostic::{Diagnostic, Text};
use serde_json::Value;
use std::sync::Arc;

/// A note that was read.
pub(super) struct MarkdownNote {
    /// Its path in the folder, without extension.
    pub(super) id: String,
    /// Its path with the extension.
    pub(super) path: String,
    pub(super) text: Arc<Text>,
    pub(super) front: FrontMatter,
    pub(super) body: NoteBody,
}

/// What may name a note beside its file: the first that does.
const TITLES: [&str; 3] = ["title", "name", "label"];

impl MarkdownNote {
    pub(super) fn read(file: &NoteFile) -> Result<Self, Box<Diagnostic>> {
        let id = stem(&file.path).unwrap_or(&file.path).to_owned();
        let front = FrontMatter::read(&file.text)?;
        let body = read_body(&file.text.content, front.end);
        let (path, text) = (file.path.clone(), Arc::clone(&file.text));
        Ok(Self { id, path, text, front, body })
    }

    /// The name of its file.
    pub(super) fn base(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or(&self.id)
    }

    /// The folder it is in.
    pub(super) fn folder(&self) -> &str {
        self.id.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What it is called: as its front matter says, or else as its file.
    pub(super) fn name(&self) -> String {
        self.title().map_or_else(|| self.base().to_owned(), |(_, title)| title)
    }

    /// The key that names it, and the name.
    pub(super) fn title(&self) -> Option<(&'static str, String)> {
        let said = |key: &&str| self.front.texts(key).into_iter().find(|text| !text.is_empty());
        TITLES.iter().find_map(|key| Some((*key, said(key)?)))
    }

    /// Its other names, among them that of its file.
    pub(super) fn aliases(&self) -> Vec<String> {
        let keys = [ALIASES, "alias", "id"].into_iter();
        let said = keys.flat_map(|key| self.front.texts(key));
        let mut aliases = vec![self.base().to_owned()];
        aliases.extend(said.filter(|text| !text.is_empty()));
        let mut known = vec![self.name(), self.id.clone()];
        aliases.retain(|alias| {
            let new = !known.contains(alias);
            known.push(alias.clone());
            new
        });
        aliases
    }

    /// The key that says its kinds, and the kinds.
    pub(super) fn kinds(&self) -> Option<(&'static str, Vec<String>)> {
        let said = |key: &&str| {
            let mut kinds = self.front.texts(key);
            kinds.retain(|kind| !kind.is_empty());
            Some(kinds).filter(|kinds| !kinds.is_empty())
        };
        KIND.iter().find_map(|key| Some((*key, said(key)?)))
    }

    /// Tags of the front matter and of the body, each once.
    pub(super) fn tags(&self) -> Vec<Value> {
        let front = ["tags", "tag"].into_iter().flat_map(|key| self.front.texts(key));
        let split = front.flat_map(|text| {
            let parts = text.split([',', ' ']).map(|tag| tag.trim_start_matches('#').to_owned());
            parts.collect::<Vec<String>>()
        });
        let mut tags: Vec<Value> = Vec::new();
        for tag in split.chain(self.body.tags.iter().cloned()).filter(|tag| !tag.is_empty()) {
            let tag = Value::from(tag);
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }

    /// Is it called as listings of a bundle are?
    pub(super) fn is_listing(&self) -> bool {
        let base = self.path.rsplit('/').next().unwrap_or_default();
        base == "index.md" || base == "log.md"
    }
}

/// Keys of front matter that say what a note is, and become neither properties nor edges.
pub(super) fn is_role(note: &MarkdownNote, key: &str) -> bool {
    let title = note.title().is_some_and(|(own, _)| own == key);
    let kind = note.kinds().is_some_and(|(own, _)| own == key);
    title || kind || [ALIASES, "alias", "id", "tags", "tag"].contains(&key)
}
