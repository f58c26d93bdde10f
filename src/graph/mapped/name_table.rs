//! The names of a snapshot, sorted when it was written.

use crate::graph::NodeIndex;
use crate::graph::blocks::Section;
use crate::graph::search::first_not_before;
use std::ops::Range;
use std::sync::Arc;

/// Words of an entry: where its text begins, how long that is, whose it is.
pub(in crate::graph) const ENTRY: usize = 3;

/// Names on some levels, by level, text and node.
#[derive(Debug)]
pub(in crate::graph) struct MappedNameTable {
    entries: Section,
    texts: Arc<Section>,
    /// Where each level ends.
    ends: Vec<u32>,
    nodes: usize,
}

impl MappedNameTable {
    /// Of these entries on levels that end there; `None` if that is not possible.
    pub(in crate::graph) fn new(
        entries: Section,
        texts: Arc<Section>,
        ends: Vec<u32>,
        nodes: usize,
    ) -> Option<Self> {
        let count = entries.words_len() / ENTRY;
        let sound = ends.is_sorted() && ends.last().is_none_or(|last| *last as usize == count);
        sound.then_some(Self { entries, texts, ends, nodes })
    }

    fn entry(&self, at: usize) -> (&str, NodeIndex) {
        let [start, length, node] = *self.entries.words(at * ENTRY..(at + 1) * ENTRY) else {
            self.entries.damaged()
        };
        if node as usize >= self.nodes {
            self.entries.damaged();
        }
        (text(&self.texts, start, length), NodeIndex::new(node as usize))
    }

    fn level(&self, level: usize) -> Range<usize> {
        let end = |level: usize| self.ends.get(level).map_or(0, |end| *end as usize);
        level.checked_sub(1).map_or(0, end)..end(level)
    }

    /// The nodes of exactly this text on a level.
    pub(in crate::graph) fn at(
        &self,
        level: usize,
        wanted: &str,
    ) -> impl Iterator<Item = NodeIndex> {
        let range = self.level(level);
        let is_before = |at| self.entry(range.start + at).0 < wanted;
        let first = range.start + first_not_before(range.len(), is_before);
        let run = (first..range.end).map(|at| self.entry(at));
        run.take_while(move |(text, _)| *text == wanted).map(|(_, node)| node)
    }

    /// How many entries it has.
    pub(in crate::graph) fn len(&self) -> usize {
        self.entries.words_len() / ENTRY
    }

    /// The text of an entry.
    pub(in crate::graph) fn text(&self, at: usize) -> &str {
        self.entry(at).0
    }
}

/// A text among `texts`.
pub(in crate::graph) fn text(texts: &Section, start: u32, length: u32) -> &str {
    let (start, length) = (start as usize, length as usize);
    let bytes = texts.bytes(start..start + length);
    std::str::from_utf8(bytes).unwrap_or_else(|_| texts.damaged())
}
