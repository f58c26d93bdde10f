//! What in a foreign file is a node's kind and name and an edge's relation: which keys, columns and
//! attributes say it, the first that does winning. What the format itself has a place for comes
//! before these.

/// Says what kinds a node is of.
pub(crate) const KIND: [&str; 2] = ["kind", "type"];
/// Names a node for people.
pub(crate) const NAME: [&str; 2] = ["name", "label"];
/// Holds a node's other names.
pub(crate) const ALIASES: &str = "aliases";
/// Names an edge's relation.
pub(crate) const RELATION: [&str; 4] = ["relation", "kind", "type", "label"];
/// Says who says so.
pub(crate) const SOURCES: &str = "sources";

/// The relation of edges that name none.
pub const PLAIN_LINK: &str = "links-to";

/// The first of these keys that has something to say.
pub(crate) fn first<'k>(keys: &[&'k str], says: impl Fn(&str) -> bool) -> Option<&'k str> {
    keys.iter().find(|key| says(key)).copied()
}
