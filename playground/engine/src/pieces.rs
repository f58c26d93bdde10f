//! Text in pieces: names of nodes and of sources, which a host makes links of, and what is between.

use opsatlas::graph::{Atlas, NodeIndex, Source, quoted_if_needed};
use serde_json::{Value, json};
use std::cell::RefCell;

/// What stands between citations, and between names in a cell.
const BETWEEN_CITATIONS: [&str; 7] = [" · ", "; ", ", ", "  ", "(", ")", "\u{a0}"];
const BETWEEN_NAMES: [&str; 5] = [", ", " or ", " → ", " · ", "  "];

/// What can be a link.
pub(crate) struct Links<'a> {
    atlas: &'a Atlas,
    /// The sources cited so far, in that order.
    cited: RefCell<Vec<&'a Source>>,
}

/// What a host tells of a source.
pub(crate) fn described(source: &Source) -> Value {
    json!({"id": source.id, "title": source.title, "address": source.address, "covers": source.covers})
}

impl<'a> Links<'a> {
    /// The names of this graph.
    pub(crate) fn of(atlas: &'a Atlas) -> Self {
        Self { atlas, cited: RefCell::default() }
    }

    /// The sources that were cited: a piece names one by its place here.
    pub(crate) fn sources(&self) -> Value {
        self.cited.borrow().iter().map(|source| described(source)).collect()
    }

    /// A node's name, which asks for its card.
    pub(crate) fn node(&self, node: NodeIndex, text: &str) -> Value {
        let facts = self.atlas.node(node);
        let own = self.atlas.is_alone(facts.name(), node);
        let name = quoted_if_needed(if own { facts.name() } else { &facts.id });
        json!({"text": text, "kind": facts.kinds.first(), "name": name})
    }

    /// The node that is called exactly so, and no other.
    pub(crate) fn called(&self, text: &str) -> Option<NodeIndex> {
        let [node] = self.atlas.resolve(text)[..] else { return None };
        let facts = self.atlas.node(node);
        (facts.name() == text || facts.id == text).then_some(node)
    }

    /// A list of names of nodes, or else text with citations. One word alone is a name only where
    /// it `may_be` one: many a word is also the name of a tool.
    pub(crate) fn cell(&self, text: &str, may_be: bool) -> Vec<Value> {
        if text.is_empty() {
            return Vec::new();
        }
        let parts = split(text, &BETWEEN_NAMES);
        let named = |(at, part): (usize, &&str)| self.called(part).filter(|_| at % 2 == 0);
        let names: Vec<Option<NodeIndex>> = parts.iter().enumerate().map(named).collect();
        let (found, count) = (names.iter().flatten().count(), parts.len().div_ceil(2));
        if 2 * found <= count || count == 1 && !may_be {
            return self.cited(text);
        }
        let pieces = parts.iter().zip(names).map(|(part, name)| match name {
            Some(node) => self.node(node, part),
            None => json!({"text": part}),
        });
        pieces.collect()
    }

    /// Text in which sources are cited as `id`, `id:12,15` or `id: title`.
    pub(crate) fn cited(&self, text: &str) -> Vec<Value> {
        let mut pieces: Vec<Value> = Vec::new();
        let mut plain = String::new();
        for part in split(text, &BETWEEN_CITATIONS) {
            let Some((id, source)) = self.source(part) else {
                plain.push_str(part);
                continue;
            };
            if !plain.is_empty() {
                pieces.push(json!({"text": std::mem::take(&mut plain)}));
            }
            pieces.push(json!({"text": id, "source": source}));
            plain.push_str(&part[id.len()..]);
        }
        if !plain.is_empty() {
            pieces.push(json!({"text": plain}));
        }
        pieces
    }

    /// The place of a source among those cited.
    fn place(&self, source: &'a Source) -> usize {
        let mut cited = self.cited.borrow_mut();
        let known = cited.iter().position(|known| known.id == source.id);
        known.unwrap_or_else(|| {
            cited.push(source);
            cited.len() - 1
        })
    }

    fn source<'t>(&self, part: &'t str) -> Option<(&'t str, usize)> {
        let known = |id: &'t str| Some((id, self.place(self.atlas.source(id)?)));
        let lines =
            |lines: &str| lines.chars().all(|letter| letter.is_ascii_digit() || letter == ',');
        let with_lines = || part.rsplit_once(':').filter(|(_, rest)| lines(rest));
        let titled = || part.split_once(": ").map(|(id, _)| id);
        known(part).or_else(|| known(with_lines()?.0)).or_else(|| known(titled()?))
    }
}

/// A text cut at separators, which stand between the parts: part, separator, part.
fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut left = text;
    let next = |left: &str| {
        let found =
            separators.iter().filter_map(|between| Some((left.find(between)?, between.len())));
        found.min()
    };
    while let Some((at, length)) = next(left) {
        parts.extend([&left[..at], &left[at..at + length]]);
        left = &left[at + length..];
    }
    parts.push(left);
    parts
}

#[cfg(test)]
mod tests {
    use super::{Links, split};
    use opsatlas::Atlas;
    use serde_json::json;

    #[test]
    fn parts_and_separators_are_the_whole_text() {
        assert_eq!(split("a, b or c", &[", ", " or "]), ["a", ", ", "b", " or ", "c"]);
        assert_eq!(split("", &[", "]), [""]);
    }

    #[test]
    fn names_and_sources_become_links() {
        let atlas = Atlas::built_in();
        let links = Links::of(&atlas);
        let cell = links.cell("Argo CD or Helm", false);
        assert_eq!(
            cell[0],
            json!({"text": "Argo CD", "kind": cell[0]["kind"], "name": "\"Argo CD\""})
        );
        assert_eq!((cell.len(), &cell[1]), (3, &json!({"text": " or "})));
        assert_eq!(links.cell("no name, of course", true), [json!({"text": "no name, of course"})]);
        let some = links.cell("Docker · Git or GitHub  +7 more", false);
        assert_eq!(some.iter().filter(|piece| piece.get("name").is_some()).count(), 3);
        assert_eq!(some[6], json!({"text": "+7 more"}));
        assert_eq!(links.cell("Docker", false), [json!({"text": "Docker"})]);
        let cited = links.cited("so it is (ops-breakdown:10 · roadmap-2026:78,80)");
        let texts: Vec<&str> = cited.iter().filter_map(|piece| piece["text"].as_str()).collect();
        assert_eq!(texts, ["so it is (", "ops-breakdown", ":10 · ", "roadmap-2026", ":78,80)"]);
        assert_eq!((&cited[1]["source"], cited[2].get("source")), (&json!(0), None));
        let titled = links.cited("roadmap-2026: DevOps → GitOps");
        assert_eq!(titled[0], json!({"text": "roadmap-2026", "source": 1}));
        let sources = links.sources();
        let ids: Vec<_> = sources.as_array().into_iter().flatten().map(|one| &one["id"]).collect();
        assert_eq!(ids, ["ops-breakdown", "roadmap-2026"]);
    }
}
