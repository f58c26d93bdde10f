//! What a name means: ids, names and aliases, exactly, then with letter case and joiners folded.

use super::folding::{composed, fold};
use super::{EdgeWeight, Node, NodeIndex};
use crate::diagnostic::{SUGGESTIONS, harmless_json, nearest};
use petgraph::graph::DiGraph;
use std::collections::HashSet;
use std::sync::OnceLock;

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
        harmless_json(serde_json::Value::from(name).to_string())
    }
}

/// The items with a form equal to `name`, or, if there are none, equal after folding; a form is
/// told in two parts.
pub(super) fn match_forms<'f>(
    name: &str,
    forms: &(impl Iterator<Item = (usize, [&'f str; 2])> + Clone),
) -> Vec<usize> {
    let collect = |fits: &dyn Fn([&str; 2]) -> bool| {
        let hits = forms.clone().filter(|(_, form)| fits(*form));
        let mut found: Vec<usize> = hits.map(|(at, _)| at).collect();
        found.dedup();
        found
    };
    let name = composed(name);
    let exact = collect(&|[stem, end]| name.strip_prefix(&*composed(stem)) == Some(end));
    let folded = fold(&name);
    if exact.is_empty() && !folded.is_empty() {
        collect(&|[stem, end]| folded.strip_prefix(&fold(stem)) == Some(&fold(end)))
    } else {
        exact
    }
}

/// The first bytes of an id as a number, which decides most comparisons.
pub(super) fn beginning(id: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = id.len().min(16);
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
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

/// A name on a level: its beginning, which decides most comparisons, the whole, and whose it is.
type Entry = (Level, u128, String, NodeIndex);

/// All names of a graph, sorted for look-up.
#[derive(Debug)]
pub(super) struct Names {
    given: Vec<Entry>,
    /// What one falls back on; many graphs are never asked for it.
    folded: OnceLock<Vec<Entry>>,
}

/// The names that `texts` gives for each node, sorted. O(n log n).
fn sorted(
    graph: &DiGraph<Node, EdgeWeight>,
    texts: impl Fn(&Node, &mut dyn FnMut(Level, String)),
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for index in graph.node_indices() {
        texts(&graph[index], &mut |level, text| {
            entries.push((level, beginning(&text), text, index));
        });
    }
    entries.sort_unstable();
    entries.dedup();
    entries
}

fn at<'e>(
    entries: &'e [Entry],
    level: Level,
    text: &'e str,
) -> impl Iterator<Item = NodeIndex> + use<'e> {
    let wanted = (level, beginning(text), text);
    let key =
        move |(level, beginning, text, _): &Entry| (*level, *beginning, text.as_str()).cmp(&wanted);
    let start = entries.partition_point(|entry| key(entry).is_lt());
    let run = entries[start..].iter().take_while(move |entry| key(entry).is_eq());
    run.map(|(.., node)| *node)
}

impl Names {
    /// The names as they were given, in canonical composition.
    pub(super) fn new(graph: &DiGraph<Node, EdgeWeight>) -> Self {
        let given = sorted(graph, |node, add| {
            let mut add = |level, text| add(level, composed(text).into_owned());
            node.name.iter().for_each(|name| add(Level::Name, name));
            node.aliases.iter().for_each(|alias| add(Level::Alias, alias));
        });
        Self { given, folded: OnceLock::new() }
    }

    fn folded(&self, graph: &DiGraph<Node, EdgeWeight>) -> &[Entry] {
        self.folded.get_or_init(|| {
            sorted(graph, |node, add| {
                let ids = [(Level::FoldedId, &node.id)].into_iter();
                let names = node.name.iter().map(|name| (Level::FoldedName, name));
                let aliases = node.aliases.iter().map(|alias| (Level::FoldedAlias, alias));
                let folded =
                    ids.chain(names).chain(aliases).map(|(level, text)| (level, fold(text)));
                folded
                    .filter(|(_, text)| !text.is_empty())
                    .for_each(|(level, text)| add(level, text));
            })
        })
    }

    /// The nodes that are `there` on the first level that has any, at most so many.
    pub(super) fn resolve(
        &self,
        name: &str,
        graph: &DiGraph<Node, EdgeWeight>,
        there: &dyn Fn(NodeIndex) -> bool,
        most: usize,
    ) -> Vec<NodeIndex> {
        let hits = |entries: &[Entry], levels: &[Level], text: &str| {
            let found = levels
                .iter()
                .map(|level| at(entries, *level, text).filter(|node| there(*node)).take(most));
            found.map(Iterator::collect).find(|found: &Vec<NodeIndex>| !found.is_empty())
        };
        let given = hits(&self.given, &[Level::Name, Level::Alias], &composed(name));
        let folded = || {
            let levels = [Level::FoldedId, Level::FoldedName, Level::FoldedAlias];
            hits(self.folded(graph), &levels, &fold(name))
        };
        given.or_else(folded).unwrap_or_default()
    }

    pub(super) fn nearest(
        &self,
        name: &str,
        graph: &DiGraph<Node, EdgeWeight>,
    ) -> Vec<(String, NodeIndex)> {
        let ids = graph.node_weights().map(|node| node.id.as_str());
        let given = self.given.iter().map(|(_, _, text, _)| text.as_str());
        let found = nearest(name, ids.chain(given));
        let mut best: Vec<(String, NodeIndex)> = Vec::new();
        for text in found {
            for node in graph.node_indices().filter(|node| graph[*node].id == text) {
                best.push((text.to_owned(), node));
            }
            let named = at(&self.given, Level::Name, text);
            for node in named.chain(at(&self.given, Level::Alias, text)) {
                best.push((text.to_owned(), node));
            }
        }
        let mut seen = HashSet::new();
        best.retain(|(_, node)| seen.insert(*node));
        best.truncate(SUGGESTIONS);
        best
    }
}
