//! What a name means: ids, names and aliases, exactly, then with letter case and joiners folded.

use super::{Edge, Node, NodeIndex};
use crate::diagnostic::{SUGGESTIONS, drives_terminal, nearest};
use petgraph::graph::DiGraph;

/// `text` without letter case, blanks and `- _ . /`.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && !"-_./".contains(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

/// `name` as one would type it: in quotes unless it is one plain word, and with escapes for what
/// could drive a terminal.
#[must_use]
pub fn quoted_if_needed(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let solid = |at: usize| characters.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let plain = (0..characters.len())
        .all(|at| solid(at) || (at > 0 && "-./".contains(characters[at]) && solid(at + 1)));
    if plain && !name.is_empty() {
        name.to_owned()
    } else {
        let mut quoted = String::new();
        for character in serde_json::Value::from(name).to_string().chars() {
            if drives_terminal(character) {
                let units = &mut [0; 2];
                let units = character.encode_utf16(units).iter();
                quoted.extend(units.map(|unit| format!("\\u{unit:04x}")));
            } else {
                quoted.push(character);
            }
        }
        quoted
    }
}

/// The items with a form equal to `name`, or, if there are none, equal after folding.
pub(super) fn match_forms(
    name: &str,
    forms: &(impl Iterator<Item = (usize, String)> + Clone),
) -> Vec<usize> {
    let folded = fold(name);
    let collect = |fits: &dyn Fn(&str) -> bool| {
        let hits = forms.clone().filter(|(_, form)| fits(form));
        let mut found: Vec<usize> = hits.map(|(at, _)| at).collect();
        found.dedup();
        found
    };
    let exact = collect(&|form| form == name);
    if exact.is_empty() && !folded.is_empty() {
        collect(&|form| fold(form) == folded)
    } else {
        exact
    }
}

/// Levels after the exact id, in the order they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Name,
    Alias,
    FoldedId,
    FoldedName,
    FoldedAlias,
}

/// All names of a graph, sorted for look-up.
#[derive(Debug)]
pub(super) struct Names {
    entries: Vec<(Level, String, NodeIndex)>,
}

impl Names {
    /// Sorts every name of every node. O(n log n).
    pub(super) fn new(graph: &DiGraph<Node, Edge>) -> Self {
        let mut entries = Vec::new();
        for index in graph.node_indices() {
            let node = &graph[index];
            entries.push((Level::FoldedId, fold(&node.id), index));
            if let Some(name) = &node.name {
                entries.push((Level::Name, name.clone(), index));
                entries.push((Level::FoldedName, fold(name), index));
            }
            for alias in &node.aliases {
                entries.push((Level::Alias, alias.clone(), index));
                entries.push((Level::FoldedAlias, fold(alias), index));
            }
        }
        entries.retain(|(level, text, _)| *level < Level::FoldedId || !text.is_empty());
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// The nodes that are `there` on the first level that has any.
    pub(super) fn resolve(&self, name: &str, there: &dyn Fn(NodeIndex) -> bool) -> Vec<NodeIndex> {
        let folded = fold(name);
        let levels = [
            (Level::Name, name),
            (Level::Alias, name),
            (Level::FoldedId, &folded),
            (Level::FoldedName, &folded),
            (Level::FoldedAlias, &folded),
        ];
        let mut hits = levels.iter().map(|(level, text)| {
            let mut found = self.at(*level, text);
            found.retain(|node| there(*node));
            found
        });
        hits.find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn at(&self, level: Level, text: &str) -> Vec<NodeIndex> {
        let start = self.entries.partition_point(|(l, t, _)| (*l, t.as_str()) < (level, text));
        let run = self.entries[start..].iter();
        run.take_while(|(l, t, _)| (*l, t.as_str()) == (level, text))
            .map(|(_, _, node)| *node)
            .collect()
    }

    pub(super) fn nearest(
        &self,
        name: &str,
        graph: &DiGraph<Node, Edge>,
    ) -> Vec<(String, NodeIndex)> {
        let ids = graph.node_weights().map(|node| node.id.as_str());
        let given = self.entries.iter();
        let given = given.take_while(|(level, ..)| *level < Level::FoldedId);
        let found = nearest(name, ids.chain(given.map(|(_, text, _)| text.as_str())));
        let mut best: Vec<(String, NodeIndex)> = Vec::new();
        for text in found {
            for node in graph.node_indices().filter(|node| graph[*node].id == text) {
                best.push((text.to_owned(), node));
            }
            for node in self.at(Level::Name, text).into_iter().chain(self.at(Level::Alias, text)) {
                best.push((text.to_owned(), node));
            }
        }
        let mut seen = Vec::new();
        best.retain(|(_, node)| {
            !seen.contains(node) && {
                seen.push(*node);
                true
            }
        });
        best.truncate(SUGGESTIONS);
        best
    }
}
