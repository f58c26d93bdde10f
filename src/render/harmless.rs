//! Texts and ids that could drive a terminal, and what is shown of them.

use super::Look;
use crate::diagnostic::{drives_terminal, visible};
use crate::graph::{Atlas, NodeIndex};
use std::borrow::Cow;

/// What a file of another program's format holds of a text: all of it, unless a terminal may
/// show it.
pub(super) fn kept<'t>(text: &'t str, look: &Look<'_>) -> Cow<'t, str> {
    if look.exact || !text.contains(drives_terminal) { text.into() } else { visible(text).into() }
}

/// A node's id; one with characters that could drive a terminal is told visibly, with a number
/// that keeps it apart from others.
#[must_use]
pub fn harmless_id(atlas: &Atlas, node: NodeIndex) -> String {
    let id = &atlas.node(node).id;
    if id.contains(drives_terminal) {
        format!("{} #{}", visible(id), node.index())
    } else {
        id.clone()
    }
}
