//! Nodes, the texts that speak of them, and where in which file facts stand.

use super::blocks::Section;
use super::{KindId, PropertyList};
use crate::diagnostic::Text;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Who says so, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// Id of the source.
    pub source: String,
    /// Heading under which it stands.
    pub section: Option<String>,
    /// Line in the source's file.
    pub line: Option<u64>,
    /// Address of the very page.
    pub address: Option<String>,
}

/// A text that statements cite.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its file's name.
    pub file: Option<String>,
    /// Where it can be read.
    pub address: Option<String>,
    /// What it covers.
    pub covers: Option<String>,
    /// The layer that describes it first.
    pub layer: usize,
}

/// A thing known.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Unique in the graph.
    pub id: String,
    /// Its kinds, usually one.
    pub kinds: Arc<[KindId]>,
    /// What people call it, if not its id.
    pub name: Option<String>,
    /// What else people call it.
    pub aliases: Vec<String>,
    /// The layers that speak of it.
    pub layers: Arc<[usize]>,
    /// Everything else that is said of it.
    pub properties: PropertyList,
    /// Where it is named.
    pub sources: Vec<Citation>,
    /// Where it stands first.
    pub place: FilePlace,
}

impl Node {
    /// The name, or the id.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// Where each line of a loaded file ends; enough to name lines after the text is gone.
#[derive(Debug, Clone, Default)]
pub struct FileLines {
    /// The file's name.
    pub name: String,
    ends: LineEnds,
}

#[derive(Debug, Clone)]
enum LineEnds {
    Known(Vec<u32>),
    /// A text that lasts is looked through when a line is first asked for.
    Lasting(&'static str, OnceLock<Vec<u32>>),
    Kept(Arc<Section>),
    /// So many; what stands for bytes are lines, from 0.
    Numbered(u32, OnceLock<Vec<u32>>),
}

impl Default for LineEnds {
    fn default() -> Self {
        Self::Known(Vec::new())
    }
}

impl FileLines {
    pub(super) fn new(text: &Text) -> Self {
        let ends = match text.content {
            Cow::Borrowed(lasting) => LineEnds::Lasting(lasting, OnceLock::new()),
            Cow::Owned(ref content) => LineEnds::Known(line_ends(content)),
        };
        Self { name: text.name.clone(), ends }
    }

    /// A file in which facts stand at lines, from 0, instead of bytes.
    #[cfg_attr(not(feature = "databases"), allow(dead_code, reason = "what fetches is a feature"))]
    pub(super) fn numbered(name: &str, lines: u32) -> Self {
        Self { name: name.to_owned(), ends: LineEnds::Numbered(lines, OnceLock::new()) }
    }

    /// A file of a snapshot.
    pub(super) fn kept(name: String, ends: Section) -> Self {
        Self { name, ends: LineEnds::Kept(Arc::new(ends)) }
    }

    /// Do facts stand at lines in it?
    #[cfg_attr(not(feature = "databases"), allow(dead_code, reason = "what fetches is a feature"))]
    pub(crate) fn is_numbered(&self) -> bool {
        matches!(self.ends, LineEnds::Numbered(..))
    }

    /// Where its lines end, ascending.
    pub(crate) fn ends(&self) -> &[u32] {
        match &self.ends {
            LineEnds::Known(ends) => ends,
            LineEnds::Lasting(text, ends) => ends.get_or_init(|| line_ends(text)),
            LineEnds::Kept(ends) => ends.all_words(),
            LineEnds::Numbered(lines, ends) => ends.get_or_init(|| (0..*lines).collect()),
        }
    }

    /// The line of a byte, from 1.
    #[must_use]
    pub fn line(&self, offset: u32) -> usize {
        match self.ends {
            LineEnds::Numbered(..) => offset as usize + 1,
            _ => self.ends().partition_point(|end| *end < offset) + 1,
        }
    }
}

fn line_ends(content: &str) -> Vec<u32> {
    content.match_indices('\n').map(|(at, _)| at as u32).collect()
}

/// A byte of a loaded file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FilePlace {
    /// Position of the file in loading order.
    pub file: u32,
    /// The byte.
    pub offset: u32,
}

impl FilePlace {
    /// A byte of a file. 32 bits suffice for any file that the program reads.
    #[must_use]
    pub fn new(file: usize, offset: usize) -> Self {
        Self { file: file as u32, offset: offset as u32 }
    }
}
