//! Mermaid's flowcharts: nodes with the text in their brackets, chains of arrows, words on them, and
//! subgraphs. Other diagrams of Mermaid are refused.

mod chart;
mod cursor;

use self::chart::{Chart, nameless};
use self::cursor::{Cursor, shown};
use super::intake::{Stop, read_by};
use super::{Importer, Reads};
use crate::diagnostic::{Diagnostic, shortened};
use std::ops::Range;

pub(super) const IMPORTER: Importer = Importer {
    name: "mermaid",
    extensions: &["mmd", "mermaid"],
    summary: "a flowchart of Mermaid",
    reads: Reads::Text {
        recognises: |content| {
            let mut cursor = Cursor { text: content, at: 0 };
            let word = diagram(&mut cursor);
            OTHERS.contains(&word) || FLOWCHARTS.contains(&word) && says_direction(&mut cursor)
        },
        read: |builder, text, layer, _| {
            read_by((builder, text, layer), |intake, content, before| {
                read(content)?.bring(intake, before)
            });
        },
    },
};

/// What flowcharts begin with.
const FLOWCHARTS: [&str; 3] = ["flowchart", "graph", "flowchart-elk"];
/// Which way they are drawn.
const DIRECTIONS: [&str; 8] = ["TB", "TD", "BT", "RL", "LR", ">", "<", "^"];
/// What other diagrams begin with.
const OTHERS: [&str; 24] = [
    "sequenceDiagram",
    "classDiagram",
    "classDiagram-v2",
    "stateDiagram",
    "stateDiagram-v2",
    "erDiagram",
    "gantt",
    "pie",
    "mindmap",
    "timeline",
    "journey",
    "gitGraph",
    "quadrantChart",
    "requirementDiagram",
    "C4Context",
    "sankey-beta",
    "xychart-beta",
    "block-beta",
    "packet-beta",
    "kanban",
    "architecture-beta",
    "radar-beta",
    "treemap-beta",
    "zenuml",
];

fn stop(span: Range<usize>, message: impl Into<String>) -> Stop {
    Stop::new(span, Diagnostic::new("bad-mermaid", message))
}

/// The word that says what diagram it is, behind front matter and comments.
fn diagram<'t>(cursor: &mut Cursor<'t>) -> &'t str {
    cursor.skip_between();
    if cursor.rest().starts_with("---") {
        let end = cursor.rest().find("\n---").map_or(cursor.rest().len(), |end| end + 4);
        cursor.at += end;
        cursor.skip_between();
    }
    let rest = cursor.rest();
    let end = rest.find(|letter: char| letter.is_whitespace() || ";{[(:".contains(letter));
    let word = &rest[..end.unwrap_or(rest.len())];
    cursor.at += word.len();
    word
}

/// Does a direction stand here, or nothing at all?
fn says_direction(cursor: &mut Cursor<'_>) -> bool {
    cursor.skip_blanks();
    let rest = cursor.rest();
    let word = &rest[..rest.find([' ', '\t', ';', '\n', '\r']).unwrap_or(rest.len())];
    let known = DIRECTIONS.contains(&word);
    cursor.at += if known { word.len() } else { 0 };
    known || word.is_empty()
}

fn read(content: &str) -> Result<Chart, Stop> {
    let mut cursor = Cursor { text: content, at: 0 };
    let word = diagram(&mut cursor);
    let start = cursor.at - word.len();
    if !FLOWCHARTS.contains(&word) {
        let message = match word {
            "" => "there is no diagram here".to_owned(),
            word => format!("this begins with `{}` and is no flowchart", shortened(word)),
        };
        let stop = stop(start..cursor.at, message);
        return Err(stop.help("of Mermaid's diagrams flowcharts are read: `flowchart TD`"));
    }
    says_direction(&mut cursor);
    let mut chart = Chart::default();
    loop {
        cursor.skip_between();
        if cursor.rest().is_empty() {
            break;
        }
        statement(&mut cursor, &mut chart)?;
    }
    if chart.is_open() {
        let end = content.len();
        return Err(stop(end..end, "a subgraph has no `end`"));
    }
    Ok(chart)
}

/// The keyword that stands here, which something follows.
fn keyword<'t>(cursor: &Cursor<'t>) -> &'t str {
    let rest = cursor.rest();
    let end = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
    let behind = &rest[end..];
    let ends = behind.chars().next().is_none_or(|next| next.is_whitespace() || ";:".contains(next));
    // A node may be called like that, too.
    let linked = behind.trim_start().starts_with(['-', '=', '&']);
    if ends && !linked { &rest[..end] } else { "" }
}

fn statement(cursor: &mut Cursor<'_>, chart: &mut Chart) -> Result<(), Stop> {
    let start = cursor.at;
    match keyword(cursor) {
        "subgraph" => {
            cursor.at += "subgraph".len();
            subgraph(cursor, chart, start)
        }
        "end" => {
            cursor.at += "end".len();
            if chart.end_subgraph() {
                Ok(())
            } else {
                Err(stop(start..cursor.at, "no subgraph is open that this could end"))
            }
        }
        "accDescr" if block(cursor) => Ok(()),
        "direction" | "style" | "classDef" | "linkStyle" | "accTitle" | "accDescr" => {
            cursor.statement();
            Ok(())
        }
        "class" => {
            classes(cursor.statement(), chart);
            Ok(())
        }
        "click" => {
            address(cursor.statement(), chart);
            Ok(())
        }
        _ => chain(cursor, chart),
    }
}

/// A description of several lines in braces.
fn block(cursor: &mut Cursor<'_>) -> bool {
    let rest = cursor.rest()["accDescr".len()..].trim_start();
    let end = rest.strip_prefix('{').and_then(|inner| inner.find('}'));
    if let Some(end) = end {
        cursor.at = cursor.text.len() - rest.len() + end + 2;
    }
    end.is_some()
}

/// `subgraph id[title]`, or a title that is the id as well.
fn subgraph(cursor: &mut Cursor<'_>, chart: &mut Chart, start: usize) -> Result<(), Stop> {
    cursor.skip_blanks();
    let begin = cursor.at;
    let id = cursor.id();
    cursor.skip_blanks();
    if cursor.peek() == Some('[')
        && let Some(title) = cursor.bracketed()?.filter(|_| !id.is_empty())
    {
        chart.begin_subgraph(id.to_owned(), title);
        return Ok(());
    }
    cursor.at = begin;
    let title = shown(cursor.statement().trim_matches('"'));
    if title.is_empty() {
        return Err(nameless(start));
    }
    chart.begin_subgraph(title.clone(), title);
    Ok(())
}

/// `class a,b name`
fn classes(statement: &str, chart: &mut Chart) {
    let said = statement["class".len()..].trim();
    let Some((nodes, class)) = said.rsplit_once(char::is_whitespace) else { return };
    for node in nodes.split(',').filter_map(|id| chart.known(id.trim())).collect::<Vec<_>>() {
        chart.say(node, "class", class);
    }
}

/// `click a "https://example.org"`
fn address(statement: &str, chart: &mut Chart) {
    let said = statement["click".len()..].trim();
    let Some((id, rest)) = said.split_once(char::is_whitespace) else { return };
    let quoted = rest.split('"').nth(1).unwrap_or_default();
    if let Some(node) = chart.known(id).filter(|_| quoted.contains("://")) {
        chart.say(node, "address", quoted);
    }
}

/// Nodes, and links between them: `a --> b & c -- words --> d`.
fn chain(cursor: &mut Cursor<'_>, chart: &mut Chart) -> Result<(), Stop> {
    let mut left = group(cursor, chart)?;
    loop {
        cursor.skip_blanks();
        if cursor.peek().is_none_or(|next| next == '\n' || next == ';')
            || cursor.rest().starts_with("%%")
        {
            return Ok(());
        }
        let start = cursor.at;
        // `name@-->`: a link with a name.
        let id = cursor.id();
        let named = !id.is_empty() && cursor.take("@");
        if !named {
            cursor.at = start;
        }
        let Some(link) = cursor.link()? else {
            let letter = cursor.rest().chars().next().map_or(0, char::len_utf8);
            let message = "here a link (`-->`) or the end of the line is expected";
            return Err(stop(cursor.at..cursor.at + letter, message));
        };
        if named {
            chart.name_link(id);
        }
        let span = start..cursor.at;
        cursor.skip_between();
        let right = group(cursor, chart)?;
        chart.edges(&left, &right, &link, span)?;
        left = right;
    }
}

/// Nodes with `&` between them, each with its place.
fn group(cursor: &mut Cursor<'_>, chart: &mut Chart) -> Result<Vec<(usize, usize)>, Stop> {
    let mut nodes = Vec::new();
    loop {
        cursor.skip_blanks();
        let at = cursor.at;
        if let Some(node) = node(cursor, chart)? {
            nodes.push((node, at));
        }
        cursor.skip_blanks();
        if !cursor.take("&") {
            return Ok(nodes);
        }
        cursor.skip_between();
    }
}

/// A node with what stands behind its name; none where a link gets its looks: `name@{ … }`.
fn node(cursor: &mut Cursor<'_>, chart: &mut Chart) -> Result<Option<usize>, Stop> {
    let at = cursor.at;
    let id = cursor.id();
    if id.is_empty() {
        let letter = cursor.rest().chars().next().map_or(0, char::len_utf8);
        return Err(stop(at..at + letter, "here the name of a node is expected"));
    }
    if id.contains('\0') {
        let problem = Diagnostic::new("bad-id", "an id must not hold a NUL character");
        return Err(Stop::new(at..cursor.at, problem));
    }
    if cursor.rest().starts_with("@{") {
        let label = looks(cursor)?;
        if chart.is_link(id) {
            return Ok(None);
        }
        let node = chart.node(id, at);
        if let Some(label) = label {
            chart.name(node, label);
        }
        return Ok(Some(with_class(cursor, chart, node)));
    }
    let node = chart.node(id, at);
    if let Some(text) = cursor.bracketed()? {
        chart.name(node, text);
    }
    Ok(Some(with_class(cursor, chart, node)))
}

/// `a:::class`
fn with_class(cursor: &mut Cursor<'_>, chart: &mut Chart, node: usize) -> usize {
    if cursor.take(":::") {
        let class = cursor.id();
        chart.say(node, "class", class);
    }
    node
}

/// The label in `@{ shape: cyl, label: "Database" }`.
fn looks(cursor: &mut Cursor<'_>) -> Result<Option<String>, Stop> {
    let start = cursor.at;
    cursor.at += 2;
    let (mut label, mut key, mut word) = (None, String::new(), String::new());
    while let Some(letter) = cursor.peek() {
        match letter {
            '"' => {
                word = cursor.quoted()?;
                continue;
            }
            ':' if key.is_empty() => std::mem::take(&mut word).trim().clone_into(&mut key),
            ',' | '\n' | '}' => {
                if std::mem::take(&mut key) == "label" {
                    label = Some(shown(word.trim()));
                }
                word.clear();
            }
            letter => word.push(letter),
        }
        cursor.at += letter.len_utf8();
        if letter == '}' {
            return Ok(label);
        }
    }
    Err(stop(start..start + 2, "this `@{` is not closed"))
}
