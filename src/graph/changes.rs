//! Changes that are laid over a graph.

use super::atlas::Atlas;
use super::overlay::{Edit, Overlay};
use super::{EdgeIndex, NodeIndex};
use std::sync::Arc;

impl Atlas {
    /// The graph with a change more. What was loaded is shared, not copied; the learning order is
    /// computed anew when it is asked for. O(edges of the nodes edited + log m).
    #[must_use]
    pub fn changed(mut self, edit: Edit) -> Self {
        let hidden = match edit {
            Edit::Add(..) => Vec::new(),
            Edit::Remove(from, relation, to) => self.edges_between(from, relation, to),
            Edit::RemoveNode(node) => [self.edges_from(node), self.edges_to(node)].concat(),
        };
        let hidden: Vec<_> = hidden.into_iter().map(|edge| (edge, self.ends(edge))).collect();
        let store = self.store.clone();
        self.hide(hidden, |overlay| match edit {
            Edit::Add(from, relation, to) => overlay.add_edge(&store, (from, relation, to)),
            Edit::Remove(..) => {}
            Edit::RemoveNode(node) => overlay.hide_node(node),
        });
        self
    }

    /// The graph as if only these sources spoke: edges that none of them states are hidden. O(m)
    #[must_use]
    pub fn stated_by(mut self, sources: &[String]) -> Self {
        let stated = |edge: &EdgeIndex| {
            self.edge(*edge).sources.iter().any(|cited| sources.contains(&cited.source))
        };
        let hidden = self.edges().into_iter().filter(|edge| !stated(edge));
        let hidden: Vec<_> = hidden.map(|edge| (edge, self.ends(edge))).collect();
        self.hide(hidden, |_| {});
        self
    }

    /// Lays changes over the graph.
    fn hide(
        &mut self,
        edges: Vec<(EdgeIndex, (NodeIndex, NodeIndex))>,
        more: impl FnOnce(&mut Overlay),
    ) {
        let overlay = self.overlay.take().map(Arc::unwrap_or_clone);
        let mut overlay = overlay.unwrap_or_else(|| Overlay::new(&self.store));
        for (edge, ends) in edges {
            overlay.hide_edge(edge, ends);
        }
        more(&mut overlay);
        self.learning_rank = Arc::default();
        self.overlay = Some(Arc::new(overlay));
    }
}
