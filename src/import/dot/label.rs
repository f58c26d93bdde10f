//! What a label shows, as Graphviz draws it: escapes, entities, and the text of HTML-like markup.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The named entities of HTML 4, which are those that Graphviz knows: name and number, a line each.
static ENTITIES: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
    let lines = include_str!("entities.txt").lines().filter_map(|line| line.split_once(' '));
    lines.filter_map(|(name, number)| Some((name, coded(number, 16)?))).collect()
});

fn coded(number: &str, base: u32) -> Option<char> {
    let code = u32::from_str_radix(number, base).ok().filter(|code| *code > 0);
    code.and_then(char::from_u32)
}

/// What the escapes of a label stand for.
pub(super) enum Owner<'a> {
    Node(&'a str),
    Edge(&'a str, &'a str),
}

impl Owner<'_> {
    fn name(&self, escape: char, graph: &str) -> Option<String> {
        match (escape, self) {
            ('G', _) => Some(graph.to_owned()),
            ('N', Self::Node(id)) => Some((*id).to_owned()),
            ('E', Self::Node(_)) => Some(String::new()),
            ('E', Self::Edge(from, to)) => Some(format!("{from}->{to}")),
            ('T', Self::Edge(from, _)) => Some((*from).to_owned()),
            ('H', Self::Edge(_, to)) => Some((*to).to_owned()),
            _ => None,
        }
    }
}

/// By how much names may lengthen a label, at most.
pub(super) fn expansion(label: &str, owner: &Owner<'_>, graph: &str) -> usize {
    let ends = match owner {
        Owner::Node(id) => id.len(),
        Owner::Edge(from, to) => from.len() + to.len(),
    };
    label.bytes().filter(|byte| *byte == b'\\').count() * (ends + graph.len())
}

/// What a label shows in one line: `\G \N \E \T \H` are names, then `\n`, `\l` and `\r` end lines,
/// other escapes are the character itself; entities stand for theirs.
pub(super) fn shown(label: &str, owner: &Owner<'_>, graph: &str) -> String {
    // Names come in first, and what they hold of backslashes is read as escapes: so does Graphviz.
    let named = each_escape(label, |escape, text| match owner.name(escape, graph) {
        Some(name) => text.push_str(&name),
        None => text.extend(['\\', escape]),
    });
    let shown = each_escape(&named, |escape, text| {
        text.push(if matches!(escape, 'n' | 'l' | 'r') { ' ' } else { escape });
    });
    with_entities(shown.trim())
}

/// The text with something instead of each escape.
fn each_escape(label: &str, mut replace: impl FnMut(char, &mut String)) -> String {
    let mut text = String::with_capacity(label.len());
    let mut rest = label.chars();
    while let Some(letter) = rest.next() {
        match (letter, letter == '\\') {
            (_, false) => text.push(letter),
            _ => match rest.next() {
                Some(escape) => replace(escape, &mut text),
                None => text.push('\\'),
            },
        }
    }
    text
}

/// Entities replaced, once; what is none stays as it is.
fn with_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let mut words = rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#');
        let name = words.next().unwrap_or_default();
        let closed = rest[name.len()..].starts_with(';');
        match entity(name).filter(|_| closed) {
            Some(letter) => {
                plain.push(letter);
                rest = &rest[name.len() + 1..];
            }
            None => plain.push('&'),
        }
    }
    plain + rest
}

pub(in crate::import) fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else { return ENTITIES.get(name).copied() };
    match number.strip_prefix(['x', 'X']) {
        Some(digits) => coded(digits, 16),
        None => coded(number, 10),
    }
}

/// Elements that stand apart from what is before and behind them.
const APART: [&str; 6] = ["br", "table", "tr", "td", "hr", "vr"];

/// The text of HTML-like markup as an ordinary label: in markup only names are escapes.
pub(super) fn of_markup(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find(['<', '\\']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(escape) = rest.strip_prefix('\\') {
            text.push('\\');
            if !escape.starts_with(['G', 'N', 'E', 'T', 'H', '\\']) {
                text.push('\\');
            }
            let length = escape.chars().next().map_or(0, char::len_utf8);
            text.push_str(&escape[..length]);
            rest = &escape[length..];
            continue;
        }
        // A comment may hold `>`, and ends at its own sign only.
        let (open, close) = if rest.starts_with("<!--") { ("<!--", "-->") } else { ("<", ">") };
        let inner = &rest[open.len()..];
        let end = inner.find(close).unwrap_or(inner.len());
        let element = inner[..end].trim_start_matches('/');
        let mut words = element.split(|letter: char| !letter.is_ascii_alphanumeric());
        let name = words.next().unwrap_or_default();
        if APART.iter().any(|apart| apart.eq_ignore_ascii_case(name)) {
            text.push(' ');
        }
        rest = inner.get(end + close.len()..).unwrap_or_default();
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Owner, of_markup, shown};

    /// As `dot -Tjson` of Graphviz 2.43 draws them.
    #[test]
    fn labels_are_what_graphviz_draws() {
        let edge = Owner::Edge("a", "b");
        for (label, text) in [
            (r"\T to \H \E \G \N \L x\ty \q \\ \\N", r"a to b a->b Wald N L xty q \ \N"),
            ("a&eacute;b &amp;lt; &#65; &#x42; &foo; & co", "aéb &lt; A B &foo; & co"),
            (r"one\ltwo\rthree\nfour\", r"one two three four\"),
            ("&Omega;&hearts;&amp&lt &#0; &#xD800;", "Ω♥&amp&lt &#0; &#xD800;"),
        ] {
            assert_eq!(shown(label, &edge, "Wald"), text, "{label}");
        }
        let node = Owner::Node("d&amp;e");
        assert_eq!(shown(r"\G: \N \T \E\H \L \\", &node, "Wald"), r"Wald: d&e T H L \");
        assert_eq!(shown(r"\N", &Owner::Node(r"C:\\app\new"), "Wald"), r"C:\app ew");
    }

    #[test]
    fn every_entity_is_read() {
        assert_eq!(super::ENTITIES.len(), include_str!("entities.txt").lines().count());
        assert_eq!(super::ENTITIES.len(), 252);
    }

    #[test]
    fn markup_is_its_text() {
        for (markup, text) in [
            ("The <b>big</b> fir", "The big fir"),
            ("grows<br/>near", "grows near"),
            ("x<br align=\"left\"/>y<BR></BR>z<font color=\"red\">w</font>", "x y zw"),
            ("Holm &amp; oak &lt;b&gt;", "Holm & oak <b>"),
            (
                "<table><tr><td>A</td><td>B <!-- c --> C</td></tr><tr><td>D</td></tr></table>",
                "A B C D",
            ),
            ("<img src=\"a.png\"/>", ""),
            (r"a\\b \n c\d \N \G", r"a\b \n c\d h Wald"),
            ("a <b", "a"),
        ] {
            assert_eq!(shown(&of_markup(markup), &Owner::Node("h"), "Wald"), text, "{markup}");
        }
    }
}
