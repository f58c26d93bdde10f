//! Lines of text whose pieces have roles, so that each format can give them a look.

use crate::graph::{Atlas, KindId, NodeIndex};

/// What a piece of text is, so that a terminal can give it a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRole {
    /// Ordinary words.
    Plain,
    /// A heading.
    Strong,
    /// Less important: sources, details.
    Dim,
    /// A node's name, with its kind.
    Node(Option<KindId>),
}

/// Text with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text, raw.
    pub text: String,
    /// What it is.
    pub role: TextRole,
}

/// One line; deeper lines belong to the line above them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// How far in.
    pub depth: usize,
    /// What it says.
    pub spans: Vec<Span>,
}

impl Line {
    /// An empty line at a depth.
    #[must_use]
    pub fn new(depth: usize) -> Self {
        Self { depth, spans: Vec::new() }
    }

    /// The same with more text.
    #[must_use]
    pub fn with(mut self, role: TextRole, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.spans.push(Span { text, role });
        }
        self
    }

    /// The same with a node's name.
    #[must_use]
    pub fn node(self, atlas: &Atlas, node: NodeIndex) -> Self {
        let facts = atlas.node(node);
        self.with(TextRole::Node(facts.kinds.first().copied()), facts.name())
    }

    /// The same with dim text two blanks to the right, if there is any.
    #[must_use]
    pub fn aside(self, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { self } else { self.with(TextRole::Dim, format!("  {text}")) }
    }
}

/// Indented lines.
pub type Outline = Vec<Line>;
