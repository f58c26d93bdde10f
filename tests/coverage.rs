//! `docs/coverage.md` accounts for every line of the five texts; here it is held against the data,
//! in both directions: a listed statement cites the line, a citation's line lists the statement.
//! What it says of the layer `practice`, after its second heading, `tests/holdings.rs` holds.

mod support;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use support::root;

/// The source a statement cites and the line in it.
type Place = (String, u64);
/// What each line says: `docker`, `devops.goal`, `devops uses docker`.
type Statements = BTreeMap<Place, BTreeSet<String>>;

/// Node properties that sort the data rather than repeat a text.
const UNCITED: [&str; 1] = ["facet"];

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).expect("the file is there")
}

/// The files of the layer, and the list of sources.
fn data() -> (Vec<Value>, Value) {
    let folder = std::fs::read_dir(root().join("graph-data/texts")).expect("the layer's folder");
    let mut files: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let json = |text: &str| serde_json::from_str(text).expect("valid JSON");
    let layer = files.iter().map(|file| json(&std::fs::read_to_string(file).expect("a file")));
    (layer.collect(), json(&read("graph-data/sources.json")))
}

fn list<'v>(value: &'v Value, member: &str) -> impl Iterator<Item = &'v Value> {
    value[member].as_array().into_iter().flatten()
}

fn word(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

/// Notes the places a statement cites; complains if there is none, or one without line or section.
fn cite(from: &Value, statement: &str, found: &mut Statements, wrong: &mut Vec<String>) {
    if list(from, "sources").next().is_none() {
        wrong.push(format!("`{statement}` cites nothing"));
    }
    for citation in list(from, "sources") {
        let Some(line) = citation["line"].as_u64().filter(|_| citation["section"].is_string())
        else {
            wrong.push(format!("`{statement}` cites without line or section"));
            continue;
        };
        let place = (word(citation, "source"), line);
        found.entry(place).or_default().insert(statement.to_owned());
    }
}

/// What the data says of each line.
fn cited(layer: &[Value], wrong: &mut Vec<String>) -> Statements {
    let mut found = Statements::new();
    for node in layer.iter().flat_map(|file| list(file, "nodes")) {
        let id = word(node, "id");
        cite(node, &id, &mut found, wrong);
        for (field, value) in node["properties"].as_object().into_iter().flatten() {
            if UNCITED.contains(&field.as_str()) {
                continue;
            }
            let said = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            for statement in &said {
                cite(statement, &format!("{id}.{field}"), &mut found, wrong);
            }
        }
    }
    for edge in layer.iter().flat_map(|file| list(file, "edges")) {
        let name = [word(edge, "from"), word(edge, "kind"), word(edge, "to")].join(" ");
        cite(edge, &name, &mut found, wrong);
    }
    found
}

/// One text's part of the document.
struct Part {
    source: String,
    /// Title, file and number of lines, as the document says them.
    said: String,
    rows: Vec<Row>,
}

struct Row {
    lines: Vec<u64>,
    what: String,
    statements: BTreeSet<String>,
}

/// `3, 5–7` are 3, 5, 6, 7.
fn lines(cell: &str) -> Vec<u64> {
    let number = |text: &str| text.trim().parse::<u64>().expect("a line number");
    let ranges = cell.split(',').map(|range| range.split_once('–').unwrap_or((range, range)));
    ranges.flat_map(|(first, last)| number(first)..=number(last)).collect()
}

/// `devops.goal; devops uses docker, jenkins; docker` are four statements.
fn statements(cell: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for group in cell.split(';').map(str::trim).filter(|group| !group.is_empty()) {
        let first = group.split(',').next().unwrap_or(group).trim();
        let start = first.rsplit_once(' ').map_or(String::new(), |(start, _)| format!("{start} "));
        let rest = group.strip_prefix(&start).unwrap_or(group);
        found.extend(rest.split(',').map(|end| format!("{start}{}", end.trim())));
    }
    found
}

fn parts(document: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let texts = document.split("\n# ").next().unwrap_or(document);
    for line in texts.lines() {
        if let Some(source) = line.strip_prefix("## ") {
            parts.push(Part { source: source.into(), said: String::new(), rows: Vec::new() });
            continue;
        }
        let Some(part) = parts.last_mut() else { continue };
        if !line.starts_with('|') {
            part.said.push_str(line);
            continue;
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells[0] != "lines" && !cells[0].starts_with("---") {
            let statements = statements(cells.get(2).unwrap_or(&""));
            part.rows.push(Row { lines: lines(cells[0]), what: cells[1].into(), statements });
        }
    }
    parts
}

/// Each line of the text once, with a word what it is.
fn accounts_for_each_line(part: &Part, source: &Value) -> Vec<String> {
    let name = &part.source;
    let mut listed: Vec<u64> = part.rows.iter().flat_map(|row| row.lines.clone()).collect();
    listed.sort_unstable();
    let count = listed.last().copied().unwrap_or(0);
    let mut wrong = Vec::new();
    if listed != (1..=count).collect::<Vec<u64>>() {
        let odd = listed.iter().zip(1..).find(|(line, at)| *line != at);
        wrong.push(format!("{name}: a line is missing or stands twice, near {odd:?}"));
    }
    let said = format!("{}; `{}`, {count} lines.", word(source, "title"), word(source, "file"));
    if part.said != said {
        wrong.push(format!("{name} should be introduced as: {said}"));
    }
    let idle = |row: &&Row| row.statements.is_empty() && !says_why(&row.what);
    for row in part.rows.iter().filter(idle) {
        wrong.push(format!("{name}:{:?} has no statement and `{}` no reason", row.lines, row.what));
    }
    wrong
}

/// Why a line says nothing; noise has to be explained.
fn says_why(what: &str) -> bool {
    let (kind, why) = what.split_once(": ").unwrap_or((what, ""));
    ["heading", "blank", "rule"].contains(&kind) || kind == "noise" && !why.is_empty()
}

fn compare(document: &str, layer: &[Value], sources: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let cited = cited(layer, &mut wrong);
    let parts = parts(document);
    let named: Vec<&str> = parts.iter().map(|part| part.source.as_str()).collect();
    let known: Vec<String> = list(sources, "sources").map(|source| word(source, "id")).collect();
    if named != known {
        wrong.push(format!("the texts are {known:?}, the document's {named:?}"));
    }
    let mut listed = Statements::new();
    for (part, source) in parts.iter().zip(list(sources, "sources")) {
        wrong.extend(accounts_for_each_line(part, source));
        for row in &part.rows {
            for line in &row.lines {
                let place = (part.source.clone(), *line);
                listed.entry(place).or_default().extend(row.statements.iter().cloned());
            }
        }
    }
    let none = BTreeSet::new();
    let places: BTreeSet<&Place> = cited.keys().chain(listed.keys()).collect();
    for place in places {
        let (source, line) = place;
        let data = cited.get(place).unwrap_or(&none);
        let page = listed.get(place).unwrap_or(&none);
        for statement in data.difference(page) {
            wrong.push(format!("{source}:{line} is cited by `{statement}`, which is not listed"));
        }
        for statement in page.difference(data) {
            wrong.push(format!("{source}:{line} lists `{statement}`, which does not cite it"));
        }
    }
    wrong
}

#[test]
fn every_line_of_every_text_is_accounted_for() {
    let (layer, sources) = data();
    let wrong = compare(&read("docs/coverage.md"), &layer, &sources);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_missing_or_too_much_is_noticed() {
    let (layer, sources) = data();
    let document = read("docs/coverage.md");
    let noticed = |from: &str, to: &str, problem: &str| {
        let changed = document.replacen(from, to, 1);
        assert_ne!(changed, document, "`{from}` is not in the document");
        let wrong = compare(&changed, &layer, &sources);
        assert!(wrong.iter().any(|said| said.contains(problem)), "{problem}: {wrong:?}");
    };
    noticed("devops uses jenkins; jenkins", "jenkins", "roadmap-2026:32 is cited by");
    noticed(
        "devops uses jenkins; jenkins",
        "devops uses jenkins, helm; jenkins",
        "lists `devops uses helm`",
    );
    noticed("| 32 |", "| 33 |", "missing or stands twice");
    noticed("257 lines", "256 lines", "should be introduced");
    noticed("noise: a sponsor", "noise", "no reason");
    noticed("## ops-roles", "## others", "the texts are");
    let bare =
        serde_json::json!({"nodes": [{"id": "x", "properties": {"goal": "y"}, "sources": []}]});
    let wrong = compare(&document, &[bare], &sources);
    for problem in ["`x` cites nothing", "`x.goal` cites nothing"] {
        assert!(wrong.iter().any(|said| said == problem), "{problem}");
    }
}
