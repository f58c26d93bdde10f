//! What a name means: ids, names and aliases, exactly, then with letter case and joiners folded.

use super::NodeIndex;
use super::facts::Facts;
use super::folding::{composed, fold};
use super::mapped::MappedNameTable;
use super::node::Node;
use crate::diagnostic::{SUGGESTIONS, harmless_json, nearest};
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
    // Big-endian, filled up with zeros: such numbers order as the texts do.
    u128::from_be_bytes(bytes)
}

/// Levels after the exact id, in the order they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Name,
    Alias,
    FoldedId,
    FoldedName,
    FoldedAlias,
}

/// A name on a level: its beginning, which decides most comparisons, the whole, and whose it is.
pub(super) type NameEntry = (Level, u128, String, NodeIndex);

/// Names that were sorted when they were first asked for. Those of a snapshot were when it was
/// written.
#[derive(Debug, Default)]
pub(super) struct SortedNames {
    given: OnceLock<Vec<NameEntry>>,
    /// What one falls back on; many graphs are never asked for it.
    folded: OnceLock<Vec<NameEntry>>,
}

/// The names that `texts` gives for each node, sorted. O(n log n).
fn sorted(facts: &Facts, texts: impl Fn(&Node, &mut dyn FnMut(Level, String))) -> Vec<NameEntry> {
    let mut entries = Vec::new();
    for index in facts.nodes() {
        texts(facts.node(index), &mut |level, text| {
            entries.push((level, beginning(&text), text, index));
        });
    }
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// The names as they were given, in canonical composition.
pub(super) fn given(facts: &Facts) -> Vec<NameEntry> {
    sorted(facts, |node, add| {
        let mut add = |level, text| add(level, composed(text).into_owned());
        node.name.iter().for_each(|name| add(Level::Name, name));
        node.aliases.iter().for_each(|alias| add(Level::Alias, alias));
    })
}

/// Ids and names, folded.
pub(super) fn folded(facts: &Facts) -> Vec<NameEntry> {
    sorted(facts, |node, add| {
        let ids = [(Level::FoldedId, &node.id)].into_iter();
        let names = node.name.iter().map(|name| (Level::FoldedName, name));
        let aliases = node.aliases.iter().map(|alias| (Level::FoldedAlias, alias));
        let folded = ids.chain(names).chain(aliases).map(|(level, text)| (level, fold(text)));
        folded.filter(|(_, text)| !text.is_empty()).for_each(|(level, text)| add(level, text));
    })
}

/// Names that can be looked up.
#[derive(Clone, Copy)]
enum NameLookup<'n> {
    Made(&'n [NameEntry]),
    Kept(&'n MappedNameTable),
}

impl<'n> NameLookup<'n> {
    /// The nodes of exactly this text on a level.
    fn at(self, level: Level, text: &'n str) -> Box<dyn Iterator<Item = NodeIndex> + 'n> {
        match self {
            Self::Made(entries) => Box::new(at(entries, level, text)),
            Self::Kept(table) => Box::new(table.at(level.place(), text)),
        }
    }
}

impl Level {
    /// The levels of names as given, and of folded ones.
    pub(super) const TABLES: [&[Self]; 2] =
        [&[Self::Name, Self::Alias], &[Self::FoldedId, Self::FoldedName, Self::FoldedAlias]];

    /// Its place among the levels of its table.
    fn place(self) -> usize {
        let mut places =
            Self::TABLES.iter().filter_map(|table| table.iter().position(|level| *level == self));
        places.next().unwrap_or_default()
    }
}

fn at<'e>(
    entries: &'e [NameEntry],
    level: Level,
    text: &'e str,
) -> impl Iterator<Item = NodeIndex> + use<'e> {
    let wanted = (level, beginning(text), text);
    let key = move |(level, beginning, text, _): &NameEntry| {
        (*level, *beginning, text.as_str()).cmp(&wanted)
    };
    let start = entries.partition_point(|entry| key(entry).is_lt());
    let run = entries[start..].iter().take_while(move |entry| key(entry).is_eq());
    run.map(|(.., node)| *node)
}

impl SortedNames {
    fn given<'n>(&'n self, facts: &'n Facts) -> NameLookup<'n> {
        match facts {
            Facts::Kept { mapped, .. } => NameLookup::Kept(mapped.names(false)),
            Facts::Loaded { .. } => NameLookup::Made(self.given.get_or_init(|| given(facts))),
        }
    }

    fn folded<'n>(&'n self, facts: &'n Facts) -> NameLookup<'n> {
        match facts {
            Facts::Kept { mapped, .. } => NameLookup::Kept(mapped.names(true)),
            Facts::Loaded { .. } => NameLookup::Made(self.folded.get_or_init(|| folded(facts))),
        }
    }

    /// The nodes that are `there` on the first level that has any, at most so many.
    pub(super) fn resolve(
        &self,
        name: &str,
        facts: &Facts,
        there: &dyn Fn(NodeIndex) -> bool,
        most: usize,
    ) -> Vec<NodeIndex> {
        let hits = |table: NameLookup<'_>, levels: &[Level], text: &str| {
            let found = levels.iter().map(|level| {
                let found = table.at(*level, text).filter(|node| there(*node));
                found.take(most).collect::<Vec<NodeIndex>>()
            });
            found.into_iter().find(|found| !found.is_empty())
        };
        let [as_given, as_folded] = Level::TABLES;
        let given = hits(self.given(facts), as_given, &composed(name));
        let folded = || hits(self.folded(facts), as_folded, &fold(name));
        given.or_else(folded).unwrap_or_default()
    }

    pub(super) fn nearest(&self, name: &str, facts: &Facts) -> Vec<(String, NodeIndex)> {
        let given = self.given(facts);
        let found = match facts {
            Facts::Kept { mapped, .. } => mapped.nearest(name),
            Facts::Loaded { .. } => {
                let ids = facts.nodes().map(|node| facts.id(node));
                let given = self.given.get_or_init(|| self::given(facts));
                nearest(name, ids.chain(given.iter().map(|(_, _, text, _)| text.as_str())))
            }
        };
        let mut best: Vec<(String, NodeIndex)> = Vec::new();
        for text in found {
            best.extend(facts.by_id(text).map(|node| (text.to_owned(), node)));
            let named = given.at(Level::Name, text);
            for node in named.chain(given.at(Level::Alias, text)) {
                best.push((text.to_owned(), node));
            }
        }
        let mut seen = HashSet::new();
        best.retain(|(_, node)| seen.insert(*node));
        best.truncate(SUGGESTIONS);
        best
    }
}
