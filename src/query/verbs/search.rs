//! Ranking of what a search text may mean: names first, then near misses, then texts.

use crate::answer::value_in_words;
use crate::graph::{Atlas, Node, NodeIndex, PropertyList, caseless, fold, statements};
use crate::query::Limits;
use std::collections::BTreeSet;

/// How well a node fits, best first; the order of the variants is the ranking.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MatchRank {
    /// Its id, name or alias is the text.
    Same,
    /// One of them begins with it.
    Begins,
    /// One of them contains it.
    Contains,
    /// One of them, or a word of one, is a typing error away.
    Near(usize),
    /// One of its texts contains every word.
    Text,
    /// A text of an edge that reaches it does.
    Edge,
}

/// A node found.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) fit: MatchRank,
    pub(crate) node: NodeIndex,
    /// Where it was found: `name`, `alias Sysadmin`, `goal: …`.
    pub(crate) found_in: String,
}

/// What a search looks for.
#[derive(Debug)]
#[cfg_attr(not(feature = "databases"), allow(dead_code, reason = "what fetches is a feature"))]
pub(crate) struct Sought {
    /// What a folded id, name or alias holds, or nearly is.
    pub(crate) folded: String,
    /// What a text holds, all of them.
    pub(crate) words: Vec<String>,
    /// How many letters may be wrong.
    pub(crate) errors: usize,
}

#[cfg_attr(not(feature = "databases"), allow(dead_code, reason = "what fetches is a feature"))]
impl Sought {
    pub(crate) fn new(text: &str) -> Self {
        let folded = fold(text);
        Self { errors: errors(folded.chars().count()), words: words_of(text), folded }
    }

    /// What names a node is found by, each folded, and what may nearly be what is sought.
    pub(crate) fn names(node: &Node) -> (BTreeSet<String>, BTreeSet<String>) {
        let names = [node.id.as_str(), node.name()].into_iter();
        let names = names.chain(node.aliases.iter().map(String::as_str));
        let folded: BTreeSet<String> = names.clone().map(fold).collect();
        let near = names.flat_map(near_words).chain(folded.iter().cloned()).collect();
        (folded, near)
    }

    /// The texts that are searched in properties.
    pub(crate) fn texts(properties: &PropertyList) -> impl Iterator<Item = String> {
        texts(properties).map(|text| caseless(&text))
    }
}

fn words_of(text: &str) -> Vec<String> {
    text.split_whitespace().map(caseless).collect()
}

/// How many letters may be wrong of so many.
fn errors(length: usize) -> usize {
    if length < 3 { 0 } else { length / 3 }
}

/// The words of a name, one of which may nearly be what is sought.
fn near_words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric()).map(caseless)
}

/// All nodes that fit, best first, ties by id. O(n · length).
pub(crate) fn hits(atlas: &Atlas, text: &str, limits: &Limits<'_>) -> Vec<Hit> {
    let wanted = fold(text);
    let words = words_of(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = atlas
        .sought(text)
        .into_iter()
        .take_while(|_| !limits.stopped())
        .filter_map(|node| {
            let by_name = by_name(atlas, node, &wanted);
            by_name
                .or_else(|| by_text(atlas, node, &words))
                .or_else(|| by_edge(atlas, node, &words))
        })
        .collect();
    hits.sort_by(|a, b| a.fit.cmp(&b.fit).then(a.node.cmp(&b.node)));
    hits
}

fn by_name(atlas: &Atlas, node: NodeIndex, wanted: &str) -> Option<Hit> {
    let facts = atlas.node(node);
    let names = [("id", facts.id.as_str()), ("name", facts.name())].into_iter();
    let names = names.chain(facts.aliases.iter().map(|alias| ("alias", alias.as_str())));
    let best = names.filter_map(|(place, name)| Some((fit_of(name, wanted)?, place, name)));
    let (fit, place, name) = best.min_by(|a, b| a.0.cmp(&b.0))?;
    let found_in = if place == "alias" { format!("alias {name}") } else { place.to_owned() };
    Some(Hit { fit, node, found_in })
}

fn fit_of(name: &str, wanted: &str) -> Option<MatchRank> {
    let folded = fold(name);
    if folded == wanted {
        return Some(MatchRank::Same);
    }
    if folded.starts_with(wanted) {
        return Some(MatchRank::Begins);
    }
    if folded.contains(wanted) {
        return Some(MatchRank::Contains);
    }
    let length = wanted.chars().count();
    let allowed = errors(length);
    // Where lengths differ by more, so does the text: no distance need be computed.
    let near = near_words(name)
        .chain([folded])
        .filter(|word| word.chars().count().abs_diff(length) <= allowed);
    let distance = near.map(|word| strsim::osa_distance(&word, wanted)).min()?;
    (distance <= allowed).then_some(MatchRank::Near(distance))
}

fn by_text(atlas: &Atlas, node: NodeIndex, words: &[String]) -> Option<Hit> {
    let found_in = text_with(&atlas.node(node).properties, words)?;
    Some(Hit { fit: MatchRank::Text, node, found_in })
}

/// What an edge says of the node at its end: `gitops uses it as: core idea`.
fn by_edge(atlas: &Atlas, node: NodeIndex, words: &[String]) -> Option<Hit> {
    atlas.edges_to(node).into_iter().find_map(|edge| {
        let text = text_with(atlas.edge(edge).properties, words)?;
        let from = &atlas.node(atlas.ends(edge).0).id;
        let found_in = format!("{from} {} it, {text}", atlas.relation_of(edge).name);
        Some(Hit { fit: MatchRank::Edge, node, found_in })
    })
}

/// The first property's value that contains every word.
fn text_with(properties: &PropertyList, words: &[String]) -> Option<String> {
    texts(properties).find(|text| {
        let text = caseless(text);
        words.iter().all(|word| text.contains(word.as_str()))
    })
}

fn texts(properties: &PropertyList) -> impl Iterator<Item = String> {
    properties.iter().flat_map(|(name, value)| {
        statements(value).map(move |said| format!("{name}: {}", value_in_words(said)))
    })
}
