//! Graphs to files that load again. A format is one row and one file; what it cannot hold is left
//! out and told.

mod csv;
mod dot;
mod exchange;
mod gexf;
mod graphml;
mod keys;
mod losses;
mod native;
mod plain;
mod snapshot;
mod xml;

pub(crate) use self::dot::dot_word;
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, NodeIndex};

/// What of a graph is written: nodes, and edges between them.
#[derive(Debug, Clone, Default)]
pub struct Subgraph {
    /// The nodes, in the order they are written.
    pub nodes: Vec<NodeIndex>,
    /// The edges.
    pub edges: Vec<EdgeIndex>,
}

impl Subgraph {
    /// All of a graph.
    #[must_use]
    pub fn whole(atlas: &Atlas) -> Self {
        Self { nodes: atlas.nodes().collect(), edges: atlas.edges() }
    }
}

/// A written graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// The bytes of its files, each with what its name has before the extension: mostly one, and
    /// nothing. All formats but one are text.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// What the format could not hold, in words.
    pub left_out: Vec<String>,
}

/// A row of [`SAVERS`].
#[derive(Debug)]
pub struct Saver {
    /// Its name.
    pub name: &'static str,
    /// Extensions of files that have it.
    pub extensions: &'static [&'static str],
    /// What it is, in a few words.
    pub summary: &'static str,
    save: fn(&Atlas, &Subgraph) -> Result<Saved, Diagnostic>,
}

/// All formats in which a graph can be saved, the default first.
pub const SAVERS: &[Saver] = &[
    native::JSON,
    native::YAML,
    csv::SAVER,
    csv::NEO4J,
    graphml::SAVER,
    gexf::SAVER,
    dot::SAVER,
    exchange::NODE_LINK,
    exchange::JSON_GRAPH,
    snapshot::SAVER,
];

impl Saver {
    /// Writes a whole graph.
    ///
    /// ```
    /// use opsatlas::{export::Saver, graph::Atlas};
    ///
    /// let atlas = Atlas::from_texts([("g.csv", "from,kind,to\nbread,needs,flour\n")]).unwrap();
    /// let saved = Saver::of_file("g.graphml").unwrap().save(&atlas).unwrap();
    /// let text = std::str::from_utf8(&saved.files[0].1).unwrap();
    /// let again = Atlas::from_texts([("g.graphml", text)]).unwrap();
    /// assert_eq!(opsatlas::data::save(&again), opsatlas::data::save(&atlas));
    /// assert!(saved.left_out.is_empty());
    /// ```
    ///
    /// # Errors
    /// An id that the format cannot hold, or more than it can.
    pub fn save(&self, atlas: &Atlas) -> Result<Saved, Diagnostic> {
        (self.save)(atlas, &Subgraph::whole(atlas))
    }

    /// Writes a part of a graph.
    ///
    /// # Errors
    /// An id that the format cannot hold, or more than it can.
    pub fn save_part(&self, atlas: &Atlas, part: &Subgraph) -> Result<Saved, Diagnostic> {
        (self.save)(atlas, part)
    }

    /// The saver of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SAVERS.iter().find(|saver| saver.name == name)
    }

    /// The saver for a file, by its extension.
    #[must_use]
    pub fn of_file(file: &str) -> Option<&'static Self> {
        let base = file.rsplit(['/', '\\']).next().unwrap_or_default();
        let base = base.to_lowercase();
        let has = |end: &&str| base.strip_suffix(*end).is_some_and(|name| name.ends_with('.'));
        // `graph.jgf.json` is more than JSON.
        let longest = |saver: &&'static Self| {
            saver.extensions.iter().filter(|end| has(end)).map(|end| end.len()).max()
        };
        SAVERS.iter().filter(|saver| longest(saver).is_some()).max_by_key(longest)
    }
}

impl Saved {
    /// One text.
    fn one(text: String, left_out: Vec<String>) -> Self {
        Self { files: vec![("", text.into_bytes())], left_out }
    }
}

/// An id that a format cannot hold.
fn cannot_hold(format: &str, what: &str, why: &str) -> Diagnostic {
    let what = crate::diagnostic::shortened(&crate::diagnostic::visible(what));
    let message = format!("{format} cannot hold the id `{what}`: {why}");
    Diagnostic::new("cannot-hold", message).help("native JSON and YAML hold everything")
}
